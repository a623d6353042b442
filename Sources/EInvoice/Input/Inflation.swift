internal import CZlib

/// Unpacks zlib data, never beyond a bound.
enum Inflation {
  enum Outcome {
    case complete([UInt8])
    /// The bound was reached, or the data end or break off: what came out so far.
    case partial([UInt8], isTooLong: Bool)
  }

  /// Unpacks `packed` to at most `limit` bytes.
  ///
  /// - Complexity: O(min(limit, unpacked size)) in time and memory.
  static func inflate(_ packed: ArraySlice<UInt8>, limit: Int) -> Outcome {
    var stream = z_stream()
    guard billfold_inflate_start(&stream) == Z_OK else { return .partial([], isTooLong: false) }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
    var input = Array(packed)
    return input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      while true {
        let (status, count) = chunk.withUnsafeMutableBufferPointer { chunk -> (Int32, Int) in
          stream.next_out = chunk.baseAddress
          stream.avail_out = UInt32(chunk.count)
          let status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return (status, chunk.count - Int(stream.avail_out))
        }
        result.append(contentsOf: chunk[..<count])
        if result.count > limit { return .partial(Array(result.prefix(limit)), isTooLong: true) }
        if status == Z_STREAM_END { return .complete(result) }
        guard status == Z_OK, count > 0 || stream.avail_in > 0 else { return .partial(result, isTooLong: false) }
      }
    }
  }
}
