package import Campaigns
internal import Diagnostics
package import Languages
package import LayoutLanguage
package import Money

extension CampaignBinding {
  /// What a channel says in each phase and language.
  typealias ChannelWords = [Phase: [LanguageTag: CompiledWords]]

  /// Compiles what cards say, against what may stand on open mail.
  ///
  /// - Parameter findings: Gains every fault; of words that the card takes from the notice, each says so.
  static func cardWords(
    of campaign: Campaign, _ type: RecordType, into findings: inout [Diagnostic]
  ) -> ChannelWords {
    guard let postcard = campaign.postcard else { return [:] }
    var words: ChannelWords = [:]
    for phase in Phase.allCases {
      for language in campaign.languages {
        guard let source = postcard.words(phase, language) else { continue }
        let notice = Set(campaign.words(phase, language)?.all.map(\.text.range) ?? [])
        words[phase, default: [:]][language] = CompiledWords(source) { text, expression in
          var found: [Diagnostic] = []
          let place = expression.sourceText(in: text)
          let template = TextTemplate.compile(place, schema: BillSchema.postcard, campaign: type, into: &found)
          if found.isEmpty, let fault = pageFault(template, text.range(of: expression.range), "a postcard") { found.append(fault) }
          if notice.contains(text.range) { tellInherited(&found, "the postcard", postcard.range) }
          findings += found
          return template
        }
      }
    }
    return words
  }

  /// The finding for words that say a page, which what goes out beside a bill does not have.
  static func pageFault(_ template: TextTemplate, _ place: SourceRange, _ noun: String) -> Diagnostic? {
    guard template.saysPage else { return nil }
    return Diagnostic(id: "terms-page-missing", "these words say a page, and \(noun) has neither pages nor terms", at: place)
  }

  /// Says of findings that a channel takes the words from the notice.
  static func tellInherited(_ found: inout [Diagnostic], _ teller: String, _ place: SourceRange) {
    let note = Diagnostic.Note("\(teller) takes these words from the notice, where it has none of its own", at: place)
    for index in found.indices { found[index].notes.append(note) }
  }

  /// What a card says and where it leads: the way in for mail that everybody can read, without a token.
  ///
  /// - Returns: `nil` where the campaign lacks what loading it has checked.
  package func cardWords(_ decision: ChannelDecision) -> NoticeWords? {
    guard let words = cardWords(decision.phase, decision.language), let open = campaign.optIn.open else { return nil }
    return NoticeWords(
      name: PostcardChannel.noticeName, words: words, show: open.show, token: nil, address: open.url,
      phone: campaign.optIn.phone(decision.language) ?? "", hours: campaign.optIn.hours(decision.language))
  }

  /// What a card's layout and words read as `campaign`: its way in is the open one, and it has no terms.
  ///
  /// - Parameter currency: Of the amounts it may print: the fee for paper is absent in another.
  package func cardRecord(_ decision: ChannelDecision, currency: Currency) -> Value {
    cardRecord(decision.phase, decision.language, currency: currency)
  }

  /// The same, for those who look at words without a bill.
  package func cardRecord(_ phase: Phase, _ language: LanguageTag, currency: Currency) -> Value {
    record(
      phase: phase, language, currency, notice: PostcardChannel.noticeName, terms: .none, show: campaign.optIn.open?.show)
  }
}

extension TextTemplate {
  /// Whether it says the number of a page.
  fileprivate var saysPage: Bool { pieces.contains { if case .late = $0 { true } else { false } } }
}
