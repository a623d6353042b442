public import Diagnostics
public import Layout

/// Why a font family cannot serve where it is asked for.
public struct FontFamilyFault: Error, Hashable, Sendable {
  /// What is wrong with the family.
  public enum Reason: Hashable, Sendable {
    /// No folder has it; those that there are.
    case unknown(known: [String])
    /// It has no face of that slant.
    case missingSlant(TextStyle.Slant)
    /// The file of its face has changed since the book was opened, and is no font any more.
    case unreadable(Diagnostic)
  }

  /// The family's name as it was asked for.
  public let family: String
  /// What is wrong with it.
  public let reason: Reason

  /// The fault as a finding: `unknown-font-family`, `missing-font-slant` or `not-a-font`.
  ///
  /// - Parameter range: Where the family is asked for, if it is known.
  public func diagnostic(at range: SourceRange?) -> Diagnostic {
    switch reason {
    case .unknown(let known):
      return Diagnostic(
        id: "unknown-font-family",
        "font family '\(family)' is not in the font folders; expected one of \(known.map { "'\($0)'" }.joined(separator: ", "))", at: range,
        suggestion: Suggestion.didYouMean(family, among: known))
    case .missingSlant(let slant):
      return Diagnostic(
        id: "missing-font-slant", "font family '\(family)' has no \(slant == .italic ? "italic" : "upright") face in the font folders",
        at: range)
    case .unreadable(let finding):
      var finding = finding
      finding.range = range
      return finding
    }
  }
}
