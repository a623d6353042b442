public import Diagnostics

/// What a worker's factory gets to make its renderer of.
public struct WorkerJob: Sendable, Hashable {
  public var options: JobOptions
  /// The cycle, resolved: `--cycle` or the first digits of the data digest.
  public var cycle: String
  /// ``PreparedRun/payload``.
  public var payload: [UInt8]

  /// Makes a job.
  public init(options: JobOptions, cycle: String, payload: [UInt8]) {
    (self.options, self.cycle, self.payload) = (options, cycle, payload)
  }
}

/// Why a worker could not make its renderer, although the same layout was found good before.
public struct WorkerStartFailure: Error, Sendable {
  /// What follows for the run.
  public enum Cause: UInt8, Sendable {
    /// Layout, campaign, fonts or key are no longer those the run began with: exit code 66.
    case inputsChanged = 1
    /// Anything else: a defect, exit code 70.
    case defect = 2
  }

  public var cause: Cause
  public var diagnostics: [Diagnostic]

  /// Makes a failure.
  public init(_ cause: Cause, _ diagnostics: [Diagnostic]) { (self.cause, self.diagnostics) = (cause, diagnostics) }
}

/// Makes the renderer of one worker.
public typealias RendererFactory = (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer
