internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Layout
internal import LayoutLanguage

extension BillMaker {
  /// Bills of more pages are not set smaller: a sheet is little of them, and each step lays all their pages out again.
  ///
  /// - Stops: a bill of thousands of pages, laid out five times.
  static let mostFittedPages = 20

  /// Judges a bill that is laid out in one variant of its notice, and sets it smaller where that saves its last page.
  ///
  /// - Parameters:
  ///   - laidOut: The bill as the layout says.
  ///   - warnings: What was found before; what is found of the layout that stands is added.
  /// - Returns: The layout that stands: that of the first step that saves a page, harms nothing and warns of nothing new, or `laidOut` itself.
  /// - Throws: What is wrong with the bill as the layout says, whatever a step could mend: a step is no way out of a faulty layout.
  func fitted(_ composed: ComposedBill, judged laidOut: LaidOutBill, _ warnings: inout [RecordWarning]) throws(RecordFault) -> LaidOutBill {
    let earlier = warnings
    try judge(laidOut, &warnings)
    guard let sheet = composed.composer.edition.fitSheet, (2...Self.mostFittedPages).contains(laidOut.pagination.count),
      laidOut.pagination.lastPageUse < sheet.below
    else { return laidOut }
    // Where the notice falls short as it is, the bill is a reject, and says so of its own layout.
    guard (try? inspected(laidOut, zones: false)) != nil else { return laidOut }
    let known = Set(warnings.map(WarnedPlace.init))
    for count in 1...sheet.steps.count {
      var found = earlier
      guard let candidate = try? attempt(composed, sheet.measures(ofFirst: count), &found),
        candidate.pagination.count < laidOut.pagination.count, known.isSuperset(of: found.map(WarnedPlace.init))
      else { continue }
      warnings = found
      var chosen = candidate
      chosen.fit = sheet.steps[count - 1].name
      return chosen
    }
    return laidOut
  }

  /// The bill set smaller, judged in every respect.
  private func attempt(
    _ composed: ComposedBill, _ measures: FitMeasures, _ warnings: inout [RecordWarning]
  ) throws(RecordFault) -> LaidOutBill {
    var smaller = composed
    smaller.composer = composed.composer.fitting(measures)
    try recompose(&smaller)
    let laidOut = try layOut(smaller)
    try judge(laidOut, &warnings)
    _ = try inspected(laidOut, zones: false)
    return laidOut
  }

  /// Makes the document anew, with another composer of the same bill.
  func recompose(_ composed: inout ComposedBill) throws(RecordFault) {
    var environment = composed.environment.restarted()
    do throws(Diagnostic) { composed.document = try composed.composer.document(&environment) } catch { throw error.recordFault }
  }
}
