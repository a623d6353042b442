/// A text that diagnostics can point into: its names and its bytes, or those of an excerpt.
public final class SourceFile: Sendable, Hashable {
  /// The name shown in messages, as the user wrote it.
  public let name: String
  /// The path in the folder of the layout or campaign, with which findings about records name it.
  public let path: String
  /// The whole file, UTF-8 by intent (faulty bytes are shown as U+FFFD), or of an excerpt what it holds.
  public let bytes: [UInt8]
  private let lineStarts: [Int]
  /// Where in the file the bytes begin, both from 1.
  private let first: (line: Int, column: Int)

  /// Holds `bytes` under `name`. Complexity: O(bytes).
  ///
  /// - Parameter path: The path in the folder of layout or campaign; by default the last component of the name.
  public convenience init(name: String, path: String? = nil, bytes: [UInt8]) {
    let last = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    self.init(name: name, path: path ?? last, excerpt: bytes, line: 1, column: 1)
  }

  /// Holds a part of a file.
  ///
  /// - Parameters:
  ///   - excerpt: The bytes of the part.
  ///   - line: The line the part begins on, from 1.
  ///   - column: The column it begins at, from 1.
  public init(name: String, path: String, excerpt: [UInt8], line: Int, column: Int) {
    (self.name, self.path) = (name, path)
    bytes = excerpt
    first = (line, column)
    lineStarts = excerpt.withUnsafeBufferPointer { bytes in
      var starts = [0]
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
        index += 1
      }
      return starts
    }
  }

  /// The line and column, both from 1, of a byte offset; columns count characters.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    return (first.line + line, before.count + (line == 0 ? first.column : 1))
  }

  /// The text of a line counted from 1, without its line end; of an excerpt as much of it as there is.
  public func text(ofLine line: Int) -> String {
    let line = line - first.line
    guard lineStarts.indices.contains(line) else { return "" }
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The column at which ``text(ofLine:)`` begins, from 1: further right only on the first line of an excerpt.
  func firstColumn(ofLine line: Int) -> Int { line == first.line ? first.column : 1 }

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
