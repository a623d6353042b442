internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import LayoutLanguage

extension BillMaker {
  /// The postcard that goes to a bill's customer, laid out and judged.
  ///
  /// - Parameters:
  ///   - rank: Its rank among all cards; 0 where it is not known yet.
  /// - Returns: `nil` where the customer is to have none, or the run makes none.
  /// - Throws: Why it cannot be made; the bill can.
  func card(of composed: ComposedBill, _ occasion: Occasion, rank: Int = 0) throws(RecordFault) -> LaidOutCard? {
    guard let cards, let standing = composed.standing else { return nil }
    let bill = composed.bill
    let decision = try deciding.card(
      for: bill, standing.record, standing.state, standing.history, composed.channel, occasion
    ) { () throws(Diagnostic) in try voice(of: composed) }
    guard let decision else { return nil }
    if let law = job.law, let fault = law.cardFault(law.rules(for: bill)) { throw fault }
    return try cards.layOut(cards.draft(for: bill, decision, rank: rank, jurisdictions: job.law?.places(of: bill)))
  }

  /// What conditions of a bill write amounts, numbers and dates with: what the bill itself does.
  ///
  /// - Throws: The finding, where its language has no formats.
  func voice(of composed: ComposedBill) throws(Diagnostic) -> CampaignDeciding.Voice {
    let language = job.template.languageIndex(for: composed.composer.language) ?? 0
    return (try job.formats(job.template.languages[language]), job.template.strings[language])
  }

  /// The postcard of a record as a piece beside the record's other pieces: with its file where its rank is known.
  ///
  /// - Returns: `nil` where there is none.
  /// - Throws: Why it cannot be made.
  func cardPiece(of composed: ComposedBill, _ record: borrowing RecordInput) throws(RecordFault) -> Piece? {
    guard record.isFirst, job.options.pieces.contains(.postcard), let card = try card(of: composed, occasion, rank: record.cardRank) else {
      return nil
    }
    guard record.cardRank > 0, job.options.purpose == .print, let cards else { return Piece(facts: card.facts, bytes: []) }
    return try cards.paint(card)
  }

  /// Paints a postcard that was judged before.
  func painted(_ facts: PieceFacts) -> Outcome {
    guard let cards else { return .reject(RecordFault(.defect, "a postcard is to be painted, and the layout has none")) }
    var judged = facts
    // They are found again.
    judged.warnings = facts.warnings.filter { $0.code.rawValue == "format-not-offered" }
    do throws(RecordFault) { return .pieces([try cards.paint(cards.layOut(judged))]) } catch { return .reject(error) }
  }
}
