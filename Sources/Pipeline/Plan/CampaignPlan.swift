public import Dates

/// What the bills of some data would bring on a day, and whom the campaign would have told too little before paper stops.
public struct CampaignPlan: Sendable {
  /// Bills that are alike to the campaign.
  public struct Kind: Sendable, Hashable {
    /// `nil` before the first phase.
    public var rule: String?
    /// `nil` before the first phase.
    public var phase: String?
    /// `nil` where the campaign has no words for the customer.
    public var language: String?
    /// `print` or `electronic`.
    public var channel: String
    /// `nil`: none.
    public var notice: String?
    /// `nil`: no notice, or not known.
    public var variant: String?
    /// `bill`, `leaflet` or `none`.
    public var terms: String

    /// All of it in the order in which it sorts; what is not there is empty.
    var fields: [String] { [rule ?? "", phase ?? "", language ?? "", channel, notice ?? "", variant ?? "", terms] }
  }

  /// Whom a campaign must have told.
  public struct Coverage: Sendable, Hashable {
    /// Notices it asks for.
    public var bills: Int
    /// Postcards it asks for.
    public var postcards = 0
    /// Customers it asks them for.
    public var customers = 0
    /// Of them, who will have had fewer.
    public var short = 0
    /// Of them, how many will lack notices, and how many postcards.
    public var lacking = PlanOptions.Coverage(bills: 0)
  }

  /// The postcards, or the e-mails, of a campaign that sends some.
  public struct Messages: Sendable, Hashable {
    /// How many go out with these data, by the rules that send them.
    public var rules: [String: Int] = [:]
    /// How many go out in each of the cycles to come.
    public var toCome: [Int]

    /// How many go out with these data.
    public var count: Int { rules.values.reduce(0, +) }

    /// The rules that send some, most frequent first, and those of one count by their names' bytes.
    var rows: [(name: String, count: Int)] {
      rules.sorted { a, b in a.value == b.value ? a.key.utf8.lexicographicallyPrecedes(b.key.utf8) : a.value > b.value }
        .map { ($0.key, $0.value) }
    }
  }

  /// What a campaign leaves out without which nobody can say who will have been told too little.
  public enum Missing: String, Sendable, CaseIterable {
    case coverage, cycles
  }

  /// A customer who will have had too few notices.
  public struct Customer: Sendable, Hashable {
    /// The account's bytes, as text.
    public var account: String
    /// The name on the bill.
    public var name: String
    /// By the ledger.
    public var mailed: Int
    /// By these data.
    public var planned: Int
    /// By the cycles to come.
    public var coming: Int
    /// Their postcards.
    public var cards = Cards()

    /// The same of postcards.
    public struct Cards: Sendable, Hashable {
      /// By the ledger.
      public var mailed = 0
      /// By these data.
      public var planned = 0
      /// By the cycles to come.
      public var coming = 0
    }
  }

  /// The campaign.
  public var calendar: CampaignCalendar
  /// The day it is made for.
  public var day: PlainDate
  /// Of the cycles to come; `nil` where the campaign does not say.
  public var cycles: [PlainDate]?
  /// The records it is made of.
  public var data = RecordTally()
  /// Those that are not rejected.
  public var counts: [Kind: Int] = [:]
  /// `nil` where the campaign sends none.
  public var cards: Messages?
  /// The same of e-mails.
  public var emails: Messages?
  /// `nil` where something is missing.
  public var coverage: Coverage?
  /// What is.
  public var missing: [Missing] = []
  /// Whether mailed notices were counted.
  public var hasLedger = false
  /// Whether variants are known.
  public var hasLayout = false

  /// Bills that would be made.
  public var bills: Int { counts.values.reduce(0, +) }
  /// The counts by their fields, sorted by their bytes.
  public var rows: [(kind: Kind, count: Int)] {
    counts.sorted { a, b in
      for (x, y) in zip(a.key.fields, b.key.fields) where x != y { return x.utf8.lexicographicallyPrecedes(y.utf8) }
      return false
    }.map { ($0.key, $0.value) }
  }

  /// How many bills have each value of something, most frequent first, and those of one count by their names' bytes.
  public func counts(by value: (Kind) -> String?) -> [(name: String?, count: Int)] {
    var sums: [String?: Int] = [:]
    for (kind, count) in counts { sums[value(kind), default: 0] += count }
    return sums.sorted { a, b in
      a.value == b.value ? (a.key ?? "").utf8.lexicographicallyPrecedes((b.key ?? "").utf8) : a.value > b.value
    }.map { ($0.key, $0.value) }
  }
}
