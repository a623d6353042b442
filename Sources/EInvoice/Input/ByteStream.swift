internal import Billing
internal import Diagnostics

/// Bytes that come one piece after the other.
protocol ByteStream: AnyObject {
  /// Fills `buffer` from its start; the number of bytes, 0 at the end. Fewer than fit do not mean the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int
}

extension ByteStream {
  /// The rest of the stream; `nil` where it has more than `limit` bytes.
  func rest(limit: Int) throws(RecordFault) -> [UInt8]? {
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { return result }
      guard result.count + count <= limit else { return nil }
      result.append(contentsOf: buffer[..<count])
    }
  }

  /// The first bytes, at most `limit`.
  func head(limit: Int) throws(RecordFault) -> [UInt8] {
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 16)
    defer { buffer.deallocate() }
    while result.count < limit {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(limit - result.count)]))
      if count == 0 { break }
      result.append(contentsOf: buffer[..<count])
    }
    return result
  }
}
