package import Contract

/// Collects bytes from a pipe and gives whole frames out of them.
package struct FrameBuffer: ~Copyable {
  /// Bytes read at once, and the room kept when a large frame has gone.
  private static let chunk = 1 << 18

  private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: FrameBuffer.chunk, alignment: 16)
  /// What has been read and not yet been given out is `bytes[start..<end]`.
  private var (start, end) = (0, 0)

  package init() {}

  deinit { bytes.deallocate() }

  /// Whether nothing has been read that was not given out.
  package var isEmpty: Bool { start == end }

  /// Room to read into, at least enough for the rest of a frame that has begun. What was given out becomes invalid.
  package mutating func room() -> UnsafeMutableRawBufferPointer {
    var needed = end - start + FrameBuffer.chunk / 2
    if end - start >= Frame.headerLength, let header = try? Frame.header(held) {
      needed = max(needed, Frame.headerLength + header.length)
    }
    if needed > bytes.count || (bytes.count > 16 * FrameBuffer.chunk && needed < FrameBuffer.chunk) {
      // A giant frame must not leave its room behind: memory stays flat over a long run.
      let fresh = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, FrameBuffer.chunk), alignment: 16)
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
  package mutating func filled(_ count: Int) { end += count }

  /// The next whole frame; `nil` until more is read. Its fields are valid until the next call of ``room()``.
  ///
  /// - Throws: ``FieldFailure`` for bytes that are no such frame.
  package mutating func next() throws(FieldFailure) -> (kind: Frame.Kind, fields: UnsafeRawBufferPointer)? {
    guard end - start >= Frame.headerLength else { return nil }
    let (kind, length) = try Frame.header(held)
    guard end - start >= Frame.headerLength + length else { return nil }
    let fields = UnsafeRawBufferPointer(rebasing: held[Frame.headerLength..<Frame.headerLength + length])
    start += Frame.headerLength + length
    return (kind, fields)
  }

  private var held: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[start..<end]) }
}
