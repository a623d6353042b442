import CZlib
import Foundation

/// Packs ZIP archives and PDFs for tests; entries may lie about themselves.
struct TestArchive {
  struct Entry {
    var name: String
    var content: [UInt8]
    var isDeflated = false
  }

  var entries: [Entry] = []

  var bytes: [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for entry in entries {
      let packed = entry.isDeflated ? Array(zlib(entry.content).dropFirst(2).dropLast(4)) : entry.content
      let crc = UInt32(crc32(0, entry.content, UInt32(entry.content.count)))
      let name = Array(entry.name.utf8)
      let common =
        little(20, 2) + little(0, 2) + little(entry.isDeflated ? 8 : 0, 2) + little(0, 2) + little(0x21, 2) + little(Int(crc), 4)
        + little(packed.count, 4) + little(entry.content.count, 4) + little(name.count, 2) + little(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(file.count, 4)
        + name
      file += [0x50, 0x4B, 3, 4] + common + name + packed
    }
    let end =
      [0x50, 0x4B, 5, 6] + little(0, 4) + little(entries.count, 2) + little(entries.count, 2) + little(directory.count, 4)
      + little(file.count, 4) + little(0, 2)
    return file + directory + end
  }

  private func little(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) } }

  /// A file in the temporary folder that is removed afterwards.
  @discardableResult
  static func withFile<Result>(_ bytes: [UInt8], _ body: ([UInt8]) throws -> Result) throws -> Result {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("einvoice-\(UUID().uuidString)")
    try Data(bytes).write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    return try body(Array(place.path.utf8))
  }
}

/// The bytes in zlib's format.
func zlib(_ bytes: [UInt8]) -> [UInt8] {
  var length = compressBound(UInt(bytes.count))
  var packed = [UInt8](repeating: 0, count: Int(length))
  compress2(&packed, &length, bytes, UInt(bytes.count), 9)
  return Array(packed.prefix(Int(length)))
}

/// A PDF with streams of embedded files; not a complete one.
func pdf(_ streams: [(dictionary: String, bytes: [UInt8])]) -> [UInt8] {
  var result = Array("%PDF-1.7\n".utf8)
  for (index, stream) in streams.enumerated() {
    result += "\(index + 1) 0 obj\n<< /Length \(stream.bytes.count) \(stream.dictionary) >>\nstream\n".utf8
    result += stream.bytes
    result += "\nendstream\nendobj\n".utf8
  }
  return result + "trailer << >>\n%%EOF\n".utf8
}
