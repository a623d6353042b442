public import Geometry
public import Vocabulary

extension BarcodeKind {
  /// The narrow module that is used when the layout states no size: six printer dots at 300 dpi for squares, three for bars.
  public var naturalModule: Length {
    switch self {
    case .qr, .epc, .nbsIPS, .dataMatrix: .mm(0.5)
    case .code128: .mm(0.254)
    case .imb: IntelligentMail.barWidth
    }
  }

  /// The space to be left white around the code, for a narrow module of that width.
  ///
  /// QR: four modules (ISO/IEC 18004, 9.1). Data Matrix: one module. Code 128: ten modules at the sides (ISO/IEC 15417, 4.4). Intelligent
  /// Mail: 1/8 in at the sides, 0.028 in above and below, whatever the module (USPS-B-3200).
  public func quietZone(module: Length) -> Insets {
    switch self {
    case .qr, .epc, .nbsIPS: Insets(all: module * BarcodeKind.qrQuietModules)
    case .dataMatrix: Insets(all: module * BarcodeKind.dataMatrixQuietModules)
    case .code128:
      Insets(top: .zero, right: module * BarcodeKind.code128QuietModules, bottom: .zero, left: module * BarcodeKind.code128QuietModules)
    case .imb:
      Insets(
        top: IntelligentMail.quietHeight, right: IntelligentMail.quietWidth, bottom: IntelligentMail.quietHeight,
        left: IntelligentMail.quietWidth)
    }
  }

  /// Modules left white around a QR code.
  public static let qrQuietModules = 4.0
  /// Modules left white around a Data Matrix.
  public static let dataMatrixQuietModules = 1.0
  /// Modules left white on either side of a Code 128.
  public static let code128QuietModules = 10.0
  /// The height of a Code 128 when the layout states none.
  public static let code128Height = Length.mm(12)
}

extension ErrorCorrection {
  var zintOption: Int32 {
    switch self {
    case .low: 1
    case .medium: 2
    case .quartile: 3
    case .high: 4
    }
  }
}
