internal import Digests
internal import Foundation
internal import GRDB

/// The digest of one row of the journal: 16 bytes of the SHA-256 over its table and all of its values with their types and lengths.
struct RowDigest: Hashable {
  fileprivate let halves: (UInt64, UInt64)

  /// Complexity: linear in the bytes of the values.
  init(table: String, values: some Sequence<DatabaseValue>) {
    var bytes = Array(table.utf8)
    bytes.append(0)
    for value in values { RowDigest.append(value, to: &bytes) }
    let digest = Digest256.bytes(bytes)
    halves = (RowDigest.number(digest[0..<8]), RowDigest.number(digest[8..<16]))
  }

  private static func append(_ value: DatabaseValue, to bytes: inout [UInt8]) {
    switch value.storage {
    case .null: bytes.append(0)
    case .int64(let number): append(1, UInt64(bitPattern: number), to: &bytes)
    case .double(let number): append(2, number.bitPattern, to: &bytes)
    case .string(let text):
      append(3, UInt64(text.utf8.count), to: &bytes)
      bytes += text.utf8
    case .blob(let data):
      append(4, UInt64(data.count), to: &bytes)
      bytes += data
    }
  }

  private static func append(_ type: UInt8, _ number: UInt64, to bytes: inout [UInt8]) {
    bytes.append(type)
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  static func == (a: RowDigest, b: RowDigest) -> Bool { a.halves == b.halves }
  func hash(into hasher: inout Hasher) { hasher.combine(halves.0) }
}

/// How many rows there are, and the sum of their digests: the same in whatever order they are read, another as soon as one is changed, missing,
/// or there twice. Rows can be taken out again, so that a row may be replaced.
struct RowSum: Hashable {
  fileprivate var numbers: [UInt64] = [0, 0, 0]

  /// Whether there are none.
  var isEmpty: Bool { numbers[0] == 0 }

  mutating func add(_ digest: RowDigest) { change(digest, &+) }
  mutating func remove(_ digest: RowDigest) { change(digest, &-) }

  private mutating func change(_ digest: RowDigest, _ operation: (UInt64, UInt64) -> UInt64) {
    numbers[0] = operation(numbers[0], 1)
    numbers[1] = operation(numbers[1], digest.halves.0)
    numbers[2] = operation(numbers[2], digest.halves.1)
  }
}

/// What the journal knows of its own contents: one row, written anew with each batch and in the same transaction.
///
/// SQLite notices a torn write, but not a byte that the disk gives back changed. A row that was changed, lost or doubled, also a whole batch of
/// them, or pages of different ages beside one another, do not add up to the seal. A seal that is older together with all of its rows is what
/// a loss of power leaves, too: what is missing then is made again.
struct JournalSeal: Hashable {
  /// Batches that have been noted.
  var number: UInt64 = 0
  /// What the first pass found, and the tables' own definitions.
  var pass = RowSum()
  var facts = RowSum()
  var pieces = RowSum()
  var rejects = RowSum()

  static let table = "CREATE TABLE seal (id INTEGER PRIMARY KEY, state BLOB NOT NULL, digest BLOB NOT NULL);"

  /// How it is stored.
  private struct Stored: StoredRow, Equatable {
    enum Column: String, CaseIterable { case id, state, digest }

    var id = 0
    var state: [UInt8]
    var digest: [UInt8]
    /// Whether state and digest belong together.
    var isWhole: Bool { digest == Digest256.bytes(Array("billfold journal\0".utf8) + state) }

    init(state: [UInt8]) { (self.state, digest) = (state, Digest256.bytes(Array("billfold journal\0".utf8) + state)) }

    init(_ row: RowValues<Column>) throws {
      (id, state, digest) = (try row.int(.id), try row.bytes(.state), try row.bytes(.digest))
    }

    static let name = "seal"
    func value(of column: Column) -> DatabaseValue {
      switch column {
      case .id: id.databaseValue
      case .state: state.databaseValue
      case .digest: digest.databaseValue
      }
    }
  }

  /// All numbers, eight bytes each, the lowest first.
  private var state: [UInt8] {
    ([number] + pass.numbers + facts.numbers + pieces.numbers + rejects.numbers).flatMap { number in
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
  }

  /// Writes the seal.
  func store(in db: Database) throws {
    try db.cachedStatement(sql: Stored.insert("INSERT OR REPLACE")).execute(arguments: StatementArguments(Stored(state: state).values))
  }

  /// Whether it is this seal that was stored last.
  func isStored(in db: Database) throws -> Bool {
    try Stored.fetchAll(db, sql: "SELECT \(Stored.columns) FROM seal LIMIT 2") == [Stored(state: state)]
  }

  /// The number of the seal that was stored last; `nil` where there is none that is whole.
  static func number(in db: Database) throws -> UInt64? {
    do {
      guard let row = try Stored.fetchOne(db, sql: "SELECT \(Stored.columns) FROM seal WHERE id = 0"), row.isWhole else { return nil }
      return row.state.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    } catch is JournalDamage {
      return nil
    }
  }

  // MARK: Adding up

  /// The tables of the first pass.
  private static let passTables = [
    SeenRow.name, DuplicateRow.name, CopyRow.name, SeveralRow.name, LaterRow.name, BlockRow.name, LostRow.name, PartRow.name,
    NamelessRow.name,
    UnmetRow.name, KnownRow.name,
  ]

  /// The seal that belongs to what stands in the journal.
  ///
  /// Complexity: every row is read once.
  init(of db: Database, number: UInt64) throws {
    self.number = number
    for table in JournalSeal.passTables { try JournalSeal.add("SELECT * FROM \(table)", of: table, to: &pass, db) }
    try JournalSeal.add("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master", of: "sqlite_master", to: &pass, db)
    try JournalSeal.add("SELECT * FROM fact", of: FactRow.name, to: &facts, db)
    try JournalSeal.add("SELECT * FROM piece", of: PieceRow.name, to: &pieces, db)
    try JournalSeal.add("SELECT * FROM reject", of: RejectRow.name, to: &rejects, db)
  }

  private static func add(_ sql: String, of table: String, to sum: inout RowSum, _ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: sql)
    while let row = try rows.next() { sum.add(RowDigest(table: table, values: row.databaseValues)) }
  }
}
