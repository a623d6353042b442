/// What workers make bills by, and what they must have made their renderers of.
public struct WorkerJob: Sendable, Hashable {
  /// What decides how the bills look.
  public var options: JobOptions
  /// ``PreparedRun/payload``.
  public var payload: [UInt8]

  /// Makes a job.
  public init(options: JobOptions, payload: [UInt8]) {
    (self.options, self.payload) = (options, payload)
  }
}

/// What a worker's factory has made.
public struct MadeRenderer {
  /// Makes the worker's bills.
  public var renderer: any BillRenderer
  /// Tells what it was made of from everything else, as ``PreparedRun/payload`` does: a worker reads for itself, maybe before its parent, and the
  /// inputs must be the same.
  public var payload: [UInt8]

  /// Bundles both.
  public init(_ renderer: any BillRenderer, payload: [UInt8]) { (self.renderer, self.payload) = (renderer, payload) }
}

/// Makes the renderer of one worker.
public typealias RendererFactory = (JobOptions) throws(WorkerStartFailure) -> MadeRenderer
