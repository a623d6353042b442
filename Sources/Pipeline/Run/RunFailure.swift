internal import CSystem
internal import Diagnostics

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

/// A refusal of the operating system.
struct SystemError: Error, Hashable {
  /// The errno, positive.
  var number: Int32

  init(_ number: Int32) { self.number = number }

  /// Throws what a function of `CSystem` returned if it is negative; gives it back otherwise.
  @discardableResult
  static func check(_ result: Int32) throws(SystemError) -> Int32 {
    if result < 0 { throw SystemError(-result) }
    return result
  }

  /// What is wrong, in English whatever the locale, beginning in lower case.
  var text: String {
    let text = String(cString: bf_error_text(number))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// The signal that ends the run; thrown from wherever it is noticed.
struct Stopped: Error {
  var signal: Int32
}

extension RunFailure {
  /// `what` could not be written.
  static func output(_ error: SystemError, _ what: String) -> RunFailure {
    RunFailure(.output, id: "output-unwritable", "cannot write \(what): \(error.text)")
  }
}
