internal import ConfigurationFiles
internal import Diagnostics

extension CampaignReading {
  /// The reminder postcard.
  ///
  /// - Parameters:
  ///   - place: Where its key stands.
  ///   - optIn: The value of `opt-in`.
  ///   - coverage: What each customer must have had.
  func postcard(_ value: YAMLValue, _ place: SourceRange, optIn: YAMLValue?, _ coverage: Coverage?) -> PostcardChannel? {
    if let optIn, case .mapping = optIn.content, member(optIn, "open") == nil {
      findings.report(
        "missing-key", "'opt-in' lacks 'open', the address without a token that a postcard shows", at: optIn.range,
        notes: [Diagnostic.Note("the postcard", at: place)])
    }
    guard let mapping = mapping(value, "'postcard'", CampaignKeys.postcard) else { return nil }
    let rules = mapping["audience"].map { channelRules($0, .postcard) } ?? []
    let once = frequency(mapping, .postcard)
    if once == .campaign, let coverage, coverage.postcards > 1 {
      findings.warn(
        "coverage-unreachable",
        "'coverage' asks for \(coverage.postcards) postcards, and an account gets one in the campaign; expected 'once: cycle'",
        at: mapping["once"]?.range ?? place)
    }
    let own =
      mapping["words"].flatMap { self.mapping($0, "'words' of 'postcard'", CampaignKeys.postcardPhases) }
      .map { drafts($0, of: .postcard) } ?? [:]
    let words = channelWords { phase, language in
      Phase.allCases.last { $0 <= phase && own[$0]?[language] != nil }.flatMap { own[$0]?[language] }
    }
    return PostcardChannel(rules: rules, once: once, range: place, words: words)
  }
}
