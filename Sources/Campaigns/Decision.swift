public import Billing
public import Dates
public import Diagnostics
public import Languages

/// What a bill carries of the campaign: a notice, the terms, or both.
public struct Decision: Sendable, Hashable {
  /// The phase whose words are printed.
  public let phase: Phase
  /// The campaign's language for the bill.
  public let language: LanguageTag
  /// The name of the notice; `nil` for none.
  public let notice: String?
  /// Whether the terms stand in the bill.
  public let showsTerms: Bool
  /// Whether the notice must be as prominent as the campaign says.
  public let isProminenceAsked: Bool
  /// `default`, until audience rules exist.
  public let rule: String
}

extension Campaign {
  /// Decides whether a bill carries notice and terms.
  ///
  /// It does if it is of kind `bill`, is printed (`paper` or `both`), its customer has not consented, and the day lies in a phase.
  ///
  /// - Parameters:
  ///   - asOf: The day to decide for instead of the bill's issue date.
  ///   - language: The language to look up instead of the bill's (`--language`).
  /// - Returns: `nil` for no notice and no terms.
  /// - Throws: `language-not-offered` if it is to carry a notice and the campaign has no words in its language.
  public func decision(for bill: Bill, asOf: PlainDate? = nil, language: LanguageTag? = nil) throws(RecordFault) -> Decision? {
    guard bill.kind == .bill, bill.isPrinted, bill.consent == nil, let phase = phases.phase(on: asOf ?? bill.issued) else { return nil }
    let wanted = language ?? bill.language
    guard let found = self.language(for: wanted) else {
      let offered = languages.map(\.text).joined(separator: ", ")
      throw RecordFault(.languageNotOffered, "the campaign has no words in '\(wanted)', only in \(offered)", path: "$.language")
    }
    return Decision(
      phase: phase, language: found, notice: "standard", showsTerms: true, isProminenceAsked: true, rule: "default")
  }
}
