/// Bytes as `%XX` (RFC 3986, section 2.1).
package enum PercentEncoding {
  /// Appends a byte as a percent sign and two capital hexadecimal digits.
  package static func append(_ byte: UInt8, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "%"))
    Hexadecimal.append(byte, to: &result, .upper)
  }

  /// The text with every byte escaped that `isPlain` does not let stand.
  package static func encode(_ text: String, isPlain: (UInt8) -> Bool) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 { if isPlain(byte) { result.append(byte) } else { append(byte, to: &result) } }
    return String(decoding: result, as: UTF8.self)
  }
}
