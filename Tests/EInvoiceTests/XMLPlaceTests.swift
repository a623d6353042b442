import Billing
import Diagnostics
import EInvoice
import Foundation
import Testing

/// Faults of XML say where they are, in the file as it was given.
struct XMLPlaceTests {
  /// The sample with a bad amount, in lines ended by `lineEnd`, with letters of two and four bytes before it.
  private func sample(_ lineEnd: String = "\n", encoding: String = "UTF-8") -> String {
    var sample = SampleInvoice()
    // More than the places that are remembered, in lines and on one.
    let long = String(repeating: "<!-- é -->\n", count: 1_000) + String(repeating: "<!-- ö -->", count: 1_000)
    sample.prolog = "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n\(long)\n"
    sample.lines[1] = "ten"
    return sample.xml.replacing(
      "<cac:InvoiceLine><cbc:ID>2", with: "<cac:InvoiceLine>\(String(repeating: "<!-- ü -->", count: 900))<cbc:ID>2"
    ).replacing("\n", with: lineEnd)
  }

  /// Line, column and the excerpt, found by plain means.
  private func expected(_ text: String, _ lineEnd: String) throws -> (line: Int, column: Int) {
    let lines = text.components(separatedBy: lineEnd)
    let line = try #require(lines.firstIndex { $0.contains(">ten<") })
    let before = try #require(lines[line].range(of: ">ten<")).lowerBound
    let start = try #require(lines[line][..<before].lastIndex(of: "<"))
    return (line + 1, lines[line][..<start].unicodeScalars.count + 1)
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["UTF-8", "UTF-8 with mark", "UTF-16BE", "UTF-16LE", "windows-1252", "ISO-8859-15"])
  func placesAreThoseOfTheFile(_ lineEnd: String, _ encoding: String) throws {
    let text = sample(lineEnd, encoding: encoding.hasPrefix("UTF") ? "utf-8" : encoding)
    let bytes: [UInt8]
    switch encoding {
    case "UTF-8": bytes = Array(text.utf8)
    case "UTF-8 with mark": bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case "UTF-16BE": bytes = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case "UTF-16LE": bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    default: bytes = text.unicodeScalars.map { UInt8($0.value) }
    }
    let found = try #require(fault(bytes))
    let (line, column) = try expected(text, lineEnd)
    #expect(found.code == .badNumber)
    #expect(
      found.message.hasSuffix(" (line \(line), column \(column): `<cbc:LineExtensionAmount currencyID=\"EUR…`)"), "\(found.message)")
    let tags: [String: [UInt8]] = ["UTF-16BE": [0, 0x3C, 0, 0x63], "UTF-16LE": [0x3C, 0, 0x63, 0]]
    let tag: [UInt8] = tags[encoding] ?? [0x3C, 0x63]
    let offset = try #require(found.offset)
    #expect(bytes[offset...].starts(with: tag))
    let place = try #require(XMLPlace(offset: offset, in: bytes))
    #expect(place.line == line)
    #expect(place.column == column)
    #expect(place.offset == offset)
    #expect(place.excerpt.hasPrefix("<cbc:LineExtensionAmount"))
  }

  @Test(arguments: [
    ("<a>\n <b></c></a>", 2, 5, "`</c>`"), ("<a>\n<!-- never", 2, 1, "`<!-- never`"), ("<a>\r\n  &nbsp;</a>", 2, 3, "`&nbsp;`"),
    ("<a\n x='1' x='2'/>", 2, 8, "`x='2'/>`"), ("<a/>\n\n  <b/>", 3, 3, "`<b/>`"), ("<x:a/>", 1, 1, "`<x:a/>`"), ("<a>\n", 2, 1, ""),
    ("<a>é\u{1F600}é & b</a>", 1, 8, "`& b`"),
  ])
  func malformedXMLTellsItsPlace(_ xml: String, _ line: Int, _ column: Int, _ excerpt: String) {
    let found = fault(xml)
    let end = "(line \(line), column \(column)\(excerpt.isEmpty ? "" : ": \(excerpt)"))"
    #expect(found?.message.hasSuffix(end) == true, "\(found?.message ?? "no fault")")
    #expect(found?.offset != nil)
  }

  @Test
  func atTheEndOfTheFileStandsWhatIsBeforeIt() {
    let found = fault("<a>\n<b x='1'>text</b")
    #expect(found?.message.hasSuffix("(line 2, column 17, behind `<b x='1'>text</b`)") == true, "\(found?.message ?? "no fault")")
  }

  @Test
  func everyKindOfFaultTellsItsPlace() {
    var samples: [SampleInvoice] = Array(repeating: SampleInvoice(), count: 5)
    samples[0].sumOfLines = "99.00"
    samples[1].currency = "EURO"
    samples[2].namespace = "urn:x"
    samples[3].lines = []
    samples[4].prolog = "<!DOCTYPE x [<!ENTITY a 'b'>]>"
    for sample in samples {
      let found = fault(sample.xml)
      #expect(found?.message.contains(/\(line \d+, column \d+: `<.+`\)$/) == true, "\(found?.message ?? "no fault")")
    }
    let missing = fault(SampleInvoice().xml.replacing("<cbc:ID>R-1</cbc:ID>", with: ""))
    #expect(missing?.message.contains(/\(line 2, column 1: `<Invoice/) == true, "\(missing?.message ?? "")")
  }

  /// What turns text round or is invisible does not get into a message.
  @Test
  func excerptsAreHarmless() {
    let found = fault("<a>\n<b \u{202E}x\u{200B}='1'\u{7}></c></a>")
    let bad: Set<Unicode.Scalar> = ["\u{202E}", "\u{200B}", "\u{7}"]
    #expect(found?.message.unicodeScalars.contains(where: bad.contains) == false)
  }
}
