import Billing
import Composition
import Contract
import Diagnostics
import Foundation
import Languages
import Layout
import Painting
import TestSupport
import Testing

@testable import Billmaking

/// Terms on a leaflet of their own: which bills bring one, what it is, and what becomes of bills whose leaflet cannot be made.
@Suite struct LeafletTests {
  private static let slots =
    "<text size=\"15pt\" line-height=\"18pt\"><slot name=\"heading\"/></text><slot name=\"body\"/><slot name=\"action\"/><slot name=\"keep-paper\"/>"
    + "<slot name=\"address\"/><slot name=\"phone\"/><opt-in-qr size=\"60pt\"/>"
  private static let body =
    "<text>{customer.name}</text><messages><notice padding=\"4pt\">\(slots)</notice>"
    + "<notice name=\"thanks\"><text><slot name=\"body\"/></text></notice></messages>"
    + "<text>{campaign.terms.place | default('nothing')}</text><messages><terms/></messages>"

  private static let leaflet = """
    <leaflet paper="240pt 320pt" style="body" formats="standard large-print" xmlns="urn:billfold:layout:1">
      <style name="body" font="Inter, Noto Sans" size="9pt" line-height="12pt"/>
      <variant format="large-print"><style name="body" size="18pt" line-height="23pt"/></variant>
      <page name="next" margin="20pt"><footer><text tabs="end">{format}<tab/>{page} / {pages}</text></footer></page>
      <body gap="6pt">
        <text heading="1">{language}, {campaign.terms.version}, {campaign.terms.effective | date('long')}, page {terms-page}</text>
        <terms columns="2" gap="10pt" bar="2pt black start" changed="(changed)"/>
      </body>
    </leaflet>
    """

  private static func audience(_ terms: String = "leaflet") -> String {
    """
    company: Larkspur
    jurisdictions: [US]
    audience:
      - {rule: agreed, when: "customer-state eq 'agreed'", notice: thanks, terms: leaflet}
      - {rule: small, when: "totals.due lt 10", notice: none, terms: none}
      - {rule: undecided, notice: standard, terms: \(terms)}

    """
  }

  private static func layout(
    _ leaflet: String? = leaflet, keys: String = audience(), accepts: [String] = [], purpose: JobOptions.Purpose = .print,
    bill: String = "formats=\"standard large-print\""
  ) throws -> TrialLayout {
    let campaign = try NamedNotices(thanks: "{prominence: none, announce: {en-US: {body: Thank you.}}}", keys: keys)
    defer { withExtendedLifetime(campaign) {} }
    let shared = try TemporaryFolder(leaflet.map { ["terms.xml": $0] } ?? [:])
    return try TrialLayout(
      TrialLayout.xml(body, paper: "400pt 500pt", bill: bill), shared: shared.url, campaign: campaign.file, tokenKey: campaign.tokenKey,
      accepts: accepts, purpose: purpose)
  }

  private static func record(
    kind: String = "bill", delivery: String = "paper", consent: String = "null", cents: Int = 5_000, format: String = "standard",
    jurisdiction: String = "US"
  ) -> String {
    TestRecord(lines: [("Energy", cents)]).json
      .replacing("\"kind\":\"bill\"", with: "\"kind\":\"\(kind)\"").replacing("\"format\":\"standard\"", with: "\"format\":\"\(format)\"")
      .replacing("\"due\":\"2026-12-14\"", with: "\"due\":null")
      .replacing("\"delivery\":\"paper\"", with: "\"jurisdiction\":\"\(jurisdiction)\",\"delivery\":\"\(delivery)\",\"consent\":\(consent)")
  }

  private static let consent = "{\"date\":\"2026-11-05\",\"source\":\"web\"}"

  private static func pieces(_ layout: TrialLayout, _ record: String) throws -> [Piece] {
    switch layout.outcome(record) {
    case .pieces(let pieces, _, _): return pieces
    case .reject(let fault, _): throw TestFailure("\(fault.code): \(fault.fullMessage)")
    }
  }

  @Test func rulesDecideWhoGetsOneAndPaperWhere() throws {
    let layout = try Self.layout()
    func kinds(_ record: String) throws -> String {
      try Self.pieces(layout, record).map { "\($0.facts.kind) \($0.facts.channel) \($0.facts.terms == nil ? "-" : "terms")" }
        .joined(separator: ", ")
    }
    #expect(try kinds(Self.record()) == "bill print -, terms print terms")
    #expect(try kinds(Self.record(cents: 999)) == "bill print -")
    // Nothing is enclosed with what travels electronically: there the terms stand in the bill.
    #expect(try kinds(Self.record(delivery: "electronic", consent: Self.consent)) == "bill electronic terms")
    #expect(try kinds(Self.record(delivery: "both", consent: Self.consent)) == "bill print -, terms print terms")
    // Paper by law, and paper for want of consent: what counts is how it travels.
    #expect(
      try kinds(Self.record(kind: "termination", delivery: "electronic", consent: Self.consent)) == "bill print -, terms print terms")
    let accepting = try Self.layout(accepts: ["no-consent"])
    #expect(try Self.pieces(accepting, Self.record(delivery: "electronic")).map(\.facts.kind) == [.bill, .terms])
  }

  @Test func oneIsTheSameForAllCustomersOfALanguageAndFormat() throws {
    let layout = try Self.layout()
    let first = try Self.pieces(layout, Self.record())
    let other = try Self.pieces(try Self.layout(), Self.record(kind: "credit", cents: 123_456).replacing("Ana Petrović", with: "Bo Li"))
    let (a, b) = (try #require(first.last), try #require(other.last))
    #expect(a.bytes == b.bytes && !a.bytes.isEmpty && a.facts.content == b.facts.content)
    // Made once: the second bill is handed the very same bytes.
    let again = try #require(try Self.pieces(layout, Self.record(cents: 7_000)).last)
    #expect(again.bytes.withUnsafeBytes { $0.baseAddress } == a.bytes.withUnsafeBytes { $0.baseAddress })
    let large = try #require(try Self.pieces(layout, Self.record(format: "large-print")).last)
    #expect(large.facts.format == .largePrint && large.facts.pages > a.facts.pages)
    let text = try Tool.text(of: a.bytes, []).folded
    #expect(text.contains("en-US, 2027-03, March 1, 2027, page 1") && text.contains("standard"))
    for own in ["Ana", "Petrović", "4400", "50.00"] { #expect(!text.contains(own), "\(own)") }
    #expect(try Tool.text(of: large.bytes, []).folded.contains("large-print"))
    #expect(!(try Tool.text(of: first[0].bytes, []).folded.contains("These terms replace")))
    #expect(try Tool.text(of: first[0].bytes, []).folded.contains("leaflet"))
  }

  @Test(.needs("pdfinfo")) func factsAreTheBillsButForWhatTheLeafletIs() throws {
    let pieces = try Self.pieces(try Self.layout(), Self.record())
    let (bill, leaflet) = (pieces[0].facts, pieces[1].facts)
    #expect(
      (leaflet.account, leaflet.invoice, leaflet.due, leaflet.rule, leaflet.state, leaflet.phase)
        == (bill.account, bill.invoice, bill.due, "undecided", "undecided", "announce"))
    #expect(leaflet.notice == nil && bill.notice?.name == "standard" && bill.terms == nil)
    #expect(leaflet.terms?.version == "2027-03" && leaflet.terms?.firstPage == 1 && leaflet.firstPage == 1)
    #expect(leaflet.mailing == bill.mailing && leaflet.campaign == bill.campaign && leaflet.fit.isEmpty)
    #expect(leaflet.kind.file(language: leaflet.language, format: leaflet.format) == "terms/en-US.pdf")
    // No bill's date is in it.
    let info = try Tool.run(["pdfinfo", "-isodates", "{}"], on: pieces[1].bytes).output
    #expect(info.contains("2027-03-01T00:00:00Z"))
  }

  @Test func formatThatTheLeafletLacksIsEnclosedAsStandard() throws {
    let layout = try Self.layout(
      Self.leaflet.replacing(" formats=\"standard large-print\"", with: "").replacing(/<variant.*variant>/, with: ""))
    let piece = try #require(try Self.pieces(layout, Self.record(format: "large-print")).last)
    #expect(piece.facts.format == .standard && piece.facts.warningCodes == ["format-not-offered"])
  }

  @Test(arguments: [
    (" page-limit=\"1\"", "size=\"18pt\" line-height=\"30pt\"", "the leaflet has more pages than the 1 allowed [too-many-pages]"),
    ("", "size=\"60pt\" line-height=\"70pt\"", "[content-too-high]"),
  ]) func billThatPromisesOneThatCannotBeMadeIsRejected(root: String, size: String, message: String) throws {
    let faulty = Self.leaflet.replacing("<leaflet ", with: "<leaflet\(root) ").replacing("size=\"9pt\" line-height=\"12pt\"", with: size)
    let layout = try Self.layout(faulty)
    let fault = try #require(layout.fault(Self.record()))
    #expect(fault.code == .leafletFailed && fault.fullMessage.contains("in 'en-US', which the bill promises, cannot be made: "))
    #expect(fault.fullMessage.contains(message), "\(fault.fullMessage)")
    #expect(layout.fault(Self.record()) == fault)
    #expect(layout.fault(Self.record(cents: 999)) == nil)
  }

  @Test func checkAndPreviewPaintNone() throws {
    for purpose in [JobOptions.Purpose.check, .preview] {
      let pieces = try Self.pieces(try Self.layout(purpose: purpose), Self.record())
      #expect(pieces.map(\.facts.kind) == [.bill, .terms] && pieces.allSatisfy { $0.bytes.isEmpty })
    }
  }

  @Test func previewSaysWhatIsEnclosed() throws {
    func reply(_ leaflet: String, _ record: String) throws -> PreviewReply {
      let layout = try Self.layout(leaflet, purpose: .preview)
      return BillPreviewer(layout.job).render(PreviewRequest(record: Array(record.utf8), file: "bills.jsonl", number: 1, output: .findings))
    }
    let shown = try reply(Self.leaflet, Self.record())
    #expect(shown.isPiece && shown.enclosures == ["terms/en-US.pdf"] && shown.facts?.kind == .bill)
    #expect(try reply(Self.leaflet, Self.record(format: "large-print")).enclosures == ["terms/en-US-large-print.pdf"])
    #expect(try reply(Self.leaflet, Self.record(cents: 999)).enclosures.isEmpty)
    let faulty = try reply(
      Self.leaflet.replacing("<leaflet ", with: "<leaflet page-limit=\"1\" ").replacing(
        "size=\"9pt\" line-height=\"12pt\"", with: "size=\"18pt\" line-height=\"30pt\""), Self.record())
    #expect(!faulty.isPiece && faulty.findings.contains { $0.id == "leaflet-failed" } && faulty.pageCount > 0)
  }

  /// `check` says at once that a leaflet cannot be made, without a bill that asks for it; where no rule does, nothing is asked.
  @Test func checkMakesTheLeafletsThatRulesAskFor() throws {
    let faulty = Self.leaflet.replacing("<leaflet ", with: "<leaflet page-limit=\"1\" ").replacing(
      "size=\"9pt\" line-height=\"12pt\"", with: "size=\"18pt\" line-height=\"30pt\"")
    func found(_ leaflet: String, _ keys: String, _ purpose: JobOptions.Purpose = .check) throws -> [String] {
      let layout = try Self.layout(leaflet, keys: keys, purpose: purpose)
      return layout.job.leafletFaults.map(\.id)
    }
    #expect(try found(Self.leaflet, Self.audience()).isEmpty)
    #expect(try found(faulty, Self.audience()) == ["leaflet-failed", "leaflet-failed"])
    #expect(try found(faulty, Self.audience("bill").replacing("terms: leaflet", with: "terms: bill")).isEmpty)
  }

  @Test func layoutWithoutOneCannotBeAskedForIt() throws {
    let error = #expect(throws: DiagnosticList.self) { try Self.layout(nil) }
    #expect(error?.diagnostics.map(\.id) == ["leaflet-missing", "leaflet-missing"])
  }

  @Test func digestOfTheLayoutCoversIt() throws {
    let (plain, changed) = (try Self.layout(), try Self.layout(Self.leaflet.replacing("gap=\"6pt\"", with: "gap=\"7pt\"")))
    #expect(plain.job.layoutDigest != changed.job.layoutDigest)
    #expect(
      plain.job.layoutDigest
        != (try Self.layout(nil, keys: Self.audience("bill").replacing("terms: leaflet", with: "terms: bill")).job.layoutDigest))
  }

  /// What terms must say stands on the leaflet's pages, over its columns, or the bill that brings it is rejected.
  @Test func disclosuresAreProvenOnTheLeaflet() throws {
    func keys(_ text: String) -> String {
      Self.audience() + "disclosures:\n  - {id: late-fee, where: terms, text: {en-US: \"\(text)\"}}\n"
    }
    #expect(try Self.layout(keys: keys("We tell you when a bill is ready. These terms")).fault(Self.record()) == nil)
    let fault = try #require(try Self.layout(keys: keys("We tell you nothing at all")).fault(Self.record()))
    #expect(
      fault.code == "disclosure-missing" && fault.fullMessage.contains("the leaflet with the terms does not say the point 'late-fee'"))
    // Before anything is asked of a bill, nothing is.
    #expect(try Self.layout(keys: keys("We tell you nothing at all")).fault(Self.record(cents: 999)) == nil)
  }

  /// The drawing steps of the leaflet; `RECORD=1` writes them anew.
  @Test func drawsWhatIsExpected() throws {
    let layout = try Self.layout()
    let leaflets = try #require(layout.maker.leaflets)
    let leaflet = try leaflets.leaflet(in: try #require(LanguageTag("en-US")), format: .standard)
    let job = try #require(layout.job.leaflet)
    let canvas = TraceCanvas(fonts: job.press.fonts, images: job.stock.images)
    try leaflet.pagination.forEachPage { _, page in try Painter.paint(page, on: canvas) }
    let place = Project.url("Tests/BillmakingTests/Traces/leaflet.trace")
    if Project.isRecording { try Data(canvas.text.utf8).write(to: place) }
    #expect(canvas.text == String(decoding: try Data(contentsOf: place), as: UTF8.self))
  }
}
