public import Billing
public import Consents
public import Dates
public import Diagnostics
public import Languages

/// What a bill carries of the campaign: a notice, the terms, both or neither.
public struct Decision: Sendable, Hashable {
  /// The phase whose words are printed.
  public let phase: Phase
  /// The campaign's language for the bill.
  public let language: LanguageTag
  /// The rule that decided; `default` for a campaign without an audience.
  public let rule: String
  /// Where the customer stands.
  public let state: CustomerState
  /// The notice's name; `nil` for none.
  public let notice: String?
  /// Where the terms reach the customer.
  public let terms: TermsPlacement
  /// Whether the notice must be as prominent as the campaign says.
  public let isProminenceAsked: Bool

  /// Whether the terms stand in the bill.
  public var showsTerms: Bool { terms == .bill }
}

/// What the conditions of an audience see beside the bill's record.
public struct AudienceFacts: Sendable, Hashable {
  /// Where the campaign stands for the bill.
  public let phase: Phase
  /// Where the customer stands.
  public let state: CustomerState
  /// How many bills with a notice of this campaign the customer has had by mail.
  public let notices: Int
  /// Days since the last of them; `nil` where there was none.
  public let daysSinceLast: Int?

  /// What is known on a day.
  init(phase: Phase, state: CustomerState, _ history: AccountHistory, on day: PlainDate) {
    (self.phase, self.state, notices) = (phase, state, history.notices)
    daysSinceLast = history.lastMailed.map { max(0, day.daysSinceEpoch - $0.daysSinceEpoch) }
  }
}

/// A notice that is chosen, whatever the campaign's rules say.
public enum NoticeChoice: Sendable, Hashable {
  /// None.
  case none
  /// One of the campaign's, by its name.
  case named(String)
}

extension Campaign {
  /// Decides what a bill carries.
  ///
  /// The first rule of the audience whose condition holds decides. Without an audience, a bill of kind `bill` that is printed (`paper` or
  /// `both`) and whose record has no consent carries the standard notice and the terms, and every other one neither.
  ///
  /// - Parameters:
  ///   - asOf: The day to decide for instead of the bill's issue date.
  ///   - language: The language to look up instead of the bill's (`--language`).
  ///   - state: Where the customer stands.
  ///   - history: What the ledger knows of the account.
  ///   - isPrinted: Whether the bill travels on paper, where that is not as its record says.
  ///   - notice: The notice to carry whatever the rule says, for those who look at it.
  ///   - holds: Whether a rule of the audience applies; asked in order, up to the first that does.
  /// - Returns: `nil` on days before the first phase.
  /// - Throws: `language-not-offered` if the bill is to carry something and the campaign has no words in its language; what `holds` throws.
  public func decision(
    for bill: Bill, asOf: PlainDate? = nil, language: LanguageTag? = nil, state: CustomerState, history: AccountHistory = AccountHistory(),
    isPrinted: Bool? = nil, notice wanted: NoticeChoice? = nil,
    holds: (AudienceRule, AudienceFacts) throws(RecordFault) -> Bool = { rule, _ in rule.condition == nil }
  ) throws(RecordFault) -> Decision? {
    let day = asOf ?? bill.issued
    guard let phase = phases.phase(on: day) else { return nil }
    var chosen = AudienceRule.standard
    var carries = bill.kind == .bill && bill.isPrinted && bill.consent == nil
    if !audience.isEmpty {
      let facts = AudienceFacts(phase: phase, state: state, history, on: day)
      for rule in audience where try holds(rule, facts) {
        (chosen, carries) = (rule, true)
        break
      }
    }
    let notice =
      switch wanted {
      case .named(let name)?: name
      case NoticeChoice.none?: String?.none
      case nil: carries ? chosen.notice : nil
      }
    var terms = carries ? chosen.terms : .none
    // Nothing is enclosed with what travels electronically; a bill that the law prints has its leaflet.
    if terms == .leaflet, !(isPrinted ?? bill.isPrinted) { terms = .bill }
    var words = languages[0]
    if notice != nil || terms != .none { words = try self.words(in: language ?? bill.language) }
    return Decision(
      phase: phase, language: words, rule: chosen.name, state: state, notice: notice, terms: terms,
      isProminenceAsked: notice.flatMap { self.notice($0) }?.asksProminence ?? true)
  }

  /// The campaign's language for a bill's.
  ///
  /// - Throws: `language-not-offered` where it has none.
  func words(in tag: LanguageTag) throws(RecordFault) -> LanguageTag {
    if let found = language(for: tag) { return found }
    let offered = languages.map(\.text).joined(separator: ", ")
    throw RecordFault(.languageNotOffered, "the campaign has no words in '\(tag)', only in \(offered)", path: "$.language")
  }
}
