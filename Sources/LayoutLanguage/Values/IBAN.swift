/// An account number after ISO 13616: known to be one by its country's length and its check digits, not by its looks.
///
/// Spaces between groups are allowed and carry no meaning; any other mark makes a text something else, such as a domestic account number.
struct IBAN: Sendable, Hashable {
  /// The letters and digits as they were written.
  let characters: [UInt8]

  /// Reads a text; `nil` where it is no IBAN. Letters may be small.
  ///
  /// - Complexity: O(bytes); a text over 80 bytes is none.
  init?(_ text: String) {
    guard text.utf8.count <= 80 else { return nil }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20, 0xA0, 0x202F: continue
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(UInt8(scalar.value))
      default: return nil
      }
    }
    guard bytes.count >= 15 else { return nil }
    let capitals = bytes.map { $0 >= 0x61 ? $0 - 0x20 : $0 }
    guard capitals[2] < 0x3A, capitals[3] < 0x3A, IBAN.lengths[String(decoding: capitals[..<2], as: UTF8.self)] == bytes.count,
      IBAN.remainder(capitals[4...] + capitals[..<4]) == 1
    else { return nil }
    characters = bytes
  }

  /// The characters in groups of four, one space between two.
  var grouped: String {
    var result: [UInt8] = []
    for (index, byte) in characters.enumerated() {
      if index > 0, index % 4 == 0 { result.append(0x20) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The remainder modulo 97 of digits and capital letters, A being 10 (ISO 7064).
  private static func remainder(_ bytes: ArraySlice<UInt8>) -> Int {
    var remainder = 0
    for byte in bytes { remainder = byte < 0x3A ? (remainder * 10 + Int(byte) - 0x30) % 97 : (remainder * 100 + Int(byte) - 0x37) % 97 }
    return remainder
  }

  /// How many characters the IBANs of a country have, by the registry of ISO 13616.
  private static let lengths: [String: Int] = [
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21,
    "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18,
    "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23,
    "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28,
    "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
  ]
}
