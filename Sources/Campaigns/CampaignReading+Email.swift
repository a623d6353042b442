internal import ConfigurationFiles
internal import Diagnostics
internal import Languages
internal import MailAddresses

extension CampaignReading {
  /// The e-mail with the direct link.
  ///
  /// - Parameters:
  ///   - place: Where its key stands.
  ///   - optIn: The value of `opt-in`.
  func email(_ value: YAMLValue, _ place: SourceRange, optIn: YAMLValue?) -> EmailChannel? {
    if let url = optIn.flatMap({ member($0, "url") }), url.text?.lowercased().hasPrefix("http://") == true {
      findings.report(
        "bad-url", "'url' of 'opt-in' begins with 'http://', and the link of an e-mail begins with 'https://'", at: url.range,
        notes: [Diagnostic.Note("the e-mail", at: place)])
    }
    guard let mapping = mapping(value, "'email'", CampaignKeys.email) else { return nil }
    let from = mapping["from"].flatMap { mailbox($0, "'from' of 'email'") }
    let replyTo = mapping["reply-to"].flatMap { mailbox($0, "'reply-to' of 'email'") }
    let returnPath = mapping["return-path"].flatMap { mailAddress($0, "'return-path' of 'email'") }
    let postal = mapping["postal-address"].map {
      perLanguage($0, "'postal-address' of 'email'", limit: Limit.postalAddress, isComplete: true)
    }
    let unsubscribing = mapping["list-unsubscribe"].flatMap { self.unsubscribing($0) }
    let rules = mapping["audience"].map { channelRules($0, .email) } ?? []
    let once = frequency(mapping, .email)
    let words = mapping["words"].flatMap { emailWords($0) }
    guard let from, let returnPath, let postal, let unsubscribing, let words else { return nil }
    return EmailChannel(
      rules: rules, once: once, from: from, replyTo: replyTo, returnPath: returnPath, unsubscribing: unsubscribing,
      postalAddresses: postal, range: place, fromRange: mapping["from"]?.range ?? place, words: words)
  }

  // MARK: Words

  /// In every phase and language what the e-mail says itself, in that phase or failing that in the latest before, over the standard notice.
  private func emailWords(_ value: YAMLValue) -> [Phase: [LanguageTag: Words]]? {
    guard let mapping = mapping(value, "'words' of 'email'", CampaignKeys.emailPhases) else { return nil }
    let known = findings.diagnostics.count
    let drafts = drafts(mapping, of: .email)
    if let announce = mapping[Phase.announce.rawValue], findings.diagnostics.count == known {
      for language in languages {
        // With a 'same-as' in the first phase it shows only here what none of them says.
        let draft = drafts[.announce]?[language]
        for (name, text) in [("subject", draft?.subject), ("preheader", draft?.preheader)] where text == nil {
          findings.report(
            "missing-key", "\(WordsOwner.email.name(of: .announce, language)) lacks '\(name)'", at: announce.range)
        }
      }
    }
    var own: [Phase: [LanguageTag: WordsDraft]] = [:]
    var latest: [LanguageTag: WordsDraft] = [:]
    for phase in Phase.allCases {
      for (language, draft) in drafts[phase] ?? [:] { latest[language] = draft.over(latest[language] ?? WordsDraft()) }
      own[phase] = latest
    }
    return channelWords { own[$0]?[$1] }
  }

  // MARK: Addresses

  private func mailbox(_ value: YAMLValue, _ owner: String) -> Mailbox? {
    guard let text = line(value, owner, limit: Limit.mailbox) else { return nil }
    do throws(MailAddress.Fault) { return try Mailbox(text) } catch { return refuse(text, value, owner, error) }
  }

  private func mailAddress(_ value: YAMLValue, _ owner: String) -> MailAddress? {
    guard let text = line(value, owner, limit: Limit.mailbox) else { return nil }
    do throws(MailAddress.Fault) { return try MailAddress(text) } catch { return refuse(text, value, owner, error) }
  }

  /// Reports what is no address.
  private func refuse<Address>(_ text: String, _ value: YAMLValue, _ owner: String, _ fault: MailAddress.Fault) -> Address? {
    findings.report("bad-mail-address", "\(owner), '\(text.prefix(80))', \(fault.reason)", at: value.range)
    return nil
  }

  private func unsubscribing(_ value: YAMLValue) -> EmailChannel.Unsubscribing? {
    let owner = "'list-unsubscribe' of 'email'"
    guard let mapping = mapping(value, owner, CampaignKeys.unsubscribing) else { return nil }
    let https = mapping["https"].flatMap { address($0, "'https' of 'list-unsubscribe'", isSecure: true) }
    if let https, !https.contains(OptIn.tokenPlace), let place = mapping["https"] {
      findings.warn(
        "unsubscribe-anonymous",
        "'https' of 'list-unsubscribe' has no '{token}': what is sent there does not say whom it is from, as RFC 8058 asks",
        at: place.range)
    }
    let mailto = mapping["mailto"].flatMap { self.mailto($0) }
    guard let https, let mailto else { return nil }
    return EmailChannel.Unsubscribing(https: https, mailto: mailto)
  }

  /// An address with headers, as RFC 6068 has them behind `mailto:`, which may stand there.
  private func mailto(_ value: YAMLValue) -> String? {
    let owner = "'mailto' of 'list-unsubscribe'"
    guard let text = line(value, owner, limit: Limit.url) else { return nil }
    do throws(MailAddress.Fault) { return try MailtoAddress(text, placeholder: OptIn.tokenPlace).text } catch {
      return refuse(text, value, owner, error)
    }
  }
}
