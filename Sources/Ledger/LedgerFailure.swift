internal import Contract
internal import Diagnostics
internal import Files
internal import GRDB

/// What keeps a command from using a ledger, in the words of the operator.
enum LedgerFailure {
  /// A row or file that is none that a ledger holds.
  struct Damage: Error {
    var what: String

    init(_ what: String) { self.what = what }
  }

  static func missing(_ path: String) -> RunFailure {
    RunFailure(.configuration, id: "ledger-missing", "there is no ledger '\(path)'; 'billfold ledger create' makes one")
  }

  static func link(_ path: String, _ what: String) -> RunFailure {
    RunFailure(.configuration, id: "ledger-link", "the ledger '\(path)' \(what); name the file itself")
  }

  static func unreadable(_ path: String, _ why: String) -> RunFailure {
    RunFailure(.configuration, id: "ledger-unreadable", "cannot open the ledger '\(path)': \(why)")
  }

  static func damaged(_ path: String, _ why: String) -> RunFailure {
    RunFailure(
      .configuration, id: "ledger-damaged", "the ledger '\(path)' is damaged: \(why); put the last good copy of it in its place")
  }

  static func locked(_ path: String) -> RunFailure {
    RunFailure(
      .locked, id: "ledger-locked",
      "another process has been using the ledger '\(path)' for more than \(LedgerConnection.patience) seconds; wait until it has ended")
  }

  static func unwritable(_ path: String, _ why: String) -> RunFailure {
    RunFailure(.output, id: "ledger-unwritable", "cannot write the ledger '\(path)': \(why); nothing was changed in it")
  }

  /// What any error means that came up while a ledger was used.
  static func explain(_ error: any Error, _ path: String) -> RunFailure {
    switch error {
    case let failure as RunFailure: return failure
    case let damage as Damage: return damaged(path, damage.what)
    case let error as SystemError: return unreadable(path, error.text)
    case let error as DatabaseError: return explain(error, path)
    default: return RunFailure(.defect, id: "defect", "an unexpected error: \(error)")
    }
  }

  private static func explain(_ error: DatabaseError, _ path: String) -> RunFailure {
    let reason = error.message ?? "unknown error"
    if error.extendedResultCode == .SQLITE_READONLY_ROLLBACK || error.extendedResultCode == .SQLITE_READONLY_RECOVERY {
      return RunFailure(
        .configuration, id: "ledger-unfinished",
        "the ledger '\(path)' holds what a killed command began to write, which can only be taken back by who may write there; give that command again"
      )
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return locked(path)
    case .SQLITE_NOTADB: return RunFailure(.configuration, id: "ledger-foreign", "'\(path)' is no ledger of Billfold's")
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_CONSTRAINT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_TOOBIG: return damaged(path, reason)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return unreadable(path, reason)
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY: return unwritable(path, reason)
    default: return RunFailure(.defect, id: "defect", "the ledger refused: \(reason)")
    }
  }
}
