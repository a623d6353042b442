/// Takes the fields of one message apart, in the order they were written; throws instead of reading past the end.
struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// Reads the fields of a message, without its header. The bytes must outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func take(_ count: Int) throws(WireFailure) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw .truncated }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  mutating func byte() throws(WireFailure) -> UInt8 { try take(1)[0] }

  mutating func flag() throws(WireFailure) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw .malformed
    }
  }

  mutating func int() throws(WireFailure) -> Int {
    let value = Int64(littleEndian: try take(8).loadUnaligned(as: Int64.self))
    return Int(value)
  }

  mutating func double() throws(WireFailure) -> Double {
    Double(bitPattern: UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self)))
  }

  mutating func text() throws(WireFailure) -> String {
    let bytes = try take(try int())
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    return text
  }

  mutating func blob() throws(WireFailure) -> [UInt8] { Array(try take(try int())) }

  /// The bytes of a blob where they lie; valid as long as the message.
  mutating func view() throws(WireFailure) -> UnsafeRawBufferPointer { try take(try int()) }

  mutating func optional<Value>(_ read: (inout WireReader) throws(WireFailure) -> Value) throws(WireFailure) -> Value? {
    try flag() ? try read(&self) : nil
  }

  mutating func list<Element>(_ read: (inout WireReader) throws(WireFailure) -> Element) throws(WireFailure) -> [Element] {
    let count = try int()
    // Every element takes a byte at least, so that a forged count cannot reserve memory.
    guard count >= 0, count <= bytes.count - position else { throw .truncated }
    var result: [Element] = []
    for _ in 0..<count { result.append(try read(&self)) }
    return result
  }

  /// A value of an enumeration by its name.
  mutating func name<Value: RawRepresentable>(_: Value.Type) throws(WireFailure) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try text()) else { throw .malformed }
    return value
  }

  /// The end of the message: nothing may be left.
  func finish() throws(WireFailure) {
    guard position == bytes.count else { throw .malformed }
  }
}
