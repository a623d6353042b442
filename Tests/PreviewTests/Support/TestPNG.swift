/// PNG files as a designer may drop them into a layout: huge, or claiming to be.
enum TestPNG {
  /// A picture of noise in 8-bit RGB, not compressed: about 3 bytes a pixel.
  static func noise(width: Int, height: Int) -> [UInt8] {
    var raw: [UInt8] = []
    raw.reserveCapacity((width * 3 + 1) * height)
    var state: UInt32 = 1
    for _ in 0..<height {
      raw.append(0)
      for _ in 0..<width * 3 {
        state = state &* 1_664_525 &+ 1_013_904_223
        raw.append(UInt8(truncatingIfNeeded: state >> 24))
      }
    }
    return file(width: width, height: height, raw: raw)
  }

  /// A few bytes that claim to be a picture of that size.
  static func claiming(width: Int, height: Int) -> [UInt8] { file(width: width, height: height, raw: [UInt8](repeating: 0, count: 1_000)) }

  private static func file(width: Int, height: Int, raw: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += chunk("IHDR", word(width) + word(height) + [8, 2, 0, 0, 0])
    // Deflate's blocks that are stored as they are, of 65,535 bytes at most.
    var data: [UInt8] = [0x78, 0x01]
    var position = 0
    repeat {
      let count = min(65_535, raw.count - position)
      data += [
        position + count == raw.count ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8 & 0xFF),
      ]
      data += raw[position..<position + count]
      position += count
    } while position < raw.count
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in raw {
      a = (a &+ UInt32(byte)) % 65_521
      b = (b &+ a) % 65_521
    }
    return bytes + chunk("IDAT", data + word(Int(b << 16 | a))) + chunk("IEND", [])
  }

  private static func word(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in body { sum = table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
    return word(data.count) + body + word(Int(~sum))
  }

  private static let table: [UInt32] = (0..<256).map {
    (0..<8).reduce(UInt32($0)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
