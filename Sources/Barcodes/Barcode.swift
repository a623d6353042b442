internal import CZint
public import Geometry
public import Layout
public import Vocabulary

/// Turns text into the modules or bars of a code. Nothing is drawn: the symbol is a value that painting draws.
public enum Barcode {
  /// The longest text handed to the encoder, in UTF-8 bytes: more than the largest QR code (2,953) or Data Matrix (2,335) holds.
  ///
  /// - Stops: a text of megabytes in a record, which the encoder would take apart before it refuses it.
  public static let textLimit = 4_000
  /// The largest QR version of an EPC069-12 or IPS code: 69 modules a side.
  ///
  /// - Stops: a payment code with more modules than a bank's scanner reads.
  public static let paymentVersionLimit = 13

  /// Encodes a text. The same text gives the same symbol.
  ///
  /// QR and Data Matrix carry ASCII as it is and anything else as UTF-8 announced by ECI 26. Payment codes carry UTF-8 without ECI, as
  /// their rules and the banks' readers expect. Of Intelligent Mail the text is the 20 digits of tracking code and 0, 5, 9 or 11 digits of
  /// routing code; a hyphen or spaces between them are allowed.
  ///
  /// - Parameters:
  ///   - level: For ``BarcodeKind/qr`` only; payment codes have the level M by their rules.
  /// - Throws: ``BarcodeError``.
  public static func encode(_ kind: BarcodeKind, _ text: String, level: ErrorCorrection = .medium) throws(BarcodeError) -> Symbol {
    guard !text.isEmpty else { throw BarcodeError(.invalid, "a barcode of an empty text; expected something to encode") }
    guard text.utf8.count <= textLimit else {
      throw BarcodeError(.tooLong, "a barcode of \(text.utf8.count) bytes; expected at most \(textLimit)")
    }
    switch kind {
    case .qr: return try qr(text, level: level, isPayment: false)
    case .epc, .nbsIPS: return try qr(text, level: .medium, isPayment: true)
    case .dataMatrix:
      let encoder = try Encoder(BARCODE_DATAMATRIX)
      encoder.symbol.pointee.option_3 = DM_SQUARE
      try encoder.encode(text, unicode: true)
      return Symbol(form: encoder.matrix, text: text)
    case .code128:
      let encoder = try Encoder(BARCODE_CODE128)
      guard text.unicodeScalars.allSatisfy({ $0.value < 128 }) else {
        throw BarcodeError(.invalid, "'\(text)' has characters that Code 128 does not; expected ASCII")
      }
      try encoder.encode(text, unicode: false)
      return Symbol(form: encoder.bars, text: text)
    case .imb: return try IntelligentMail.encode(text)
    }
  }

  /// The size a symbol has when the layout states none (without quiet zone).
  public static func naturalSize(of symbol: Symbol, kind: BarcodeKind) -> Size {
    let module = kind.naturalModule
    return switch symbol.form {
    case .matrix(let columns, let rows, _): Size(width: module * Double(columns), height: module * Double(rows))
    case .bars(_, let modules):
      Size(width: module * modules, height: kind == .imb ? IntelligentMail.fullHeight : BarcodeKind.code128Height)
    }
  }

  /// The version of the encoder, such as `2.11.1`.
  public static var encoderVersion: String {
    let version = Int(billfold_zint_version())
    return "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
  }

  private static func qr(_ text: String, level: ErrorCorrection, isPayment: Bool) throws(BarcodeError) -> Symbol {
    let encoder = try Encoder(BARCODE_QRCODE)
    encoder.symbol.pointee.option_1 = level.zintOption
    try encoder.encode(text, unicode: !isPayment)
    let version = (Int(encoder.symbol.pointee.width) - 17) / 4
    if isPayment, version > paymentVersionLimit {
      throw BarcodeError(
        .tooLong, "a payment code of version \(version); expected at most \(paymentVersionLimit): shorten the remittance text")
    }
    return Symbol(form: encoder.matrix, text: text)
  }
}

/// One use of the encoder library.
final class Encoder {
  let symbol: UnsafeMutablePointer<zint_symbol>

  init(_ symbology: Int32) throws(BarcodeError) {
    guard let symbol = ZBarcode_Create() else { throw BarcodeError(.failed, "the barcode encoder has no memory") }
    self.symbol = symbol
    symbol.pointee.symbology = symbology
  }

  deinit { ZBarcode_Delete(symbol) }

  /// Encodes the text: as characters (with ECI 26 when it is not ASCII), or as the bytes of its UTF-8.
  func encode(_ text: String, unicode: Bool) throws(BarcodeError) {
    symbol.pointee.input_mode = unicode ? UNICODE_MODE : DATA_MODE
    if unicode, !text.utf8.allSatisfy({ $0 < 128 }) { symbol.pointee.eci = 26 }
    var copy = text
    let status = copy.withUTF8 { ZBarcode_Encode(symbol, $0.baseAddress, Int32($0.count)) }
    if status < ZINT_ERROR, status != ZINT_WARN_INVALID_OPTION { return }
    var message = String(cString: billfold_zint_message(symbol))
    // `Error 561: Input too long …`
    if message.hasPrefix("Error") || message.hasPrefix("Warning"), let colon = message.firstIndex(of: ":") {
      message = String(message[message.index(after: colon)...].drop { $0 == " " })
    }
    let reason: BarcodeError.Reason =
      switch status {
      case ZINT_ERROR_TOO_LONG: .tooLong
      case ZINT_ERROR_INVALID_DATA, ZINT_ERROR_INVALID_CHECK, ZINT_ERROR_INVALID_OPTION, ZINT_WARN_INVALID_OPTION: .invalid
      default: .failed
      }
    throw BarcodeError(reason, "'\(text.prefix(60))' cannot be encoded: \(message.prefix(1).lowercased() + message.dropFirst())")
  }

  func isDark(_ row: Int, _ column: Int) -> Bool { billfold_zint_module(symbol, Int32(row), Int32(column)) != 0 }

  /// All modules.
  var matrix: Symbol.Form {
    let (columns, rows) = (Int(symbol.pointee.width), Int(symbol.pointee.rows))
    var dark: [Bool] = []
    dark.reserveCapacity(columns * rows)
    for row in 0..<rows { for column in 0..<columns { dark.append(isDark(row, column)) } }
    return .matrix(columns: columns, rows: rows, dark: dark)
  }

  /// The dark stretches of the first row, as bars of full height.
  var bars: Symbol.Form {
    let columns = Int(symbol.pointee.width)
    var bars: [Symbol.Bar] = []
    var start: Int?
    for column in 0...columns {
      let dark = column < columns && isDark(0, column)
      if dark, start == nil { start = column }
      if !dark, let first = start {
        bars.append(Symbol.Bar(x: Double(first), width: Double(column - first), top: 0, bottom: 1))
        start = nil
      }
    }
    return .bars(bars, modules: Double(columns))
  }
}
