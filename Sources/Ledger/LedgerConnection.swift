internal import Contract
internal import Files
internal import Foundation
internal import GRDB

/// An open ledger: one SQLite file, mode 0600, with a rollback journal.
///
/// Not a write-ahead log: that needs files beside the ledger even to read it, and a ledger is to be read where neither it nor its folder can be
/// written.
final class LedgerConnection {
  enum Purpose { case reading, writing }

  /// Seconds that are waited for another process; tests are in a hurry.
  @TaskLocal static var patience = 10
  /// Bytes of a ledger up to which every page is looked at before it is used: that of some 200,000 customers, in a second or two. Of larger ones
  /// the pages that are read are.
  static let lookedThrough = 128 << 20
  /// Characters of a company's name, as in a campaign.
  ///
  /// - Stops: a text in the place of a name, repeated in every message.
  static let maximumCompany = 200

  let path: String
  let queue: DatabaseQueue
  /// Whose ledger it is.
  private(set) var company = ""

  /// Opens a ledger and makes sure that it is one, whole, and of a version this program knows. A writer brings an older one to this version; a
  /// reader changes nothing.
  ///
  /// - Throws: 78 where it cannot be used, 75 where another process keeps it too long, 74 where a writer may not write.
  init(_ path: String, for purpose: Purpose) throws(RunFailure) {
    self.path = path
    let opened: DatabaseQueue
    do throws(any Error) {
      let status = try Self.look(path)
      opened = try Self.open(path, purpose)
      // Dispatch takes a queue that is let go apart on a thread; where the system gives none, it waits for one for ever.
      _ = Unmanaged.passRetained(opened)
      do {
        guard let now = try Folder.status(path, in: OpenFile.currentFolder), (now.device, now.inode) == (status.device, status.inode) else {
          throw LedgerFailure.unreadable(path, "somebody replaced it just now")
        }
        if purpose == .writing { try Self.migrate(opened, path) }
        company = try opened.read { db in try Self.examine(db, path) }
      } catch {
        try? opened.close()
        throw error
      }
    } catch {
      throw LedgerFailure.explain(error, path)
    }
    queue = opened
  }

  deinit { try? queue.close() }

  // MARK: Opening

  /// Makes sure that a path names a file of one name, no link to one.
  ///
  /// SQLite keeps its journal beside the name it was given: by another name nobody finds it.
  private static func look(_ path: String) throws -> FileStatus {
    guard let status = try Folder.status(path, in: OpenFile.currentFolder) else { throw LedgerFailure.missing(path) }
    if status.isLink { throw LedgerFailure.link(path, "is a symbolic link, which is not followed") }
    guard status.isRegular else { throw LedgerFailure.unreadable(path, status.isFolder ? "it is a folder" : "it is no regular file") }
    if status.names > 1 { throw LedgerFailure.link(path, "has \(status.names) names, which are hard links") }
    return status
  }

  private static func open(_ path: String, _ purpose: Purpose) throws -> DatabaseQueue {
    guard purpose == .reading else { return try connect(path, readonly: false) }
    do {
      let queue = try connect(path, readonly: true)
      // The first read finds the journal of a killed writer.
      _ = try queue.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_schema") }
      return queue
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
    }
    // Taking back what was not committed is no change of the ledger; where it may not be done, SQLite says so.
    return try connect(path, readonly: false)
  }

  private static func connect(_ path: String, readonly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      // Pages are looked at before they are used, and a schema runs nothing: the file may have been tampered with.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cache_size = -16384")
      // What was committed survives a loss of power, the journal's going included.
      try db.execute(sql: "PRAGMA synchronous = EXTRA")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func migrate(_ queue: DatabaseQueue, _ path: String) throws {
    let isComplete = try queue.read { db in
      try recognise(db, path)
      return try LedgerSchema.migrator.hasCompletedMigrations(db)
    }
    if !isComplete { try LedgerSchema.migrator.migrate(queue) }
    try queue.inDatabase { db in
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") == "delete" else {
        throw LedgerFailure.unwritable(path, "its journal cannot be set up")
      }
    }
  }

  /// Makes sure that it is a ledger, and of no later version.
  private static func recognise(_ db: Database, _ path: String) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.application else {
      throw RunFailure(.configuration, id: "ledger-foreign", "'\(path)' is no ledger of Billfold's")
    }
    if try LedgerSchema.migrator.hasBeenSuperseded(db) {
      throw RunFailure(
        .configuration, id: "ledger-newer", "the ledger '\(path)' was written by a newer version of Billfold; use that one, or a later one")
    }
  }

  /// Looks at a ledger before it is used.
  ///
  /// - Returns: Whose it is.
  private static func examine(_ db: Database, _ path: String) throws -> String {
    try recognise(db, path)
    // From its first read on no writer commits: before it, another one may have made the file longer.
    guard let size = try Folder.status(path, in: OpenFile.currentFolder)?.size else { throw LedgerFailure.missing(path) }
    guard try LedgerSchema.migrator.hasCompletedMigrations(db) else {
      throw RunFailure(
        .configuration, id: "ledger-older",
        "the ledger '\(path)' was written by an older version of Billfold; the next 'ledger import' or 'release' brings it to this one")
    }
    let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    let page = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
    guard pages * page <= size else { throw LedgerFailure.Damage("it has \(size) bytes and should have \(pages * page)") }
    guard try LedgerSchema.declarations(db) == LedgerSchema.ownDeclarations() else {
      throw LedgerFailure.Damage("its tables are not those of a ledger")
    }
    if size <= lookedThrough {
      let result = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
      if result != "ok" {
        throw LedgerFailure.Damage(result.split(separator: "\n").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "")
      }
    }
    guard let company = try String.fetchOne(db, sql: "SELECT value FROM fact WHERE key = 'company'") else {
      throw LedgerFailure.Damage("it does not say whose it is")
    }
    return company
  }

  /// Makes sure that it is a company's.
  ///
  /// - Throws: 78 where it is another's.
  func require(company other: String) throws(RunFailure) {
    guard company.utf8.elementsEqual(other.utf8) else {
      throw RunFailure(
        .configuration, id: "ledger-other-company", "the ledger '\(path)' is that of '\(company)', and the campaign that of '\(other)'")
    }
  }

  // MARK: Using

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(RunFailure) -> Value {
    do { return try queue.read(body) } catch { throw LedgerFailure.explain(error, path) }
  }

  /// Writes in one transaction, which begins as a writer's: of two one waits, or gives up with 75.
  ///
  /// - Parameter body: Whether to keep what it did.
  func write(_ body: (Database) throws -> Bool) throws(RunFailure) {
    do {
      try queue.inDatabase { db in
        try db.inTransaction(.immediate) { try body(db) ? .commit : .rollback }
      }
    } catch {
      throw LedgerFailure.explain(error, path)
    }
  }

  /// Counts a change, for those who have read before it: see ``LedgerReading/changes(besides:)``.
  static func noteChange(_ db: Database, cycle: String) throws {
    try db.execute(
      sql: "INSERT INTO change (cycle, number) VALUES (?, 1) ON CONFLICT (cycle) DO UPDATE SET number = number + 1", arguments: [cycle])
  }
}
