/// Builds one message: a header of eight bytes and fields one behind the other, little-endian, texts and lists with their length before them.
struct WireWriter {
  private(set) var bytes: [UInt8]

  /// Begins a message; `capacity` is what its fields will roughly take.
  init(_ kind: Wire.Kind, capacity: Int = 256) {
    bytes = []
    bytes.reserveCapacity(Wire.headerLength + capacity)
    bytes += Wire.mark
    bytes.append(Wire.version)
    bytes.append(kind.rawValue)
    bytes += [0, 0, 0, 0]
  }

  /// The message with its length filled in.
  consuming func finish() -> [UInt8] {
    let length = UInt32(clamping: bytes.count - Wire.headerLength)
    withUnsafeBytes(of: length.littleEndian) { for (index, byte) in $0.enumerated() { bytes[4 + index] = byte } }
    return bytes
  }

  mutating func byte(_ value: UInt8) { bytes.append(value) }
  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }
  mutating func int(_ value: Int) { withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) } }
  mutating func double(_ value: Double) { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }

  mutating func text(_ value: String) {
    int(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func blob(_ value: [UInt8]) {
    int(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout WireWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  mutating func list<Element>(_ values: [Element], _ write: (inout WireWriter, Element) -> Void) {
    int(values.count)
    for value in values { write(&self, value) }
  }
}
