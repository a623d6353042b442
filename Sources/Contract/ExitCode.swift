/// How the program ends. Other programs act on these numbers: they are a contract.
public enum ExitCode: Int32, Sendable, CaseIterable {
  /// All well.
  case success = 0
  /// `verify`, `release`, `send`, `token verify`, `check --strict` or a baseline found something.
  case found = 1
  /// Wrong usage of the command line.
  case usage = 64
  /// Some records, rows of events or e-mails were rejected, or an account named with `--only` was never met; everything else was written or sent.
  case rejects = 65
  /// Data or an `@FILE` cannot be read, or the data vanished or changed while the run read them.
  case data = 66
  /// Stopped by a limit, or a mail server cannot be reached, trusted or logged in to.
  case limit = 69
  /// A defect of the program itself.
  case defect = 70
  /// The output folder holds another run, or one whose journal is damaged, is not empty and not Billfold's, or was taken away under the run; to
  /// `verify`, `release` and `send`, no finished run, or another than its inputs'; something has the name of a ledger that is to be made.
  case otherRun = 73
  /// The output cannot be made or written.
  case output = 74
  /// Another process holds the output folder or the ledger, or may do so since the lock was removed under the run.
  case locked = 75
  /// Layout, campaign, fonts, key, rules of law or ledger are unreadable or faulty.
  case configuration = 78
}

/// How a command ended: by a code, or by a signal that the process must now end itself with.
public enum Ending: Sendable, Hashable {
  case code(ExitCode)
  case signal(Int32)
}
