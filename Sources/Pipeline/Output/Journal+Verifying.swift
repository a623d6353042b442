internal import Contract
internal import Diagnostics
internal import Files
internal import Foundation
internal import GRDB

/// The journal says what no program of this version has written.
struct JournalDamage: Error {
  /// What was noticed, in words.
  var what: String

  /// What the operator is told.
  var failure: RunFailure {
    RunFailure(
      .otherRun, id: "journal-damaged",
      "the journal of the output folder, '\(OutputFolder.workName)/\(Journal.name)', is damaged: \(what); nothing in it is used any more: "
        + "the same command with --force makes the run anew from its data")
  }

  /// The damage that an error of SQLite shows; `nil` for one that says nothing of the file's contents, such as a full disk.
  ///
  /// - Parameter isOpening: Nothing but reading has been tried yet, with statements known to be right.
  init?(_ error: DatabaseError, isOpening: Bool) {
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_CONSTRAINT, .SQLITE_RANGE: break
    case .SQLITE_ERROR, .SQLITE_SCHEMA: if !isOpening { return nil }
    case .SQLITE_IOERR: if error.extendedResultCode != .SQLITE_IOERR_SHORT_READ { return nil }
    default: return nil
    }
    what = error.message ?? "SQLite cannot read it"
  }

  init(_ what: String) { self.what = what }
}

extension Journal {
  /// Bytes of a file of SQLite before its first page's contents, and where in them stands who may write and read it.
  private static let (headLength, versions) = (100, 18..<20)

  /// Looks at the head of the file for what SQLite would take for a will: a file that says so is opened for reading only.
  static func checkHead(_ path: String) throws {
    var head: [UInt8] = []
    do throws(SystemError) {
      let file = try OpenFile(reading: path)
      var room = [UInt8](repeating: 0, count: headLength)
      var failure: SystemError?
      let count = room.withUnsafeMutableBytes { room in
        do throws(SystemError) { return try file.read(into: room) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      head = Array(room[..<count])
    } catch {
      throw RunFailure(.output, id: "output-unreadable", "cannot read the journal: \(error.text)")
    }
    guard head.count == headLength, head.starts(with: "SQLite format 3\0".utf8) else { throw JournalDamage("it is no database") }
    // Both are 1, or 2 once the journal has been opened with a log.
    guard [[1, 1], [2, 2]].contains(Array(head[versions])) else { throw JournalDamage("its head is not as it was written") }
  }

  /// Makes sure that the journal still is what was written.
  ///
  /// Complexity: the whole file is read, twice.
  /// - Throws: ``JournalDamage``.
  func verify() throws {
    do {
      guard try Journal.verify(queue) == seal else { throw JournalDamage("it is not what was written last") }
    } catch let error as DatabaseError {
      throw JournalDamage(error, isOpening: true) ?? error
    }
  }

  /// Makes sure that the journal is what was written: its trees are whole, and its rows add up to its seal.
  ///
  /// Complexity: the whole file is read, twice.
  /// - Returns: The seal.
  /// - Throws: ``JournalDamage``.
  @discardableResult
  static func verify(_ queue: DatabaseQueue) throws -> JournalSeal {
    try queue.read { db in
      let answer = try DatabaseValue.fetchOne(db, sql: "PRAGMA quick_check(1)").flatMap { String.fromDatabaseValue($0) }
      guard answer == "ok" else { throw JournalDamage(answer ?? "SQLite cannot check it") }
      guard let number = try JournalSeal.number(in: db) else { throw JournalDamage("it has no whole seal") }
      let seal = try JournalSeal(of: db, number: number)
      guard try seal.isStored(in: db) else { throw JournalDamage("its rows are not those that were written") }
      return seal
    }
  }
}
