public import Contract
internal import Diagnostics
internal import Files
internal import GRDB
internal import Glibc

/// Does `ledger create`.
public enum LedgerCreation {
  /// Makes an empty ledger: it is there whole, or not at all.
  ///
  /// - Throws: ``RunFailure``: 73 where something is there, 74 where it cannot be made, 64 for a name that is none.
  public static func create(_ path: String, company: String) throws(RunFailure) {
    let length = company.unicodeScalars.count
    guard (1...LedgerConnection.maximumCompany).contains(length), LedgerText.isPlain(company) else {
      throw RunFailure(
        .usage, id: "bad-company",
        "the company's name must have 1 to \(LedgerConnection.maximumCompany) characters and no control characters")
    }
    let (folderPath, name) = LedgerText.split(path)
    let temporary = name + ".new"
    do throws(any Error) {
      let folder = try OpenFile(folder: folderPath)
      guard try Folder.status(name, in: folder.descriptor) == nil else { throw exists(path) }
      for ending in ["", "-journal"] { try Folder.remove(temporary + ending, in: folder.descriptor) }
      // Made first, so that it is its owner's alone from the first byte on.
      _ = try OpenFile(making: temporary, in: folder.descriptor)
      do {
        try fill(folderPath + "/" + temporary, company)
        try Folder.move(temporary, in: folder.descriptor, toNew: name, in: folder.descriptor)
        try folder.sync()
      } catch {
        _ = try? Folder.remove(temporary, in: folder.descriptor)
        throw error
      }
    } catch let error as SystemError {
      if error.number == EEXIST { throw exists(path) }
      throw RunFailure(.output, id: "ledger-unwritable", "cannot make the ledger '\(path)': \(error.text)")
    } catch {
      throw LedgerFailure.explain(error, path)
    }
  }

  private static func exists(_ path: String) -> RunFailure {
    RunFailure(.otherRun, id: "ledger-exists", "'\(path)' is there already; a ledger is made once and kept")
  }

  private static func fill(_ path: String, _ company: String) throws {
    let queue = try DatabaseQueue(path: path)
    _ = Unmanaged.passRetained(queue)
    defer { try? queue.close() }
    try LedgerSchema.migrator.migrate(queue)
    try queue.write { db in try db.execute(sql: "INSERT INTO fact (key, value) VALUES ('company', ?)", arguments: [company]) }
    try queue.close()
  }
}
