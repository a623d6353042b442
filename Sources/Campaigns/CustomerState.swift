public import Billing
public import Dates

/// Where a customer stands in the move to paperless bills.
public enum CustomerState: String, Sendable, CaseIterable {
  /// Has said nothing, or has taken consent back.
  case undecided
  /// Has agreed to paperless bills.
  case agreed
  /// Has chosen paper.
  case paper
  /// Cannot be reached by e-mail.
  case bounced
}

/// What the ledger knows of an account before a run: read once, it travels with each record.
public struct AccountHistory: Sendable, Hashable {
  /// The state the latest event leaves the account in, and that event's day; `nil` without events.
  public var state: (CustomerState, PlainDate)? {
    get { named.flatMap { state in since.map { (state, $0) } } }
    set { (named, since) = (newValue?.0, newValue?.1) }
  }
  private var named: CustomerState?
  private var since: PlainDate?
  /// How many bills with a notice of this campaign have been mailed.
  public var notices: Int
  /// When the last of them was mailed.
  public var lastMailed: PlainDate?

  /// An account of which nothing is known, or what the arguments say.
  public init(state: (CustomerState, PlainDate)? = nil, notices: Int = 0, lastMailed: PlainDate? = nil) {
    (self.notices, self.lastMailed) = (notices, lastMailed)
    self.state = state
  }
}

extension CustomerState {
  /// The state of a customer from the bill's record and the ledger: the latest day wins, the ledger on equal days.
  ///
  /// A consent in the record without a day is older than anything in the ledger.
  ///
  /// - Parameter consentCounts: Whether the source of the record's consent makes a consent where the customer lives.
  public init(of bill: Bill, _ history: AccountHistory, consentCounts: Bool = true) {
    let fromRecord: (CustomerState, PlainDate?)? = bill.consent.flatMap { consentCounts ? (.agreed, $0.date) : nil }
    guard let ledger = history.state else {
      self = fromRecord?.0 ?? .undecided
      return
    }
    guard let record = fromRecord, let day = record.1, day > ledger.1 else {
      self = ledger.0
      return
    }
    self = record.0
  }
}
