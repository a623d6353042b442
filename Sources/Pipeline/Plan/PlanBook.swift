internal import Billing
internal import Consents
internal import Contract
internal import Dates
internal import Foundation
internal import GRDB
internal import Ledger

/// What is known of each account of the data; lies on disk, so that memory does not grow with their number.
struct PlanBook {
  /// An account.
  struct Account {
    /// How many bills it has in the data.
    var bills: Int
    /// What the ledger knows of it, and what was planned for it since, as records bring it along.
    var facts: [UInt8]
  }

  private let db: Database
  private let find: Statement
  private let note: Statement

  /// Rows that are read at once where the table is changed between them.
  private static let page = 512

  /// Begins with the identities that stand in the table `seen`.
  init(_ db: Database) throws {
    self.db = db
    try db.execute(
      sql: """
        CREATE TABLE customer (
          account BLOB PRIMARY KEY, bills INTEGER NOT NULL, facts BLOB NOT NULL, name TEXT NOT NULL, asked INTEGER NOT NULL,
          mailed INTEGER NOT NULL, cards INTEGER NOT NULL, planned INTEGER NOT NULL, coming INTEGER NOT NULL,
          brought INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO customer SELECT account, COUNT(*), x'', '', 0, 0, 0, 0, 0, 0 FROM seen GROUP BY account ORDER BY account;
        """)
    find = try db.makeStatement(sql: "SELECT bills, facts FROM customer WHERE account = ?")
    note = try db.makeStatement(
      sql: """
        UPDATE customer SET name = CASE WHEN asked = 0 AND :asked THEN :name ELSE name END, asked = max(asked, :asked), mailed = :mailed,
          planned = planned + :planned, brought = brought + :planned, coming = coming + CASE WHEN bills = 1 THEN :coming ELSE 0 END
        WHERE account = :account
        """)
  }

  /// What is known of an account that was met.
  func account(_ identity: RecordIdentity) throws -> Account {
    guard let row = try Row.fetchOne(find, arguments: [identity.account.databaseValue]) else { return Account(bills: 1, facts: []) }
    return Account(bills: Int(row[0] as Int64), facts: Array(row[1] as Data))
  }

  // MARK: From the ledger

  /// Reads what a ledger knows of all accounts.
  ///
  /// Complexity: three searches for an account; no memory.
  /// - Parameters:
  ///   - day: Later entries do not count.
  ///   - active: Postcards are counted before this day.
  ///   - ownCycle: Whether the cycle in which one of the data's own bills was mailed is left out.
  func read(
    _ ledger: LedgerReader, campaign: String, asOf day: PlainDate, active: PlainDate, exceptOwnCycle ownCycle: Bool, signals: StopSignals
  ) throws {
    let seen = try db.makeStatement(sql: "SELECT 1 FROM seen WHERE account = ? AND invoice = ? AND series = ?")
    let store = try db.makeStatement(sql: "UPDATE customer SET facts = ?, cards = ? WHERE account = ?")
    try SeenRow.forEachAccount(in: db, signals: signals) { account in
      let name = String(decoding: account, as: UTF8.self)
      let notices = try MailedNotices(ledger.pieces(of: name), of: campaign) { piece in
        guard ownCycle else { return false }
        let arguments: StatementArguments = [
          account.databaseValue, Array(piece.invoice.utf8).databaseValue, Array(piece.series.utf8).databaseValue,
        ]
        return try Row.fetchOne(seen, arguments: arguments) != nil
      }
      var facts = try ledger.facts(of: name, cycle: "", campaign: nil)
      facts.mailings = notices.bills.mailings
      facts = facts.reduced(to: day)
      let cards = notices.postcards.count { $0 <= day && $0 < active }
      if facts.isEmpty, cards == 0 { return }
      try store.execute(arguments: [Data(facts.bytes), cards, account.databaseValue])
    }
  }

  // MARK: From the bills

  /// Notes what one bill of an account brings.
  ///
  /// - Parameter isMailed: Whether it will be mailed with a notice before paper stops.
  func add(_ outlook: BillOutlook, of identity: RecordIdentity, isMailed: Bool) throws {
    try note.execute(arguments: [
      "asked": outlook.isAsked ? 1 : 0, "name": outlook.name, "mailed": outlook.mailed, "planned": isMailed ? 1 : 0,
      "coming": outlook.coming, "account": Data(identity.account),
    ])
  }

  /// Whether accounts have several bills: each of them alone does not know what the others will have brought.
  var hasShared: Bool { get throws { try Int.fetchOne(db, sql: "SELECT 1 FROM customer WHERE bills > 1 LIMIT 1") != nil } }

  /// Notes that a bill of an account with several brings a notice in the cycle that is looked at.
  func addComing(of identity: RecordIdentity) throws {
    let statement = try db.cachedStatement(sql: "UPDATE customer SET coming = coming + 1, brought = brought + 1 WHERE account = ?")
    try statement.execute(arguments: [Data(identity.account)])
  }

  /// Ends a cycle: what it has brought to accounts with several bills counts as mailed on its day.
  func endCycle(_ day: PlainDate) throws {
    let store = try db.makeStatement(sql: "UPDATE customer SET facts = ?, brought = 0 WHERE account = ?")
    // Read whole parts of the table between changes of it.
    var last = Data()
    while true {
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql:
            """
            SELECT account, facts, brought FROM customer
            WHERE account > ? AND bills > 1 AND brought > 0 ORDER BY account LIMIT \(Self.page)
            """
        ),
        arguments: [last])
      guard let end = rows.last else { return }
      last = end[0]
      for row in rows {
        var facts = try AccountFacts(bytes: Array(row[1] as Data))
        facts.add(Int(row[2] as Int64), on: day)
        try store.execute(arguments: [Data(facts.bytes), row[0] as Data])
      }
    }
  }

  // MARK: Told

  /// How many customers are asked for, and how many of them satisfy a condition in SQL.
  func count(_ condition: String, _ arguments: [Int]) throws -> (customers: Int, short: Int) {
    let row = try Row.fetchOne(
      db, sql: "SELECT COUNT(*), coalesce(SUM(\(condition)), 0) FROM customer WHERE asked = 1", arguments: StatementArguments(arguments))
    return (Int((row?[0] as Int64?) ?? 0), Int((row?[1] as Int64?) ?? 0))
  }

  /// Those of them, by their accounts' bytes: account, name, mailed, postcards, planned, coming.
  func forEach(_ condition: String, _ arguments: [Int], _ body: (String, String, Int, Int, Int, Int) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT account, name, mailed, cards, planned, coming FROM customer WHERE asked = 1 AND \(condition) ORDER BY account",
      arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      try body(
        String(decoding: row[0] as Data, as: UTF8.self), row[1], Int(row[2] as Int64), Int(row[3] as Int64), Int(row[4] as Int64),
        Int(row[5] as Int64))
    }
  }
}
