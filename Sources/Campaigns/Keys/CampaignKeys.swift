/// Every key of `campaign.yaml`.
public enum CampaignKeys {
  /// The keys of the file itself.
  public static let campaign: [CampaignKey] = [
    CampaignKey("billfold", .version, example: "1", "The version of this format: 1."),
    CampaignKey(
      "id", .word(limit: CampaignReading.Limit.id), example: "paperless-2027",
      "The campaign's name. It goes into tokens and the manifest: once bills are out it must not change."),
    CampaignKey(
      "languages", .languages(limit: CampaignReading.Limit.languages), example: "[en-US]",
      "The languages the campaign has words and terms in. The layout must have strings for each."),
    CampaignKey(
      "mode", .choice(Campaign.Mode.allCases.map(\.rawValue)), example: "optional",
      "Whether customers choose paperless bills, or must go along."),
    CampaignKey(
      "consent", .choice(Campaign.ConsentRule.allCases.map(\.rawValue)), example: "before",
      "Whether a customer must have agreed before paper stops."),
    CampaignKey("phases", .group(phases), "The first day of each phase, rising. Before the first there is neither notice nor terms."),
    CampaignKey("opt-in", .group(optIn), "How a customer confirms."),
    CampaignKey("terms", .group(terms), "The terms that stand in bills with a notice."),
    CampaignKey(
      "prominence", .group(prominence), required: false,
      "The least values of the notice on the finished page. A notice below any of them rejects the bill: `notice-not-prominent`."),
    CampaignKey("notices", .group(notices), "The words of each phase."),
  ]

  /// The keys of `phases`.
  public static let phases: [CampaignKey] = [
    CampaignKey("announce", .date, example: "2026-11-01", "The move is announced from this day on."),
    CampaignKey("remind", .date, example: "2027-01-01", "Customers are reminded."),
    CampaignKey("final", .date, example: "2027-02-01", "The last reminder."),
    CampaignKey("active", .date, example: "2027-03-01", "Paper stops. The phase stays `active` from here on."),
  ]

  /// The keys of `opt-in`.
  public static let optIn: [CampaignKey] = [
    CampaignKey(
      "url", .address(limit: CampaignReading.Limit.url), example: "\"https://my.larkspur.example/p/{token}\"",
      "The address behind link and code. `{token}` becomes the customer's own code, which needs `--token-key`."),
    CampaignKey(
      "show", .line(limit: CampaignReading.Limit.show), example: "my.larkspur.example/p",
      "The address as printed; the code stands beside it."),
    CampaignKey(
      "phone", .forAllOrByLanguage(.line(limit: CampaignReading.Limit.phone), isComplete: true), example: "\"+1 800 555 0142\"",
      "The phone number as printed."),
    CampaignKey(
      "hours", .forAllOrByLanguage(.line(limit: CampaignReading.Limit.hours), isComplete: false), required: false,
      example: "{en-US: Mon–Fri 8–6 Pacific}", "When the phone is answered."),
  ]

  /// The keys of `terms`.
  public static let terms: [CampaignKey] = [
    CampaignKey(
      "version", .line(limit: CampaignReading.Limit.version), example: "\"2027-03\"",
      "The name of the version, as printed. Quote what looks like a number."),
    CampaignKey("effective", .date, example: "2027-03-01", "The day the terms apply from."),
    CampaignKey(
      "files", .byLanguage(.file, isComplete: true), example: "{en-US: terms/2027-03.en.md}",
      "The terms as CommonMark, without expressions, HTML, pictures and code blocks. Paths are relative to the campaign's folder."),
    CampaignKey(
      "previous", .group(previousTerms), required: false,
      "The terms they replace. With them, what is new or changed is marked in the margin."),
  ]

  /// The keys of `terms.previous`.
  public static let previousTerms: [CampaignKey] = [
    CampaignKey("version", .line(limit: CampaignReading.Limit.version), example: "\"2024-01\"", "The name of the version replaced."),
    CampaignKey(
      "files", .byLanguage(.file, isComplete: false), example: "{en-US: terms/2024-01.en.md}",
      "The terms replaced. In a language without them nothing is marked."),
  ]

  /// The keys of `prominence`.
  public static let prominence: [CampaignKey] = {
    let standard = Prominence()
    return [
      CampaignKey(
        "page", .number(1...50, isWhole: true), required: false, standard: "\(standard.page)", example: "1",
        "The last page on which the notice may stand."),
      // A notice over nine tenths of a page, or with a heading of five times the text, leaves no bill.
      CampaignKey(
        "area", .number(0...0.9, isWhole: false), required: false, standard: "\(standard.area)", example: "0.08",
        "The notice's box as a share of the page: 0.08 are 8 percent."),
      CampaignKey(
        "heading", .number(0...5, isWhole: false), required: false, standard: "\(standard.heading)", example: "1.3",
        "The size of the notice's heading over that of most text on the page."),
      CampaignKey(
        "contrast", .number(1...21, isWhole: false), required: false, standard: "\(Int(standard.contrast))", example: "7",
        "The lowest contrast of any text in the notice with what is behind it, as WCAG 2 counts it: 21 is black on white."),
    ]
  }()

  /// The keys of `notices`.
  public static let notices: [CampaignKey] = [
    CampaignKey("announce", .phaseWords(words), "The words while the move is announced."),
    CampaignKey(
      "remind", .phaseWords(words),
      example: "{same-as: announce, en-US: {heading: \"Reminder: bills by e-mail from {campaign.active | date('long')}\"}}",
      "The words of the reminder."),
    CampaignKey("final", .phaseWords(words), example: "{same-as: remind}", "The words of the last reminder."),
    CampaignKey("active", .phaseWords(words), example: "{same-as: announce}", "The words once paper stops."),
  ]

  /// Beside the languages of a phase: the phase whose words hold where this one says nothing.
  public static let sameAs = CampaignKey(
    "same-as", .choice(Phase.allCases.map(\.rawValue)), required: false, example: "announce",
    "The phase whose words hold where this one says nothing: whole languages, or single words of one. "
      + "With it a phase needs no language of its own.")

  /// The keys of a phase's words in one language.
  public static let words: [CampaignKey] = [
    CampaignKey(
      "heading", .text(limit: CampaignReading.Limit.heading, isOneParagraph: true),
      example: "\"Bills by e-mail from {campaign.active | date('long')}\"", "What it is about, in the largest type of the notice."),
    CampaignKey(
      "body", .text(limit: CampaignReading.Limit.body, isOneParagraph: false), example: "We tell you when each bill is ready.",
      "What changes, for whom and when."),
    CampaignKey(
      "action", .text(limit: CampaignReading.Limit.body, isOneParagraph: false),
      example: "\"**Scan the code** or go to the address.\"", "What the customer is to do."),
    CampaignKey(
      "keep-paper", .text(limit: CampaignReading.Limit.body, isOneParagraph: false),
      example: "\"Prefer paper? Do nothing: it stays, and stays free.\"", "How to keep or get back paper."),
    CampaignKey(
      "benefits", .list(.text(limit: CampaignReading.Limit.heading, isOneParagraph: true), limit: CampaignReading.Limit.benefits),
      required: false, example: "[A reminder before each due date]", "What speaks for it; `[]` takes away those of `same-as`."),
    CampaignKey(
      "label", .text(limit: CampaignReading.Limit.heading, isOneParagraph: true), required: false, example: "Important",
      "A word or two over the heading, for layouts whose notice has the slot `label`."),
  ]
}
