package import Contract
package import Money

/// Builds one frame: a header of eight bytes and fields one behind the other, little-endian, texts and lists with their length before them.
package struct FrameWriter: FieldWalker {
  private var bytes: [UInt8]
  private let uses: FieldUses

  /// Begins a frame; `capacity` is what its fields will roughly take.
  package init(_ kind: Frame.Kind, capacity: Int = 256) {
    uses = .pipe
    bytes = []
    bytes.reserveCapacity(Frame.headerLength + capacity)
    bytes += Frame.mark
    bytes.append(Frame.version)
    bytes.append(kind.rawValue)
    bytes += [0, 0, 0, 0]
  }

  /// The fields of a value alone, without a frame round them.
  package static func fields(of value: some Fielded, for uses: FieldUses) -> [UInt8] {
    var writer = FrameWriter(uses)
    writer.add(value)
    return writer.bytes
  }

  private init(_ uses: FieldUses) {
    self.uses = uses
    bytes = []
    bytes.reserveCapacity(512)
  }

  /// The frame with its length filled in.
  package consuming func finish() -> [UInt8] {
    let length = UInt32(clamping: bytes.count - Frame.headerLength)
    withUnsafeBytes(of: length.littleEndian) { for (index, byte) in $0.enumerated() { bytes[4 + index] = byte } }
    return bytes
  }

  /// A frame with one value.
  package static func frame(_ kind: Frame.Kind, _ value: some Fielded, capacity: Int = 256) -> [UInt8] {
    var writer = FrameWriter(kind, capacity: capacity)
    writer.add(value)
    return writer.finish()
  }

  /// Appends a value.
  package mutating func add(_ value: some Fielded) {
    var value = value
    // Writing asks for nothing that can be missing.
    do throws(FieldFailure) { try value.walk(&self) } catch { assertionFailure("a value refused to be written: \(error)") }
  }

  /// Appends bytes as they are, for ``FrameReader/rest()``.
  package mutating func add(rest: UnsafeRawBufferPointer) { bytes.append(contentsOf: rest) }

  // MARK: Walking

  package var isReading: Bool { false }
  package mutating func begin(_ name: String, _ uses: FieldUses) -> Bool { !uses.isDisjoint(with: self.uses) }
  package mutating func flag(_ value: inout Bool) { bytes.append(value ? 1 : 0) }
  package mutating func int(_ value: inout Int) { word(UInt64(bitPattern: Int64(value))) }
  package mutating func double(_ value: inout Double) { word(value.bitPattern) }

  package mutating func text(_ value: inout String) {
    word(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  package mutating func blob(_ value: inout [UInt8]) {
    word(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  package mutating func amount(_ value: inout Amount, decimals: Int) {
    word(UInt64(bitPattern: value.mantissa))
    word(UInt64(value.scale))
  }

  package mutating func optional<Value: Fielded>(_ value: inout Value?) throws(FieldFailure) {
    bytes.append(value == nil ? 0 : 1)
    try value?.walk(&self)
  }

  package mutating func list<Value: Fielded>(_ values: inout [Value]) throws(FieldFailure) {
    word(UInt64(values.count))
    for var value in values { try value.walk(&self) }
  }

  package mutating func record(_ body: (inout FrameWriter) throws(FieldFailure) -> Void) throws(FieldFailure) { try body(&self) }

  private mutating func word(_ value: UInt64) { withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) } }
}
