internal import Billing
internal import ConfigurationFiles
internal import Diagnostics
internal import Digests
internal import JSON
internal import Languages

extension CampaignReading {
  mutating func notices(_ value: YAMLValue) -> [Phase: [LanguageTag: Words]] {
    guard let mapping = findings.mapping(value, "'notices'", required: Phase.allCases.map(\.rawValue)) else { return [:] }
    var result: [Phase: [LanguageTag: Words]] = [:]
    for phase in Phase.allCases {
      guard let place = mapping[phase.rawValue] else { continue }
      let owner = "the notices of phase '\(phase.rawValue)'"
      let values = byLanguage(place, owner, isComplete: true) { $0 }
      for language in languages {
        guard let value = values[language] else { continue }
        result[phase, default: [:]][language] = words(value, phase, language)
      }
    }
    return result
  }

  private func words(_ value: YAMLValue, _ phase: Phase, _ language: LanguageTag) -> Words? {
    let owner = "the notice '\(phase.rawValue)' in '\(language)'"
    guard
      let mapping = findings.mapping(
        value, owner, required: ["heading", "body", "action", "keep-paper"], optional: ["benefits", "label"])
    else { return nil }
    let heading = mapping["heading"].flatMap { line($0, "the heading of \(owner)", limit: Limit.heading) }
    let body = mapping["body"].flatMap { text($0, "the body of \(owner)", limit: Limit.body) }
    let action = mapping["action"].flatMap { text($0, "the action of \(owner)", limit: Limit.body) }
    let keepPaper = mapping["keep-paper"].flatMap { text($0, "the keep-paper line of \(owner)", limit: Limit.body) }
    let label = mapping["label"].flatMap { line($0, "the label of \(owner)", limit: Limit.heading) }
    let benefits = mapping["benefits"].map { self.benefits($0, owner) } ?? []
    guard let heading, let body, let action, let keepPaper else { return nil }
    var members: [JSONValue.Member] = [
      JSONValue.Member("action", .text(action.text)), JSONValue.Member("body", .text(body.text)),
      JSONValue.Member("heading", .text(heading.text)), JSONValue.Member("keep-paper", .text(keepPaper.text)),
    ]
    if mapping["benefits"] != nil { members.append(JSONValue.Member("benefits", .list(benefits.map { .text($0.text) }))) }
    if let label { members.append(JSONValue.Member("label", .text(label.text))) }
    return Words(
      phase: phase, language: language, heading: heading, body: body, action: action, keepPaper: keepPaper, benefits: benefits,
      label: label, digest: Digest256.hex(JSONValue.object(members).canonical))
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
      return CampaignText(text: text, document: try MarkdownDocument(parsing: text, expressions: true), origin: value)
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
