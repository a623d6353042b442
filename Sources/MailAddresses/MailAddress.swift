internal import CICU

/// The address of one mailbox, as a server takes it: `addr-spec` of RFC 5322 without comments and folding, within the bounds of RFC 5321, its domain
/// brought to ASCII (IDNA 2008, UTS #46).
public struct MailAddress: Sendable, Hashable {
  /// What keeps a text from being one.
  public struct Fault: Error, Hashable {
    /// What is wrong, for the end of a sentence that begins with the text.
    public let reason: String
  }

  /// Bytes of the whole (RFC 5321, 4.5.3.1.3, without the angle brackets).
  ///
  /// - Stops: an address that no server takes.
  static let limit = 254
  /// Bytes before the `@` (RFC 5321, 4.5.3.1.1).
  ///
  /// - Stops: a mailbox's name that no server takes.
  static let localLimit = 64
  /// Bytes behind it (RFC 1035, 2.3.4).
  ///
  /// - Stops: a domain that no server of names knows.
  static let domainLimit = 253

  /// What stands before the `@`; a quoted string with its quotes.
  public let local: String
  /// The domain in ASCII and lower case.
  public let domain: String

  /// Both, with the `@` between them: ASCII, without white space, commas and angle brackets outside quotes.
  public var text: String { local + "@" + domain }

  /// Reads an address.
  ///
  /// - Throws: What keeps the text from being one; the text itself is not repeated.
  public init(_ text: String) throws(Fault) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw Fault(reason: "is empty") }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { throw Fault(reason: "holds a line end or another control character") }
    // A quoted name may hold an '@'; a domain cannot.
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { throw Fault(reason: "has no '@'") }
    let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
    try Self.check(local)
    guard !domain.isEmpty else { throw Fault(reason: "has no domain behind the '@'") }
    let name = String(decoding: domain, as: UTF8.self)
    guard let ascii = Self.ascii(name), ascii.utf8.count <= Self.domainLimit else { throw Fault(reason: "has a domain that cannot be one") }
    let labels = ascii.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }) else {
      throw Fault(reason: "has a domain without a dot, or with nothing between dots")
    }
    guard labels.last?.allSatisfy({ (0x30...0x39).contains($0) }) == false else { throw Fault(reason: "has a number in place of a domain") }
    guard local.count + 1 + ascii.utf8.count <= Self.limit else { throw Fault(reason: "is longer than \(Self.limit) bytes") }
    (self.local, self.domain) = (String(decoding: local, as: UTF8.self), ascii.lowercased())
  }

  private static func check(_ local: ArraySlice<UInt8>) throws(Fault) {
    guard let first = local.first else { throw Fault(reason: "has nothing before the '@'") }
    guard local.count <= localLimit else { throw Fault(reason: "has more than \(localLimit) bytes before the '@'") }
    guard local.allSatisfy({ $0 < 0x80 }) else {
      throw Fault(reason: "has letters before the '@' that only some servers take (RFC 6531); expected letters, digits and marks of ASCII")
    }
    if first == UInt8(ascii: "\"") {
      var inner = local.dropFirst()
      guard inner.popLast() == first, !inner.isEmpty else { throw Fault(reason: "has a quote that is not closed, or nothing in quotes") }
      while let byte = inner.popFirst() {
        if byte == UInt8(ascii: "\\") {
          guard inner.popFirst() != nil else { throw Fault(reason: "has a quote that is not closed") }
        } else if byte == first {
          throw Fault(reason: "is more than one address")
        }
      }
      return
    }
    let marks = Array("!#$%&'*+-/=?^_`{|}~".utf8)
    for atom in local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard !atom.isEmpty else { throw Fault(reason: "has a dot before the '@' with nothing beside it") }
      for byte in atom where !(isLetterOrDigit(byte) || marks.contains(byte)) {
        throw Fault(
          reason: byte == UInt8(ascii: "@") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
            ? "is more than one address" : "has the character '\(Character(Unicode.Scalar(byte)))' before the '@'")
      }
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }

  /// The domain in ASCII; `nil` for what is none.
  private static func ascii(_ name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4 * (domainLimit + 1))
    let count = name.withCString { cicu_domain_to_ascii($0, Int32(clamping: name.utf8.count), &buffer, Int32(buffer.count)) }
    return count < 0 ? nil : String(decoding: buffer[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
