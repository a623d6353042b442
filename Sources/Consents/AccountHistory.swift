public import Dates

/// What is known of an account on the day of a bill.
public struct AccountHistory: Sendable, Hashable {
  /// The events that can decide the state, the latest first: see ``deciding(_:)``.
  public var events: [CustomerEvent]
  /// How many bills with a notice of the campaign have been mailed.
  public var notices: Int
  /// When the last of them was mailed; `nil` where none was.
  public var lastMailed: PlainDate?
  /// How many postcards of the campaign have been mailed.
  public var postcards: Int
  /// How many e-mails of the campaign a server has accepted.
  public var emails: Int

  /// An account of which nothing is known, or what the arguments say.
  public init(events: [CustomerEvent] = [], notices: Int = 0, lastMailed: PlainDate? = nil, postcards: Int = 0, emails: Int = 0) {
    (self.events, self.notices, self.lastMailed, self.postcards) = (events, notices, lastMailed, postcards)
    self.emails = emails
  }

  /// Whether nothing is known.
  public var isEmpty: Bool { self == AccountHistory() }

  /// The events that can decide an account's state, whatever sources make a consent where the customer lives: the latest that is no consent,
  /// and of the consents after it the latest of each source; the latest first.
  ///
  /// Complexity: O(n log n).
  public static func deciding(_ events: some Sequence<CustomerEvent>) -> [CustomerEvent] {
    var sources: Set<[UInt8]> = []
    var result: [CustomerEvent] = []
    for event in events.sorted(by: { $0.counts(before: $1) }) {
      if event.kind != .consent {
        result.append(event)
        break
      }
      if sources.insert(Array(event.source.utf8)).inserted { result.append(event) }
    }
    return result
  }
}

extension CustomerEvent {
  /// Whether it counts before another: later, or on the same day earlier in the list of kinds.
  func counts(before other: CustomerEvent) -> Bool {
    if date != other.date { return other.date < date }
    if kind != other.kind { return kind.rank < other.kind.rank }
    return source.utf8.lexicographicallyPrecedes(other.source.utf8)
  }
}
