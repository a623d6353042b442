internal import JSON

/// Who a record is about: the bytes of its account and invoice numbers, unnormalised UTF-8 with escapes resolved.
public struct RecordIdentity: Sendable, Hashable, Comparable {
  /// The account number's bytes.
  public let account: [UInt8]
  /// The invoice number's bytes.
  public let invoice: [UInt8]

  /// Makes an identity of its parts.
  public init(account: [UInt8], invoice: [UInt8]) { (self.account, self.invoice) = (account, invoice) }

  /// The account as text.
  public var accountText: String { String(decoding: account, as: UTF8.self) }
  /// The invoice as text.
  public var invoiceText: String { String(decoding: invoice, as: UTF8.self) }

  /// By account, then invoice, each by its bytes: the order of the manifest.
  public static func < (a: RecordIdentity, b: RecordIdentity) -> Bool {
    if a.account == b.account { return a.invoice.lexicographicallyPrecedes(b.invoice) }
    return a.account.lexicographicallyPrecedes(b.account)
  }

  /// Finds the top-level account and invoice of a record without building a bill.
  ///
  /// - Returns: `nil` where the line is not a JSON object within the bounds of size and depth, or either number is missing, stands twice,
  ///   is not a text, is empty, over 200 characters long or holds a control character. ``BillReader`` then finds a fault too; the reverse
  ///   does not hold.
  /// - Complexity: O(bytes), about 1 ns a byte.
  public static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordIdentity? { JSONReader.identity(of: bytes) }

  /// Scans like ``scan(_:)-(UnsafeBufferPointer<UInt8>)``.
  public static func scan(_ bytes: [UInt8]) -> RecordIdentity? { bytes.withUnsafeBufferPointer { scan($0) } }
}
