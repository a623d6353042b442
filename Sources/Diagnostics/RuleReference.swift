/// The rule that a finding goes back to: one of law, or of good practice.
public struct RuleReference: Hashable, Sendable {
  /// As the rules' file or the program names it.
  public let id: String
  /// Where the rule stands.
  public let source: String
  /// Whether it was found there as it is applied; else every report says that it was not.
  public let isConfirmed: Bool

  /// Names a rule.
  public init(_ id: String, source: String, isConfirmed: Bool = true) {
    (self.id, self.source, self.isConfirmed) = (id, source, isConfirmed)
  }

  /// `rule 'us-ny-paper-fee': N.Y. Gen. Bus. Law 399-zzz`, and whether that is unconfirmed.
  public var text: String { "rule '\(id)': \(source)\(isConfirmed ? "" : ", unconfirmed")" }
}
