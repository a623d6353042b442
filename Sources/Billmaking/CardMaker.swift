internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Crypto
internal import Dates
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import Languages
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Painting
internal import Typography

/// Makes the postcards of a campaign: lays each out and judges it beside its record's bill, and paints it once its rank among all cards is known.
/// One per worker.
///
/// A card is open mail: all that is known here of a record is what ``CardFacts`` holds, so that nothing else can show.
final class CardMaker {
  /// Sides of a card, each a page.
  private static let sides = 2

  /// The layout of the postcards, with its campaign.
  private let job: LayoutJob
  private let binding: CampaignBinding

  /// - Returns: `nil` where the layout has no postcard, or the campaign sends none.
  init?(_ job: LayoutJob) {
    guard let card = job.postcard, let binding = job.campaign, binding.campaign.postcard != nil else { return nil }
    (self.job, self.binding) = (card, binding)
  }

  /// What is known of a card before it is laid out.
  ///
  /// - Parameters:
  ///   - rank: As ``CardFacts/rank``; 0 where it is not known yet.
  ///   - jurisdictions: The places whose law holds for the customer.
  func draft(for bill: Bill, _ decision: ChannelDecision, rank: Int, jurisdictions: [String]?) -> PieceFacts {
    let (customer, postal) = (bill.customer, bill.customer.postal)
    let size = job.template.paper.size
    let index = job.template.formatIndex(for: bill.format.rawValue)
    var facts = PieceFacts(
      kind: .postcard, billKind: bill.kind, channel: .print, account: bill.account, invoice: bill.invoice, content: "",
      pages: Self.sides, charges: bill.totals.charges, due: bill.totals.due, currency: bill.currency, language: decision.language.text,
      format: index == nil ? .standard : bill.format, rule: decision.rule, state: decision.state.rawValue, phase: decision.phase.rawValue)
    (facts.campaign, facts.jurisdictions) = (binding.campaign.id, jurisdictions)
    facts.card = CardFacts(
      rank: rank, width: size.width.points, height: size.height.points, post: job.template.post,
      recipient: CardFacts.Recipient(
        name: customer.name, address: customer.address, city: postal?.city, region: postal?.region, code: postal?.code,
        country: postal?.country, routing: postal?.imbRouting),
      issued: bill.issued)
    if index == nil {
      facts.warnings.append(
        RecordWarning(
          "format-not-offered", "the postcard has no format '\(bill.format.rawValue)'; made as standard", path: "$.format"))
    }
    return facts
  }

  /// Lays a card out and judges it.
  ///
  /// - Parameter draft: What is known of it; what its file is, is made anew.
  /// - Throws: Why it cannot be made: `postcard-sides`, and what rejects a bill.
  /// - Complexity: That of a page or two of a bill.
  func layOut(_ draft: PieceFacts) throws(RecordFault) -> LaidOutCard {
    guard let card = draft.card, let decision = ChannelDecision(draft),
      let language = job.template.languageIndex(for: draft.language)
    else {
      throw RecordFault(.defect, "the postcard was decided with what campaign and layout do not have")
    }
    let (composer, document, watermark) = try compose(draft, card, decision, language)
    let context = job.context(for: composer)
    let pagination = Paginator(document, context: context).paginate()
    if let failure = composer.failure { throw failure.recordFault }
    var facts = draft
    do throws(RecordFault) {
      try job.judge(context, &facts.warnings, subject: "the postcard") { card.recipient.path(of: $0) }
    } catch {
      // Of a card it is its sides that are too many.
      throw error.code.rawValue == "too-many-pages" ? Self.fault(ofSides: "more than \(Self.sides) pages") : error
    }
    guard pagination.count == Self.sides else {
      throw Self.fault(ofSides: pagination.count == 1 ? "1 page" : "\(pagination.count) pages")
    }
    let specimen = job.options.specimen ? job.template.strings[language].words("specimen") : nil
    let mark = PageMark(watermark: watermark, composer: composer, specimen: specimen, job)
    try inspect(pagination, composer, decision, &facts)
    facts.mailing = MailingFacts(
      name: card.recipient.name, address: card.recipient.address, code: card.recipient.code ?? "",
      country: card.recipient.country ?? "", imb: composer.mailCode)
    return LaidOutCard(job: job, facts: facts, composer: composer, pagination: pagination, mark: mark)
  }

  private static func fault(ofSides pages: String) -> RecordFault {
    RecordFault("postcard-sides", "the postcard takes \(pages); expected \(sides), one for each side")
  }

  private func compose(
    _ facts: PieceFacts, _ card: CardFacts, _ decision: ChannelDecision, _ languageIndex: Int
  ) throws(RecordFault) -> (BillComposer, Document, watermark: String?) {
    let template = job.template
    let format = template.formatIndex(for: facts.format.rawValue) ?? 0
    do throws(Diagnostic) {
      let (composer, formats) = try job.composer(
        format: format, language: languageIndex, notice: binding.cardWords(decision), terms: nil, cardRank: card.rank)
      let to = card.recipient
      let environment = Environment(
        bill: PostcardRecord(
          name: to.name, address: to.address,
          postal: PostcardRecord.Postal(city: to.city, region: to.region, code: to.code, country: to.country, routing: to.routing),
          language: facts.language, format: template.formats[format]),
        campaign: binding.cardRecord(decision, currency: facts.currency), formatter: formats, currency: facts.currency,
        strings: template.strings[languageIndex], localCount: template.localCount)
      var used = copy environment
      return (composer, try composer.document(&used), try composer.watermark(environment))
    } catch {
      throw error.recordFault
    }
  }

  /// Holds both sides against their zones, and measures the notice, which a card is.
  private func inspect(
    _ pagination: Pagination, _ composer: BillComposer, _ decision: ChannelDecision, _ facts: inout PieceFacts
  ) throws(RecordFault) {
    var zones = ZoneInspection(job, address: facts.card?.recipient.address ?? [])
    var notice: NoticeFacts?
    let digest = composer.notice?.words.digest ?? ""
    do {
      try pagination.forEachPage { number, page in
        zones.inspect(page, number: number, zones: pagination.zones(page: number))
        guard notice == nil, let side = NoticeProminence(side: page) else { return }
        notice = NoticeFacts(
          name: PostcardChannel.noticeName, phase: decision.phase.rawValue, rule: decision.rule, wordsDigest: digest, page: number,
          area: side.area, contrast: side.contrast, headingRatio: side.headingRatio, textSize: side.textSize.points)
      }
    } catch {
      throw RecordFault(painting: error)
    }
    if let fault = zones.fault { throw fault }
    facts.warnings += zones.warnings
    guard let notice else {
      throw RecordFault("notice-not-prominent", "the heading of the postcard reached neither of its sides")
    }
    facts.notice = notice
  }

  /// Paints a card.
  ///
  /// The file's dates are those of its record's bill.
  func paint(_ card: LaidOutCard) throws(RecordFault) -> Piece {
    guard let issued = card.facts.card?.issued else { throw RecordFault(.defect, "a postcard without its day") }
    var facts = card.facts
    var hash = SHA256()
    let bytes: [UInt8]
    do {
      let metadata = DocumentMetadata(
        title: binding.campaign.company ?? binding.campaign.id, author: "", subject: "", language: facts.language,
        created: (year: issued.year, month: issued.month, day: issued.day))
      let painter = try DocumentPainter(
        pageSize: job.template.paper.size, bleed: job.template.bleed, marks: job.hasMarks, metadata: metadata, press: job.press,
        trace: { hash.update(bufferPointer: $0) })
      try card.pagination.forEachPage { _, page in try painter.addPage(card.marked(page)) }
      bytes = try painter.finish()
    } catch {
      throw RecordFault(painting: error)
    }
    if let failure = card.composer.failure { throw failure.recordFault }
    facts.content = Hexadecimal.text(hash.finalize())
    return Piece(facts: facts, bytes: bytes)
  }
}

extension ChannelDecision {
  /// What a judged card says that was decided.
  fileprivate init?(_ facts: PieceFacts) {
    guard let phase = facts.phase.flatMap(Phase.init(rawValue:)), let language = LanguageTag(facts.language), let rule = facts.rule,
      let state = facts.state.flatMap(CustomerState.init(rawValue:))
    else { return nil }
    self.init(phase: phase, language: language, rule: rule, state: state)
  }
}

extension CardFacts.Recipient {
  /// Where in the record characters stand that a card shows; `nil` where they come from elsewhere.
  fileprivate func path(of cluster: String) -> String? {
    if name.contains(cluster) { return "$.customer.name" }
    return address.firstIndex { $0.contains(cluster) }.map { "$.customer.address[\($0)]" }
  }
}
