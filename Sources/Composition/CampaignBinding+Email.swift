package import Campaigns
internal import Diagnostics
package import Languages
package import LayoutLanguage
package import Money

/// What one customer's e-mail says, and this customer's way in and out.
package struct EmailWords {
  /// The words, the address with the customer's token, the phone: as a notice has them.
  package let notice: NoticeWords
  /// What the message is called in a list of messages, not yet filled in.
  package let subject: [CompiledWords.Inline]
  /// What such a list shows behind it.
  package let preheader: [CompiledWords.Inline]
  /// The company's postal address in one line.
  package let postalAddress: String
  /// The web address at which the customer leaves the list, with the token: `https:`.
  package let unsubscribe: String
  /// The same as a message: `mailto:`, an address, and perhaps its subject and body.
  package let unsubscribeByMail: String
}

extension CampaignBinding {
  /// Compiles what e-mails say: against all that a bill may say, since a message goes to one customer.
  ///
  /// - Parameter findings: Gains every fault of the message's own words; of those it takes from the notice only what is wrong in an e-mail alone.
  static func emailWords(
    of campaign: Campaign, _ schema: RecordType, _ type: RecordType, into findings: inout [Diagnostic]
  ) -> ChannelWords {
    guard let email = campaign.email else { return [:] }
    var words: ChannelWords = [:]
    for phase in Phase.allCases {
      for language in campaign.languages {
        guard let source = email.words(phase, language) else { continue }
        let notice = Set(campaign.words(phase, language)?.all.map(\.text.range) ?? [])
        words[phase, default: [:]][language] = CompiledWords(source) { text, expression in
          var found: [Diagnostic] = []
          let isInherited = notice.contains(text.range)
          let template = TextTemplate.compile(expression.sourceText(in: text), schema: schema, campaign: type, into: &found)
          // What is wrong with it anywhere has been found in the notice.
          if isInherited { found = [] }
          if found.isEmpty, let fault = pageFault(template, text.range(of: expression.range), "an e-mail") { found.append(fault) }
          if isInherited { tellInherited(&found, "the e-mail", email.range) }
          findings += found
          return template
        }
      }
    }
    return words
  }

  /// What an e-mail to an account says and where it leads: with the account's token in every address that has a place for it.
  ///
  /// - Returns: `nil` where the campaign lacks what loading it has checked.
  package func emailWords(_ decision: ChannelDecision, account: String) -> EmailWords? {
    guard let email = campaign.email, let words = emailWords(decision.phase, decision.language),
      let postalAddress = email.postalAddress(decision.language)
    else { return nil }
    let (optIn, token) = (campaign.optIn, token(for: account))
    let notice = NoticeWords(
      name: EmailChannel.noticeName, words: words, show: optIn.show, token: optIn.needsToken ? token.grouped : nil,
      address: optIn.address(token), phone: optIn.phone(decision.language) ?? "", hours: optIn.hours(decision.language))
    return EmailWords(
      notice: notice, subject: words.subject, preheader: words.preheader, postalAddress: postalAddress,
      unsubscribe: email.unsubscribing.address(token), unsubscribeByMail: email.unsubscribing.mailAddress(token))
  }

  /// What an e-mail's words read as `campaign`: it has no terms.
  ///
  /// - Parameter currency: Of the amounts it may print: the fee for paper is absent in another.
  package func emailRecord(_ phase: Phase, _ language: LanguageTag, currency: Currency) -> Value {
    record(phase: phase, language, currency, notice: EmailChannel.noticeName, terms: .none)
  }
}
