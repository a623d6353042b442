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

  /// Why a run could not be prepared: its layout, campaign, fonts or key, or a process that could not be started to try them.
  public init(preparing error: DiagnosticList) {
    self.init(error.diagnostics.contains { $0.id == RunFailure.workerStart } ? .defect : .configuration, error.diagnostics)
  }

  /// The finding that says that a process cannot be started.
  public static let workerStart = "worker-start"

  /// Makes a failure of findings.
  public init(_ code: ExitCode, _ diagnostics: [Diagnostic]) { (self.code, self.diagnostics) = (code, diagnostics) }
}
