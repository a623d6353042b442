/// Every key of `campaign.yaml`.
public enum CampaignKeys {
  /// The keys of the file itself.
  public static let campaign: [CampaignKey] = [
    CampaignKey("billfold", .version, example: "1", "The version of this format: 1."),
    CampaignKey(
      "id", .word(limit: CampaignReading.Limit.id), example: "paperless-2027",
      "The campaign's name. It goes into tokens and the manifest: once bills are out it must not change."),
    CampaignKey(
      "company", .line(limit: CampaignReading.Limit.company), required: false, example: "Larkspur Light & Power",
      "Whose campaign it is. A ledger is kept for one company: with one, the two must agree."),
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
    CampaignKey("paper", .group(paper), required: false, "What staying on paper costs."),
    CampaignKey(
      "keep", .group(keep), required: false,
      "How a customer keeps paper. Where `mode` is `required`, it must be said, with its last day."),
    CampaignKey(
      "cycles", .cadence, required: false, example: "monthly", "How often bills are made: for the plan of the notices still to come."),
    CampaignKey(
      "prominence", .group(prominence), required: false,
      "The least values of the notice on the finished page. A notice below any of them rejects the bill: `notice-not-prominent`."),
    CampaignKey(
      "audience", .groups(audienceRule, limit: CampaignReading.Limit.rules), required: false,
      "Who gets what: rules in order, of which the first that holds decides. Without it, bills of kind `bill` on paper carry the standard notice "
        + "and the terms, unless the record has a consent."),
    CampaignKey(
      "coverage", .group(coverage), required: false,
      "What every paper customer must have had by mail before paper stops, at least: what the plan and the ledger count against."),
    CampaignKey(
      "jurisdictions", .list(.word(limit: 20), limit: CampaignReading.Limit.jurisdictions), required: false, example: "[US]",
      "Whose law holds for all customers, with those that the records name."),
    CampaignKey(
      "disclosures", .groups(disclosure, limit: CampaignReading.Limit.disclosures), required: false,
      "Where each point that the law asks is said, for counsel and for the check: every bill is searched for the words, and one without them "
        + "is rejected: `disclosure-missing`."),
    CampaignKey(
      "notices", .notices(notices, others: otherNotice, limit: CampaignReading.Limit.notices),
      "The words of each phase; or, where there are several notices, of each of them by its name, `standard` among them."),
    CampaignKey(
      "channels", .group(channels), required: false, "What goes out beside bills, to customers on their own."),
  ]

  /// The keys of a rule of `audience`.
  public static let audienceRule: [CampaignKey] = [
    CampaignKey(
      "rule", .name(limit: CampaignReading.Limit.name), example: "undecided", "The rule's name: it goes into the manifest and the ledger."),
    CampaignKey(
      "when", .condition(limit: CampaignReading.Limit.condition), required: false,
      "When it holds: an expression over the bill's record, `campaign`, `phase`, `mode`, `customer-state` (`undecided`, `agreed`, `paper`, "
        + "`bounced`), `mailed.notices` and `mailed.days`. The last rule has none."),
    CampaignKey("notice", .noticeName(limit: CampaignReading.Limit.name), example: "standard", "The notice the bill carries, or `none`."),
    CampaignKey(
      "terms", .choice(TermsPlacement.allCases.map(\.rawValue)), required: false, example: "bill",
      "Where the terms stand: in the bill, on a leaflet of their own, or nowhere. Left out, they stand in bills with a notice."),
  ]

  /// The keys of an entry of `disclosures`.
  public static let disclosure: [CampaignKey] = [
    CampaignKey(
      "id", .name(limit: CampaignReading.Limit.name), example: "right-to-paper",
      "The point it answers: one that a rule of law asks (`billfold campaign lint` names them), or `mode`, `if-nothing`, `keep-paper` or "
        + "`paper-cost`, which every campaign is asked for. Several entries may answer one point."),
    CampaignKey(
      "where", .choice(Disclosure.Place.allCases.map(\.rawValue)), example: "notice",
      "Where the words stand: in the notice `standard`, or in the terms."),
    CampaignKey(
      "phases", .list(.choice(Phase.allCases.map(\.rawValue)), limit: Phase.allCases.count), required: false,
      example: "[announce, remind, final]", "The phases in which they must stand there; left out, all."),
    CampaignKey(
      "text", .byLanguage(.text(limit: CampaignReading.Limit.disclosure, isOneParagraph: true), isComplete: false),
      example: "{en-US: \"Prefer paper? Do nothing: it stays, and stays free.\"}",
      "The words in each language, as notice or terms have them; marks and line ends do not count."),
  ]

  /// The keys of `paper`.
  public static let paper: [CampaignKey] = [
    CampaignKey("fee", .amount, example: "\"0.00\"", "The fee of one cycle."),
    CampaignKey("currency", .currency, example: "USD", "The fee's currency."),
  ]

  /// The keys of `keep`.
  public static let keep: [CampaignKey] = [
    CampaignKey(
      "how", .forAllOrByLanguage(.line(limit: CampaignReading.Limit.keep), isComplete: true),
      example: "{en-US: Call us or write to us.}",
      "What a customer does to keep paper. Notices without `keep-paper` of their own print it there."),
    CampaignKey("by", .date, required: false, example: "2027-02-01", "The last day to do so."),
  ]

  /// The keys of `coverage`.
  public static let coverage: [CampaignKey] = [
    CampaignKey("bills", .number(0...50, isWhole: true), required: false, standard: "0", example: "3", "Bills with a notice."),
    CampaignKey("postcards", .number(0...50, isWhole: true), required: false, standard: "0", example: "0", "Postcards."),
  ]

  /// The keys of `opt-in.open`.
  public static let openAddress: [CampaignKey] = [
    CampaignKey(
      "url", .address(limit: CampaignReading.Limit.url), example: "\"https://my.larkspur.example/paperless\"",
      "The address behind link and code, without `{token}`."),
    CampaignKey("show", .line(limit: CampaignReading.Limit.show), example: "my.larkspur.example/paperless", "The address as printed."),
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
    CampaignKey("open", .group(openAddress), required: false, "The way in for mail that everybody can read, such as a postcard."),
  ]

  /// The keys of `terms`.
  public static let terms: [CampaignKey] = [
    CampaignKey(
      "version", .line(limit: CampaignReading.Limit.version), example: "\"2027-03\"",
      "The name of the version, as printed. Quote what looks like a number."),
    CampaignKey("effective", .date, example: "2027-03-01", "The day the terms apply from."),
    CampaignKey(
      "files", .byLanguage(.file, isComplete: true), example: "{en-US: terms/2027-03.en.md}",
      "The terms as CommonMark with tables, without expressions, HTML, pictures and code blocks. Paths are relative to the campaign's folder."
    ),
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
      // Over 24 points every word of the notice would be a heading.
      CampaignKey(
        "text", .typeSize(1...24), required: false, example: "9.5pt",
        "The least type size of any text in the notice, in points; left out, none is asked for."),
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

  /// The keys of a notice other than `standard`: words for some phases.
  public static let otherNotice: [CampaignKey] =
    [noProminence]
    + notices.map { CampaignKey($0.name, .phaseWords(otherWords), required: false, example: $0.example, $0.doc) }

  /// Beside the phases of a notice other than `standard`: it need not be prominent.
  public static let noProminence = CampaignKey(
    "prominence", .choice(["none"]), required: false, example: "none",
    "Left out, the notice must be as prominent as the campaign asks; with `none` it is measured, and nothing is asked of it.")

  /// What a customer does to keep paper, in a notice's own words.
  static let keepPaper = CampaignKey(
    "keep-paper", .text(limit: CampaignReading.Limit.body, isOneParagraph: false), required: false,
    example: "\"Prefer paper? Do nothing: it stays, and stays free.\"",
    "How to keep or get back paper; it may be left out where `keep.how` says it.")

  /// The keys of the words of a notice other than `standard`: only the body must be there.
  public static let otherWords: [CampaignKey] = words.map {
    CampaignKey($0.name, $0.form, required: $0.name == "body", example: $0.example, $0.doc)
  }

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
    keepPaper,
    CampaignKey(
      "benefits", .list(.text(limit: CampaignReading.Limit.heading, isOneParagraph: true), limit: CampaignReading.Limit.benefits),
      required: false, example: "[A reminder before each due date]", "What speaks for it; `[]` takes away those of `same-as`."),
    CampaignKey(
      "label", .text(limit: CampaignReading.Limit.heading, isOneParagraph: true), required: false, example: "Important",
      "A word or two over the heading, for layouts whose notice has the slot `label`."),
  ]
}
