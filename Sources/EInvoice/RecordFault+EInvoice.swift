public import Diagnostics

extension RecordFault.Code {
  /// Not well-formed XML, or cut off.
  public static let malformedXML: Self = "xml-malformed"
  /// A document type declaration that declares something, such as entities.
  public static let xmlDoctype: Self = "xml-doctype"
  /// Neither UBL 2.1 nor CII D16B, by its root element; a file that is not what its name says, or is empty; an archive without data.
  public static let notAnEInvoice: Self = "not-an-e-invoice"
  /// An amount in another currency than the invoice's.
  public static let currencyMismatch: Self = "currency-mismatch"
  /// A PDF without an invoice inside.
  public static let noInvoiceInPDF: Self = "no-invoice-in-pdf"
  /// A warning: sums differ by no more than one minor unit a line.
  public static let sumDiffers: Self = "sum-differs"
  /// A warning: an XML file that is not in the encoding it is declared to be in, and is read as the page of Windows that is like it.
  public static let encodingDiffers: Self = "encoding-differs"
  /// A warning: a term every invoice has is missing, and was taken from the rest of the invoice.
  public static let missingTerm: Self = "missing-term"
  /// A warning: a credit note whose amounts are negative, so that it asks for money.
  public static let creditNegative: Self = "credit-negative"
  /// A warning: an invoice whose total is negative, so that it gives money back.
  public static let invoiceNegative: Self = "invoice-negative"
  /// A warning: a line that names a parent which is not there, or is below it.
  public static let lineParent: Self = "line-parent"
  /// An archive's entry whose name leads out of it, or is no name.
  public static let archiveEntryName: Self = "archive-entry-name"
  /// An archive's entry that unpacks to more than is allowed, or an archive too deep inside others.
  public static let archiveLimit: Self = "archive-limit"
  /// A file whose bytes the system does not give out to their end.
  static let unreadable: Self = "data-unreadable"
  /// An archive inside an archive, an archive's entry or a gzip file that cannot be unpacked.
  public static let archiveDamaged: Self = "archive-damaged"
}
