internal import Composition
internal import Contract
internal import Diagnostics
internal import Layout

/// A postcard laid out and judged: its two sides and what is known of it.
struct LaidOutCard {
  /// The layout of postcards.
  let job: LayoutJob
  /// What is known of it; its digests and its file are not yet.
  var facts: PieceFacts
  let composer: BillComposer
  let pagination: Pagination
  /// What lies across each side; `nil` for nothing.
  let mark: PageMark?

  /// A side of it with what lies across.
  func marked(_ page: Frame) -> Frame { mark.laid(under: page) }
}
