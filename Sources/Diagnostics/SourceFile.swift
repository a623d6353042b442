/// A text that diagnostics can point into: its name as shown to people and its bytes.
public final class SourceFile: Sendable, Hashable {
  /// The name shown in messages, as the user wrote it.
  public let name: String
  /// The whole file, UTF-8 by intent (faulty bytes are shown as U+FFFD).
  public let bytes: [UInt8]
  private let lineStarts: [Int]

  /// Holds `bytes` under `name`. Complexity: O(bytes).
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    lineStarts = starts
  }

  /// The line and column, both from 1, of a byte offset; columns count characters.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    return (line + 1, before.count + 1)
  }

  /// The text of a line counted from 1, without its line end.
  public func text(ofLine line: Int) -> String {
    guard line >= 1, line <= lineStarts.count else { return "" }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func lineIndex(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Whether both are the same file object.
  public static func == (a: SourceFile, b: SourceFile) -> Bool { a === b }
  /// Hashes the object's identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A range of bytes in a source file.
public struct SourceRange: Hashable, Sendable {
  /// The file.
  public let file: SourceFile
  /// Offsets into `file.bytes`.
  public let bytes: Range<Int>

  /// Makes a range.
  public init(file: SourceFile, bytes: Range<Int>) { (self.file, self.bytes) = (file, bytes) }
}
