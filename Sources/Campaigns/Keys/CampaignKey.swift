/// A key of `campaign.yaml`, as data: what the reader checks, the schema for editors and the reference page are made from it.
public struct CampaignKey: Sendable {
  /// What a key is set to.
  public indirect enum Form: Sendable {
    /// The number of this format's version.
    case version
    /// Words in one line of at most so many characters.
    case line(limit: Int)
    /// A text without white space of at most so many characters.
    case word(limit: Int)
    /// A web address of at most so many characters, which may hold `{token}`.
    case address(limit: Int)
    /// A web address that begins with `https:`, of at most so many characters, which may hold `{token}`.
    case secureAddress(limit: Int)
    /// An e-mail address, alone or in angle brackets behind the name of whose it is.
    case mailbox(limit: Int)
    /// An e-mail address.
    case mailAddress(limit: Int)
    /// An e-mail address with a subject and a body behind `?`, as links have them.
    case mailto(limit: Int)
    /// A day, `YYYY-MM-DD`.
    case date
    /// One of a few words.
    case choice([String])
    case number(ClosedRange<Double>, isWhole: Bool)
    /// A type size in points, such as `9.5pt`.
    case typeSize(ClosedRange<Double>)
    /// Language tags, each once.
    case languages(limit: Int)
    /// The path of a file in the campaign's folder.
    case file
    /// CommonMark with expressions.
    case text(limit: Int, isOneParagraph: Bool)
    case list(Form, limit: Int)
    /// A mapping from languages of the campaign; with `isComplete` each of them must be there.
    case byLanguage(Form, isComplete: Bool)
    /// One value for all languages, or a mapping from languages.
    case forAllOrByLanguage(Form, isComplete: Bool)
    /// An amount in decimal digits.
    case amount
    /// A currency of ISO 4217.
    case currency
    /// How often bills are made.
    case cadence
    /// The name of a rule or notice.
    case name(limit: Int)
    /// The name of a notice, or `none`.
    case noticeName(limit: Int)
    /// A condition over the bill's record, written in the layout language.
    case condition(limit: Int)
    /// A list of mappings with keys of their own.
    case groups([CampaignKey], limit: Int)
    /// The phases of the one notice, or a mapping from names of notices to phases: those of the notice that must be there, and of others.
    case notices([CampaignKey], others: [CampaignKey], limit: Int)
    /// A mapping with keys of its own.
    case group([CampaignKey])
    /// The words of one phase: a mapping from languages, or from those it says otherwise than the phase of its `same-as`.
    case phaseWords([CampaignKey])
  }

  /// The key.
  public let name: String
  /// What it is set to.
  public let form: Form
  /// Whether it must be there.
  public let isRequired: Bool
  /// What holds where it is left out, as it would be written; `nil` where there is nothing to say.
  public let standard: String?
  /// What it is for, in a sentence or two.
  public let doc: String
  /// The key with a value, as it is written in a file; empty for groups, whose keys have their own.
  public let example: String

  init(_ name: String, _ form: Form, required: Bool = true, standard: String? = nil, example: String = "", _ doc: String) {
    self.name = name
    self.form = form
    isRequired = required
    self.standard = standard
    self.doc = doc
    self.example = example
  }
}

extension [CampaignKey] {
  var required: [String] { filter(\.isRequired).map(\.name) }
  var optional: [String] { filter { !$0.isRequired }.map(\.name) }
}
