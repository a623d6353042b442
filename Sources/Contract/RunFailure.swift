public import Diagnostics

/// Why a command ends before its work is done: the exit code and what to tell the operator.
public struct RunFailure: Error, Sendable {
  /// How the program ends.
  public var code: ExitCode
  /// What the operator is told.
  public var diagnostics: [Diagnostic]

  /// Makes a failure with one finding.
  public init(_ code: ExitCode, id: String, _ message: String, place: DataPlace? = nil) {
    self.code = code
    diagnostics = [Diagnostic(id: id, message, place: place)]
  }

  /// Makes a failure of findings.
  public init(_ code: ExitCode, _ diagnostics: [Diagnostic]) { (self.code, self.diagnostics) = (code, diagnostics) }
}
