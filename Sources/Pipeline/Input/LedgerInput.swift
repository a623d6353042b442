internal import Billing
internal import Consents
package import Contract
internal import Dates
internal import Digests
internal import Encodings
internal import GRDB
internal import Ledger

/// A ledger as an input of a command: what is known of the accounts of its data.
package struct LedgerInput {
  /// What a run has read of a ledger.
  struct Snapshot: Equatable {
    /// Of all that was read, as 64 hexadecimal digits.
    var digest: String
    /// See ``LedgerReader/changes(besides:)``.
    var changes: Int
  }

  private let path: String
  private let company: String?
  private let campaign: String?
  private let day: PlainDate?

  /// Accounts between two looks for a stop signal.
  private static let accountsBetweenLooks = 256

  /// That of a command; `nil` where it names none.
  ///
  /// - Parameter prepared: Says whose campaign it is, and which.
  package init?(_ job: JobOptions, _ prepared: PreparedRun) {
    guard let path = job.ledger else { return nil }
    (self.path, day) = (path, job.asOf)
    (company, campaign) = (prepared.company, prepared.campaign)
  }

  /// Makes sure that the ledger can be used.
  ///
  /// - Throws: 78 where it is missing, damaged, of another version, or another company's; 75 where another process keeps it too long.
  package func check() throws(RunFailure) { try open(.account).close() }

  private func open(_ consistency: LedgerReader.Consistency) throws(RunFailure) -> LedgerReader {
    try LedgerReader(path, company: company, consistency: consistency)
  }

  /// Opens the ledger for a command that asks for one account after the other and may take long: no writer waits for it.
  ///
  /// - Parameter cycle: The run's own, pieces of which do not count.
  /// - Returns: What is known of an account, as the records of it bring it along.
  /// - Throws: As ``check()``.
  func facts(cycle: String) throws(RunFailure) -> (RecordIdentity) throws -> [UInt8] {
    let reader = try open(.account)
    return { identity in
      try reader.facts(of: String(decoding: identity.account, as: UTF8.self), cycle: cycle, campaign: campaign, asOf: day).bytes
    }
  }

  /// Reads what is known of all accounts that a first pass met, in one transaction, and keeps it beside them.
  ///
  /// Complexity: two searches for an account; no memory.
  /// - Parameters:
  ///   - db: The journal's draft, in a transaction.
  ///   - cycle: The run's own, pieces of which do not count.
  func snapshot(into db: Database, cycle: String, signals: StopSignals?) throws -> Snapshot {
    let reader = try open(.whole)
    defer { reader.close() }
    let insert = try RowInsertion<KnownRow>(db)
    var (digest, met) = (RunningSHA256(), 0)
    // In the order of the table, so that the digest is that of what is known and nothing else.
    let accounts = try AccountRow.fetchCursor(db, sql: "SELECT DISTINCT account FROM seen ORDER BY account")
    while let row = try accounts.next() {
      if met % Self.accountsBetweenLooks == 0 { try signals?.check() }
      met += 1
      let account = row.account
      let facts = try reader.facts(of: String(decoding: account, as: UTF8.self), cycle: cycle, campaign: campaign, asOf: day).bytes
      if facts.isEmpty { continue }
      try insert(KnownRow(account: account, facts: facts))
      for part in [account, facts] {
        withUnsafeBytes(of: UInt64(part.count).littleEndian) { digest.update($0) }
        part.withUnsafeBytes { digest.update($0) }
      }
    }
    return Snapshot(digest: Hexadecimal.text(digest.finish()), changes: try reader.changes(besides: cycle))
  }

  /// Whether the ledger is another than a run has read, but for what was released of the run's own cycle.
  ///
  /// - Throws: As ``check()``.
  func hasMovedOn(since snapshot: Int, cycle: String) throws(RunFailure) -> Bool {
    let reader = try open(.account)
    defer { reader.close() }
    return try reader.changes(besides: cycle) != snapshot
  }
}

/// An account that a first pass met.
private struct AccountRow: TypedRow {
  enum Column: String, CaseIterable { case account }

  var account: [UInt8]

  init(_ row: RowValues<Column>) throws { account = try row.bytes(.account) }
}

/// What the ledger knows of an account.
struct KnownRow: StoredRow {
  enum Column: String, CaseIterable { case account, facts }

  var account: [UInt8]
  /// As records bring it along.
  var facts: [UInt8]

  init(account: [UInt8], facts: [UInt8]) { (self.account, self.facts) = (account, facts) }

  init(_ row: RowValues<Column>) throws { (account, facts) = (try row.bytes(.account), try row.bytes(.facts)) }

  static let name = "known"
  static let table = "CREATE TABLE known (account BLOB PRIMARY KEY, facts BLOB NOT NULL) WITHOUT ROWID;"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .account: account.databaseValue
    case .facts: facts.databaseValue
    }
  }
}

extension Journal {
  /// The fact that says how far the ledger had come when it was read.
  static let ledgerChanges = "ledger_changes"

  /// What the run's snapshot of the ledger knows of an account; empty where that is nothing. Complexity: one search.
  func facts(of identity: RecordIdentity) throws -> [UInt8] {
    try queue.read { db in
      try KnownRow.fetchOne(
        db.cachedStatement(sql: "SELECT \(KnownRow.columns) FROM known WHERE account = ?"),
        arguments: [identity.account.databaseValue])?.facts
    } ?? []
  }
}
