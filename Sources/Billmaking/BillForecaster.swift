internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import JSON
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage
internal import Money

/// Says of each record what its bill would carry, and what the account has had and is going to have: makes no bill. One per worker.
final class BillForecaster: BillRenderer {
  private let job: PlanJob
  private let reader: BillReader
  /// Lays bills out, where there is a layout and that is asked.
  private let maker: BillMaker?
  private let cycles: [PlainDate]

  init(_ job: PlanJob) {
    self.job = job
    let options = job.options
    reader = BillReader(options)
    maker = options.purpose == .plan ? job.layout.map { BillMaker($0) } : nil
    cycles =
      options.purpose == .plan ? options.asOf.flatMap { job.campaign.cyclesToCome(after: $0, limit: JobOptions.maximumCycles) } ?? [] : []
  }

  func render(_ record: borrowing RecordInput) -> Outcome {
    let (bill, facts): (Bill, AccountFacts)
    do throws(RecordFault) {
      (bill, facts) = (try reader.read(record.bytes).bill, try AccountFacts(bytes: record.facts))
    } catch {
      return .reject(error)
    }
    var outlook = BillOutlook(name: bill.customer.name)
    let day = job.options.asOf ?? bill.issued
    let law = job.law.rules(for: bill)
    // What is odd about a record is told by those who make its bill.
    var odd: [RecordWarning] = []
    let state = job.deciding.standing(of: bill, facts.history(asOf: day), law, &odd)
    let active = job.campaign.phases.active
    outlook.isAsked = bill.kind == .bill && bill.isPrinted && state != .agreed
    outlook.mailed = facts.mailings.reduce(0) { $0 + ($1.date <= day && $1.date < active ? $1.notices : 0) }
    var faults: [PieceFault] = []
    if job.options.purpose != .coverage {
      do throws(RecordFault) {
        faults = try decide(bill, record, facts, law, state, day, &outlook)
      } catch {
        // With a bill that cannot be made goes all that goes out beside it.
        faults = [PieceFault(.bill, error)]
      }
    }
    var piece = PieceFacts(
      billKind: bill.kind, channel: outlook.channel, account: bill.account, invoice: bill.invoice, content: "", pages: 0, charges: .zero,
      due: .zero, currency: bill.currency, language: outlook.language ?? "", format: bill.format)
    piece.outlook = outlook
    return .pieces([Piece(facts: piece, bytes: [])], faults: faults)
  }

  /// Decides the bill, and what goes out beside it, for now and for the cycles to come.
  ///
  /// - Returns: Why a card or an e-mail that is to go out now cannot be made.
  /// - Throws: Why the bill cannot be made.
  private func decide(
    _ bill: Bill, _ record: borrowing RecordInput, _ facts: AccountFacts, _ law: ApplicableLaw, _ state: CustomerState, _ day: PlainDate,
    _ outlook: inout BillOutlook
  ) throws(RecordFault) -> [PieceFault] {
    let seen = try self.record(bill)
    var odd: [RecordWarning] = []
    outlook.channel = try job.deciding.channel(of: bill, state, law, &odd)
    let decision = try decision(for: bill, seen, state, facts, outlook.channel, day)
    outlook.rule = decision?.rule
    outlook.phase = decision?.phase.rawValue
    outlook.notice = decision?.notice
    outlook.terms = (decision?.terms ?? .none).rawValue
    outlook.language = job.campaign.language(for: bill.language)?.text
    var refused: RecordFault?
    var faults: [PieceFault] = []
    if isPlanned(.postcard, record) {
      do throws(RecordFault) { outlook.card = try card(for: bill, seen, law, state, facts, outlook.channel, day)?.rule } catch {
        faults.append(PieceFault(.postcard, error))
      }
    }
    if isPlanned(.email, record) {
      do throws(RecordFault) { outlook.email = try email(for: bill, seen, law, state, facts, day)?.rule } catch {
        faults.append(PieceFault(.email, error))
      }
    }
    if let maker {
      switch maker.render(record) {
      case .pieces(let pieces, let found, _):
        outlook.language = pieces.first?.facts.language
        outlook.variant = pieces.first?.facts.notice?.variant
        refused = found.first { $0.kind == .bill }?.fault
        for kind in [PieceKind.postcard, .email] where !faults.contains(where: { $0.kind == kind }) {
          if let fault = found.first(where: { $0.kind == kind }) { faults.append(fault) }
        }
      case .reject(let fault, _): refused = fault
      }
    }
    if refused != nil || faults.contains(where: { $0.kind == .postcard }) { outlook.card = nil }
    if refused != nil || faults.contains(where: { $0.kind == .email }) { outlook.email = nil }
    // Where one cycle's bill or card cannot be made for its looks, the next one's can.
    var known = facts.reduced(to: day)
    if refused == nil, outlook.isNotice { known.add(1, on: day) }
    if outlook.card != nil { known.postcards.append(day) }
    if outlook.email != nil { known.emails.append(day) }
    for (place, cycle) in cycles.enumerated() {
      // None knows of what else the cycle brings: all are decided before it is mailed.
      let brings = try? self.decision(for: bill, seen, state, known, outlook.channel, cycle)
      let sendsCard = record.isFirst ? try? card(for: bill, seen, law, state, known, outlook.channel, cycle) : nil
      let sendsEmail = record.isFirst ? try? email(for: bill, seen, law, state, known, cycle) : nil
      if outlook.channel == .print, brings?.notice != nil {
        outlook.coming += 1
        known.add(1, on: cycle)
      }
      if sendsCard != nil {
        outlook.comingCards.append(place)
        known.postcards.append(cycle)
      }
      if sendsEmail != nil {
        outlook.comingEmails.append(place)
        known.emails.append(cycle)
      }
    }
    if let refused { throw refused }
    return faults
  }

  /// Whether the record is one with which a message of a kind may go out: the account's first, in a run that makes them. In a cycle to come
  /// everything goes out that the campaign sends.
  private func isPlanned(_ kind: PieceKind, _ record: borrowing RecordInput) -> Bool {
    record.isFirst && (job.options.purpose == .forecast || job.options.pieces.contains(kind))
  }

  /// - Throws: What rejects the card: among others that the law of the customer's place forbids what it tells of.
  private func card(
    for bill: Bill, _ record: any RecordValue, _ law: ApplicableLaw, _ state: CustomerState, _ facts: AccountFacts,
    _ channel: PieceKind.Channel, _ day: PlainDate
  ) throws(RecordFault) -> ChannelDecision? {
    let decision = try job.deciding.card(
      for: bill, record, state, facts.history(asOf: day), channel, Occasion(asOf: day, language: job.options.language)
    ) {
      () throws(Diagnostic) in try job.voice(for: bill.language)
    }
    if decision != nil, let fault = job.law.cardFault(law) { throw fault }
    return decision
  }

  /// - Throws: What rejects the e-mail: among others that the record has no address to send it to.
  private func email(
    for bill: Bill, _ record: any RecordValue, _ law: ApplicableLaw, _ state: CustomerState, _ facts: AccountFacts, _ day: PlainDate
  ) throws(RecordFault) -> ChannelDecision? {
    let decision = try job.deciding.email(
      for: bill, record, state, facts.history(asOf: day), Occasion(asOf: day, language: job.options.language)
    ) {
      () throws(Diagnostic) in try job.voice(for: bill.language)
    }
    guard decision != nil else { return nil }
    if let fault = job.law.emailFault(law) { throw fault }
    _ = try bill.emailRecipient()
    return decision
  }

  private func decision(
    for bill: Bill, _ record: any RecordValue, _ state: CustomerState, _ facts: AccountFacts, _ channel: PieceKind.Channel, _ day: PlainDate
  ) throws(RecordFault) -> Decision? {
    try job.deciding.decision(
      for: bill, record, state, facts.history(asOf: day), channel, Occasion(asOf: day, language: job.options.language)
    ) {
      () throws(Diagnostic) in try job.voice(for: bill.language)
    }
  }

  /// The bill as conditions see it: with the fields a layout declares, where there is one.
  private func record(_ bill: Bill) throws(RecordFault) -> any RecordValue {
    guard let layout = job.layout else { return BillRecord(bill, extra: ValueRecord([])) }
    return BillRecord(bill, extra: try layout.extra(of: bill))
  }
}
