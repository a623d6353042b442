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
internal import Sampling

/// Shows bills and what goes with them in a preview worker, through the very steps of ``BillMaker``.
///
/// The bill shown last is kept laid out, so that its other pages and other zooms need painting only; so are its other pieces, each once it has been
/// asked for. Who looks at bills waits for no leaflet and no card.
final class BillPreviewer: PreviewRenderer {
  let job: LayoutJob
  let maker: BillMaker
  private let reader: BillReader
  private var kept: KeptBill?

  /// A bill laid out and judged.
  struct KeptBill {
    var record: [UInt8]
    var facts: [UInt8]
    var scenario: PreviewScenario
    /// Decided and composed; `nil` where that could not be done.
    var composed: ComposedBill?
    /// `nil` where it could not be laid out.
    var laidOut: LaidOutBill?
    /// All there is to say of it, without pictures.
    var reply: PreviewReply
    /// The other pieces of its record that were asked for.
    var others: [PieceKind: KeptPiece] = [:]
  }

  /// A piece laid out and judged, or why there is none.
  struct KeptPiece {
    /// `nil` where there is none.
    var pages: PreviewPages?
    /// All there is to say of it, without pictures.
    var reply: PreviewReply
    /// Makes its file; `nil` where there is none.
    var file: (() throws(RecordFault) -> [UInt8])?
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
      hasSpecimenCodes: campaign?.needsToken(sendsEmails: true) == true && job.campaign?.key == nil, folders: folders,
      warnings: job.warnings.map { PreviewFinding($0) })
    layout.pieces = pieces
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
    if case .pdf = request.output, request.piece == .bill { return layOut(request, paints: true).reply }
    keep(request)
    guard var bill = kept else { return blank }
    guard request.piece != .bill else {
      return reply(bill.reply, of: bill.laidOut.map { PreviewPages($0, job) }, request) { () throws(RecordFault) in [] }
    }
    let piece = bill.others[request.piece] ?? other(request.piece, of: bill, request)
    bill.others[request.piece] = piece
    kept = bill
    return reply(piece.reply, of: piece.pages, request) { () throws(RecordFault) in try piece.file?() ?? [] }
  }

  /// What is said of a piece, with the pictures asked for or its file.
  private func reply(
    _ reply: PreviewReply, of pages: PreviewPages?, _ request: PreviewRequest, file: () throws(RecordFault) -> [UInt8]
  ) -> PreviewReply {
    var reply = reply
    do throws(RecordFault) {
      if case .pdf = request.output {
        if reply.isPiece { reply.parts = [PreviewReply.Part(try file())] }
      } else if let pages {
        reply.parts = try pages.paint(request.output)
      }
    } catch {
      reply.isPiece = false
      reply.findings.append(PreviewFinding(error.diagnostic(file: request.file, record: request.number)))
    }
    return reply
  }

  // MARK: Laying out

  /// Lays the bill of a request out, unless it is the one that is kept.
  private func keep(_ request: PreviewRequest) {
    if let kept, kept.record == request.record, kept.facts == request.facts, kept.scenario == request.scenario { return }
    // The old one goes first: two long bills need not fit.
    kept = nil
    kept = layOut(request, paints: false)
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
      bill.composed = composed
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
  func occasion(_ scenario: PreviewScenario) -> Occasion {
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

  var blank: PreviewReply {
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
