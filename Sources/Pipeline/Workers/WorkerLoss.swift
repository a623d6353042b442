internal import Contract
internal import Diagnostics

/// What a record did to its worker.
enum WorkerLoss: Sendable {
  case crashed
  case timedOut
  case outOfMemory
}

extension WorkerLoss {
  /// The fault of a record that has cost two workers.
  func fault(_ limits: WorkerLimits) -> RecordFault {
    switch self {
    case .crashed: RecordFault(.crashed, "laying out this record crashed the worker, twice")
    case .timedOut: RecordFault(.timedOut, "laying out this record took more than the \(limits.recordSeconds) seconds allowed, twice")
    case .outOfMemory: RecordFault(.outOfMemory, "laying out this record took more than the \(limits.memory) MiB of memory allowed, twice")
    }
  }
}
