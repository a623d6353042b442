extension CampaignKeys {
  /// The keys of `channels`.
  public static let channels: [CampaignKey] = [
    CampaignKey(
      "postcard", .group(postcard), required: false,
      "The reminder postcard, one an account and run, with its first record there: open mail, on which nothing stands that only the customer may "
        + "know. It needs `opt-in.open`."),
    CampaignKey(
      "email", .group(email), required: false,
      "The e-mail with the customer's own link, one an account and run, with its first record there, to the address in the record. It needs an "
        + "`opt-in.url` that begins with `https:`."),
  ]

  /// The keys of `channels.postcard`.
  public static let postcard: [CampaignKey] = [
    CampaignKey(
      "audience", .groups(postcardRule, limit: CampaignReading.Limit.rules), required: false,
      "Who gets one: rules in order, of which the first that holds decides; where none holds, there is no card. Without it, printed bills of kind "
        + "`bill` whose customer is undecided bring one: the rule `undecided`."),
    CampaignKey(
      "once", .choice(ChannelFrequency.allCases.map(\.rawValue)), required: false, standard: ChannelFrequency.campaign.rawValue,
      example: "campaign",
      "How often an account gets one: once in the campaign, so that none is made where the ledger knows of one; or once in each run."),
    CampaignKey(
      "words", .group(postcardPhases), required: false,
      "Words that the card says otherwise than the notice `standard`, mostly shorter ones. How to keep paper always comes from there."),
  ]

  /// The keys of a rule of `channels.postcard.audience`.
  public static let postcardRule: [CampaignKey] = [
    CampaignKey(
      "rule", .name(limit: CampaignReading.Limit.name), required: false, example: "waiting",
      "The rule's name, which goes into the manifest and the ledger; left out, `postcard-` and its number in the list."),
    CampaignKey(
      "when", .condition(limit: CampaignReading.Limit.condition), required: false,
      example: "\"customer-state eq 'undecided' and (mailed.days | default(99)) gt 20\"",
      "When it holds: an expression as rules of the `audience` have it. It decides and prints nothing, so that it may read the whole record. Left out, "
        + "it holds always."),
    CampaignKey(
      "card", .choice(ChannelSending.allCases.map(\.rawValue)), required: false, standard: ChannelSending.send.rawValue, example: "send",
      "Whether those it holds for get a card."),
  ]

  /// The keys of `channels.postcard.words`.
  public static let postcardPhases: [CampaignKey] = [
    CampaignKey(
      "announce", .phaseWords(postcardWords), required: false, example: "{en-US: {heading: \"Still on paper?\"}}",
      "The card's words while the move is announced. They hold on in later phases without words of their own."),
    CampaignKey(
      "remind", .phaseWords(postcardWords), required: false, example: "{same-as: announce, en-US: {label: Reminder}}",
      "Those of the reminder."),
    CampaignKey("final", .phaseWords(postcardWords), required: false, example: "{same-as: remind}", "Those of the last reminder."),
    CampaignKey("active", .phaseWords(postcardWords), required: false, example: "{same-as: announce}", "Those once paper stops."),
  ]

  /// The keys of a card's own words in one language: those of a notice, none of which must be there, but for how to keep paper.
  public static let postcardWords: [CampaignKey] = words.filter { $0.name != keepPaper.name }.map {
    let doc = $0.name == "benefits" ? "What speaks for it; `[]` takes away those of the notice." : $0.doc
    return CampaignKey($0.name, $0.form, required: false, example: $0.example, doc)
  }
}
