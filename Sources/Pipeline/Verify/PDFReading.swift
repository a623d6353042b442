internal import CZlib

/// Reads a PDF such as Billfold writes to its end: every object is where the cross-reference table says, every packed stream unpacks whole,
/// and the page tree holds together.
///
/// Of our own, since a file in an output folder may have been changed by anyone and no C library is to meet it in this process; a PDF of
/// another form than ours (a cross-reference stream, encryption) is not one Billfold has written. Bounded by the file's size, and what
/// streams unpack to by ``unpackedLimit``.
struct PDFReading {
  /// Bytes of a file that is read at all, as of one that is finished.
  ///
  /// - Stops: a file of gigabytes in the folder.
  static let sizeLimit = 1 << 30
  /// Bytes that all streams of a file may unpack to: nothing is kept of them, they only cost time.
  ///
  /// - Stops: a PDF bomb put into the folder.
  private static let unpackedLimit = 4 << 30
  /// Levels of the page tree; cairo's has one.
  ///
  /// - Stops: a page tree that contains itself.
  private static let treeLimit = 32

  private let bytes: [UInt8]
  /// The place of each object, by its number; 0 where there is none.
  private var offsets: [Int] = []
  private var trailer = PDFValue.other
  private var unpacked = 0
  /// Bytes of the objects read so far: of objects that lie within each other there is no end.
  private var read = 0

  /// How many pages a PDF has.
  ///
  /// - Complexity: O(bytes), and as much again for what its streams unpack to.
  /// - Throws: The first thing that is wrong.
  static func pages(of bytes: [UInt8]) throws(PDFFault) -> Int {
    var reading = try PDFReading(bytes)
    for number in reading.offsets.indices where reading.offsets[number] > 0 { try reading.check(number) }
    return try reading.countPages()
  }

  private init(_ bytes: [UInt8]) throws(PDFFault) {
    self.bytes = bytes
    guard bytes.starts(with: "%PDF-1.".utf8) else { throw PDFFault("does not begin as a PDF") }
    let mark = Array("startxref".utf8)
    let tail = max(0, bytes.count - 1024)
    guard let start = bytes[tail...].indices.last(where: { bytes[$0...].starts(with: mark) }) else {
      throw PDFFault("has no end: it is cut off, or no PDF")
    }
    var scanner = PDFScanner(bytes, at: start + mark.count)
    guard let table = scanner.number() else { throw PDFFault("does not say where its cross-reference table is") }
    // `%%EOF` is a comment to the scanner.
    guard bytes[scanner.position...].drop(while: { $0 == 0x0A || $0 == 0x0D }).starts(with: "%%EOF".utf8) else {
      throw PDFFault("has no end: it is cut off, or no PDF")
    }
    try readTable(at: table)
  }

  private mutating func readTable(at table: Int) throws(PDFFault) {
    var scanner = PDFScanner(bytes, at: table)
    guard table > 0, table < bytes.count, scanner.take("xref"), scanner.number() == 0, let count = scanner.number(), count > 0,
      count <= bytes.count / PDFReading.entryLength
    else { throw PDFFault("has no cross-reference table at byte \(table)") }
    scanner.skipWhite()
    let entries = scanner.position
    guard bytes.count - entries >= count * PDFReading.entryLength else { throw PDFFault("has a cross-reference table that is cut off") }
    offsets = [Int](repeating: 0, count: count)
    for number in 0..<count {
      let entry = bytes[entries + number * PDFReading.entryLength..<entries + (number + 1) * PDFReading.entryLength]
      let digits = entry.prefix(10)
      guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
        throw PDFFault("has a faulty entry \(number) in its cross-reference table")
      }
      if entry[entry.startIndex + 17] == UInt8(ascii: "n") {
        offsets[number] = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard offsets[number] > 0, offsets[number] < table else { throw PDFFault("has no object \(number) where its table says") }
      }
    }
    scanner.position = entries + count * PDFReading.entryLength
    guard scanner.take("trailer") else { throw PDFFault("has no trailer") }
    trailer = try scanner.value()
  }

  private static let entryLength = 20

  /// Where the value of an object begins.
  private func start(of number: Int) throws(PDFFault) -> PDFScanner {
    guard offsets.indices.contains(number), offsets[number] > 0 else { throw PDFFault("has no object \(number), which it refers to") }
    var scanner = PDFScanner(bytes, at: offsets[number])
    guard scanner.number() == number, scanner.number() != nil, scanner.take("obj") else {
      throw PDFFault("has no object \(number) where its table says")
    }
    return scanner
  }

  /// The value of an object; the scanner stands behind it.
  private func object(_ number: Int) throws(PDFFault) -> (value: PDFValue, after: PDFScanner) {
    var scanner = try start(of: number)
    return (try scanner.value(), scanner)
  }

  // MARK: Streams

  /// Reads one object to its end.
  private mutating func check(_ number: Int) throws(PDFFault) {
    var (value, scanner) = try object(number)
    read += scanner.position - offsets[number]
    guard read <= bytes.count else { throw PDFFault("has objects that lie within each other") }
    if scanner.take("endobj") { return }
    guard case .dictionary = value, scanner.take("stream") else { throw PDFFault("has an object \(number) without an end") }
    // CR and LF, or LF alone, belong to the word.
    if scanner.position < bytes.count, bytes[scanner.position] == 0x0D { scanner.position += 1 }
    if scanner.position < bytes.count, bytes[scanner.position] == 0x0A { scanner.position += 1 }
    let start = scanner.position
    guard let length = try integer(value["Length"]), length <= bytes.count - start else {
      throw PDFFault("has a stream in object \(number) that is cut off")
    }
    scanner.position = start + length
    guard scanner.take("endstream"), scanner.take("endobj") else {
      throw PDFFault("has a stream in object \(number) that does not end where it says")
    }
    let filter = value["Filter"]
    if filter?.isName("FlateDecode") == true || filter == .list([.name(Array("FlateDecode".utf8))]) {
      try unpack(start..<start + length, of: number)
    }
  }

  private func integer(_ value: PDFValue?) throws(PDFFault) -> Int? {
    switch value {
    case .integer(let number): return number
    case .reference(let object):
      var scanner = try start(of: object)
      return scanner.number()
    default: return nil
    }
  }

  /// Unpacks a stream (zlib, RFC 1950) and drops what comes out; its checksum is compared by zlib.
  private mutating func unpack(_ range: Range<Int>, of number: Int) throws(PDFFault) {
    let room = PDFReading.unpackedLimit - unpacked
    var (status, total) = (Z_OK, 0)
    bytes.withUnsafeBufferPointer { bytes in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { buffer in
        var stream = z_stream()
        status = billfold_inflate_start(&stream)
        guard status == Z_OK else { return }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + range.lowerBound })
        stream.avail_in = UInt32(range.count)
        while status == Z_OK, total <= room {
          (stream.next_out, stream.avail_out) = (buffer.baseAddress, UInt32(buffer.count))
          status = inflate(&stream, Z_NO_FLUSH)
          total += buffer.count - Int(stream.avail_out)
          // Nothing in and nothing out: the stream is cut off.
          if status == Z_OK, stream.avail_in == 0, stream.avail_out > 0 { status = Z_BUF_ERROR }
        }
      }
    }
    unpacked += total
    guard total <= room else { throw PDFFault("unpacks to more than \(PDFReading.unpackedLimit) bytes") }
    guard status == Z_STREAM_END else { throw PDFFault("has a packed stream in object \(number) that is damaged") }
  }

  // MARK: Pages

  private func countPages() throws(PDFFault) -> Int {
    guard case .reference(let root)? = trailer["Root"] else { throw PDFFault("has no catalog") }
    guard case .reference(let pages)? = try object(root).value["Pages"] else { throw PDFFault("has no page tree") }
    var seen: Set<Int> = []
    return try count(pages, level: 0, &seen)
  }

  private func count(_ number: Int, level: Int, _ seen: inout Set<Int>) throws(PDFFault) -> Int {
    guard level < PDFReading.treeLimit, seen.insert(number).inserted else { throw PDFFault("has a page tree that leads round in a circle") }
    let node = try object(number).value
    if node["Type"]?.isName("Page") == true { return 1 }
    guard node["Type"]?.isName("Pages") == true, case .list(let kids)? = node["Kids"] else {
      throw PDFFault("has something else than pages in its page tree, in object \(number)")
    }
    var total = 0
    for kid in kids {
      guard case .reference(let object) = kid else { throw PDFFault("has a page tree without its pages, in object \(number)") }
      total += try count(object, level: level + 1, &seen)
    }
    guard try integer(node["Count"]) == total else { throw PDFFault("has \(total) pages, and says otherwise in object \(number)") }
    return total
  }
}
