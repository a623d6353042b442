import Billing
import Diagnostics
import Foundation
import Geometry
import Layout
import LayoutLanguage
import TestSupport
import Testing

@testable import Billmaking

/// What a layout asks for is there, or is said to be missing.
@Suite struct PromiseTests {
  /// A layout of one body, set in Inter at 10 pt.
  private static func layout(_ body: String, declarations: String = "", pages: String = "<page name=\"next\" margin=\"10mm\"/>") -> String {
    """
    <bill paper="110mm 90mm" style="text" xmlns="urn:billfold:layout:1">
      <style name="text" font="Inter" size="10pt" line-height="14pt"/>\(declarations)
      \(pages)
      <body>\(body)</body>
    </bill>
    """
  }

  private struct Shown {
    var job: LayoutJob
    var pages: [Frame]
    var warnings: [RecordWarning]
    var facts: PageFacts { PageFacts(page: pages[0]) }
  }

  private static func show(_ files: [String: String], record: String = Desk.bill) throws -> Shown {
    let bench = try TemporaryFolder(["strings/en-US.yaml": "{}\n"].merging(files) { $1 })
    let proof = try Proof(layout: bench.url.path)
    var warnings: [RecordWarning] = []
    let laidOut = try proof.maker.layOut(try proof.maker.compose(try proof.maker.read(Array(record.utf8)), proof.maker.occasion, &warnings))
    try proof.maker.judge(laidOut, &warnings)
    var pages: [Frame] = []
    try laidOut.pagination.forEachPage { _, page in pages.append(page) }
    return Shown(job: proof.job, pages: pages, warnings: warnings)
  }

  private static func show(_ body: String, declarations: String = "") throws -> Shown {
    try show(["layout.xml": layout(body, declarations: declarations)])
  }

  private static func findings(_ files: [String: String]) throws -> [Diagnostic] {
    let bench = try TemporaryFolder(["strings/en-US.yaml": "{}\n"].merging(files) { $1 })
    return LayoutPackage.load(folder: bench.url.path).diagnostics
  }

  private static func findings(_ body: String) throws -> [Diagnostic] { try findings(["layout.xml": layout(body)]) }

  /// Filled rectangles of a page: their colours with left edge, top and size.
  private static func fills(_ page: Frame) -> [(color: Color, rect: Rect)] {
    var found: [(Color, Rect)] = []
    FrameWalker.walk(page) { step in
      if case .item(.shape(let shape), let at) = step, let fill = shape.fill, case .rectangle(let size, _) = shape.outline {
        found.append((fill, Rect(origin: at, size: size)))
      }
    }
    return found
  }

  // MARK: Tables

  @Test func bandsLookReachesItsRows() throws {
    let body = """
      <table><column width="1fr"/><column width="20mm"/>
      <header fill="#336699" padding="2pt"><row><cell>A</cell><cell>B</cell></row><row fill="#FFCC00"><cell>C</cell></row></header>
      <row each="section in sections"><cell>{section.title}</cell></row>
      <footer fill="#99CC33" rule="1pt #FF0000"><row><cell>D</cell></row><row><cell>E</cell></row></footer></table>
      """
    let shown = try Self.show(body)
    let fills = Self.fills(shown.pages[0])
    let blue = fills.filter { $0.color == Color(hex: "#336699") }
    #expect(blue.count == 1 && blue[0].rect.size.height == .pt(18))
    // What a row says itself goes before.
    #expect(fills.filter { $0.color == Color(hex: "#FFCC00") }.count == 1)
    #expect(fills.filter { $0.color == Color(hex: "#99CC33") }.count == 2)
    // The line stands above the footer, not above each of its rows.
    #expect(fills.filter { $0.color == Color(hex: "#FF0000") }.count == 1)
    #expect(shown.pages[0].words.contains("A B C"))
  }

  // MARK: Charts

  @Test func stackedBarsShowTheirSums() throws {
    let fields =
      "<fields><field path=\"extra.months[].parts[]\" type=\"number\"/><field path=\"extra.months[].name\" type=\"text\"/></fields>"
    let chart = { (attributes: String) in
      "<chart kind=\"stacked\" each=\"m in extra.months\" value=\"m.parts\" label=\"m.name\" height=\"40mm\" describe=\"d\" \(attributes)/>"
    }
    let record = Desk.bill.replacing(
      "\"extra\":{\"meter\":\"E-4471-09\"}",
      with: "\"extra\":{\"months\":[{\"name\":\"Oct\",\"parts\":[\"1000.5\",\"234\"]},{\"name\":\"Nov\",\"parts\":[\"7\",\"-2\"]}]}")
    func words(_ attributes: String) throws -> String {
      try Self.show(["layout.xml": Self.layout(chart(attributes), declarations: fields)], record: record).pages[0].words
    }
    let all = try words("values=\"all\"")
    #expect(all.contains("1,234.5") && all.contains("5"))
    #expect(try words("values=\"none\"") == "Oct Nov")
    #expect(try words("values=\"all\" value-label=\"m.name\"").matches(of: /Oct/).count == 2)
  }

  private static func record(usage values: [String]) throws -> String {
    let months = values.enumerated().map { "{\"label\":\"m\($0)\",\"value\":\($1 == "-" ? "null" : "\"\($1)\"")}" }.joined(separator: ",")
    let start = try #require(Desk.bill.firstRange(of: "\"usage\":["))
    let end = try #require(Desk.bill[start.upperBound...].firstRange(of: "]"))
    return Desk.bill.replacingCharacters(in: start.upperBound..<end.lowerBound, with: months)
  }

  @Test(arguments: [
    (["412", "1533", "2"], "", "0 500 1,000 1,500 kWh"), (["37", "-"], "", "0 10 20 30 kWh"), (["0.37"], "", "0.0 0.1 0.2 0.3 kWh"),
    (["412", "-120"], "", "0 200 400 kWh"), (["-412"], "", "−400 −200 0 kWh"), (["0", "-"], "", "0 kWh"),
    (["100"], "gridlines=\"1\"", "0 100 kWh"), (["100"], "gridlines=\"10\"", "0 10 20 30 40 50 60 70 80 90 100 kWh"),
    (["123456789012345"], "", "0 50,000,000,000,000 100,000,000,000,000 kWh"),
  ]) func scaleSaysRoundNumbers(_ values: [String], _ attributes: String, _ expected: String) throws {
    let chart =
      "<chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" scale=\"yes\" unit=\"kWh\" values=\"none\" height=\"40mm\" describe=\"d\" \(attributes)/>"
    let shown = try Self.show(["layout.xml": Self.layout(chart)], record: try Self.record(usage: values))
    let words = shown.pages[0].words.replacing("\u{A0}", with: " ")
    #expect(values == ["0", "-"] ? words.isEmpty : words == expected)
    #expect(shown.warnings.isEmpty)
  }

  @Test func chosenBarsCarryTheirValues() throws {
    let usage = ["31", "32", "99", "34", "35", "36", "-", "38", "39", "3", "41", "42", "43", "44"]
    func words(_ values: String) throws -> String {
      let chart = "<chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" values=\"\(values)\" height=\"40mm\" describe=\"d\"/>"
      return try Self.show(["layout.xml": Self.layout(chart)], record: try Self.record(usage: usage)).pages[0].words
    }
    #expect(try words("last") == "44")
    #expect(try words("year-before peak last") == "32 99 44")
    #expect(try words("first lowest") == "31 3")
    #expect(try words("none") == "")
    #expect(try words("highlight") == "")
  }

  @Test func chartsTellTheirFiguresInWords() throws {
    let chart = """
      <chart kind="bars" each="u, i in usage" value="u.value" mark="i eq 2" height="40mm" describe="Use of {usage | count} months."
        describe-item="{u.label}: {u.value} kWh." describe-marked="{u.label}: {u.value} kWh, estimated." describe-gap="{u.label}: not read."/>
      """
    let page = try Self.show(["layout.xml": Self.layout(chart)], record: try Self.record(usage: ["7", "8", "-"])).pages[0]
    var told: [String] = []
    FrameWalker.walk(page) { step in
      if case .enter(let frame, _) = step, let words = frame.tag?.description { told.append(words) }
    }
    #expect(told == ["Use of 3 months. m0: 7 kWh. m1: 8 kWh, estimated. m2: not read."])
  }

  @Test func tooManyMarksAreRefusedAndNotCutOff() throws {
    let chart = "<chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" height=\"40mm\" describe=\"d\"/>"
    let record = try Self.record(usage: Array(repeating: "1", count: ChartNode.markLimit + 1))
    #expect(throws: (any Error).self) { try Self.show(["layout.xml": Self.layout(chart)], record: record) }
  }

  @Test(arguments: [
    ("kind=\"stacked\" beside=\"u.value\"", "conflicting-attributes"), ("kind=\"bars\" unit=\"kWh\"", "missing-attribute"),
    ("kind=\"bars\" beside-label=\"u.label\"", "missing-attribute"), ("kind=\"bars\" mark-sign=\"E\"", "missing-attribute"),
    ("kind=\"bars\" describe-item=\"{u.label}\"", "missing-attribute"), ("kind=\"bars\" values=\"none peak\"", "conflicting-attributes"),
    ("kind=\"bars\" values=\"last pek\"", "wrong-keyword"), ("kind=\"bars\" values=\" \"", "wrong-keyword"),
    ("kind=\"bars\" values=\"last, peak\"", "wrong-keyword"), ("kind=\"bars\" beside=\"u.label\"", "wrong-type"),
  ]) func chartAttributesThatSayNothingAreRefused(_ attributes: String, _ finding: String) throws {
    let found = try Self.findings("<chart each=\"u in usage\" value=\"u.value\" describe=\"d\" \(attributes)/>")
    #expect(found.map(\.id) == [finding])
  }

  @Test func labelsWithoutRoomAreSaidToBeLeftOut() throws {
    let months = (1...12).map { "{\"label\":\"Month \($0) of the year\",\"value\":\"\($0)\"}" }.joined(separator: ",")
    let start = try #require(Desk.bill.firstRange(of: "\"usage\":["))
    let end = try #require(Desk.bill[start.upperBound...].firstRange(of: "]"))
    let crowded = Desk.bill.replacingCharacters(in: start.upperBound..<end.lowerBound, with: months)
    let chart = "<chart kind=\"bars\" each=\"u in usage\" value=\"u.value\" label=\"u.label\" height=\"40mm\" describe=\"d\"/>"
    let files = ["layout.xml": Self.layout(chart)]
    let shown = try Self.show(files, record: crowded)
    let warning = try #require(shown.warnings.first { $0.code.rawValue == "chart-labels-dropped" })
    #expect(warning.message.contains("<chart> (layout.xml:4:") && warning.message.contains("pt available"), "\(warning.message)")
    #expect(shown.pages[0].words.contains("Month 12") && !shown.pages[0].words.contains("Month 11"))
    #expect(try Self.show(files).warnings.isEmpty)
  }

  // MARK: Type

  @Test func weightsAndFeaturesThatNoFaceHasAreNamed() throws {
    let light = try Self.show(
      "<text weight=\"300\">{account}</text><text><b>{account}</b> <span features=\"smcp -liga\">{invoice}</span></text>",
      declarations:
        "<style name=\"thin\" weight=\"200\"/><style name=\"thinner\" base=\"thin\" size=\"8pt\"/><style name=\"real\" features=\"tnum\"/>")
    let warnings = light.job.warnings
    #expect(warnings.map(\.id) == ["missing-font-weight", "missing-font-weight", "missing-font-feature"], "\(warnings)")
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.range != nil })
    #expect(warnings[0].message.contains("no upright face of weight 200") && warnings[1].message.contains("weight 300"))
    #expect(warnings[2].message.contains("'smcp'"))
    let place = try #require(warnings[1].range)
    #expect(place.file.name.hasSuffix("layout.xml") && place.file.position(of: place.bytes.lowerBound).line == 4)
    #expect(try Self.show("<text weight=\"semibold\"><i>{account}</i></text>").job.warnings.isEmpty)
  }

  /// Asking whether a face has a feature does not make the output depend on its file.
  @Test func lookingAtFontsDoesNotUseThem() throws {
    let plain = try Self.show("<text>{account}</text>").job
    let asking = try Self.show("<text><span features=\"smcp\" weight=\"900\">{account}</span></text>").job
    #expect(asking.warnings.count == 2 && plain.fontsDigest.count == 64)
    #expect(FontCheck.warnings(plain.template, plain.book).isEmpty)
    let before = plain.fontsDigest
    _ = FontCheck.warnings(asking.template, plain.book)
    #expect(plain.fontsDigest == before)
  }

  @Test func wordsBeyondTheirTabStopAreSaid() throws {
    let body = { (words: String) in "<text tabs=\"20mm, end\">\(words)<tab/>{account}<tab/>{totals.due | money}</text>" }
    #expect(try Self.show(body("Due")).warnings.isEmpty)
    let shown = try Self.show(body("A label that is far too long"))
    let warning = try #require(shown.warnings.first)
    #expect(warning.code.rawValue == "tab-passed" && warning.message.contains("56.7 pt available"), "\(warning.message)")
    // Where words and value do not both fit, the words wrap, and the value stands at its stop in the line below.
    let narrow = "<row><text width=\"30mm\" tabs=\"end\">A rather long label<tab/>{totals.due | money}</text></row>"
    #expect(try Self.show(narrow).warnings.isEmpty)
    // A tab of a line within the words may have been meant for any stop.
    let wrapped = "<text tabs=\"10mm, 60mm\">Due<tab/>words that go on and on over the end of the first line and then <tab/>x</text>"
    #expect(try Self.show(wrapped).warnings.isEmpty)
  }

  // MARK: Messages

  @Test(arguments: [
    ("<text align=\"right\">x</text>", "wrong-keyword", "did you mean 'end'?"),
    ("<text align=\"left\">x</text>", "wrong-keyword", "did you mean 'start'?"),
    ("<row><text valign=\"center\">x</text></row>", "wrong-keyword", "did you mean 'middle'?"),
    ("<text align=\"Center\">x</text>", "wrong-keyword", "write 'center'"),
    ("<text weight=\"light\">x</text>", "wrong-keyword", "write 300"),
    ("<text slant=\"oblique\">x</text>", "wrong-keyword", "did you mean 'italic'?"),
    ("<text tabs=\"20mm right\">x</text>", "wrong-keyword", "did you mean 'end'?"),
    ("<chart kind=\"bar\" each=\"u in usage\" value=\"u.value\" describe=\"d\"/>", "wrong-keyword", "did you mean 'bars'?"),
    ("<text text-transform=\"uppercase\">x</text>", "unknown-attribute", "write the value with a filter: {… | upper}, lower or title"),
    ("<text font-size=\"9pt\">x</text>", "unknown-attribute", "did you mean 'size'?"),
    ("<text sise=\"9pt\">x</text>", "unknown-attribute", "did you mean 'size'?"),
    ("<box display=\"none\"/>", "unknown-attribute", "leave an element out with if=\"…\""),
    (
      "<table><column/><row><cell rowspan=\"2\">x</cell></row></table>", "unknown-attribute",
      "a cell takes columns only ('span'); put blocks one below the other into a cell"
    ),
    ("<table><column/><row><cell colspan=\"2\">x</cell></row></table>", "unknown-attribute", "did you mean 'span'?"),
    ("<text>{account | uppercase}</text>", "unknown-filter", "did you mean 'upper'?"),
    ("<text>{totals.due | currency}</text>", "unknown-filter", "did you mean 'money'?"),
    ("<h2>x</h2>", "unknown-element", "write <text heading=\"2\">"), ("<div/>", "unknown-element", "did you mean 'box'?"),
    ("<ul/>", "unknown-element", "write a 'text' for each point, with 'hang'"),
  ])
  func namesOfOtherLanguagesAreUnderstood(_ body: String, _ id: String, _ suggestion: String) throws {
    let found = try Self.findings(body)
    #expect(found.first { $0.id == id }?.suggestion == suggestion, "\(found.map { ($0.id, $0.suggestion) })")
  }

  /// An argument that is there, but may be missing, is not said to be missing.
  @Test func argumentThatMayBeAbsentIsToldOnce() throws {
    let files = { (use: String) in
      ["layout.xml": Self.layout("<text>\(use)</text>"), "strings/en-US.yaml": "k: \"To {mail}\"\n"]
    }
    #expect(try Self.findings(files("<t key=\"k\" mail=\"{customer.email}\"/>")).map(\.id) == ["optional-value"])
    #expect(try Self.findings(files("<t key=\"k\"/>")).map(\.id) == ["string-argument"])
    let conditional = try Self.findings(files("<t key=\"k\" mail=\"x\" if=\"due\"/>"))
    #expect(conditional.map(\.suggestion) == ["put an <if test=\"…\"> round it"])
  }

  // MARK: Includes

  @Test func partialStandsOnConditionAndInALoop() throws {
    let partial = "<partial xmlns=\"urn:billfold:layout:1\"><param name=\"words\" type=\"text\"/><text>{words}</text></partial>"
    let body = """
      <include src="p.xml" if="customer.email" words="{customer.email}"/>
      <include src="p.xml" each="section in sections" words="{section.title}"/>
      <include src="p.xml" each="section in sections" if="section.title eq 'Services'" words="only {section.title}"/>
      """
    let shown = try Self.show(["layout.xml": Self.layout(body), "p.xml": partial])
    #expect(shown.pages[0].words == "Electricity Services only Services")
    let mailed = Desk.bill.replacing("\"address\":[\"18", with: "\"email\":\"a@b.example\",\"address\":[\"18")
    #expect(try Self.show(["layout.xml": Self.layout(body), "p.xml": partial], record: mailed).pages[0].words.hasPrefix("a@b.example"))
    // Without the condition the address may be missing.
    let bare = Self.layout("<include src=\"p.xml\" words=\"{customer.email}\"/>")
    #expect(try Self.findings(["layout.xml": bare, "p.xml": partial]).map(\.id).contains("optional-value"))
    let taken = partial.replacing("name=\"words\"", with: "name=\"each\"")
    #expect(try Self.findings(["layout.xml": Self.layout("<include src=\"p.xml\"/>"), "p.xml": taken]).map(\.id).contains("wrong-name"))
  }

  @Test func pageTakesThePlacesOfAPartial() throws {
    let pages = "<page name=\"next\" margin=\"10mm\"><include src=\"mark.xml\" words=\"{account}\" if=\"due\"/></page>"
    let place = """
      <partial xmlns="urn:billfold:layout:1"><param name="words" type="text"/>\
      <place x="60mm" y="70mm" width="40mm"><text>No. {words}</text></place></partial>
      """
    let files = ["layout.xml": Self.layout("<text>{invoice}</text>", pages: pages), "mark.xml": place]
    let shown = try Self.show(files)
    #expect(shown.pages[0].words.contains("No. 4400-1182-07"))
    let mark = try #require(shown.facts.texts.first { $0.run.text.contains("No.") })
    #expect(abs(mark.at.x.points - Length.mm(60).points) < 1)
    #expect(
      try !Self.show(files, record: Desk.bill.replacing("\"due\":\"2026-12-14\"", with: "\"due\":null")).pages[0].words.contains("No."))
    // What belongs to the page itself would be lost in a partial.
    let footer = "<partial xmlns=\"urn:billfold:layout:1\"><footer><text>x</text></footer></partial>"
    let lost = try Self.findings([
      "layout.xml": Self.layout("<text>x</text>", pages: pages.replacing(" words=\"{account}\"", with: "")), "mark.xml": footer,
    ])
    #expect(lost.map(\.id).contains("misplaced-element"))
    let block = place.replacing("<place x=\"60mm\" y=\"70mm\" width=\"40mm\">", with: "").replacing("</place>", with: "")
    #expect(try Self.findings(["layout.xml": files["layout.xml"] ?? "", "mark.xml": block]).map(\.id) == ["misplaced-element"])
  }
}
