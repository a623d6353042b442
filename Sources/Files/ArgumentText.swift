/// Paths as a command line or a folder has them, which are bytes, carried in texts without loss.
///
/// A byte that is no part of UTF-8 becomes one of the last 256 characters of plane 16, for private use; where these stand themselves, each of
/// their bytes becomes one of them. So every sequence of bytes has a text of its own, and most have the one they spell.
package enum ArgumentText {
  /// The first of the characters that stand for bytes.
  private static let firstByte: UInt32 = 0x10FF00

  /// The text for some bytes.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), !holdsBytes(text) { return text }
    var result = String.UnicodeScalarView()
    var place = 0
    while place < bytes.count {
      let length = length(of: bytes[place])
      let end = min(place + length, bytes.count)
      if length > 0, let scalar = String(validating: bytes[place..<end], as: UTF8.self)?.unicodeScalars.first, scalar.value < firstByte {
        result.append(scalar)
        place = end
      } else {
        if let scalar = Unicode.Scalar(firstByte + UInt32(bytes[place])) { result.append(scalar) }
        place += 1
      }
    }
    return String(result)
  }

  /// The bytes of a text that ``text(_:)`` gave.
  package static func bytes(_ text: String) -> [UInt8] {
    guard holdsBytes(text) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      scalar.value < firstByte ? Array(String(scalar).utf8) : [UInt8(scalar.value - firstByte)]
    }
  }

  /// Whether a text stands for bytes that are not UTF-8.
  package static func holdsBytes(_ text: String) -> Bool { text.unicodeScalars.contains { $0.value >= firstByte } }

  /// The text as people are shown it, with `\xE9` for what is not UTF-8.
  package static func shown(_ text: String) -> String {
    guard holdsBytes(text) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.value < firstByte {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value - firstByte, radix: 16, uppercase: true)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }

  /// How many bytes a character of UTF-8 has that begins so; 0 where none does.
  private static func length(of lead: UInt8) -> Int {
    switch lead {
    case ..<0x80: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }
}
