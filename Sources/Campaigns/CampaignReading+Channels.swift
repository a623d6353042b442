internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

extension CampaignReading {
  /// What goes out beside bills; `nil` for what does not.
  struct Channels {
    var postcard: PostcardChannel?
    var email: EmailChannel?
  }

  /// A channel as messages and keys name it.
  struct ChannelNames {
    /// Its key under `channels`, which names rules without a name of their own, too.
    let key: String
    /// What goes out.
    let noun: String
    /// The keys of a rule.
    let ruleKeys: [CampaignKey]
    /// The key that says whether those it holds for get one.
    let sends: String
    /// Who gets one where there are no rules.
    let usual: String

    static let postcard = ChannelNames(
      key: "postcard", noun: "the postcard", ruleKeys: CampaignKeys.postcardRule, sends: "card",
      usual: "every undecided customer of a printed bill gets a card")
    static let email = ChannelNames(
      key: "email", noun: "the e-mail", ruleKeys: CampaignKeys.emailRule, sends: "email",
      usual: "every undecided customer of a bill gets an e-mail")
  }

  /// What goes out beside bills.
  ///
  /// - Parameters:
  ///   - optIn: The value of `opt-in`, whose `open` a postcard asks for, and whose link stands in e-mails.
  ///   - coverage: What each customer must have had.
  func channels(_ value: YAMLValue, optIn: YAMLValue?, coverage: Coverage?) -> Channels {
    guard let mapping = mapping(value, "'channels'", CampaignKeys.channels) else { return Channels() }
    func place(_ name: String, _ value: YAMLValue) -> SourceRange { mapping.members.first { $0.name == name }?.range ?? value.range }
    return Channels(
      postcard: mapping["postcard"].flatMap { postcard($0, place("postcard", $0), optIn: optIn, coverage) },
      email: mapping["email"].flatMap { email($0, place("email", $0), optIn: optIn) })
  }

  /// Who gets a message of a channel: each rule has a name of its own, and one that holds for everybody is the last.
  func channelRules(_ value: YAMLValue, _ channel: ChannelNames) -> [ChannelRule] {
    let audience = "'audience' of '\(channel.key)'"
    guard let list = findings.list(value, audience) else { return [] }
    guard !list.isEmpty else {
      findings.report("bad-value", "\(audience) has no rule; without the key \(channel.usual)", at: value.range)
      return []
    }
    guard list.count <= Limit.rules else {
      findings.report("bad-value", "\(audience) has \(list.count) rules, more than the \(Limit.rules) allowed", at: value.range)
      return []
    }
    var rules: [ChannelRule] = []
    var places: [String: SourceRange] = [:]
    for (index, element) in list.enumerated() {
      let number = "rule \(index + 1) of \(channel.noun)'s audience"
      guard let mapping = mapping(element, number, channel.ruleKeys) else { continue }
      let given = mapping["rule"]
      let name = given.map { ruleName($0) } ?? "\(channel.key)-\(index + 1)"
      if let name { noteRule(name, at: given?.range ?? element.range, "a second rule of \(channel.noun)", &places) }
      let whose = name.map { "\(channel.noun)'s rule '\($0)'" } ?? number
      if index < list.count - 1, mapping["when"] == nil { reportUnreachable(behind: whose, element) }
      let condition = mapping["when"].flatMap { conditionText($0, whose) }
      let sends = mapping[channel.sends].flatMap { findings.choice($0, "'\(channel.sends)' of \(whose)", ChannelSending.self) } ?? .send
      if let name { rules.append(ChannelRule(name: name, condition: condition, sends: sends == .send)) }
    }
    return rules
  }

  /// How often an account gets a message of a channel.
  func frequency(_ mapping: YAMLFindings.Mapping, _ channel: ChannelNames) -> ChannelFrequency {
    mapping["once"].flatMap { findings.choice($0, "'once' of '\(channel.key)'", ChannelFrequency.self) } ?? .campaign
  }

  /// In every phase and language a channel's own words over those of the standard notice.
  ///
  /// - Parameter own: What the channel says itself in a phase, whatever phase of the file that is from.
  func channelWords(_ own: (Phase, LanguageTag) -> WordsDraft?) -> [Phase: [LanguageTag: Words]] {
    var words: [Phase: [LanguageTag: Words]] = [:]
    for phase in Phase.allCases {
      for language in languages {
        // What the notice lacks has been reported there.
        guard let standard = standardDrafts[phase]?[language] else { continue }
        words[phase, default: [:]][language] = (own(phase, language) ?? WordsDraft()).over(standard)
          .words(phase, language, isStandard: true, keepPaper: keepTexts[language])
      }
    }
    return words
  }
}
