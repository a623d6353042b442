public import Consents
public import Contract
public import Dates
internal import GRDB

/// Reads a ledger as an input of a command.
///
/// To be used by one thread of the parent; workers never open a ledger. Nothing is written: it works where neither the file nor its folder can
/// be.
public final class LedgerReader {
  /// How much is read of one and the same state of the ledger.
  public enum Consistency: Sendable {
    /// Everything: a release meanwhile shows in all of the facts or in none. A writer waits for this to be closed before it commits, and gives up
    /// in time.
    case whole
    /// What is asked of one account: for commands that read for as long as they are used, so that no writer waits for them.
    case account
  }

  private let connection: LedgerConnection
  private var consistency = Consistency.account
  private var isOpen = true

  /// Opens a ledger, and begins the transaction where everything is read in one.
  ///
  /// - Parameter company: The campaign's; `nil`: whosever it is.
  /// - Throws: ``RunFailure``: 78 where it cannot be used or is another company's, 75 where another process keeps it too long.
  public init(_ path: String, company: String?, consistency: Consistency = .whole) throws(RunFailure) {
    connection = try LedgerConnection(path, for: .reading)
    if let company { try connection.require(company: company) }
    if consistency == .whole { try begin() }
  }

  /// Begins the transaction: from now on everything is read of one state of the ledger, and a writer waits until this is closed.
  ///
  /// - Throws: ``RunFailure`` 75 where another process keeps it too long.
  public func begin() throws(RunFailure) {
    do {
      try connection.queue.unsafeRead { db in
        try db.execute(sql: "BEGIN")
        // A transaction begins with the first read.
        _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM fact")
      }
    } catch {
      throw LedgerFailure.explain(error, connection.path)
    }
    consistency = .whole
  }

  deinit { close() }

  /// Whose ledger it is.
  public var company: String { connection.company }

  /// Ends the transaction; nothing can be read any more.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    if consistency == .whole { try? connection.queue.unsafeRead { db in try db.execute(sql: "ROLLBACK") } }
    try? connection.queue.close()
  }

  /// What is known of an account before a run.
  ///
  /// Complexity: two searches; linear in the account's events, at most 1,000, and pieces.
  /// - Parameters:
  ///   - account: By its UTF-8 bytes, as in the record.
  ///   - cycle: The run's own: pieces of it do not count, so that a run that was released is made again with the same bytes.
  ///   - campaign: The id of the campaign whose notices are counted; `nil`: none are.
  ///   - day: That of all the account's bills; entries of later days are left out then. `nil`: each bill has a day of its own.
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func facts(of account: String, cycle: String, campaign: String?, asOf day: PlainDate? = nil) throws(RunFailure) -> AccountFacts {
    let facts = try read { db in
      let events = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT \(LedgerEvent.columns) FROM event WHERE account = ?"), arguments: [account]
      ).map { try LedgerEvent(LedgerRow($0), from: 0).event }
      guard let campaign else { return AccountFacts(events: events) }
      var facts = AccountFacts(events: events)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT kind, mailed, COUNT(*) FROM \(MailedPiece.tables)
            WHERE account = ? AND kind IN ('bill', 'email', 'postcard') AND campaign = ? AND notice <> '' AND cycle <> ?
            GROUP BY kind, mailed ORDER BY mailed
            """), arguments: [account, campaign, cycle])
      for row in rows.map(LedgerRow.init) {
        let (day, count) = (try row.date(1), try row.integer(2))
        switch try row.word(0, PieceKind.self) {
        case .postcard: facts.postcards += Array(repeating: day, count: count)
        case .email: facts.emails += Array(repeating: day, count: count)
        case .bill, .terms: facts.mailings.append(AccountFacts.Mailing(day, notices: count))
        }
      }
      return facts
    }
    return day.map(facts.reduced(to:)) ?? facts
  }

  /// What is known of an account as of a day, before a run; parameters and complexity are those of ``facts(of:cycle:campaign:asOf:)``.
  ///
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func history(of account: String, cycle: String, campaign: String?, asOf day: PlainDate) throws(RunFailure) -> AccountHistory {
    try facts(of: account, cycle: cycle, campaign: campaign).history(asOf: day)
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

  func read<Value>(_ body: (Database) throws -> Value) throws(RunFailure) -> Value {
    do { return try consistency == .whole ? connection.queue.unsafeRead(body) : connection.queue.read(body) } catch {
      throw LedgerFailure.explain(error, connection.path)
    }
  }
}
