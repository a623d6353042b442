/// What is shown of a text at a range: the line it begins on, or of a long line what stands around it, and which part of that is meant.
public struct SourceExcerpt: Hashable, Sendable {
  /// Characters of a line that are shown at most.
  private static let width = 140
  /// A range that begins further right is shown with so many characters before it.
  private static let (farColumn, lead) = (100, 60)
  /// Bytes of a range that travel with an excerpt at most: what is underlined ends with the excerpt's line.
  ///
  /// - Stops: a finding about a whole file, which would be sent with all of it.
  private static let longestRange = 4096

  /// The number of the line, from 1.
  public var line: Int
  /// What is shown of it, tabs as four spaces.
  public var text: String
  /// Characters of ``text`` before the range.
  public var start: Int
  /// Characters that are marked, at least one, also behind the end of the text.
  public var length: Int

  /// Makes an excerpt of its parts.
  public init(line: Int, text: String, start: Int, length: Int) {
    (self.line, self.text, self.start, self.length) = (line, text, start, length)
  }

  /// The excerpt at a range. Complexity: that of the line's length.
  public init(_ range: SourceRange) {
    let (line, column) = range.file.position(of: range.bytes.lowerBound)
    let end = range.file.position(of: range.bytes.upperBound)
    let shown = SourceExcerpt.shown(of: range.file, line: line, column: column)
    self.line = line
    text = SourceExcerpt.withoutTabs(shown.text)
    start = SourceExcerpt.withoutTabs(shown.text.prefix(column - shown.column)).count
    let rest = shown.text.dropFirst(column - shown.column)
    length = max(1, SourceExcerpt.withoutTabs(rest.prefix(end.line == line ? max(1, end.column - column) : Int.max)).count)
  }

  /// The caret below the range and the dashes after it.
  public var mark: String { "^" + String(repeating: "~", count: max(0, length - 1)) }

  /// The part of a line that is shown where a range begins at a column, and the column that part begins at.
  private static func shown(of file: SourceFile, line: Int, column: Int) -> (text: Substring, column: Int) {
    let held = file.firstColumn(ofLine: line)
    let first = max(held, column > farColumn ? column - lead : 1)
    return (Substring(file.text(ofLine: line)).dropFirst(first - held).prefix(width), first)
  }

  private static func withoutTabs(_ text: Substring) -> String { String(text.flatMap { $0 == "\t" ? Array("    ") : [$0] }) }

  /// The same range in a file that holds nothing but what is shown of it, as it travels between processes.
  ///
  /// A range of more than 4096 bytes ends there.
  package static func cut(_ range: SourceRange) -> SourceRange {
    let file = range.file
    let (line, column) = file.position(of: range.bytes.lowerBound)
    let shown = shown(of: file, line: line, column: column)
    let before = Array(shown.text.prefix(column - shown.column).utf8)
    let lower = min(max(0, range.bytes.lowerBound), file.bytes.count)
    let upper = min(max(lower, range.bytes.upperBound), file.bytes.count, lower + longestRange)
    let window = Array(shown.text.dropFirst(column - shown.column).utf8)
    let bytes = before + (upper - lower > window.count ? Array(file.bytes[lower..<upper]) : window)
    return SourceRange(
      file: SourceFile(name: file.name, path: file.path, excerpt: bytes, line: line, column: shown.column),
      bytes: before.count..<before.count + upper - lower)
  }
}
