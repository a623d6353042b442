/// A place in a text of layout or campaign.
///
/// Places are equal where they are told alike, wherever the folder of layout or campaign happens to lie.
public struct SourcePlace: Hashable, Sendable {
  /// The range in the text itself; one that comes from another process or a journal holds nothing of the text.
  public let range: SourceRange
  /// The line it begins on, from 1.
  public let line: Int
  /// The column it begins at, from 1, in characters.
  public let column: Int

  /// Makes the place of a range; complexity as ``SourceFile/position(of:)``.
  public init(_ range: SourceRange) {
    self.range = range
    (line, column) = range.file.position(of: range.bytes.lowerBound)
  }

  /// `layout.xml:256:6`: the file's path in its folder, line and column.
  public var text: String { "\(range.file.path):\(line):\(column)" }

  /// Whether both are told alike.
  public static func == (a: SourcePlace, b: SourcePlace) -> Bool {
    a.line == b.line && a.column == b.column && a.range.file.path == b.range.file.path
  }
  /// Equal places hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(column)
    hasher.combine(range.file.path)
  }
}
