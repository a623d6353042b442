internal import CQPDF
internal import CZip

/// The versions of the libraries that take invoices out of what they are packed in.
public enum InvoiceEngines {
  /// qpdf's, which opens hybrid PDFs.
  public static var qpdf: String { Library.qpdf.qpdf_get_qpdf_version().map { String(cString: $0) } ?? "unknown" }

  /// libzip's, which opens archives.
  public static var zip: String { Library.zip.zip_libzip_version().map { String(cString: $0) } ?? "unknown" }
}
