internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Painting
internal import Sampling

/// Shows bills in a preview worker through the very steps of ``BillMaker``.
///
/// The bill shown last is kept laid out, so that its other pages and other zooms need painting only.
final class BillPreviewer: PreviewRenderer {
  /// A page's picture has at most so many pixels, 24 million: beyond, it is asked for as SVG.
  ///
  /// - Stops: a zoom or a paper that asks for a picture of gigabytes.
  static let pixelLimit = 24_000_000.0

  private let job: LayoutJob
  private let maker: BillMaker
  private let reader: BillReader
  private var kept: KeptBill?

  /// A bill laid out and judged.
  private struct KeptBill {
    var record: [UInt8]
    var facts: [UInt8]
    var scenario: PreviewScenario
    /// `nil` where it could not be laid out.
    var laidOut: LaidOutBill?
    /// All there is to say of it, without pictures.
    var reply: PreviewReply
  }

  init(_ job: LayoutJob) {
    self.job = job
    maker = BillMaker(job)
    reader = BillReader(job.options)
  }

  var layout: PreviewLayout {
    let campaign = job.campaign?.campaign
    let phases = Phase.allCases.compactMap { phase in
      campaign.map { PreviewLayout.PhaseDay(name: phase.rawValue, day: $0.phases[phase].iso) }
    }
    var folders = job.folders
    if let fonts = try? FontFolder.find(job.options) { folders += fonts }
    if let rules = job.options.rules { folders.append(rules) }
    var layout = PreviewLayout(
      languages: job.template.languages, formats: job.template.formats, phases: phases,
      hasSpecimenCodes: campaign?.optIn.needsToken == true && job.campaign?.key == nil, folders: folders,
      warnings: job.warnings.map { PreviewFinding($0) })
    layout.rules = campaign?.audience.map(\.name) ?? []
    layout.notices = (campaign?.notices ?? []).compactMap { notice in
      job.template.notices[notice.name].map { PreviewLayout.Notice(name: notice.name, variants: $0) }
    }
    (layout.campaign, layout.company) = (campaign?.id, campaign?.company)
    return layout
  }

  func render(_ request: PreviewRequest) -> PreviewReply {
    if case .extremes = request.output { return extremes(like: request.record) }
    // Painting a file departs from what is kept.
    if case .pdf = request.output { return layOut(request, paints: true).reply }
    let bill = bill(request)
    var reply = bill.reply
    guard let laidOut = bill.laidOut else { return reply }
    do throws(RecordFault) {
      reply.parts = try paint(laidOut, request.output)
    } catch {
      reply.isPiece = false
      reply.findings.append(PreviewFinding(error.diagnostic(file: request.file, record: request.number)))
    }
    return reply
  }

  // MARK: Laying out

  private func bill(_ request: PreviewRequest) -> KeptBill {
    if let kept, kept.record == request.record, kept.facts == request.facts, kept.scenario == request.scenario { return kept }
    // The old one goes first: two long bills need not fit.
    kept = nil
    let made = layOut(request, paints: false)
    kept = made
    return made
  }

  /// - Parameter paints: Whether the reply's part is the PDF.
  private func layOut(_ request: PreviewRequest, paints: Bool) -> KeptBill {
    let occasion = occasion(request.scenario)
    var bill = KeptBill(record: request.record, facts: request.facts, scenario: request.scenario, laidOut: nil, reply: blank)
    var warnings = request.warnings
    do throws(RecordFault) {
      let read = try reader.read(request.record)
      warnings += read.warnings
      let facts = try AccountFacts(bytes: request.facts)
      var composed = try maker.compose(self.bill(read.bill, in: request.scenario), occasion, &warnings, facts: facts)
      var isChosen = false
      if let variant = request.scenario.variant { isChosen = try maker.show(variant, in: &composed) }
      var laidOut = try maker.layOut(composed)
      // The pages come first: a designer wants to see what is too wide.
      bill.laidOut = laidOut
      bill.reply.pageCount = laidOut.pagination.count
      laidOut =
        isChosen
        ? try maker.fitted(composed, judged: laidOut, &warnings) : try maker.settled(composed, smallest: laidOut, &warnings)
      bill.laidOut = laidOut
      bill.reply.pageCount = laidOut.pagination.count
      let piece = try maker.finish(laidOut, &warnings, paints: paints)
      if let leaflet = try maker.enclosure(of: laidOut, piece.facts)?.facts {
        bill.reply.enclosures = [leaflet.kind.file(language: leaflet.language, format: leaflet.format)]
        warnings += leaflet.warnings.filter { !warnings.contains($0) }
      }
      (bill.reply.isPiece, bill.reply.facts) = (true, piece.facts)
      if paints { bill.reply.parts = [PreviewReply.Part(piece.bytes)] }
    } catch {
      bill.reply.findings.append(PreviewFinding(error.diagnostic(file: request.file, record: request.number)))
    }
    bill.reply.findings += warnings.map { PreviewFinding($0.diagnostic(file: request.file, record: request.number)) }
    return bill
  }

  /// What of a scenario decides beside the record; names that campaign or layout no longer have choose nothing.
  private func occasion(_ scenario: PreviewScenario) -> Occasion {
    var occasion = Occasion(
      asOf: scenario.asOf ?? job.options.asOf, language: scenario.language ?? job.options.language, state: scenario.state)
    guard let campaign = job.campaign?.campaign else { return occasion }
    occasion.rule = scenario.rule.flatMap { name in campaign.audience.contains { $0.name == name } ? name : nil }
    if scenario.notice == PreviewScenario.noNotice {
      occasion.notice = NoticeChoice.none
    } else if let name = scenario.notice, campaign.notice(name) != nil, job.template.notices[name] != nil {
      occasion.notice = .named(name)
    }
    return occasion
  }

  private var blank: PreviewReply {
    var reply = PreviewReply()
    reply.width = job.template.paper.size.width.points
    reply.height = job.template.paper.size.height.points
    return reply
  }

  private func bill(_ bill: Bill, in scenario: PreviewScenario) -> Bill {
    var bill = bill
    if let delivery = scenario.delivery { bill.delivery = delivery }
    if let format = scenario.format { bill.format = format }
    switch scenario.consent {
    case .given where bill.consent == nil: bill.consent = Bill.Consent(date: bill.issued, source: "web")
    case PreviewScenario.Consent.none?: bill.consent = nil
    default: break
    }
    return bill
  }

  // MARK: Painting

  /// Thrown to end a walk over pages early.
  private struct Enough: Error {}

  private func paint(_ laidOut: LaidOutBill, _ output: PreviewRequest.Output) throws(RecordFault) -> [PreviewReply.Part] {
    switch output {
    case .bill(let pages, let scale): return try parts(laidOut, pages) { try self.pixels($0, $1, scale: scale) }
    case .picture(let page, let scale): return try parts(laidOut, page...page) { try self.pixels($0, $1, scale: scale) }
    case .vector(let page):
      return try parts(laidOut, page...page) { number, page in
        let canvas = SVGCanvas(press: self.job.press)
        try Painter.paint(page, on: canvas, number: number)
        return try canvas.svgBytes()
      }
    case .sourceMap(let page):
      return try parts(laidOut, page...page) { number, page in
        var map = SourceMapWriter(self.job.template)
        map.add(page, number: number, zones: laidOut.pagination.zones(page: number))
        return map.finished()
      }
    case .pdf, .findings, .extremes: return []
    }
  }

  private func pixels(_ number: Int, _ page: Frame, scale: Double) throws -> [UInt8] {
    let fitting = (BillPreviewer.pixelLimit / max(1, page.size.width.points * page.size.height.points)).squareRoot()
    let canvas = PNGCanvas(dpi: 72 * min(scale, fitting), press: job.press)
    try Painter.paint(page, on: canvas, number: number)
    return try canvas.pngBytes(isQuick: true)
  }

  private func parts(
    _ laidOut: LaidOutBill, _ wanted: ClosedRange<Int>, _ make: (Int, Frame) throws -> [UInt8]
  ) throws(RecordFault) -> [PreviewReply.Part] {
    var parts: [PreviewReply.Part] = []
    do {
      try laidOut.pagination.forEachPage { number, page in
        guard number <= wanted.upperBound else { throw Enough() }
        if wanted.contains(number) { parts.append(PreviewReply.Part(try make(number, laidOut.marked(page)))) }
      }
    } catch is Enough {
    } catch {
      throw RecordFault(painting: error)
    }
    return parts
  }

  // MARK: Extremes

  private func extremes(like record: [UInt8]) -> PreviewReply {
    var reply = blank
    let template = job.template
    let bills = ExtremeBills(
      languages: template.languages, formats: template.formats, fields: template.fields.map(\.sampleField),
      base: record.isEmpty ? nil : record)
    reply.extremes = bills.records().map { PreviewReply.Extreme(kind: $0.kind.rawValue, detail: $0.detail, record: $0.json) }
    return reply
  }
}
