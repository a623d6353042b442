public import Billing

extension RecordFault.Code {
  /// Account and invoice are those of an earlier record.
  public static let duplicate: Self = "duplicate"
  /// Laying the record out ended its worker, twice.
  public static let crashed: Self = "crashed"
  /// Laying the record out took too long, twice.
  public static let timedOut: Self = "timed-out"
  /// Laying the record out took too much memory, twice.
  public static let outOfMemory: Self = "out-of-memory"
}

extension RecordFault {
  /// The fault of a record whose identity the record at `file`, line `number`, has already.
  static func duplicate(_ identity: RecordIdentity, _ file: String, _ number: Int) -> RecordFault {
    RecordFault(.duplicate, "account '\(identity.accountText)', invoice '\(identity.invoiceText)' is that of \(file):\(number) already")
  }
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
