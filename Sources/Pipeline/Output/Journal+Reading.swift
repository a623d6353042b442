internal import Billing
internal import Contract
internal import Diagnostics
internal import Files
internal import Foundation
internal import GRDB
internal import Intake

/// What reading files from outside has cost, and how their records are counted.
///
/// Both passes must number the records of a file alike, even where a reader is lost in one of them only: what the first pass lost is lost for
/// the second, and what only the second loses is rejected record by record, as many as the first had found there.
extension Journal {
  /// Opens the journal of a finished run.
  ///
  /// - Returns: `nil` where it is not there, or not that run's or not this program's.
  /// - Throws: As ``open(in:run:)``.
  static func open(of folder: FinishedFolder) throws -> Journal? {
    let work: OpenFile
    do throws(SystemError) { work = try OpenFile(unfollowedFolder: OutputFolder.workName, in: folder.folder.descriptor) } catch {
      return nil
    }
    // By the folder that is open here, whatever becomes of its name.
    let journal = try open(in: "/proc/self/fd/\(work.descriptor)", run: folder.run.digest)
    withExtendedLifetime(work) {}
    return journal
  }

  /// The fact that what the first pass lost was lost a second time.
  static let lossesAreFinal = "losses_are_final"

  /// Writes what the first pass meets.
  struct ReadingWriter {
    private let lost: RowInsertion<LostRow>
    private let part: RowInsertion<PartRow>
    private let nameless: RowInsertion<NamelessRow>

    init(_ db: Database) throws {
      (lost, part, nameless) = (try RowInsertion(db), try RowInsertion(db), try RowInsertion(db))
    }

    func add(_ reading: LostReading, input: Int) throws { try lost(LostRow(input: input, reading: reading)) }

    func add(_ counts: [ReadingCount], input: Int) throws {
      for count in counts { try part(PartRow(input: input, count: count)) }
    }

    /// A derived record that says nothing of whose it is.
    func addNameless(_ place: RecordPlace) throws { try nameless(NamelessRow(place: place)) }
  }

  /// What the first pass lost of an input, in the order of the file.
  func lost(ofInput input: Int) throws -> [LostReading] {
    try queue.read { db in
      try LostRow.fetchAll(db, sql: "SELECT \(LostRow.columns) FROM lost WHERE input = ? ORDER BY step", arguments: [input]).map(\.reading)
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
          let sql = "SELECT \(PartRow.columns) FROM part WHERE input = ? AND step = ?"
          return try PartRow.fetchOne(db, sql: sql, arguments: [input, step])?.count.records
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
      if let row = try SeenRow.fetchOne(db, sql: "SELECT \(SeenRow.columns) FROM seen WHERE key = ?", arguments: [place.key]) {
        return .identity(row.identity)
      }
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM duplicate WHERE key = ?) OR EXISTS (SELECT 1 FROM nameless WHERE key = ?)",
        arguments: [place.key, place.key])
      return isKnown == true ? .nameless : .leftOut
    }
  }
}
