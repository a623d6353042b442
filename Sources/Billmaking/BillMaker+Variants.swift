internal import Composition
internal import Contract
internal import Diagnostics
internal import Layout
internal import LayoutLanguage

extension BillMaker {
  /// Judges a bill that is laid out with the smallest variant of its notice, sets it smaller where that saves its last page, and gives it the
  /// first of the layout's variants that then needs no more sheets.
  ///
  /// Each variant is held against the smallest as it would be printed: laid out, and set smaller where the layout's `fit-sheet` says so. So a bill
  /// is to the letter what it would be if the layout had the variant that stands alone. Where the layout has one, nothing is done twice.
  ///
  /// - Parameters:
  ///   - smallest: The bill as composed.
  ///   - warnings: What was found before; what is found of the layout that stands is added.
  /// - Returns: The layout that stands: that of the first variant that takes no sheet more, harms nothing and warns of nothing new, or that of the
  ///   smallest.
  /// - Throws: What is wrong with the bill and its smallest notice.
  /// - Complexity: Lays the bill out once more for each variant that is tried, and for each step by which that is set smaller.
  func settled(_ composed: ComposedBill, smallest laidOut: LaidOutBill, _ warnings: inout [RecordWarning]) throws(RecordFault)
    -> LaidOutBill
  {
    let earlier = warnings
    let smallest = try fitted(composed, judged: laidOut, &warnings)
    let larger = composed.composer.variants.dropLast()
    if larger.isEmpty { return smallest }
    // A smallest one that falls short itself is a reject, unless a larger one stands.
    let known = Set((warnings + ((try? inspected(smallest)) ?? [])).map(WarnedPlace.init))
    for variant in larger {
      var found = earlier
      guard let candidate = try? attempt(composed, variant, &found), candidate.sheets <= smallest.sheets,
        let zones = try? inspected(candidate), known.isSuperset(of: (found + zones).map(WarnedPlace.init))
      else { continue }
      warnings = found
      return candidate
    }
    return smallest
  }

  /// Gives the bill one variant of its notice, whatever room there is: for those who look at it.
  ///
  /// - Returns: Whether the bill's notice has it; without, the bill stays as it is.
  /// - Throws: What is wrong with the bill.
  func show(_ variant: String, in composed: inout ComposedBill) throws(RecordFault) -> Bool {
    guard composed.composer.variants.contains(variant) else { return false }
    composed.composer = composed.composer.showing(variant: variant)
    try recompose(&composed)
    return true
  }

  /// The bill with another variant of its notice, judged, and set smaller where that saves its last page.
  private func attempt(
    _ composed: ComposedBill, _ variant: String, _ warnings: inout [RecordWarning]
  ) throws(RecordFault) -> LaidOutBill {
    var other = composed
    _ = try show(variant, in: &other)
    return try fitted(other, judged: try layOut(other), &warnings)
  }

  /// Thrown to end a walk over pages early.
  private struct Enough: Error {}

  /// Inspects the finished pages as painting them does.
  ///
  /// - Parameter withZones: Whether the sheet's zones are looked at, too, beside the notice.
  /// - Returns: What is to be warned of.
  /// - Throws: What rejects the bill: a notice less prominent than the campaign asks, or something where no such thing may stand.
  func inspected(_ laidOut: LaidOutBill, zones withZones: Bool = true) throws(RecordFault) -> [RecordWarning] {
    var measured: NoticeProminence?
    var zones = ZoneInspection(job, laidOut.bill)
    let page = laidOut.pagination.page(of: .notice)
    let hasZones = withZones && laidOut.composer.edition.pages.contains { !$0.zones.isEmpty }
    do {
      try laidOut.pagination.forEachPage { number, frame in
        // A long bill's pages are laid out for this: none more than need be.
        if !hasZones, number > page ?? 0 { throw Enough() }
        if hasZones { zones.inspect(frame, number: number, zones: laidOut.pagination.zones(page: number)) }
        if number == page { measured = NoticeProminence(page: laidOut.marked(frame)) }
      }
    } catch is Enough {
    } catch {
      throw RecordFault(painting: error)
    }
    if let fault = zones.fault { throw fault }
    _ = try noticeFacts(laidOut, measured)
    return zones.warnings
  }
}

/// What a warning is about, whatever figures it gives and whichever page it is on.
struct WarnedPlace: Hashable {
  var code: RecordFault.Code
  var path: String
  var block: LayoutBlock?

  init(_ warning: RecordWarning) { (code, path, block) = (warning.code, warning.path, warning.block) }
}
