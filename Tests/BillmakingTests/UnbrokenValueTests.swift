import Billing
import Contract
import Diagnostics
import Foundation
import Layout
import Painting
import TestSupport
import Testing

@testable import Billmaking

/// From a record's value to its line on the page: what is never broken, what is said where there is no room, and that one long detail does not
/// cost a bill of the stock layouts.
@Suite struct UnbrokenValueTests {
  private func runs(_ layout: TrialLayout, _ record: TestRecord) throws -> [String] {
    try layout.pages(record.json).flatMap { PageFacts(page: $0).texts.map(\.run.text) }
  }

  @Test func amountTakesRoomFromTheDescription() throws {
    let layout = try TrialLayout(
      TrialLayout.xml(
        """
        <table><column width="1fr"/><column width="30pt" align="decimal"/><group each="s in sections"><row each="l in s.lines">\
        <cell>{l.description}</cell><cell>{l.amount | money(symbol: 'none')}</cell></row></group></table>
        """))
    let record = TestRecord(lines: [("Energy and more", 123_456_789_012), ("Rest", 100)])
    #expect(try runs(layout, record).contains("1,234,567,890.12"))
    // That the amount stands far from its words is another matter.
    #expect(try layout.print(record.json).facts.warnings.allSatisfy { $0.code == "figure-far" })
  }

  @Test func amountShrinksThenRejectsTheBill() throws {
    let record = TestRecord(lines: [("Energy", 123_456_789_012)])
    let narrow = try TrialLayout(TrialLayout.xml("<box width=\"70pt\"><text>{totals.due | money}</text></box>"))
    #expect(try runs(narrow, record) == ["$1,234,567,890.12"])
    #expect(try narrow.print(record.json).facts.warnings.map(\.code) == ["text-shrunk"])
    let message = try narrow.print(record.json).facts.warnings.first?.message ?? ""
    #expect(message.contains("width") && message.contains("70 pt available"), "\(message)")
    let tooNarrow = try TrialLayout(TrialLayout.xml("<box width=\"40pt\"><text>{totals.due | money}</text></box>"))
    let fault = try #require(tooNarrow.fault(record.json))
    #expect(fault.code == "word-broken", "\(fault)")
    #expect(fault.message.contains("amount") && fault.message.contains("width"), "\(fault.message)")
    let strict = try TrialLayout(TrialLayout.xml("<box width=\"70pt\"><text min-size=\"9pt\">{totals.due | money}</text></box>"))
    #expect(strict.fault(record.json)?.code == "word-broken")
  }

  @Test func ordinaryWordIsBrokenWithAWarning() throws {
    let layout = try TrialLayout(TrialLayout.xml("<box width=\"40pt\"><text>{customer.name}</text></box>"))
    #expect(try layout.print(TestRecord(name: "Donaudampfschiff").json).facts.warnings.map(\.code) == ["word-broken"])
  }

  @Test func identifierWithoutJointsIsAnErrorUnlessTheLayoutAllowsIt() throws {
    let record = TestRecord(account: String(repeating: "A1", count: 20))
    let strict = try TrialLayout(TrialLayout.xml("<box width=\"60pt\"><text>{account}</text></box>"))
    #expect(strict.fault(record.json)?.code == "word-broken")
    let lenient = try TrialLayout(TrialLayout.xml("<box width=\"60pt\"><text nowrap=\"no\">{account}</text></box>"))
    #expect(try lenient.print(record.json).facts.warnings.map(\.code) == ["word-broken"])
    #expect(try runs(lenient, record).joined() == record.account)
    let jointed = TestRecord(account: "4400-1182-07/9921_44.1")
    #expect(try runs(strict, jointed).joined() == jointed.account)
    #expect(try strict.print(jointed.json).facts.warnings.isEmpty)
  }

  @Test func nowrapKeepsWordsAndValuesTogether() throws {
    let layout = try TrialLayout(
      TrialLayout.xml(
        "<box width=\"120pt\"><text>We ask you to pay <span nowrap=\"yes\">by post to {customer.name}</span> soon.</text></box>"))
    let shown = try runs(layout, TestRecord(name: "Ana Bo"))
    #expect(shown.contains { $0.contains("by post to Ana Bo") }, "\(shown)")
    let plain = try TrialLayout(
      TrialLayout.xml("<box width=\"120pt\"><text>We ask you to pay by post to {customer.name} soon.</text></box>"))
    #expect(try !runs(plain, TestRecord(name: "Ana Bo")).contains { $0.contains("by post to Ana Bo") })
  }

  @Test func sizesSayWhichMeasureTheyAre() throws {
    let high = try TrialLayout(TrialLayout.xml("<box height=\"10pt\" name=\"low\"><text>{customer.name}<br/>b</text></box>"))
    #expect(high.fault(TestRecord().json)?.message.contains("height 28 pt wanted, 10 pt available") == true)
  }

  @Test func placeMovesItsContentToTheBody() throws {
    let layout = try TrialLayout(
      """
      <bill paper="300pt 200pt" style="body" xmlns="urn:billfold:layout:1">
        <style name="body" font="Inter" size="10pt" line-height="14pt"/>
        <page name="next" margin="60pt 10pt 10pt">
          <place name="top" x="10pt" y="10pt" width="80pt" height="30pt" fit="shrink" else="body" min-size="8pt">
            <text>{customer.name}</text><text>{account}</text>
          </place>
        </page>
        <body><text>Body</text></body>
      </bill>
      """)
    #expect(try layout.print(TestRecord().json).facts.warnings.isEmpty)
    let long = TestRecord(name: (1...30).map { "name\($0)" }.joined(separator: " "))
    let printed = try layout.print(long.json)
    #expect(printed.facts.warnings.map(\.code) == ["text-cut"])
    let words = try layout.pages(long.json).map(\.words).joined(separator: " ")
    #expect(words.contains("…") && words.contains("name30") && words.contains("Body"), "\(words)")
  }

  // MARK: The stock layouts

  private static func stock(_ name: String) throws -> BillMaker {
    BillMaker(try LayoutJob(JobOptions(layout: Project.root.path + "/Layouts/" + name, fonts: [Project.fonts])))
  }

  private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  private static func long(_ count: Int, every step: Int = 0, _ joint: String = "-") -> String {
    String((0..<count).map { step > 0 && $0 % step == step - 1 ? Character(joint) : Array(letters)[$0 * 7 % 36] })
  }

  /// Identifiers, names and addresses up to the record's bounds.
  static let extremes: [(account: String, invoice: String, name: String, address: [String], email: String)] = {
    let company = (1...60).map { "Gesellschaft\($0)" }.joined(separator: " ")
    let line = String(String(repeating: "Strasse der langen Namen ", count: 9).prefix(200))
    return [
      (long(28), long(30), String(company.prefix(130)), ["Way 1", "Town"], "a@b.example"),
      (
        long(46, every: 12), long(46), String(company.prefix(1_000)), Array(repeating: line, count: 8),
        long(64) + "@" + long(185, every: 9, ".") + ".org"
      ),
      (
        long(200), long(200), String(repeating: "N", count: 1_000), Array(repeating: String(repeating: "S", count: 200), count: 8),
        long(254)
      ),
      (long(200, every: 10, "/"), long(200, every: 9), "W W", ["Way"], "x@y.example"),
    ]
  }()

  @Test(arguments: 0..<4) func longDetailsDoNotCostALarkspurBill(_ index: Int) throws {
    let (account, invoice, name, address, email) = Self.extremes[index]
    let maker = try Self.stock("larkspur")
    for format in ["standard", "large-print"] {
      let record = TestRecord(account: account, name: name, address: address, email: email, lines: [(Self.long(1_000), 100)]).json
        .replacingOccurrences(of: "\"2026-11-1\"", with: "\"\(invoice)\"").replacingOccurrences(of: "\"standard\"", with: "\"\(format)\"")
      let pages = try maker.pages(record).map { $0.words.filter { $0 != " " } }
      let words = pages.joined()
      _ = try maker.print(record)
      // In large print it goes on to a further page, whose running head stands between.
      for value in [account, invoice, name].map({ $0.filter { $0 != " " } }) where format == "standard" {
        #expect(
          words.contains(value) || zip(pages, pages.dropFirst()).contains { Self.isWhole(value, over: $0, and: $1) },
          "\(value) is not there whole")
      }
    }
  }

  /// Whether a value begins on one page and ends on the next.
  private static func isWhole(_ value: String, over first: String, and second: String) -> Bool {
    // The longest beginning on the first page: what holds it holds every shorter one.
    var (some, most) = (0, value.count)
    while some < most {
      let middle = (some + most + 1) / 2
      if first.contains(value.prefix(middle)) { some = middle } else { most = middle - 1 }
    }
    return some > 0 && second.contains(value.dropFirst(some))
  }

  @Test(arguments: [1_234_567, 99_999_999_999, 123_456_789_012_34, 999_999_999_999_999_99])
  func amountsOfAnySizeStandWholeInLarkspursBoxes(_ minor: Int) throws {
    let maker = try Self.stock("larkspur")
    let record = TestRecord(lines: [("Energy", minor)]).json
    let pages = try maker.pages(record)
    _ = try maker.print(record)
    let whole = pages.flatMap { PageFacts(page: $0).texts.map(\.run.text) }.filter { TestRecord.minor($0) == minor }
    // The box, the summary twice, the section, the line, the total.
    #expect(whole.count >= 5, "\(whole)")
  }
}
