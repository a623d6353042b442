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
  /// The records that say who the customers are.
  public var data = RecordTally()
  /// Customers it asks that for.
  public var customers = 0
  /// Of them, who have had less.
  public var short = 0
  /// Of them, how many lack bills with a notice, and how many postcards.
  public var lacking = PlanOptions.Coverage(bills: 0)
}
