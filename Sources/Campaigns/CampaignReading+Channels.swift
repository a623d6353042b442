internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

extension CampaignReading {
  /// What goes out beside bills.
  ///
  /// - Parameters:
  ///   - optIn: The value of `opt-in`, whose `open` a postcard asks for.
  ///   - coverage: What each customer must have had.
  /// - Returns: The postcard; `nil` where there is none.
  func channels(_ value: YAMLValue, optIn: YAMLValue?, coverage: Coverage?) -> PostcardChannel? {
    guard let mapping = mapping(value, "'channels'", CampaignKeys.channels), let card = mapping["postcard"] else { return nil }
    let place = mapping.members.first { $0.name == "postcard" }?.range ?? card.range
    if let optIn, case .mapping = optIn.content, member(optIn, "open") == nil {
      findings.report(
        "missing-key", "'opt-in' lacks 'open', the address without a token that a postcard shows", at: optIn.range,
        notes: [Diagnostic.Note("the postcard", at: place)])
    }
    return postcard(card, place, coverage)
  }

  private func postcard(_ value: YAMLValue, _ place: SourceRange, _ coverage: Coverage?) -> PostcardChannel? {
    guard let mapping = mapping(value, "'postcard'", CampaignKeys.postcard) else { return nil }
    let rules = mapping["audience"].map { postcardRules($0) } ?? []
    let once = mapping["once"].flatMap { findings.choice($0, "'once' of 'postcard'", ChannelFrequency.self) } ?? .campaign
    if once == .campaign, let coverage, coverage.postcards > 1 {
      findings.warn(
        "coverage-unreachable",
        "'coverage' asks for \(coverage.postcards) postcards, and an account gets one in the campaign; expected 'once: cycle'",
        at: mapping["once"]?.range ?? place)
    }
    let own = mapping["words"].flatMap { self.mapping($0, "'words' of 'postcard'", CampaignKeys.postcardPhases) }
      .map { drafts($0, of: .postcard) }
    return PostcardChannel(rules: rules, once: once, range: place, words: postcardWords(own ?? [:]))
  }

  /// In every phase and language the card's own words over those of the standard notice.
  private func postcardWords(_ own: [Phase: [LanguageTag: WordsDraft]]) -> [Phase: [LanguageTag: Words]] {
    var words: [Phase: [LanguageTag: Words]] = [:]
    for phase in Phase.allCases {
      for language in languages {
        // What the notice lacks has been reported there.
        guard let standard = standardDrafts[phase]?[language] else { continue }
        let latest = Phase.allCases.last { $0 <= phase && own[$0]?[language] != nil }.flatMap { own[$0]?[language] }
        words[phase, default: [:]][language] = (latest ?? WordsDraft()).over(standard)
          .words(phase, language, isStandard: true, keepPaper: keepTexts[language])
      }
    }
    return words
  }

  /// Who gets a card: each rule has a name of its own, and one that holds for everybody is the last.
  private func postcardRules(_ value: YAMLValue) -> [ChannelRule] {
    guard let list = findings.list(value, "'audience' of 'postcard'") else { return [] }
    guard !list.isEmpty else {
      findings.report(
        "bad-value", "'audience' of 'postcard' has no rule; without the key every undecided customer of a printed bill gets a card",
        at: value.range)
      return []
    }
    guard list.count <= Limit.rules else {
      findings.report(
        "bad-value", "'audience' of 'postcard' has \(list.count) rules, more than the \(Limit.rules) allowed", at: value.range)
      return []
    }
    var rules: [ChannelRule] = []
    var places: [String: SourceRange] = [:]
    for (index, element) in list.enumerated() {
      guard let mapping = mapping(element, "rule \(index + 1) of the postcard's audience", CampaignKeys.postcardRule) else { continue }
      let given = mapping["rule"]
      let name = given.map { ruleName($0) } ?? "postcard-\(index + 1)"
      if let name { noteRule(name, at: given?.range ?? element.range, "a second rule of the postcard", &places) }
      let whose = name.map { "the postcard's rule '\($0)'" } ?? "rule \(index + 1) of the postcard's audience"
      if index < list.count - 1, mapping["when"] == nil { reportUnreachable(behind: whose, element) }
      let condition = mapping["when"].flatMap { conditionText($0, whose) }
      let sends = mapping["card"].flatMap { findings.choice($0, "'card' of \(whose)", ChannelSending.self) } ?? .send
      if let name { rules.append(ChannelRule(name: name, condition: condition, sends: sends == .send)) }
    }
    return rules
  }
}
