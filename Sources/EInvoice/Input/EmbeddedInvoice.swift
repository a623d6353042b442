internal import Billing
internal import Diagnostics

/// Finds the e-invoice inside a Factur-X or ZUGFeRD PDF.
///
/// Streams of a PDF always lie openly in the file (ISO 32000-1, 7.3.8), so they are looked through in order and the invoice is recognised
/// by its
/// content: no cross-reference tables, object streams or name trees need be trusted. Where several fit, the last one counts, since updates
/// of a
/// PDF are appended. Work is bounded: of each stream 4 KiB are unpacked to see what it is.
enum EmbeddedInvoice {
  /// The bytes every PDF begins with; some writers put up to a kilobyte before them.
  static let mark = Array("%PDF-".utf8)
  private static let peek = 4 << 10
  /// How far before its `stream` a stream's dictionary is looked for.
  private static let dictionary = 4 << 10

  /// The XML of the invoice in a PDF.
  ///
  /// - Throws: `no-invoice-in-pdf`, also for encrypted files and unknown filters; `too-long`.
  static func xml(in pdf: [UInt8]) throws(RecordFault) -> [UInt8] {
    guard pdf.count <= InvoiceLimits.pdfBytes else {
      throw RecordFault(.tooLong, "the PDF has \(pdf.count) bytes, more than the \(InvoiceLimits.pdfBytes) allowed", path: "/")
    }
    var found: Stream?
    var position = 0
    var count = 0
    while let stream = next(pdf, &position) {
      count += 1
      guard count <= InvoiceLimits.pdfStreams else {
        throw RecordFault(.noInvoiceInPDF, "the PDF has more than the \(InvoiceLimits.pdfStreams) streams that are looked into", path: "/")
      }
      if looksLikeInvoice(head(of: stream, pdf)) { found = stream }
    }
    guard let found else {
      let isEncrypted = contains(pdf[...], "/Encrypt")
      throw RecordFault(
        .noInvoiceInPDF,
        isEncrypted
          ? "the PDF is encrypted; an invoice inside cannot be read"
          : "the PDF holds no e-invoice (UBL 2.1 or CII D16B) as an embedded file",
        path: "/")
    }
    guard found.isPacked else { return Array(pdf[found.bytes]) }
    switch Inflation.inflate(pdf[found.bytes], limit: InvoiceLimits.bytes) {
    case .complete(let bytes): return bytes
    case .partial(_, isTooLong: true):
      throw RecordFault(.tooLong, "the invoice in the PDF unpacks to more than the \(InvoiceLimits.bytes) bytes allowed", path: "/")
    case .partial:
      throw RecordFault(.noInvoiceInPDF, "the invoice in the PDF is damaged and cannot be unpacked", path: "/")
    }
  }

  private struct Stream {
    var bytes: Range<Int>
    var isPacked: Bool
  }

  /// The next stream with no filter or FlateDecode alone.
  private static func next(_ pdf: [UInt8], _ position: inout Int) -> Stream? {
    while let keyword = find(pdf, "stream", from: position) {
      position = keyword + 6
      if keyword >= 3, pdf[(keyword - 3)..<keyword].elementsEqual("end".utf8) { continue }
      var start = keyword + 6
      if start < pdf.count, pdf[start] == 0x0D { start += 1 }
      guard start < pdf.count, pdf[start] == 0x0A else { continue }
      start += 1
      guard let end = find(pdf, "endstream", from: start) else { return nil }
      position = end + 9
      let before = pdf[max(0, keyword - dictionary)..<keyword]
      guard let beginning = lastIndex(of: "obj", in: before) else { continue }
      let dictionary = before[beginning...]
      if contains(dictionary, "/Image") || contains(dictionary, "/ObjStm") || contains(dictionary, "/XRef")
        || contains(dictionary, "/Length1")
      {
        continue
      }
      let isPacked = contains(dictionary, "/Filter")
      if isPacked {
        let filters = ["/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode", "/RunLengthDecode", "/Crypt", "/DCTDecode", "/DecodeParms"]
        guard contains(dictionary, "/FlateDecode"), !filters.contains(where: { contains(dictionary, $0) }) else { continue }
      }
      // The line end before 'endstream' is not part of the data.
      var last = end
      if last > start, pdf[last - 1] == 0x0A { last -= 1 }
      if last > start, pdf[last - 1] == 0x0D { last -= 1 }
      return Stream(bytes: start..<last, isPacked: isPacked)
    }
    return nil
  }

  private static func head(of stream: Stream, _ pdf: [UInt8]) -> [UInt8] {
    guard stream.isPacked else { return Array(pdf[stream.bytes].prefix(peek)) }
    switch Inflation.inflate(pdf[stream.bytes], limit: peek) {
    case .complete(let bytes), .partial(let bytes, _): return bytes
    }
  }

  private static func looksLikeInvoice(_ head: [UInt8]) -> Bool {
    guard let first = head.first(where: { $0 > 0x20 && $0 < 0xEF }), first == UInt8(ascii: "<") else { return false }
    return contains(head[...], "CrossIndustryInvoice") || contains(head[...], "schema:xsd:Invoice-2")
      || contains(head[...], "schema:xsd:CreditNote-2")
  }

  // MARK: Searching

  private static func find(_ bytes: [UInt8], _ word: StaticString, from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      let length = word.utf8CodeUnitCount
      var index = start
      while index + length <= bytes.count {
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

  private static func contains(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes.count >= word.count, let first = word.first else { return false }
    for index in bytes.startIndex...(bytes.endIndex - word.count) where bytes[index] == first && bytes[index...].starts(with: word) {
      return true
    }
    return false
  }

  private static func lastIndex(of word: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let word = Array(word.utf8)
    guard bytes.count >= word.count else { return nil }
    for index in (bytes.startIndex...(bytes.endIndex - word.count)).reversed() where bytes[index...].starts(with: word) { return index }
    return nil
  }
}
