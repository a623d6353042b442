internal import Billing
public import Languages

/// The move of a company's customers to paperless bills: dates, words, terms and the way in.
///
/// Made by ``Campaign/load(_:)``; complete: every language has words for all four phases and terms.
public struct Campaign: Sendable {
  /// Whether customers choose, or must go along.
  public enum Mode: String, Sendable, CaseIterable {
    case optional, required
  }

  /// Whether consent must come before paper stops.
  public enum ConsentRule: String, Sendable, CaseIterable {
    case before, none
  }

  /// Goes into tokens, manifest and ledger.
  public let id: String
  /// In the order of the file.
  public let languages: [LanguageTag]
  /// Whether customers choose.
  public let mode: Mode
  /// Whether consent must come first.
  public let consent: ConsentRule
  /// The first day of each phase.
  public let phases: PhaseDates
  /// How a customer confirms.
  public let optIn: OptIn
  /// How prominent the notice must be.
  public let prominence: Prominence
  /// The updated terms.
  public let terms: Terms
  let words: [Phase: [LanguageTag: Words]]

  /// The words of a phase in one of the campaign's languages; `nil` for any other language.
  public func words(_ phase: Phase, _ language: LanguageTag) -> Words? { words[phase]?[language] }

  /// The campaign's language for a bill's: RFC 4647 lookup; `nil` where there is none.
  public func language(for tag: LanguageTag) -> LanguageTag? {
    LanguageTag.match(of: tag.text, among: languages.map(\.text)).map { languages[$0.place] }
  }
}

/// The least values of a notice's prominence; a notice below any of them rejects the bill.
public struct Prominence: Sendable, Hashable {
  /// The last page on which the notice may stand, from 1.
  public var page = 1
  /// Notice box ÷ page area.
  public var area = 0.08
  /// Heading size ÷ the size most glyphs outside the notice have.
  public var heading = 1.3
  /// The lowest WCAG 2 contrast of any text in the notice.
  public var contrast = 7.0
  /// The values of the contract's example.
  public init() {}
}
