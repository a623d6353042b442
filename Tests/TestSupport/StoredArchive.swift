/// Archives whose entries are stored as they are, made without a library.
package enum StoredArchive {
  /// A ZIP archive.
  package static func zip(_ entries: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in entries {
      let size = little(content.count, 4)
      let name = Array(name.utf8)
      let common =
        little(20, 2) + little(0, 6) + little(0x21, 2) + little(Int(checksum(content)), 4) + size + size + little(name.count, 2)
        + little(0, 2)
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 10) + little(file.count, 4) + name
      file += [0x50, 0x4B, 3, 4] + common + name + content
    }
    let counts = little(entries.count, 2) + little(entries.count, 2)
    return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + counts + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
  }

  /// A gzip file of one stored block (RFC 1951, 3.2.4): at most 65,535 bytes.
  package static func gzip(_ content: [UInt8]) -> [UInt8] {
    let size = UInt16(content.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(Int(size), 2) + little(Int(~size), 2) + content
      + little(Int(checksum(content)), 4) + little(content.count, 4)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }

  /// CRC-32 as ZIP and gzip have it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
