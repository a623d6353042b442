internal import Contract
internal import Diagnostics
internal import Files
internal import GRDB

extension RunFailure {
  /// `what` could not be written.
  static func output(_ error: SystemError, _ what: String) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write \(what): \(error.text)")
  }

  /// What any error means for the run.
  static func explain(_ error: any Error) -> RunFailure {
    switch error {
    case let failure as RunFailure: return failure
    case let failure as DatabaseError: return explain(failure)
    case let error as SystemError: return RunFailure(.defect, id: "defect", "the operating system refused: \(error.text)")
    default: return RunFailure(.defect, id: "defect", "an unexpected error: \(error)")
    }
  }

  private static func explain(_ error: DatabaseError) -> RunFailure {
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return RunFailure(.output, id: "output-unwritable", "cannot write the journal: \(error.message ?? "unknown error")")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return RunFailure(
        .output, id: "journal-damaged",
        "the journal in the output folder is damaged (\(error.message ?? "unknown error")); remove its folder '\(OutputFolder.workName)' and run again"
      )
    default: return RunFailure(.defect, id: "defect", "the journal refused: \(error.message ?? "unknown error")")
    }
  }
}
