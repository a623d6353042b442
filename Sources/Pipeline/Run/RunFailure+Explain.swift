internal import Contract
internal import Diagnostics
internal import Files
internal import GRDB
internal import Glibc
internal import Reporting

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

extension Ending {
  /// How a command ends: with its code, by the signal that stopped it, or with the code of its failure, which is reported.
  ///
  /// - Parameter words: What is reported where a signal stopped it.
  init(of command: () throws -> ExitCode, _ reporter: Reporter, whenStopped words: String) {
    do {
      self = .code(try command())
    } catch let stopped as Stopped {
      reporter.report(Diagnostic(.warning, id: "stopped", words))
      self = .signal(stopped.signal)
    } catch {
      let failure = RunFailure.explain(error)
      reporter.report(failure.diagnostics)
      self = .code(failure.code)
    }
  }
}
