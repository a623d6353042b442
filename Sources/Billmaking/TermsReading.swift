internal import Campaigns
internal import Composition
internal import Diagnostics
internal import Layout

/// Reads what the terms say on a bill's finished pages, where that is to be proven.
struct TermsReading {
  private let isAsked: Bool
  private var text = PartText(of: .terms)
  /// The first and the last page with words of theirs.
  private var pages: ClosedRange<Int>?

  /// - Parameter isAsked: Whether anything is to be proven; without, pages are not looked at.
  init(isAsked: Bool) { self.isAsked = isAsked }

  /// Complexity: O(items) where it is asked.
  mutating func add(_ page: Frame, number: Int) {
    guard isAsked else { return }
    if text.add(page) { pages = (pages?.lowerBound ?? number)...number }
  }

  /// The first disclosure that the pages do not say; `nil` where all stand there.
  func fault(_ required: RequiredWords) -> RecordFault? {
    guard isAsked else { return nil }
    return required.fault(in: .terms, SaidWords(text).words, pages: pages ?? 1...1)
  }
}
