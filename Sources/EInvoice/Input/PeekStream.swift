internal import Billing
internal import Diagnostics

/// A stream whose first bytes can be looked at before they are read.
final class PeekStream: ByteStream {
  private let stream: any ByteStream
  private var head: [UInt8] = []
  private var position = 0

  init(_ stream: any ByteStream) { self.stream = stream }

  /// The first bytes, at most `limit`; once, before anything is read.
  func peek(_ limit: Int) throws(RecordFault) -> [UInt8] {
    head = try stream.head(limit: limit)
    return head
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
    guard position < head.count else { return try stream.read(into: buffer) }
    let count = min(buffer.count, head.count - position)
    buffer.copyBytes(from: head[position..<(position + count)])
    position += count
    return count
  }
}
