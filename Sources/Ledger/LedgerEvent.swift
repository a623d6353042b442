public import Consents
public import Dates
internal import GRDB
internal import JSON

/// An event of an account with all that is kept of it.
public struct LedgerEvent: Sendable, Hashable {
  /// What, when, and where it came from.
  public var event: CustomerEvent
  /// What the customer agreed to; may be empty.
  public var scope: String
  /// What proves it; may be empty.
  public var evidence: String

  /// Makes an event.
  public init(_ kind: CustomerEvent.Kind, _ date: PlainDate, source: String, scope: String = "", evidence: String = "") {
    (event, self.scope, self.evidence) = (CustomerEvent(kind, date, source: source), scope, evidence)
  }
}

extension LedgerEvent {
  /// The columns that ``init(_:from:)`` takes, in their order.
  static let columns = "date, state, source, scope, evidence"

  init(_ row: LedgerRow, from index: Int) throws {
    self.init(
      try row.word(index + 1, CustomerEvent.Kind.self), try row.date(index), source: try row.text(index + 2),
      scope: try row.text(index + 3),
      evidence: try row.text(index + 4))
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("state", event.kind.rawValue)
    json.member("date", event.date.iso)
    json.member("source", event.source)
    json.member("scope", scope)
    json.member("evidence", evidence)
    json.endObject()
  }
}
