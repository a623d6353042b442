package import Billing
public import Diagnostics

extension RecordFault.Code {
  /// Account and invoice are those of an earlier record.
  public static let duplicate: Self = "duplicate"
  /// Laying the record out ended its worker, twice.
  public static let crashed: Self = "crashed"
  /// Laying the record out took too long, twice.
  public static let timedOut: Self = "timed-out"
  /// Laying the record out took too much memory, twice.
  public static let outOfMemory: Self = "out-of-memory"
  /// The renderer gave back what cannot be right: a fault of the program, not of the record.
  public static let defect: Self = "defect"
}

extension RecordFault {
  /// The fault of a record whose identity the record at `file`, line `number`, has already.
  package static func duplicate(_ identity: RecordIdentity, _ file: String, _ number: Int) -> RecordFault {
    RecordFault(.duplicate, "account '\(identity.accountText)', invoice '\(identity.invoiceText)' is that of \(file):\(number) already")
  }
}
