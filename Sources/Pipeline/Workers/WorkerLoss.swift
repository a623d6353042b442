internal import Contract
internal import Diagnostics

/// How a worker ended that had a record to lay out: what is known of it, and nothing that is only likely.
struct WorkerLoss: Sendable, Hashable {
  /// What ended it.
  enum Cause: Sendable, Hashable {
    /// This program, since the record took more processor time than allowed.
    case time
    /// This program, since the worker neither worked nor answered.
    case silence
    /// More memory than allowed, whoever ended it then.
    case memory
    /// A signal of its own, such as that of a failed check.
    case signal(Int32)
    /// SIGKILL that this program did not send: no process sends it to itself.
    case killed
    /// An exit nobody had asked for.
    case exit(code: Int32)
    /// This program, since the worker sent what is no answer.
    case malformed
    /// Something the system does not tell, since whoever started this program has it forget how children end.
    case unknown
  }

  var cause: Cause
  /// So many bytes of memory it had at most: the system counts what the parent had when it started the worker, too.
  var peakBytes: Int64 = 0

  /// Rejects that the next run of the same command tries once more: a machine short of memory or time is no fault of the record.
  static let codes: Set<String> = Set([RecordFault.Code.crashed, .timedOut, .outOfMemory].map(\.rawValue))
}

extension WorkerLoss {
  /// The fault of a record that has cost two workers, of which this one was the second.
  ///
  /// It has no figure that differs from run to run, but where somebody else has ended the worker: then memory is all there is to go by.
  func fault(_ limits: WorkerLimits, after first: WorkerLoss) -> RecordFault {
    let isSame = first.cause == cause
    let both = WorkerLoss(cause: cause, peakBytes: isSame ? max(peakBytes, first.peakBytes) : peakBytes)
    return RecordFault(
      cause.code, isSame ? "\(both.clause(limits)), twice" : "\(first.clause(limits)); tried again, \(clause(limits))")
  }

  /// What happened, as a clause.
  private func clause(_ limits: WorkerLimits) -> String {
    switch cause {
    case .time: "laying out this record took more than the \(limits.recordSeconds) seconds allowed"
    case .silence: "the worker that laid this record out neither worked nor answered for \(limits.idleSeconds) seconds"
    case .memory: "laying out this record took more than the \(limits.memory) MiB of memory allowed"
    case .signal(let number): "the worker that laid this record out ended itself by \(SignalName.words(number))"
    case .killed:
      "the worker that laid this record out was killed from outside (\(SignalName.words(9)), by someone or by a system short of memory) "
        + "with at most \(peakMebibytes) MiB in use"
    case .exit(let code): "the worker that laid this record out ended itself with exit code \(code)"
    case .malformed: "the worker that laid this record out sent what is no answer"
    case .unknown: "the worker that laid this record out ended, and the system does not tell how"
    }
  }

  /// For the log: what happened to one worker, with its memory.
  var note: String { "\(cause.code.rawValue): \(cause.words), at most \(peakMebibytes) MiB in use" }

  private var peakMebibytes: Int64 { (peakBytes + 1 << 20 - 1) >> 20 }
}

extension WorkerLoss.Cause {
  /// What the record is rejected with.
  var code: RecordFault.Code {
    switch self {
    case .time, .silence: .timedOut
    case .memory: .outOfMemory
    case .signal, .killed, .exit, .malformed, .unknown: .crashed
    }
  }

  fileprivate var words: String {
    switch self {
    case .time: "took too much time"
    case .silence: "neither worked nor answered"
    case .memory: "took too much memory"
    case .signal(let number): "ended by \(SignalName.words(number))"
    case .killed: "killed from outside, \(SignalName.words(9))"
    case .exit(let code): "exit code \(code)"
    case .malformed: "sent what is no answer"
    case .unknown: "ended, nobody knows how"
    }
  }
}
