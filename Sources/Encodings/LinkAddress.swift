/// Addresses that may stand behind a link: absolute, of a scheme that opens a page, a mail or a call, and nothing that runs a program.
package enum LinkAddress {
  /// How an address begins, in lower case.
  package static let schemes = ["https:", "http:", "mailto:", "tel:"]
  /// Longer addresses are no addresses; PDF readers differ beyond 2,000 characters.
  ///
  /// - Stops: an address of megabytes, printed as a link and as a code.
  package static let maximumLength = 2_000

  /// Whether an address, or the beginning of one, is of one of ``schemes``.
  package static func hasScheme(_ text: String) -> Bool {
    let beginning = String(decoding: text.utf8.prefix(16), as: UTF8.self).lowercased()
    return schemes.contains { beginning.hasPrefix($0) }
  }

  /// The address, or `nil` where it is not of that form; spaces and characters outside ASCII are percent-encoded (RFC 3986).
  package static func checked(_ text: String) -> String? {
    guard text.utf8.count <= maximumLength, hasScheme(text) else { return nil }
    return PercentEncoding.encode(text) { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }
  }
}
