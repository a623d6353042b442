/// What matter is that a reader who listens is spared: it repeats what has been read, or says nothing.
///
/// The kinds are those of ISO 32000-1, 14.8.2.2, told apart as far as a writer of tagged files has to name them.
public enum Artifact: Hashable, Sendable {
  /// The running matter at the top of each page.
  case header
  /// The running matter at the foot of each page.
  case footer
  /// What was read on an earlier page, or is read elsewhere in full.
  case repeated
  /// The head of a table, or of a group of its rows, once more on a further page.
  case repeatedHead
  /// A word across the page, such as a specimen's.
  case watermark
  /// Rules, underlines, borders and pictures that only adorn.
  case layout
  /// Fills behind the content.
  case background
}
