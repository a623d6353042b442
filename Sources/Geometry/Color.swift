internal import Encodings
private import Glibc

/// An opaque RGB colour in the sRGB space, 8 bits a channel, as print streams and layouts write it.
public struct Color: Hashable, Sendable {
  /// 0 for none, 255 for all of it.
  public var red: UInt8
  /// 0 for none, 255 for all of it.
  public var green: UInt8
  /// 0 for none, 255 for all of it.
  public var blue: UInt8

  /// Makes a colour from its channels.
  @inlinable public init(red: UInt8, green: UInt8, blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }

  /// Pure black, one ink.
  public static let black = Color(red: 0, green: 0, blue: 0)
  /// The paper's white.
  public static let white = Color(red: 255, green: 255, blue: 255)

  /// Reads `#RGB` or `#RRGGBB`; `nil` for anything else.
  public init?(hex text: String) {
    let digits = Array(text.utf8)
    guard digits.first == UInt8(ascii: "#"), digits.count == 4 || digits.count == 7 else { return nil }
    var values: [UInt8] = []
    for byte in digits.dropFirst() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): values.append(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): values.append(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): values.append(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    if values.count == 3 {
      self.init(red: values[0] * 17, green: values[1] * 17, blue: values[2] * 17)
    } else {
      self.init(red: values[0] * 16 + values[1], green: values[2] * 16 + values[3], blue: values[4] * 16 + values[5])
    }
  }

  /// The colour as `#RRGGBB`.
  public var hex: String { "#" + Hexadecimal.text([red, green, blue], .upper) }

  /// This colour printed at `share` (0…1) of its strength on white paper.
  public func tint(_ share: Double) -> Color {
    func mix(_ channel: UInt8) -> UInt8 { UInt8((255 - (255 - Double(channel)) * share).rounded()) }
    return Color(red: mix(red), green: mix(green), blue: mix(blue))
  }

  /// Relative luminance after WCAG 2.2, 0 for black to 1 for white.
  public var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The WCAG 2.2 contrast ratio of the two colours, 1 to 21.
  public static func contrast(_ a: Color, _ b: Color) -> Double {
    let (light, dark) = (max(a.luminance, b.luminance), min(a.luminance, b.luminance))
    return (light + 0.05) / (dark + 0.05)
  }
}

// Glibc's pow; the module needs nothing else of the C library.
private func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
