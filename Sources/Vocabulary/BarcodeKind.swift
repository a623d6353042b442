/// The codes a layout can ask for; the raw value is the layout's word.
public enum BarcodeKind: String, Hashable, Sendable, CaseIterable {
  /// QR Code, ISO/IEC 18004.
  case qr
  /// Data Matrix ECC 200, ISO/IEC 16022; square.
  case dataMatrix = "data-matrix"
  /// Code 128, ISO/IEC 15417.
  case code128 = "code-128"
  /// USPS Intelligent Mail barcode, USPS-B-3200.
  case imb
  /// A QR code that begins a SEPA credit transfer, EPC069-12.
  case epc
  /// A QR code that begins an instant payment in Serbia (NBS IPS).
  case nbsIPS = "nbs-ips"

  /// Whether it is made of a payment rather than of a text.
  public var isPayment: Bool {
    switch self {
    case .epc, .nbsIPS: true
    case .qr, .dataMatrix, .code128, .imb: false
    }
  }
}

/// How much of a QR code may be dirty or torn and still be read: about 7, 15, 25 or 30 %.
public enum ErrorCorrection: String, Hashable, Sendable, CaseIterable {
  case low = "L"
  case medium = "M"
  case quartile = "Q"
  case high = "H"
}
