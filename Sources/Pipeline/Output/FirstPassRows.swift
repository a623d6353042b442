internal import Billing
internal import Contract
internal import Diagnostics
internal import GRDB
internal import Intake

// The rows in which a first pass notes what it met. Keys are places as integers, so that each table lies in the order of the data.

/// A row that marks a record, and says nothing else of it.
protocol MarkRow: StoredRow, PlacedRow where Column == MarkColumn {
  init(place: RecordPlace)
}

/// The only column of a ``MarkRow``.
enum MarkColumn: String, CaseIterable { case key }

extension MarkRow {
  init(_ row: RowValues<MarkColumn>) throws { self.init(place: RecordPlace(key: try row.integer(.key))) }

  static var table: String { "CREATE TABLE \(name) (key INTEGER PRIMARY KEY);" }
  var rowID: Int64 { place.key }

  func value(of column: MarkColumn) -> DatabaseValue {
    switch column {
    case .key: place.key.databaseValue
    }
  }
}

/// A record of an identity that was not met before, or is made all the same.
struct SeenRow: StoredRow {
  enum Column: String, CaseIterable { case account, invoice, series, copy, key, digest }

  var identity: RecordIdentity
  /// Its number among those of its identity, from 1.
  var copy: Int
  var place: RecordPlace
  /// The beginning of the digest of its bytes.
  var digest: [UInt8]

  init(identity: RecordIdentity, copy: Int, place: RecordPlace, digest: [UInt8]) {
    (self.identity, self.copy, self.place, self.digest) = (identity, copy, place, digest)
  }

  init(_ row: RowValues<Column>) throws {
    identity = RecordIdentity(account: try row.bytes(.account), invoice: try row.bytes(.invoice), series: try row.bytes(.series))
    (copy, place, digest) = (try row.int(.copy), RecordPlace(key: try row.integer(.key)), try row.bytes(.digest))
  }

  static let name = "seen"
  static let table = """
    CREATE TABLE seen (
      account BLOB NOT NULL, invoice BLOB NOT NULL, series BLOB NOT NULL, copy INTEGER NOT NULL, key INTEGER NOT NULL,
      digest BLOB NOT NULL, PRIMARY KEY (account, invoice, series, copy)) WITHOUT ROWID;
    """
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .account: identity.account.databaseValue
    case .invoice: identity.invoice.databaseValue
    case .series: identity.series.databaseValue
    case .copy: copy.databaseValue
    case .key: place.key.databaseValue
    case .digest: digest.databaseValue
    }
  }
}

extension SeenRow {
  /// Accounts between two looks for a stop signal.
  private static let accountsBetweenLooks = 256

  /// Walks the accounts that were met, each once, by their bytes. The database may be changed meanwhile, but for this table.
  ///
  /// - Parameter signals: `nil`: nothing stops it.
  static func forEachAccount(in db: Database, signals: StopSignals?, _ body: ([UInt8]) throws -> Void) throws {
    var met = 0
    let accounts = try AccountRow.fetchCursor(db, sql: "SELECT DISTINCT account FROM \(name) ORDER BY account")
    while let row = try accounts.next() {
      if met % accountsBetweenLooks == 0 { try signals?.check() }
      met += 1
      try body(row.account)
    }
  }
}

/// An account that was met.
private struct AccountRow: TypedRow {
  enum Column: String, CaseIterable { case account }

  var account: [UInt8]

  init(_ row: RowValues<Column>) throws { account = try row.bytes(.account) }
}

/// A record whose identity an earlier record has.
struct DuplicateRow: StoredRow, PlacedRow {
  enum Column: String, CaseIterable { case key, first, differs }

  var place: RecordPlace
  var first: RecordPlace
  /// Whether it is another record than the first.
  var differs: Bool
  var rowID: Int64 { place.key }

  init(place: RecordPlace, first: RecordPlace, differs: Bool) { (self.place, self.first, self.differs) = (place, first, differs) }

  init(_ row: RowValues<Column>) throws {
    (place, first) = (RecordPlace(key: try row.integer(.key)), RecordPlace(key: try row.integer(.first)))
    differs = try row.flag(.differs)
  }

  static let name = "duplicate"
  static let table = "CREATE TABLE duplicate (key INTEGER PRIMARY KEY, first INTEGER NOT NULL, differs INTEGER NOT NULL);"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .key: place.key.databaseValue
    case .first: first.key.databaseValue
    case .differs: differs.databaseValue
    }
  }
}

/// A record that is a further one of its identity.
struct CopyRow: StoredRow, PlacedRow {
  enum Column: String, CaseIterable { case key, number }

  var place: RecordPlace
  /// Its number among those of its identity, from 2.
  var number: Int
  var rowID: Int64 { place.key }

  init(place: RecordPlace, number: Int) { (self.place, self.number) = (place, number) }

  init(_ row: RowValues<Column>) throws { (place, number) = (RecordPlace(key: try row.integer(.key)), try row.int(.number)) }

  static let name = "copy"
  static let table = "CREATE TABLE copy (key INTEGER PRIMARY KEY, number INTEGER NOT NULL);"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .key: place.key.databaseValue
    case .number: number.databaseValue
    }
  }
}

/// A record whose account and invoice stand in several series.
struct SeveralRow: MarkRow {
  static let name = "several"
  let place: RecordPlace
  init(place: RecordPlace) { self.place = place }
}

/// A record whose account an earlier record has, and with which no postcard and no e-mail is made.
struct LaterRow: MarkRow {
  static let name = "later"
  let place: RecordPlace
  init(place: RecordPlace) { self.place = place }
}

/// The digest of a data file's beginning.
struct BlockRow: StoredRow {
  enum Column: String, CaseIterable { case input, position, digest }

  var input: Int
  /// How long the beginning is, in bytes.
  var position: Int
  var digest: [UInt8]

  init(input: Int, position: Int, digest: [UInt8]) { (self.input, self.position, self.digest) = (input, position, digest) }

  init(_ row: RowValues<Column>) throws {
    (input, position, digest) = (try row.int(.input), try row.int(.position), try row.bytes(.digest))
  }

  static let name = "block"
  static let table =
    "CREATE TABLE block (input INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (input, position)) WITHOUT ROWID;"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .input: input.databaseValue
    case .position: position.databaseValue
    case .digest: digest.databaseValue
    }
  }
}

/// What was lost of an input.
struct LostRow: StoredRow {
  enum Column: String, CaseIterable { case input, step, taken, ends, entry, code, message, path }

  var input: Int
  var reading: LostReading

  init(input: Int, reading: LostReading) { (self.input, self.reading) = (input, reading) }

  init(_ row: RowValues<Column>) throws {
    input = try row.int(.input)
    reading = LostReading(
      cut: ReadingCut(step: try row.int(.step), taken: try row.int(.taken)), endsFile: try row.flag(.ends),
      entry: try row.textIfAny(.entry),
      fault: RecordFault(RecordFault.Code(rawValue: try row.text(.code)), try row.text(.message), path: try row.text(.path)))
  }

  static let name = "lost"
  static let table = """
    CREATE TABLE lost (
      input INTEGER NOT NULL, step INTEGER NOT NULL, taken INTEGER NOT NULL, ends INTEGER NOT NULL, entry TEXT, code TEXT NOT NULL,
      message TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (input, step)) WITHOUT ROWID;
    """
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .input: input.databaseValue
    case .step: reading.cut.step.databaseValue
    case .taken: reading.cut.taken.databaseValue
    case .ends: reading.endsFile.databaseValue
    case .entry: reading.entry?.databaseValue ?? .null
    case .code: reading.fault.code.rawValue.databaseValue
    case .message: reading.fault.message.databaseValue
    case .path: reading.fault.path.databaseValue
    }
  }
}

/// How many records a step of an input gave.
struct PartRow: StoredRow {
  enum Column: String, CaseIterable { case input, step, records }

  var input: Int
  var count: ReadingCount

  init(input: Int, count: ReadingCount) { (self.input, self.count) = (input, count) }

  init(_ row: RowValues<Column>) throws {
    (input, count) = (try row.int(.input), ReadingCount(step: try row.int(.step), records: try row.int(.records)))
  }

  static let name = "part"
  static let table =
    "CREATE TABLE part (input INTEGER NOT NULL, step INTEGER NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (input, step)) WITHOUT ROWID;"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .input: input.databaseValue
    case .step: count.step.databaseValue
    case .records: count.records.databaseValue
    }
  }
}

/// A derived record that says nothing of whose it is.
struct NamelessRow: MarkRow {
  static let name = "nameless"
  let place: RecordPlace
  init(place: RecordPlace) { self.place = place }
}

/// An account of `--only` that stands in no record.
struct UnmetRow: StoredRow {
  enum Column: String, CaseIterable { case account }

  var account: [UInt8]

  init(account: [UInt8]) { self.account = account }

  init(_ row: RowValues<Column>) throws { account = try row.bytes(.account) }

  static let name = "unmet"
  static let table = "CREATE TABLE unmet (account BLOB PRIMARY KEY) WITHOUT ROWID;"
  func value(of column: Column) -> DatabaseValue {
    switch column {
    case .account: account.databaseValue
    }
  }
}
