/// What a worker's factory gets to make its renderer of.
public struct WorkerJob: Sendable, Hashable {
  /// What decides how the bills look.
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

/// Makes the renderer of one worker.
public typealias RendererFactory = (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer
