public import Dates
public import Diagnostics
internal import JSON

/// What is known of an account before a run: read once from the ledger, it travels with each of the account's records, and each bill takes of it
/// what was known on its day.
public struct AccountFacts: Sendable, Hashable {
  /// Bills with a notice of the campaign that were mailed on one day.
  public struct Mailing: Sendable, Hashable {
    /// The day.
    public var date: PlainDate
    /// How many; at least one.
    public var notices: Int

    /// Makes a mailing.
    public init(_ date: PlainDate, notices: Int) { (self.date, self.notices) = (date, notices) }
  }

  /// What the customer said, in any order.
  public var events: [CustomerEvent]
  /// When bills with a notice of the campaign were mailed, each day once, rising.
  public var mailings: [Mailing]
  /// When postcards of the campaign were mailed, rising; a day as often as it has cards.
  public var postcards: [PlainDate]
  /// When a server accepted e-mails of the campaign, rising; a day as often as it has some.
  public var emails: [PlainDate]

  /// An account of which nothing is known, or what the arguments say.
  public init(events: [CustomerEvent] = [], mailings: [Mailing] = [], postcards: [PlainDate] = [], emails: [PlainDate] = []) {
    (self.events, self.mailings, self.postcards, self.emails) = (events, mailings, postcards, emails)
  }

  /// Whether nothing is known.
  public var isEmpty: Bool { events.isEmpty && mailings.isEmpty && postcards.isEmpty && emails.isEmpty }

  /// What was known on a day, entries of that day included. Complexity: O(n log n).
  public func history(asOf day: PlainDate) -> AccountHistory {
    let mailed = mailings.filter { $0.date <= day }
    return AccountHistory(
      events: AccountHistory.deciding(events.lazy.filter { $0.date <= day }), notices: mailed.reduce(0) { $0 + $1.notices },
      lastMailed: mailed.last?.date, postcards: postcards.count { $0 <= day }, emails: emails.count { $0 <= day })
  }

  /// The same without what no bill can need that is made as of one day.
  public func reduced(to day: PlainDate) -> AccountFacts {
    AccountFacts(
      events: AccountHistory.deciding(events.lazy.filter { $0.date <= day }), mailings: mailings.filter { $0.date <= day },
      postcards: postcards.filter { $0 <= day }, emails: emails.filter { $0 <= day })
  }

  /// Adds bills with a notice that are taken to be mailed on a day. Complexity: O(n).
  public mutating func add(_ notices: Int, on day: PlainDate) {
    guard notices > 0 else { return }
    if let index = mailings.firstIndex(where: { $0.date >= day }) {
      if mailings[index].date == day {
        mailings[index].notices += notices
      } else {
        mailings.insert(Mailing(day, notices: notices), at: index)
      }
    } else {
      mailings.append(Mailing(day, notices: notices))
    }
  }

  // MARK: As bytes

  /// As one JSON object in canonical form, by which it is stored and sent; of nothing, none.
  public var bytes: [UInt8] {
    if isEmpty { return [] }
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
    json.key("mailings")
    json.beginList()
    for mailing in mailings {
      json.beginList()
      json.value(mailing.date.iso)
      json.value(mailing.notices)
      json.endList()
    }
    json.endList()
    // Without any, the bytes are those of a run that knows of no cards, or of no e-mails.
    if !postcards.isEmpty { json.member("postcards", postcards.map(\.iso)) }
    if !emails.isEmpty { json.member("emails", emails.map(\.iso)) }
    json.endObject()
    return json.bytes
  }

  /// Reads ``bytes``.
  ///
  /// - Throws: `malformed-json` and others for bytes that are none.
  public init(bytes: [UInt8]) throws(RecordFault) {
    (events, mailings, postcards, emails) = ([], [], [], [])
    if bytes.isEmpty { return }
    let value = try JSONValue(parsing: bytes)
    let fault = RecordFault("malformed-json", "what the ledger knows of an account is damaged")
    guard let events = value["events"]?.list, let mailings = value["mailings"]?.list else { throw fault }
    for item in events {
      guard let parts = item.list, parts.count == 3, let kind = parts[0].text.flatMap(CustomerEvent.Kind.init(rawValue:)),
        let date = parts[1].text.flatMap({ PlainDate($0) }), let source = parts[2].text
      else { throw fault }
      self.events.append(CustomerEvent(kind, date, source: source))
    }
    for item in mailings {
      guard let parts = item.list, parts.count == 2, let date = parts[0].text.flatMap({ PlainDate($0) }), let notices = parts[1].integer,
        notices > 0, self.mailings.last.map({ $0.date < date }) ?? true
      else { throw fault }
      self.mailings.append(Mailing(date, notices: notices))
    }
    (postcards, emails) = (try Self.dates(value["postcards"], fault), try Self.dates(value["emails"], fault))
  }

  /// Rising dates, of which there is at least one where there is a list.
  private static func dates(_ value: JSONValue?, _ fault: RecordFault) throws(RecordFault) -> [PlainDate] {
    guard let value else { return [] }
    guard let items = value.list, !items.isEmpty else { throw fault }
    var dates: [PlainDate] = []
    for item in items {
      guard let date = item.text.flatMap({ PlainDate($0) }), dates.last.map({ $0 <= date }) ?? true else { throw fault }
      dates.append(date)
    }
    return dates
  }
}
