public import Dates
public import Diagnostics
internal import JSON

/// What is known of an account before a run: read once from the ledger, it travels with the account's record.
public struct AccountHistory: Sendable, Hashable {
  /// The events that can decide the state, the latest first: see ``deciding(_:)``.
  public var events: [CustomerEvent]
  /// How many bills with a notice of the campaign have been mailed.
  public var notices: Int
  /// When the last of them was mailed; `nil` where none was.
  public var lastMailed: PlainDate?

  /// An account of which nothing is known, or what the arguments say.
  public init(events: [CustomerEvent] = [], notices: Int = 0, lastMailed: PlainDate? = nil) {
    (self.events, self.notices, self.lastMailed) = (events, notices, lastMailed)
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

  // MARK: As bytes

  /// As one JSON object in canonical form, by which it is stored and sent.
  public var bytes: [UInt8] {
    var json = JSONWriter(capacity: 96)
    json.beginObject()
    json.key("events")
    json.beginList()
    for event in events {
      json.beginList()
      json.value(event.kind.rawValue)
      json.value(event.date.iso)
      json.value(event.source)
      json.endList()
    }
    json.endList()
    json.member("last", lastMailed?.iso)
    json.member("notices", notices)
    json.endObject()
    return json.bytes
  }

  /// Reads ``bytes``.
  ///
  /// - Throws: `malformed-json` and others for bytes that are none.
  public init(bytes: [UInt8]) throws(RecordFault) {
    let value = try JSONValue(parsing: bytes)
    let fault = RecordFault("malformed-json", "the history of an account is damaged")
    guard let list = value["events"]?.list, let notices = value["notices"]?.integer, notices >= 0 else { throw fault }
    events = []
    for item in list {
      guard let parts = item.list, parts.count == 3, let kind = parts[0].text.flatMap(CustomerEvent.Kind.init(rawValue:)),
        let date = parts[1].text.flatMap({ PlainDate($0) }), let source = parts[2].text
      else { throw fault }
      events.append(CustomerEvent(kind, date, source: source))
    }
    self.notices = notices
    lastMailed = nil
    if let last = value["last"], last != .null {
      guard let date = last.text.flatMap({ PlainDate($0) }) else { throw fault }
      lastMailed = date
    }
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
