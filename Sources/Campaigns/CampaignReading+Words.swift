internal import Billing
internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

extension CampaignReading {
  /// The notices: by name, or the words of one, which is `standard`.
  mutating func notices(_ value: YAMLValue) -> [Notice] {
    guard let members = findings.anyMapping(value, "'notices'") else { return [] }
    guard !members.isEmpty, !members.contains(where: { Phase(rawValue: $0.name) != nil }) else {
      guard let mapping = mapping(value, "'notices'", CampaignKeys.notices) else { return [] }
      return [Notice(name: Notice.standardName, asksProminence: true, words: words(mapping, of: .notices))]
    }
    if members.count > Limit.notices {
      findings.report("bad-value", "'notices' are \(members.count), more than the \(Limit.notices) allowed", at: value.range)
      return []
    }
    if !members.contains(where: { $0.name == Notice.standardName }) {
      findings.report(
        "missing-key",
        "'notices' lacks '\(Notice.standardName)', the notice that every campaign has; its words stand below that name, or "
          + "below the phases where there is no other", at: value.range)
    }
    var met: Set<String> = []
    var notices: [Notice] = []
    for member in members {
      guard isName(member.name), member.name != "none" else {
        findings.report(
          "bad-value",
          "'\(member.name.prefix(64))' cannot be the name of a notice: letters, digits, '-' and '_', a letter first, and not 'none'",
          at: member.range)
        continue
      }
      guard met.insert(member.name).inserted else {
        findings.report("duplicate-key", "'notices' has '\(member.name)' twice", at: member.range)
        continue
      }
      if let notice = notice(member) { notices.append(notice) }
    }
    return notices
  }

  /// One of the named notices.
  private mutating func notice(_ member: YAMLValue.Member) -> Notice? {
    let isStandard = member.name == Notice.standardName
    guard
      let mapping = mapping(member.value, "the notice '\(member.name)'", isStandard ? CampaignKeys.notices : CampaignKeys.otherNotice)
    else { return nil }
    var asksProminence = true
    if !isStandard, let value = mapping[CampaignKeys.noProminence.name] {
      if value.text == "none" {
        asksProminence = false
      } else {
        findings.report(
          "bad-value",
          "'prominence' of the notice '\(member.name)' must be 'none' or be left out, found '\((value.text ?? value.kind).prefix(40))'",
          at: value.range)
      }
    }
    let words = words(mapping, of: .notice(member.name))
    if !isStandard, mapping[Phase.announce.rawValue] == nil {
      findings.report(
        "missing-words", "the notice '\(member.name)' has no words for the phase 'announce', from which on a rule may ask for it",
        at: member.range, suggestion: "later phases take over what an earlier one says")
    }
    return Notice(name: member.name, asksProminence: asksProminence, words: words)
  }

  /// The words of a notice in all its phases.
  private mutating func words(_ mapping: YAMLFindings.Mapping, of owner: WordsOwner) -> [Phase: [LanguageTag: Words]] {
    let drafts = drafts(mapping, of: owner)
    // What a postcard or an e-mail does not say itself it says as the standard notice.
    if owner.isStandard { standardDrafts = drafts }
    return drafts.reduce(into: [:]) { words, entry in
      let (phase, drafts) = entry
      for (language, draft) in drafts {
        words[phase, default: [:]][language] = draft.words(phase, language, isStandard: owner.isStandard, keepPaper: keepTexts[language])
      }
    }
  }

  /// What the file says in each phase, `same-as` followed.
  func drafts(_ mapping: YAMLFindings.Mapping, of owner: WordsOwner) -> [Phase: [LanguageTag: WordsDraft]] {
    let sources = models(mapping, of: owner)
    var drafts: [Phase: [LanguageTag: WordsDraft]] = [:]
    // A phase after the one it takes words from; a circle is reported, and none of it has words.
    var pending = Phase.allCases
    while let index = pending.firstIndex(where: { phase in sources[phase].map { drafts[$0] != nil } ?? true }) {
      let phase = pending.remove(at: index)
      drafts[phase] =
        mapping[phase.rawValue].map { self.drafts($0, phase, of: owner, over: sources[phase].flatMap { drafts[$0] }) } ?? [:]
    }
    return drafts
  }

  /// For each phase with a `same-as`, the phase named; circles are reported and stay in.
  private func models(_ notices: YAMLFindings.Mapping, of owner: WordsOwner) -> [Phase: Phase] {
    var models: [Phase: Phase] = [:]
    var places: [Phase: SourceRange] = [:]
    for phase in Phase.allCases {
      guard case .mapping(let members)? = notices[phase.rawValue]?.content,
        let member = members.first(where: { $0.name == CampaignKeys.sameAs.name })
      else { continue }
      guard let model = findings.choice(member.value, "'same-as' in \(owner.name(of: phase))", Phase.self) else { continue }
      guard notices[model.rawValue] != nil else {
        findings.report(
          "same-as-nowhere", "the words of phase '\(phase.rawValue)' are to be those of '\(model.rawValue)', which has none",
          at: member.value.range)
        continue
      }
      models[phase] = model
      places[phase] = member.value.range
    }
    var told: Set<Phase> = []
    for phase in Phase.allCases where !told.contains(phase) {
      var way = [phase]
      while let next = models[way[way.count - 1]] {
        if next == phase {
          findings.report(
            "same-as-circle",
            way.count == 1
              ? "the words of phase '\(phase.rawValue)' cannot be the same as their own"
              : "the words are the same in a circle: " + (way + [phase]).map { "'\($0.rawValue)'" }.joined(separator: " as "),
            at: places[phase])
          told.formUnion(way)
          break
        }
        // The circle lies further on and is reported from there.
        if way.contains(next) { break }
        way.append(next)
      }
    }
    return models
  }

  /// The words of a phase in each language: its own over those of the phase it takes the rest from.
  private func drafts(
    _ value: YAMLValue, _ phase: Phase, of owner: WordsOwner, over model: [LanguageTag: WordsDraft]?
  ) -> [LanguageTag: WordsDraft] {
    var drafts = model ?? [:]
    // With a faulty 'same-as' it cannot be said what is missing.
    let hasModel =
      if case .mapping(let members) = value.content { members.contains { $0.name == CampaignKeys.sameAs.name } } else { false }
    let isComplete = owner.isComplete(in: phase) && !hasModel
    let own = byLanguage(value, owner.name(of: phase), isComplete: isComplete, besides: CampaignKeys.sameAs) { $0 }
    for language in languages {
      guard let value = own[language] else { continue }
      let words = owner.name(of: phase, language)
      let keys = owner.keys
      // What a customer does to keep paper may be said by the campaign for all notices.
      let asksToKeep = owner.isStandard && keepTexts[language] == nil
      let required = keys.filter { $0.isRequired || asksToKeep && $0.name == CampaignKeys.keepPaper.name }.map(\.name)
      // What the other phase lacks has been reported there.
      guard
        let mapping = findings.mapping(
          value, words, required: isComplete ? required : [],
          optional: keys.map(\.name).filter { !isComplete || !required.contains($0) })
      else {
        drafts[language] = nil
        continue
      }
      if owner.isChannel, let value = mapping[CampaignKeys.keepPaper.name] {
        findings.report(
          "bad-value",
          "\(owner.noun) has no 'keep-paper' of its own: it says what the notice '\(Notice.standardName)' says there, failing that 'keep.how'",
          at: value.range, suggestion: "leave it out")
      }
      drafts[language] = draft(mapping, words, over: drafts[language] ?? WordsDraft())
    }
    return drafts
  }

  private func draft(_ mapping: YAMLFindings.Mapping, _ owner: String, over model: WordsDraft) -> WordsDraft {
    var draft = model
    if let value = mapping["heading"] { draft.heading = paragraph(value, "the heading of \(owner)", limit: Limit.heading) }
    if let value = mapping["body"] { draft.body = text(value, "the body of \(owner)", limit: Limit.body) }
    if let value = mapping["action"] { draft.action = text(value, "the action of \(owner)", limit: Limit.body) }
    if let value = mapping[CampaignKeys.keepPaper.name] {
      draft.keepPaper = text(value, "the keep-paper line of \(owner)", limit: Limit.body)
    }
    if let value = mapping["label"] { draft.label = paragraph(value, "the label of \(owner)", limit: Limit.heading) }
    if let value = mapping["benefits"] { draft.benefits = benefits(value, owner) }
    if let value = mapping["subject"] { draft.subject = plainLine(value, "the subject of \(owner)", limit: Limit.subject) }
    if let value = mapping["preheader"] { draft.preheader = plainLine(value, "the preheader of \(owner)", limit: Limit.preheader) }
    return draft
  }

  private func benefits(_ value: YAMLValue, _ owner: String) -> [CampaignText] {
    guard let list = findings.list(value, "the benefits of \(owner)") else { return [] }
    if list.count > Limit.benefits {
      findings.report(
        "bad-value", "the benefits of \(owner) are \(list.count), more than the \(Limit.benefits) allowed", at: value.range)
    }
    return list.prefix(Limit.benefits).compactMap { paragraph($0, "a benefit of \(owner)", limit: Limit.heading) }
  }

  private func text(_ value: YAMLValue, _ owner: String, limit: Int) -> CampaignText? {
    guard let text = findings.text(value, owner, limit: limit) else { return nil }
    do throws(MarkdownFault) {
      let document = try MarkdownDocument(parsing: text, expressions: true, allowsTables: false)
      warnOfLinks(in: document, text) { value.range(ofText: $0) }
      return CampaignText(text: text, document: document, origin: value)
    } catch {
      let place = error.range ?? range(ofLine: error.line, in: text)
      findings.report(error.id, "\(owner): \(error.message)", at: value.range(ofText: place))
      return nil
    }
  }

  /// A text that must come out as one paragraph.
  func paragraph(_ value: YAMLValue, _ owner: String, limit: Int) -> CampaignText? {
    guard let text = text(value, owner, limit: limit) else { return nil }
    guard text.document.singleParagraph != nil else {
      findings.report(
        "not-one-paragraph", "\(owner) must be one paragraph; put '\\' before a sign that begins a list or heading", at: value.range)
      return nil
    }
    return text
  }

  /// A paragraph for where no marks are shown: words and values only.
  private func plainLine(_ value: YAMLValue, _ owner: String, limit: Int) -> CampaignText? {
    guard let text = paragraph(value, owner, limit: limit) else { return nil }
    let isPlain = text.document.singleParagraph?.allSatisfy { inline in
      switch inline {
      case .text, .expression, .softBreak: true
      case .emphasis, .strong, .code, .link, .lineBreak: false
      }
    }
    guard isPlain == true else {
      findings.report(
        "not-one-paragraph", "\(owner) must be plain words in one line: lists of messages show no marks and no links", at: value.range,
        suggestion: "put '\\' before a sign that is meant as itself")
      return nil
    }
    return text
  }

  private func range(ofLine line: Int, in text: String) -> Range<Int> {
    let bytes = Array(text.utf8)
    var start = 0
    for _ in 1..<max(1, line) {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    return start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
  }
}
