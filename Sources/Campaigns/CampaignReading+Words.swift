internal import Billing
internal import ConfigurationFiles
internal import Diagnostics
internal import Digests
internal import JSON
internal import Languages

extension CampaignReading {
  func notices(_ value: YAMLValue) -> [Phase: [LanguageTag: Words]] {
    guard let mapping = mapping(value, "'notices'", CampaignKeys.notices) else { return [:] }
    let sources = models(mapping)
    var drafts: [Phase: [LanguageTag: WordsDraft]] = [:]
    // A phase after the one it takes words from; a circle is reported, and none of it has words.
    var pending = Phase.allCases
    while let index = pending.firstIndex(where: { phase in sources[phase].map { drafts[$0] != nil } ?? true }) {
      let phase = pending.remove(at: index)
      drafts[phase] = mapping[phase.rawValue].map { self.drafts($0, phase, over: sources[phase].flatMap { drafts[$0] }) } ?? [:]
    }
    return Dictionary(
      uniqueKeysWithValues: drafts.map { phase, drafts in
        (
          phase,
          Dictionary(uniqueKeysWithValues: drafts.compactMap { language, draft in draft.words(phase, language).map { (language, $0) } })
        )
      })
  }

  /// For each phase with a `same-as`, the phase named; circles are reported and stay in.
  private func models(_ notices: YAMLFindings.Mapping) -> [Phase: Phase] {
    var models: [Phase: Phase] = [:]
    var places: [Phase: SourceRange] = [:]
    for phase in Phase.allCases {
      guard case .mapping(let members)? = notices[phase.rawValue]?.content,
        let member = members.first(where: { $0.name == CampaignKeys.sameAs.name })
      else { continue }
      guard let model = findings.choice(member.value, "'same-as' in the notices of phase '\(phase.rawValue)'", Phase.self) else { continue }
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
  private func drafts(_ value: YAMLValue, _ phase: Phase, over model: [LanguageTag: WordsDraft]?) -> [LanguageTag: WordsDraft] {
    let owner = "the notices of phase '\(phase.rawValue)'"
    var drafts = model ?? [:]
    // With a faulty 'same-as' it cannot be said what is missing.
    let isComplete =
      if case .mapping(let members) = value.content { !members.contains { $0.name == CampaignKeys.sameAs.name } } else { true }
    let own = byLanguage(value, owner, isComplete: isComplete, besides: CampaignKeys.sameAs) { $0 }
    for language in languages {
      guard let value = own[language] else { continue }
      let notice = "the notice '\(phase.rawValue)' in '\(language)'"
      let keys = CampaignKeys.words
      // What the other phase lacks has been reported there.
      guard
        let mapping = findings.mapping(
          value, notice, required: isComplete ? keys.required : [], optional: keys.optional + (isComplete ? [] : keys.required))
      else {
        drafts[language] = nil
        continue
      }
      drafts[language] = draft(mapping, notice, over: drafts[language] ?? WordsDraft())
    }
    return drafts
  }

  private func draft(_ mapping: YAMLFindings.Mapping, _ owner: String, over model: WordsDraft) -> WordsDraft {
    var draft = model
    if let value = mapping["heading"] { draft.heading = line(value, "the heading of \(owner)", limit: Limit.heading) }
    if let value = mapping["body"] { draft.body = text(value, "the body of \(owner)", limit: Limit.body) }
    if let value = mapping["action"] { draft.action = text(value, "the action of \(owner)", limit: Limit.body) }
    if let value = mapping["keep-paper"] { draft.keepPaper = text(value, "the keep-paper line of \(owner)", limit: Limit.body) }
    if let value = mapping["label"] { draft.label = line(value, "the label of \(owner)", limit: Limit.heading) }
    if let value = mapping["benefits"] { draft.benefits = benefits(value, owner) }
    return draft
  }

  private func benefits(_ value: YAMLValue, _ owner: String) -> [CampaignText] {
    guard let list = findings.list(value, "the benefits of \(owner)") else { return [] }
    if list.count > Limit.benefits {
      findings.report(
        "bad-value", "the benefits of \(owner) are \(list.count), more than the \(Limit.benefits) allowed", at: value.range)
    }
    return list.prefix(Limit.benefits).compactMap { line($0, "a benefit of \(owner)", limit: Limit.heading) }
  }

  private func text(_ value: YAMLValue, _ owner: String, limit: Int) -> CampaignText? {
    guard let text = findings.text(value, owner, limit: limit) else { return nil }
    do throws(MarkdownFault) {
      let document = try MarkdownDocument(parsing: text, expressions: true)
      warnOfLinks(in: document, text) { value.range(ofText: $0) }
      return CampaignText(text: text, document: document, origin: value)
    } catch {
      let place = error.range ?? range(ofLine: error.line, in: text)
      findings.report(error.id, "\(owner): \(error.message)", at: value.range(ofText: place))
      return nil
    }
  }

  /// A text that must come out as one paragraph.
  private func line(_ value: YAMLValue, _ owner: String, limit: Int) -> CampaignText? {
    guard let text = text(value, owner, limit: limit) else { return nil }
    guard text.document.singleParagraph != nil else {
      findings.report(
        "not-one-paragraph", "\(owner) must be one paragraph; put '\\' before a sign that begins a list or heading", at: value.range)
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

/// The words of a phase in one language as far as they are known.
private struct WordsDraft {
  var heading: CampaignText?
  var body: CampaignText?
  var action: CampaignText?
  var keepPaper: CampaignText?
  /// `nil` where the campaign has no such key, which is not the same to the digest as an empty list.
  var benefits: [CampaignText]?
  var label: CampaignText?

  /// The words; `nil` where one that is needed is missing, which has been reported.
  func words(_ phase: Phase, _ language: LanguageTag) -> Words? {
    guard let heading, let body, let action, let keepPaper else { return nil }
    var members: [JSONValue.Member] = [
      JSONValue.Member("action", .text(action.text)), JSONValue.Member("body", .text(body.text)),
      JSONValue.Member("heading", .text(heading.text)), JSONValue.Member("keep-paper", .text(keepPaper.text)),
    ]
    if let benefits { members.append(JSONValue.Member("benefits", .list(benefits.map { .text($0.text) }))) }
    if let label { members.append(JSONValue.Member("label", .text(label.text))) }
    return Words(
      phase: phase, language: language, heading: heading, body: body, action: action, keepPaper: keepPaper, benefits: benefits ?? [],
      label: label, digest: Digest256.hex(JSONValue.object(members).canonical))
  }
}
