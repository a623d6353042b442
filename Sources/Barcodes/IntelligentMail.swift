internal import CZint
public import Geometry
internal import Layout

/// The USPS Intelligent Mail barcode (USPS-B-3200): 65 bars in four states.
public enum IntelligentMail {
  /// The state of a bar.
  public enum Bar: Character, Hashable, Sendable {
    case tracker = "T"
    case ascender = "A"
    case descender = "D"
    case full = "F"
  }

  // Within the specification's ranges: bar width 0.015–0.025 in, 22–24 bars an inch, full bar 0.125–0.165 in, tracker 0.039–0.057 in.
  /// The width of a bar, 0.020 in: the narrow module.
  public static let barWidth = Length.inches(0.020)
  /// From bar to bar: 22.5 bars an inch.
  public static let pitch = Length.inches(1 / 22.5)
  /// The height of a full bar, 0.145 in.
  public static let fullHeight = Length.inches(0.145)
  /// The height of a tracker, 0.048 in, in the middle of the full height.
  public static let trackerHeight = Length.inches(0.048)
  /// To be left white at either side, 0.125 in.
  public static let quietWidth = Length.inches(0.125)
  /// To be left white above and below, 0.028 in.
  public static let quietHeight = Length.inches(0.028)
  /// How many bars there are.
  public static let barCount = 65
  /// The recommended size without quiet zone: 2.864 × 0.145 in (allowed are 2.667–3.225 in).
  public static let naturalSize = Size(width: pitch * Double(barCount - 1) + barWidth, height: fullHeight)

  /// The 65 states of a tracking code (20 digits) and a routing code (none, 5, 9 or 11 digits).
  ///
  /// - Throws: ``BarcodeError`` for anything but digits, and for other counts of them.
  public static func bars(_ text: String) throws(BarcodeError) -> [Bar] {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      throw BarcodeError(.invalid, "'\(text)' is no Intelligent Mail code; expected digits only")
    }
    guard [20, 25, 29, 31].contains(digits.count) else {
      throw BarcodeError(
        .invalid, "'\(text)' has \(digits.count) digits; expected 20 of tracking code and 0, 5, 9 or 11 of routing code")
    }
    guard digits[1] <= UInt8(ascii: "4") else {
      throw BarcodeError(.invalid, "'\(text)' has the second digit '\(digits[1] - 48)'; expected 0 to 4 in a barcode identifier")
    }
    let encoder = try Encoder(BARCODE_USPS_IMAIL)
    let tracking = String(decoding: digits[..<20], as: UTF8.self)
    let routing = String(decoding: digits[20...], as: UTF8.self)
    try encoder.encode(routing.isEmpty ? tracking : tracking + "-" + routing, unicode: false)
    guard encoder.symbol.pointee.rows == 3, Int(encoder.symbol.pointee.width) >= barCount * 2 - 1 else {
      throw BarcodeError(.failed, "the barcode encoder gave no 65 bars")
    }
    return (0..<barCount).map { index in
      // Three rows: ascenders, trackers, descenders; a bar in every second column.
      switch (encoder.isDark(0, index * 2), encoder.isDark(2, index * 2)) {
      case (false, false): .tracker
      case (true, false): .ascender
      case (false, true): .descender
      case (true, true): .full
      }
    }
  }

  /// The bars as the letters A, D, F and T, as the specification prints them.
  ///
  /// - Throws: ``BarcodeError`` for anything but digits, and for other counts of them.
  public static func barString(_ text: String) throws(BarcodeError) -> String { String(try bars(text).map(\.rawValue)) }

  static func encode(_ text: String) throws(BarcodeError) -> Symbol {
    let states = try bars(text)
    let step = pitch / barWidth
    let above = (1 - trackerHeight / fullHeight) / 2
    let placed = states.enumerated().map { index, state in
      Symbol.Bar(
        x: Double(index) * step, width: 1, top: state == .ascender || state == .full ? 0 : above,
        bottom: state == .descender || state == .full ? 1 : 1 - above)
    }
    return Symbol(form: .bars(placed, modules: Double(barCount - 1) * step + 1), text: text)
  }
}
