import Billing
import EInvoice
import JSON
import Testing

/// Supporting documents (BG-24), and what lies beside the invoice in a PDF.
struct AttachmentTests {
  /// What the record says of a document, parts that are not there left out.
  private func documents(_ json: [UInt8]) throws -> [String] {
    let record = try JSONValue(parsing: json)
    return (record["extra"]?["e_invoice"]?["attachments"]?.list ?? []).map { document in
      ["id", "file", "mime", "bytes", "link"].compactMap { name in document[name]?.text.map { "\(name) \($0)" } }
        .joined(separator: ", ") + (document["description"]?.list ?? []).compactMap(\.text).map { " | \($0)" }.joined()
    }
  }

  private func ubl(_ references: String) throws -> [String] {
    var sample = SampleInvoice()
    sample.attachment = references
    return try documents(EInvoiceRecord.json(from: Array(sample.xml.utf8), language: english))
  }

  private func cii(_ references: String) throws -> [String] {
    let xml = SampleCII().xml.replacing("</ram:BuyerTradeParty>", with: "</ram:BuyerTradeParty>" + references)
    return try documents(EInvoiceRecord.json(from: Array(xml.utf8), language: english))
  }

  private static let file = "mimeCode=\"text/csv\" filename=\"a b.csv\">aGFsbG8="

  @Test func bothSyntaxesSayTheSame() throws {
    let expected = ["id T-1, file a b.csv, mime text/csv, bytes 5, link https://x.example/a | First | Second"]
    #expect(
      try ubl(
        """
        <cac:AdditionalDocumentReference><cbc:ID>T-1</cbc:ID><cbc:DocumentDescription>First
        Second</cbc:DocumentDescription><cac:Attachment><cbc:EmbeddedDocumentBinaryObject \(Self.file)</cbc:EmbeddedDocumentBinaryObject>\
        <cac:ExternalReference><cbc:URI>https://x.example/a</cbc:URI></cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference>
        """) == expected)
    #expect(
      try cii(
        """
        <ram:AdditionalReferencedDocument><ram:IssuerAssignedID>T-1</ram:IssuerAssignedID><ram:URIID>https://x.example/a</ram:URIID>\
        <ram:TypeCode>916</ram:TypeCode><ram:Name>First
        Second</ram:Name><ram:AttachmentBinaryObject \(Self.file)</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>
        """) == expected)
  }

  /// XRechnung names a file that comes with the invoice where others have a link.
  @Test(arguments: [
    ("#ef=times.pdf", "id T-1, file times.pdf"), ("#EF=a%20b.pdf", "id T-1, file a b.pdf"), ("#ef=100%.pdf", "id T-1, file 100%.pdf"),
    ("#ef=%FF.pdf", "id T-1, file %FF.pdf"), ("#ef=", "id T-1, link #ef="), ("#page2", "id T-1, link #page2"),
  ])
  func namesInThePlaceOfLinks(_ link: String, _ expected: String) throws {
    #expect(
      try ubl(
        "<cac:AdditionalDocumentReference><cbc:ID>T-1</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:URI>\(link)</cbc:URI>"
          + "</cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference>") == [expected])
    #expect(
      try cii(
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>T-1</ram:IssuerAssignedID><ram:URIID>\(link)</ram:URIID>"
          + "<ram:TypeCode>916</ram:TypeCode></ram:AdditionalReferencedDocument>") == [expected])
  }

  @Test func severalFilesOfOneReference() throws {
    let files = ["a", "b"].map {
      "<ram:AttachmentBinaryObject mimeCode=\"text/csv\" filename=\"\($0).csv\">aGFsbG8=</ram:AttachmentBinaryObject>"
    }
    #expect(
      try cii(
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>T-1</ram:IssuerAssignedID><ram:URIID>#ef=b.csv</ram:URIID>"
          + "<ram:TypeCode>916</ram:TypeCode><ram:Name>Both</ram:Name>\(files.joined())</ram:AdditionalReferencedDocument>")
        == ["id T-1, file a.csv, mime text/csv, bytes 5 | Both", "id T-1, file b.csv, mime text/csv, bytes 5"])
  }

  /// The object of the invoice (BT-18) may bring its file.
  @Test func objectWithAFile() throws {
    let files = try cii(
      "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>M-7</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode>"
        + "<ram:AttachmentBinaryObject \(Self.file)</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>")
    #expect(files == ["id M-7, file a b.csv, mime text/csv, bytes 5"])
    #expect(
      try cii(
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>M-7</ram:IssuerAssignedID><ram:TypeCode>130</ram:TypeCode>"
          + "</ram:AdditionalReferencedDocument>"
      ).isEmpty)
  }

  // MARK: Beside the invoice in a PDF

  @Test func filesOfAPDFAreListed() throws {
    let invoice = Array(
      SampleCII().xml.replacing(
        "</ram:BuyerTradeParty>",
        with: "</ram:BuyerTradeParty><ram:AdditionalReferencedDocument><ram:IssuerAssignedID>T-1</ram:IssuerAssignedID>"
          + "<ram:URIID>#ef=Times.pdf</ram:URIID><ram:TypeCode>916</ram:TypeCode></ram:AdditionalReferencedDocument>"
      ).utf8)
    let pdf = TestPDF(attachments: [
      .init(name: "photo 1.jpg", content: [0xFF, 0xD8, 0xFF, 0xE0], way: .annotation),
      .init(name: "times.pdf", content: Array("%PDF-1.4".utf8)),
      .init(name: "factur-x.xml", content: invoice), .init(name: "", content: Array("x".utf8)),
      .init(name: "order.xml", content: Array("<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>".utf8)),
    ])
    let hybrid = try EmbeddedInvoice.invoice(in: pdf.bytes)
    #expect(hybrid.xml == invoice)
    #expect(hybrid.files.map(\.name) == ["times.pdf", "order.xml", "photo 1.jpg"])
    #expect(hybrid.files.allSatisfy { $0.mime == "text/xml" && $0.bytes == nil })
    let record = try EInvoiceRecord.derive(from: hybrid.xml, beside: hybrid.files).json(in: english)
    #expect(
      try documents(record) == [
        "id T-1, file Times.pdf, mime text/xml", "file order.xml, mime text/xml", "file photo 1.jpg, mime text/xml",
      ])
  }

  @Test func statedSizeAndWords() throws {
    var pdf = TestPDF(attachments: [.init(name: "factur-x.xml", content: Array(SampleCII().xml.utf8))])
    pdf.objects[900] = "<< /Type /Filespec /F (a.csv) /Desc (Times of November) /EF << /F 901 0 R >> >>"
    pdf.objects[901] =
      "<< /Type /EmbeddedFile /Subtype /text#2Fcsv /Params << /Size 1234 >> /Length 3 >>\nstream\na,b\nendstream"
    pdf.catalogue = "/AF [900 0 R]"
    let hybrid = try EmbeddedInvoice.invoice(in: pdf.bytes)
    let record = try EInvoiceRecord.derive(from: hybrid.xml, beside: hybrid.files).json(in: english)
    #expect(try documents(record) == ["file a.csv, mime text/csv, bytes 1234 | Times of November"])
  }
}
