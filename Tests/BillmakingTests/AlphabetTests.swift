import Billing
import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// Names and texts in scripts and signs that no layout foresaw: printed, kept as text, or told about.
@Suite struct AlphabetTests {
  private static let body = """
    <text>{customer.name}</text><text style="head" each="a in customer.address">{a}</text>
    """
  private static let head = #"<style name="head" base="body" weight="700"/>"#

  private func layout(accepts: [String] = [], fonts: [String] = [Project.fonts]) throws -> TrialLayout {
    try TrialLayout(TrialLayout.xml(Self.body, declarations: Self.head), accepts: accepts, fonts: fonts)
  }

  private static let printed = [
    "สมชาย ใจดี น้ำพุ", "अनिल शर्मा क्षत्रिय", "Թամար Գրիգորյան", "თამარ გელაშვილი", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "Zoë 🌻 Bakery", "👨‍👩‍👧‍👦 Family", "Flag 🇩🇪 x",
    "𝓕𝓪𝓷𝓬𝔂 Studio",
    "Phone ☎ x", "Nguyễn Thị Hồng Ánh", "Ṣọlá Adéyẹmí", "Ελένη", "Наталія", "x ☂ 20 ℃",
  ]

  @Test(.needs("pdftotext"), arguments: printed) func namesArePrintedAndKept(_ name: String) throws {
    let printed = try layout().print(TestRecord(name: name, address: [name, "end"]).json)
    #expect(printed.facts.warnings.isEmpty, "\(printed.facts.warnings)")
    let lines = try Tool.text(of: printed.pdf, []).split(whereSeparator: { $0 == "\n" || $0 == "\u{C}" })
      .map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines == [name, name, "end"], "\(lines)")
  }

  @Test(.needs("pdftotext")) func compatibilityFormsAreWarningsAndTheTextIsKept() throws {
    let printed = try layout().print(TestRecord(name: "Ｂｅｉｓｐｉｅｌ Ltd", address: ["12 ㎡ x", "Bold letters"]).json)
    #expect(printed.facts.warnings.map(\.code) == ["compatibility-form", "compatibility-form"])
    #expect(printed.facts.warnings.map(\.path) == ["$.customer.name", "$.customer.address[0]"])
    #expect(printed.facts.warnings[0].message.contains("'Ｂ' (U+FF22) as 'B'") && printed.facts.warnings[0].message.contains("and 2 more"))
    #expect(printed.facts.warnings[1].message.contains("'㎡' (U+33A1) as 'm2'"))
    #expect(printed.facts.findings.map(\.code) == ["compatibility-form", "compatibility-form"])
    let lines = try Tool.text(of: printed.pdf, []).split(whereSeparator: { $0 == "\n" || $0 == "\u{C}" }).map(String.init)
    #expect(lines == ["Ｂｅｉｓｐｉｅｌ Ltd", "12 ㎡ x", "Bold letters"], "\(lines)")
    // The next bill is not touched by it.
    #expect(try layout().print(TestRecord().json).facts.warnings.isEmpty)
  }

  /// cairo takes them for faulty text.
  @Test(.needs("pdftotext"), arguments: [0xFFFF, 0xFFFE, 0xFDD0, 0xFDEF, 0x1FFFE, 0xEFFFF, 0x10FFFF] as [UInt32])
  func noncharactersAreBoxes(_ value: UInt32) throws {
    let character = Character(try #require(Unicode.Scalar(value)))
    let record = TestRecord(name: "a\(character)b", address: ["😀 x", "end"]).json
    #expect(try layout().fault(record)?.code == .missingGlyph)
    let printed = try layout(accepts: ["missing-glyph"]).print(record)
    #expect(printed.facts.warnings.contains { $0.code == .missingGlyph && $0.path == "$.customer.name" })
    let text = try Tool.text(of: printed.pdf, [])
    #expect(text.hasPrefix("a") && text.contains("b\n") && text.contains("😀") && text.contains("end"), "\(text)")
  }

  @Test func aMissingCharacterRejectsThoughMuchElseStandsIn() throws {
    let wide = String(String.UnicodeScalarView((0xFF21...0xFF5A).compactMap(Unicode.Scalar.init)))
    let fault = try #require(try layout().fault(TestRecord(name: wide, address: [wide, "漢"]).json))
    #expect(fault.code == .missingGlyph && fault.path == "$.customer.address[1]")
    let warnings = try layout(accepts: ["missing-glyph"]).print(TestRecord(name: wide, address: [wide, "漢"]).json).facts.warnings
    #expect(warnings.map(\.code).contains("missing-glyph") && warnings.map(\.code).contains("compatibility-form"))
  }

  @Test(arguments: [
    ("漢", "U+6F22", "fonts-noto-cjk"), ("ｶ", "U+FF76", "--fonts /usr/share/fonts/opentype/noto"), ("김", "U+AE40", "fonts-noto-cjk"),
    ("ລາວ", "U+0EA5", "a font for Lao"), ("தமிழ்", "U+0BA4", "Tamil"), ("𐌰", "U+10330", "Gothic"), ("\u{E123}", "U+E123", "private use"),
    ("\u{378}", "U+0378", "no such character"), ("\u{FFFF}", "U+FFFF", "no such character"), ("█", "U+2588", "'--fonts'"),
  ]) func messagesSayWhatToDo(_ name: String, _ point: String, _ advice: String) throws {
    let xml = TrialLayout.xml("<text>{customer.name}</text>").replacing(
      "Inter, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew", with: "OCR B")
    let fault = try #require(try TrialLayout(xml).fault(TestRecord(name: name).json))
    #expect(fault.code == .missingGlyph && fault.path == "$.customer.name")
    #expect(fault.message.contains(point) && fault.message.contains(advice), "\(fault.message)")
  }

  /// The same face from a folder that is named gives the same bytes.
  @Test func namedFoldersServe() throws {
    let folder = try TemporaryFolder()
    let name = "Hebrew.ttf"
    try Data(try Project.bytes("Fonts/NotoSansHebrew/NotoSansHebrew-Regular.ttf")).write(to: folder.url.appendingPathComponent(name))
    let record = TestRecord(name: "שלום ลาว").json
    let (plain, named) = (try layout().print(record), try layout(fonts: [folder.url.path, Project.fonts]).print(record))
    #expect(plain.pdf == named.pdf)
  }
}
