internal import CZlib

/// Unpacks zlib data, never beyond a bound.
enum Inflation {
  /// Why unpacking ended, and what came out until then.
  enum Outcome {
    case complete([UInt8])
    /// The bound was reached.
    case tooLong([UInt8])
    /// The data end before they are complete.
    case cut([UInt8])
    /// The data are no zlib data, or their checksum is another.
    case damaged([UInt8])

    /// What came out.
    var bytes: [UInt8] {
      switch self {
      case .complete(let bytes), .tooLong(let bytes), .cut(let bytes), .damaged(let bytes): bytes
      }
    }
  }

  /// Unpacks `packed` to at most `limit` bytes.
  ///
  /// - Complexity: O(min(limit, unpacked size)) in time and memory.
  static func inflate(_ packed: ArraySlice<UInt8>, limit: Int) -> Outcome {
    var result: [UInt8] = []
    switch run(packed, limit: limit, { result.append(contentsOf: $0) }) {
    case .complete: return .complete(result)
    case .tooLong: return .tooLong(Array(result.prefix(limit)))
    case .cut: return .cut(result)
    case .damaged: return .damaged(result)
    }
  }

  /// How many bytes come out of `packed`, damaged or not; `nil` where they are more than `limit`. Keeps none of them.
  static func inflatedCount(_ packed: ArraySlice<UInt8>, limit: Int) -> Int? {
    var count = 0
    if case .tooLong = run(packed, limit: limit, { count += $0.count }) { return nil }
    return count
  }

  private enum End {
    case complete, tooLong, cut, damaged
  }

  private static func run(_ packed: ArraySlice<UInt8>, limit: Int, _ take: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> Void) -> End {
    var stream = z_stream()
    guard billfold_inflate_start(&stream) == Z_OK else { return .damaged }
    defer { inflateEnd(&stream) }
    var total = 0
    let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, min(limit + 1, 1 << 16)))
    defer { chunk.deallocate() }
    return packed.withUnsafeBufferPointer { input in
      // zlib takes a pointer it could write through, and never does.
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(clamping: input.count)
      while true {
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(chunk.count)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        let count = chunk.count - Int(stream.avail_out)
        total += count
        take(chunk[..<count])
        if total > limit { return .tooLong }
        if status == Z_STREAM_END { return .complete }
        guard status == Z_OK || status == Z_BUF_ERROR else { return .damaged }
        guard count > 0 || (status == Z_OK && stream.avail_in > 0) else { return .cut }
      }
    }
  }
}
