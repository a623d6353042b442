import Billing
import Campaigns
import Commands
import Composition
import Contract
import Diagnostics
import Foundation
import Layout
import Painting
import TestSupport

@testable import Billmaking

/// What the bills of the reference pages are made of.
enum Desk {
  static let layouts = Project.url("Layouts")
  /// The bill of the reference pages: the one their examples of filters are worked out for.
  static let bill = """
    {"v":1,"account":"4400-1182-07","invoice":"2026-11-004711","kind":"bill","issued":"2026-11-23","due":"2026-12-14",\
    "period":{"from":"2026-10-20","to":"2026-11-19"},"currency":"USD","language":"en-US","segment":"residential",\
    "customer":{"name":"Ana Petrović","address":["18 Larkspur Ave Apt 4","Portland OR 97204"]},"delivery":"paper","format":"standard",\
    "balance":{"previous":"121.36","payments":"-82.10","adjustments":"0.00"},"sections":[{"title":"Electricity","lines":[\
    {"date":"2026-11-19","description":"Peak energy","quantity":"214","unit":"kWh","price":"0.1432","amount":"30.64"},\
    {"description":"Basic charge","amount":"12.00"}],"subtotal":"42.64"},\
    {"title":"Services","lines":[{"description":"Paper copy","quantity":"1","amount":"4.20"}],"subtotal":"4.20"}],\
    "taxes":[{"label":"City tax","rate":"3","base":"30.64","amount":"0.92"}],"totals":{"charges":"47.76","due":"87.02"},\
    "usage":[{"label":"Oct","value":"411"},{"label":"Nov","value":"412"}],"extra":{"meter":"E-4471-09"}}
    """

  /// A small campaign in English for layouts with a notice.
  static let campaign = """
    billfold: 1
    id: example
    languages: [en-US]
    mode: optional
    consent: before
    phases: {announce: 2026-11-01, remind: 2027-01-01, final: 2027-02-01, active: 2027-03-01}
    opt-in: {url: "https://my.example/p/{token}", show: my.example/p, phone: "+1 800 555 0142"}
    terms: {version: "2027-03", effective: 2027-03-01, files: {en-US: new.md}, previous: {version: "2024-01", files: {en-US: old.md}}}
    prominence: {page: 1, area: 0.05, heading: 1.1, contrast: 4.5}
    notices:

    """
    + ["announce", "remind", "final", "active"].map { phase in
      """
        \(phase):
          en-US:
            heading: "Bills by e-mail from {campaign.active | date('long')}"
            body: We tell you when each bill is ready.
            action: "**Scan the code** and confirm."
            keep-paper: "Prefer paper? Do nothing."

      """
    }.joined()
  /// The same with a postcard.
  static let campaignWithCard = campaign.replacing(
    "phone: \"+1 800 555 0142\"}",
    with: "phone: \"+1 800 555 0142\", open: {url: \"https://my.example/paperless\", show: my.example/paperless}}\n"
      + "channels: {postcard: {once: cycle}}")

  static let terms = (
    new:
      "# Terms\n\nYou may choose how bills reach you.\n\nPaying late costs six dollars a month.\n\nWe keep your bills for seven years.\n",
    old: "# Terms\n\nYou may choose how bills reach you.\n\nPaying late costs five dollars a month.\n"
  )
}

/// A layout as the program reads it, with the small campaign where it can carry one.
struct Proof {
  let job: LayoutJob
  let maker: BillMaker

  /// Takes a layout's folder.
  init(layout: String, campaign: String? = nil, paints: Bool = false) throws {
    job = try LayoutJob(
      JobOptions(
        layout: layout, campaign: campaign, fonts: [Project.fonts], specimen: paints,
        purpose: paints ? .print : .check))
    maker = BillMaker(job)
  }

  /// The pages of a record; a finding that would reject the bill is thrown.
  func pages(_ record: String) throws -> [Frame] {
    var warnings: [RecordWarning] = []
    let composed = try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings)
    let laidOut = try maker.settled(composed, smallest: try maker.layOut(composed), &warnings)
    var pages: [Frame] = []
    try laidOut.pagination.forEachPage { _, page in pages.append(page) }
    return pages
  }

  /// The pages of the leaflet in the campaign's first language.
  func leafletPages() throws -> [Frame] {
    guard let leaflets = maker.leaflets, let campaign = job.campaign?.campaign else { throw TestFailure("no leaflet") }
    var pages: [Frame] = []
    try leaflets.leaflet(in: campaign.languages[0], format: .standard).pagination.forEachPage { _, page in pages.append(page) }
    return pages
  }

  /// Both sides of the postcard to a record's customer.
  func cardPages(_ record: String) throws -> [Frame] {
    var warnings: [RecordWarning] = []
    let composed = try maker.compose(try maker.read(Array(record.utf8)), maker.occasion, &warnings)
    guard let card = try maker.card(of: composed, maker.occasion, rank: 1) else { throw TestFailure("no postcard") }
    var pages: [Frame] = []
    try card.pagination.forEachPage { _, page in pages.append(page) }
    return pages
  }

  /// What the program makes of a record.
  func outcome(_ record: String) -> Outcome {
    maker.render(RecordInput(file: "bills.jsonl", input: 0, number: 1, offset: 0, identity: nil, bytes: Array(record.utf8)))
  }

  /// A page as a PNG file.
  func picture(of page: Frame, dpi: Double) throws -> [UInt8] {
    let canvas = PNGCanvas(dpi: dpi, press: job.press)
    try Painter.paint(page, on: canvas)
    return try canvas.pngBytes()
  }
}

extension Frame {
  /// The words of the page in painting order, white space folded.
  var words: String {
    PageFacts(page: self).texts.map(\.run.text).joined(separator: " ").split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension Makers {
  /// The program's own.
  static let real = Makers(
    version: "test", prepare: { options throws(DiagnosticList) in try Workshop.prepare(options) },
    makeRenderer: { options throws(WorkerStartFailure) in try Workshop.makeRenderer(options) })
}
