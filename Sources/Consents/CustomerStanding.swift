public import Dates

/// Where a customer stands, and what decided it.
public struct CustomerStanding: Sendable, Hashable {
  /// The state.
  public var state: CustomerState
  /// Since when; `nil` where nothing decided it, or a record's consent without a day.
  public var since: PlainDate?
  /// Where what decided it came from; `nil` where nothing did, or it did not say.
  public var source: String?
  /// The consent that would have decided, had its source made a consent where the customer lives.
  public var refused: Consent?

  /// An agreement: the ledger's, or the one that stands in a record.
  public struct Consent: Sendable, Hashable {
    /// The day; `nil` where a record names none.
    public var date: PlainDate?
    /// Where it came from; `nil` where a record does not say.
    public var source: String?

    /// Makes a consent.
    public init(date: PlainDate?, source: String?) { (self.date, self.source) = (date, source) }
  }

  /// Decides the state from the ledger's events and from the record: the latest day wins; on one day the ledger before the record, and in the
  /// ledger withdrawn, paper, bounced before consent. A record's consent without a day is older than everything.
  ///
  /// - Parameters:
  ///   - events: The account's, in any order; those of ``AccountHistory/deciding(_:)`` are enough.
  ///   - record: The consent that stands in the record.
  ///   - sources: Those that make a consent where the customer lives, by their bytes; `nil`: every one does. A consent from elsewhere changes
  ///     nothing.
  public init(_ events: [CustomerEvent], record: Consent? = nil, sources: Set<String>? = nil) {
    func makesConsent(_ source: String?) -> Bool {
      guard let sources else { return true }
      return source.map { source in sources.contains { $0.utf8.elementsEqual(source.utf8) } } ?? false
    }
    let sorted = events.sorted { $0.counts(before: $1) }
    let decider = Self.decider(
      sorted.first { $0.kind != .consent || makesConsent($0.source) }, record.flatMap { makesConsent($0.source) ? $0 : nil })
    switch decider {
    case .event(let event): (state, since, source) = (event.kind.state, event.date, event.source.isEmpty ? nil : event.source)
    case .record(let consent): (state, since, source) = (.agreed, consent.date, consent.source)
    case nil: (state, since, source) = (.undecided, nil, nil)
    }
    // What would decide if every source counted.
    switch Self.decider(sorted.first, record) {
    case .event(let event) where event.kind == .consent && !makesConsent(event.source):
      refused = Consent(date: event.date, source: event.source)
    case .record(let consent) where !makesConsent(consent.source): refused = consent
    default: refused = nil
    }
  }

  private enum Decider {
    case event(CustomerEvent)
    case record(Consent)
  }

  /// Which of the two counts.
  private static func decider(_ event: CustomerEvent?, _ record: Consent?) -> Decider? {
    guard let event else { return record.map(Decider.record) }
    guard let record, let date = record.date, event.date < date else { return .event(event) }
    return .record(record)
  }
}
