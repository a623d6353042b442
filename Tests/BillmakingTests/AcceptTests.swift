import Billing
import Campaigns
import Composition
import Contract
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Billmaking

/// What `--accept` lets pass: the bill is made, says what it can, and carries the reject's code as a warning.
@Suite struct AcceptTests {
  private static let body = "<text>{customer.name}</text><text each=\"a in customer.address\">{a}</text>"

  private func accepting(_ codes: String..., body: String = AcceptTests.body) throws -> TrialLayout {
    try TrialLayout(TrialLayout.xml(body), accepts: codes)
  }

  @Test func missingGlyphsAreBoxesAndWarningsOfTheSameWords() throws {
    let record = TestRecord(name: "Li Wei 漢字 漢", address: ["x ಬೆಂ y", "가"]).json
    let fault = try #require(try accepting("word-broken").fault(record))
    let layout = try accepting("missing-glyph")
    let warnings = try layout.print(record).facts.warnings
    #expect(warnings.map(\.code) == [.missingGlyph, .missingGlyph, .missingGlyph, .missingGlyph])
    #expect(warnings.map(\.path) == ["$.customer.name", "$.customer.name", "$.customer.address[0]", "$.customer.address[1]"])
    #expect(warnings[0].message == fault.message && fault.code == .missingGlyph && warnings[0].path == fault.path)
    // The next bill is not touched by it.
    #expect(try layout.print(TestRecord().json).facts.warnings.isEmpty)
  }

  @Test(.needs("pdftotext"))
  func missingGlyphsKeepTheirCharactersInTheText() throws {
    let lines = ["Li Wei 漢字 漢 (電)", "x ಬೆಂಗಳೂರು y", "가 smile"]
    let pdf = try accepting("missing-glyph").print(TestRecord(name: "Ana", address: lines).json).pdf
    let text = try Tool.text(of: pdf, ["-layout"]).split(separator: "\n").map { String($0).folded }.filter { !$0.isEmpty && $0 != "\u{C}" }
    #expect(text == ["Ana"] + lines, "\(text)")
  }

  /// Pages of a long bill are laid out anew while they are painted, and meet the glyph again.
  @Test func missingGlyphsOfALongBillAreItsOwn() throws {
    let layout = try accepting(
      "missing-glyph", body: "<each each=\"s in sections\"><text each=\"l in s.lines\">{l.description} 漢</text></each>")
    let long = TestRecord(lines: (0..<3_000).map { ("line \($0)", 1) }).json
    let printed = try layout.print(long)
    #expect(printed.facts.pages > 200)
    #expect(printed.facts.warnings.map(\.code) == [.missingGlyph])
    let plain = try accepting("missing-glyph")
    #expect(try plain.print(TestRecord().json).facts.warnings.isEmpty)
    let other = TestRecord(lines: [("one", 1)]).json
    #expect(try layout.print(other).facts.warnings.map(\.code) == [.missingGlyph])
  }

  @Test func brokenValuesAreWarningsWithTheirPlace() throws {
    let body = "<box width=\"40pt\"><text name=\"sum\">{totals.due | money}</text></box>"
    let record = TestRecord(lines: [("Energy", 123_456_789_012)]).json
    let fault = try #require(try accepting("missing-glyph", body: body).fault(record))
    #expect(fault.code == .wordBroken)
    let layout = try accepting("word-broken", body: body)
    let facts = try layout.print(record).facts
    let warning = try #require(facts.warnings.first { $0.code == .wordBroken })
    #expect(warning.message == fault.message)
    #expect(warning.page == 1)
    let block = try #require(warning.block)
    #expect(block.element == "text" && block.label == "sum" && block.place.text.hasPrefix("layout.xml:"), "\(warning)")
    #expect(block.text.hasPrefix("<text>") && block.text.contains("(layout.xml:"))
    #expect(warning.message.hasPrefix(block.text))
    let finding = try #require(facts.findings.first { $0.code == "word-broken" })
    #expect(finding.page == 1 && finding.block == block.text && finding.count == 1)
    let shown = try layout.pages(record).map(\.words).joined().filter { $0 != " " }
    #expect(shown == "$1,234,567,890.12")
    // Every other fault of a page stays one.
    let high = try accepting("word-broken", "missing-glyph", body: "<box height=\"300pt\" name=\"big\"/>")
    #expect(high.fault(record)?.code == "content-too-high")
  }

  @Test func sumsAreSetAsTheyAreGiven() throws {
    let record = TestRecord().json.replacing("\"due\":\"48.70\"", with: "\"due\":\"50.00\"")
    let body = "<text>{totals.charges | money} {totals.due | money}</text>"
    #expect(try accepting(body: body).fault(record)?.code == .sumMismatch)
    let layout = try accepting("sum-mismatch", body: body)
    #expect(try layout.print(record).facts.warnings.map(\.code) == [.sumMismatch])
    #expect(try layout.pages(record).map(\.words).joined() == "$48.70 $50.00")
  }

  /// A check with the key lays out the customers' own codes, which may break where specimens do not.
  @Test func checkWithTheKeyMakesTheRealCodes() throws {
    let root = Project.root.path
    func code(_ key: String?) throws -> String? {
      let options = JobOptions(
        layout: root + "/Layouts/larkspur", campaign: root + "/Samples/larkspur/campaign", tokenKey: key, purpose: .check)
      return try LayoutJob(options).campaign?.token(for: "4400-1182-07").grouped
    }
    let key = Project.path("Tests/BillmakingTests/Traces/shared/campaign/token.key")
    let (real, specimen) = (try code(key), try code(nil))
    #expect(specimen == "0000-0000-0000-0000")
    #expect(real?.count == 19 && real != specimen)
    #expect(throws: DiagnosticList.self) { try code(key + "-that-is-not-there") }
  }
}
