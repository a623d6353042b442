internal import Contract
internal import Foundation
internal import GRDB
internal import Intake

/// The run's memory on disk: which records there are, what became of them, and the finished lines of the output files.
///
/// One SQLite file, `journal.sqlite` in the work folder, held exclusively. Everything that grows with the number of records lives here, so that
/// the parent's own memory does not.
final class Journal {
  static let name = "journal.sqlite"
  /// All files that SQLite may leave beside it.
  static let files = [name, name + "-wal", name + "-shm", name + "-journal"]
  /// Changes whenever a journal of an older program could not be continued.
  static let format = 4
  /// Rows fetched at once when the journal is read beside the data.
  static let page = 512

  let queue: DatabaseQueue

  /// Opens the journal of a complete first pass.
  ///
  /// - Returns: `nil` where there is none, it is damaged, or it belongs to another run: then there is nothing to lose by beginning anew.
  /// - Throws: Whatever else keeps it from being opened, such as a full disk.
  static func open(in folder: String, run: String) throws -> Journal? {
    let path = folder + "/" + name
    guard access(path, F_OK) == 0 else { return nil }
    do {
      let journal = try Journal(queue: connect(path))
      guard try journal.fact("format") == String(format), try journal.fact("run") == run else {
        try journal.close()
        return nil
      }
      return journal
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR: return nil
      default: throw error
      }
    }
  }

  /// Opens the journal that a first pass has just filled, and declares it complete.
  ///
  /// The facts are the last thing written: a journal without them counts for nothing.
  init(completing facts: FirstPass.Facts, run: String, in folder: String) throws {
    queue = try Journal.connect(folder + "/" + Journal.name)
    try queue.write { db in
      try db.execute(
        sql: "INSERT INTO fact (key, value) VALUES ('records', ?), ('skipped', ?), ('system', ?), ('ending', ?), ('format', ?), ('run', ?)",
        arguments: [
          String(facts.records), String(facts.skipped), String(facts.ignored.system), String(facts.ignored.ending),
          String(Journal.format), run,
        ])
    }
  }

  private init(queue: DatabaseQueue) { self.queue = queue }

  private static func connect(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Exclusive: another process is kept out by the lock already, and the log needs no shared memory, which not every file system has.
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // Normal: a loss of power may take the last entries with it, whose pieces are then made again; never an entry without its piece.
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      try db.execute(sql: "PRAGMA cache_size = -4096")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Closes the file, folding the log into it.
  func close() throws { try queue.close() }

  // MARK: Facts

  /// A fact of the whole run.
  func fact(_ key: String) throws -> String? {
    try queue.read { db in try String.fetchOne(db, sql: "SELECT value FROM fact WHERE key = ?", arguments: [key]) }
  }

  /// Notes a fact of the whole run; `nil` removes it.
  func setFact(_ key: String, _ value: String?) throws {
    try queue.write { db in
      if let value {
        try db.execute(sql: "INSERT OR REPLACE INTO fact (key, value) VALUES (?, ?)", arguments: [key, value])
      } else {
        try db.execute(sql: "DELETE FROM fact WHERE key = ?", arguments: [key])
      }
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
    try queue.read { db in try Data.fetchAll(db, sql: "SELECT account FROM unmet ORDER BY account").map { Array($0) } }
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

  // MARK: Rows

  /// Notes what became of some records, all or nothing.
  func commit(_ batch: JournalBatch) throws {
    try queue.write { db in
      if !batch.pieces.isEmpty {
        let insert = try db.cachedStatement(sql: PieceRow.insert)
        for piece in batch.pieces { try insert.execute(arguments: piece.arguments) }
      }
      if !batch.rejects.isEmpty {
        let insert = try db.cachedStatement(sql: RejectRow.insert)
        let remove = try db.cachedStatement(sql: "DELETE FROM piece WHERE key BETWEEN ? AND ?")
        for reject in batch.rejects {
          try insert.execute(arguments: reject.arguments)
          // Without its bill a record has no pieces; another piece goes alone.
          let gone = reject.key.kind == .bill ? PieceKey.rowIDs(of: reject.key.place) : reject.key.rowID...reject.key.rowID
          try remove.execute(arguments: [gone.lowerBound, gone.upperBound])
        }
      }
    }
  }

  /// The tables. Keys are places as integers, so that each table lies in the order of the data.
  static let schema = """
    CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    \(IdentityBook.table)
    CREATE TABLE duplicate (key INTEGER PRIMARY KEY, first INTEGER NOT NULL, differs INTEGER NOT NULL);
    CREATE TABLE copy (key INTEGER PRIMARY KEY, number INTEGER NOT NULL);
    CREATE TABLE several (key INTEGER PRIMARY KEY);
    CREATE TABLE block (input INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (input, position)) WITHOUT ROWID;
    \(readingTables)
    CREATE TABLE unmet (account BLOB PRIMARY KEY) WITHOUT ROWID;
    \(PieceRow.table)
    \(RejectRow.table)
    """
}
