public import Billing
public import Consents
public import Dates

/// What the designer has set otherwise than the record says. Nothing in it changes the data; it decides how one bill is shown.
public struct PreviewScenario: Sendable, Hashable {
  /// Whether the customer has agreed to electronic bills.
  public enum Consent: String, Sendable, CaseIterable {
    case given, none
  }

  /// Decides the campaign's phase instead of the bill's issue date.
  public var asOf: PlainDate?
  /// A language of the layout, in canonical case.
  public var language: String?
  /// How the bill travels.
  public var delivery: Bill.Delivery?
  /// Given or not, whatever the record says.
  public var consent: Consent?
  /// The edition.
  public var format: Bill.Format?

  /// Where the customer stands, whatever record and ledger say.
  public var state: CustomerState?
  /// The rule of the campaign's audience that decides, by its name, whatever its condition says.
  public var rule: String?
  /// The notice, by its name, or ``noNotice``, whatever the rule says.
  public var notice: String?
  /// The variant of the notice, whatever room there is.
  public var variant: String?

  /// The word for no notice, which no notice can have as its name.
  public static let noNotice = "none"

  /// Makes a scenario; by default everything is as in the record.
  public init(
    asOf: PlainDate? = nil, language: String? = nil, delivery: Bill.Delivery? = nil, consent: Consent? = nil, format: Bill.Format? = nil
  ) {
    (self.asOf, self.language, self.delivery, self.consent, self.format) = (asOf, language, delivery, consent, format)
  }
}

extension PreviewScenario: Fielded {
  package static var blank: PreviewScenario { PreviewScenario() }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("as_of", &asOf)
      try walker.field("language", &language)
      try walker.field("delivery", &delivery)
      try walker.field("consent", &consent)
      try walker.field("format", &format)
      try walker.field("state", &state)
      try walker.field("rule", &rule)
      try walker.field("notice", &notice)
      try walker.field("variant", &variant)
    }
  }
}

extension PreviewScenario.Consent: FieldedWord {}
extension Bill.Delivery: FieldedWord {}
extension CustomerState: FieldedWord {}
