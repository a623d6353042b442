internal import Billing
internal import Foundation
internal import GRDB

/// The run's memory on disk: which records there are, what became of them, and the finished lines of the output files.
///
/// One SQLite file, `journal.sqlite` in the work folder, held exclusively. Everything that grows with the number of records lives here, so that
/// the parent's own memory does not.
final class Journal {
  static let name = "journal.sqlite"
  /// All files that SQLite may leave beside it.
  static let files = [name, name + "-wal", name + "-shm", name + "-journal"]
  /// Changes whenever a journal of an older program could not be continued.
  static let format = 1
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
        sql: "INSERT INTO fact (key, value) VALUES ('records', ?), ('skipped', ?), ('format', ?), ('run', ?)",
        arguments: [String(facts.records), String(facts.skipped), String(Journal.format), run])
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

  /// The accounts of `--only` that stand in no record, sorted by their bytes.
  func unmetAccounts() throws -> [[UInt8]] {
    try queue.read { db in try Data.fetchAll(db, sql: "SELECT account FROM unmet ORDER BY account").map { Array($0) } }
  }

  /// Walks the rejects in the order of the data, at most `limit` of them.
  func forEachReject(limit: Int, _ body: (RecordPlace, _ code: String, _ message: String, _ path: String) -> Void) throws {
    try queue.read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT key, code, message, path FROM reject ORDER BY key LIMIT ?", arguments: [limit])
      while let row = try rows.next() { body(RecordPlace(key: row[0]), row[1], row[2], row[3]) }
    }
  }

  // MARK: Entries

  /// Notes what became of some records, all or nothing.
  func commit(_ batch: JournalBatch) throws {
    try queue.write { db in
      if !batch.pieces.isEmpty {
        let insert = try db.cachedStatement(sql: Journal.insertPiece)
        for piece in batch.pieces { try insert.execute(arguments: piece.arguments) }
      }
      if !batch.rejects.isEmpty {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO reject (key, code, message, path, line) VALUES (?, ?, ?, ?, ?)")
        let remove = try db.cachedStatement(sql: "DELETE FROM piece WHERE key BETWEEN ? AND ?")
        for reject in batch.rejects {
          try insert.execute(arguments: [reject.place.key, reject.code, reject.message, reject.path, Data(reject.line)])
          let first = PieceEntry.key(reject.place, .bill)
          try remove.execute(arguments: [first, first | PieceEntry.kindMask])
        }
      }
    }
  }

  private static let insertPiece = """
    INSERT OR REPLACE INTO piece
      (key, file, bytes, pages, currency, charges, charges_scale, due, due_scale, phase, variant, warnings, line)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// The tables. Keys are places as integers, so that each table lies in the order of the data.
  static let schema = """
    CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE seen (account BLOB NOT NULL, invoice BLOB NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (account, invoice)) WITHOUT ROWID;
    CREATE TABLE duplicate (key INTEGER PRIMARY KEY, first INTEGER NOT NULL);
    CREATE TABLE block (input INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (input, position)) WITHOUT ROWID;
    CREATE TABLE unmet (account BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE piece (
      key INTEGER PRIMARY KEY, file TEXT NOT NULL, bytes INTEGER NOT NULL, pages INTEGER NOT NULL, currency TEXT NOT NULL,
      charges INTEGER NOT NULL, charges_scale INTEGER NOT NULL, due INTEGER NOT NULL, due_scale INTEGER NOT NULL,
      phase TEXT, variant TEXT, warnings TEXT NOT NULL, line BLOB NOT NULL);
    CREATE TABLE reject (
      key INTEGER PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, path TEXT NOT NULL, line BLOB NOT NULL);
    """
}
