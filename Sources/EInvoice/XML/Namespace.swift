/// The XML namespaces an e-invoice is made of; resolved by their URI, whatever the prefix.
enum Namespace: UInt8, Sendable {
  case none, foreign
  /// The roots of UBL 2.1.
  case ublInvoice, ublCreditNote
  /// UBL 2.1's aggregates, values and extensions.
  case cac, cbc, ext
  /// The root, aggregates and data types of UN/CEFACT CII D16B.
  case rsm, ram, udt, qdt

  private static let ubl = "urn:oasis:names:specification:ubl:schema:xsd:"
  private static let cii = "urn:un:unece:uncefact:data:standard:"

  /// The URIs that mean something here.
  static let uris: [String: Namespace] = [
    ubl + "Invoice-2": .ublInvoice, ubl + "CreditNote-2": .ublCreditNote, ubl + "CommonAggregateComponents-2": .cac,
    ubl + "CommonBasicComponents-2": .cbc, ubl + "CommonExtensionComponents-2": .ext, cii + "CrossIndustryInvoice:100": .rsm,
    cii + "ReusableAggregateBusinessInformationEntity:100": .ram, cii + "UnqualifiedDataType:100": .udt,
    cii + "QualifiedDataType:100": .qdt,
  ]

  /// Whether its elements may carry business terms.
  var isOfInvoices: Bool { self != .none && self != .foreign && self != .ext }
}
