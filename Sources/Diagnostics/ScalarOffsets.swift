/// Finds the bytes of a UTF-8 text by line and column, where columns count Unicode scalars.
///
/// Making it takes one look at the text; finding a place then takes the same time wherever it stands, also in a line of a megabyte.
package struct ScalarOffsets: Sendable {
  private let lineStarts: [Int]
  /// How many scalars stand before each line.
  private let scalarsBefore: [Int]
  /// The byte of every scalar whose number is a multiple of ``step``.
  private let marks: [Int]
  private static let step = 64

  /// - Parameters:
  ///   - bytes: The text; faulty bytes count with the scalar before them.
  ///   - lineStarts: Where its lines begin, rising, the first at 0.
  package init(_ bytes: [UInt8], lineStarts: [Int]) {
    var (marks, before): ([Int], [Int]) = ([], [])
    before.reserveCapacity(lineStarts.count)
    var scalars = 0
    bytes.withUnsafeBufferPointer { bytes in
      var (offset, line) = (0, 0)
      var start = lineStarts.first ?? bytes.count
      while offset < bytes.count {
        if start == offset {
          before.append(scalars)
          line += 1
          start = line < lineStarts.count ? lineStarts[line] : bytes.count
        }
        if bytes[offset] & 0xC0 != 0x80 || offset == 0 {
          if scalars % ScalarOffsets.step == 0 { marks.append(offset) }
          scalars += 1
        }
        offset += 1
      }
    }
    while before.count < lineStarts.count { before.append(scalars) }
    (self.lineStarts, self.marks, scalarsBefore) = (lineStarts, marks, before)
  }

  /// The byte at which a column begins, or the text's length where it ends before; O(1).
  ///
  /// - Parameters:
  ///   - line: From 1.
  ///   - column: From 1; what lies behind the line's end is counted on into the next.
  ///   - bytes: The text it was made of.
  package func offset(line: Int, column: Int, in bytes: [UInt8]) -> Int? {
    guard line >= 1, line <= lineStarts.count else { return nil }
    let (start, further) = (lineStarts[line - 1], max(1, column) - 1)
    guard further > 0 else { return start }
    let wanted = scalarsBefore[line - 1] + further
    guard wanted / ScalarOffsets.step < marks.count else { return bytes.count }
    var offset = marks[wanted / ScalarOffsets.step]
    for _ in 0..<wanted % ScalarOffsets.step where offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
