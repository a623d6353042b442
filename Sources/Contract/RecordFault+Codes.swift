package import Billing
public import Diagnostics

extension RecordFault.Code {
  /// Account and invoice are those of an earlier record.
  public static let duplicate: Self = "duplicate"
  /// Account and invoice are those of an earlier record, and the rest is not.
  public static let duplicateDiffers: Self = "duplicate-differs"
  /// The bill is to be delivered electronically, and the customer has not agreed to that.
  public static let noConsent: Self = "no-consent"
  /// No font has a character of the bill.
  public static let missingGlyph: Self = "missing-glyph"
  /// Something without a place to break was broken in the middle.
  public static let wordBroken: Self = "word-broken"
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
