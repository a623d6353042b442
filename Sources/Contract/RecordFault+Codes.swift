package import Billing
public import Diagnostics

extension RecordFault.Code {
  /// Account, invoice and series are those of an earlier record, and so are all bytes.
  public static let duplicate: Self = "duplicate"
  /// Account, invoice and series are those of an earlier record that says something else.
  public static let duplicateDiffers: Self = "duplicate-differs"
  /// The bill is to be delivered electronically, and the customer has not agreed to that.
  public static let noConsent: Self = "no-consent"
  /// No font has a character of the bill.
  public static let missingGlyph: Self = "missing-glyph"
  /// The leaflet that a bill promises cannot be made.
  public static let leafletFailed: Self = "leaflet-failed"
  /// The customer is to get an e-mail, and the record has no address, or what is none.
  public static let emailAddress: Self = "email-address"
  /// An e-mail would be larger than servers take.
  public static let emailTooLarge: Self = "email-too-large"
  /// Something without a place to break was broken in the middle.
  public static let wordBroken: Self = "word-broken"
  /// The process that laid the record out, or read what it comes from, ended, twice, by itself or killed from outside.
  public static let crashed: Self = "crashed"
  /// Laying the record out, or reading what it comes from, took too long, twice.
  public static let timedOut: Self = "timed-out"
  /// Laying the record out, or reading what it comes from, took too much memory, twice.
  public static let outOfMemory: Self = "out-of-memory"
  /// The renderer gave back what cannot be right: a fault of the program, not of the record.
  public static let defect: Self = "defect"
}

extension RecordFault {
  /// The fault of a record whose identity an earlier one, at `place`, has already.
  ///
  /// - Parameter differs: Whether the earlier record is another.
  package static func duplicate(_ identity: RecordIdentity, of place: String, differs: Bool) -> RecordFault {
    let series = identity.series.isEmpty ? "" : ", series '\(identity.seriesText)'"
    let whose = "account '\(identity.accountText)', invoice '\(identity.invoiceText)'\(series) is that of \(place) already"
    return differs ? RecordFault(.duplicateDiffers, "\(whose), and the two records differ") : RecordFault(.duplicate, whose)
  }
}
