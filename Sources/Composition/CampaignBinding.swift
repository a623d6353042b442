package import Billing
package import Campaigns
internal import Consents
internal import Dates
package import Diagnostics
package import Languages
package import LayoutLanguage
package import Money

/// A campaign made ready for composing: its words compiled against the bill's schema, its dates in the slots layouts read.
package final class CampaignBinding {
  package let loaded: LoadedCampaign
  package let key: TokenKey?
  package let isSpecimen: Bool
  private var words: [String: [Phase: [LanguageTag: CompiledWords]]] = [:]
  /// The conditions of the rules of the audience, in order; `nil` for a rule without one.
  private var conditions: [String: AudienceCondition] = [:]
  /// The same of the channels' rules.
  private var channelConditions: [Channel: [String: AudienceCondition]] = [:]
  /// What channels say.
  private var channelWords: [Channel: ChannelWords] = [:]
  /// The words of the campaign's disclosures, in their order.
  private var disclosures: [[LanguageTag: [CompiledWords.Inline]]] = []

  package var campaign: Campaign { loaded.campaign }

  /// What of a campaign is made ready: less than all where nothing is composed.
  package enum Part {
    case words, conditions
  }

  /// What goes out beside bills.
  package enum Channel {
    case postcard, email
  }

  /// Compiles all words and conditions, reporting every fault in them.
  ///
  /// - Parameter parts: What is wanted of them.
  /// - Throws: All faults of the words and conditions, in the order of the file.
  package init(
    _ loaded: LoadedCampaign, schema: RecordType, key: TokenKey?, isSpecimen: Bool, parts: Set<Part> = [.words, .conditions]
  ) throws(DiagnosticList) {
    self.loaded = loaded
    self.key = key
    self.isSpecimen = isSpecimen
    var findings: [Diagnostic] = []
    let type = BillSchema.campaign(having: loaded.campaign.parts)
    if parts.contains(.conditions) {
      let compile = { (condition: ConditionText) in
        let place = condition.range
        let source = SourceText(file: place.file, range: place.bytes, text: condition.text)
        return AudienceCondition.compile(source, words: Self.words, schema: schema, campaign: type, into: &findings)
      }
      for rule in loaded.campaign.audience { conditions[rule.name] = rule.condition.flatMap(compile) }
      for (channel, rules) in [(Channel.postcard, loaded.campaign.postcard?.rules), (.email, loaded.campaign.email?.rules)] {
        for rule in rules ?? [] { channelConditions[channel, default: [:]][rule.name] = rule.condition.flatMap(compile) }
      }
    }
    for notice in loaded.campaign.notices where parts.contains(.words) {
      for phase in Phase.allCases {
        for language in loaded.campaign.languages {
          guard let source = notice.words(phase, language) else { continue }
          words[notice.name, default: [:]][phase, default: [:]][language] = CompiledWords(source) { text, expression in
            TextTemplate.compile(expression.sourceText(in: text), schema: schema, campaign: type, into: &findings)
          }
        }
      }
    }
    if parts.contains(.words) {
      channelWords[.postcard] = Self.cardWords(of: loaded.campaign, type, into: &findings)
      channelWords[.email] = Self.emailWords(of: loaded.campaign, schema, type, into: &findings)
      disclosures = loaded.campaign.disclosures.map { disclosure in
        Self.texts(of: disclosure, in: loaded.campaign.languages, schema, type, into: &findings)
      }
    }
    // Words that a phase takes from another are compiled with each of them.
    var told: Set<Diagnostic> = []
    findings = findings.filter { told.insert($0).inserted }
    if !findings.isEmpty { throw DiagnosticList(findings) }
  }

  private static func texts(
    of disclosure: Disclosure, in languages: [LanguageTag], _ schema: RecordType, _ campaign: RecordType, into findings: inout [Diagnostic]
  ) -> [LanguageTag: [CompiledWords.Inline]] {
    languages.reduce(into: [:]) { texts, language in
      guard let text = disclosure.text(language) else { return }
      let blocks = CompiledWords.blocks(text.document.blocks) { expression in
        TextTemplate.compile(expression.sourceText(in: text), schema: schema, campaign: campaign, into: &findings)
      }
      guard case .paragraph(let inlines)? = blocks.first else { return }
      if inlines.isLate {
        findings.append(
          Diagnostic(
            id: "bad-value",
            "the words of the disclosure '\(disclosure.id)' hold a page number, which is known only once a bill is laid out",
            at: text.range))
      }
      texts[language] = inlines
    }
  }

  /// What a bill must say: the disclosures mapped for its phase and language, of the notice where it carries the notice `standard`, of the
  /// terms where those reach the customer.
  ///
  /// - Parameter environment: The bill's.
  /// - Throws: The finding, where a value in one cannot be evaluated.
  package func phrases(for decision: Decision, in environment: borrowing Environment) throws(Diagnostic) -> [DisclosurePhrase] {
    var phrases: [DisclosurePhrase] = []
    for (disclosure, texts) in zip(campaign.disclosures, disclosures) where disclosure.phases.contains(decision.phase) {
      let isDue =
        switch disclosure.place {
        case .notice: decision.notice == Notice.standardName
        case .terms: decision.terms != .none
        }
      guard isDue, let inlines = texts[decision.language] else { continue }
      phrases.append(DisclosurePhrase(disclosure: disclosure, words: PlainWords(try inlines.plainText(in: environment))))
    }
    return phrases
  }

  /// The words of each disclosure in a language, in the order of the campaign; `nil` for one that is not mapped in it.
  ///
  /// - Parameter environment: With the bill, and the campaign in the first phase of the disclosure, which is handed to the closure.
  /// - Throws: The finding, where a value in one cannot be evaluated.
  package func phrases(
    in language: LanguageTag, environment: (Disclosure) -> Environment?
  ) throws(Diagnostic) -> [PlainWords?] {
    var phrases: [PlainWords?] = []
    for (disclosure, texts) in zip(campaign.disclosures, disclosures) {
      guard let inlines = texts[language], let environment = environment(disclosure) else {
        phrases.append(nil)
        continue
      }
      phrases.append(PlainWords(try inlines.plainText(in: environment)))
    }
    return phrases
  }

  /// The words of a postcard in a phase and a language; `nil` where the campaign sends none.
  package func cardWords(_ phase: Phase, _ language: LanguageTag) -> CompiledWords? { channelWords[.postcard]?[phase]?[language] }

  /// The words of an e-mail in a phase and a language; `nil` where the campaign sends none.
  package func emailWords(_ phase: Phase, _ language: LanguageTag) -> CompiledWords? { channelWords[.email]?[phase]?[language] }

  /// The words of a notice as they are printed in a phase and a language; `nil` where it has none there.
  package func words(of notice: String, _ phase: Phase, _ language: LanguageTag) -> CompiledWords? { words[notice]?[phase]?[language] }

  /// What the words of a notice read as `campaign`, for those who look at words without a bill.
  package func record(_ phase: Phase, _ language: LanguageTag, currency: Currency, notice: String, terms: TermsPlacement) -> Value {
    record(phase: phase, language, currency, notice: notice, terms: terms)
  }

  private static let words = AudienceCondition.Words(
    phases: Phase.allCases.map(\.rawValue), modes: Campaign.Mode.allCases.map(\.rawValue), states: CustomerState.allCases.map(\.rawValue))

  /// Whether a rule of the audience applies to a bill.
  ///
  /// - Parameter environment: With the bill, ``record(_:currency:)`` of the phase, and ``AudienceCondition/localCount`` locals.
  /// - Throws: What the condition meets that cannot be evaluated, such as an overflow.
  package func holds(_ rule: AudienceRule, _ facts: AudienceFacts, in environment: inout Environment) throws(Diagnostic) -> Bool {
    try holds(conditions[rule.name], facts, in: &environment)
  }

  /// Whether a rule of a channel applies beside a bill; the arguments are those of a rule of the audience.
  ///
  /// - Throws: What the condition meets that cannot be evaluated, such as an overflow.
  package func holds(
    _ rule: ChannelRule, of channel: Channel, _ facts: AudienceFacts, in environment: inout Environment
  ) throws(Diagnostic) -> Bool {
    try holds(channelConditions[channel]?[rule.name], facts, in: &environment)
  }

  private func holds(
    _ condition: AudienceCondition?, _ facts: AudienceFacts, in environment: inout Environment
  ) throws(Diagnostic) -> Bool {
    guard let condition else { return true }
    return try condition.holds(
      AudienceCondition.Facts(
        phase: facts.phase.rawValue, mode: campaign.mode.rawValue, state: facts.state.rawValue, notices: facts.notices,
        days: facts.daysSinceLast), in: &environment)
  }

  /// What conditions read as `campaign`, in its first language.
  package func record(_ phase: Phase, currency: Currency) -> Value { record(phase: phase, campaign.languages[0], currency) }

  /// The words of the bill's notice; `nil` where it carries none.
  package func words(_ decision: Decision) -> CompiledWords? { decision.notice.flatMap { words[$0]?[decision.phase]?[decision.language] } }

  /// The token of an account: the specimen's without a key.
  package func token(for account: String) -> OptInToken {
    guard !isSpecimen, let key else { return .specimen }
    return key.token(campaign: campaign.id, account: account.utf8)
  }

  /// What layouts and words read as `campaign`; absent where the bill carries neither notice nor terms.
  package func record(_ decision: Decision, currency: Currency) -> Value {
    guard decision.notice != nil || decision.terms != .none else { return .absent }
    return record(phase: decision.phase, decision.language, currency, notice: decision.notice, terms: decision.terms)
  }

  func record(
    phase: Phase, _ language: LanguageTag, _ currency: Currency, notice: String? = nil, terms: TermsPlacement = .none, show: String? = nil
  ) -> Value {
    let campaign = campaign
    let optIn = campaign.optIn
    func record(_ fields: [Value]) -> Value { .record(ValueRecord(fields)) }
    return record([
      .text(campaign.mode.rawValue), .text(phase.rawValue), .date(campaign.phases.active), .date(campaign.phases.announce),
      .date(campaign.phases.remind), .date(campaign.phases.final),
      record([.text(campaign.terms.version), .date(campaign.terms.effective), .text(terms.rawValue)]),
      record([
        .text(show ?? optIn.show), .text(optIn.phone(language) ?? ""), .optional(optIn.hours(language)),
        optIn.open.map { record([.text($0.show)]) } ?? .absent,
      ]),
      .optional(notice), .optional(campaign.company),
      campaign.keep.map { record([.text($0.how(language) ?? ""), $0.by.map { .date($0) } ?? .absent]) } ?? .absent,
      campaign.paper.flatMap { $0.currency == currency ? record([.amount($0.fee)]) : nil } ?? .absent,
    ])
  }

  /// What a leaflet's layout reads as `campaign`: the same for all customers of a language. Phase and notice are withheld from it.
  package func leafletRecord(_ language: LanguageTag) -> Value {
    record(phase: .announce, language, campaign.paper?.currency ?? .none, terms: .leaflet)
  }

  /// The terms that stand in the bill; `nil` for none.
  package func terms(_ decision: Decision) -> TermsText? { decision.showsTerms ? campaign.terms[decision.language] : nil }

  /// What the notice of a bill says; `nil` where it carries none, and where the campaign lacks what loading it has checked.
  package func notice(for bill: Bill, _ decision: Decision) -> NoticeWords? {
    guard let name = decision.notice, let words = words(decision) else { return nil }
    let token = token(for: bill.account)
    return NoticeWords(
      name: name, words: words, show: campaign.optIn.show, token: campaign.optIn.needsToken ? token.grouped : nil,
      address: campaign.optIn.address(token), phone: campaign.optIn.phone(decision.language) ?? "",
      hours: campaign.optIn.hours(decision.language))
  }
}

extension Campaign {
  /// What of a campaign it has.
  fileprivate var parts: BillSchema.CampaignParts {
    var parts: BillSchema.CampaignParts = []
    if company != nil { parts.insert(.company) }
    if keep != nil { parts.insert(.keep) }
    if keep?.by != nil { parts.insert(.lastDay) }
    if languages.allSatisfy({ optIn.hours($0) != nil }) { parts.insert(.hours) }
    if optIn.open != nil { parts.insert(.openAddress) }
    return parts
  }
}
