internal import Billing
internal import CLinux
internal import Contract
internal import Files
internal import Foundation
internal import GRDB

/// What a run's sends have done so far: an entry before each message and one after it, `OUT/.send`.
///
/// One SQLite file, mode 0600, locked while one has it open. It belongs to one manifest. An entry that is made survives a loss of power.
final class SendJournal {
  static let name = ".send"
  /// All files that it leaves in the output folder.
  static let files: Set<String> = [name, name + "-journal"]
  /// Marks the file (`PRAGMA application_id`): "BFSD".
  private static let application: Int32 = 0x4246_5344
  /// Changes whenever one of an older program could not be continued.
  private static let format = "1"

  private let queue: DatabaseQueue
  private let folder: FinishedFolder

  /// Takes hold of the one in a folder, which stays locked until the process ends.
  ///
  /// - Parameters:
  ///   - manifest: The digest of the manifest it is to belong to.
  ///   - isDry: Whether it is only read, and not made where there is none.
  /// - Returns: `nil` where there is none and none is to be made.
  /// - Throws: ``RunFailure``: 75 where another process has it, 73 where it belongs to another manifest or is damaged, 74 where it cannot be written.
  init?(of folder: FinishedFolder, manifest: String, isDry: Bool) throws {
    self.folder = folder
    let descriptor = folder.folder.descriptor
    do throws(SystemError) {
      let known = try Folder.status(Self.name, in: descriptor)
      if known == nil, isDry { return nil }
      if let known, !known.isRegular || known.names != 1 { throw SystemError(known.isLink ? ELOOP : EEXIST) }
      // Appending: nothing of it is lost. SQLite's own locks would go with any descriptor of the file that is closed, so that this one never is.
      let file = try OpenFile(writing: Self.name, in: descriptor, appending: true)
      let held = try file.status()
      let lock = file.release()
      let result = bf_lock(lock)
      try SystemError.check(result)
      guard let now = try Folder.status(Self.name, in: descriptor), (now.device, now.inode) == (held.device, held.inode) else {
        throw SystemError(EWOULDBLOCK)
      }
    } catch {
      if error.number == EWOULDBLOCK {
        throw RunFailure(
          .locked, id: "send-locked", "another process sends from the output folder '\(folder.path)'; wait until it has ended")
      }
      throw RunFailure.output(error, "'\(folder.path)/\(Self.name)'")
    }
    // By the folder that is open here, whatever becomes of its name.
    do {
      queue = try Self.connect("/proc/self/fd/\(descriptor)/\(Self.name)")
      queue.keepForGood()
      guard try Self.settle(queue, manifest: manifest, isDry: isDry) else { return nil }
    } catch {
      throw Self.explain(error, folder)
    }
  }

  private static func connect(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cache_size = -4096")
      // What was committed survives a loss of power, the going of SQLite's own journal included.
      try db.execute(sql: "PRAGMA synchronous = EXTRA")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Makes the tables of a new one, looks through one that is there, and takes what was being sent for unknown.
  ///
  /// - Returns: Whether there is one: a dry send makes none.
  private static func settle(_ queue: DatabaseQueue, manifest: String, isDry: Bool) throws -> Bool {
    let isNew = try queue.read { db in try declarations(db).isEmpty }
    if isNew, isDry { return false }
    if isNew {
      try queue.write { db in
        try makeTables(db)
        let insert = try RowInsertion<FactRow>(db)
        try insert(FactRow(key: "format", value: format))
        try insert(FactRow(key: "manifest", value: manifest))
      }
    }
    let fresh = try DatabaseQueue()
    defer { try? fresh.close() }
    fresh.keepForGood()
    try fresh.write { db in try makeTables(db) }
    let expected = try fresh.read { db in try declarations(db) }
    try queue.read { db in
      guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == application, try declarations(db) == expected else {
        throw JournalDamage("its tables are not those of a journal")
      }
      let result = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
      if result != "ok" { throw JournalDamage(result.split(separator: "\n").last.map(String.init) ?? "") }
      func fact(_ key: String) throws -> String? {
        try FactRow.fetchOne(db, sql: "SELECT \(FactRow.columns) FROM fact WHERE key = ?", arguments: [key])?.value
      }
      guard try fact("format") == format else {
        throw RunFailure(
          .otherRun, id: "send-other-manifest", "another version of Billfold began to send this run; send the rest with that one")
      }
      guard try fact("manifest") == manifest else {
        throw RunFailure(
          .otherRun, id: "send-other-manifest",
          "the folder's '\(name)' says what was sent of another manifest than '\(OutputFolder.manifestName)'; put the one back that was sent"
        )
      }
    }
    if isDry { return true }
    try queue.write { db in
      try db.execute(
        sql: "UPDATE message SET state = ?, words = ? WHERE state = ?",
        arguments: [SendRow.State.unknown.rawValue, SendRow.interrupted, SendRow.State.begun.rawValue])
      // What was deferred by an earlier send is tried anew, as often as anything else.
      try db.execute(
        sql: "UPDATE message SET state = CASE doubtful WHEN 0 THEN ? ELSE ? END, tries = 0 WHERE state = ?",
        arguments: [SendRow.State.untried.rawValue, SendRow.State.unknown.rawValue, SendRow.State.deferred.rawValue])
    }
    return true
  }

  private static func makeTables(_ db: Database) throws {
    try db.execute(sql: FactRow.table + SendRow.table)
    try db.execute(sql: "PRAGMA application_id = \(application)")
  }

  private static func declarations(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
  }

  // MARK: Rows

  /// What is known of a message; `nil`: nothing, it was never begun. Complexity: one search.
  func row(of identity: RecordIdentity, copy: Int) throws -> SendRow? {
    try using { db in
      try SendRow.fetchOne(
        db.cachedStatement(
          sql: "SELECT \(SendRow.columns) FROM message WHERE account = ? AND invoice = ? AND series = ? AND copy = ?"),
        arguments: [identity.account.databaseValue, identity.invoice.databaseValue, identity.series.databaseValue, copy.databaseValue])
    }
  }

  /// Stores what is known of a message; it is on the disk when this returns.
  ///
  /// - Parameter written: Another message which the ledger has by now.
  func store(_ row: SendRow, written: SendRow? = nil) throws {
    try using { db in
      try db.inTransaction(.immediate) {
        for row in [written, row].compactMap(\.self) {
          try db.cachedStatement(sql: SendRow.insert("INSERT OR REPLACE")).execute(arguments: StatementArguments(row.values))
        }
        return .commit
      }
    }
  }

  /// Whether there are accepted messages that the ledger does not have.
  func hasUnwritten() throws -> Bool {
    try using { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM message WHERE state = ? AND written = 0)", arguments: [SendRow.State.accepted.rawValue])
        ?? false
    }
  }

  /// Walks the messages of one state, by account and invoice. Nothing may be stored meanwhile.
  func forEach(_ state: SendRow.State, _ body: (SendRow) throws -> Void) throws {
    try using { db in
      let rows = try SendRow.fetchCursor(
        db, sql: "SELECT \(SendRow.columns) FROM message WHERE state = ? ORDER BY account, invoice, series, copy",
        arguments: [state.rawValue])
      while let row = try rows.next() { try body(row) }
    }
  }

  private func using<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try queue.inDatabase(body) } catch { throw Self.explain(error, folder) }
  }

  private static func explain(_ error: any Error, _ folder: FinishedFolder) -> any Error {
    func damaged(_ what: String) -> RunFailure {
      RunFailure(
        .otherRun, id: "send-damaged",
        "'\(folder.path)/\(name)', which says what was sent, is damaged: \(what); put the last good copy of it back, or nobody knows who has had a message"
      )
    }
    if let damage = error as? JournalDamage { return damaged(damage.what) }
    guard let error = error as? DatabaseError else { return error }
    if let damage = JournalDamage(error, isOpening: false) { return damaged(damage.what) }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return RunFailure(.output, id: "output-unwritable", "cannot write '\(folder.path)/\(name)': \(error.message ?? "unknown error")")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return RunFailure(.locked, id: "send-locked", "another process has '\(folder.path)/\(name)' open; wait until it has ended")
    default: return error
    }
  }
}
