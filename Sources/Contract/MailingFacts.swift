/// Where a printed piece goes, for whoever puts it into an envelope. It stands in the run's journal and in no file of the run.
public struct MailingFacts: Sendable, Hashable {
  /// The addressee as printed.
  public var name: String
  /// One to eight lines as printed, without the name.
  public var address: [String]
  /// The postal code; empty where the record does not take its address apart.
  public var code: String
  /// The country, ISO 3166 by intent; empty where the record does not say.
  public var country: String
  /// The digits of the Intelligent Mail barcode on the piece (USPS-B-3200): tracking code, then routing code; empty without one.
  public var imb: String

  /// Makes the facts of a mailing.
  public init(name: String, address: [String], code: String = "", country: String = "", imb: String = "") {
    (self.name, self.address, self.code, self.country, self.imb) = (name, address, code, country, imb)
  }
}

extension MailingFacts: Fielded {
  package static var blank: MailingFacts { MailingFacts(name: "", address: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("address", &address)
      try walker.field("code", &code)
      try walker.field("country", &country)
      try walker.field("imb", &imb)
    }
  }
}
