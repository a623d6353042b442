import Billing
import Composition
import Contract
import Diagnostics
import Foundation
import Layout
import Painting
import TestSupport
import Testing

@testable import Billmaking

/// Reminder postcards: who gets one, what it is made of, what its facts are, and what becomes of those that cannot be made.
@Suite struct PostcardTests {
  private static let bill =
    "<messages><notice padding=\"4pt\"><text size=\"15pt\" line-height=\"18pt\"><slot name=\"heading\"/></text><slot name=\"body\"/>"
    + "<slot name=\"action\"/><slot name=\"keep-paper\"/><slot name=\"address\"/><slot name=\"phone\"/><opt-in-qr size=\"60pt\"/></notice>"
    + "</messages><messages><terms/></messages>"

  private static let card = """
    <postcard paper="432pt 306pt" bleed="9pt" style="body" xmlns="urn:billfold:layout:1">
      <style name="body" font="Inter, Noto Sans, Noto Sans Arabic" size="11pt" line-height="14pt"/>
      <page name="next" margin="20pt">
        <zone name="read" kind="clear" from="usps read-area" on="reject"/>
        <place x="180pt" y="130pt" width="230pt" height="110pt" zone="read">
          <barcode kind="imb" if="customer.postal.imb_routing" service-type="300" mailer-id="314159" routing="{customer.postal.imb_routing}"/>
          <text>{customer.name}</text><text each="line in customer.address">{line}</text>
        </place>
      </page>
      <page name="first" margin="0">
        <place x="20pt" y="200pt" width="200pt"><text><slot name="phone"/>, {campaign.opt-in.show}</text></place>
      </page>
      <body>
        <box fill="#084F3B" padding="20pt" height="120pt"><text size="24pt" line-height="28pt" color="white"><slot name="heading"/></text></box>
        <box padding="10pt 20pt 0"><row><column width="1fr"><slot name="body"/><slot name="keep-paper"/><text><slot name="address"/></text></column>
          <opt-in-qr size="72pt"/></row></box>
        <page-break/><text>{language} {format} {campaign.phase}</text>
      </body>
    </postcard>
    """

  private static let channel = """
    channels:
      postcard:
        audience:
          - {rule: poor, when: "totals.due lt 10", card: none}
          - {rule: asked, when: "customer-state eq 'undecided'"}

    """

  private static func layout(
    _ card: String? = card, channel: String = channel, pieces: [PieceKind] = [.bill, .postcard], purpose: JobOptions.Purpose = .print
  ) throws -> TrialLayout {
    let campaign = try NamedNotices(thanks: "{prominence: none, announce: {en-US: {body: Thank you.}}}", keys: channel)
    let text = try campaign.folder.text("campaign/campaign.yaml").replacing(
      "hours: {en-US: \"Mon–Fri 8–6\"}}",
      with: "hours: {en-US: \"Mon–Fri 8–6\"}, open: {url: \"https://my.example/paperless\", show: \"my.example/paperless\"}}")
    try campaign.folder.write("campaign/campaign.yaml", text)
    let shared = try TemporaryFolder(card.map { ["postcard.xml": $0] } ?? [:])
    return try TrialLayout(
      TrialLayout.xml(bill, paper: "400pt 500pt"), shared: shared.url, campaign: campaign.file, tokenKey: campaign.tokenKey, pieces: pieces,
      purpose: purpose)
  }

  private static let record = { () -> TestRecord in
    var record = TestRecord()
    record.imb = "97204368118"
    return record
  }()

  private static func input(_ record: String, isFirst: Bool = true, rank: Int = 0) -> RecordInput {
    var input = RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.utf8))
    (input.isFirst, input.cardRank) = (isFirst, rank)
    return input
  }

  private static func made(_ layout: TrialLayout, _ input: RecordInput) throws -> (pieces: [Piece], faults: [PieceFault]) {
    switch layout.maker.render(input) {
    case .pieces(let pieces, let faults, _): return (pieces, faults)
    case .reject(let fault, _): throw TestFailure("\(fault.code): \(fault.fullMessage)")
    }
  }

  /// The card of a record, judged, and painted by itself with a rank.
  private static func card(_ layout: TrialLayout, _ record: String, rank: Int = 7) throws -> Piece {
    let (pieces, faults) = try made(layout, input(record))
    if let fault = faults.first { throw TestFailure(fault.fault.fullMessage) }
    var order = input("")
    order.card = try #require(pieces.last { $0.facts.kind == .postcard }).facts
    order.card?.card?.rank = rank
    return try #require(try made(layout, order).pieces.first)
  }

  @Test func rulesDecideAndOnlyTheFirstRecordOfAnAccountBringsOne() throws {
    let layout = try Self.layout()
    func kinds(_ record: TestRecord, isFirst: Bool = true) throws -> [PieceKind] {
      try Self.made(layout, Self.input(record.json, isFirst: isFirst)).pieces.map(\.facts.kind)
    }
    var poor = Self.record
    poor.lines = [("Energy", 999)]
    #expect(try kinds(Self.record) == [.bill, .postcard])
    #expect(try kinds(Self.record, isFirst: false) == [.bill])
    #expect(try kinds(poor) == [.bill])
    let unasked = try Self.layout(pieces: [.bill])
    #expect(try Self.made(unasked, Self.input(Self.record.json)).pieces.map(\.facts.kind) == [.bill])
  }

  @Test func cardIsPaintedOfItsFactsAlone() throws {
    let layout = try Self.layout()
    let (pieces, _) = try Self.made(layout, Self.input(Self.record.json))
    let draft = try #require(pieces.last)
    #expect(draft.bytes.isEmpty && draft.facts.content.isEmpty && draft.facts.card?.rank == 0)
    let card = try Self.card(layout, Self.record.json)
    // The same at once, where the rank is known: so it is made again to be compared.
    let atOnce = try #require(try Self.made(layout, Self.input(Self.record.json, rank: 7)).pieces.last)
    #expect(card.bytes == atOnce.bytes && card.facts == atOnce.facts && !card.bytes.isEmpty)
    // Another bill of the same customer makes the same card.
    var other = Self.record
    (other.lines, other.account) = ([("Water", 123_456)], "77")
    #expect(try Self.card(layout, other.json).bytes == card.bytes)
    #expect(try Self.card(layout, Self.record.json, rank: 8).bytes != card.bytes)
    let text = try Tool.text(of: card.bytes, []).folded
    for shown in [
      "Ana Petrović", "18 Larkspur Ave Apt 4", "March 1, 2027", "my.example/paperless", "+1 800 555 0142", "Prefer paper? Do nothing.",
    ] {
      #expect(text.contains(shown), "\(shown)")
    }
    for own in ["4400", "48.70", "2026-11-1", "my.example/p ", "Peak"] { #expect(!text.contains(own), "\(own)") }
  }

  @Test func factsOfACard() throws {
    let layout = try Self.layout()
    let (bill, card) = (try Self.made(layout, Self.input(Self.record.json)).pieces[0].facts, try Self.card(layout, Self.record.json).facts)
    #expect(
      (card.account, card.invoice, card.rule, card.state, card.phase) == (bill.account, bill.invoice, "asked", "undecided", "announce"))
    #expect((card.channel, card.pages, card.sheets, card.language, card.format) == (.print, 2, 1, "en-US", .standard))
    #expect(card.card?.width == 432 && card.card?.height == 306 && card.card?.post == "usps" && card.terms == nil)
    #expect((card.notice?.name, card.notice?.page, card.notice?.area, card.notice?.textSize) == ("postcard", 1, 1, 11))
    #expect((card.notice?.contrast ?? 0) > 7 && (card.notice?.headingRatio ?? 0) > 2)
    // Tracking code of 20 digits, the serial number being the rank; then the routing code.
    #expect(card.mailing?.imb == "00300314159000000007" + "97204368118")
    #expect(card.mailing?.name == "Ana Petrović" && bill.mailing?.address == card.mailing?.address)
  }

  @Test(.needs("pdftoppm", "zbarimg")) func codeLeadsToTheOpenAddress() throws {
    #expect(try Tool.qrCodes(on: 1, of: Self.card(try Self.layout(), Self.record.json).bytes, dpi: 200) == ["https://my.example/paperless"])
  }

  @Test(arguments: [
    (Self.card.replacing("<page-break/>", with: ""), "postcard-sides", "the postcard takes 1 page; expected 2, one for each side"),
    (
      Self.card.replacing("<page-break/>", with: "<page-break/><text>one</text><page-break/>"), "postcard-sides",
      "the postcard takes more than 2 pages; expected 2, one for each side"
    ),
    (Self.card.replacing(" zone=\"read\"", with: ""), "zone-text", "'read'"),
  ]) func cardThatCannotBeMadeLeavesItsBill(layout: String, code: String, message: String) throws {
    let (pieces, faults) = try Self.made(try Self.layout(layout), Self.input(Self.record.json))
    #expect(pieces.map(\.facts.kind) == [.bill])
    #expect(faults.map(\.kind) == [.postcard] && faults.first?.fault.code.rawValue == code, "\(faults)")
    #expect(faults.first?.fault.fullMessage.contains(message) == true, "\(faults)")
  }

  @Test func characterThatNoFontHasIsTheCardsOwnFault() throws {
    var record = Self.record
    record.name = "Ana \u{12000}"
    let layout = try Self.layout()
    let (pieces, faults) = try Self.made(layout, Self.input(record.json))
    // The bill of this layout shows no name.
    #expect(pieces.map(\.facts.kind) == [.bill] && faults.map(\.fault.path) == ["$.customer.name"], "\(faults)")
  }

  @Test func whatIsMissingIsTold() throws {
    func findings(_ make: @autoclosure () throws -> TrialLayout) -> [String] {
      do { return try make().job.warnings.map(\.id) } catch let error as DiagnosticList { return error.diagnostics.map(\.id) } catch {
        return ["\(error)"]
      }
    }
    #expect(findings(try Self.layout(nil)) == ["postcard-missing"])
    #expect(findings(try Self.layout(nil, purpose: .check)).contains("postcard-missing"))
    #expect(findings(try Self.layout(channel: "")) == ["channel-missing"])
    #expect(!findings(try Self.layout(channel: "", purpose: .check)).contains("channel-missing"))
    #expect(!findings(try Self.layout(nil, pieces: [.bill])).contains("postcard-missing"))
  }

  @Test func bothSidesAreTraced() throws {
    let layout = try Self.layout()
    let cards = try #require(layout.maker.cards)
    let job = try #require(layout.job.postcard)
    let (pieces, _) = try Self.made(layout, Self.input(Self.record.json))
    let card = try cards.layOut(try #require(pieces.last).facts)
    let canvas = TraceCanvas(fonts: job.press.fonts, images: job.stock.images)
    try card.pagination.forEachPage { _, page in try Painter.paint(card.marked(page), on: canvas) }
    let place = Project.url("Tests/BillmakingTests/Traces/postcard.trace")
    if Project.isRecording { try Data(canvas.text.utf8).write(to: place) }
    #expect(canvas.text == String(decoding: try Data(contentsOf: place), as: UTF8.self))
  }
}
