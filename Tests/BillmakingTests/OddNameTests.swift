import Contract
import Diagnostics
import Foundation
import Geometry
import Layout
import TestSupport
import Testing

@testable import Billmaking

/// A customer's name is a name, whatever is in it: nothing else on the page becomes another for it.
@Suite struct OddNameTests {
  /// The name stands in lines of its own and among words of the layout and of the campaign.
  private static func layout() throws -> TrialLayout {
    let campaign = try NamedNotices(thanks: "{announce: {en-US: {body: Thanks}}}")
    defer { withExtendedLifetime(campaign) {} }
    let text = try campaign.folder.text("campaign/campaign.yaml")
    let named = text.replacing("body: \"Your bill", with: "body: \"**Dear {customer.name},** your bill")
    #expect(named != text)
    try campaign.folder.write("campaign/campaign.yaml", named)
    let slots = ["heading", "body", "action", "keep-paper", "address", "phone"].map { "<slot name=\"\($0)\"/>" }.joined()
    let body = """
      <text>{customer.name}</text><text><t key="dear" name="{customer.name}"/></text>\
      <messages><notice padding="4pt">\(slots)<opt-in-qr size="60pt" describe="code"/></notice><notice name="thanks"><slot name="body"/></notice></messages>\
      <text>{customer.name | upper} · {totals.due | money}</text>\
      <each each="s in sections"><text each="l in s.lines">{l.description}: {l.amount | money}</text></each><messages><terms/></messages>
      """
    return try TrialLayout(
      TrialLayout.xml(body, paper: "500pt 600pt"), strings: ["en-US": "dear: \"Dear {name}, this is your bill.\"\n"],
      campaign: campaign.file,
      tokenKey: campaign.tokenKey)
  }

  /// A text that is drawn.
  private struct Drawn: Hashable {
    /// Page and height of its line.
    var line: [Int]
    var x: Int
    var text: String
  }

  private static func drawn(_ name: String, by layout: TrialLayout) throws -> (texts: [Drawn], warnings: [String]) {
    var record = TestRecord()
    record.name = name
    let facts = try layout.print(record.json).facts
    let texts = try layout.pages(record.json).enumerated().flatMap { number, page in
      PageFacts(page: page).texts.map {
        Drawn(line: [number, Int(($0.at.y.points * 100).rounded())], x: Int(($0.at.x.points * 100).rounded()), text: $0.run.text)
      }
    }
    return (texts, facts.warnings.map(\.code.rawValue))
  }

  /// The characters of texts in any order, without white space and what only parts directions.
  private static func characters(_ texts: some Sequence<String>) -> [Unicode.Scalar] {
    texts.joined().unicodeScalars.filter { !$0.properties.isWhitespace && !$0.properties.isBidiControl }.sorted()
  }

  private static let plain = "Plain Jane"

  /// A name, and what of it is to be seen, where that is not all.
  private static let names: [(String, String?)] = [
    ("<b>Bo</b> <slot name='heading'/> &amp; &#65; Li", nil), ("**Bo** _Li_ [a](https://b.example) `c`", nil), ("# 1. Bo\\ - > Li", nil),
    ("{totals.due | money} {{x}} }{ {", nil), ("{name} {customer.name | upper} %s $0", nil), ("]]> <!-- --> <?x?> \"Bo\"", nil),
    ("\u{202E}Bo Li\u{202C} 12", "Bo Li 12"), ("Bo \u{2067}Li\u{2069}\u{202E}", "Bo Li"), ("\u{2069}\u{2069}Bo\u{202B} Li", "Bo Li"),
    ("דב בן־אבי", nil), ("محمد 12 (Bo)", nil), ("Bo דב", nil), ("\u{200F}Bo!", nil),
  ]

  @Test func nameChangesNothingButTheName() throws {
    let layout = try Self.layout()
    let (before, none) = try Self.drawn(Self.plain, by: layout)
    let named = Dictionary(grouping: before, by: \.line).filter { $0.value.map(\.text).joined().uppercased().contains("JANE") }
    #expect(none.isEmpty && named.count == 4)
    for (name, shown) in Self.names {
      let (after, warnings) = try Self.drawn(name, by: layout)
      #expect(warnings == (shown == nil ? [] : ["control-characters-removed"]), "\(name)")
      // All that stands elsewhere stays where it is.
      #expect(after.filter { named[$0.line] == nil } == before.filter { named[$0.line] == nil }, "\(name)")
      // Where the name stands, the words around it stay, too.
      for (line, texts) in named {
        let words = texts.map(\.text).joined()
        let expected = words.replacing(Self.plain, with: shown ?? name).replacing(
          Self.plain.uppercased(), with: (shown ?? name).uppercased())
        #expect(Self.characters(after.filter { $0.line == line }.map(\.text)) == Self.characters([expected]), "\(name)")
      }
    }
  }

  /// A name that nobody can have costs its own bill, and no other anything: the bills before and after it are made by the same maker.
  @Test func nameOfTenThousandMarksIsRejectedAlone() throws {
    func record(_ name: String, _ account: String) -> String {
      var record = TestRecord()
      (record.name, record.account) = (name, account)
      return record.json
    }
    let layout = try Self.layout()
    let neighbours = [record("Ana Petrović", "1"), record("Bo Li", "2")]
    let before = try neighbours.map { try layout.print($0) }
    for (marks, code) in [(10_000, "too-long"), (990, "too-many-marks"), (33, "too-many-marks")] {
      let name = "Zoe\(String(repeating: "\u{301}", count: marks))"
      let fault = try #require(layout.fault(record(name, "3")))
      #expect(fault.code.rawValue == code && fault.path == "$.customer.name")
      for (neighbour, made) in zip(neighbours, before) {
        let printed = try layout.print(neighbour)
        #expect(printed.pdf == made.pdf && printed.facts == made.facts)
      }
    }
    // As many as a letter may bear are drawn.
    #expect(layout.fault(record("Zoe\(String(repeating: "\u{301}", count: 32))", "3")) == nil)
  }
}
