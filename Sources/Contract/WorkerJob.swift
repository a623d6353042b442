/// What a worker's factory gets to make its renderer of.
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

extension WorkerJob: Fielded {
  package static var blank: WorkerJob { WorkerJob(options: .blank, payload: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("options", &options)
      try walker.field("payload", bytes: &payload)
    }
  }
}

/// Makes the renderer of one worker.
public typealias RendererFactory = (WorkerJob) throws(WorkerStartFailure) -> any BillRenderer
