import Composition
import Contract
import Diagnostics
import Foundation
import Geometry
import Layout
import LayoutLanguage
import TestSupport
import Testing

@testable import Billmaking

/// A bill is set smaller where that saves its last page, and else is what it was.
@Suite struct FitSheetTests {
  /// So many lines of 14 pt on a body of 180 pt, `gap` apart; `last` is the last block.
  private static func blocks(_ count: Int, last: String = "") -> String {
    (1...count).map { "<text>Line \($0)</text>" }.joined() + last
  }

  private static func layout(_ body: String, gap: String, bill: String) throws -> TrialLayout {
    let xml = TrialLayout.xml(body, bill: bill)
    return try TrialLayout(xml.replacing("<body>", with: "<body gap=\"\(gap)\">"))
  }

  private let record = TestRecord().json

  struct Case: Sendable, CustomTestStringConvertible {
    var what: String
    var body: String
    var gap = "4pt"
    var bill: String
    var fit: String
    var pages: Int
    var testDescription: String { what }
  }

  private static let tall = "<text>a<br/>b<br/>c<br/>d</text>"
  private static let cases: [Case] = [
    Case(what: "the first step that helps", body: blocks(11), bill: "fit-sheet=\"space-90 space-60 space-50\"", fit: "space-60", pages: 1),
    Case(what: "none helps", body: blocks(11), bill: "fit-sheet=\"space-90 space-80\"", fit: "", pages: 2),
    Case(what: "one page is enough", body: blocks(10), bill: "fit-sheet=\"space-50\"", fit: "", pages: 1),
    Case(what: "much on the last page", body: blocks(5, last: tall), gap: "20pt", bill: "fit-sheet=\"space-50\"", fit: "", pages: 2),
    Case(
      what: "much on the last page, and asked for", body: blocks(5, last: tall), gap: "20pt",
      bill: "fit-sheet=\"space-50\" fit-below=\"40%\"",
      fit: "space-50", pages: 1),
    Case(what: "never asked for", body: blocks(11), bill: "fit-sheet=\"space-50\" fit-below=\"0%\"", fit: "", pages: 2),
    Case(
      what: "20 pages", body: String(repeating: "<text>x</text><page-break/>", count: 18) + blocks(11), bill: "fit-sheet=\"space-50\"",
      fit: "space-50", pages: 19),
    Case(
      what: "21 pages", body: String(repeating: "<text>x</text><page-break/>", count: 19) + blocks(11), bill: "fit-sheet=\"space-50\"",
      fit: "",
      pages: 21),
    Case(
      what: "steps add up",
      body: blocks(10, last: "<alternatives when=\"fit-sheet\"><text>a<br/>b</text><text>a</text></alternatives>"),
      bill: "fit-sheet=\"space-60 alternatives\"", fit: "alternatives", pages: 1),
    Case(
      what: "the smaller form alone",
      body: blocks(10, last: "<alternatives when=\"fit-sheet\"><text>a<br/>b</text><column height=\"0pt\"/></alternatives>"),
      bill: "fit-sheet=\"alternatives\"", fit: "alternatives", pages: 1),
    Case(
      what: "a coupon's space stays", body: blocks(6, last: "<coupon gap=\"40pt\"><text>a</text><text>b</text></coupon>"), gap: "14pt",
      bill: "fit-sheet=\"space-99\"", fit: "", pages: 2),
    Case(
      what: "inserts are no use of a page",
      body: blocks(11, last: "<messages><insert><box height=\"120pt\"/></insert></messages>"), bill: "fit-sheet=\"space-50\"",
      fit: "space-50",
      pages: 1),
    Case(
      what: "a table's own space stays",
      body: "<table row-gap=\"4pt\"><column width=\"1fr\"/>" + (1...11).map { "<row><cell>\($0)</cell></row>" }.joined() + "</table>",
      bill: "fit-sheet=\"space-50\"", fit: "", pages: 2),
    Case(
      what: "on the grid, to the nearest step", body: blocks(5), gap: "28pt", bill: "baseline=\"7pt\" fit-sheet=\"space-90 space-80\"",
      fit: "space-80", pages: 1),
    Case(
      what: "on the grid, a space under a step stays", body: blocks(11), gap: "6pt", bill: "baseline=\"7pt\" fit-sheet=\"space-50\"",
      fit: "",
      pages: 2),
  ]

  @Test(arguments: cases) func takesTheFirstStepThatSavesThePage(_ example: Case) throws {
    let fitted = try Self.layout(example.body, gap: example.gap, bill: example.bill)
    let facts = try fitted.print(record).facts
    #expect(facts.fit == example.fit && facts.pages == example.pages, "\(facts.fit), \(facts.pages) pages")
    #expect(facts.warnings.isEmpty)
    guard example.fit.isEmpty else { return }
    let words = example.bill.split(separator: " ").filter { $0.hasPrefix("baseline") }.joined()
    let plain = try Self.layout(example.body, gap: example.gap, bill: words).print(record)
    let untouched = try fitted.print(record)
    #expect(untouched.pdf == plain.pdf && untouched.facts.content == plain.facts.content && plain.facts.pages == example.pages)
  }

  @Test func spaceOnTheGridIsWholeSteps() throws {
    let body = "<column gap=\"23pt\">\(Self.blocks(5))</column><text>x</text>"
    for (percent, baselines) in [(99, 21.0), (80, 21), (70, 14), (50, 14)] {
      let layout = try Self.layout(body, gap: "40pt", bill: "baseline=\"7pt\" fit-sheet=\"space-\(percent)\" fit-below=\"100%\"")
      var warnings: [RecordWarning] = []
      let composed = try layout.maker.compose(layout.maker.read(Array(record.utf8)), layout.maker.occasion, &warnings)
      var smaller = composed
      let sheet = try #require(layout.job.template.plain.fitSheet)
      smaller.composer = composed.composer.fitting(sheet.measures(ofFirst: 1))
      var environment = composed.environment.restarted()
      smaller.document = try smaller.composer.document(&environment)
      var tops: [Double] = []
      try layout.maker.layOut(smaller).pagination.forEachPage { number, page in
        if number == 1 { tops = PageFacts(page: page).texts.map(\.at.y.points) }
      }
      let steps = zip(tops.dropFirst(), tops).map { $0 - $1 }
      #expect(steps.prefix(4).allSatisfy { abs($0 - 14 - baselines) < 0.01 }, "\(percent) %: \(steps)")
    }
  }

  /// Which bills a worker has made before, what it has kept of them and how many workers there are makes no difference.
  @Test func billsAreTheSameWhateverCameBefore() throws {
    let body = """
      <column gap="4pt"><text>Fixed 1</text><text>Fixed 2</text><box padding="2pt" fill="#eeeeee"><text>Fixed 3</text><text>Fixed 4</text></box></column>\
      <text each="a in customer.address">{a}</text>
      """
    let bill = "fit-sheet=\"space-90 space-50\""
    func record(_ lines: Int) -> String { TestRecord(address: (1...lines).map { "Line \($0)" }).json }
    let lines = [3, 5, 6, 7, 8]
    let fresh = try lines.map { try Self.layout(body, gap: "6pt", bill: bill).print(record($0)) }
    #expect(Set(fresh.map(\.facts.fit)).count > 1, "\(fresh.map { "\($0.facts.fit) \($0.facts.pages)" })")
    for order in [lines, lines.reversed(), lines + lines] {
      let layout = try Self.layout(body, gap: "6pt", bill: bill)
      for count in order {
        let printed = try layout.print(record(count))
        let alone = fresh[try #require(lines.firstIndex(of: count))]
        #expect(printed.pdf == alone.pdf && printed.facts.fit == alone.facts.fit, "\(count) lines in \(order)")
      }
    }
  }

  /// `check` paints nothing and lays out the same way.
  @Test func checkLaysOutTheSameWay() throws {
    let xml = TrialLayout.xml(Self.blocks(11), bill: "fit-sheet=\"space-50\"").replacing("<body>", with: "<body gap=\"4pt\">")
    let facts = try TrialLayout(xml, purpose: .check).print(record).facts
    #expect(facts.fit == "space-50" && facts.pages == 1)
  }

  // MARK: With a campaign

  /// A notice, a space of `height` and the terms on small pages.
  private static func campaign(
    _ bill: String, height: Double, inNotice: String = "", heading: String = "", prominence: String? = nil, terms: String = ""
  ) throws -> TrialLayout {
    let xml = TrialLayout.xml(
      """
      <messages><notice fill="#E7F1ED" padding="4pt">\(inNotice)<row gap="10pt"><column width="1fr"><slot name="heading" weight="bold"/>\
      <slot name="body"/><slot name="action"/><slot name="keep-paper"/></column><column width="130pt"><opt-in-qr size="60pt" describe="code"/>\
      <slot name="address"/><slot name="phone"/></column></row></notice></messages>
      <box height="\(height)pt"/><messages><terms \(terms)/></messages>
      """, paper: "400pt 400pt", declarations: heading, bill: bill)
    let shared = Project.url("Tests/BillmakingTests/Traces/shared/campaign")
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let campaign = folder.url.appendingPathComponent("campaign")
    try FileManager.default.copyItem(at: shared, to: campaign)
    let file = campaign.appendingPathComponent("campaign.yaml")
    if let prominence {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let changed = text.replacing("prominence: {page: 1, area: 0.01, heading: 1, contrast: 4.5}", with: "prominence: {\(prominence)}")
      #expect(changed != text)
      try Data(changed.utf8).write(to: file)
    }
    return try TrialLayout(xml, campaign: file.path, tokenKey: campaign.appendingPathComponent("token.key").path)
  }

  /// The height of the box at which the terms' last lines begin page 2.
  private static func height(terms: String = "", inNotice: String = "", heading: String = "", _ record: String) throws -> Double {
    for height in stride(from: 20.0, to: 380, by: 5) {
      let facts = try campaign("", height: height, inNotice: inNotice, heading: heading, terms: terms).print(record).facts
      if facts.pages == 2 { return height }
    }
    throw TestFailure("no height gives two pages")
  }

  @Test func termsAreSetSmallerByTheirStep() throws {
    let height = try Self.height(record)
    // Terms that are smaller already stay as they are.
    #expect(try Self.campaign("fit-sheet=\"terms-12pt\"", height: height).print(record).facts.fit == "")
    let facts = try Self.campaign("fit-sheet=\"terms-9.5pt terms-8pt\"", height: height).print(record).facts
    #expect(facts.fit.hasPrefix("terms-") && facts.pages == 1 && facts.terms?.firstPage == 1)
  }

  /// Whatever the terms' headings are, nothing in them falls under 8 pt.
  @Test func nothingInTheTermsIsSetUnderEightPoints() throws {
    let terms = "heading-style=\"small\""
    let style = "<style name=\"small\" size=\"8.5pt\" weight=\"bold\"/>"
    let height = try Self.height(terms: terms, heading: style, record)
    let layout = try Self.campaign("fit-sheet=\"terms-8pt\" fit-below=\"100%\"", height: height, heading: style, terms: terms)
    var warnings: [RecordWarning] = []
    let composed = try layout.maker.compose(layout.maker.read(Array(record.utf8)), layout.maker.occasion, &warnings)
    var sizes: Set<Double> = []
    let plain = try layout.maker.layOut(composed)
    let fitted = try layout.maker.fitted(composed, judged: plain, &warnings)
    try fitted.pagination.forEachPage { _, page in
      for text in PageFacts(page: page).texts where text.within.contains(.terms) {
        sizes.insert((text.run.size.points * 1000).rounded() / 1000)
      }
    }
    #expect(fitted.fit == "terms-8pt" && sizes == [8], "\(fitted.fit) \(sizes)")
  }

  /// A step that would take from the notice what the campaign asks for is passed over, and the next one is looked at.
  @Test func noticeIsNeverLessProminentThanTheCampaignAsks() throws {
    let forms = "<alternatives when=\"fit-sheet\"><space height=\"40pt\"/><space height=\"1pt\"/></alternatives>"
    let height = try Self.height(inNotice: forms, record)
    let steps = "fit-sheet=\"alternatives space-90\""
    let free = try Self.campaign(steps, height: height, inNotice: forms).print(record).facts
    #expect(free.fit == "alternatives" && free.pages == 1)
    let plain = try Self.campaign("", height: height, inNotice: forms).print(record)
    let (least, most) = (try #require(free.notice).area, try #require(plain.facts.notice).area)
    #expect(least < most)
    let limit = "page: 1, area: \(((least + most) / 2 * 1000).rounded() / 1000), heading: 1, contrast: 4.5"
    let held = try Self.campaign(steps, height: height, inNotice: forms, prominence: limit).print(record)
    #expect(held.facts.fit == "" && held.facts.pages == 2 && held.facts.notice?.area == most)
    #expect(held.pdf == plain.pdf)
  }

  /// The space within the notice and round it is its own.
  @Test func noticeKeepsItsSpace() throws {
    let layout = try Self.campaign("fit-sheet=\"space-50\"", height: 20)
    var warnings: [RecordWarning] = []
    let composed = try layout.maker.compose(layout.maker.read(Array(record.utf8)), layout.maker.occasion, &warnings)
    let sheet = try #require(layout.job.template.plain.fitSheet)
    func notice(_ count: Int) throws -> Rect? {
      var smaller = composed
      smaller.composer = composed.composer.fitting(sheet.measures(ofFirst: count))
      var environment = composed.environment.restarted()
      smaller.document = try smaller.composer.document(&environment)
      var found: Rect?
      try layout.maker.layOut(smaller).pagination.forEachPage { number, page in
        if number == 1 { found = PageFacts(page: page).areas(of: .notice).first?.rect }
      }
      return found
    }
    let plain = try #require(try notice(0))
    #expect(try notice(1) == plain)
  }
}
