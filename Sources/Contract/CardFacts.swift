public import Dates

/// What is to be known of a postcard beside what is known of every piece: its place in the mailing, its size, and to whom it goes.
///
/// A card is open mail. It is judged with its record's bill, and painted once all cards of the run are known and have their ranks; between the two
/// it is these facts and nothing else of the record.
public struct CardFacts: Sendable, Hashable {
  /// To whom a card goes, as the record says it: all of the record that may show on open mail.
  public struct Recipient: Sendable, Hashable {
    /// The addressee.
    public var name: String
    /// One to eight lines, without the name.
    public var address: [String]
    /// The address taken apart; `nil` for what the record does not say.
    public var city, region, code, country, routing: String?

    /// Makes a recipient.
    public init(
      name: String, address: [String], city: String? = nil, region: String? = nil, code: String? = nil, country: String? = nil,
      routing: String? = nil
    ) {
      (self.name, self.address, self.city, self.region, self.code) = (name, address, city, region, code)
      (self.country, self.routing) = (country, routing)
    }
  }

  /// Its rank among the run's cards by input and number, from 1: what the serial number of its Intelligent Mail barcode is made of. 0 until all cards
  /// are known.
  public var rank: Int
  /// The trimmed card, in points.
  public var width, height: Double
  /// The post whose profile its layout goes by, such as `usps`; empty where it names none.
  public var post: String
  /// To whom it goes.
  public var recipient: Recipient
  /// The day of its record's bill, which its file's dates are.
  public var issued: PlainDate

  /// Makes the facts of a card.
  public init(rank: Int = 0, width: Double, height: Double, post: String = "", recipient: Recipient, issued: PlainDate) {
    (self.rank, self.width, self.height, self.post, self.recipient, self.issued) = (rank, width, height, post, recipient, issued)
  }
}

extension CardFacts: Fielded {
  package static var blank: CardFacts { CardFacts(width: 0, height: 0, recipient: .blank, issued: .blank) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("rank", &rank)
      try walker.field("width", &width)
      try walker.field("height", &height)
      try walker.field("post", &post)
      try walker.field("recipient", &recipient, [.pipe, .journal])
      try walker.field("issued", &issued, [.pipe, .journal])
    }
  }
}

extension CardFacts.Recipient: Fielded {
  package static var blank: Self { Self(name: "", address: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("address", &address)
      try walker.field("city", &city)
      try walker.field("region", &region)
      try walker.field("code", &code)
      try walker.field("country", &country)
      try walker.field("routing", &routing)
    }
  }
}
