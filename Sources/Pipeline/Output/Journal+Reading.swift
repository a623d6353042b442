internal import Billing
internal import Contract
internal import Diagnostics
internal import Foundation
internal import GRDB
internal import Intake

/// What reading files from outside has cost, and how their records are counted.
///
/// Both passes must number the records of a file alike, even where a reader is lost in one of them only: what the first pass lost is lost for
/// the second, and what only the second loses is rejected record by record, as many as the first had found there.
extension Journal {
  /// The fact that what the first pass lost was lost a second time.
  static let lossesAreFinal = "losses_are_final"

  static let readingTables = """
    CREATE TABLE lost (
      input INTEGER NOT NULL, step INTEGER NOT NULL, taken INTEGER NOT NULL, ends INTEGER NOT NULL, entry TEXT, code TEXT NOT NULL,
      message TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (input, step)) WITHOUT ROWID;
    CREATE TABLE part (input INTEGER NOT NULL, step INTEGER NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (input, step)) WITHOUT ROWID;
    CREATE TABLE nameless (key INTEGER PRIMARY KEY);
    """

  /// Writes what the first pass meets.
  struct ReadingWriter {
    private let lost: Statement
    private let part: Statement
    private let nameless: Statement

    init(_ db: Database) throws {
      lost = try db.makeStatement(
        sql: "INSERT INTO lost (input, step, taken, ends, entry, code, message, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      part = try db.makeStatement(sql: "INSERT INTO part (input, step, records) VALUES (?, ?, ?)")
      nameless = try db.makeStatement(sql: "INSERT INTO nameless (key) VALUES (?)")
    }

    func add(_ reading: LostReading, input: Int) throws {
      try lost.execute(arguments: [
        input, reading.cut.step, reading.cut.taken, reading.endsFile, reading.entry, reading.fault.code.rawValue, reading.fault.message,
        reading.fault.path,
      ])
    }

    func add(_ counts: [ReadingCount], input: Int) throws {
      for count in counts { try part.execute(arguments: [input, count.step, count.records]) }
    }

    /// A derived record that says nothing of whose it is.
    func addNameless(_ place: RecordPlace) throws { try nameless.execute(arguments: [place.key]) }
  }

  /// What the first pass lost of an input, in the order of the file.
  func lost(ofInput input: Int) throws -> [LostReading] {
    try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM lost WHERE input = ? ORDER BY step", arguments: [input]).map { row in
        LostReading(
          cut: ReadingCut(step: row["step"], taken: row["taken"]), endsFile: row["ends"], entry: row["entry"],
          fault: RecordFault(RecordFault.Code(rawValue: row["code"]), row["message"], path: row["path"]))
      }
    }
  }

  /// The inputs the first pass lost something of.
  func inputsWithLosses() throws -> [Int] {
    try queue.read { db in try Int.fetchAll(db, sql: "SELECT DISTINCT input FROM lost ORDER BY input") }
  }

  /// What the second pass has to know of an input to number its records like the first.
  func readingNotes(ofInput input: Int) throws -> ReadingNotes {
    ReadingNotes(lost: try lost(ofInput: input)) { [queue] step throws(SourceFailure) in
      do {
        return try queue.read { db in
          try Int.fetchOne(db, sql: "SELECT records FROM part WHERE input = ? AND step = ?", arguments: [input, step])
        } ?? 1
      } catch {
        throw .impossible(RunFailure.explain(error))
      }
    }
  }

  /// What the first pass knew of a record that is lost now.
  enum Known: Equatable {
    /// Whose it is.
    case identity(RecordIdentity)
    /// It is a duplicate, or had a fault of its own.
    case nameless
    /// Nothing: it was left out.
    case leftOut
  }

  /// - Complexity: O(records); asked only where a reader was lost.
  func known(at place: RecordPlace) throws -> Known {
    try queue.read { db in
      if let row = try Row.fetchOne(db, sql: "SELECT account, invoice, series FROM seen WHERE key = ?", arguments: [place.key]) {
        let (account, invoice, series): (Data, Data, Data) = (row["account"], row["invoice"], row["series"])
        return .identity(RecordIdentity(account: Array(account), invoice: Array(invoice), series: Array(series)))
      }
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM duplicate WHERE key = ?) OR EXISTS (SELECT 1 FROM nameless WHERE key = ?)",
        arguments: [place.key, place.key])
      return isKnown == true ? .nameless : .leftOut
    }
  }
}
