internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import Geometry
internal import Languages
internal import LayoutLanguage

/// What goes with a bill, or beside it.
extension BillPreviewer {
  /// The kinds that layout or campaign know of.
  var pieces: [PieceKind] {
    let hasCards = job.postcard != nil || job.campaign?.campaign.postcard != nil
    let hasEmails = job.email != nil || job.campaign?.campaign.email != nil
    return [.bill] + (job.leaflet == nil ? [] : [.terms]) + (hasCards ? [.postcard] : []) + (hasEmails ? [.email] : [])
  }

  /// A piece of a bill's record that is not its bill.
  func other(_ kind: PieceKind, of bill: KeptBill, _ request: PreviewRequest) -> KeptPiece {
    do throws(RecordFault) {
      switch kind {
      case .terms: return try leaflet(of: bill, request)
      case .postcard: return sized(try card(beside: bill, request))
      case .email: return try email(beside: bill, request)
      case .bill: return none("the bill is shown as itself")
      }
    } catch {
      var reply = blank
      reply.findings = [PreviewFinding(error.diagnostic(file: request.file, record: request.number))]
      return KeptPiece(reply: reply)
    }
  }

  /// A card that is none on paper of the size it would have.
  private func sized(_ piece: KeptPiece) -> KeptPiece {
    guard piece.pages == nil, let size = job.postcard?.template.paper.size else { return piece }
    var piece = piece
    (piece.reply.width, piece.reply.height) = (size.width.points, size.height.points)
    return piece
  }

  /// No piece, and why.
  func none(_ why: String, findings: [PreviewFinding] = []) -> KeptPiece {
    var reply = blank
    (reply.why, reply.findings) = (why, findings)
    return KeptPiece(reply: reply)
  }

  // MARK: The leaflet

  /// The leaflet in a bill's language and format, whether the bill encloses it or not: who designs it wants to see it anyway.
  private func leaflet(of bill: KeptBill, _ request: PreviewRequest) throws(RecordFault) -> KeptPiece {
    guard let leaflets = maker.leaflets, let campaign = job.campaign?.campaign else {
      return none(
        job.leaflet == nil
          ? "the layout has no leaflet: there is no 'terms.xml' in its folder"
          : "a leaflet brings the terms of a campaign, and none is given")
    }
    guard let composed = bill.composed else {
      return none("this record cannot become a bill, with which a leaflet would go", findings: bill.reply.findings)
    }
    guard let language = composed.decision?.language ?? campaign.language(for: composed.bill.language) else {
      return none("the campaign has no terms in the bill's language, '\(composed.bill.language)'")
    }
    let leaflet = try leaflets.leaflet(in: language, format: composed.bill.format)
    let pages = PreviewPages(leaflet.pagination, leaflets.job, marked: leaflet.marked)
    var reply = blank
    pages.describe(in: &reply)
    reply.findings = leaflet.warnings.map { PreviewFinding($0.diagnostic(file: request.file, record: request.number)) }
    reply.isPiece = true
    if let laidOut = bill.laidOut, let facts = bill.reply.facts, let enclosed = try maker.enclosure(of: laidOut, facts)?.facts {
      reply.facts = enclosed
    } else if let decision = composed.decision {
      switch decision.terms {
      case .bill: reply.why = "not enclosed with this bill: its rule '\(decision.rule)' has the terms in the bill"
      case .none: reply.why = "not enclosed with this bill: its rule '\(decision.rule)' sends no terms"
      case .leaflet: reply.why = "not enclosed: the bill it would go with would be rejected"
      }
    } else {
      reply.why = "not enclosed with this bill: the campaign has not begun"
    }
    return KeptPiece(pages: pages, reply: reply) { () throws(RecordFault) in try leaflets.file(of: leaflet) }
  }

  // MARK: The postcard

  /// The postcard of a bill's customer, as if the record were the account's first.
  private func card(beside bill: KeptBill, _ request: PreviewRequest) throws(RecordFault) -> KeptPiece {
    guard let cards = maker.cards, let campaign = job.campaign?.campaign, let channel = campaign.postcard else {
      return none(
        job.postcard == nil
          ? "the layout has no postcard: there is no 'postcard.xml' in its folder"
          : job.campaign == nil
            ? "a postcard tells of a campaign, and none is given" : "the campaign sends no postcards: it has no 'channels: {postcard: …}'")
    }
    guard let composed = bill.composed, bill.reply.isPiece else {
      return none("no card goes out with a record whose bill would be rejected", findings: bill.reply.findings)
    }
    guard let card = try maker.card(of: composed, occasion(request.scenario)) else {
      return none(reason(.card, composed, channel.rules, channel.once, campaign, request))
    }
    let pages = PreviewPages(card.pagination, card.job, showsBleed: true, marked: card.marked)
    var reply = blank
    pages.describe(in: &reply)
    (reply.isPiece, reply.facts) = (true, card.facts)
    reply.findings = card.facts.warnings.map { PreviewFinding($0.diagnostic(file: request.file, record: request.number)) }
    return KeptPiece(pages: pages, reply: reply) { () throws(RecordFault) in try cards.paint(card).bytes }
  }

  /// A message of a channel, as reasons name it.
  struct Message {
    /// What there is none of.
    let noun: String
    /// Whose rules they are.
    let owner: String
    /// What became of the last.
    let sent: String
    /// Who gets one where there are no rules.
    let usual: String
    /// Whether the bill must be printed for that.
    let asksForPaper: Bool
    /// How many the ledger knows.
    let count: @Sendable (AccountHistory) -> Int

    static let card = Message(
      noun: "card", owner: "postcard", sent: "mailed", usual: "undecided customers with a printed bill of kind 'bill'", asksForPaper: true
    ) { $0.postcards }
    static let email = Message(
      noun: "e-mail", owner: "e-mail", sent: "accepted by a server", usual: "undecided customers with a bill of kind 'bill'",
      asksForPaper: false
    ) { $0.emails }
  }

  /// Why a customer gets no message of a channel, as far as that can be told apart.
  func reason(
    _ message: Message, _ composed: ComposedBill, _ rules: [ChannelRule], _ once: ChannelFrequency, _ campaign: Campaign,
    _ request: PreviewRequest
  ) -> String {
    let no = "no \(message.noun)"
    if campaign.phases.phase(on: occasion(request.scenario).asOf ?? composed.bill.issued) == nil {
      return "\(no) before the campaign's first phase, which begins on \(campaign.phases[.announce].iso)"
    }
    if once == .campaign, let history = composed.standing?.history, message.count(history) > 0 {
      return "\(no): one was \(message.sent), and the campaign sends each customer one ('once: campaign')"
    }
    let state = composed.standing?.state.rawValue ?? ""
    guard rules.isEmpty else {
      return "\(no): no rule of the campaign's \(message.owner) that sends one holds; the customer is '\(state)'"
    }
    let paper = message.asksForPaper ? ", \(composed.channel == .print ? "is printed" : "is not")" : ""
    return "\(no): one goes to \(message.usual); this customer is '\(state)', and the bill\(paper.isEmpty ? " is" : ", of kind") "
      + (paper.isEmpty ? "of kind '\(composed.bill.kind.rawValue)'" : "'\(composed.bill.kind.rawValue)'\(paper)")
  }
}
