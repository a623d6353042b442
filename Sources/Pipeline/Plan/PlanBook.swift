internal import Billing
internal import Consents
internal import Contract
internal import Dates
internal import Foundation
internal import GRDB
internal import Intake
internal import Ledger

/// What is known of each account of the data; lies on disk, so that memory does not grow with their number.
struct PlanBook {
  /// An account.
  struct Account {
    /// How many bills it has in the data.
    var bills: Int
    /// What the ledger knows of it, and what was planned for it since, as records bring it along.
    var facts: [UInt8]
    /// Where its first record stands, with which its postcard and its e-mail are made.
    var first: Int64

    /// Whether a place is that of its first record.
    func isFirst(_ place: RecordPlace) -> Bool { place.key == first }
  }

  /// What each customer must have had.
  struct Demand {
    /// What the campaign asks.
    var asked: PlanOptions.Coverage
    /// Whether what is planned counts, and not only what was mailed.
    var countsPlans: Bool

    fileprivate var bills: String { countsPlans ? "mailed + planned + coming < :bills" : "mailed < :bills" }
    fileprivate var cards: String {
      countsPlans ? "cards + cards_planned + cards_coming < :postcards" : "cards < :postcards"
    }
    fileprivate var arguments: StatementArguments { ["bills": asked.bills, "postcards": asked.postcards] }
  }

  /// How many customers are asked for, and how many of them have had too little.
  struct Tally {
    var customers = 0
    var short = 0
    /// Of them, by what they lack.
    var lacking = PlanOptions.Coverage(bills: 0)
  }

  /// A customer with what there was and will be.
  struct Customer {
    var account: String
    var name: String
    /// Bills with a notice: mailed, planned, and to come.
    var bills: (mailed: Int, planned: Int, coming: Int)
    /// Postcards.
    var cards: (mailed: Int, planned: Int, coming: Int)
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
          account BLOB PRIMARY KEY, bills INTEGER NOT NULL, first INTEGER NOT NULL, facts BLOB NOT NULL DEFAULT x'',
          name TEXT NOT NULL DEFAULT '', asked INTEGER NOT NULL DEFAULT 0, mailed INTEGER NOT NULL DEFAULT 0,
          planned INTEGER NOT NULL DEFAULT 0, coming INTEGER NOT NULL DEFAULT 0, brought INTEGER NOT NULL DEFAULT 0,
          cards INTEGER NOT NULL DEFAULT 0, cards_planned INTEGER NOT NULL DEFAULT 0, cards_coming INTEGER NOT NULL DEFAULT 0,
          cards_brought INTEGER NOT NULL DEFAULT 0, emails_brought INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        INSERT INTO customer (account, bills, first)
          SELECT account, COUNT(*), MIN(key) FROM seen GROUP BY account ORDER BY account;
        """)
    find = try db.makeStatement(sql: "SELECT bills, facts, first FROM customer WHERE account = ?")
    note = try db.makeStatement(
      sql: """
        UPDATE customer SET name = CASE WHEN asked = 0 AND :asked THEN :name ELSE name END, asked = max(asked, :asked), mailed = :mailed,
          planned = planned + :planned, brought = brought + :planned, coming = coming + CASE WHEN bills = 1 THEN :coming ELSE 0 END,
          cards_planned = cards_planned + :cards_planned, cards_brought = cards_brought + :cards_planned,
          cards_coming = cards_coming + CASE WHEN bills = 1 THEN :cards_coming ELSE 0 END, emails_brought = emails_brought + :emails
        WHERE account = :account
        """)
  }

  /// What is known of an account that was met.
  func account(_ identity: RecordIdentity) throws -> Account {
    guard let row = try Row.fetchOne(find, arguments: [identity.account.databaseValue]) else {
      return Account(bills: 1, facts: [], first: -1)
    }
    return Account(bills: Int(row[0] as Int64), facts: Array(row[1] as Data), first: row[2])
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
      (facts.mailings, facts.postcards, facts.emails) = (notices.bills.mailings, notices.postcards.sorted(), notices.emails.sorted())
      facts = facts.reduced(to: day)
      let cards = notices.postcards.count { $0 <= day && $0 < active }
      if facts.isEmpty, cards == 0 { return }
      try store.execute(arguments: [Data(facts.bytes), cards, account.databaseValue])
    }
  }

  // MARK: From the bills

  /// Notes what one bill of an account brings.
  ///
  /// - Parameters:
  ///   - isMailed: Whether it will be mailed with a notice before paper stops.
  ///   - sendsCard: Whether a postcard will be, too.
  ///   - sendsEmail: Whether an e-mail will be sent beside.
  func add(
    _ outlook: BillOutlook, of identity: RecordIdentity, isMailed: Bool, sendsCard: Bool = false, sendsEmail: Bool = false
  ) throws {
    try note.execute(arguments: [
      "asked": outlook.isAsked ? 1 : 0, "name": outlook.name, "mailed": outlook.mailed, "planned": isMailed ? 1 : 0,
      "coming": outlook.coming, "cards_planned": sendsCard ? 1 : 0, "cards_coming": outlook.comingCards.count,
      "emails": sendsEmail ? 1 : 0, "account": Data(identity.account),
    ])
  }

  /// Whether accounts have several bills: each of them alone does not know what the others will have brought.
  var hasShared: Bool { get throws { try Int.fetchOne(db, sql: "SELECT 1 FROM customer WHERE bills > 1 LIMIT 1") != nil } }

  /// Notes what a bill of an account with several brings in the cycle that is looked at: a notice, a postcard and an e-mail beside it.
  func addComing(_ outlook: BillOutlook, of identity: RecordIdentity) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE customer SET coming = coming + :notice, brought = brought + :notice, cards_coming = cards_coming + :card,
          cards_brought = cards_brought + :card, emails_brought = emails_brought + :email
        WHERE account = :account
        """)
    try statement.execute(arguments: [
      "notice": outlook.isNotice ? 1 : 0, "card": outlook.card == nil ? 0 : 1, "email": outlook.email == nil ? 0 : 1,
      "account": Data(identity.account),
    ])
  }

  /// Ends a cycle: what it has brought to accounts with several bills counts as mailed on its day.
  func endCycle(_ day: PlainDate) throws {
    let store = try db.makeStatement(
      sql: "UPDATE customer SET facts = ?, brought = 0, cards_brought = 0, emails_brought = 0 WHERE account = ?")
    // Read whole parts of the table between changes of it.
    var last = Data()
    while true {
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql:
            """
            SELECT account, facts, brought, cards_brought, emails_brought FROM customer
            WHERE account > ? AND bills > 1 AND brought + cards_brought + emails_brought > 0 ORDER BY account LIMIT \(Self.page)
            """
        ),
        arguments: [last])
      guard let end = rows.last else { return }
      last = end[0]
      for row in rows {
        var facts = try AccountFacts(bytes: Array(row[1] as Data))
        facts.add(Int(row[2] as Int64), on: day)
        facts.postcards += Array(repeating: day, count: Int(row[3] as Int64))
        facts.emails += Array(repeating: day, count: Int(row[4] as Int64))
        try store.execute(arguments: [Data(facts.bytes), row[0] as Data])
      }
    }
  }

  // MARK: Told

  /// How many customers are asked for, and how many of them have less than is asked.
  func tally(_ demand: Demand) throws -> Tally {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(*), SUM(\(demand.bills) OR \(demand.cards)), SUM(\(demand.bills)), SUM(\(demand.cards)) FROM customer WHERE asked = 1
        """, arguments: demand.arguments)
    func number(_ column: Int) -> Int { Int((row?[column] as Int64?) ?? 0) }
    return Tally(customers: number(0), short: number(1), lacking: PlanOptions.Coverage(bills: number(2), postcards: number(3)))
  }

  /// The customers who have less, by their accounts' bytes.
  func forEachShort(of demand: Demand, _ body: (Customer) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT account, name, mailed, planned, coming, cards, cards_planned, cards_coming FROM customer
        WHERE asked = 1 AND (\(demand.bills) OR \(demand.cards)) ORDER BY account
        """, arguments: demand.arguments)
    while let row = try rows.next() {
      func number(_ column: Int) -> Int { Int(row[column] as Int64) }
      try body(
        Customer(
          account: String(decoding: row[0] as Data, as: UTF8.self), name: row[1], bills: (number(2), number(3), number(4)),
          cards: (number(5), number(6), number(7))))
    }
  }
}
