/// Collects bytes from a pipe and gives whole messages out of them.
struct MessageBuffer: ~Copyable {
  /// Bytes read at once, and the room kept when a large message has gone.
  private static let chunk = 1 << 18

  private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: MessageBuffer.chunk, alignment: 16)
  /// What has been read and not yet been given out is `bytes[start..<end]`.
  private var (start, end) = (0, 0)

  deinit { bytes.deallocate() }

  /// Whether nothing has been read that was not given out.
  var isEmpty: Bool { start == end }

  /// Room to read into, at least enough for the rest of a message that has begun. What was given out becomes invalid.
  mutating func room() -> UnsafeMutableRawBufferPointer {
    var needed = end - start + MessageBuffer.chunk / 2
    if end - start >= Wire.headerLength, let header = try? Wire.header(held) {
      needed = max(needed, Wire.headerLength + header.length)
    }
    if needed > bytes.count || (bytes.count > 16 * MessageBuffer.chunk && needed < MessageBuffer.chunk) {
      // A giant message must not leave its room behind: memory stays flat over a long run.
      let fresh = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, MessageBuffer.chunk), alignment: 16)
      fresh.copyMemory(from: held)
      bytes.deallocate()
      (bytes, start, end) = (fresh, 0, end - start)
    } else if start > 0 {
      bytes.copyMemory(from: held)
      (start, end) = (0, end - start)
    }
    return UnsafeMutableRawBufferPointer(rebasing: bytes[end...])
  }

  /// Tells how many bytes were read into the room.
  mutating func filled(_ count: Int) { end += count }

  /// The next whole message; `nil` until more is read. Its fields are valid until the next call of ``room()``.
  mutating func next() throws(WireFailure) -> (kind: Wire.Kind, fields: UnsafeRawBufferPointer)? {
    guard end - start >= Wire.headerLength else { return nil }
    let (kind, length) = try Wire.header(held)
    guard end - start >= Wire.headerLength + length else { return nil }
    let fields = UnsafeRawBufferPointer(rebasing: held[Wire.headerLength..<Wire.headerLength + length])
    start += Wire.headerLength + length
    return (kind, fields)
  }

  private var held: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[start..<end]) }
}
