internal import Glibc

/// Says what is wrong with the directory of a ZIP archive that cannot be opened (APPNOTE.TXT, 4.3.12 and 4.3.16): libzip only says that.
///
/// Looks at the end of the archive and at the directory's own headers, never at an entry.
enum ArchiveDirectory {
  /// The end record with its longest comment.
  private static let tail = 22 + Int(UInt16.max)
  private static let endMark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let entryMark: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  private static let entryHeader = 46
  /// Bytes of a directory that are looked at, and values that say that the true one stands in a record for large archives.
  ///
  /// - Stops: an archive whose directory is larger than memory.
  private static let directoryLimit = 64 << 20
  private static let (elsewhere, elsewhereShort) = (Int(UInt32.max), Int(UInt16.max))

  /// What is wrong, as half a sentence; `nil` where nothing is found.
  static func damage(of bytes: [UInt8]) -> String? {
    damage(size: bytes.count) { start, count in start >= 0 && start <= bytes.count ? Array(bytes[start...].prefix(count)) : [] }
  }

  /// The same of a file.
  ///
  /// - Parameter path: The bytes of the path, without the terminating zero.
  static func damage(ofFile path: [UInt8]) -> String? {
    let file = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { fopen($0, "rbe") } ?? nil }
    }
    guard let file else { return nil }
    defer { fclose(file) }
    guard fseek(file, 0, SEEK_END) == 0 else { return nil }
    return damage(size: ftell(file)) { start, count in
      guard start >= 0, count > 0, fseek(file, start, SEEK_SET) == 0 else { return [] }
      return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in filled = fread(buffer.baseAddress, 1, count, file) }
    }
  }

  /// `1a2b3c4d`.
  static func hexadecimal(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func damage(size: Int, _ read: (_ start: Int, _ count: Int) -> [UInt8]) -> String? {
    let tail = read(max(0, size - ArchiveDirectory.tail), ArchiveDirectory.tail)
    guard let mark = lastMark(in: tail) else {
      let place = tail.count == size ? "its \(size) bytes" : "the last \(tail.count) of its \(size) bytes"
      return "its directory, which ends every ZIP archive, is missing: no end record is in \(place); is the file complete?"
    }
    let end = size - tail.count + mark
    func short(_ at: Int) -> Int { Int(tail[mark + at]) | Int(tail[mark + at + 1]) << 8 }
    func long(_ at: Int) -> Int { short(at) | short(at + 2) << 16 }
    guard tail.count - mark >= 22 else { return "its end record at byte \(end) is cut off; is the file complete?" }
    let (count, length, start) = (short(10), long(12), long(16))
    guard count != elsewhereShort, length != elsewhere, start != elsewhere else { return nil }
    guard start + length <= end else {
      return "its end record at byte \(end) says that the directory has \(length) bytes from byte \(start) on, which do not fit before it; "
        + "is the file complete?"
    }
    guard length <= directoryLimit else { return nil }
    let directory = read(start, length)
    var place = 0
    for number in 1...max(1, count) where count > 0 {
      guard place + entryHeader <= directory.count else {
        return "its directory has room for \(number - 1) entries, and its end record says \(count)"
      }
      guard directory[place..<place + 4].elementsEqual(entryMark) else {
        return "its directory is damaged at byte \(start + place), where the header of entry \(number) of \(count) is expected"
      }
      func field(_ at: Int) -> Int { Int(directory[place + at]) | Int(directory[place + at + 1]) << 8 }
      place += entryHeader + field(28) + field(30) + field(32)
    }
    guard place == length else {
      return "its directory has \(length) bytes by its end record, but its \(count) entries take \(place)"
    }
    return nil
  }

  private static func lastMark(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= endMark.count else { return nil }
    return stride(from: bytes.count - endMark.count, through: 0, by: -1).first { bytes[$0..<$0 + endMark.count].elementsEqual(endMark) }
  }
}
