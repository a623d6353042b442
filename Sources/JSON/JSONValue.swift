public import Diagnostics

/// Any JSON value, as `extra` holds it. Numbers keep their digits; objects keep their order and, where keys repeat, every member.
public enum JSONValue: Sendable, Hashable {
  case null
  case flag(Bool)
  /// The digits as written: `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, never with an exponent.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([Member])

  /// One member of an object.
  public struct Member: Sendable, Hashable {
    /// The key, escapes resolved.
    public var name: String
    /// What stands behind the key.
    public var value: JSONValue
    /// Makes a member.
    public init(_ name: String, _ value: JSONValue) { (self.name, self.value) = (name, value) }
  }

  /// The first member of that name, compared by bytes; `nil` for anything but an object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The text, if it is one.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
  /// The digits of a number, if it is one.
  public var digits: String? {
    if case .number(let digits) = self { digits } else { nil }
  }
  /// The flag, if it is one.
  public var flag: Bool? {
    if case .flag(let flag) = self { flag } else { nil }
  }
  /// The elements, if it is a list.
  public var list: [JSONValue]? {
    if case .list(let list) = self { list } else { nil }
  }
  /// The members in their order, if it is an object.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
  /// A number without decimals as an `Int`; `nil` for all else and where it does not fit.
  public var integer: Int? { digits.flatMap { Int($0) } }

  /// Reads one JSON text with the bounds of a record; texts come back as they are, control characters included.
  ///
  /// - Throws: ``RecordFault`` with code `malformed-json`, `invalid-utf8`, `too-deep`, `too-long`, `bad-number` or `too-many-values`.
  public init(parsing bytes: [UInt8]) throws(RecordFault) { self = try JSONReader.value(of: bytes) }

  /// The value as canonical JSON: keys sorted by their UTF-8 bytes, no spaces, of repeated keys the first.
  public var canonical: [UInt8] {
    var writer = JSONWriter()
    writer.canonical(self)
    return writer.bytes
  }
}
