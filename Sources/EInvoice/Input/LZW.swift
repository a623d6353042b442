/// LZW as TIFF and PDF have it: codes of 9 to 12 bits, the highest bit first.
enum LZW {
  /// Unpacks to at most `limit` bytes.
  ///
  /// - Parameter isEarly: Whether codes grow one entry early, which is the rule.
  static func unpacked(_ packed: [UInt8], isEarly: Bool, limit: Int) -> PDFFilter.Outcome {
    var result: [UInt8] = []
    // Entry 258 + i is the range of the result it was made from.
    var table: [Range<Int>] = []
    var (buffer, bits, width): (UInt32, UInt32, UInt32) = (0, 0, 9)
    var last: Range<Int>?
    let early = isEarly ? 1 : 0
    for byte in packed {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      guard bits >= width else { continue }
      bits -= width
      let code = Int(buffer >> bits & (1 << width - 1))
      if code == 257 { return .complete(result) }
      if code == 256 {
        table.removeAll(keepingCapacity: true)
        (width, last) = (9, nil)
        continue
      }
      let start = result.count
      if code < 256 {
        result.append(UInt8(code))
      } else if code - 258 < table.count {
        result += result[table[code - 258]]
      } else if code - 258 == table.count, let last {
        result += result[last]
        result.append(result[last.lowerBound])
      } else {
        return .damaged
      }
      if result.count > limit { return .tooLong(Array(result.prefix(limit))) }
      // The last entry and the first byte of this one, which stand side by side in the result.
      if let last, table.count < 4_096 - 258 { table.append(last.lowerBound..<(last.upperBound + 1)) }
      last = start..<result.count
      let next = table.count + 258 + 1
      width = next + early > 2_048 ? 12 : next + early > 1_024 ? 11 : next + early > 512 ? 10 : 9
    }
    return .cut(result)
  }
}
