import Billing
import Diagnostics
import EInvoice
import Testing

struct InvoiceSourceTests {
  private let xml = Array(SampleInvoice().xml.utf8)

  private func read(_ archive: TestArchive) throws -> [(name: String?, xml: Result<[UInt8], RecordFault>)] {
    try TestArchive.withFile(archive.bytes) { path in
      let source = try InvoiceSource(path: path)
      var result: [(String?, Result<[UInt8], RecordFault>)] = []
      while let invoice = source.next() {
        #expect(invoice.number == result.count + 1)
        result.append((invoice.entry, invoice.xml))
      }
      #expect(result.count == source.count)
      return result
    }
  }

  private func code(_ result: Result<[UInt8], RecordFault>) -> RecordFault.Code? {
    if case .failure(let fault) = result { fault.code } else { nil }
  }

  @Test
  func formIsSeenInTheContent() {
    #expect(InvoiceSource.form(of: xml) == .xml)
    #expect(InvoiceSource.form(of: [0xEF, 0xBB, 0xBF, 0x0A, 0x3C]) == .xml)
    #expect(InvoiceSource.form(of: Array("{\"v\":1}".utf8)) == nil)
    #expect(InvoiceSource.form(of: Array("%PDF-1.7".utf8)) == .pdf)
    #expect(InvoiceSource.form(of: TestArchive().bytes) == .zip)
    #expect(InvoiceSource.form(of: []) == nil)
  }

  @Test
  func entriesComeByName() throws {
    var archive = TestArchive()
    for name in ["b.xml", "a/2.xml", "a/10.XML", "readme.txt", "__MACOSX/a.xml", "a/"] {
      archive.entries.append(.init(name: name, content: name.hasSuffix("/") ? [] : xml, isDeflated: name == "b.xml"))
    }
    let found = try read(archive)
    #expect(found.map(\.name) == ["a/10.XML", "a/2.xml", "b.xml"])
    for invoice in found { #expect(try invoice.xml.get() == xml) }
    let empty = try read(TestArchive())
    #expect(empty.count == 1)
    #expect(code(empty[0].xml) == .notAnEInvoice)
  }

  @Test(arguments: ["../x.xml", "/etc/x.xml", "a/../../x.xml", "a\\x.xml", "C:x.xml", "..\\x.xml"])
  func namesThatLeadOutAreRefused(_ name: String) throws {
    let found = try read(TestArchive(entries: [.init(name: name, content: xml), .init(name: "z.xml", content: xml)]))
    #expect(found.count == 2)
    #expect(found.contains { code($0.xml) == .archiveEntryName })
    #expect(found.contains { code($0.xml) == nil })
  }

  @Test
  func bombsAreRefusedBeforeTheyAreUnpacked() throws {
    let bomb = [UInt8](repeating: 0x20, count: 8 << 20)
    let found = try read(TestArchive(entries: [.init(name: "a.xml", content: bomb, isDeflated: true), .init(name: "b.xml", content: xml)]))
    #expect(code(found[0].xml) == .archiveLimit)
    #expect(code(found[1].xml) == nil)
  }

  @Test
  func damagedEntriesAreFaults() throws {
    var bytes = TestArchive(entries: [.init(name: "a.xml", content: xml)]).bytes
    bytes[200] ^= 1
    try TestArchive.withFile(bytes) { path in
      let source = try InvoiceSource(path: path)
      let invoice = try #require(source.next())
      #expect(code(invoice.xml) == .archiveDamaged)
    }
  }

  @Test
  func damagedArchivesCannotBeOpened() throws {
    let bytes = TestArchive(entries: [.init(name: "a.xml", content: xml)]).bytes
    try TestArchive.withFile(Array(bytes.prefix(bytes.count / 2))) { path in
      #expect(throws: InvoiceSourceFailure.self) { _ = try InvoiceSource(path: path) }
    }
    #expect(throws: InvoiceSourceFailure.self) { _ = try InvoiceSource(path: Array("/nowhere/at/all".utf8)) }
  }

  @Test(arguments: [true, false])
  func invoiceInsideAPDF(_ isPacked: Bool) throws {
    let file = isPacked ? (dictionary: "/Type /EmbeddedFile /Filter /FlateDecode", bytes: zlib(xml)) : ("/Type /EmbeddedFile", xml)
    let other = (dictionary: "/Filter /FlateDecode", bytes: zlib(Array("BT (text) Tj ET".utf8)))
    let metadata = (dictionary: "/Type /Metadata /Subtype /XML", bytes: Array("<?xpacket?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".utf8))
    let invoice = try #require(InvoiceSource(bytes: pdf([other, file, metadata])).next())
    #expect(try invoice.xml.get() == xml)
  }

  @Test
  func lastVersionInAPDFCounts() throws {
    var newer = SampleInvoice()
    newer.number = "R-2"
    let streams = [xml, Array(newer.xml.utf8)].map { (dictionary: "/Filter /FlateDecode", bytes: zlib($0)) }
    let invoice = try #require(InvoiceSource(bytes: pdf(streams)).next())
    #expect(try EInvoiceRecord.bill(from: try invoice.xml.get(), language: english).bill.invoice == "R-2")
  }

  @Test
  func pdfWithoutInvoiceIsOneFault() throws {
    let invoice = try #require(InvoiceSource(bytes: pdf([(dictionary: "", bytes: Array("q Q".utf8))])).next())
    #expect(code(invoice.xml) == .noInvoiceInPDF)
  }
}
