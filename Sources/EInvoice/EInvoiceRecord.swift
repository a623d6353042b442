public import Billing
public import Diagnostics
public import Languages

/// Turns an e-invoice after EN 16931 (UBL 2.1 or UN/CEFACT CII D16B) into a bill record of version 1.
///
/// ```swift
/// let (json, oddities) = try EInvoiceRecord.record(from: xml, language: tag)
/// let (bill, warnings) = try BillReader().read(json)
/// ```
///
/// How the terms of the standard go into the record:
/// - `account` = the first present of BT-46, BT-47, BT-48, BT-49, BT-10, BT-44, the identifier alone; `invoice` = BT-1; `issued` = BT-2;
///   `series` = seller, year and kind; `due` = BT-9 or null, of several days the first on which something is due without a discount, if all have one the
///   last; `period` = BG-14; `currency` = BT-5; `language` as given; `delivery` = paper; `consent` = null.
/// - `kind` = credit for a UBL credit note and the type codes (BT-3) of credit notes; then every amount and quantity has its sign turned.
/// - `customer` = BG-7, BG-8, BG-9; `payment` = BT-84, BT-85, BT-83.
/// - The first section holds BG-25 (BT-153, BT-129, BT-130, BT-146, BT-131), a second one BG-20 (negative) and BG-21 where there are any.
///   Their titles are empty: words are the layout's.
/// - `taxes` = BG-23 (label: the tax's name and category code, as in `VAT S`); `balance.payments` = −BT-113, `.adjustments` = BT-114;
///   `totals.charges` = BT-112, `.due` = BT-115. A record adds up exactly: what an invoice's sums are off by stands in a section of its own
///   or in the adjustments, its figures stay as they are given.
/// - `extra.e_invoice.payment_terms` holds the terms of payment, each with what belongs to it, also what lines after BR-DE-18 say;
///   `terms` is BT-20 as it stands.
/// - An invoice of the profiles MINIMUM and BASIC WL has a section without lines whose subtotal is BT-106, else BT-109.
/// - Lines below others (BG-DEX-01, BT-X-304) that do not count in BT-106 are in `extra.e_invoice.lines` only, which is in reading order:
///   `level` says how many lines one is below, `role` (`group`, `information`, `part`) why it does not count.
/// - `extra.e_invoice` holds all terms once more, complete. What no term takes, extensions and parts in other namespaces included, stands in
///   `other_groups`: for each kind of aggregate its occurrences (`entries`) with their values. The list `other` has the invoice's own of
///   them as name, value and XML path, and `unread` the paths of the rest.
public enum EInvoiceRecord {
  /// The record of an invoice, whatever its language will be, and what is odd about the invoice.
  ///
  /// - Parameters:
  ///   - xml: The file's bytes, in UTF-8, UTF-16 or the encoding its declaration names.
  ///   - acceptsSumMismatch: Whether figures that do not add up are a warning `sum-mismatch` with the fault's message, the figures as given.
  ///   - files: What lies beside the invoice in the PDF it is from (``EmbeddedInvoice/invoice(in:)``); they are among its documents.
  /// - Returns: The record; its warnings are `encoding-differs`, `missing-term`, `sum-differs`, `sum-mismatch`, `line-arithmetic`, `line-parent`,
  ///   `credit-negative` and `invoice-negative`, whose paths are XML paths such as `/Invoice/cac:InvoiceLine[3]/cbc:LineExtensionAmount`.
  /// - Throws: The first fault, with an XML path, its offset that in `xml` (``XMLPlace``), its message ending with line and column; amounts
  ///   are held against each other after the rules BR-CO-10 to BR-CO-17 with the standard's own tolerance.
  /// - Complexity: O(bytes); memory a few times that of the XML without its attachments.
  public static func derive(
    from xml: [UInt8], acceptsSumMismatch: Bool = false, beside files: [EnclosedFile] = []
  ) throws(RecordFault) -> DerivedRecord {
    let tree = try InvoiceXMLReader.tree(of: xml)
    let syntax = try InvoiceSyntax(of: tree)
    var invoice = syntax == .cii ? try CIIReader(tree).invoice() : try UBLReader(tree, syntax).invoice()
    invoice.add(files)
    var arithmetic = InvoiceArithmetic(invoice: invoice, acceptsMismatch: acceptsSumMismatch)
    let warnings = try arithmetic.check()
    var writer = try RecordWriter(arithmetic.invoice)
    var record = try writer.record()
    record.warnings = tree.source.warnings + warnings
    return record
  }

  /// The record of an invoice in a language, and what is odd about the invoice; see ``derive(from:acceptsSumMismatch:)``.
  ///
  /// - Throws: Why the invoice becomes no record, with its place.
  public static func record(
    from xml: [UInt8], language: LanguageTag, acceptsSumMismatch: Bool = false
  ) throws(RecordFault) -> (json: [UInt8], warnings: [RecordWarning]) {
    let record = try derive(from: xml, acceptsSumMismatch: acceptsSumMismatch)
    return (record.json(in: language), record.warnings)
  }

  /// The record of an invoice like ``record(from:language:acceptsSumMismatch:)``, its warnings passed over.
  ///
  /// - Throws: Why the invoice becomes no record, with its place.
  public static func json(from xml: [UInt8], language: LanguageTag) throws(RecordFault) -> [UInt8] {
    try derive(from: xml).json(in: language)
  }

  /// The bill of an invoice, read from its record.
  ///
  /// - Throws: Like ``json(from:language:)``; beyond that what ``BillReader`` finds, with a path into the record.
  public static func bill(from xml: [UInt8], language: LanguageTag) throws(RecordFault) -> (bill: Bill, warnings: [RecordWarning]) {
    let (json, oddities) = try record(from: xml, language: language)
    let (bill, warnings) = try BillReader().read(json)
    return (bill, oddities + warnings)
  }
}
