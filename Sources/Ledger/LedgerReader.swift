public import Consents
public import Contract
public import Dates
internal import GRDB

/// Reads a ledger as an input of a run: everything in one transaction, so that a release meanwhile shows in all of the facts or in none.
///
/// To be used by one thread, in the first pass over the data; workers never open a ledger. Nothing is written: it works where neither the file
/// nor its folder can be. A writer waits for this to be closed before it commits, and gives up in time.
public final class LedgerReader {
  private let connection: LedgerConnection
  private var isOpen = true

  /// Opens a ledger and begins the transaction.
  ///
  /// - Parameter company: The campaign's; `nil`: whosever it is.
  /// - Throws: ``RunFailure``: 78 where it cannot be used or is another company's, 75 where another process keeps it too long.
  public init(_ path: String, company: String?) throws(RunFailure) {
    connection = try LedgerConnection(path, for: .reading)
    if let company { try connection.require(company: company) }
    do {
      try connection.queue.unsafeRead { db in
        try db.execute(sql: "BEGIN")
        // A transaction begins with the first read.
        _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM fact")
      }
    } catch {
      throw LedgerFailure.explain(error, path)
    }
  }

  deinit { close() }

  /// Whose ledger it is.
  public var company: String { connection.company }

  /// Ends the transaction; nothing can be read any more.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    try? connection.queue.unsafeRead { db in try db.execute(sql: "ROLLBACK") }
    try? connection.queue.close()
  }

  /// What is known of an account as of a day, before a run.
  ///
  /// Complexity: two searches; linear in the account's events, at most 1,000, and pieces.
  /// - Parameters:
  ///   - account: By its UTF-8 bytes, as in the record.
  ///   - cycle: The run's own: pieces of it do not count, so that a run that was released is made again with the same bytes.
  ///   - campaign: The id of the campaign whose notices are counted; `nil`: none are.
  ///   - day: Entries of later days do not count.
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func history(of account: String, cycle: String, campaign: String?, asOf day: PlainDate) throws(RunFailure) -> AccountHistory {
    try read { db in
      let events = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT \(LedgerEvent.columns) FROM event WHERE account = ? AND date <= ?"), arguments: [account, day.iso]
      ).map { try LedgerEvent(LedgerRow($0), from: 0).event }
      var history = AccountHistory(events: AccountHistory.deciding(events))
      guard let campaign else { return history }
      let mailed = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT COUNT(*), coalesce(MAX(mailed), '') FROM \(MailedPiece.tables)
            WHERE account = ? AND kind = 'bill' AND mailed <= ? AND campaign = ? AND notice <> '' AND cycle <> ?
            """), arguments: [account, day.iso, campaign, cycle])
      if let row = mailed.map(LedgerRow.init), try row.integer(0) > 0 {
        (history.notices, history.lastMailed) = (try row.integer(0), try row.date(1))
      }
      return history
    }
  }

  /// A number that grows with each change of the ledger but those by releases of one cycle: a run that is continued sees by it whether the ledger
  /// has moved on since it read it.
  ///
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func changes(besides cycle: String) throws(RunFailure) -> Int {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT coalesce(SUM(number), 0) FROM change WHERE cycle <> ? OR cycle = ''", arguments: [cycle]) ?? 0
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(RunFailure) -> Value {
    do { return try connection.queue.unsafeRead(body) } catch { throw LedgerFailure.explain(error, connection.path) }
  }
}
