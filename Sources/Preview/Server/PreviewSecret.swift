internal import Encodings

/// What tells the user of a preview from everyone else on the machine: random, printed once with the address, kept by the browser as a cookie.
///
/// Whoever else may connect to 127.0.0.1 (another user of the machine, a container, a tunnel) does not know it. The link stays good as
/// long as the preview runs, so that it opens the page in another browser, too, or after the browser was closed.
struct PreviewSecret: Sendable {
  /// 128 bits of the system's generator, as hexadecimal digits.
  private let digits: [UInt8]

  /// A new one.
  init() {
    var generator = SystemRandomNumberGenerator()
    let words: [UInt64] = [generator.next(), generator.next()]
    let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    digits = Array(Hexadecimal.text(bytes).utf8)
  }

  /// Path and query that open the page.
  var link: String { "/?key=" + String(decoding: digits, as: UTF8.self) }

  /// A cookie's name: cookies know no ports, and several previews may run at once.
  private static func name(_ port: UInt16) -> String { "billfold-\(port)" }

  /// The value of `Set-Cookie`: for this host only, until the browser is closed, never readable by a script nor sent along from other sites.
  func cookie(port: UInt16) -> String {
    "\(PreviewSecret.name(port))=\(String(decoding: digits, as: UTF8.self)); Path=/; HttpOnly; SameSite=Strict"
  }

  /// Whether one of the cookies in `Cookie` headers (RFC 6265, 4.2.1) says the secret.
  func isHeld(by headers: [String], port: UInt16) -> Bool {
    let name = PreviewSecret.name(port)
    var isHeld = false
    for header in headers {
      for pair in header.split(separator: ";") {
        let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == name, isSecret(String(parts[1])) { isHeld = true }
      }
    }
    return isHeld
  }

  /// Whether a text is the secret. Takes as long whichever of its bytes is the first that differs.
  func isSecret(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == digits.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(bytes, digits) { difference |= one ^ other }
    return difference == 0
  }
}
