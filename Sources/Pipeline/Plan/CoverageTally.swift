public import Dates

/// Whom a campaign has told too little before paper stopped, by what was mailed.
public struct CoverageTally: Sendable {
  /// A customer who has had too little.
  public struct Customer: Sendable, Hashable {
    /// The account's bytes, as text.
    public var account: String
    /// The name on the bill.
    public var name: String
    /// Bills with a notice that were mailed.
    public var bills: Int
    /// Postcards that were mailed.
    public var postcards: Int
  }

  /// The campaign.
  public var calendar: CampaignCalendar
  /// What was known on this day counts.
  public var day: PlainDate
  /// What it asks for.
  public var asked: PlanOptions.Coverage
  /// All records of the data.
  public var records = 0
  /// How many are none, by code.
  public var rejects: [String: Int] = [:]
  /// Of them, those of which not even the customer is known.
  public var unread = 0
  /// Customers it asks that for.
  public var customers = 0
  /// Of them, who have had less.
  public var short = 0

  /// Records that are none.
  public var rejected: Int { rejects.values.reduce(0, +) }
}
