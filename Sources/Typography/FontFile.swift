internal import Files
internal import Glibc

/// A file opened for reading, bounds-checked. Closed with the value's owner.
struct OpenedFile: ~Copyable {
  private let descriptor: Int32
  /// The size when it was opened.
  let size: Int

  /// Opens a regular file of at most `limit` bytes; `nil` where there is none or it is larger.
  init?(path: String, limit: Int) {
    do throws(SystemError) {
      let opened = try OpenFile(reading: path)
      let size = try opened.status().size
      guard size >= 0, size <= limit else { return nil }
      (descriptor, self.size) = (opened.release(), Int(size))
    } catch {
      return nil
    }
  }

  deinit { close(descriptor) }

  /// The bytes of a range; `nil` where the file does not hold them all.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else { return nil }
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while done < count, let base = buffer.baseAddress {
        let read = pread(descriptor, base + done, count - done, off_t(offset + done))
        if read < 0, errno == EINTR { continue }
        if read <= 0 { break }
        done += read
      }
      filled = done
    }
    return done == count ? bytes : nil
  }
}

/// What an OpenType file says of itself: read from its tables alone, every offset checked against the file.
struct FontDescription {
  var family: String
  /// 1…1000; 400 is regular.
  var weight: Int
  var isItalic: Bool
  var postScriptName: String
  /// Its place in the file; 0 but in a collection.
  var index: Int
  /// Where the table with its character map lies in the file, and how long it is.
  var characterMap: (offset: Int, length: Int)
  /// The table directory, which holds a sum of each table's bytes.
  var directory: [UInt8]

  /// Why a file is no usable font.
  enum Fault: Error {
    case unreadable
    case notAFont
    /// A table Billfold needs is missing or cut short.
    case faultyTable(String)
    /// Cairo cannot embed it.
    case emptyOperator
  }

  /// Larger files are refused: fonts of the largest scripts stay below it, and each worker holds its faces in memory.
  ///
  /// - Stops: a giant font in every worker.
  static let maximumFileSize = 32 << 20
  /// The most tables a font has; real ones have some twenty.
  ///
  /// - Stops: a font that states 65,535 tables.
  private static let maximumTables = 128
  /// The most bytes of a `name` table that are read; real ones have a few thousand.
  ///
  /// - Stops: a font whose names are gigabytes.
  private static let maximumNameTable = 1 << 20

  /// The most faces of a collection; the largest known have some forty.
  ///
  /// - Stops: a collection that states millions of faces.
  private static let maximumFaces = 64

  /// The faces of a file: one, or those of a collection (OpenType, "Font Collections").
  ///
  /// - Throws: ``Fault``, what is wrong with the first faulty one.
  static func faces(path: String) throws(Fault) -> [FontDescription] {
    guard let file = OpenedFile(path: path, limit: maximumFileSize) else { throw .unreadable }
    guard let header = file.bytes(at: 0, count: 12) else { throw .notAFont }
    guard header.unsigned32(0) == 0x7474_6366 else { return [try FontDescription(file, at: 0, index: 0)] }  // 'ttcf'
    let count = Int(header.unsigned32(8))
    guard (1...maximumFaces).contains(count), let offsets = file.bytes(at: 12, count: count * 4) else { throw .notAFont }
    var faces: [FontDescription] = []
    for index in 0..<count { faces.append(try FontDescription(file, at: Int(offsets.unsigned32(index * 4)), index: index)) }
    return faces
  }

  private init(_ file: borrowing OpenedFile, at start: Int, index: Int) throws(Fault) {
    self.index = index
    guard let header = file.bytes(at: start, count: 12) else { throw .notAFont }
    switch header.unsigned32(0) {
    case 0x0001_0000, 0x4F54_544F, 0x7472_7565: break  // TrueType, 'OTTO', 'true'
    default: throw .notAFont
    }
    let count = header.unsigned16(4)
    guard (1...FontDescription.maximumTables).contains(count), let directory = file.bytes(at: start + 12, count: count * 16) else {
      throw .notAFont
    }
    self.directory = header + directory
    var tables: [UInt32: (offset: Int, length: Int)] = [:]
    for index in 0..<count {
      let (offset, length) = (Int(directory.unsigned32(index * 16 + 8)), Int(directory.unsigned32(index * 16 + 12)))
      guard offset <= file.size, length <= file.size - offset else { throw .faultyTable(directory.tag(index * 16)) }
      tables[directory.unsigned32(index * 16)] = (offset, length)
    }
    for tag in ["cmap", "head", "hhea", "hmtx", "maxp", "name"] where tables[FontDescription.tag(tag)] == nil { throw .faultyTable(tag) }
    characterMap = tables[FontDescription.tag("cmap")] ?? (0, 0)
    guard ["glyf", "CFF ", "CFF2"].contains(where: { tables[FontDescription.tag($0)] != nil }) else { throw .faultyTable("glyf") }

    if let table = tables[FontDescription.tag("CFF ")], CompactFontCheck.hasEmptyOperator(in: file, at: table.offset, length: table.length)
    {
      throw .emptyOperator
    }

    guard let head = tables[FontDescription.tag("head")], head.length >= 54, let headBytes = file.bytes(at: head.offset, count: 54),
      headBytes.unsigned16(18) > 0
    else { throw .faultyTable("head") }
    let macStyle = headBytes.unsigned16(44)
    isItalic = macStyle & 2 != 0
    weight = macStyle & 1 != 0 ? 700 : 400
    var widthClass = 5
    if let table = tables[FontDescription.tag("OS/2")] {
      guard table.length >= 64, let bytes = file.bytes(at: table.offset, count: 64) else { throw .faultyTable("OS/2") }
      let stated = bytes.unsigned16(4)
      // Old fonts count from 1 to 9.
      weight = stated < 1 ? weight : stated < 10 ? stated * 100 : min(stated, 1000)
      widthClass = bytes.unsigned16(6)
      // Bit 0 italic, bit 9 oblique.
      isItalic = bytes.unsigned16(62) & 0x201 != 0
    }

    guard let table = tables[FontDescription.tag("name")], table.length <= FontDescription.maximumNameTable,
      let bytes = file.bytes(at: table.offset, count: table.length), let names = FontDescription.names(bytes)
    else { throw .faultyTable("name") }
    guard var family = names[16] ?? names[1] else { throw .faultyTable("name") }
    // The typographic family holds all widths; each is a family of its own here, as its name ID 1 has it.
    if let width = FontDescription.widthWord(widthClass), !family.contains(width) { family += " " + width }
    self.family = family
    postScriptName = names[6] ?? family
  }

  private static func tag(_ text: String) -> UInt32 { text.utf8.reduce(0) { $0 << 8 | UInt32($1) } }

  private static func widthWord(_ widthClass: Int) -> String? {
    switch widthClass {
    case 1: "UltraCondensed"
    case 2: "ExtraCondensed"
    case 3: "Condensed"
    case 4: "SemiCondensed"
    case 6: "SemiExpanded"
    case 7: "Expanded"
    case 8: "ExtraExpanded"
    case 9: "UltraExpanded"
    default: nil
    }
  }

  /// The names by ID; Windows English before other Windows languages before Unicode before Macintosh.
  private static func names(_ bytes: [UInt8]) -> [Int: String]? {
    guard bytes.count >= 6 else { return nil }
    let (count, storage) = (bytes.unsigned16(2), bytes.unsigned16(4))
    guard 6 + count * 12 <= bytes.count else { return nil }
    var found: [Int: (rank: Int, text: String)] = [:]
    for index in 0..<count {
      let record = 6 + index * 12
      let (platform, encoding, language) = (bytes.unsigned16(record), bytes.unsigned16(record + 2), bytes.unsigned16(record + 4))
      let id = bytes.unsigned16(record + 6)
      let (length, start) = (bytes.unsigned16(record + 8), storage + bytes.unsigned16(record + 10))
      guard [1, 6, 16].contains(id) else { continue }
      guard start + length <= bytes.count else { return nil }
      let rank: Int
      switch (platform, encoding, language) {
      case (3, 1, 0x409), (3, 10, 0x409): rank = 0
      case (3, 1, _), (3, 10, _): rank = 1
      case (0, _, _): rank = 2
      case (1, 0, _): rank = 3
      default: continue
      }
      let raw = bytes[start..<start + length]
      let text =
        rank == 3
        ? String(decoding: raw.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
        : String(
          decoding: stride(from: raw.startIndex, to: raw.endIndex - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) },
          as: UTF16.self)
      let isPrintable = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      if isPrintable, rank < found[id]?.rank ?? .max { found[id] = (rank, text) }
    }
    return found.mapValues(\.text)
  }
}

extension [UInt8] {
  fileprivate func unsigned16(_ offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }
  fileprivate func unsigned32(_ offset: Int) -> UInt32 {
    UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8 | UInt32(self[offset + 3])
  }
  fileprivate func tag(_ offset: Int) -> String {
    String(decoding: self[offset..<offset + 4].map { (32..<127).contains($0) ? $0 : 63 }, as: UTF8.self)
  }
}
