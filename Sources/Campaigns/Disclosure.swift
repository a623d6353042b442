public import Diagnostics
public import Languages

/// Where a point that the law asks is said to customers: mapped by counsel, proven by the program on every bill.
public struct Disclosure: Sendable {
  /// What of a mailing holds the words.
  public enum Place: String, Sendable, CaseIterable {
    /// The notice `standard`.
    case notice
    /// The terms, in the bill or on a leaflet.
    case terms
  }

  /// The point it answers.
  public let id: String
  /// Where the words stand.
  public let place: Place
  /// The phases in which they must stand there.
  public let phases: Set<Phase>
  let texts: [LanguageTag: CampaignText]
  /// Where the entry stands in the campaign file.
  public let range: SourceRange

  /// The words in a language of the campaign, one paragraph; `nil` where the entry has none.
  ///
  /// They are compared as plain words once their expressions are filled in.
  public func text(_ language: LanguageTag) -> CampaignText? { texts[language] }
}
