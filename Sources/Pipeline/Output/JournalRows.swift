internal import Contract
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

  /// The key of a row; a number no kind has is read as a bill.
  init(rowID: Int64) {
    let number = Int(rowID & (1 << PieceKey.kindBits - 1))
    self.init(
      RecordPlace(key: rowID >> PieceKey.kindBits), PieceKind.allCases.indices.contains(number) ? PieceKind.allCases[number] : .bill)
  }

  /// The integer.
  var rowID: Int64 { place.key << PieceKey.kindBits | Int64(PieceKind.allCases.firstIndex(of: kind) ?? 0) }

  /// The integers of all pieces a record may have.
  static func rowIDs(of place: RecordPlace) -> ClosedRange<Int64> {
    let first = place.key << kindBits
    return first...first | (1 << kindBits - 1)
  }

  /// The same of the place whose own integer stands in the SQL expression `key`.
  static func rowIDs(ofSQL key: String) -> String { "\(key) * \(1 << kindBits) AND \(key) * \(1 << kindBits) + \(1 << kindBits - 1)" }
}

/// A piece that has been written: a row of the journal.
struct PieceRow: FetchableRecord {
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

  init(row: Row) throws {
    (key, file, bytes) = (PieceKey(rowID: try row.integer(0)), try row.text(1), Int(try row.integer(2)))
    facts = try row.bytes(3)
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
  static let insert = "INSERT INTO piece (key, file, bytes, facts) VALUES (?, ?, ?, ?)"
  static let columns = "piece.key, piece.file, piece.bytes, piece.facts"
  var values: [DatabaseValue] { [key.rowID.databaseValue, file.databaseValue, bytes.databaseValue, Data(facts).databaseValue] }
}

/// A record, or one piece of a record, that was rejected: a row of the journal.
struct RejectRow: FetchableRecord {
  /// The kind is `bill` where the whole record was rejected.
  var key: PieceKey
  var code: String
  /// For the operator; ``line`` says the same.
  var message: String
  var path: String
  /// Its line of `rejects.jsonl` with the line end.
  var line: [UInt8]
  /// In how many runs, one after the other, the record has cost its workers in this same way; 0 of any other reject.
  var losses: Int

  init(key: PieceKey, code: String, message: String, path: String, line: [UInt8], losses: Int = 0) {
    (self.key, self.code, self.message, self.path, self.line, self.losses) = (key, code, message, path, line, losses)
  }

  init(row: Row) throws {
    (key, code) = (PieceKey(rowID: try row.integer(0)), try row.text(1))
    (message, path) = (String(decoding: try row.bytes(2), as: UTF8.self), String(decoding: try row.bytes(3), as: UTF8.self))
    (line, losses) = (try row.bytes(4), Int(try row.integer(5)))
  }

  static let name = "reject"
  /// Message and path are bytes: of a text SQLite gives back no more than stands before a NUL.
  static let table = """
    CREATE TABLE reject (
      key INTEGER PRIMARY KEY, code TEXT NOT NULL, message BLOB NOT NULL, path BLOB NOT NULL, line BLOB NOT NULL,
      losses INTEGER NOT NULL);
    """
  static let insert = "INSERT INTO reject (key, code, message, path, line, losses) VALUES (?, ?, ?, ?, ?, ?)"
  static let columns = "reject.key, reject.code, reject.message, reject.path, reject.line, reject.losses"
  var values: [DatabaseValue] {
    [
      key.rowID.databaseValue, code.databaseValue, Data(message.utf8).databaseValue, Data(path.utf8).databaseValue,
      Data(line).databaseValue,
      losses.databaseValue,
    ]
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
