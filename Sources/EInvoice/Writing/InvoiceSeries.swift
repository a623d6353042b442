internal import Billing
internal import Dates
internal import Digests
internal import JSON

/// The list of numbers an invoice's own number stands in: sellers number their invoices each for himself, often anew each year, and their
/// credits apart.
enum InvoiceSeries {
  /// The seller (BT-31, else BT-32, BT-30, BT-29, BT-27), the year of issue and `bill` or `credit`, joined by spaces.
  ///
  /// - Returns: 1 to 100 characters. Control characters and bidi overrides are spaces; a longer text is its first 60 characters, `~` and 16
  ///   hexadecimal digits of its SHA-256.
  static func name(of invoice: EInvoice) -> String {
    let seller = invoice.seller
    let candidates = [seller.vat, seller.tax, seller.registration?.id, seller.ids.first?.id, seller.name]
    let year = String(invoice.issued.date.iso.prefix(4))
    let parts = [candidates.lazy.compactMap { $0 }.first.map { TextCheck.onOneLine($0.text) }, year, invoice.isCredit ? "credit" : "bill"]
      .compactMap { $0 }
    var scalars = String.UnicodeScalarView()
    for scalar in parts.joined(separator: " ").unicodeScalars { scalars.append(isUnclean(scalar.value) ? " " : scalar) }
    let text = String(scalars)
    guard scalars.count > RecordLimits.series else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(60))) + "~" + Digest256.hex(Array(text.utf8)).prefix(16)
  }

  private static func isUnclean(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
