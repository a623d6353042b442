internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

extension CampaignReading {
  /// Where each point is said.
  func disclosures(_ value: YAMLValue) -> [Disclosure] {
    guard let list = findings.list(value, "'disclosures'") else { return [] }
    guard list.count <= Limit.disclosures else {
      findings.report("bad-value", "'disclosures' has \(list.count) entries, more than the \(Limit.disclosures) allowed", at: value.range)
      return []
    }
    return list.enumerated().compactMap { index, element in disclosure(element, number: index + 1) }
  }

  private func disclosure(_ value: YAMLValue, number: Int) -> Disclosure? {
    guard let mapping = mapping(value, "disclosure \(number)", CampaignKeys.disclosure) else { return nil }
    let id = mapping["id"].flatMap { value -> String? in
      guard let id = findings.text(value, "'id' of disclosure \(number)", limit: Limit.name) else { return nil }
      guard isName(id) else {
        findings.report("bad-value", "'\(id)' cannot be a point's id: letters, digits, '-' and '_', a letter first", at: value.range)
        return nil
      }
      return id
    }
    let whose = id.map { "the disclosure '\($0)'" } ?? "disclosure \(number)"
    let place = mapping["where"].flatMap { findings.choice($0, "'where' of \(whose)", Disclosure.Place.self) }
    let phases = mapping["phases"].map { self.phases($0, whose) } ?? Set(Phase.allCases)
    var texts: [LanguageTag: CampaignText] = [:]
    if let place = mapping["text"] {
      texts = byLanguage(place, "'text' of \(whose)", isComplete: false) { $0 }.compactMapValues { value in
        guard let text = paragraph(value, "the words of \(whose)", limit: Limit.disclosure) else { return nil }
        // Nothing stands everywhere.
        guard text.document.hasWords else {
          findings.report("bad-value", "the words of \(whose) are empty", at: value.range)
          return nil
        }
        return text
      }
    }
    guard let id, let place else { return nil }
    return Disclosure(id: id, place: place, phases: phases, texts: texts, range: value.range)
  }

  private func phases(_ value: YAMLValue, _ whose: String) -> Set<Phase> {
    guard let list = findings.list(value, "'phases' of \(whose)") else { return [] }
    if list.isEmpty { findings.report("bad-value", "'phases' of \(whose) is empty; left out, all are meant", at: value.range) }
    return Set(list.compactMap { findings.choice($0, "a phase of \(whose)", Phase.self) })
  }
}
