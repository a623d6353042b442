public import Dates
internal import Diagnostics
internal import JSON

/// The day a record says it was issued on, found without reading all of it.
public enum IssueDate {
  /// Finds the top-level `issued` of a record.
  ///
  /// - Returns: `nil` where the line is no JSON object within the bounds of size and depth, or says no day, or says it twice.
  /// - Complexity: O(bytes), about 1 ns a byte.
  public static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainDate? {
    do throws(RecordFault) {
      var reader = try JSONReader(bytes)
      var found: PlainDate?
      try reader.enterObject(expected: "a record")
      while let name = try reader.nextName() {
        guard reader.isName(name, "issued") else {
          try reader.skipValue()
          continue
        }
        guard found == nil, reader.peek() == UInt8(ascii: "\"") else { return nil }
        found = PlainDate(String(decoding: reader.decoded(try reader.rawText()), as: UTF8.self))
        if found == nil { return nil }
      }
      try reader.finish()
      return found
    } catch {
      return nil
    }
  }
}
