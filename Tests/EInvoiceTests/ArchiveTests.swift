import Billing
import CZlib
import Diagnostics
import EInvoice
import Foundation
import Recognition
import TestSupport
import Testing

/// What archives may hold, and what is said of what they should not.
struct ArchiveTests {
  private let xml = Array(SampleInvoice().xml.utf8)
  private let lines = Array("{\"v\":1}\n{\"v\":1}\n".utf8)

  private struct Found: Equatable {
    var entry: String?
    /// `xml`, `lines` with their text, or the fault's code.
    var what: String
    var message = ""
  }

  private func collect(_ source: InvoiceSource) throws -> [Found] {
    var result: [Found] = []
    var numbers: [Int] = []
    while let invoice = source.next() {
      numbers.append(invoice.number)
      switch invoice.content {
      case .xml(let bytes): result.append(Found(entry: invoice.entry, what: bytes == xml ? "xml" : "other"))
      case .pdf: result.append(Found(entry: invoice.entry, what: "pdf"))
      case .lines(let stream):
        do throws(RecordFault) {
          result.append(Found(entry: invoice.entry, what: "lines " + String(decoding: try text(stream), as: UTF8.self)))
        } catch {
          result.append(Found(entry: invoice.entry, what: error.code.rawValue, message: error.message))
        }
      case .fault(let fault): result.append(Found(entry: invoice.entry, what: fault.code.rawValue, message: fault.message))
      }
    }
    #expect(numbers == Array(1...max(1, numbers.count)))
    #expect(source.fraction == 1)
    return result
  }

  private func text(_ stream: LineBytes) throws(RecordFault) -> [UInt8] {
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 5, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return result }
      result += buffer[..<count]
    }
  }

  private func zip(_ entries: [(String, [UInt8])], isDeflated: Bool = true) -> [UInt8] {
    TestArchive(entries: entries.map { .init(name: $0.0, content: $0.1, isDeflated: isDeflated) }).bytes
  }

  /// One member of a gzip file (RFC 1952).
  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let crc = UInt32(crc32(0, bytes, UInt32(bytes.count)))
    let little = { (value: UInt32) in (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 0xFF) } }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + zlib(bytes).dropFirst(2).dropLast(4) + little(crc) + little(UInt32(bytes.count))
  }

  @Test
  func everyEndingOfDataIsRead() throws {
    let pdf = TestPDF(attachments: [.init(name: "factur-x.xml", content: xml)]).bytes
    let archive = zip([
      ("a.XML", xml), ("b.Pdf", pdf), ("c.jsonl", lines), ("d.NDJSON", lines), ("e.xml.gz", gzip(xml)), ("f.PDF.GZ", gzip(pdf)),
      ("g.jsonl.gz", gzip(lines)), ("h.zip", zip([("x/1.xml", xml), ("x/2.jsonl", lines)])), ("i.zip.gz", gzip(zip([("y.xml", xml)]))),
      ("j.jsonl", xml),
    ])
    let text = "lines {\"v\":1}\n{\"v\":1}\n"
    let source = InvoiceSource(bytes: archive, name: Array("a.zip".utf8))
    let found = try collect(source)
    #expect(
      found.map { [$0.entry ?? "", $0.what] } == [
        ["a.XML", "xml"], ["b.Pdf", "xml"], ["c.jsonl", text], ["d.NDJSON", text], ["e.xml.gz", "xml"], ["f.PDF.GZ", "xml"],
        ["g.jsonl.gz", text], ["h.zip/x/1.xml", "xml"], ["h.zip/x/2.jsonl", text], ["i.zip.gz/y.xml", "xml"], ["j.jsonl", "xml"],
      ], "\(found)")
    #expect(source.ignored.system == 0 && source.ignored.ending == 0)
    let ofFile = try TestArchive.withFile(archive) { path in try collect(try InvoiceSource(path: path)) }
    #expect(ofFile == found)
  }

  /// So that they can be opened in a process that may be ended.
  @Test
  func pdfsAreHandedOutUnopenedWhereThatIsWanted() throws {
    let pdf = TestPDF(attachments: [.init(name: "factur-x.xml", content: xml)]).bytes
    for source in [InvoiceSource(bytes: pdf, opensPDFs: false), InvoiceSource(bytes: zip([("a.pdf", pdf)]), opensPDFs: false)] {
      guard let invoice = source.next(), case .pdf(let bytes) = invoice.content else {
        Issue.record("the PDF is opened")
        continue
      }
      #expect(bytes == pdf)
      #expect(try EmbeddedInvoice.xml(in: bytes) == xml)
      #expect(try invoice.xml.get() == xml)
    }
  }

  @Test
  func whatIsNoDataIsCounted() throws {
    let inner = zip([("__MACOSX/._x.xml", [1]), ("readme", [1]), ("x.xml", xml)])
    let source = InvoiceSource(
      bytes: zip([
        ("a.xml", xml), (".DS_Store", [0]), ("sub/.DS_Store", [0]), ("sub/Thumbs.db", [0]), ("sub/._a.xml", [0]), ("__MACOSX/a.xml", [0]),
        ("sub/__MACOSX/deep/b.pdf", [0]), ("sub/", []), ("empty.xml/", []), ("list.xlsx", [0]), ("a.gz", gzip([1])), ("a.tar.gz", [0]),
        ("xml", [0]),
        ("inner.zip", inner),
      ]))
    let found = try collect(source)
    #expect(found.map(\.entry) == ["a.xml", "inner.zip/x.xml"])
    #expect(source.ignored.system == 7)
    #expect(source.ignored.ending == 5)
    #expect(source.count == 2)
  }

  @Test
  func archivesWithoutDataAreARejectEach() throws {
    let none = try collect(InvoiceSource(bytes: zip([("readme.txt", [0x41]), ("._a", [0])])))
    #expect(none.map(\.what) == ["not-an-e-invoice"])
    #expect(none[0].message.contains("none of its 2 files"))
    let inner = try collect(
      InvoiceSource(bytes: zip([("a.zip", zip([])), ("b.zip", []), ("c.xml", []), ("d.pdf", [0x41]), ("e.xml", xml)])))
    #expect(inner.map(\.what) == ["not-an-e-invoice", "not-an-e-invoice", "not-an-e-invoice", "not-an-e-invoice", "xml"])
    #expect(inner[0].entry == "a.zip" && inner[0].message == "the archive is empty")
    #expect(inner[1].message == "the entry 'b.zip' is empty")
    #expect(inner[2].message == "the entry 'c.xml' is empty")
    #expect(inner[3].message.contains("the entry 'd.pdf' is no PDF"))
    #expect(try collect(InvoiceSource(bytes: zip([]))).map(\.what) == ["not-an-e-invoice"])
  }

  @Test
  func oneArchiveInAnotherAndNoMore() throws {
    let deepest = zip([("x.xml", xml)])
    let found = try collect(InvoiceSource(bytes: zip([("a.zip", zip([("b.zip", deepest), ("y.xml", xml)])), ("z.xml", xml)])))
    #expect(found.map(\.entry) == ["a.zip/b.zip", "a.zip/y.xml", "z.xml"])
    #expect(found.map(\.what) == ["archive-limit", "xml", "xml"])
    #expect(found[0].message.contains("in an archive in an archive"))
  }

  @Test
  func faultsNameTheEntryAndWhatIsDamaged() throws {
    var stored = zip([("sub/a.xml", xml), ("sub/b.xml", xml)], isDeflated: false)
    stored[200] ^= 1
    let checksum = try collect(InvoiceSource(bytes: stored))
    #expect(checksum.map(\.what) == ["archive-damaged", "xml"])
    #expect(checksum[0].message.contains("'sub/a.xml'") && checksum[0].message.contains("checksum"), "\(checksum[0].message)")
    var packed = zip([("sub/a.xml", xml)])
    for index in 60..<90 { packed[index] = 0xFF }
    let data = try collect(InvoiceSource(bytes: packed))
    #expect(data[0].message.contains("compressed data are damaged"), "\(data[0].message)")
    let inner = try collect(InvoiceSource(bytes: zip([("a.zip", Array(zip([("b.xml", xml)]).dropLast(30))), ("c.xml", xml)])))
    #expect(inner.map(\.what) == ["archive-damaged", "xml"])
    #expect(inner[0].entry == "a.zip")
    #expect(inner[0].message.contains("its directory, which ends every ZIP archive, is missing"), "\(inner[0].message)")
    let names = try collect(InvoiceSource(bytes: zip([("a/../../x.xml", xml), ("\\x.xml", xml)])))
    #expect(names.map(\.what) == ["archive-entry-name", "archive-entry-name"])
  }

  @Test
  func gzipIsBounded() throws {
    let bomb = gzip([UInt8](repeating: 0x20, count: 12 << 20))
    for name in ["a.xml.gz", "a.jsonl.gz"] {
      let file = try collect(InvoiceSource(bytes: bomb, name: Array(name.utf8)))
      #expect(file.map(\.what) == ["archive-limit"])
      #expect(try collect(InvoiceSource(bytes: zip([(name, bomb)], isDeflated: false))).map(\.what) == ["archive-limit"])
    }
    let cut = try collect(InvoiceSource(bytes: Array(gzip(xml).dropLast(40)), name: Array("a.xml.gz".utf8)))
    #expect(cut.map(\.what) == ["archive-damaged"])
    #expect(cut[0].message.contains("too early behind the first "), "\(cut[0].message)")
    var wrong = gzip(xml)
    wrong[wrong.count - 6] ^= 0xFF
    #expect(try collect(InvoiceSource(bytes: wrong, name: Array("a.xml.gz".utf8))).map(\.what) == ["archive-damaged"])
    #expect(try collect(InvoiceSource(bytes: gzip(gzip(xml)), name: Array("a.xml.gz".utf8))).map(\.what) == ["not-an-e-invoice"])
    let unnamed = try collect(InvoiceSource(bytes: gzip(lines), name: Array("a.gz".utf8)))
    #expect(unnamed.map(\.what) == ["lines {\"v\":1}\n{\"v\":1}\n"])
    #expect(try collect(InvoiceSource(bytes: gzip([]), name: Array("a.xml.gz".utf8))).map(\.what) == ["not-an-e-invoice"])
    // Several members are one file, and what fills up a block of a tape is passed over.
    let parts = gzip(Array(xml.prefix(500))) + gzip(Array(xml.dropFirst(500))) + [UInt8](repeating: 0, count: 300)
    #expect(try collect(InvoiceSource(bytes: parts, name: Array("a.xml.gz".utf8))).map(\.what) == ["xml"])
  }

  @Test(.needs("zip"))
  func encryptedEntriesSaySo() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.xml", xml)
    #expect(try Tool.run(["zip", "-q", "-P", "secret", "locked.zip", "a.xml"], in: folder.url).code == 0)
    let found = try collect(try InvoiceSource(path: Array(folder.path("locked.zip").utf8)))
    #expect(found.map(\.what) == ["archive-damaged"])
    #expect(found[0].message == "the entry 'a.xml' cannot be unpacked: it is encrypted with a password")
  }

  /// Entries of JSON Lines need not fit into memory, and a fault in them comes where it is.
  @Test
  func linesAreAStream() throws {
    let many = Array(String(repeating: "{\"v\":1,\"n\":\"\(String(repeating: "abcdefg", count: 40))\"}\n", count: 2_000).utf8)
    var archive = zip([("a.jsonl", many)], isDeflated: false)
    archive[many.count / 2] ^= 1
    let source = InvoiceSource(bytes: archive)
    guard case .lines(let stream)? = source.next()?.content else {
      Issue.record("no lines")
      return
    }
    var (count, code): (Int, RecordFault.Code?) = (0, nil)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 1)
    defer { buffer.deallocate() }
    do throws(RecordFault) { while case let read = try stream.read(into: buffer), read > 0 { count += read } } catch { code = error.code }
    #expect(count > many.count / 2)
    #expect(code == .archiveDamaged)
  }

  @Test(arguments: [
    ("a.xml", DataName.data(.xml, isGzip: false)), ("b/c.JsonL", .data(.lines, isGzip: false)),
    ("a.ndjson.GZ", .data(.lines, isGzip: true)),
    (".DS_Store", .system), ("b/thumbs.DB", .system), ("b/._x.pdf", .system), ("__MACOSX/x.pdf", .system), ("x/__MACOSX/y/z.zip", .system),
    ("__MACOSX.xml", .data(.xml, isGzip: false)), ("a.xml.bak", .other), ("xml", .other), ("a.gz", .other), ("", .other), ("/", .other),
    ("~$liste.xlsx", .other), (".xml", .data(.xml, isGzip: false)),
  ])
  func namesTellWhatIsData(_ name: String, _ kind: DataName) { #expect(DataName(of: Array(name.utf8)) == kind) }
}
