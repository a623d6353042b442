/// The fields of one message between the server and a preview worker: a kind, then integers and texts, little-endian, length before bytes.
///
/// Both ends are the same program, so that a version never has to be negotiated.
struct Packet {
  /// What a message is.
  enum Kind: UInt8 {
    /// Server to worker: read layout and campaign anew.
    case load = 1
    /// Server to worker: show a bill.
    case render = 2
    /// Worker to server: loaded.
    case loaded = 3
    /// Worker to server: what is wrong with layout or campaign.
    case refused = 4
    /// Worker to server: the bill.
    case reply = 5
  }

  /// The packet breaks off, or is none.
  struct Malformed: Error {}

  /// Kind and length.
  static let headerLength = 9
  /// Bytes of one message: forty pages of SVG take about 20 MB.
  static let maximumLength = 256 << 20

  private(set) var bytes: [UInt8]
  private var position = 0

  /// Begins a packet to be written.
  init(_ kind: Kind) { bytes = [kind.rawValue] + [UInt8](repeating: 0, count: 8) }

  /// Takes the fields of a packet that was read, without its header.
  init(fields: [UInt8]) { bytes = fields }

  /// Kind and length of the fields.
  static func header(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> (kind: Kind, length: Int) {
    guard bytes.count >= headerLength, let kind = bytes.first.flatMap(Kind.init(rawValue:)) else { throw Malformed() }
    var length: UInt64 = 0
    for (place, byte) in bytes.dropFirst().prefix(8).enumerated() { length |= UInt64(byte) << UInt64(8 * place) }
    guard length <= UInt64(maximumLength) else { throw Malformed() }
    return (kind, Int(length))
  }

  /// The packet with its length filled in.
  consuming func finished() -> [UInt8] {
    let length = UInt64(bytes.count - Packet.headerLength)
    for place in 0..<8 { bytes[1 + place] = UInt8(truncatingIfNeeded: length >> UInt64(8 * place)) }
    return bytes
  }

  // MARK: Writing

  mutating func add(_ value: Int) { withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) } }
  mutating func add(_ value: Bool) { bytes.append(value ? 1 : 0) }
  mutating func add(_ value: Double) { add(Int(Int64(bitPattern: value.bitPattern))) }
  mutating func add(_ value: [UInt8]) {
    add(value.count)
    bytes.append(contentsOf: value)
  }
  mutating func add(_ value: String) {
    add(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }
  mutating func add(_ value: String?) {
    add(value != nil)
    if let value { add(value) }
  }
  mutating func add(_ value: Int?) {
    add(value != nil)
    if let value { add(value) }
  }
  mutating func add<Element>(_ values: [Element], _ write: (inout Packet, Element) -> Void) {
    add(values.count)
    for value in values { write(&self, value) }
  }

  // MARK: Reading

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw Malformed() }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func int() throws(Malformed) -> Int {
    var value: UInt64 = 0
    for (place, byte) in try take(8).enumerated() { value |= UInt64(byte) << UInt64(8 * place) }
    return Int(Int64(bitPattern: value))
  }
  mutating func flag() throws(Malformed) -> Bool {
    guard let byte = try take(1).first, byte < 2 else { throw Malformed() }
    return byte == 1
  }
  mutating func double() throws(Malformed) -> Double { Double(bitPattern: UInt64(bitPattern: Int64(try int()))) }
  mutating func blob() throws(Malformed) -> [UInt8] { Array(try take(try int())) }
  mutating func text() throws(Malformed) -> String { String(decoding: try take(try int()), as: UTF8.self) }
  mutating func optionalText() throws(Malformed) -> String? { try flag() ? try text() : nil }
  mutating func optionalInt() throws(Malformed) -> Int? { try flag() ? try int() : nil }
  mutating func list<Element>(_ read: (inout Packet) throws(Malformed) -> Element) throws(Malformed) -> [Element] {
    let count = try int()
    guard count >= 0, count <= bytes.count - position else { throw Malformed() }
    var result: [Element] = []
    for _ in 0..<count { result.append(try read(&self)) }
    return result
  }
}
