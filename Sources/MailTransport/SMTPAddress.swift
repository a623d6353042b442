/// Where a mail server listens, and how it is spoken to: `smtp://USER@HOST:PORT` or `smtps://…`.
public struct SMTPAddress: Sendable, Hashable {
  /// How the way there is secured.
  public enum Security: Sendable, Hashable {
    /// `smtp`: the server must offer STARTTLS.
    case startTLS
    /// `smtps`: TLS from the first byte on.
    case implicit
    /// `smtp` without TLS: to this machine only.
    case plain
  }

  /// What keeps a text from being such an address; the text itself, which may hold a password, is never repeated.
  public struct Fault: Error, Hashable {
    /// In words that end a sentence which begins with the option's name.
    public let reason: String
  }

  /// Bytes of the address: a host's name has at most 253.
  ///
  /// - Stops: a text of any length handed to the library.
  private static let limit = 1_000

  /// How the way there is secured.
  public let security: Security
  /// Who logs in; `nil`: nobody.
  public let user: String?
  /// A name, an IPv4 address, or an IPv6 address without brackets.
  public let host: String
  /// 1…65535; where the text names none, 587 of `smtp` and 465 of `smtps`.
  public let port: Int

  /// Reads an address.
  ///
  /// - Parameter plain: Whether `smtp` goes without TLS, which is allowed to this machine only.
  /// - Throws: What keeps the text from being one, without a word of it.
  public init(_ text: String, plain: Bool = false) throws(Fault) {
    guard text.utf8.count <= Self.limit else { throw Fault(reason: "is longer than \(Self.limit) bytes") }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Fault(reason: "holds white space, a control character or a letter beyond ASCII; a user's name is written with %XX")
    }
    guard let colon = text.firstRange(of: "://") else { throw Fault(reason: "must begin with 'smtp://' or 'smtps://'") }
    let isImplicit: Bool
    switch text[..<colon.lowerBound].lowercased() {
    case "smtp": isImplicit = false
    case "smtps": isImplicit = true
    default: throw Fault(reason: "must begin with 'smtp://' or 'smtps://'")
    }
    var rest = text[colon.upperBound...]
    if rest.last == "/" { rest.removeLast() }
    guard !rest.contains(where: { "/?#".contains($0) }) else { throw Fault(reason: "must end with the host, or with a port") }
    var user: String?
    if let at = rest.lastIndex(of: "@") {
      let name = rest[..<at]
      guard !name.contains(":") else {
        throw Fault(reason: "holds a password, which others can read in the list of processes; write it into a file for '--password-file'")
      }
      guard let decoded = Self.decoded(name), !decoded.isEmpty, !decoded.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw Fault(reason: "has no user before the '@', or one that is no text with %XX")
      }
      user = decoded
      rest = rest[rest.index(after: at)...]
    }
    let (host, port) = try Self.split(rest)
    (self.user, self.host, self.port) = (user, host, port ?? (isImplicit ? 465 : 587))
    security = isImplicit ? .implicit : plain ? .plain : .startTLS
    if plain {
      guard !isImplicit else { throw Fault(reason: "begins with 'smtps', and '--smtp-plain' is for 'smtp'") }
      guard isLoopback else {
        throw Fault(reason: "names another machine, and '--smtp-plain' is for this one: localhost, 127.0.0.1 or [::1]")
      }
    }
  }

  /// Whether the host is this machine, whatever a server of names says.
  public var isLoopback: Bool {
    if ["localhost", "::1"].contains(host.lowercased()) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { part in UInt8(part).map { String($0) == part } == true }
  }

  /// Without the user: `smtp://mail.example:587`.
  public var url: String {
    "\(security == .implicit ? "smtps" : "smtp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  private static func split(_ text: Substring) throws(Fault) -> (host: String, port: Int?) {
    var (name, tail): (Substring, Substring)
    let isNumeric = text.first == "["
    if isNumeric {
      guard let close = text.firstIndex(of: "]") else { throw Fault(reason: "has a '[' that is not closed") }
      (name, tail) = (text[text.index(after: text.startIndex)..<close], text[text.index(after: close)...])
    } else {
      let colon = text.firstIndex(of: ":") ?? text.endIndex
      (name, tail) = (text[..<colon], text[colon...])
    }
    let marks = isNumeric ? "0123456789abcdefABCDEF:." : "-._"
    guard !name.isEmpty, name.first != "-",
      name.allSatisfy({ marks.contains($0) || (!isNumeric && ($0.isLetter || $0.isNumber)) }), !isNumeric || name.contains(":")
    else { throw Fault(reason: "has no host, or one that cannot be one; an IPv6 address stands in brackets") }
    if tail.isEmpty { return (String(name), nil) }
    guard tail.first == ":", tail.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(tail.dropFirst()), port > 0
    else {
      throw Fault(reason: "has no port from 1 to 65535 behind the ':'")
    }
    return (String(name), Int(port))
  }

  /// A text with `%XX` taken for the bytes they are; `nil` where that is no UTF-8.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }
}
