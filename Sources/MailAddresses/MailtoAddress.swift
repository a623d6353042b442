internal import Encodings

/// What a link behind `mailto:` holds (RFC 6068): one address, and of the headers subject and body, each once, in one line.
public struct MailtoAddress: Sendable, Hashable {
  /// As it goes behind `mailto:`, all ASCII but for what holds a place.
  public let text: String

  /// Reads it, with `mailto:` or without.
  ///
  /// - Parameter placeholder: What may stand in subject and body for something that is put in later, its braces unescaped.
  /// - Throws: What keeps the text from being one.
  public init(_ text: String, placeholder: String) throws(MailAddress.Fault) {
    let scheme = "mailto:"
    let bare = text.lowercased().hasPrefix(scheme) ? text.dropFirst(scheme.count) : text[...]
    let parts = bare.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let to = String(parts.first ?? "")
    guard !to.isEmpty else { throw MailAddress.Fault(reason: "has no address") }
    guard !to.contains(placeholder) else {
      throw MailAddress.Fault(reason: "has '\(placeholder)' in the address; it may stand in subject and body only")
    }
    let address = try MailAddress(Self.decoded(to))
    guard parts.count > 1 else {
      self.text = Self.encoded(address)
      return
    }
    let query = String(parts[1])
    var met: Set<String> = []
    for field in query.split(separator: "&", omittingEmptySubsequences: false) {
      let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty else {
        throw MailAddress.Fault(reason: "has '\(field.prefix(40))' where 'subject=…' or 'body=…' is expected")
      }
      let name = try Self.decoded(String(sides[0])).lowercased()
      guard name == "subject" || name == "body" else {
        throw MailAddress.Fault(reason: "has the header '\(name.prefix(40))'; expected subject or body, and no other")
      }
      guard met.insert(name).inserted else { throw MailAddress.Fault(reason: "has the header '\(name)' twice") }
      let value = try Self.decoded(String(sides[1]).replacing(placeholder, with: ""))
      guard !value.contains(where: \.isNewline), !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else { throw MailAddress.Fault(reason: "has a line end or another control character in '\(name)'") }
    }
    self.text = Self.encoded(address) + "?" + query
  }

  /// What a part of it says.
  ///
  /// - Throws: A character that must be percent-encoded, a percent sign without two digits, bytes that are not UTF-8.
  private static func decoded(_ text: String) throws(MailAddress.Fault) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
          throw MailAddress.Fault(reason: "has a '%' without two hexadecimal digits behind it")
        }
        bytes.append(high << 4 | low)
      } else if isPlain(byte) {
        bytes.append(byte)
      } else {
        let sign =
          byte < 0x80 && byte > 0x20 ? "the character '\(Character(Unicode.Scalar(byte)))'" : "a space or a character outside ASCII"
        throw MailAddress.Fault(reason: "has \(sign), which must be percent-encoded")
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else { throw MailAddress.Fault(reason: "is not UTF-8 once decoded") }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) } }

  /// What stands for itself: `qchar`, and in the address `dtext-no-obs` beside.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~!$'()*+,;:@".utf8.contains(byte)
    }
  }

  private static func encoded(_ address: MailAddress) -> String {
    PercentEncoding.encode(address.text) { isPlain($0) && !",;:".utf8.contains($0) }
  }
}
