public import Billing

/// What holds for a customer: the union of some places' rules.
public struct ApplicableLaw: Sendable, Hashable {
  /// The rules, each once.
  public private(set) var rules: [LawRule] = []
  /// The places that no file knows: nothing was checked for them, and that has to be told.
  public internal(set) var unchecked: [String] = []

  /// The sources that make a consent: those that every rule accepts which names any; `nil` where none does, so that every source counts.
  public private(set) var consentSources: Set<String>?
  /// The kinds of bills that stay on paper.
  public private(set) var paperKinds: Set<Bill.Kind> = []

  /// The rules by which a customer must have agreed before paper stops.
  public var consentRules: [LawRule] { rules.filter(\.asksConsent) }
  /// The rules by which nothing may be charged for a bill on paper.
  public var feeRules: [LawRule] { rules.filter(\.forbidsPaperFee) }

  /// No law: nothing is asked, and every source makes a consent.
  public init() {}

  mutating func add(_ place: Jurisdiction) {
    for rule in place.rules where !rules.contains(where: { $0.id.utf8.elementsEqual(rule.id.utf8) }) {
      rules.append(rule)
      paperKinds.formUnion(rule.paperKinds)
      if let sources = rule.consentSources { consentSources = consentSources?.intersection(sources) ?? Set(sources) }
    }
  }
}
