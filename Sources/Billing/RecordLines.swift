public import Diagnostics
internal import Glibc

/// Splits a stream of bytes into the lines of JSON Lines, holding no more than one line.
///
/// A byte order mark at the start is passed over, lines end in LF or CRLF, lines of white space only are counted but not returned, the last
/// line may lack its end. Not `Sendable`: one owner reads.
public final class RecordLines {
  /// One line that is not blank.
  public struct Line {
    /// From 1, blank lines counted.
    public let number: Int
    /// Bytes from the start of the stream to the line.
    public let offset: Int
    /// Bytes of the line without its end.
    public let length: Int
    /// The line without its end; of one that is too long only the first 4 KiB. Valid until the next call of ``RecordLines/next()``.
    public let bytes: UnsafeBufferPointer<UInt8>

    /// Whether the line exceeds ``RecordLimits/bytes``, so that ``bytes`` is only its beginning.
    public var isTooLong: Bool { length > RecordLimits.bytes }
    /// The fault of a line that is too long.
    public var fault: RecordFault? {
      guard isTooLong else { return nil }
      return RecordFault(.tooLong, "the record has \(length) bytes, more than the \(RecordLimits.bytes) allowed")
    }
  }

  /// The operating system refused to read; `code` is its `errno`.
  public struct ReadFailure: Error, Hashable {
    /// The `errno`.
    public let code: Int32
    /// Makes a failure of an `errno`.
    public init(code: Int32) { self.code = code }
  }

  /// Bytes read at once.
  private static let chunk = 1 << 18

  /// Fills a buffer from its start: how many bytes, 0 at the end, or an `errno` below zero.
  private let source: (UnsafeMutableRawBufferPointer) -> Int
  private let observe: ((UnsafeRawBufferPointer) -> Void)?
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Unread bytes are `buffer[start..<end]`; `scanned` of them hold no line end.
  private var (start, end, scanned) = (0, 0, 0)
  private var ended = false
  private var atStart = true
  /// The number of lines met so far, blank ones included.
  public private(set) var count = 0
  /// The number of bytes passed so far, all lines returned and skipped.
  public private(set) var offset = 0

  /// Reads from an open file descriptor, which stays open.
  ///
  /// - Parameter observe: Is shown every byte once and in order as it is read, for a digest.
  public convenience init(descriptor: Int32, observe: ((UnsafeRawBufferPointer) -> Void)? = nil) {
    self.init(
      reading: { room in
        while true {
          let got = read(descriptor, room.baseAddress, room.count)
          if got >= 0 { return got }
          if errno != EINTR { return -Int(errno) }
        }
      }, observe: observe)
  }

  /// Reads from anything that fills buffers.
  ///
  /// - Parameters:
  ///   - source: Fills a buffer from its start: how many bytes, 0 at the end, or an `errno` below zero. Fewer bytes than fit are not the end.
  ///   - observe: Is shown every byte once and in order as it is read, for a digest.
  public init(
    reading source: @escaping (UnsafeMutableRawBufferPointer) -> Int, observe: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) {
    (self.source, self.observe) = (source, observe)
    capacity = RecordLines.chunk
    // From malloc, so that it can be grown in place.
    guard let fresh = malloc(capacity) else { preconditionFailure("out of memory") }
    buffer = fresh.bindMemory(to: UInt8.self, capacity: capacity)
  }

  deinit { free(buffer) }

  /// How many bytes the buffer takes: a line's at most, and some chunks.
  var heldBytes: Int { capacity }

  /// The next line that is not blank; `nil` at the end.
  ///
  /// - Throws: ``ReadFailure``, where the system refuses to read.
  public func next() throws(ReadFailure) -> Line? {
    // A giant line must not leave its room behind: memory stays flat over a long run.
    if capacity > 16 * RecordLines.chunk, end - start < RecordLines.chunk { move(toCapacity: RecordLines.chunk * 2) }
    if atStart {
      atStart = false
      while end - start < 3, !ended { try fill() }
      if end - start >= 3, buffer[start] == 0xEF, buffer[start + 1] == 0xBB, buffer[start + 2] == 0xBF { advance(3) }
    }
    while true {
      guard let line = try nextLine() else { return nil }
      if line.isTooLong || line.bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { return line }
    }
  }

  private func advance(_ count: Int) {
    start += count
    offset += count
    scanned = 0
  }

  private func nextLine() throws(ReadFailure) -> Line? {
    let lineOffset = offset
    while true {
      if let found = memchr(buffer + start + scanned, 0x0A, end - start - scanned) {
        let length = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(buffer + start)
        return finish(length: length, ending: 1, offset: lineOffset)
      }
      scanned = end - start
      if ended {
        guard scanned > 0 else { return nil }
        return finish(length: scanned, ending: 0, offset: lineOffset)
      }
      // One byte of grace: the last may be the CR of a line end.
      if scanned > RecordLimits.bytes + 1 { return try passOver(offset: lineOffset) }
      try fill()
    }
  }

  private func finish(length: Int, ending: Int, offset lineOffset: Int) -> Line {
    count += 1
    let isCRLF = ending == 1 && length > 0 && buffer[start + length - 1] == 0x0D
    let visible = isCRLF ? length - 1 : length
    let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer + start), count: visible)
    advance(length + ending)
    return Line(
      number: count, offset: lineOffset, length: visible,
      bytes: visible > RecordLimits.bytes ? UnsafeBufferPointer(rebasing: bytes[..<RecordLimits.rawRecord]) : bytes)
  }

  /// Reads to the end of a line that is too long, keeping only its beginning.
  private func passOver(offset lineOffset: Int) throws(ReadFailure) -> Line {
    let head = RecordLimits.rawRecord
    var length = end - start
    var last = buffer[end - 1]
    var ending = 0
    // The beginning moves to the front of the buffer; chunks are read behind it and dropped.
    memmove(buffer, buffer + start, head)
    (start, end, scanned) = (0, head, 0)
    while ending == 0, !ended {
      end = head
      try fill()
      let fresh = end - head
      guard fresh > 0 else { break }
      if let found = memchr(buffer + head, 0x0A, fresh) {
        let before = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(buffer + head)
        if before > 0 { last = buffer[head + before - 1] }
        length += before
        ending = 1
        start = head + before + 1
      } else {
        length += fresh
        last = buffer[end - 1]
      }
    }
    if ending == 0 { start = end }
    offset = lineOffset + length + ending
    count += 1
    let visible = ending == 1 && last == 0x0D ? length - 1 : length
    return Line(number: count, offset: lineOffset, length: visible, bytes: UnsafeBufferPointer(start: UnsafePointer(buffer), count: head))
  }

  /// Reads one more chunk behind what is there.
  private func fill() throws(ReadFailure) {
    if capacity - end < RecordLines.chunk / 2 {
      let held = end - start
      if capacity - held < RecordLines.chunk / 2 {
        move(toCapacity: min(capacity * 2, RecordLimits.bytes + 2 * RecordLines.chunk))
      } else {
        memmove(buffer, buffer + start, held)
        (start, end) = (0, held)
      }
    }
    let got = source(UnsafeMutableRawBufferPointer(start: buffer + end, count: min(RecordLines.chunk, capacity - end)))
    guard got >= 0 else { throw ReadFailure(code: Int32(-got)) }
    if got > 0 { observe?(UnsafeRawBufferPointer(start: buffer + end, count: got)) } else { ended = true }
    end += got
  }
  private func move(toCapacity wanted: Int) {
    let held = end - start
    memmove(buffer, buffer + start, held)
    (start, end) = (0, held)
    // Large blocks are remapped, not copied. A refusal leaves the old block, which a smaller one may go on in; a larger one may not.
    if let fresh = realloc(buffer, wanted) {
      (buffer, capacity) = (fresh.assumingMemoryBound(to: UInt8.self), wanted)
    } else {
      precondition(wanted <= capacity, "out of memory")
    }
  }
}
