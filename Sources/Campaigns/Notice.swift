public import Languages

/// A notice of the campaign: its words in every phase and language.
public struct Notice: Sendable {
  /// The notice that every campaign has, and that must be prominent.
  public static let standardName = "standard"

  /// As rules and layouts name it.
  public let name: String
  /// Whether it must be as prominent on the page as the campaign asks: not so with `prominence: none`.
  public let asksProminence: Bool
  let words: [Phase: [LanguageTag: Words]]

  /// The words of a phase in one of the campaign's languages: those of the latest phase that has some, `nil` where none has yet.
  public func words(_ phase: Phase, _ language: LanguageTag) -> Words? {
    Phase.allCases.last { $0 <= phase && words[$0]?[language] != nil }.flatMap { words[$0]?[language] }
  }
}
