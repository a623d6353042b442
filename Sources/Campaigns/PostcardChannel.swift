public import Diagnostics
public import Languages

/// The reminder postcard of a campaign: to whom it goes, how often, and what it says.
///
/// A card is open mail: what it says is the same for all customers of a phase and a language, but for whom it greets.
public struct PostcardChannel: Sendable {
  /// As manifest and ledger name what a card carries, beside the notices of bills.
  public static let noticeName = "postcard"

  /// Who gets one, in order; the first whose condition holds decides, and where none holds there is no card. Empty where the campaign leaves it
  /// to ``ChannelRule/standard``.
  public let rules: [ChannelRule]
  /// How often.
  public let once: ChannelFrequency
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
