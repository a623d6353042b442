internal import Contract
internal import GRDB
internal import Intake

/// A row that is about one record.
protocol PlacedRow: TypedRow {
  /// The record.
  var place: RecordPlace { get }
  /// The row's key, which lies in the order of the data.
  var rowID: Int64 { get }
}

/// Reads one table of the journal beside the data, a page at a time and always forwards: each record costs a comparison instead of a query.
///
/// Rows that are added behind the place last asked for are not seen; those are records of this run.
final class JournalCursor<Placed: PlacedRow> {
  private let queue: DatabaseQueue
  private let sql: String
  private var rows: ArraySlice<Placed> = []
  private var last: Int64 = -1
  private var isExhausted = false

  /// - Parameter table: The table, and which of its rows.
  fileprivate init(_ queue: DatabaseQueue, columns: String, from table: String, where condition: String = "TRUE") {
    self.queue = queue
    sql = "SELECT \(columns) FROM \(table) WHERE key > ? AND \(condition) ORDER BY key LIMIT ?"
  }

  /// The rows of a place, which must not lie before the one asked for last.
  func rows(at place: RecordPlace) throws -> [Placed] {
    var found: [Placed] = []
    while true {
      while let first = rows.first, first.place <= place {
        if first.place == place { found.append(first) }
        rows.removeFirst()
      }
      if !rows.isEmpty || isExhausted { return found }
      try fetch()
    }
  }

  private func fetch() throws {
    let (sql, last) = (sql, last)
    let page = try queue.read { db in try Placed.fetchAll(db.cachedStatement(sql: sql), arguments: [last, Journal.page]) }
    isExhausted = page.count < Journal.page
    self.last = page.last?.rowID ?? last
    rows = page[...]
  }
}

/// A piece that has been written: of its row what tells whether it is still there.
struct PieceFileRow: PlacedRow {
  enum Column: String, CaseIterable { case key, file, bytes }

  var key: PieceKey
  /// Below the output folder.
  var file: String
  var bytes: Int
  var place: RecordPlace { key.place }
  var rowID: Int64 { key.rowID }

  init(_ row: RowValues<Column>) throws {
    (key, file, bytes) = (try PieceKey(rowID: row.integer(.key)), try row.text(.file), try row.int(.bytes))
  }
}

/// A record or piece that has been rejected: of its row only which.
struct RejectKeyRow: PlacedRow {
  enum Column: String, CaseIterable { case key }

  var key: PieceKey
  var place: RecordPlace { key.place }
  var rowID: Int64 { key.rowID }
  /// `bill` where the whole record was rejected.
  var kind: PieceKind { key.kind }

  init(_ row: RowValues<Column>) throws { key = try PieceKey(rowID: row.integer(.key)) }
}

extension Journal {
  /// The records whose identity an earlier record has.
  func duplicates() -> JournalCursor<DuplicateRow> { cursor() }

  /// The records that are a further one of their identity.
  func copies() -> JournalCursor<CopyRow> { cursor() }

  /// The records whose account and invoice stand in several series.
  func several() -> JournalCursor<SeveralRow> { cursor() }

  /// The records whose account an earlier record has.
  func later() -> JournalCursor<LaterRow> { cursor() }

  /// The pieces that have been written.
  func pieces() -> JournalCursor<PieceFileRow> { cursor(from: PieceRow.name) }

  /// The records and pieces that have been rejected for good.
  func rejects() -> JournalCursor<RejectKeyRow> { cursor(from: RejectRow.name, where: "NOT \(RejectRow.isOpen)") }

  private func cursor<Row: StoredRow & PlacedRow>() -> JournalCursor<Row> { cursor(from: Row.name) }

  private func cursor<Row: PlacedRow>(from table: String, where condition: String = "TRUE") -> JournalCursor<Row> {
    JournalCursor(queue, columns: Row.Column.allCases.map(\.rawValue).joined(separator: ", "), from: table, where: condition)
  }

  /// The digests of a data file's beginnings, for ``RunningDigest``: asked with rising positions, `nil` where the first pass had none.
  func checkpoints(ofInput input: Int) -> (Int) throws -> [UInt8]? {
    var rows: ArraySlice<BlockRow> = []
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
          let sql = "SELECT \(BlockRow.columns) FROM block WHERE input = ? AND position > ? ORDER BY position LIMIT ?"
          return try BlockRow.fetchAll(db, sql: sql, arguments: [input, after, Journal.page])
        }
        isExhausted = page.count < Journal.page
        last = page.last?.position ?? last
        rows = page[...]
      }
    }
  }
}
