internal import CQPDF
internal import CZip

/// The libraries that open what invoices are packed in, each loaded with the first look at it: few processes ever do.
enum Library {
  /// The functions of qpdf.
  static let qpdf = cqpdf_load()
  /// The functions of libzip.
  static let zip = czip_load()
}
