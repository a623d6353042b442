internal import JSON

/// Which bill a record is: the bytes of its account and invoice numbers and of its series, unnormalised UTF-8 with escapes resolved.
public struct RecordIdentity: Sendable, Hashable, Comparable {
  /// The account number's bytes.
  public let account: [UInt8]
  /// The invoice number's bytes.
  public let invoice: [UInt8]
  /// The bytes of the series the number stands in; none where the record says none.
  public let series: [UInt8]

  /// Makes an identity of its parts.
  public init(account: [UInt8], invoice: [UInt8], series: [UInt8] = []) {
    (self.account, self.invoice, self.series) = (account, invoice, series)
  }

  /// The account as text.
  public var accountText: String { String(decoding: account, as: UTF8.self) }
  /// The invoice as text.
  public var invoiceText: String { String(decoding: invoice, as: UTF8.self) }

  /// The series as text.
  public var seriesText: String { String(decoding: series, as: UTF8.self) }

  /// By account, then invoice, then series, each by its bytes: the order of the manifest.
  public static func < (a: RecordIdentity, b: RecordIdentity) -> Bool {
    if a.account != b.account { return a.account.lexicographicallyPrecedes(b.account) }
    if a.invoice != b.invoice { return a.invoice.lexicographicallyPrecedes(b.invoice) }
    return a.series.lexicographicallyPrecedes(b.series)
  }

  /// Finds the top-level account, invoice and series of a record without building a bill.
  ///
  /// - Returns: `nil` where the line is not a JSON object within the bounds of size and depth, or either number is missing, or one of
  ///   the three stands twice, is not a text, is empty, too long or holds a control character. ``BillReader`` then finds a fault too; the reverse
  ///   does not hold.
  /// - Complexity: O(bytes), about 1 ns a byte.
  public static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordIdentity? { JSONReader.identity(of: bytes) }

  /// Scans like ``scan(_:)-(UnsafeBufferPointer<UInt8>)``.
  public static func scan(_ bytes: [UInt8]) -> RecordIdentity? { bytes.withUnsafeBufferPointer { scan($0) } }
}
