extension CampaignKeys {
  /// The keys of `channels.email`.
  public static let email: [CampaignKey] = [
    CampaignKey(
      "from", .mailbox(limit: CampaignReading.Limit.mailbox), example: "\"Larkspur Light & Power <billing@larkspur.example>\"",
      "Whose message it is. Lists of messages show the name."),
    CampaignKey(
      "reply-to", .mailbox(limit: CampaignReading.Limit.mailbox), required: false, example: "help@larkspur.example",
      "Where answers go; left out, to `from`."),
    CampaignKey(
      "return-path", .mailAddress(limit: CampaignReading.Limit.mailbox), example: "bounces@larkspur.example",
      "Where servers send back what they cannot deliver: the sender of the envelope."),
    CampaignKey(
      "postal-address", .forAllOrByLanguage(.line(limit: CampaignReading.Limit.postalAddress), isComplete: true),
      example: "Larkspur Light & Power, PO Box 12, Portland OR 97204", "The company's postal address in one line."),
    CampaignKey("list-unsubscribe", .group(unsubscribing), "How a customer says that no more of these messages are wanted."),
    CampaignKey(
      "audience", .groups(emailRule, limit: CampaignReading.Limit.rules), required: false,
      "Who gets one: rules in order, of which the first that holds decides; where none holds, there is no message. Without it, bills of kind `bill` "
        + "whose customer is undecided bring one, however they travel: the rule `undecided`."),
    CampaignKey(
      "once", .choice(ChannelFrequency.allCases.map(\.rawValue)), required: false, standard: ChannelFrequency.campaign.rawValue,
      example: "campaign",
      "How often an account gets one: once in the campaign, so that none is made where the ledger knows of one; or once in each run."),
    CampaignKey(
      "words", .group(emailPhases),
      "What the message says otherwise than the notice `standard`, and its subject and preheader. How to keep paper always comes from there."
    ),
  ]

  /// The keys of `channels.email.list-unsubscribe`.
  public static let unsubscribing: [CampaignKey] = [
    CampaignKey(
      "https", .secureAddress(limit: CampaignReading.Limit.url), example: "\"https://my.larkspur.example/unsubscribe/{token}\"",
      "An address that takes a POST without a question (RFC 8058). `{token}` becomes the customer's own code, which needs `--token-key`."),
    CampaignKey(
      "mailto", .mailto(limit: CampaignReading.Limit.url), example: "unsubscribe@larkspur.example?subject=unsubscribe",
      "Where a message may be sent to instead: an address, and behind `?` subject and body, percent-encoded (RFC 6068)."),
  ]

  /// The keys of a rule of `channels.email.audience`.
  public static let emailRule: [CampaignKey] = [
    CampaignKey(
      "rule", .name(limit: CampaignReading.Limit.name), required: false, example: "waiting",
      "The rule's name, which goes into the manifest and the ledger; left out, `email-` and its number in the list."),
    CampaignKey(
      "when", .condition(limit: CampaignReading.Limit.condition), required: false,
      example: "\"customer-state eq 'undecided' and phase ne 'announce'\"",
      "When it holds: an expression as rules of the `audience` have it, over the whole record. Left out, it holds always."),
    CampaignKey(
      "email", .choice(ChannelSending.allCases.map(\.rawValue)), required: false, standard: ChannelSending.send.rawValue, example: "send",
      "Whether those it holds for get a message."),
  ]

  /// The keys of `channels.email.words`.
  public static let emailPhases: [CampaignKey] = [
    CampaignKey("announce", .phaseWords(emailWords), "The message's words while the move is announced."),
    CampaignKey(
      "remind", .phaseWords(laterEmailWords), required: false, example: "{en-US: {subject: \"Reminder: choose bills by e-mail\"}}",
      "Those of the reminder. What a phase does not say holds on from the phase before."),
    CampaignKey(
      "final", .phaseWords(laterEmailWords), required: false, example: "{same-as: remind}", "Those of the last reminder."),
    CampaignKey("active", .phaseWords(laterEmailWords), required: false, example: "{same-as: announce}", "Those once paper stops."),
  ]

  /// The keys of the message's own words in one language: subject and preheader, and of a notice's words all but how to keep paper.
  public static let emailWords: [CampaignKey] =
    [
      CampaignKey(
        "subject", .text(limit: CampaignReading.Limit.subject, isOneParagraph: true),
        example: "\"Choose bills by e-mail by {campaign.active | date('long')}\"",
        "What the message is called in a list of messages: plain words, up to 60 characters once values are filled in."),
      CampaignKey(
        "preheader", .text(limit: CampaignReading.Limit.preheader, isOneParagraph: true),
        example: "Confirm with one click; paper stays free.",
        "What such a list shows behind the subject: plain words."),
    ] + postcardWords

  /// The same in later phases, none of which must be there.
  static let laterEmailWords: [CampaignKey] = emailWords.map {
    CampaignKey($0.name, $0.form, required: false, example: $0.example, $0.doc)
  }
}
