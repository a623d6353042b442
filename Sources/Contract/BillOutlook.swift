/// What a bill that is only planned means to its campaign.
public struct BillOutlook: Sendable, Hashable {
  /// The customer's, as the record says it.
  public var name: String
  /// Whether it makes its account one that the campaign must have told: a bill on paper, of kind `bill`, for a customer who has not agreed.
  public var isAsked = false
  /// How many bills with a notice the ledger knows of the account, mailed up to the day of the plan and before paper stops.
  public var mailed = 0
  /// How many of the cycles to come bring a printed bill with a notice, if this is the account's one bill.
  public var coming = 0
  /// As in ``PieceFacts/rule``.
  public var rule: String?
  /// As in ``PieceFacts/phase``.
  public var phase: String?
  /// The language the bill is set in, or that of the campaign's words for it where there is no layout; `nil` where the campaign has none.
  public var language: String?
  /// How it travels.
  public var channel = PieceKind.Channel.print
  /// The notice's name; `nil`: none.
  public var notice: String?
  /// The variant that stands; `nil` where there is no notice or no layout.
  public var variant: String?
  /// Where the terms stand: `bill`, `leaflet` or `none`.
  public var terms = "none"
  /// The rule that sends the account a postcard with it; `nil`: none goes out, or it is not the account's first record.
  public var card: String?
  /// Which of the cycles to come bring a postcard, by their places from 0, if this is the account's one bill.
  public var comingCards: [Int] = []

  /// The rule that sends the account an e-mail with it; `nil`: none goes out, or it is not the account's first record.
  public var email: String?
  /// Which of the cycles to come bring an e-mail, as ``comingCards`` has them.
  public var comingEmails: [Int] = []

  /// That of a customer of whom nothing else is known yet.
  public init(name: String) { self.name = name }

  /// Whether it brings a notice by mail.
  public var isNotice: Bool { notice != nil && channel == .print }
}

extension BillOutlook: Fielded {
  package static var blank: BillOutlook { BillOutlook(name: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("asked", &isAsked)
      try walker.field("mailed", &mailed)
      try walker.field("coming", &coming)
      try walker.field("rule", &rule)
      try walker.field("phase", &phase)
      try walker.field("language", &language)
      try walker.field("channel", &channel)
      try walker.field("notice", &notice)
      try walker.field("variant", &variant)
      try walker.field("terms", &terms)
      try walker.field("card", &card)
      try walker.field("coming_cards", &comingCards)
      try walker.field("email", &email)
      try walker.field("coming_emails", &comingEmails)
    }
  }
}
