public import Billing
public import Diagnostics
public import Money

/// What is to be known of one piece: its line of the manifest, and what the summary adds up.
///
/// Whoever lays the piece out fills in what it is, the worker's process what its file is, and the parent where it went.
public struct PieceFacts: Sendable, Hashable {
  /// Where a piece's record stands among the data.
  public struct Source: Sendable, Hashable {
    /// The data file below the argument that named it, an archive's entry behind it.
    public var file: String
    /// The data file's position, from 0.
    public var input: Int
    /// The record's line or place in its file, from 1.
    public var number: Int

    /// Makes a source.
    public init(file: String, input: Int, number: Int) { (self.file, self.input, self.number) = (file, input, number) }
  }

  /// What it is.
  public var kind: PieceKind
  /// `bill`, `credit`, `termination` or `final`.
  public var billKind: Bill.Kind
  /// How it travels.
  public var channel: PieceKind.Channel
  /// The billing run; filled in by the parent.
  public var cycle = ""
  /// As in the record, unnormalised.
  public var account: String
  /// As in the record, unnormalised.
  public var invoice: String
  /// The series its number stands in, empty where the record says none; filled in by the parent.
  public var series = ""
  /// Which of several records of one identity it is made from, from 1; filled in by the parent.
  public var copy = 1
  /// Its path below the output folder; filled in by the parent.
  public var file = ""
  /// Digest of its file: 64 lower-case hexadecimal digits; filled in by the worker's process.
  public var sha256 = ""
  /// Digest of the piece's drawing trace: 64 lower-case hexadecimal digits.
  public var content: String
  /// The page of the file on which the piece begins, from 1.
  public var firstPage: Int
  /// At least 1.
  public var pages: Int
  /// How long its file is; filled in by the worker's process.
  public var bytes = 0
  /// Added to the charges of the bill's currency in `summary.json`.
  public var charges: Amount
  /// `amount_due`, and added to the dues of the bill's currency.
  public var due: Amount
  /// That of all its amounts.
  public var currency: Currency
  /// The language the piece is set in, in canonical case.
  public var language: String
  /// The edition it is.
  public var format: Bill.Format
  /// The campaign's id; `nil` without one.
  public var campaign: String?
  /// The places whose law holds for the customer, sorted; `nil` without a campaign.
  public var jurisdictions: [String]?
  /// The rule of the audience that decided what it carries; `nil` without a campaign and before its first phase.
  public var rule: String?
  /// Where the customer stands: `undecided`, `agreed`, `paper` or `bounced`; `nil` where ``rule`` is.
  public var state: String?
  /// Where the campaign stands for it: `announce`, `remind`, `final` or `active`; `nil` where ``rule`` is.
  public var phase: String?
  /// `nil`: no notice.
  public var notice: NoticeFacts?
  /// `nil`: no terms.
  public var terms: TermsFacts?
  /// The step by which it was set smaller to save a sheet, such as `space-90`; empty where it was not.
  public var fit = ""
  /// Where its record stands; filled in by the parent.
  public var record = Source(file: "", input: 0, number: 0)
  /// What was odd. The manifest lists each code once, sorted, and the places as ``findings``; the messages go to `check`.
  public var warnings: [RecordWarning]
  /// Whether every page is marked as a specimen; filled in by the parent.
  public var isSpecimen = false
  /// What it is beside that; `nil` where it is no postcard.
  public var card: CardFacts?
  /// What it is beside that; `nil` where it is no e-mail.
  public var email: EmailFacts?
  /// Where it goes; `nil` where it is not printed, or is read back from a manifest.
  public var mailing: MailingFacts?
  /// What the bill means to the campaign; `nil` where it is made and not planned.
  public var outlook: BillOutlook?

  /// Makes the facts of a piece.
  public init(
    kind: PieceKind = .bill, billKind: Bill.Kind, channel: PieceKind.Channel, account: String, invoice: String, content: String,
    firstPage: Int = 1, pages: Int, charges: Amount, due: Amount, currency: Currency, language: String, format: Bill.Format,
    rule: String? = nil, state: String? = nil, phase: String? = nil, notice: NoticeFacts? = nil, terms: TermsFacts? = nil, fit: String = "",
    warnings: [RecordWarning] = []
  ) {
    (self.kind, self.billKind, self.channel, self.account, self.invoice) = (kind, billKind, channel, account, invoice)
    (self.content, self.firstPage, self.pages, self.charges, self.due) = (content, firstPage, pages, charges, due)
    (self.currency, self.language, self.format, self.notice, self.terms) = (currency, language, format, notice, terms)
    (self.rule, self.state, self.phase, self.fit, self.warnings) = (rule, state, phase, fit, warnings)
  }

  /// Whether it is a file of the run; a bill that only was laid out and judged is not.
  public var isWritten: Bool { !file.isEmpty }

  /// Sheets of paper, printed on both sides.
  public var sheets: Int { (pages + 1) / 2 }

  /// The codes of the warnings, sorted by their bytes, each once.
  public var warningCodes: [String] { Set(warnings.map(\.code.rawValue)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

extension PieceFacts: Fielded {
  package static var blank: PieceFacts {
    PieceFacts(
      billKind: .bill, channel: .print, account: "", invoice: "", content: "", pages: 0, charges: .zero, due: .zero, currency: .none,
      language: "", format: .standard)
  }

  /// The one list of a piece's facts, in the order of the manifest.
  ///
  /// - Throws: ``FieldFailure``, where what is read are no such facts.
  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var version = 1
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("v", &version, .manifest)
      try walker.field("kind", &kind)
      try walker.field("bill_kind", &billKind)
      try walker.field("channel", &channel)
      try walker.field("cycle", &cycle, [.journal, .manifest])
      try walker.field("account", &account)
      try walker.field("invoice", &invoice)
      try walker.field("series", &series, series.isEmpty ? .journal : [.journal, .manifest])
      try walker.field("copy", &copy, copy == 1 ? .journal : [.journal, .manifest])
      try walker.field("file", &file, [.journal, .manifest])
      try walker.field("sha256", &sha256, [.pipe, .journal, .manifest])
      try walker.field("content", &content, [.pipe, .journal, .manifest])
      try walker.field("first_page", &firstPage)
      try walker.field("pages", &pages)
      try walker.derived("sheets", sheets, [.manifest, .page])
      try walker.field("bytes", &bytes, [.pipe, .journal, .manifest])
      // Told after the amounts; read before them, since their decimals are the currency's.
      try walker.field("currency", &currency, [.pipe, .journal])
      try walker.field("charges", &charges, decimals: currency.decimals, [.pipe, .journal, .page])
      try walker.field("amount_due", &due, decimals: currency.decimals)
      try walker.derived("currency", currency.code, [.manifest, .page])
      try walker.field("language", &language)
      try walker.field("format", &format)
      try walker.field("campaign", &campaign)
      try walker.field("jurisdictions", &jurisdictions)
      try walker.field("rule", &rule)
      try walker.field("state", &state)
      try walker.field("phase", &phase)
      try walker.field("notice", &notice)
      try walker.field("terms", &terms)
      try walker.field("fit", &fit, fit.isEmpty ? [.pipe, .journal] : .all)
      try walker.field("card", &card, kind == .postcard ? .all : [.pipe, .journal])
      try walker.field("email", &email, kind == .email ? .all : [.pipe, .journal])
      try walker.field("record", &record, [.journal, .manifest])
      try walker.field("warnings", &warnings, [.pipe, .journal])
      try walker.derived("warnings", warningCodes, .manifest)
      try walker.derived("findings", findings, .manifest)
      try walker.field("specimen", &isSpecimen, isSpecimen ? [.journal, .manifest] : .journal)
      try walker.field("mailing", &mailing, [.pipe, .journal])
      try walker.field("outlook", &outlook, .pipe)
    }
  }
}

extension PieceFacts.Source: Fielded {
  package static var blank: Self { Self(file: "", input: 0, number: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("file", &file)
      try walker.field("input", &input)
      try walker.field("number", &number)
    }
  }
}

extension Bill.Kind: FieldedWord {}
extension Bill.Format: FieldedWord {}
