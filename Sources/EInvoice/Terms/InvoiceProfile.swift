/// The profile an invoice says it follows (BT-24), as far as its rules differ from those of EN 16931.
///
/// The identifiers are those of Factur-X 1.0, ZUGFeRD 2 and the XRechnung extension; each may be one of several parts between number signs,
/// as in `urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended`.
enum InvoiceProfile: String {
  /// Totals only: neither lines nor VAT by category, nor BT-106 to BT-108, BT-113 and BT-114.
  case minimum
  /// "Without lines": everything of EN 16931 that concerns the whole invoice.
  case basicWL = "basic-wl"
  case extended
  case xrechnungExtension = "xrechnung-extension"

  /// The profile an identifier names; `nil` for EN 16931 itself, those within it, and unknown ones.
  init?(_ specification: String) {
    for part in specification.lowercased().split(separator: "#").reversed() {
      let name = part.filter { $0 != " " && $0 != "-" && $0 != "_" }
      if name.contains("kosit:extension:xrechnung") {
        self = .xrechnungExtension
        return
      }
      guard name.hasPrefix("urn:facturx.eu:") || name.hasPrefix("urn:zugferd.de:") else { continue }
      switch name.split(separator: ":").last {
      case "minimum"?: self = .minimum
      case "basicwl"?: self = .basicWL
      case "extended"?: self = .extended
      default: continue
      }
      return
    }
    return nil
  }

  /// Whether its invoices leave their lines (BG-25) to the paper or PDF they come with.
  var hasNoLines: Bool { self == .minimum || self == .basicWL }
}
