/// Bytes as hexadecimal digits (RFC 4648, section 8).
package enum Hexadecimal {
  /// The case of the digits from ten on.
  package enum Letters: Sendable {
    case lower, upper
  }

  private static let lowerDigits = Array("0123456789abcdef".utf8)
  private static let upperDigits = Array("0123456789ABCDEF".utf8)

  /// Two digits a byte, in order.
  package static func text(_ bytes: some Sequence<UInt8>, _ letters: Letters = .lower) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(64)
    for byte in bytes { append(byte, to: &result, letters) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Appends the two digits of a byte.
  package static func append(_ byte: UInt8, to result: inout [UInt8], _ letters: Letters = .lower) {
    let digits = letters == .lower ? lowerDigits : upperDigits
    result.append(digits[Int(byte >> 4)])
    result.append(digits[Int(byte & 15)])
  }
}
