internal import Diagnostics
internal import GRDB

/// Why a run ends before all records are accounted for: the exit code and what to tell the operator.
struct RunFailure: Error {
  var code: ExitCode
  var diagnostics: [Diagnostic]

  init(_ code: ExitCode, id: String, _ message: String, place: DataPlace? = nil) {
    self.code = code
    diagnostics = [Diagnostic(id: id, message, place: place)]
  }

  init(_ code: ExitCode, _ diagnostics: [Diagnostic]) { (self.code, self.diagnostics) = (code, diagnostics) }
}

extension RunFailure {
  /// `what` could not be written.
  static func output(_ error: SystemError, _ what: String) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write \(what): \(error.text)")
  }
}

extension RunFailure {
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
