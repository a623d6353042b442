internal import Billing
internal import Consents
package import Contract
internal import Dates
internal import Digests
internal import Encodings
internal import GRDB
internal import Ledger

/// A ledger as an input of a command: what is known of the accounts of its data.
///
/// Opened, and looked through, once; to be used by one thread.
package final class LedgerInput {
  /// What a run has read of a ledger.
  struct Snapshot: Equatable {
    /// Of all that was read, as 64 hexadecimal digits.
    var digest: String
    /// See ``LedgerReader/changes(besides:)``.
    var changes: Int
  }

  private let reader: LedgerReader
  private let campaign: String?
  private let day: PlainDate?

  /// Opens that of a command; `nil` where it names none.
  ///
  /// - Parameter prepared: Says whose campaign it is, and which.
  /// - Throws: 78 where it is missing, damaged, of another version, or another company's; 75 where another process keeps it too long.
  package init?(_ job: JobOptions, _ prepared: PreparedRun) throws(RunFailure) {
    guard let path = job.ledger else { return nil }
    reader = try LedgerReader(path, company: prepared.company, consistency: .account)
    (campaign, day) = (prepared.campaign, job.asOf)
  }

  /// What is known of an account, as the records of it bring it along. No writer waits for a command that asks so.
  ///
  /// - Parameter cycle: The run's own, pieces of which do not count.
  /// - Throws: 78 for a ledger that turns out damaged.
  func facts(of account: [UInt8], cycle: String) throws(RunFailure) -> [UInt8] {
    try reader.facts(of: String(decoding: account, as: UTF8.self), cycle: cycle, campaign: campaign, asOf: day).bytes
  }

  /// Reads all of one state of the ledger, and closes it.
  ///
  /// - Throws: 78, 75; what `body` throws.
  func readWhole<Value>(_ body: (LedgerReader) throws -> Value) throws -> Value {
    try reader.begin()
    defer { reader.close() }
    return try body(reader)
  }

  /// Reads what is known of all accounts that a first pass met, in one transaction, and keeps it beside them; then closes the ledger.
  ///
  /// Complexity: two searches for an account; no memory.
  /// - Parameters:
  ///   - db: The journal's draft, in a transaction.
  ///   - cycle: The run's own, pieces of which do not count.
  func snapshot(into db: Database, cycle: String, signals: StopSignals?) throws -> Snapshot {
    try readWhole { reader in
      let insert = try RowInsertion<KnownRow>(db)
      var digest = RunningSHA256()
      // In the order of the accounts, so that the digest is that of what is known and nothing else.
      try SeenRow.forEachAccount(in: db, signals: signals) { account in
        let facts = try facts(of: account, cycle: cycle)
        if facts.isEmpty { return }
        try insert(KnownRow(account: account, facts: facts))
        for part in [account, facts] {
          withUnsafeBytes(of: UInt64(part.count).littleEndian) { digest.update($0) }
          part.withUnsafeBytes { digest.update($0) }
        }
      }
      return Snapshot(digest: Hexadecimal.text(digest.finish()), changes: try reader.changes(besides: cycle))
    }
  }

  /// Whether the ledger is another than a run has read, but for what was released of the run's own cycle.
  ///
  /// - Throws: As ``facts(of:cycle:)``.
  func hasMovedOn(since snapshot: Int, cycle: String) throws(RunFailure) -> Bool { try reader.changes(besides: cycle) != snapshot }
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
