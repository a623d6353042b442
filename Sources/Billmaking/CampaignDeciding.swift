internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage
internal import Money

/// Decides of one bill after the other where its customer stands, how it travels and what it carries of the campaign: the same for bills that are
/// made and for those that are only planned.
///
/// One per worker, used by one task only.
final class CampaignDeciding {
  /// What conditions write amounts, numbers and dates with.
  typealias Voice = (formatter: FormatsBinding, strings: StringTable)

  private let binding: CampaignBinding?
  private let options: JobOptions

  /// - Parameter binding: The campaign with its conditions; `nil` without one, where every bill travels as its record says, and carries nothing.
  init(_ binding: CampaignBinding?, _ options: JobOptions) { (self.binding, self.options) = (binding, options) }

  /// Where the customer stands.
  ///
  /// - Parameters:
  ///   - law: That of the places where the customer lives; `nil` without a campaign.
  ///   - warnings: Gains `consent-source`, where a consent comes from a source that makes none there.
  /// - Returns: `undecided` without a campaign.
  func standing(of bill: Bill, _ history: AccountHistory, _ law: ApplicableLaw?, _ warnings: inout [RecordWarning]) -> CustomerState {
    guard let law else { return .undecided }
    let sources = law.consentSources
    let consent = bill.consent.map { CustomerStanding.Consent(date: $0.date, source: $0.source) }
    let standing = CustomerStanding(history.events, record: consent, sources: sources)
    if let refused = standing.refused, let sources {
      let named = refused.source.map { "'\($0)'" } ?? "a source that is not said"
      warnings.append(
        RecordWarning(
          "consent-source",
          "the consent is from \(named), which makes none where the customer lives (\(sources.sorted().joined(separator: ", ")) do); "
            + "the customer counts as '\(standing.state.rawValue)'", path: "$.consent"))
    }
    return standing.state
  }

  /// Decides what a bill carries of the campaign.
  ///
  /// - Parameters:
  ///   - record: The bill as conditions see it.
  ///   - channel: How the bill travels.
  ///   - voice: Asked for where a condition is evaluated.
  /// - Returns: `nil` without a campaign, and on days before its first phase.
  /// - Throws: `language-not-offered`; a condition that cannot be evaluated on this bill.
  func decision(
    for bill: Bill, _ record: any RecordValue, _ state: CustomerState, _ history: AccountHistory, _ channel: PieceKind.Channel,
    _ occasion: Occasion,
    voice: () throws(Diagnostic) -> Voice
  ) throws(RecordFault) -> Decision? {
    guard let binding else { return nil }
    var scene = Scene(record: record, currency: bill.currency)
    return try binding.campaign.decision(
      for: bill, asOf: occasion.asOf, language: occasion.language.flatMap { LanguageTag($0) }, state: state, history: history,
      isPrinted: channel == .print, notice: occasion.notice
    ) { (rule, facts) throws(RecordFault) in
      if let wanted = occasion.rule { return rule.name.utf8.elementsEqual(wanted.utf8) }
      return try scene.holds(binding, facts, voice) { (environment) throws(Diagnostic) in try binding.holds(rule, facts, in: &environment) }
    }
  }

  /// Decides whether the account gets a postcard beside the bill, whatever the bill carries.
  ///
  /// A rule that an occasion names is one of the bill's audience, and has no say here.
  /// - Parameters:
  ///   - record: The bill as conditions see it.
  ///   - channel: How the bill travels.
  ///   - voice: Asked for where a condition is evaluated.
  /// - Returns: `nil` without a campaign that sends cards, on days before its first phase, where one was mailed and there is to be one only, where no
  ///   rule holds, and where the one that does sends none.
  /// - Throws: `language-not-offered`; a condition that cannot be evaluated on this bill.
  func card(
    for bill: Bill, _ record: any RecordValue, _ state: CustomerState, _ history: AccountHistory, _ channel: PieceKind.Channel,
    _ occasion: Occasion, voice: () throws(Diagnostic) -> Voice
  ) throws(RecordFault) -> ChannelDecision? {
    guard let binding else { return nil }
    var scene = Scene(record: record, currency: bill.currency)
    return try binding.campaign.cardDecision(
      for: bill, asOf: occasion.asOf, language: occasion.language.flatMap { LanguageTag($0) }, state: state, history: history,
      isPrinted: channel == .print
    ) { (rule, facts) throws(RecordFault) in
      try scene.holds(binding, facts, voice) { (environment) throws(Diagnostic) in
        try binding.holds(rule, of: .postcard, facts, in: &environment)
      }
    }
  }

  /// Decides whether the account gets an e-mail beside the bill, however the bill travels, and whether its record has an address or not.
  ///
  /// A rule that an occasion names is one of the bill's audience, and has no say here.
  /// - Parameters:
  ///   - record: The bill as conditions see it.
  ///   - voice: Asked for where a condition is evaluated.
  /// - Returns: `nil` without a campaign that sends e-mails, on days before its first phase, where one was accepted and there is to be one only, where
  ///   no rule holds, and where the one that does sends none.
  /// - Throws: `language-not-offered`; a condition that cannot be evaluated on this bill.
  func email(
    for bill: Bill, _ record: any RecordValue, _ state: CustomerState, _ history: AccountHistory, _ occasion: Occasion,
    voice: () throws(Diagnostic) -> Voice
  ) throws(RecordFault) -> ChannelDecision? {
    guard let binding else { return nil }
    var scene = Scene(record: record, currency: bill.currency)
    return try binding.campaign.emailDecision(
      for: bill, asOf: occasion.asOf, language: occasion.language.flatMap { LanguageTag($0) }, state: state, history: history
    ) { (rule, facts) throws(RecordFault) in
      try scene.holds(binding, facts, voice) { (environment) throws(Diagnostic) in
        try binding.holds(rule, of: .email, facts, in: &environment)
      }
    }
  }

  /// How a bill travels: on paper where the law keeps its kind there, and never without paper to a customer who has not agreed to that where
  /// the campaign asks for consent first.
  ///
  /// - Parameter warnings: Gains `paper-by-law`, and `no-consent-printed` where the reject is accepted.
  /// - Throws: `no-consent`.
  func channel(
    of bill: Bill, _ state: CustomerState, _ law: ApplicableLaw?, _ warnings: inout [RecordWarning]
  ) throws(RecordFault) -> PieceKind.Channel {
    if bill.isPrinted { return .print }
    guard let campaign = binding?.campaign, let law else { return .electronic }
    if law.paperKinds.contains(bill.kind) {
      warnings.append(
        RecordWarning(
          "paper-by-law",
          "the bill is printed instead of being delivered electronically: where the customer lives, the law keeps "
            + "bills of kind '\(bill.kind.rawValue)' on paper", path: "$.delivery"))
      return .print
    }
    if state == .agreed || campaign.consent == .none { return .electronic }
    let fault = RecordFault(
      .noConsent,
      "the bill is to be delivered electronically, and the customer, who is '\(state.rawValue)', has not agreed to that; "
        + "the campaign asks for consent before paper stops", path: "$.delivery")
    guard options.isAccepted(.noConsent) else { throw fault }
    warnings.append(
      RecordWarning(
        "no-consent-printed", "the bill is printed instead of being delivered electronically: the customer has not agreed to that",
        path: "$.delivery"))
    return .print
  }
}

/// What the conditions of one bill are evaluated in.
private struct Scene {
  let record: any RecordValue
  let currency: Currency
  /// Made for the first condition, and the same for all of them.
  var environment: Environment?

  init(record: any RecordValue, currency: Currency) { (self.record, self.currency) = (record, currency) }

  /// Whether a rule applies.
  ///
  /// - Throws: What the condition meets that cannot be evaluated.
  mutating func holds(
    _ binding: CampaignBinding, _ facts: AudienceFacts, _ voice: () throws(Diagnostic) -> CampaignDeciding.Voice,
    _ judge: (inout Environment) throws(Diagnostic) -> Bool
  ) throws(RecordFault) -> Bool {
    do throws(Diagnostic) {
      var made: Environment
      if let environment {
        made = environment
      } else {
        let (formatter, strings) = try voice()
        made = Environment(
          bill: record, campaign: binding.record(facts.phase, currency: currency), formatter: formatter, currency: currency,
          strings: strings, localCount: AudienceCondition.localCount)
      }
      defer { environment = made }
      return try judge(&made)
    } catch {
      throw error.recordFault
    }
  }
}
