internal import Billing
internal import Campaigns
internal import Diagnostics
internal import Jurisdictions
internal import Money

/// The law that holds for a campaign's customers: that of the campaign's places and of the place the record names.
///
/// One per worker, used by one task only.
final class CustomerLaw {
  /// The rules of all places that are known.
  let book: JurisdictionBook
  private let campaign: Campaign
  private var common: [String] { campaign.jurisdictions }
  private var laws: [[String]: ApplicableLaw] = [:]

  /// Different sets of places whose law is kept: customers of one company live in some dozens.
  ///
  /// - Stops: data that names another place in every record, each kept for good.
  private static let keptLaws = 200

  /// - Parameter book: The rules of all places that are known.
  init(_ campaign: Campaign, _ book: JurisdictionBook) {
    self.book = book
    self.campaign = campaign
  }

  /// The campaign's places for which no rules are known.
  var warnings: [Diagnostic] {
    book.law(of: common).unchecked.map {
      Diagnostic(
        .warning, id: "not-checked", "no rules are known for the jurisdiction '\($0)' of the campaign: nothing was checked for it",
        at: campaign.places.jurisdiction($0))
    }
  }

  /// The places whose law holds for a customer, sorted, each once.
  func places(of bill: Bill) -> [String] {
    Set(common + (bill.jurisdiction.map { [$0] } ?? [])).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What the law of those places asks; places without rules ask nothing.
  func rules(for bill: Bill) -> ApplicableLaw {
    rules(of: places(of: bill))
  }

  private func rules(of places: [String]) -> ApplicableLaw {
    if let known = laws[places] { return known }
    let law = book.law(of: places)
    if laws.count < Self.keptLaws { laws[places] = law }
    return law
  }

  /// Tells that nothing was checked for the place a record names, where no rules of it are known.
  func unchecked(_ bill: Bill, _ law: ApplicableLaw) -> RecordWarning? {
    guard let place = bill.jurisdiction, !common.contains(place), law.unchecked.contains(place) else { return nil }
    return RecordWarning(
      "not-checked", "no rules are known for the jurisdiction '\(place)' of the record: nothing was checked for it", path: "$.jurisdiction")
  }

  /// Tells of points that the law of the record's own place asks, and that no disclosure maps in the language of the bill's words.
  ///
  /// What the law of the campaign's places asks is told once, of the campaign, and who maps nothing has not begun to.
  func unmapped(_ law: ApplicableLaw, _ decision: Decision?) -> RecordWarning? {
    guard let decision, decision.notice == Notice.standardName, !campaign.disclosures.isEmpty else { return nil }
    let shared = rules(of: common)
    for rule in law.rules where !rule.points.isEmpty && !shared.rules.contains(where: { $0.id == rule.id }) {
      let missing = rule.points.filter { point in
        !campaign.disclosures.contains { $0.id == point.id && $0.text(decision.language) != nil }
      }
      guard !missing.isEmpty else { continue }
      let names = missing.map { "'\($0.id)'" }.joined(separator: ", ")
      return RecordWarning(
        "point-unmapped",
        "the law where the customer lives asks for points that no disclosure maps in \(decision.language): \(names) (\(rule.reference.text))",
        path: "$.jurisdiction")
    }
    return nil
  }

  /// Why a customer may not get what the bill carries of the campaign: the law of their own place forbids what the campaign does.
  ///
  /// Who carries nothing of it is not told of it either; a rule of the audience with `notice: none` and `terms: none` lets such bills through.
  func fault(_ bill: Bill, _ law: ApplicableLaw, _ decision: Decision?) -> RecordFault? {
    guard let decision, decision.notice != nil || decision.terms != .none else { return nil }
    return fault(
      law, teller: "the bill", remedy: "a rule of the audience may leave such customers out, with 'notice: none, terms: none'")
  }

  /// The same of a customer's postcard, which tells of the campaign, too; a rule of the postcard with `card: none` lets such accounts go without.
  func cardFault(_ law: ApplicableLaw) -> RecordFault? {
    fault(law, teller: "the postcard", remedy: "a rule of the postcard's audience may leave such customers out, with 'card: none'")
  }

  /// The same of a customer's e-mail.
  func emailFault(_ law: ApplicableLaw) -> RecordFault? {
    fault(law, teller: "the e-mail", remedy: "a rule of the e-mail's audience may leave such customers out, with 'email: none'")
  }

  private func fault(_ law: ApplicableLaw, teller: String, remedy: String) -> RecordFault? {
    if campaign.mode == .required, let rule = law.consentRules.first {
      return RecordFault(
        "mode-against-consent",
        "\(teller) tells of paper that stops for everybody, and where the customer lives consent must come before (\(rule.reference.text)); "
          + remedy, path: "$.jurisdiction")
    }
    if let paper = campaign.paper, !paper.fee.isZero, let rule = law.feeRules.first {
      return RecordFault(
        "paper-fee-forbidden",
        "\(teller) tells of a campaign with a fee for paper of \(paper.fee.description(decimals: paper.currency.decimals)) "
          + "\(paper.currency.code), which is forbidden where the customer lives (\(rule.reference.text)); " + remedy,
        path: "$.jurisdiction")
    }
    return nil
  }
}
