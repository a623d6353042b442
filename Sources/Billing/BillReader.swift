public import Diagnostics

/// Reads records of version 1 into bills.
///
/// ```swift
/// let (bill, warnings) = try BillReader().read(line)
/// ```
public struct BillReader: Sendable {
  /// Whether `quantity × price` and `base × rate` beyond one minor unit are faults (`--strict-lines`) instead of warnings.
  public var strictLines: Bool

  /// Whether figures that do not add up are a warning `sum-mismatch` instead of a fault (`--accept`); the figures stay as given.
  public var acceptsSumMismatch: Bool

  /// Makes a reader.
  public init(strictLines: Bool = false, acceptsSumMismatch: Bool = false) {
    (self.strictLines, self.acceptsSumMismatch) = (strictLines, acceptsSumMismatch)
  }

  /// Reads one record: a line without its line end and without a byte order mark.
  ///
  /// - Returns: The bill, and what was odd about it in the order of the record's keys.
  /// - Throws: The first fault in reading order; decimals and sums are looked at once the whole record is read.
  /// - Complexity: O(bytes), about 3 ns a byte.
  public func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(RecordFault) -> (bill: Bill, warnings: [RecordWarning]) {
    var parser = try BillParser(bytes, strictLines: strictLines, acceptsSumMismatch: acceptsSumMismatch)
    return try parser.record()
  }

  /// Reads one record like ``read(_:)-(UnsafeBufferPointer<UInt8>)``.
  ///
  /// - Throws: The first fault found, with its path.
  public func read(_ bytes: [UInt8]) throws(RecordFault) -> (bill: Bill, warnings: [RecordWarning]) {
    var result: Result<(bill: Bill, warnings: [RecordWarning]), RecordFault>?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(RecordFault) { result = .success(try read(buffer)) } catch { result = .failure(error) }
    }
    return try (result ?? .failure(RecordFault(.malformedJSON, "the record is empty"))).get()
  }
}
