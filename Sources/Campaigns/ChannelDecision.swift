public import Billing
public import Consents
public import Dates
public import Diagnostics
public import Languages

/// That a customer gets a message of a channel, a postcard or an e-mail, and what it says.
public struct ChannelDecision: Sendable, Hashable {
  /// The phase whose words are said.
  public let phase: Phase
  /// The campaign's language for it.
  public let language: LanguageTag
  /// The rule that decided; `undecided` for a channel without rules.
  public let rule: String
  /// Where the customer stands.
  public let state: CustomerState

  /// A decision of its parts.
  public init(phase: Phase, language: LanguageTag, rule: String, state: CustomerState) {
    (self.phase, self.language, self.rule, self.state) = (phase, language, rule, state)
  }
}

extension Campaign {
  /// Decides whether an account gets a postcard beside a bill.
  ///
  /// The first rule of the postcard whose condition holds decides. Without rules, a printed bill of kind `bill` whose customer is undecided brings
  /// one.
  ///
  /// - Parameters:
  ///   - asOf: The day to decide for instead of the bill's issue date.
  ///   - language: The language to look up instead of the bill's (`--language`).
  ///   - state: Where the customer stands.
  ///   - history: What the ledger knows of the account.
  ///   - isPrinted: Whether the bill travels on paper.
  ///   - holds: Whether a rule of the postcard applies; asked in order, up to the first that does.
  /// - Returns: `nil` where there is no card: the campaign has none, its first phase is yet to come, one has been mailed and it goes out once, no rule
  ///   holds, or the one that does sends none.
  /// - Throws: `language-not-offered` if there is to be one and the campaign has no words in its language; what `holds` throws.
  public func cardDecision(
    for bill: Bill, asOf: PlainDate? = nil, language: LanguageTag? = nil, state: CustomerState, history: AccountHistory = AccountHistory(),
    isPrinted: Bool, holds: (ChannelRule, AudienceFacts) throws(RecordFault) -> Bool = { rule, _ in rule.condition == nil }
  ) throws(RecordFault) -> ChannelDecision? {
    guard let postcard, postcard.once == .cycle || history.postcards == 0 else { return nil }
    return try channelDecision(
      postcard.rules, for: bill, isUsual: isPrinted, asOf: asOf, language: language, state: state, history: history, holds: holds)
  }

  /// Decides whether an account gets an e-mail beside a bill, whether its record has an address or not.
  ///
  /// The first rule of the e-mail whose condition holds decides. Without rules, a bill of kind `bill` whose customer is undecided brings one. The
  /// parameters are those of ``cardDecision(for:asOf:language:state:history:isPrinted:holds:)``.
  ///
  /// - Returns: `nil` where there is none: the campaign has none, its first phase is yet to come, one has been accepted and it goes out once, no rule
  ///   holds, or the one that does sends none.
  /// - Throws: `language-not-offered` if there is to be one and the campaign has no words in its language; what `holds` throws.
  public func emailDecision(
    for bill: Bill, asOf: PlainDate? = nil, language: LanguageTag? = nil, state: CustomerState, history: AccountHistory = AccountHistory(),
    holds: (ChannelRule, AudienceFacts) throws(RecordFault) -> Bool = { rule, _ in rule.condition == nil }
  ) throws(RecordFault) -> ChannelDecision? {
    guard let email, email.once == .cycle || history.emails == 0 else { return nil }
    return try channelDecision(
      email.rules, for: bill, isUsual: true, asOf: asOf, language: language, state: state, history: history, holds: holds)
  }

  /// - Parameter isUsual: Whether the bill is one that a channel without rules goes with, beside its kind.
  private func channelDecision(
    _ rules: [ChannelRule], for bill: Bill, isUsual: Bool, asOf: PlainDate?, language: LanguageTag?, state: CustomerState,
    history: AccountHistory, holds: (ChannelRule, AudienceFacts) throws(RecordFault) -> Bool
  ) throws(RecordFault) -> ChannelDecision? {
    let day = asOf ?? bill.issued
    guard let phase = phases.phase(on: day) else { return nil }
    var chosen: ChannelRule?
    if rules.isEmpty {
      if bill.kind == .bill, isUsual, state == .undecided { chosen = .standard }
    } else {
      let facts = AudienceFacts(phase: phase, state: state, history, on: day)
      for rule in rules where try holds(rule, facts) {
        chosen = rule
        break
      }
    }
    guard let chosen, chosen.sends else { return nil }
    return ChannelDecision(phase: phase, language: try words(in: language ?? bill.language), rule: chosen.name, state: state)
  }
}
