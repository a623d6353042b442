public import Diagnostics

/// Why a worker could not make its renderer, although the same layout was found good before.
public struct WorkerStartFailure: Error, Sendable {
  /// What follows for the run.
  public enum Cause: UInt8, Sendable {
    /// Layout, campaign, fonts or key are no longer those the run began with: exit code 66.
    case inputsChanged = 1
    /// Anything else: a defect, exit code 70.
    case defect = 2
  }

  /// What follows for the run.
  public var cause: Cause
  /// What the operator is told: ids and messages, places are lost on the way.
  public var diagnostics: [Diagnostic]

  /// Makes a failure.
  public init(_ cause: Cause, _ diagnostics: [Diagnostic]) { (self.cause, self.diagnostics) = (cause, diagnostics) }
}
