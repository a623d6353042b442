public import Billing
public import Dates
public import Diagnostics

/// One rule of law, as data: what it asks, where it stands, when somebody saw it there.
public struct LawRule: Sendable, Hashable {
  /// Something the rule wants said to customers.
  public struct Point: Sendable, Hashable {
    /// By which a campaign says where it is said.
    public let id: String
    /// What is to be said, for counsel.
    public let asks: String
  }

  /// How what is said must look.
  public struct Form: Sendable, Hashable {
    /// The least type size of any text, in points; `nil` where nothing is asked.
    public let text: Double?
    /// The least contrast of any text with what is behind it, as WCAG 2 counts it; `nil` where nothing is asked.
    public let contrast: Double?
    /// The last page on which it may stand, from 1; `nil` where nothing is asked.
    public let page: Int?

    /// Makes conditions of form.
    public init(text: Double?, contrast: Double?, page: Int?) { (self.text, self.contrast, self.page) = (text, contrast, page) }
  }

  /// No two rules of one set have one.
  public let id: String
  /// What it is about, for people.
  public let title: String
  /// What is to be said.
  public let points: [Point]
  /// The sources of consent it accepts; `nil` where it says nothing of them.
  public let consentSources: [String]?
  /// Whether a customer must have agreed before paper stops.
  public let asksConsent: Bool
  /// Whether nothing may be charged for a bill on paper.
  public let forbidsPaperFee: Bool
  /// How what is said must look; `nil` where it says nothing of that.
  public let form: Form?
  /// The kinds of bills that stay on paper, whatever the customer agreed to.
  public let paperKinds: [Bill.Kind]
  /// Where the rule stands.
  public let source: String
  /// When it was seen there.
  public let seen: PlainDate
  /// Whether it was found there as it is written here; else it is hearsay, and every report says so.
  public let isConfirmed: Bool

  /// The rule as findings name it: where it stands, and when it was seen there if it was.
  public var reference: RuleReference {
    RuleReference(id, source: isConfirmed ? "\(source), seen \(seen.iso)" : source, isConfirmed: isConfirmed)
  }
}

/// The rules of one place.
public struct Jurisdiction: Sendable, Hashable {
  /// As records name it: a country by ISO 3166-1, or a part of one by ISO 3166-2, such as `US-OR`.
  public let code: String
  /// For people.
  public let name: String
  /// In the order of the file.
  public let rules: [LawRule]
}
