package import Contract
package import Money

/// Takes the fields of one frame apart, in the order they were written; throws instead of reading past the end.
package struct FrameReader: FieldWalker {
  private let bytes: UnsafeRawBufferPointer
  private let uses: FieldUses
  private var position = 0

  /// Reads the fields of a frame, without its header. The bytes must outlive the reader.
  package init(_ bytes: UnsafeRawBufferPointer, for uses: FieldUses = .pipe) { (self.bytes, self.uses) = (bytes, uses) }

  /// The one value of a frame's fields.
  ///
  /// - Throws: ``FieldFailure`` for bytes that are no such frame.
  package static func value<Value: Fielded>(
    _: Value.Type, of bytes: UnsafeRawBufferPointer, for uses: FieldUses = .pipe
  ) throws(FieldFailure) -> Value {
    var reader = FrameReader(bytes, for: uses)
    let value = try reader.next(Value.self)
    try reader.finish()
    return value
  }

  /// The next value.
  ///
  /// - Throws: ``FieldFailure`` for bytes that are no such frame.
  package mutating func next<Value: Fielded>(_: Value.Type) throws(FieldFailure) -> Value {
    var value = Value.blank
    try value.walk(&self)
    return value
  }

  /// The end of the frame: nothing may be left.
  ///
  /// - Throws: ``FieldFailure`` for bytes that are no such frame.
  package func finish() throws(FieldFailure) {
    guard position == bytes.count else { throw .malformed }
  }

  /// All that is left, which then is read. Valid as long as the frame's bytes.
  package mutating func rest() -> UnsafeRawBufferPointer {
    defer { position = bytes.count }
    return UnsafeRawBufferPointer(rebasing: bytes[position...])
  }

  private mutating func take(_ count: Int) throws(FieldFailure) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw .truncated }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  private mutating func word() throws(FieldFailure) -> UInt64 { UInt64(littleEndian: try take(8).loadUnaligned(as: UInt64.self)) }

  private mutating func count() throws(FieldFailure) -> Int { Int(truncatingIfNeeded: try word()) }

  // MARK: Walking

  package var isReading: Bool { true }
  package mutating func begin(_ name: String, _ uses: FieldUses) -> Bool { !uses.isDisjoint(with: self.uses) }

  package mutating func flag(_ value: inout Bool) throws(FieldFailure) {
    switch try take(1)[0] {
    case 0: value = false
    case 1: value = true
    default: throw .malformed
    }
  }

  package mutating func int(_ value: inout Int) throws(FieldFailure) { value = Int(Int64(bitPattern: try word())) }
  package mutating func double(_ value: inout Double) throws(FieldFailure) { value = Double(bitPattern: try word()) }

  package mutating func text(_ value: inout String) throws(FieldFailure) {
    guard let text = String(validating: try take(try count()), as: UTF8.self) else { throw .malformed }
    value = text
  }

  package mutating func blob(_ value: inout [UInt8]) throws(FieldFailure) { value = Array(try take(try count())) }

  package mutating func amount(_ value: inout Amount, decimals: Int) throws(FieldFailure) {
    let (mantissa, scale) = (Int64(bitPattern: try word()), try count())
    guard (0...Amount.maximumScale).contains(scale) else { throw .malformed }
    value = Amount(mantissa: mantissa, scale: scale)
  }

  package mutating func optional<Value: Fielded>(_ value: inout Value?) throws(FieldFailure) {
    var isThere = false
    try flag(&isThere)
    value = isThere ? try next(Value.self) : nil
  }

  package mutating func list<Value: Fielded>(_ values: inout [Value]) throws(FieldFailure) {
    let count = try count()
    // Every element takes a byte at least, so that a forged count cannot reserve memory.
    guard count >= 0, count <= bytes.count - position else { throw .truncated }
    values = []
    for _ in 0..<count { values.append(try next(Value.self)) }
  }

  package mutating func record(_ body: (inout FrameReader) throws(FieldFailure) -> Void) throws(FieldFailure) { try body(&self) }
}
