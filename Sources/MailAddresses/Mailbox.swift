/// An address and the name of whose it is.
public struct Mailbox: Sendable, Hashable {
  /// As people read it; `nil` where only the address is known.
  public let name: String?
  /// Where messages go.
  public let address: MailAddress

  /// An address and a name.
  public init(name: String?, address: MailAddress) { (self.name, self.address) = (name, address) }

  /// Reads `Name <address>`, the name in quotes or not, or an address alone.
  ///
  /// - Throws: What keeps the text from being one.
  public init(_ text: String) throws(MailAddress.Fault) {
    let trimmed = text.trimmed
    guard trimmed.utf8.last == UInt8(ascii: ">") else {
      self.init(name: nil, address: try MailAddress(trimmed))
      return
    }
    guard let open = trimmed.utf8.lastIndex(of: UInt8(ascii: "<")) else { throw MailAddress.Fault(reason: "has a '>' without a '<'") }
    let address = try MailAddress(String(trimmed[trimmed.utf8.index(after: open)...].dropLast()))
    var name = String(trimmed[..<open]).trimmed
    if name.utf8.first == UInt8(ascii: "\""), name.utf8.last == UInt8(ascii: "\""), name.utf8.count > 1 {
      name = String(name.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    } else if name.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ";") }) {
      throw MailAddress.Fault(reason: "is more than one address; a name with ',', ';' or '<' stands in quotes")
    }
    guard !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw MailAddress.Fault(reason: "has a name with a line end or another control character")
    }
    self.init(name: name.isEmpty ? nil : name, address: address)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
