public import Diagnostics

/// Why a worker could not make its renderer, although the same layout was found good before.
public struct WorkerStartFailure: Error, Sendable {
  /// What follows for the run.
  public enum Cause: String, Sendable, CaseIterable {
    /// Layout, campaign, fonts or key are no longer those the run began with: exit code 66.
    case inputsChanged = "inputs-changed"
    /// Anything else: a defect, exit code 70.
    case defect
  }

  /// What follows for the run.
  public var cause: Cause
  /// What the operator is told.
  public var diagnostics: [Diagnostic]

  /// Makes a failure.
  public init(_ cause: Cause, _ diagnostics: [Diagnostic]) { (self.cause, self.diagnostics) = (cause, diagnostics) }
}

extension WorkerStartFailure: Fielded {
  package static var blank: WorkerStartFailure { WorkerStartFailure(.defect, []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("cause", &cause)
      try walker.field("diagnostics", &diagnostics)
    }
  }
}

extension WorkerStartFailure.Cause: FieldedWord {}
