import Billing
import Diagnostics
import EInvoice
import Testing

struct EncodingTests {
  private func xml(_ encoding: String, number: [UInt8]) -> [UInt8] {
    var sample = SampleInvoice()
    sample.prolog = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n"
    sample.number = "@@"
    let text = Array(sample.xml.utf8)
    guard let place = text.firstRange(of: Array("@@".utf8)) else { return text }
    return Array(text[..<place.lowerBound]) + number + text[place.upperBound...]
  }

  private func number(_ bytes: [UInt8]) throws -> String { try EInvoiceRecord.bill(from: bytes, language: english).bill.invoice }

  /// The bytes after the tables of the standards.
  @Test(arguments: [
    ("windows-1252", [0x80, 0x8A, 0xFC], "€Šü"), ("Windows-1252", [0x96], "–"), ("ISO-8859-15", [0xA4, 0xBC], "€Œ"),
    ("iso-8859-2", [0xB1, 0xE6], "ąć"), ("windows-1250", [0x8C, 0xB9], "Śą"), ("ISO-8859-9", [0xFE], "ş"), ("windows-1251", [0xC6], "Ж"),
    ("KOI8-R", [0xF6], "Ж"), ("ISO-8859-7", [0xE1], "α"), ("windows-1254", [0xF0], "ğ"), ("cp850", [0x81], "ü"), ("macintosh", [0x9F], "ü"),
    ("Shift_JIS", [0x93, 0xFA], "日"), ("GB18030", [0xC8, 0xD5], "日"), ("Big5", [0xA4, 0xE9], "日"), ("EUC-KR", [0xB0, 0xA1], "가"),
    ("ISO-8859-1", [0xE9], "é"), ("latin1", [0xE9], "é"),
    // What only windows-1252 has, under the name of ISO 8859-1.
    ("ISO-8859-1", [0x80], "€"),
    ("us-ascii", [0x41], "A"), ("utf-8", [0xC3, 0xA9], "é"),
    // Written from a text in memory, whose encoding stayed in the declaration.
    ("utf-16", [0xC3, 0xA9], "é"), ("UTF-16LE", [0xC3, 0xA9], "é"),
  ])
  func declaredEncodingsAreRead(_ encoding: String, _ bytes: [UInt8], _ text: String) throws {
    let file = xml(encoding, number: bytes)
    #expect(try number(file) == text)
    let pdf = TestPDF(attachments: [.init(name: "xrechnung.xml", content: file)]).bytes
    let inside = try #require(InvoiceSource(bytes: pdf).next())
    #expect(try number(try inside.xml.get()) == text)
  }

  @Test
  func textsInWideUnits() throws {
    var sample = SampleInvoice()
    sample.prolog = "<?xml version=\"1.0\" encoding=\"UTF-32\"?>"
    sample.number = "é-😀"
    let units = sample.xml.unicodeScalars.map(\.value)
    let big = units.flatMap { [UInt8($0 >> 24), UInt8($0 >> 16 & 0xFF), UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] }
    #expect(try number([0, 0, 0xFE, 0xFF] + big) == "é-😀")
    let utf16 = sample.xml.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try number(utf16) == "é-😀")
  }

  @Test
  func marksTwiceAndFillingAtTheEndAreNoFault() throws {
    let xml = Array(SampleInvoice().xml.utf8)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for file in [mark + xml, mark + mark + xml, xml + [0, 0, 0], xml + [0x0D, 0x0A, 0x1A], mark + xml + [0]] {
      #expect(try number(file) == "R-1")
      #expect(InvoiceSource.form(of: file) == .xml)
    }
    #expect(fault([0x3C, 0x61, 0x3E, 0, 0x3C, 0x2F, 0x61, 0x3E])?.message.contains("control character") == true)
  }

  @Test
  func wrongBytesTellTheirPlace() throws {
    let utf8 = try #require(fault(xml("UTF-8", number: [0x41, 0xFC, 0x72])))
    #expect(utf8.code == .invalidUTF8)
    let offset = try #require(utf8.offset)
    let bytes = xml("UTF-8", number: [0x41, 0xFC, 0x72])
    #expect(bytes[offset] == 0xFC)
    #expect(utf8.message.contains("found FC 72") && utf8.message.contains("at byte \(offset) (line 3, column "), "\(utf8.message)")
    #expect(utf8.message.hasSuffix("<cbc:ID>A`)"), "\(utf8.message)")
    let japanese = try #require(fault(xml("Shift_JIS", number: [0x93, 0xFA, 0x41, 0xFF, 0x42])))
    #expect(japanese.code == .invalidUTF8)
    #expect(xml("Shift_JIS", number: [0x93, 0xFA, 0x41, 0xFF, 0x42])[try #require(japanese.offset)] == 0xFF)
    #expect(japanese.message.contains("line 3, column "))
    let odd = try #require(fault([0xFE, 0xFF, 0, 0x3C, 0]))
    #expect(odd.message.contains("UTF-16") && odd.offset == 4)
    let lone = try #require(fault([0xFE, 0xFF, 0, 0x3C, 0xDC, 0x00, 0, 0x3E]))
    #expect(lone.offset == 4)
  }

  @Test(arguments: ["nonsense-9", "../../etc", "UTF-8,swaplfnl", "IBM-37", "x\u{e9}", "ISO-2022-KR "])
  func unknownEncodingsAreNamedNotGuessed(_ name: String) {
    let found = fault(xml(name, number: [0x41]))
    #expect(found?.code == .invalidUTF8, "\(found?.message ?? "a bill")")
    #expect(found?.message.contains("encoding") == true)
  }
}
