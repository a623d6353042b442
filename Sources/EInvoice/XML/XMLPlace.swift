internal import Billing
internal import Diagnostics

/// A place in an XML file.
public struct XMLPlace: Hashable, Sendable {
  /// Bytes from the start of the file, in its own encoding.
  public let offset: Int
  /// From 1.
  public let line: Int
  /// Characters (Unicode scalars) from the start of the line, from 1.
  public let column: Int
  /// What stands there, 40 characters at most, on one line; empty at the end of the file.
  public let excerpt: String

  init(offset: Int, line: Int, column: Int, excerpt: String) {
    (self.offset, self.line, self.column, self.excerpt) = (offset, line, column, excerpt)
  }

  /// The place of a byte of a file, as ``RecordFault/offset`` tells it for faults of XML; `nil` where the file cannot be read as text.
  ///
  /// For a finding that shows the line: `SourceFile(name:bytes:)` of the text in UTF-8 has the same lines and columns.
  ///
  /// - Complexity: O(bytes).
  public init?(offset: Int, in file: [UInt8]) {
    let (encoding, mark) = SourceEncoding.of(file)
    do throws(RecordFault) {
      let text = try SourceEncoding.decoded(file)
      let before = max(mark, min(offset, file.count))
      let length: Int
      switch encoding {
      case .utf8: length = before - mark
      case .utf16, .named: length = try SourceEncoding.decoded(Array(file[..<before])).utf8.count
      }
      self = text.place(of: length)
    } catch {
      return nil
    }
  }
}
