internal import Contract
internal import Diagnostics
internal import Files
internal import GRDB
internal import Glibc

extension RunFailure {
  /// `what` could not be written.
  static func output(_ error: SystemError, _ what: String) -> RunFailure {
    let why = error.number == ELOOP ? "a symbolic link stands there or on the way, which is not followed" : error.text
    return RunFailure(.output, id: "output-unwritable", "cannot write \(what): \(why)")
  }

  /// What any error means for the run.
  static func explain(_ error: any Error) -> RunFailure {
    switch error {
    case let failure as RunFailure: return failure
    case let damage as JournalDamage: return damage.failure
    case let failure as DatabaseError: return explain(failure)
    case let error as SystemError: return RunFailure(.defect, id: "defect", "the operating system refused: \(error.text)")
    default: return RunFailure(.defect, id: "defect", "an unexpected error: \(error)")
    }
  }

  private static func explain(_ error: DatabaseError) -> RunFailure {
    if let damage = JournalDamage(error, isOpening: false) { return damage.failure }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return RunFailure(.output, id: "output-unwritable", "cannot write the journal: \(error.message ?? "unknown error")")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return RunFailure(.locked, id: "output-locked", "another process has the journal of the output folder open; wait until it has ended")
    default: return RunFailure(.defect, id: "defect", "the journal refused: \(error.message ?? "unknown error")")
    }
  }
}
