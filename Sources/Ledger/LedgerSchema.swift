internal import GRDB

/// The tables of the ledger, from the first version on.
///
/// A change of the tables is a further migration below the last; what stands here once never changes again.
enum LedgerSchema {
  /// Marks the file as a ledger of Billfold's (`PRAGMA application_id`): "BFLG".
  static let application: Int32 = 0x4246_4C47

  /// Brings a file of any earlier version to this one.
  static let migrator: DatabaseMigrator = {
    // What a migration may leave behind is looked for at every start.
    var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          PRAGMA application_id = \(application);
          CREATE TABLE fact (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
          CREATE TABLE change (cycle TEXT PRIMARY KEY NOT NULL, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          CREATE TABLE event (
            account TEXT NOT NULL, date TEXT NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL, scope TEXT NOT NULL,
            evidence TEXT NOT NULL, imported TEXT NOT NULL,
            PRIMARY KEY (account, date, state, source, scope, evidence)) STRICT, WITHOUT ROWID;
          CREATE TABLE wording (
            id INTEGER PRIMARY KEY, channel TEXT NOT NULL, cycle TEXT NOT NULL, campaign TEXT NOT NULL, phase TEXT NOT NULL,
            rule TEXT NOT NULL, notice TEXT NOT NULL, variant TEXT NOT NULL, terms_version TEXT NOT NULL, terms_digest TEXT NOT NULL,
            words_digest TEXT NOT NULL, jurisdictions TEXT NOT NULL,
            UNIQUE (
              channel, cycle, campaign, phase, rule, notice, variant, terms_version, terms_digest, words_digest, jurisdictions)) STRICT;
          CREATE TABLE piece (
            account TEXT NOT NULL, invoice TEXT NOT NULL, series TEXT NOT NULL, copy INTEGER NOT NULL, kind TEXT NOT NULL,
            of_cycle TEXT NOT NULL, wording INTEGER NOT NULL REFERENCES wording (id), sha256 BLOB NOT NULL, page INTEGER, area INTEGER,
            contrast INTEGER, text_size INTEGER, mailed TEXT NOT NULL,
            PRIMARY KEY (account, invoice, series, copy, kind, of_cycle)) STRICT, WITHOUT ROWID;
          """)
    }
    return migrator
  }()

  /// What a ledger of this version declares, by which another one shows that somebody has changed it: a trigger would run with each write.
  static func declarations(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT coalesce(sql, name) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name")
  }

  /// The same of a fresh one.
  static func ownDeclarations() throws -> [String] {
    let fresh = try DatabaseQueue()
    defer { try? fresh.close() }
    try migrator.migrate(fresh)
    return try fresh.read { try declarations($0) }
  }
}
