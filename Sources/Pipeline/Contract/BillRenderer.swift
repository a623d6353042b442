public import Billing

/// Makes bills of records, one after the other, inside one worker.
///
/// Made once per worker by a factory `(WorkerJob) throws(WorkerStartFailure) -> any BillRenderer`; it owns its layout, fonts, caches and Cairo
/// objects, and shares nothing with other workers. The same record must give the same outcome in every worker and in every order.
public protocol BillRenderer: AnyObject {
  /// Lays out one record.
  ///
  /// A trap, a loop without end or running out of memory costs only this record: the parent tries it once more and then rejects it.
  ///
  /// - Returns: The piece, or why there is none.
  func render(_ record: borrowing RecordInput) -> RecordOutcome
}

/// One record as it lies in the data.
public struct RecordInput: Sendable, Hashable {
  /// The last path component of the data file; `-` for the standard input.
  public var file: String
  /// The position of the data file among all of them, from 0.
  public var input: Int
  /// The line number, from 1, blank lines counted.
  public var number: Int
  /// Bytes from the start of the file to the record.
  public var offset: Int
  /// Account and invoice as found without reading the whole record; `nil` where the record's fault hides them.
  public var identity: RecordIdentity?
  /// The record without its line end.
  public var bytes: [UInt8]

  /// Makes a record of its parts.
  public init(file: String, input: Int, number: Int, offset: Int, identity: RecordIdentity?, bytes: [UInt8]) {
    (self.file, self.input, self.number, self.offset) = (file, input, number, offset)
    (self.identity, self.bytes) = (identity, bytes)
  }
}

/// What became of a record.
public enum RecordOutcome: Sendable {
  /// A piece to be written. `pdf` is the whole file; empty when the job paints nothing (``JobOptions/paints``).
  case piece(PieceFacts, pdf: [UInt8])
  /// No piece, and why. `warnings` are those found before the fault.
  case reject(RecordFault, warnings: [RecordWarning] = [])
}
