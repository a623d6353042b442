public import Contract
public import Dates
internal import GRDB

/// Walks a ledger, account by account.
public struct LedgerExport {
  private let connection: LedgerConnection
  /// Whose ledger it is.
  public var company: String { connection.company }

  /// Opens a ledger.
  ///
  /// - Throws: ``RunFailure``: 78 where it cannot be used, 75 where another process keeps it too long.
  public init(_ path: String) throws(RunFailure) { connection = try LedgerConnection(path, for: .reading) }

  /// Calls `body` with every account that has an entry, sorted by their bytes, until it says no.
  ///
  /// One account is held at a time.
  /// - Parameter day: Entries of later days are left out; `nil`: none are.
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func forEachAccount(asOf day: PlainDate? = nil, _ body: (AccountEntries) -> Bool) throws(RunFailure) {
    try connection.read { db in try walk(db, Selection(account: nil, day: day), body) }
  }

  /// What is known of one account.
  ///
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func entries(of account: String, asOf day: PlainDate? = nil) throws(RunFailure) -> AccountEntries {
    var result = AccountEntries(account: account)
    try connection.read { db in
      try walk(db, Selection(account: account, day: day)) { found in
        result = found
        return true
      }
    }
    return result
  }

  /// Which entries.
  private struct Selection {
    var account: String?
    var day: PlainDate?

    /// A condition and its arguments.
    func condition(day column: String) -> (sql: String, arguments: StatementArguments) {
      var parts: [String] = []
      var values: [String] = []
      if let account {
        parts.append("account = ?")
        values.append(account)
      }
      if let day {
        parts.append("\(column) <= ?")
        values.append(day.iso)
      }
      return (parts.isEmpty ? "TRUE" : parts.joined(separator: " AND "), StatementArguments(values))
    }
  }

  /// Goes through events and pieces side by side, both in the order of the accounts' bytes.
  private func walk(_ db: Database, _ selection: Selection, _ body: (AccountEntries) -> Bool) throws {
    let (eventCondition, eventArguments) = selection.condition(day: "date")
    let events = try Row.fetchCursor(
      db,
      sql: """
        SELECT account, \(LedgerEvent.columns) FROM event WHERE \(eventCondition) ORDER BY account, date, state, source, scope, evidence
        """, arguments: eventArguments)
    let (pieceCondition, pieceArguments) = selection.condition(day: "mailed")
    let pieces = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(MailedPiece.columns) FROM \(MailedPiece.tables) WHERE \(pieceCondition)
        ORDER BY account, invoice, series, copy, kind, of_cycle
        """, arguments: pieceArguments)
    func nextEvent() throws -> (account: String, event: LedgerEvent)? {
      try events.next().map(LedgerRow.init).map { (try $0.text(0), try LedgerEvent($0, from: 1)) }
    }
    func nextPiece() throws -> MailedPiece? { try pieces.next().map(LedgerRow.init).map { try MailedPiece($0) } }
    var (event, piece) = (try nextEvent(), try nextPiece())
    while let account = [event?.account, piece?.account].compactMap(\.self).min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      var entries = AccountEntries(account: account)
      while let next = event, next.account.utf8.elementsEqual(account.utf8) {
        entries.events.append(next.event)
        event = try nextEvent()
      }
      while let next = piece, next.account.utf8.elementsEqual(account.utf8) {
        entries.pieces.append(next)
        piece = try nextPiece()
      }
      if !body(entries) { return }
    }
  }
}
