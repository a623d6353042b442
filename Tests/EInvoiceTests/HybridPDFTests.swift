import Billing
import Diagnostics
import EInvoice
import TestSupport
import Testing

/// Invoices inside PDFs, found by the structure of the file.
struct HybridPDFTests {
  private let xml = Array(SampleInvoice().xml.utf8)
  private let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0]

  private func found(_ pdf: [UInt8]) -> Result<[UInt8], RecordFault> {
    InvoiceSource(bytes: pdf, name: Array("a.pdf".utf8)).next()?.xml ?? .failure(RecordFault("nothing", ""))
  }

  private func fault(_ pdf: [UInt8]) -> RecordFault? {
    if case .failure(let fault) = found(pdf) { fault } else { nil }
  }

  private func pdf(_ attachments: TestPDF.Attachment...) -> TestPDF { TestPDF(attachments: attachments) }

  @Test(arguments: TestPDF.Way.allCases, [TestPDF.Packing.plain, .flate])
  func everyWayLeadsToTheAttachment(_ way: TestPDF.Way, _ packing: TestPDF.Packing) throws {
    #expect(try found(pdf(.init(name: "factur-x.xml", content: xml, way: way, packing: packing)).bytes).get() == xml)
  }

  /// Long enough that codes of LZW grow to 12 bits and start anew.
  @Test(arguments: TestPDF.Packing.allCases)
  func everyFilterIsUndone(_ packing: TestPDF.Packing) throws {
    var sample = SampleInvoice()
    sample.extraHead = (0..<900).map { "<cbc:Note>Note \($0 * 7_919 % 1_009) of \($0)</cbc:Note>" }.joined()
    let long = Array(sample.xml.utf8) + [0x20, 0x20, 0x20]
    #expect(long.count > 20_000)
    #expect(try found(pdf(.init(name: "factur-x.xml", content: long, packing: packing)).bytes).get() == long)
  }

  @Test(
    .needs("qpdf"),
    arguments: [
      ["--object-streams=generate"], ["--linearize"], ["--encrypt", "", "owner", "256", "--"],
      ["--encrypt", "", "owner", "128", "--use-aes=y", "--"],
      ["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"],
      ["--encrypt", "", "", "256", "--", "--object-streams=generate"],
    ])
  func whatQPDFWritesIsRead(_ arguments: [String]) throws {
    let plain = pdf(.init(name: "factur-x.xml", content: xml), .init(name: "photo.jpg", content: jpeg, packing: .plain)).bytes
    #expect(try found(try TestPDF.rewritten(plain, arguments)).get() == xml)
  }

  @Test(.needs("qpdf"))
  func anotherPasswordIsNamed() throws {
    let locked = try TestPDF.rewritten(pdf(.init(name: "factur-x.xml", content: xml)).bytes, ["--encrypt", "user", "owner", "256", "--"])
    #expect(fault(locked)?.code == .noInvoiceInPDF)
    #expect(fault(locked)?.message.contains("password") == true)
  }

  @Test
  func nameDecidesAmongInvoices() throws {
    var other = SampleInvoice()
    other.number = "R-2"
    let second = Array(other.xml.utf8)
    for name in ["factur-x.xml", "ZUGFeRD-invoice.xml", "XRechnung.XML"] {
      for order in [true, false] {
        let (a, b) = (TestPDF.Attachment(name: "copy.xml", content: second), TestPDF.Attachment(name: name, content: xml))
        #expect(try found((order ? pdf(a, b) : pdf(b, a)).bytes).get() == xml)
      }
    }
    let unnamed = fault(pdf(.init(name: "a.xml", content: xml), .init(name: "b.xml", content: second)).bytes)
    #expect(unnamed?.code == .noInvoiceInPDF)
    #expect(unnamed?.message.contains("'a.xml', 'b.xml'") == true)
    #expect(try found(pdf(.init(name: "a.xml", content: xml), .init(name: "b.xml", content: xml)).bytes).get() == xml)
    // One invoice, in two ways of writing it.
    let twin = Array(SampleInvoice().xml.replacing("Way 1", with: "Way One").utf8)
    #expect(try found(pdf(.init(name: "a.xml", content: twin), .init(name: "b.xml", content: xml)).bytes).get() == twin)
  }

  @Test(arguments: ["invoice.xml", "invoice", "", "Ünvöice.XML", "data.bin"])
  func contentDecidesWhateverTheName(_ name: String) throws {
    #expect(try found(pdf(.init(name: name, content: xml), .init(name: "factur-x.jpg", content: jpeg)).bytes).get() == xml)
  }

  @Test
  func rootIsFoundBehindAnything() throws {
    let comment = "<!--" + String(repeating: "official sample <Invoice> ", count: 4_000) + "-->"
    var sample = SampleInvoice()
    sample.prolog = "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a.xsl\"?>\n\(comment)\n<!DOCTYPE Invoice>\n"
    let text = sample.xml
    let wide = { (isBig: Bool) in text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    let forms: [[UInt8]] = [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFE, 0xFF] + wide(true), [0xFF, 0xFE] + wide(false), wide(true),
      wide(false),
      Array((String(repeating: " \n", count: 4_000) + SampleInvoice().xml.dropFirst(SampleInvoice().prolog.count)).utf8),
    ]
    for form in forms {
      for way in [TestPDF.Way.namesTree, .nothing] {
        let xml = try found(pdf(.init(name: "factur-x.xml", content: form, way: way)).bytes).get()
        #expect(xml == form)
        #expect(try EInvoiceRecord.bill(from: xml, language: english).bill.invoice == "R-1")
      }
      #expect(InvoiceSource.reads(name: Array("a.xml".utf8), head: form.prefix(InvoiceSource.headBytes)))
      let file = try #require(InvoiceSource(bytes: form, name: Array("a.xml".utf8)).next())
      #expect(try EInvoiceRecord.bill(from: try file.xml.get(), language: english).bill.invoice == "R-1")
    }
  }

  @Test(arguments: [
    ("<rsm:CrossIndustryDocument xmlns:rsm='urn:ferd:CrossIndustryDocument:invoice:1p0'/>", "ZUGFeRD-invoice.xml", "ZUGFeRD 1.0"),
    (
      "<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm='urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'/>", "order-x.xml",
      "Order-X"
    ),
    ("<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", "order.xml", "UBL order"),
    ("<something/>", "some.xml", "'something'"),
  ])
  func whatIsAttachedInsteadIsNamed(_ document: String, _ name: String, _ words: String) {
    for way in [TestPDF.Way.namesTree, .annotation] {
      let found = fault(pdf(.init(name: name, content: Array(document.utf8), way: way)).bytes)
      #expect(found?.code == .noInvoiceInPDF)
      #expect(found?.message.contains(words) == true && found?.message.contains(name) == true, "\(found?.message ?? "an invoice")")
    }
  }

  @Test
  func plainFilesAndPicturesAreNamed() {
    let plain = fault(TestPDF().bytes)
    #expect(plain?.code == .noInvoiceInPDF)
    #expect(plain?.message.contains("no attachment") == true)
    // A table without its size is a small fault, which does not make another file of it.
    let noSize = fault(Array(String(decoding: TestPDF().bytes, as: UTF8.self).replacing("/Size 5 ", with: "").utf8))
    #expect(noSize?.message.contains("no attachment") == true, "\(noSize?.message ?? "")")
    let cut = fault(Array(TestPDF().bytes.prefix(40)))
    #expect(cut?.message.contains("damaged") == true, "\(cut?.message ?? "")")
    let picture = fault(pdf(.init(name: "photo.jpg", content: jpeg)).bytes)
    #expect(picture?.message.contains("'photo.jpg' is a JPEG picture") == true, "\(picture?.message ?? "")")
    let several = fault(pdf(.init(name: "a.jpg", content: jpeg), .init(name: "b.txt", content: Array("Dear all".utf8))).bytes)
    #expect(several?.message.contains("2 attachments") == true && several?.message.contains("'b.txt' is plain text") == true)
  }

  @Test
  func treesThatLoopEnd() throws {
    var loop = pdf(.init(name: "photo.jpg", content: jpeg, way: .deepNamesTree))
    loop.objects[2] = "<< /Type /Pages /Kids [3 0 R 2 0 R 900 0 R] /Count 1 >>"
    loop.objects[900] = "<< /Type /Pages /Kids [2 0 R 900 0 R] /Count 1 >>"
    #expect(fault(loop.bytes)?.message.contains("'photo.jpg'") == true)
    var deep = TestPDF()
    deep.catalogue = "/AF " + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    #expect(fault(deep.bytes)?.code == .noInvoiceInPDF)
    var self1 = TestPDF(catalogue: "/Names << /EmbeddedFiles 900 0 R >> /AF 901 0 R")
    self1.objects = [900: "<< /Kids [900 0 R 900 0 R] /Names [(a) 900 0 R (b) 901 0 R (c)] >>", 901: "[ 901 0 R 902 0 R ]", 902: "902 0 R"]
    #expect(fault(self1.bytes)?.code == .noInvoiceInPDF)
  }

  /// A cross-reference table that is gone, junk before the file and a cut end do not hide an invoice.
  @Test
  func damagedFilesAreLookedThrough() throws {
    var file = pdf(.init(name: "factur-x.xml", content: xml))
    let bytes = file.bytes
    let end = try #require(bytes.indices.last { bytes[$0...].starts(with: "xref\n0 1".utf8) })
    #expect(try found(Array(bytes[..<end])).get() == xml)
    file.before = "junk of a mail program\r\n"
    #expect(try found(file.bytes).get() == xml)
    // The catalogue is gone too.
    var hollow = bytes
    let catalogue = try #require(bytes.indices.first { bytes[$0...].starts(with: "1 0 obj".utf8) })
    let next = try #require(bytes.indices.first { bytes[$0...].starts(with: "2 0 obj".utf8) })
    for index in catalogue..<next { hollow[index] = 0x20 }
    #expect(try found(hollow).get() == xml)
  }

  @Test
  func bombsAreNotUnpacked() {
    let blank = Array("<a>".utf8) + [UInt8](repeating: 0x20, count: 70 << 20)
    let bomb = fault(pdf(.init(name: "factur-x.xml", content: blank)).bytes)
    #expect(bomb?.code == .noInvoiceInPDF)
    #expect(bomb?.message.contains("67108864 bytes") == true, "\(bomb?.message ?? "")")
    var tables = TestPDF()
    tables.objects[900] = "<< /Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode] /Length 3 >>\nstream\nabc\nendstream"
    #expect(fault(tables.bytes)?.message.contains("tables") == true)
  }

  @Test
  func damagedAttachmentsAreNamed() {
    var stream = TestPDF.stream("/Type /EmbeddedFile", xml, .flate)
    stream[stream.count / 2] ^= 0xFF
    var file = TestPDF(catalogue: "/AF [900 0 R 902 0 R]")
    file.objects = [900: "<< /Type /Filespec /F (factur-x.xml) /EF << /F 901 0 R >> >>", 902: "<< /F (gone.xml) /EF << /F 950 0 R >> >>"]
    file.objects[901] = "<< /Filter /FlateDecode /Length 5 >>\nstream\nx\u{1}y\u{2}z\nendstream"
    let found = fault(file.bytes)
    #expect(found?.message.contains("'factur-x.xml' is damaged") == true, "\(found?.message ?? "")")
    #expect(found?.message.contains("'gone.xml' is named, but not in the file") == true)
    file.objects[901] = "<< /Filter /DCTDecode /Length 5 >>\nstream\nxxxyz\nendstream"
    #expect(fault(file.bytes)?.message.contains("/DCTDecode") == true)
  }

  @Test
  func invoicesOfOtherVersionsTellTheirFaultThemselves() throws {
    let text = Array("<?xml version='1.0' encoding='nonsense-9'?><Invoice/>".utf8)
    let xml = try found(pdf(.init(name: "factur-x.xml", content: text)).bytes).get()
    #expect(EInvoiceTests.fault(xml)?.message.contains("nonsense-9") == true)
  }
}
