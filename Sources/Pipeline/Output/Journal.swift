internal import Contract
internal import Files
internal import Foundation
internal import GRDB
internal import Intake

/// The run's memory on disk: which records there are, what became of them, and the finished lines of the output files.
///
/// One SQLite file, `journal.sqlite` in the work folder, held exclusively. Everything that grows with the number of records lives here, so that
/// the parent's own memory does not.
final class Journal {
  static let name = "journal.sqlite"
  /// The journal while a first pass fills it.
  static let draft = "journal.draft"
  /// All files that SQLite may leave beside it.
  static let files = beside(name)
  /// The same for a draft.
  static let drafts = beside(draft)
  /// Changes whenever a journal of an older program could not be continued.
  static let format = 9
  /// Rows fetched at once when the journal is read beside the data.
  static let page = 512

  let queue: DatabaseQueue
  /// What stands in the journal now.
  private(set) var seal: JournalSeal

  /// Opens the journal of a complete first pass, and makes sure that it is what was written.
  ///
  /// Complexity: the whole file is read.
  /// - Returns: `nil` where there is none, or it belongs to another run or another program: then there is nothing to lose by beginning anew.
  /// - Throws: ``JournalDamage``; whatever else keeps it from being opened, such as a full disk.
  static func open(in folder: String, run: String) throws -> Journal? {
    let path = folder + "/" + name
    guard access(path, F_OK) == 0 else { return nil }
    try checkHead(path)
    do {
      let queue = try connect(path)
      if try isOlder(queue) {
        try queue.close()
        return nil
      }
      let journal = Journal(queue: queue, seal: try verify(queue))
      guard try journal.fact("format") == String(format), try journal.fact("run") == run else {
        try journal.close()
        return nil
      }
      return journal
    } catch let error as DatabaseError {
      throw JournalDamage(error, isOpening: true) ?? error
    }
  }

  /// Whether a program wrote it whose journals had no seal.
  private static func isOlder(_ queue: DatabaseQueue) throws -> Bool {
    let value = try queue.read { db in try DatabaseValue.fetchOne(db, sql: "SELECT value FROM fact WHERE key = 'format'") }
    guard let text = value.flatMap({ String.fromDatabaseValue($0) }), let number = Int(text) else { return false }
    return (1..<format).contains(number)
  }

  /// Declares the draft complete that a first pass has just filled, and opens it.
  ///
  /// Until then it lies under another name: what has the journal's own name was whole once, so that what is not whole is damaged.
  init(completing facts: FirstPass.Facts, run: String, in folder: String) throws {
    let draft = folder + "/" + Journal.draft
    let filled = try DatabaseQueue(path: draft, configuration: Journal.draftConfiguration)
    filled.keepForGood()
    let sealed = try filled.inDatabase { db in
      let insert = try RowInsertion<FactRow>(db)
      for (key, value) in [
        ("records", String(facts.records)), ("skipped", String(facts.skipped)), ("system", String(facts.ignored.system)),
        ("ending", String(facts.ignored.ending)), ("format", String(Journal.format)), ("run", run),
      ] {
        try insert(FactRow(key: key, value: value))
      }
      if let ledger = facts.ledger { try insert(FactRow(key: Journal.ledgerChanges, value: String(ledger.changes))) }
      let seal = try JournalSeal(of: db, number: 0)
      try seal.store(in: db)
      // Noted in the file's head while nothing has to be synced; later the change would be, four times.
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      return seal
    }
    try filled.close()
    do throws(SystemError) {
      try OpenFile(reading: draft).sync()
      try Folder.rename(draft, in: OpenFile.currentFolder, to: folder + "/" + Journal.name, in: OpenFile.currentFolder)
      try OpenFile(folder: folder).sync()
    } catch {
      throw RunFailure.output(error, "the journal")
    }
    queue = try Journal.connect(folder + "/" + Journal.name)
    queue.keepForGood()
    seal = sealed
  }

  private init(queue: DatabaseQueue, seal: JournalSeal) {
    (self.queue, self.seal) = (queue, seal)
    queue.keepForGood()
  }

  deinit { try? queue.close() }

  /// For a draft: it is worth nothing until it is complete, so nothing has to survive an interruption.
  static var draftConfiguration: Configuration {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try db.execute(sql: "PRAGMA journal_mode = OFF")
      try db.execute(sql: "PRAGMA synchronous = OFF")
      try db.execute(sql: "PRAGMA cache_size = -16384")
    }
    return configuration
  }

  private static func beside(_ name: String) -> [String] { [name, name + "-wal", name + "-shm", name + "-journal"] }

  static func connect(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Exclusive: another process is kept out by the lock already, and the log needs no shared memory, which not every file system has.
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // Normal: a loss of power may take the last entries with it, whose pieces are then made again; never an entry without its piece.
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      try db.execute(sql: "PRAGMA cache_size = -4096")
      // Two guards against files that were tampered with: pages are looked at before they are used, and a schema runs nothing.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Closes the file, folding the log into it.
  func close() throws { try queue.close() }

  // MARK: Facts

  /// A fact of the whole run.
  func fact(_ key: String) throws -> String? {
    try queue.read { db in
      try FactRow.fetchOne(db, sql: "SELECT \(FactRow.columns) FROM fact WHERE key = ?", arguments: [key])?.value
    }
  }

  /// Notes a fact of the whole run; `nil` removes it.
  func setFact(_ key: String, _ value: String?) throws {
    try write { db, seal in
      for row in try FactRow.fetchAll(db, sql: "SELECT \(FactRow.columns) FROM fact WHERE key = ?", arguments: [key]) {
        seal.facts.remove(RowDigest(table: FactRow.name, values: row.values))
      }
      try db.execute(sql: "DELETE FROM fact WHERE key = ?", arguments: [key])
      if let value { try Journal.insert(FactRow(key: key, value: value), &seal.facts, db) }
    }
  }

  /// How many records the data hold, and how many of them `--only` and `--exclude` leave out.
  func counts() throws -> (records: Int, skipped: Int) {
    (Int(try fact("records") ?? "") ?? 0, Int(try fact("skipped") ?? "") ?? 0)
  }

  /// Files and entries that are no data.
  func ignored() throws -> IgnoredFiles {
    IgnoredFiles(system: Int(try fact("system") ?? "") ?? 0, ending: Int(try fact("ending") ?? "") ?? 0)
  }

  /// The accounts of `--only` that stand in no record, sorted by their bytes.
  func unmetAccounts() throws -> [[UInt8]] {
    try queue.read { db in try UnmetRow.fetchAll(db, sql: "SELECT \(UnmetRow.columns) FROM unmet ORDER BY account").map(\.account) }
  }

  /// Walks the rejects in the order of the data, at most `limit` of them.
  func forEachReject(limit: Int = .max, _ body: (RejectRow) throws -> Void) throws {
    try queue.read { db in
      let rows = try RejectRow.fetchCursor(
        db, sql: "SELECT \(RejectRow.columns) FROM reject ORDER BY key LIMIT ?", arguments: [limit])
      while let row = try rows.next() { try body(row) }
    }
  }

  /// `seen` lies in the order of account, invoice, series and copy; the join is told to begin with it, so that nothing has to be sorted.
  static let piecesInOrder = """
    SELECT \(PieceRow.columns) FROM seen CROSS JOIN piece ON piece.key BETWEEN \(PieceKey.rowIDs(ofSQL: "seen.key"))
    ORDER BY seen.account, seen.invoice, seen.series, seen.copy
    """

  /// Walks the pieces in the order of the manifest.
  func forEachPiece(_ body: (PieceRow) throws -> Void) throws {
    try queue.read { db in
      let rows = try PieceRow.fetchCursor(db, sql: Journal.piecesInOrder)
      while let row = try rows.next() { try body(row) }
    }
  }

  /// Whether a condition holds for every piece.
  func holds(_ condition: (PieceRow) throws -> Bool) throws -> Bool {
    try queue.read { db in
      let rows = try PieceRow.fetchCursor(db, sql: "SELECT \(PieceRow.columns) FROM piece")
      while let row = try rows.next() { if try !condition(row) { return false } }
      return true
    }
  }

  /// How many records are to be tried once more by the next run: those that have cost their workers in this one only.
  func openLosses() throws -> Int {
    try queue.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM reject WHERE \(RejectRow.isOpen)") ?? 0 }
  }

  /// In how many runs, one after the other and this one included, a record, or its postcard, has now cost its workers in one way.
  ///
  /// - Parameter code: The code of the reject that is about to be noted.
  func losses(of key: PieceKey, code: String) throws -> Int {
    let earlier = try queue.read { db in
      try RejectRow.fetchOne(db, sql: "SELECT \(RejectRow.columns) FROM reject WHERE key = ?", arguments: [key.rowID])
    }
    return 1 + (earlier.map { $0.code == code ? $0.losses : 0 } ?? 0)
  }

  // MARK: Rows

  /// Notes what became of some records, all or nothing.
  func commit(_ batch: JournalBatch) throws {
    try write { db, seal in
      let insertion = try RowInsertion<PieceRow>(db, "INSERT OR IGNORE")
      for piece in batch.pieces {
        let values = piece.values
        try insertion(values)
        if db.changesCount == 0 {
          // It was made before.
          try Journal.remove(PieceRow.name, piece.key.rowID...piece.key.rowID, &seal.pieces, db)
          try insertion(values)
        }
        seal.pieces.add(RowDigest(table: PieceRow.name, values: values))
        // What an earlier run had to reject as a whole has been made now.
        if seal.rejects.isEmpty { continue }
        let whole = PieceKey(piece.key.place, piece.key.kind == .postcard ? .postcard : .bill).rowID
        try Journal.remove(RejectRow.name, whole...whole, &seal.rejects, db)
      }
      for reject in batch.rejects {
        try Journal.remove(RejectRow.name, reject.key.rowID...reject.key.rowID, &seal.rejects, db)
        try Journal.insert(reject, &seal.rejects, db)
        // A postcard that has a rank keeps it, or all cards behind it would get other numbers.
        if reject.keepsPiece { continue }
        // Without its bill a record has no pieces; another piece goes alone.
        let gone = reject.key.kind == .bill ? PieceKey.rowIDs(of: reject.key.place) : reject.key.rowID...reject.key.rowID
        try Journal.remove(PieceRow.name, gone, &seal.pieces, db)
      }
    }
  }

  /// Changes something, and the seal with it.
  private func write(_ body: (Database, inout JournalSeal) throws -> Void) throws {
    var next = seal
    next.number += 1
    try queue.write { db in
      try body(db, &next)
      try next.store(in: db)
    }
    seal = next
  }

  private static func insert<Stored: StoredRow>(_ row: Stored, _ sum: inout RowSum, _ db: Database) throws {
    let values = row.values
    try db.cachedStatement(sql: Stored.insert).execute(arguments: StatementArguments(values))
    sum.add(RowDigest(table: Stored.name, values: values))
  }

  private static func remove(_ table: String, _ keys: ClosedRange<Int64>, _ sum: inout RowSum, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT * FROM \(table) WHERE key BETWEEN ? AND ?"), arguments: [keys.lowerBound, keys.upperBound])
    var isEmpty = true
    while let row = try rows.next() {
      sum.remove(RowDigest(table: table, values: row.databaseValues))
      isEmpty = false
    }
    if isEmpty { return }
    try db.cachedStatement(sql: "DELETE FROM \(table) WHERE key BETWEEN ? AND ?").execute(arguments: [keys.lowerBound, keys.upperBound])
  }

  /// The tables. Keys are places as integers, so that each table lies in the order of the data.
  static let schema = """
    \(FactRow.table)
    \(SeenRow.table)
    \(DuplicateRow.table)
    \(CopyRow.table)
    \(SeveralRow.table)
    \(LaterRow.table)
    \(BlockRow.table)
    \(LostRow.table)
    \(PartRow.table)
    \(NamelessRow.table)
    \(UnmetRow.table)
    \(KnownRow.table)
    \(PieceRow.table)
    \(RejectRow.table)
    \(JournalSeal.table)
    """
}
