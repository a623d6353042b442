public import Billing
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
    }
  }
}

extension PreviewScenario.Consent: FieldedWord {}
extension Bill.Delivery: FieldedWord {}
