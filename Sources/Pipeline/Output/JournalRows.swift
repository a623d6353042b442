internal import Contract
internal import Diagnostics
internal import Foundation
internal import GRDB
internal import Intake
internal import WorkerLink

/// Which piece of which record: one integer in the order of the data, then of the kinds' names.
struct PieceKey: Hashable {
  /// Bits of the integer that say the kind; with those of a place there is room for eight kinds.
  private static let kindBits: Int64 = 3

  var place: RecordPlace
  var kind: PieceKind

  init(_ place: RecordPlace, _ kind: PieceKind) { (self.place, self.kind) = (place, kind) }

  /// The key of a row.
  ///
  /// - Throws: ``JournalDamage`` for a number no kind has.
  init(rowID: Int64) throws {
    let number = Int(rowID & (1 << PieceKey.kindBits - 1))
    guard PieceKind.allCases.indices.contains(number) else { throw JournalDamage("a row is about a piece of no kind there is") }
    self.init(RecordPlace(key: rowID >> PieceKey.kindBits), PieceKind.allCases[number])
  }

  /// The integer.
  var rowID: Int64 { place.key << PieceKey.kindBits | Int64(PieceKind.allCases.firstIndex(of: kind) ?? 0) }

  /// Whether a row's `key` is that of a piece of a kind, in SQL.
  static func isOfKind(_ kind: PieceKind) -> String {
    "key & \(1 << kindBits - 1) = \(PieceKey(RecordPlace(key: 0), kind).rowID)"
  }

  /// The integers of all pieces a record may have.
  static func rowIDs(of place: RecordPlace) -> ClosedRange<Int64> {
    let first = place.key << kindBits
    return first...first | (1 << kindBits - 1)
  }

  /// The same of the place whose own integer stands in the SQL expression `key`.
  static func rowIDs(ofSQL key: String) -> String { "\(key) * \(1 << kindBits) AND \(key) * \(1 << kindBits) + \(1 << kindBits - 1)" }
}

/// A fact of the whole run.
struct FactRow: StoredRow {
  enum Column: String, CaseIterable { case key, value }

  var key: String
  var value: String

  init(key: String, value: String) { (self.key, self.value) = (key, value) }

  init(_ row: RowValues<Column>) throws { (key, value) = (try row.text(.key), try row.text(.value)) }

  static let name = "fact"
  static let table = "CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .key: key.databaseValue
    case .value: value.databaseValue
    }
  }
}

/// A piece that has been written: a row of the journal.
struct PieceRow: StoredRow {
  enum Column: String, CaseIterable { case key, file, bytes, facts }

  var key: PieceKey
  /// Below the output folder.
  var file: String
  var bytes: Int
  /// All that the manifest says, as ``FrameWriter`` writes it.
  var facts: [UInt8]

  init(place: RecordPlace, facts: PieceFacts) {
    (key, file, bytes) = (PieceKey(place, facts.kind), facts.file, facts.bytes)
    self.facts = FrameWriter.fields(of: facts, for: .journal)
  }

  init(_ row: RowValues<Column>) throws {
    (key, file, bytes) = (try PieceKey(rowID: row.integer(.key)), try row.text(.file), try row.int(.bytes))
    facts = try row.bytes(.facts)
  }

  /// What the row says of the piece.
  ///
  /// - Throws: ``JournalDamage`` for a row no program of this version has written.
  func pieceFacts() throws -> PieceFacts {
    do { return try facts.withUnsafeBytes { try FrameReader.value(PieceFacts.self, of: $0, for: .journal) } } catch is FieldFailure {
      throw JournalDamage("a row holds what are no facts of a piece")
    }
  }

  static let name = "piece"
  static let table = "CREATE TABLE piece (key INTEGER PRIMARY KEY, file TEXT NOT NULL, bytes INTEGER NOT NULL, facts BLOB NOT NULL);"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .key: key.rowID.databaseValue
    case .file: file.databaseValue
    case .bytes: bytes.databaseValue
    case .facts: facts.databaseValue
    }
  }
}

/// A record, or one piece of a record, that was rejected: a row of the journal.
struct RejectRow: StoredRow {
  enum Column: String, CaseIterable {
    case key, code, message, path, documentLine = "document_line", documentColumn = "document_column", line, losses
  }

  /// The kind is `bill` where the whole record was rejected.
  var key: PieceKey
  var code: String
  /// For the operator; ``line`` says the same.
  var message: String
  var path: String
  /// Where in the document the record was made from, from 1; 0 where there is none.
  var documentLine: Int
  var documentColumn: Int
  /// Its line of `rejects.jsonl` with the line end.
  var line: [UInt8]
  /// In how many runs, one after the other, the record has cost its workers in this same way; 0 of any other reject.
  var losses: Int
  /// Whether the piece's own row stays, without a file; not stored.
  var keepsPiece = false

  init(
    key: PieceKey, code: String, message: String, path: String, document: DocumentPlace? = nil, line: [UInt8], losses: Int = 0
  ) {
    (self.key, self.code, self.message, self.path, self.line, self.losses) = (key, code, message, path, line, losses)
    (documentLine, documentColumn) = (document?.line ?? 0, document?.column ?? 0)
  }

  init(_ row: RowValues<Column>) throws {
    (key, code) = (try PieceKey(rowID: row.integer(.key)), try row.text(.code))
    (message, path) = (String(decoding: try row.bytes(.message), as: UTF8.self), String(decoding: try row.bytes(.path), as: UTF8.self))
    (documentLine, documentColumn) = (try row.int(.documentLine), try row.int(.documentColumn))
    (line, losses) = (try row.bytes(.line), try row.int(.losses))
  }

  static let name = "reject"
  /// Message and path are bytes: of a text SQLite gives back no more than stands before a NUL.
  static let table = """
    CREATE TABLE reject (
      key INTEGER PRIMARY KEY, code TEXT NOT NULL, message BLOB NOT NULL, path BLOB NOT NULL,
      document_line INTEGER NOT NULL, document_column INTEGER NOT NULL, line BLOB NOT NULL, losses INTEGER NOT NULL);
    """
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .key: key.rowID.databaseValue
    case .code: code.databaseValue
    case .message: message.utf8.databaseValue
    case .path: path.utf8.databaseValue
    case .documentLine: documentLine.databaseValue
    case .documentColumn: documentColumn.databaseValue
    case .line: line.databaseValue
    case .losses: losses.databaseValue
    }
  }

  /// Whether the record is to be tried once more, in SQL: it has cost its workers, and in one run only.
  static let isOpen = "losses = 1"
}

/// Rows that are noted together, once their pieces are on the disk.
struct JournalBatch {
  var pieces: [PieceRow] = []
  var rejects: [RejectRow] = []
  private(set) var bytes = 0

  var isEmpty: Bool { pieces.isEmpty && rejects.isEmpty }

  mutating func append(_ piece: PieceRow) {
    pieces.append(piece)
    bytes += piece.facts.count
  }

  mutating func append(_ reject: RejectRow) {
    rejects.append(reject)
    bytes += reject.line.count
  }
}
