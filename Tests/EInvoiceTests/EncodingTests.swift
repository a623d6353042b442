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

  /// What a file is declared to be in, its bytes, the text read and the page it is read as.
  @Test(arguments: [
    ("ISO-8859-1", [0x80, 0x96, 0x8A], "€–Š", "windows-1252"), ("iso8859_1", [0x93, 0x41, 0x94], "“A”", "windows-1252"),
    ("Latin1", [0x85], "…", "windows-1252"), ("US-ASCII", [0xFC], "ü", "windows-1252"), ("ISO-8859-9", [0x80, 0xFE], "€ş", "windows-1254"),
    ("TIS-620", [0x85, 0xA1], "…ก", "windows-874"),
  ])
  func bytesThatContradictTheDeclarationAreTold(_ encoding: String, _ bytes: [UInt8], _ text: String, _ page: String) throws {
    let file = xml(encoding, number: bytes)
    let (bill, warnings) = try EInvoiceRecord.bill(from: file, language: english)
    #expect(bill.invoice == text)
    let warning = try #require(warnings.first { $0.code == .encodingDiffers })
    let byte = String(bytes.first { encoding == "US-ASCII" || (0x80..<0xA0).contains($0) } ?? 0, radix: 16, uppercase: true)
    #expect(warning.message.contains("'\(encoding)', where byte \(byte) is no letter; it is read as \(page) (line 3, column "))
    let place = try #require(warning.diagnostic(file: "a.xml", record: 1).place)
    #expect(place.line == 3 && (place.column ?? 0) > 1)
  }

  @Test(arguments: [
    ("ISO-8859-1", [0xE9, 0xA0, 0xFF]), ("ISO-8859-9", [0xFE]), ("windows-1252", [0x80]), ("US-ASCII", [0x41]), ("US-ASCII", [0xC3, 0xA9]),
    ("UTF-8", [0xC3, 0xA9]), ("GB2312", [0xC8, 0xD5]),
  ])
  func bytesOfTheDeclaredEncodingAreNothingToTell(_ encoding: String, _ bytes: [UInt8]) throws {
    #expect(try EInvoiceRecord.bill(from: xml(encoding, number: bytes), language: english).warnings.isEmpty)
  }

  @Test
  func markGoesBeforeTheDeclaration() throws {
    let text = xml("ISO-8859-1", number: [0xE2, 0x82, 0xAC])
    #expect(try number([0xEF, 0xBB, 0xBF] + text) == "€")
    #expect(try EInvoiceRecord.bill(from: [0xEF, 0xBB, 0xBF] + text, language: english).warnings.isEmpty)
    #expect(try number(text) == "â‚¬")
  }

  /// Tables give these to no letter.
  @Test(arguments: [
    ("windows-1252", [0x41, 0x81]), ("ISO-8859-1", [0x41, 0x90]), ("ISO-8859-2", [0x41, 0x96]), ("ISO-8859-15", [0x41, 0x80]),
    ("windows-1250", [0x41, 0x83]), ("KOI8-R", [0x41, 0x00]), ("Shift_JIS", [0x41, 0xFD]), ("EUC-JP", [0x41, 0x80]),
  ])
  func bytesWithoutALetterTellTheirPlace(_ encoding: String, _ bytes: [UInt8]) throws {
    let file = xml(encoding, number: bytes)
    let found = try #require(fault(file))
    #expect(found.message.contains("line 3, column "), "\(found.message)")
    let offset = try #require(found.offset)
    #expect(file[offset] == bytes[1], "\(found.message)")
  }

  @Test
  func pageThatIsOftenMeantIsNamed() {
    #expect(fault(xml("ISO-8859-15", number: [0x80]))?.suggestion == "is it windows-1252?")
    #expect(fault(xml("ISO-8859-2", number: [0x96]))?.suggestion == "is it windows-1250?")
    #expect(fault(xml("KOI8-R", number: [0x00]))?.suggestion == nil)
  }

  @Test(arguments: [
    "UTF-7", "ISO-2022-JP", "iso-2022-kr", "HZ-GB-2312", "SCSU", "BOCU-1", "CESU-8", "IMAP-mailbox-name", "x11-compound-text",
  ])
  func encodingsWithShiftsAreRefused(_ name: String) {
    let found = fault(xml(name, number: [0x41]))
    #expect(found?.code == .invalidUTF8)
    #expect(found?.message.contains("'\(name)'") == true && found?.message.contains("expected one such as UTF-8") == true)
  }

  @Test
  func declarationInEBCDIC() throws {
    /// The letters of the sample in the page that is common in Germany (IBM 1141): the invariant ones and 0x9F for the euro sign.
    let places: [(String, UInt8)] = [
      ("abcdefghi", 0x81), ("jklmnopqr", 0x91), ("stuvwxyz", 0xA2), ("ABCDEFGHI", 0xC1), ("JKLMNOPQR", 0xD1), ("STUVWXYZ", 0xE2),
      ("0123456789", 0xF0),
    ]
    var table: [Character: UInt8] = [
      " ": 0x40, ".": 0x4B, "<": 0x4C, "(": 0x4D, "+": 0x4E, "&": 0x50, "*": 0x5C, ")": 0x5D, ";": 0x5E, "-": 0x60, "/": 0x61, ",": 0x6B,
      "%": 0x6C, "_": 0x6D, ">": 0x6E, "?": 0x6F, ":": 0x7A, "'": 0x7D, "=": 0x7E, "\"": 0x7F, "€": 0x9F, "ä": 0xC0, "\n": 0x15, "#": 0x7B,
    ]
    for (letters, first) in places { for (index, letter) in letters.enumerated() { table[letter] = first + UInt8(index) } }
    var sample = SampleInvoice()
    sample.prolog = "<?xml version=\"1.0\" encoding=\"IBM01141\"?>\n"
    sample.number = "ä-€"
    let bytes = sample.xml.compactMap { table[$0] }
    #expect(bytes.count == sample.xml.count)
    #expect(InvoiceSource.form(of: bytes) == .xml)
    #expect(try number(bytes) == "ä-€")
    var broken = sample
    broken.lines[1] = "ten"
    let found = try #require(fault(broken.xml.compactMap { table[$0] }))
    #expect(found.message.contains("line "), "\(found.message)")
    // The name is not that of a page of EBCDIC.
    sample.prolog = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n"
    #expect(fault(sample.xml.compactMap { table[$0] })?.code == .invalidUTF8)
  }

  @Test(arguments: ["nonsense-9", "../../etc", "UTF-8,swaplfnl", "IBM-37", "x\u{e9}", "ISO-2022-KR "])
  func unknownEncodingsAreNamedNotGuessed(_ name: String) {
    let found = fault(xml(name, number: [0x41]))
    #expect(found?.code == .invalidUTF8, "\(found?.message ?? "a bill")")
    #expect(found?.message.contains("encoding") == true)
  }
}
