internal import Recognition

/// Looks through the streams of a PDF in the order of the file, without its structure: streams always lie openly in it (ISO 32000-1, 7.3.8),
/// so that no table of a damaged file needs to be trusted.
struct PDFStreamScan {
  struct Stream {
    var bytes: Range<Int>
    /// The bytes of its dictionary, as far as it stands before it.
    var dictionary: Range<Int>
  }

  /// How far before its `stream` a stream's dictionary is looked for.
  ///
  /// - Stops: a file of `stream` words, each searched backwards to the start.
  private static let dictionary = 4 << 10

  private let pdf: [UInt8]
  private var position = 0

  init(_ pdf: [UInt8]) { self.pdf = pdf }

  /// The next stream; `nil` after the last.
  mutating func next() -> Stream? {
    while let keyword = find("stream", from: position) {
      position = keyword + 6
      if keyword >= 3, pdf[(keyword - 3)..<keyword].elementsEqual("end".utf8) { continue }
      var start = keyword + 6
      if start < pdf.count, pdf[start] == 0x0D { start += 1 }
      guard start < pdf.count, pdf[start] == 0x0A else { continue }
      start += 1
      guard let end = find("endstream", from: start) else { return nil }
      position = end + 9
      let before = max(0, keyword - PDFStreamScan.dictionary)..<keyword
      guard let beginning = lastIndex(of: "obj", in: before) else { continue }
      // The line end before 'endstream' is not part of the data.
      var last = end
      if last > start, pdf[last - 1] == 0x0A { last -= 1 }
      if last > start, pdf[last - 1] == 0x0D { last -= 1 }
      return Stream(bytes: start..<last, dictionary: beginning..<keyword)
    }
    return nil
  }

  /// How often a word stands in a stream's dictionary.
  func count(of word: StaticString, in stream: Stream) -> Int {
    var (count, position) = (0, stream.dictionary.lowerBound)
    while let found = find(word, from: position, to: stream.dictionary.upperBound) {
      count += 1
      position = found + 1
    }
    return count
  }

  func has(_ word: StaticString, in stream: Stream) -> Bool { count(of: word, in: stream) > 0 }

  // MARK: Invoices

  /// The filters whose streams are left to qpdf.
  private static let others: [StaticString] = [
    "/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode", "/RunLengthDecode", "/Crypt", "/DCTDecode", "/DecodeParms",
  ]

  /// The XML of a stream that begins as XML does, with no filter or FlateDecode alone.
  func xml(of stream: Stream) -> PDFFilter.Outcome? {
    guard !["/Image", "/ObjStm", "/XRef", "/Length1"].contains(where: { has($0, in: stream) }) else { return nil }
    let isPacked = has("/Filter", in: stream)
    if isPacked {
      guard count(of: "/FlateDecode", in: stream) == 1, !PDFStreamScan.others.contains(where: { has($0, in: stream) }) else { return nil }
    }
    let packed = pdf[stream.bytes]
    let head = isPacked ? Inflation.inflate(packed, limit: InvoiceLimits.peek).bytes : Array(packed.prefix(InvoiceLimits.peek))
    // A head of nothing but white space tells nothing.
    guard FileKind(head).mayBeXML else { return nil }
    guard isPacked else { return packed.count > InvoiceLimits.bytes ? .tooLong([]) : .complete(Array(packed)) }
    switch Inflation.inflate(packed, limit: InvoiceLimits.bytes) {
    case .complete(let bytes): return .complete(bytes)
    case .tooLong: return .tooLong([])
    case .cut(let bytes): return .cut(bytes)
    case .damaged: return .damaged
    }
  }

  // MARK: Bombs

  /// Why a file is not given to qpdf, which bounds nothing of what its tables unpack to; `nil` for any honest one.
  ///
  /// - Complexity: O(bytes + ``InvoiceLimits/pdfTables``).
  static func danger(in pdf: [UInt8]) -> String? {
    var scan = PDFStreamScan(pdf)
    var (remaining, count) = (InvoiceLimits.pdfTables, 0)
    let tooMuch = "the PDF's tables unpack to more than the \(InvoiceLimits.pdfTables) bytes allowed"
    while let stream = scan.next() {
      count += 1
      guard count <= InvoiceLimits.pdfObjects else { return "the PDF has more than the \(InvoiceLimits.pdfObjects) streams allowed" }
      guard scan.has("/ObjStm", in: stream) || scan.has("/XRef", in: stream) else { continue }
      let isFlate = scan.has("/FlateDecode", in: stream)
      let packers =
        scan.count(of: "/FlateDecode", in: stream) + scan.count(of: "/LZWDecode", in: stream)
        + scan.count(of: "/RunLengthDecode", in: stream)
      // Nobody packs tables twice but to hide their size.
      guard packers <= 1 else { return "the PDF's tables are packed more than once" }
      // LZW and runs give at most some thousand times as much as they take.
      remaining -=
        isFlate
        ? Inflation.inflatedCount(pdf[stream.bytes], limit: remaining) ?? Int.max / 2 : stream.bytes.count * (packers == 0 ? 1 : 1_400)
      if remaining < 0 { return tooMuch }
    }
    return nil
  }

  // MARK: Searching

  private func find(_ word: StaticString, from start: Int, to end: Int? = nil) -> Int? {
    pdf.withUnsafeBufferPointer { bytes in
      let length = word.utf8CodeUnitCount
      let end = end ?? bytes.count
      var index = start
      while index + length <= end {
        if bytes[index] == word.utf8Start[0] {
          var matches = true
          for offset in 1..<length where bytes[index + offset] != word.utf8Start[offset] {
            matches = false
            break
          }
          if matches { return index }
        }
        index += 1
      }
      return nil
    }
  }

  private func lastIndex(of word: StaticString, in range: Range<Int>) -> Int? {
    let length = word.utf8CodeUnitCount
    guard range.count >= length else { return nil }
    return (range.lowerBound...(range.upperBound - length)).reversed().first { XMLProlog.starts(pdf, $0, word) }
  }
}
