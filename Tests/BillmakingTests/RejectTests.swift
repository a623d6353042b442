import Billing
import Diagnostics
import Geometry
import Layout
import Contract
import Testing

@testable import Billmaking

/// Bills that cannot be set: one clear fault, never a loop without end, never a silent loss.
@Suite struct RejectTests {
  @Test func missingGlyphNamesCharacterAndPath() throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>{customer.name}</text><text each=\"a in customer.address\">{a}</text>"))
    let name = try #require(layout.fault(TestRecord(name: "Li Wei 漢").json))
    #expect(name.code == "missing-glyph" && name.path == "$.customer.name")
    #expect(name.message.contains("'漢' (U+6F22)") && name.message.contains("Inter, Noto Sans"))
    let address = try #require(layout.fault(TestRecord(address: ["Main St 1", "ಬೆಂಗಳೂರು"]).json))
    #expect(address.code == "missing-glyph" && address.path == "$.customer.address[1]")
    // The next bill is not touched by it.
    #expect(layout.fault(TestRecord().json) == nil)
  }

  /// What the shaper takes for one cluster need not be one character of Swift: the path is found by scalars.
  @Test(arguments: ["ಕ್ಷ", "શ્રી રામ", "ক্ষ", "ක්‍ෂ", "ស្រី", "க்ஷ", "ഷ്‌ട്ര", "မြန်မာ", "한국"])
  func missingGlyphNamesThePathInComplexScripts(_ name: String) throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>{customer.name}</text><text each=\"a in customer.address\">{a}</text>"))
    let fault = try #require(layout.fault(TestRecord(name: "A \(name)").json))
    #expect(fault.code == "missing-glyph" && fault.path == "$.customer.name", "\(fault)")
    let accepting = try TrialLayout(
      TrialLayout.xml("<text each=\"a in customer.address\">{a}</text>"), accepts: ["missing-glyph"])
    let warnings = try accepting.print(TestRecord(address: ["Main St 1", name]).json).facts.warnings.filter { $0.code == "missing-glyph" }
    #expect(!warnings.isEmpty && warnings.allSatisfy { $0.path == "$.customer.address[1]" }, "\(warnings)")
  }

  @Test func paragraphLongerThanAllowedIsRejectedWithItsPlace() throws {
    let layout = try TrialLayout(TrialLayout.xml("<text>" + String(repeating: "word ", count: 30_000) + "</text>"))
    let fault = try #require(layout.fault(TestRecord().json))
    #expect(fault.code == "paragraph-too-long" && fault.message.contains("100000") && fault.message.contains("layout.xml:"), "\(fault)")
    // Of data, too: a list joined into one paragraph.
    let joined = try TrialLayout(
      TrialLayout.xml(
        "<text><t-list/></text>".replacing(
          "<t-list/>", with: "<span each=\"s in sections\"><span each=\"l in s.lines\">{l.description}</span></span>")))
    let lines = (0..<40).map { _ in (String(repeating: "a", count: 3_900), 1) }
    #expect(joined.fault(TestRecord(lines: lines).json)?.code == "paragraph-too-long")
    #expect(joined.fault(TestRecord(lines: Array(lines.prefix(3))).json)?.code != "paragraph-too-long")
  }

  /// A hang guard, not a measure: text of a hundred thousand bytes in a column of one character took minutes when lines looked at all of it.
  @Test(.timeLimit(.minutes(2)), arguments: ["w", "-", "\u{A0}", "ש", "e\u{301}", "a ", "0"])
  func unbrokenTextIsSetInLinearTime(_ unit: String) throws {
    let text = String(repeating: unit, count: 90_000 / unit.utf8.count)
    for body in [
      "<box width=\"6pt\"><text>\(text)</text></box>", "<text nowrap=\"yes\">\(text)</text>",
      "<table><column width=\"auto\"/><column width=\"1fr\"/><row><cell>\(text)</cell><cell>x</cell></row></table>",
    ] {
      let layout = try TrialLayout(TrialLayout.xml(body, paper: "200pt 800pt"))
      _ = layout.outcome(TestRecord().json)
    }
  }

  /// The same for many spans in one paragraph: breaks, values and marks.
  @Test(.timeLimit(.minutes(2))) func manySpansAreSetInLinearTime() throws {
    for part in ["a<br/>", "{customer.name} <b>x</b>", "{account} "] {
      let layout = try TrialLayout(TrialLayout.xml("<text>" + String(repeating: part, count: 4_000) + "</text>"))
      #expect(layout.fault(TestRecord(name: "Ana").json) == nil)
    }
  }

  @Test func missingGlyphInAChargeLineNamesTheLine() throws {
    let layout = try TrialLayout(
      TrialLayout.xml("<each each=\"s in sections\"><text each=\"line in s.lines\">{line.description}</text></each>"))
    let fault = try #require(layout.fault(TestRecord(lines: [("Peak", 1), ("Off-peak", 2), ("電気", 3)]).json))
    #expect(fault.code == "missing-glyph" && fault.path == "$.sections[0].lines[2].description")
  }

  @Test func unbreakableContentHigherThanAPageIsRejected() throws {
    for body in [
      "<box name=\"big\" height=\"300pt\" fill=\"#DDDDDD\"/>",
      "<keep><box height=\"160pt\"/><text>x</text></keep><box name=\"big\" height=\"181pt\"/>",
      "<row><box name=\"big\" height=\"300pt\" width=\"1fr\"/><text width=\"1fr\">x</text></row>",
      "<table><column width=\"1fr\"/><row><cell><box name=\"big\" height=\"300pt\"/></cell></row></table>",
      "<columns count=\"2\"><box name=\"big\" height=\"300pt\"/></columns>",
    ] {
      let layout = try TrialLayout(TrialLayout.xml("<text>above</text>" + body + "<text>below</text>"))
      let fault = try #require(layout.fault(TestRecord().json), "\(body)")
      #expect(fault.code == "content-too-high", "\(body): \(fault.code)")
      #expect(fault.message.contains("'big'") && fault.message.contains("layout.xml:"), "\(fault.message)")
      #expect(fault.message.contains("300 pt wanted") || fault.message.contains("181 pt wanted"), "\(fault.message)")
    }
  }

  @Test func faultOfARepeatedBlockNamesTheRecordPath() throws {
    let layout = try TrialLayout(
      TrialLayout.xml(
        "<each each=\"s in sections\"><box each=\"line in s.lines\" name=\"line\" height=\"10pt\"><text>{line.description}</text></box></each>"
      ))
    let fault = try #require(layout.fault(TestRecord(lines: [("a", 1), ("b", 2)]).json))
    #expect(fault.code == "does-not-fit" && fault.path == "$.sections[0].lines[0]", "\(fault)")
  }

  @Test func wordWiderThanThePageInFractionColumnsIsBroken() throws {
    let word = String(repeating: "Donaudampfschiff", count: 12)
    let layout = try TrialLayout(
      TrialLayout.xml(
        "<table><column width=\"1fr\"/><column width=\"1fr\"/><row><cell>{customer.name}</cell><cell>beside</cell></row></table>"))
    let printed = try layout.print(TestRecord(name: word).json)
    #expect(Set(printed.facts.warnings.map(\.code)) == ["word-broken"])
    let pages = try layout.pages(TestRecord(name: word).json)
    // Broken between letters, nothing lost, nothing outside its column.
    #expect(pages.map(\.words).joined(separator: " ").split(separator: " ").filter { $0 != "beside" }.joined() == word)
    for page in pages {
      for text in PageFacts(page: page).texts where text.run.text != "beside" { #expect(text.at.x.points + text.run.advance.points <= 148) }
    }
  }

  @Test func couponThatNoLongerFitsGetsAPageOfItsOwn() throws {
    func pages(_ lines: Int) throws -> [String] {
      let body =
        "<each each=\"s in sections\"><text each=\"line in s.lines\">{line.description}</text></each><coupon at=\"page-end\"><box height=\"50pt\" fill=\"#DDDDDD\"><text>COUPON</text></box></coupon>"
      let layout = try TrialLayout(TrialLayout.xml(body))
      return try layout.pages(TestRecord(lines: (1...lines).map { ("line\($0)", 100) }).json).map(\.words)
    }
    // 180 points: nine lines of 14 points stand beside a coupon of 50, ten do not.
    #expect(try pages(9).count == 1)
    for lines in 10...12 {
      let words = try pages(lines)
      #expect(words.count == 2)
      #expect(words.joined(separator: " ").split(separator: " ").count { $0.hasPrefix("line") } == lines)
      #expect(!words[0].contains("COUPON") && words[1].contains("COUPON"))
    }
    #expect(try pages(13).count == 2)
  }

  @Test func couponHigherThanThePageIsRejected() throws {
    let layout = try TrialLayout(
      TrialLayout.xml("<text>x</text><coupon name=\"slip\" at=\"page-end\"><box height=\"400pt\"/></coupon>"))
    #expect(try #require(layout.fault(TestRecord().json)).code == "content-too-high")
  }

  @Test func rejectsSayTheSameWhereverTheLayoutLies() throws {
    let xml = TrialLayout.xml("<box name=\"big\" height=\"300pt\"/>")
    let faults = try (0..<2).map { _ in try TrialLayout(xml).fault(TestRecord().json) }
    #expect(faults[0] != nil && faults[0] == faults[1])
    #expect(faults[0]?.message.contains("billfold-trial") == false)
  }
}
