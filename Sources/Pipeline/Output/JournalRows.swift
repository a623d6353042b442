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

  init(row: Row) {
    let (rowID, data): (Int64, Data) = (row["key"], row["facts"])
    (key, file, bytes, facts) = (PieceKey(rowID: rowID), row["file"], row["bytes"], Array(data))
  }

  /// What the row says of the piece.
  ///
  /// - Throws: `FieldFailure` for a row no program of this version has written.
  func pieceFacts() throws(FieldFailure) -> PieceFacts {
    var result: Result<PieceFacts, FieldFailure> = .failure(.truncated)
    facts.withUnsafeBytes { bytes in
      do throws(FieldFailure) { result = .success(try FrameReader.value(PieceFacts.self, of: bytes, for: .journal)) } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  static let table = "CREATE TABLE piece (key INTEGER PRIMARY KEY, file TEXT NOT NULL, bytes INTEGER NOT NULL, facts BLOB NOT NULL);"
  static let insert = "INSERT OR REPLACE INTO piece (key, file, bytes, facts) VALUES (?, ?, ?, ?)"
  static let columns = "piece.key, piece.file, piece.bytes, piece.facts"
  var arguments: StatementArguments { [key.rowID, file, bytes, Data(facts)] }
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

  init(row: Row) {
    let (rowID, data): (Int64, Data) = (row["key"], row["line"])
    (key, code, message, path, line) = (PieceKey(rowID: rowID), row["code"], row["message"], row["path"], Array(data))
    losses = row["losses"]
  }

  static let table = """
    CREATE TABLE reject (
      key INTEGER PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, path TEXT NOT NULL, line BLOB NOT NULL,
      losses INTEGER NOT NULL);
    """
  static let insert = "INSERT OR REPLACE INTO reject (key, code, message, path, line, losses) VALUES (?, ?, ?, ?, ?, ?)"
  static let columns = "reject.key, reject.code, reject.message, reject.path, reject.line, reject.losses"
  var arguments: StatementArguments { [key.rowID, code, message, path, Data(line), losses] }

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
