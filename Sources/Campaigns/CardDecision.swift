public import Billing
public import Consents
public import Dates
public import Diagnostics
public import Languages

/// That a customer gets a postcard, and what it says.
public struct CardDecision: Sendable, Hashable {
  /// The phase whose words are printed.
  public let phase: Phase
  /// The campaign's language for the card.
  public let language: LanguageTag
  /// The rule that decided; `undecided` for a postcard without rules.
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
    isPrinted: Bool, holds: (PostcardRule, AudienceFacts) throws(RecordFault) -> Bool = { rule, _ in rule.condition == nil }
  ) throws(RecordFault) -> CardDecision? {
    let day = asOf ?? bill.issued
    guard let postcard, let phase = phases.phase(on: day) else { return nil }
    if postcard.once == .campaign, history.postcards > 0 { return nil }
    var chosen: PostcardRule?
    if postcard.rules.isEmpty {
      if bill.kind == .bill, isPrinted, state == .undecided { chosen = .standard }
    } else {
      let facts = AudienceFacts(phase: phase, state: state, history, on: day)
      for rule in postcard.rules where try holds(rule, facts) {
        chosen = rule
        break
      }
    }
    guard let chosen, chosen.sends else { return nil }
    return CardDecision(phase: phase, language: try words(in: language ?? bill.language), rule: chosen.name, state: state)
  }
}
