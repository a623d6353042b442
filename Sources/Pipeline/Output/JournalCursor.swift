internal import Contract
internal import Foundation
internal import GRDB
internal import Intake

/// Reads one table of the journal beside the data, a page at a time and always forwards: each record costs a comparison instead of a query.
///
/// Rows that are added behind the place last asked for are not seen; those are records of this run.
final class JournalCursor<Value> {
  private let queue: DatabaseQueue
  private let sql: String
  private let decode: (Row) throws -> (place: RecordPlace, value: Value)
  private var rows: ArraySlice<(place: RecordPlace, value: Value)> = []
  private var last: Int64 = -1
  private var isExhausted = false

  /// `sql` gives rows with a key above its first argument, in order, at most as many as its second; the first column is that key.
  init(_ queue: DatabaseQueue, sql: String, decode: @escaping (Row) throws -> (place: RecordPlace, value: Value)) {
    (self.queue, self.sql, self.decode) = (queue, sql, decode)
  }

  /// The values for a place, which must not lie before the one asked for last.
  func values(at place: RecordPlace) throws -> [Value] {
    var found: [Value] = []
    while true {
      while let first = rows.first, first.place <= place {
        if first.place == place { found.append(first.value) }
        rows.removeFirst()
      }
      if !rows.isEmpty || isExhausted { return found }
      try fetch()
    }
  }

  private func fetch() throws {
    let (sql, last, decode) = (sql, last, decode)
    let page = try queue.read { db in
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: [last, Journal.page])
      var result: [(key: Int64, row: (place: RecordPlace, value: Value))] = []
      while let row = try cursor.next() { result.append((try row.integer(0), try decode(row))) }
      return result
    }
    isExhausted = page.count < Journal.page
    self.last = page.last?.key ?? last
    rows = page.map(\.row)[...]
  }
}

extension Journal {
  /// The records whose identity an earlier record has, with that record's place and whether it is another.
  func duplicates() -> JournalCursor<(first: RecordPlace, differs: Bool)> {
    JournalCursor(queue, sql: "SELECT key, first, differs FROM duplicate WHERE key > ? ORDER BY key LIMIT ?") {
      (RecordPlace(key: try $0.integer(0)), (RecordPlace(key: try $0.integer(1)), try $0.integer(2) != 0))
    }
  }

  /// The records that are a further one of their identity, with their numbers among them.
  func copies() -> JournalCursor<Int> {
    JournalCursor(queue, sql: "SELECT key, number FROM copy WHERE key > ? ORDER BY key LIMIT ?") {
      (RecordPlace(key: try $0.integer(0)), Int(try $0.integer(1)))
    }
  }

  /// The records whose account and invoice stand in several series.
  func several() -> JournalCursor<Void> {
    JournalCursor(queue, sql: "SELECT key FROM several WHERE key > ? ORDER BY key LIMIT ?") {
      (RecordPlace(key: try $0.integer(0)), ())
    }
  }

  /// The pieces that have been written, with their file and its size.
  func pieces() -> JournalCursor<(file: String, bytes: Int)> {
    JournalCursor(queue, sql: "SELECT key, file, bytes FROM piece WHERE key > ? ORDER BY key LIMIT ?") { row in
      (PieceKey(rowID: try row.integer(0)).place, (try row.text(1), Int(try row.integer(2))))
    }
  }

  /// The records and pieces that have been rejected for good, with the kind of each.
  func rejects() -> JournalCursor<PieceKind> {
    JournalCursor(queue, sql: "SELECT key FROM reject WHERE key > ? AND NOT \(RejectRow.isOpen) ORDER BY key LIMIT ?") { row in
      let key = PieceKey(rowID: try row.integer(0))
      return (key.place, key.kind)
    }
  }

  /// The digests of a data file's beginnings, for ``RunningDigest``: asked with rising positions, `nil` where the first pass had none.
  func checkpoints(ofInput input: Int) -> (Int) throws -> [UInt8]? {
    var rows: ArraySlice<(position: Int, digest: [UInt8])> = []
    var (last, isExhausted) = (-1, false)
    return { [queue] position in
      while true {
        while let first = rows.first, first.position <= position {
          rows.removeFirst()
          if first.position == position { return first.digest }
        }
        if !rows.isEmpty || isExhausted { return nil }
        let after = last
        let page = try queue.read { db in
          let sql = "SELECT position, digest FROM block WHERE input = ? AND position > ? ORDER BY position LIMIT ?"
          return try Row.fetchAll(db, sql: sql, arguments: [input, after, Journal.page]).map { row -> (position: Int, digest: [UInt8]) in
            (Int(try row.integer(0)), try row.bytes(1))
          }
        }
        isExhausted = page.count < Journal.page
        last = page.last?.position ?? last
        rows = page[...]
      }
    }
  }
}
