internal import Contract
internal import Foundation
internal import GRDB
internal import Intake

/// Which files and records the lines of manifest and rejects speak of. Lies in a file of SQLite's own without a name, so that memory stays
/// flat and nothing is left behind.
struct LineIndex {
  private let queue: DatabaseQueue

  init() throws {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384") }
    queue = try DatabaseQueue(path: "", configuration: configuration)
    try queue.write { db in
      // Sorted only when they are asked for: rows come in the order of lines, and a tree would be built all over the disk.
      try db.execute(
        sql: """
          CREATE TABLE piece (path BLOB NOT NULL, isOne INTEGER NOT NULL, key INTEGER NOT NULL, line INTEGER NOT NULL);
          CREATE TABLE reject (key INTEGER NOT NULL, line INTEGER NOT NULL);
          """)
    }
  }

  /// Notes lines of the manifest.
  func add(_ entries: [(line: Int, entry: ManifestEntry)]) throws {
    try queue.write { db in
      let insert = try db.cachedStatement(sql: "INSERT INTO piece (path, isOne, key, line) VALUES (?, ?, ?, ?)")
      for (line, entry) in entries {
        let key = PieceKey(RecordPlace(input: entry.facts.record.input, number: entry.facts.record.number), entry.facts.kind)
        try insert.execute(
          arguments: [Data(entry.facts.file.utf8), entry.facts.kind.traits.naming == .record, key.rowID, line])
      }
    }
  }

  /// Notes lines of the rejects.
  func add(_ rejects: [(line: Int, entry: RejectEntry)]) throws {
    try queue.write { db in
      let insert = try db.cachedStatement(sql: "INSERT INTO reject (key, line) VALUES (?, ?)")
      for (line, entry) in rejects { try insert.execute(arguments: [PieceKey(entry.place, entry.kind).rowID, line]) }
    }
  }

  /// Pieces of one identity on several lines of the manifest: each line but the first, with the first.
  func repeatedIdentities(_ body: (_ file: String, _ line: Int, _ first: Int) throws -> Void) throws {
    try queue.read { db in
      let rows = try RepeatedIdentity.fetchCursor(
        db,
        sql: """
          SELECT path, line, first FROM
            (SELECT path, line, MIN(line) OVER (PARTITION BY path) AS first FROM piece WHERE isOne) WHERE line > first ORDER BY line
          """)
      while let row = try rows.next() {
        try body(String(decoding: row.path, as: UTF8.self), row.line, row.first)
      }
    }
  }

  /// Records of which a kind of piece stands on several lines, in the manifest (`isReject` false) or among the rejects.
  func repeatedRecords(
    _ body: (_ key: PieceKey, _ line: Int, _ isReject: Bool, _ first: Int, _ isFirstReject: Bool) throws -> Void
  ) throws {
    try queue.read { db in
      // Lines of the rejects count on behind those of the manifest.
      let rows = try RepeatedRecord.fetchCursor(
        db,
        sql: """
          SELECT key, place, first FROM
            (SELECT key, place, MIN(place) OVER (PARTITION BY key) AS first FROM
              (SELECT key, line AS place FROM piece UNION ALL SELECT key, line + \(LineIndex.rejects) AS place FROM reject))
          WHERE place > first ORDER BY place
          """)
      while let row = try rows.next() {
        try body(
          row.key, row.place % LineIndex.rejects, row.place >= LineIndex.rejects, row.first % LineIndex.rejects,
          row.first >= LineIndex.rejects)
      }
    }
  }

  private static let rejects = 1 << 48

  private struct RepeatedIdentity: TypedRow {
    enum Column: String, CaseIterable { case path, line, first }
    var path: [UInt8]
    var line: Int
    var first: Int

    init(_ row: RowValues<Column>) throws { (path, line, first) = (try row.bytes(.path), try row.int(.line), try row.int(.first)) }
  }

  private struct RepeatedRecord: TypedRow {
    enum Column: String, CaseIterable { case key, place, first }
    var key: PieceKey
    var place: Int
    var first: Int

    init(_ row: RowValues<Column>) throws {
      (key, place, first) = (try PieceKey(rowID: row.integer(.key)), try row.int(.place), try row.int(.first))
    }
  }

  /// Calls `body` with a function that says whether the manifest names a path; it must be asked in the order of the paths' bytes.
  func withNames(_ body: (_ isNamed: ([UInt8]) throws -> Bool) throws -> Void) throws {
    try queue.read { db in
      let rows = try Data.fetchCursor(db, sql: "SELECT DISTINCT path FROM piece ORDER BY path")
      var next = try rows.next()
      try body { path in
        while let name = next, name.lexicographicallyPrecedes(path) { next = try rows.next() }
        return next?.elementsEqual(path) == true
      }
    }
  }
}
