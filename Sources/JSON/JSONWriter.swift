public import Money

/// Writes JSON byte by byte the same way: no spaces, members in the order of the calls, texts with the fewest escapes.
///
/// ```swift
/// var json = JSONWriter()
/// json.beginObject()
/// json.member("v", 1)
/// json.member("account", bill.account)
/// json.endObject()
/// ```
public struct JSONWriter: Sendable {
  /// What is written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Makes an empty writer.
  public init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Opens an object as the next value.
  public mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  /// Closes the innermost object.
  public mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  /// Opens a list as the next value.
  public mutating func beginList() {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
  }

  /// Closes the innermost list.
  public mutating func endList() {
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// Writes a member's name; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    quote(name.utf8)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a text.
  public mutating func value(_ text: String) {
    separate()
    quote(text.utf8)
  }

  /// Writes a text given as bytes, which must be UTF-8.
  public mutating func value(utf8 text: some Sequence<UInt8>) {
    separate()
    quote(text)
  }

  /// Writes an integer.
  public mutating func value(_ number: Int) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes `true` or `false`.
  public mutating func value(_ flag: Bool) {
    separate()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  /// Writes an amount as a text with at least `decimals` decimals, the form of the bill record: `"12.50"`.
  public mutating func value(_ amount: Amount, decimals: Int = 0) {
    separate()
    quote(amount.description(decimals: decimals).utf8)
  }

  /// Writes a number by its digits, which must be a JSON number.
  public mutating func value(digits: String) {
    separate()
    bytes.append(contentsOf: digits.utf8)
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes bytes that are one JSON value already.
  public mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Writes a member with a text, or null.
  public mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }

  /// Writes a member with an integer, or null.
  public mutating func member(_ name: String, _ number: Int?) {
    key(name)
    if let number { value(number) } else { null() }
  }

  /// Writes a member with a flag.
  public mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    value(flag)
  }

  /// Writes a member with an amount as text.
  public mutating func member(_ name: String, _ amount: Amount, decimals: Int = 0) {
    key(name)
    value(amount, decimals: decimals)
  }

  /// Writes a member with a list of texts.
  public mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    beginList()
    for text in texts { value(text) }
    endList()
  }

  /// Writes any value canonically: keys sorted by their UTF-8 bytes, of repeated keys the first.
  public mutating func canonical(_ json: JSONValue) {
    switch json {
    case .null: null()
    case .flag(let flag): value(flag)
    case .number(let digits): value(digits: digits)
    case .text(let text): value(text)
    case .list(let list):
      beginList()
      for element in list { canonical(element) }
      endList()
    case .object(let members):
      beginObject()
      let sorted = members.enumerated().sorted { a, b in
        if a.element.name.utf8.elementsEqual(b.element.name.utf8) { return a.offset < b.offset }
        return a.element.name.utf8.lexicographicallyPrecedes(b.element.name.utf8)
      }
      var last: String?
      for (_, member) in sorted where last.map({ !$0.utf8.elementsEqual(member.name.utf8) }) ?? true {
        key(member.name)
        canonical(member.value)
        last = member.name
      }
      endObject()
    }
  }

  /// Ends a line of JSON Lines: what follows is a new value.
  public mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func quote(_ text: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x20...: bytes.append(byte)
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      default:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(byte >> 4 + UInt8(ascii: "0"))
        let low = byte & 15
        bytes.append(low < 10 ? low + UInt8(ascii: "0") : low - 10 + UInt8(ascii: "a"))
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
