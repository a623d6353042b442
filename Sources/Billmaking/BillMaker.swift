internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Crypto
internal import Dates
internal import Diagnostics
internal import Encodings
internal import Geometry
internal import JSON
internal import Jurisdictions
internal import Languages
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Painting
internal import Contract
internal import Typography

/// What decides how a bill is set beside its record: in the preview, each request may have its own.
struct Occasion {
  /// Decides the phase instead of the bill's issue date.
  var asOf: PlainDate?
  /// Instead of the bill's own language; in canonical case.
  var language: String?
  /// Where the customer stands, instead of what record and ledger say.
  var state: CustomerState?
  /// The rule that decides, instead of the first that holds; one that the campaign has.
  var rule: String?
  /// The notice, instead of that of the rule; one that campaign and layout have.
  var notice: NoticeChoice?
}

/// Makes bills of records: reads, decides, composes, lays out, inspects, paints. One per worker.
final class BillMaker: BillRenderer {
  let job: LayoutJob
  let deciding: CampaignDeciding
  /// Makes the leaflets that bills ask for; `nil` where the layout has none, or there is no campaign.
  let leaflets: LeafletMaker?
  private let reader: BillReader
  /// Makes the postcards of customers; `nil` where the layout has none, or the campaign sends none.
  let cards: CardMaker?
  /// Makes the e-mails of customers; `nil` where the layout has none, or the campaign sends none.
  let emails: EmailMaker?
  /// Told of each stage, where they are timed.
  private let clock: StageClock?

  init(_ job: LayoutJob, clock: StageClock? = nil) {
    (self.job, self.clock) = (job, clock)
    reader = BillReader(job.options)
    deciding = CampaignDeciding(job.campaign, job.options)
    (leaflets, cards, emails) = (LeafletMaker(job), CardMaker(job), EmailMaker(job))
  }

  func render(_ record: borrowing RecordInput) -> Outcome {
    if let card = record.card { return painted(card) }
    var warnings = record.warnings
    clock?.enter(.read)
    defer { clock?.enter(nil) }
    do throws(RecordFault) {
      let read = try reader.read(record.bytes)
      warnings += read.warnings
      clock?.enter(.compose)
      let composed = try compose(read.bill, occasion, &warnings, facts: AccountFacts(bytes: record.facts))
      clock?.enter(.layOut)
      let laidOut = try settled(composed, smallest: try layOut(composed), &warnings)
      let bill = try finish(laidOut, &warnings, paints: job.options.purpose == .print && job.options.pieces.contains(.bill))
      var (pieces, faults): ([Piece], [PieceFault]) = ([bill], [])
      if let leaflet = try enclosure(of: laidOut, bill.facts) { pieces.append(leaflet) }
      do throws(RecordFault) {
        if let card = try cardPiece(of: composed, record) { pieces.append(card) }
      } catch {
        faults.append(PieceFault(.postcard, error))
      }
      do throws(RecordFault) {
        if let email = try emailPiece(of: composed, record, read.warnings) { pieces.append(email) }
      } catch {
        faults.append(PieceFault(.email, error))
      }
      return .pieces(pieces, faults: faults, warnings: warnings + pieces.dropFirst().flatMap(\.facts.warnings))
    } catch {
      return .reject(error, warnings: warnings)
    }
  }

  /// That of the command.
  var occasion: Occasion { Occasion(asOf: job.options.asOf, language: job.options.language) }

  /// Reads one record.
  func read(_ bytes: [UInt8]) throws(RecordFault) -> Bill { try reader.read(bytes).bill }

  // MARK: Laying out

  /// Decides what the bill carries and turns the template into its nodes, with the smallest variant of its notice.
  ///
  /// - Parameter facts: What the ledger knows of the account.
  func compose(
    _ bill: Bill, _ occasion: Occasion, _ warnings: inout [RecordWarning], facts: AccountFacts = AccountFacts()
  ) throws(RecordFault) -> ComposedBill {
    let template = job.template
    let tag = occasion.language ?? bill.language.text
    guard let (languageIndex, isOtherRegion) = template.languageMatch(for: tag) else {
      throw RecordFault(
        .languageNotOffered, "the layout has no strings for '\(tag)', only for \(template.languages.joined(separator: ", "))",
        path: "$.language")
    }
    if isOtherRegion {
      warnings.append(
        RecordWarning(
          "language-region", "the layout has no strings for '\(tag)'; set in '\(template.languages[languageIndex])'", path: "$.language"))
    }
    var format = 0
    if let offered = template.formatIndex(for: bill.format.rawValue) {
      format = offered
    } else {
      warnings.append(
        RecordWarning("format-not-offered", "the layout has no format '\(bill.format.rawValue)'; set as standard", path: "$.format"))
    }
    let extra = try extra(of: bill)
    let record = BillRecord(bill, extra: extra)
    let history = facts.history(asOf: occasion.asOf ?? bill.issued)
    let law = job.law?.rules(for: bill)
    let state = occasion.state ?? deciding.standing(of: bill, history, law, &warnings)
    let channel = try deciding.channel(of: bill, state, law, &warnings)
    let decision = try deciding.decision(for: bill, record, state, history, channel, occasion) { () throws(Diagnostic) in
      (try job.formats(template.languages[languageIndex]), template.strings[languageIndex])
    }
    if let rules = job.law, let law {
      if let unchecked = rules.unchecked(bill, law) { warnings.append(unchecked) }
      if let fault = rules.fault(bill, law, decision) { throw fault }
      if let unmapped = rules.unmapped(law, decision) { warnings.append(unmapped) }
    }
    // Only who looks for faults asks what stays unseen; a bill is set all the same.
    if job.options.purpose != .print { warnings += unseen(of: bill) }
    var composed = try compose(bill, record, decision, channel, format: format, language: languageIndex)
    composed.standing = ComposedBill.Standing(record: record, state: state, history: history)
    return composed
  }

  /// Turns the template into the nodes of a bill that has been decided, in a format and a language of the layout by their indexes.
  ///
  /// - Parameter record: The bill with its declared fields, as the layout sees it.
  func compose(
    _ bill: Bill, _ record: any RecordValue, _ decision: Decision?, _ channel: PieceKind.Channel, format: Int, language languageIndex: Int
  ) throws(RecordFault) -> ComposedBill {
    let template = job.template
    let notice = decision.flatMap { job.campaign?.notice(for: bill, $0) }
    let terms = decision.flatMap { job.campaign?.terms($0) }
    do throws(Diagnostic) {
      let (composer, formats) = try job.composer(format: format, language: languageIndex, notice: notice, terms: terms)
      let environment = Environment(
        bill: record, campaign: decision.flatMap { job.campaign?.record($0, currency: bill.currency) } ?? .absent, formatter: formats,
        currency: bill.currency, strings: template.strings[languageIndex], localCount: template.localCount)
      var used = copy environment
      var required = RequiredWords()
      if let decision, let campaign = job.campaign {
        required.phrases = try campaign.phrases(for: decision, in: environment)
        if let notice { required.keepPaper = try notice.words.plainWords(.keepPaper, in: environment) }
      }
      return ComposedBill(
        bill: bill, composer: composer, document: try composer.document(&used), watermark: try composer.watermark(environment),
        environment: environment, decision: decision, channel: channel,
        format: Bill.Format(rawValue: template.formats[format]) ?? .standard, required: required)
    } catch {
      throw error.recordFault
    }
  }

  /// Lays the bill out on pages.
  func layOut(_ composed: ComposedBill) throws(RecordFault) -> LaidOutBill {
    let composer = composed.composer
    let context = job.context(for: composer)
    // A bill that carries only notice or terms must not give a page of the other.
    let carriesOne = (composer.notice == nil) != (composer.terms == nil)
    if carriesOne { context.expectedLandmarks = [.notice, .terms] }
    if carriesOne { context.looksForAnchors = true }
    let pagination = Paginator(composed.document, context: context).paginate()
    if let failure = composer.failure { throw failure.recordFault }
    return LaidOutBill(
      bill: composed.bill, composer: composer, pagination: pagination, context: context,
      mark: PageMark(watermark: composed.watermark, composer: composer, specimen: nil, job),
      specimenMark: specimenMark(composed), decision: composed.decision, channel: composed.channel, language: composer.language,
      format: composed.format, required: composed.required)
  }

  /// The mark of a specimen's pages; `nil` where the bill is none.
  private func specimenMark(_ composed: ComposedBill) -> PageMark? {
    guard job.options.specimen else { return nil }
    let word = job.template.strings.first { $0.language == composed.composer.language }?.words("specimen")
    return PageMark(watermark: composed.watermark, composer: composed.composer, specimen: word, job)
  }

  /// Turns what the engine found into the bill's warnings, or into its fault.
  func judge(_ laidOut: LaidOutBill, _ warnings: inout [RecordWarning]) throws(RecordFault) {
    try job.judge(laidOut.context, &warnings) { laidOut.bill.path(of: $0) }
  }

  /// What the layout cannot show of an e-invoice.
  private func unseen(of bill: Bill) -> [RecordWarning] {
    guard let invoice = bill.extra["e_invoice"] else { return [] }
    let path = "$.extra.e_invoice"
    guard case .record(let type) = job.template.schema.fields[BillSchema.Slot.extra.rawValue].type.unwrapped,
      let field = type.fields.first(where: { $0.name == "e_invoice" })
    else {
      return [RecordWarning("not-shown", "the layout declares no fields of e-invoices; it shows the bill record only", path: path)]
    }
    return ExtraBinding.undeclared(invoice, as: field.type, path: path).map {
      RecordWarning("not-shown", "the invoice says this, and the layout does not show it", path: $0)
    }
  }

  func extra(of bill: Bill) throws(RecordFault) -> any RecordValue { try job.extra(of: bill) }

  // MARK: Finishing

  /// Inspects and paints the pages of a bill.
  ///
  /// - Parameter paints: Whether the piece is to have its file; without, painting is left out.
  func finish(_ laidOut: LaidOutBill, _ warnings: inout [RecordWarning], paints: Bool) throws(RecordFault) -> Piece {
    let bill = laidOut.bill
    let pagination = laidOut.pagination
    var prominence: NoticeProminence?
    var zones = ZoneInspection(job, bill)
    var saidTerms = TermsReading(isAsked: laidOut.required.isDue(in: .terms) && laidOut.decision?.showsTerms == true)
    var hash = SHA256()
    let pdf: [UInt8]
    var delivered = 0
    clock?.enter(.paint)
    do {
      let painter: DocumentPainter? = paints ? try painter(laidOut) { hash.update(bufferPointer: $0) } : nil
      clock?.enter(.bind)
      try pagination.forEachPage { number, page in
        delivered += 1
        zones.inspect(page, number: number, zones: pagination.zones(page: number))
        if number == pagination.page(of: .notice) { prominence = NoticeProminence(page: laidOut.marked(page)) }
        saidTerms.add(page, number: number)
        clock?.enter(.paint)
        try painter?.addPage(laidOut.specimenMark?.laid(under: page) ?? laidOut.marked(page))
        clock?.enter(.bind)
      }
      clock?.enter(.finish)
      pdf = try painter?.finish() ?? []
    } catch {
      throw RecordFault(painting: error)
    }
    // A bill that came out shorter than it was counted would look whole.
    if let failure = laidOut.composer.failure { throw failure.recordFault }
    guard delivered == pagination.count else {
      throw RecordFault(.defect, "the bill was laid out on \(pagination.count) pages and painted on \(delivered)")
    }
    if let fault = zones.fault { throw fault }
    warnings += zones.warnings
    let notice = try noticeFacts(laidOut, prominence)
    if let fault = saidTerms.fault(laidOut.required) { throw fault }
    if notice != nil, let faint = prominence?.faint(laidOut.required.keepPaper) { warnings.append(faint) }
    let terms = laidOut.composer.terms.map { text in
      TermsFacts(version: job.campaign?.campaign.terms.version ?? "", digest: text.digest, firstPage: pagination.page(of: .terms) ?? 0)
    }
    var facts = PieceFacts(
      billKind: bill.kind, channel: laidOut.channel, account: bill.account, invoice: bill.invoice,
      content: Hexadecimal.text(hash.finalize()), pages: pagination.count, charges: bill.totals.charges, due: bill.totals.due,
      currency: bill.currency, language: laidOut.language, format: laidOut.format, rule: laidOut.decision?.rule,
      state: laidOut.decision?.state.rawValue, phase: laidOut.decision?.phase.rawValue, notice: notice, terms: terms, fit: laidOut.fit,
      warnings: warnings)
    (facts.campaign, facts.jurisdictions) = (job.campaign?.campaign.id, job.law?.places(of: bill))
    if facts.channel == .print {
      let (customer, postal) = (bill.customer, bill.customer.postal)
      facts.mailing = MailingFacts(
        name: customer.name, address: customer.address, code: postal?.code ?? "", country: postal?.country ?? "",
        imb: laidOut.composer.mailCode)
    }
    return Piece(facts: facts, bytes: pdf)
  }

  /// The PDF of a bill, begun.
  func painter(_ laidOut: LaidOutBill, trace: @escaping (UnsafeRawBufferPointer) -> Void) throws(PaintingError) -> DocumentPainter {
    let issued = laidOut.bill.issued
    let metadata = DocumentMetadata(
      title: laidOut.bill.invoice, author: "", subject: "", language: laidOut.language,
      created: (year: issued.year, month: issued.month, day: issued.day))
    return try DocumentPainter(
      pageSize: job.template.paper.size, bleed: job.template.bleed, marks: job.hasMarks, metadata: metadata, press: job.press, trace: trace)
  }

  /// What the manifest says of the notice; `nil` where the bill carries none.
  ///
  /// - Throws: The fault of a notice or terms that are not there, or of a notice that is less prominent than the campaign asks.
  func noticeFacts(_ laidOut: LaidOutBill, _ measured: NoticeProminence?) throws(RecordFault) -> NoticeFacts? {
    guard let decision = laidOut.decision, let least = job.campaign?.campaign.prominence else { return nil }
    if decision.showsTerms, laidOut.pagination.page(of: .terms) == nil {
      throw RecordFault("notice-not-prominent", "the terms did not reach the bill's pages")
    }
    guard let name = decision.notice else { return nil }
    guard let measured, let page = laidOut.pagination.page(of: .notice), let words = laidOut.composer.notice?.words else {
      throw RecordFault("notice-not-prominent", "the notice '\(name)' did not reach the bill's pages")
    }
    if decision.isProminenceAsked, let fault = measured.fault(page: page, least: least, unused: laidOut.pagination.unusedHeight) {
      throw fault
    }
    if name == Notice.standardName {
      for rule in job.law?.rules(for: laidOut.bill).rules ?? [] {
        guard let form = rule.form else { continue }
        let fault = measured.fault(
          page: page, least: Prominence(form), asker: "the law (\(rule.reference.text))", unused: laidOut.pagination.unusedHeight)
        if let fault { throw fault }
      }
    }
    if let fault = laidOut.required.fault(in: .notice, measured.said.words, pages: page...page) { throw fault }
    return NoticeFacts(
      name: name, variant: laidOut.composer.variant, phase: decision.phase.rawValue, rule: decision.rule, wordsDigest: words.digest,
      page: page, area: measured.area, contrast: measured.contrast, headingRatio: measured.headingRatio, textSize: measured.textSize.points)
  }
}
