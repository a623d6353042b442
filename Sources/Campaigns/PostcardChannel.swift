public import Diagnostics
public import Languages

/// The reminder postcard of a campaign: to whom it goes, how often, and what it says.
///
/// A card is open mail: what it says is the same for all customers of a phase and a language, but for whom it greets.
public struct PostcardChannel: Sendable {
  /// As manifest and ledger name what a card carries, beside the notices of bills.
  public static let noticeName = "postcard"

  /// How often an account gets a card.
  public enum Once: String, Sendable, CaseIterable {
    /// Once in the campaign: not again where the ledger knows of one.
    case campaign
    /// Once in each run.
    case cycle
  }

  /// Who gets one, in order; the first whose condition holds decides, and where none holds there is no card. Empty where the campaign leaves it
  /// to ``PostcardRule/standard``.
  public let rules: [PostcardRule]
  /// How often.
  public let once: Once
  /// Where the campaign file says it.
  public let range: SourceRange
  /// In each phase and language of the campaign, complete.
  let words: [Phase: [LanguageTag: Words]]

  /// What a card says in a phase, in one of the campaign's languages: its own words of the latest phase that has some, and where they say nothing
  /// those of the standard notice in that very phase. How to keep paper always comes from there.
  ///
  /// - Returns: `nil` for any other language. ``Words/digest`` is that of the words together.
  public func words(_ phase: Phase, _ language: LanguageTag) -> Words? { words[phase]?[language] }
}

/// One rule on who gets a postcard.
///
/// Rules are tried in the order of the file; the first whose condition holds decides.
public struct PostcardRule: Sendable {
  /// Goes into the manifest; no two rules of the postcard have one name.
  public let name: String
  /// When it applies, as rules of the audience have it; `nil` for always.
  public let condition: ConditionText?
  /// Whether those it applies to get a card.
  public let sends: Bool

  /// The rule of a channel without any: printed bills of kind `bill` whose customer is undecided.
  static let standard = PostcardRule(name: "undecided", condition: nil, sends: true)
}
