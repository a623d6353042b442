internal import Contract
package import Diagnostics
internal import WorkerLink

/// A reader that ended before it had read what it was asked for.
struct ReaderLoss: Sendable, Hashable {
  /// What is known of the reason.
  enum Cause: Sendable, Hashable {
    case crashed(signal: Int32)
    /// Somebody else has ended it.
    case killed(signal: Int32)
    case timedOut
    /// It neither worked nor answered.
    case idle
    case outOfMemory
    /// It has sent what no reader sends.
    case nonsense
    /// It has never been ready: the file cannot be the reason, and is none of the losses it costs.
    case unready
  }

  var cause: Cause
  let limits: WorkerLimits

  init(_ cause: Cause, _ limits: WorkerLimits) { (self.cause, self.limits) = (cause, limits) }

  /// How many readers one step of a file may cost, one after the other. What kills from outside does not mean the file.
  var allowed: Int {
    switch cause {
    case .killed: 5
    default: 2
    }
  }

  /// The reject's code.
  var code: RecordFault.Code {
    switch cause {
    case .timedOut, .idle: .timedOut
    case .outOfMemory: .outOfMemory
    case .crashed, .killed, .nonsense, .unready: .crashed
    }
  }

  /// The reject in place of what was to be read.
  ///
  /// - Parameters:
  ///   - subject: `the file`, `the entry 'x.xml'`.
  ///   - losses: How many readers it has cost.
  func fault(_ subject: String, losses: Int) -> RecordFault {
    let times = losses == 2 ? "twice" : "\(losses) times"
    let message =
      switch cause {
      case .crashed(let signal): "reading \(subject) crashed the process that did\(signal > 0 ? " (signal \(signal))" : "")"
      case .killed(let signal): "the process that was reading \(subject) was killed from outside (signal \(signal))"
      case .timedOut: "reading \(subject) took more than the \(limits.recordSeconds) seconds allowed"
      case .idle: "the process that was reading \(subject) neither worked nor answered for \(limits.idleSeconds) seconds"
      case .outOfMemory: "reading \(subject) took more than the \(limits.memory) MiB of memory allowed"
      case .nonsense: "the process that was reading \(subject) sent what it never should"
      case .unready: "the process that was to read \(subject) ended before it began"
      }
    return RecordFault(code, "\(message), \(times)", path: "/")
  }
}

extension ReaderLoss.Cause {
  /// Signals that only come from outside: SIGKILL and SIGTERM; the kernel sends the first of them, too, when memory runs out.
  private static let foreign: Set<Int32> = [9, 15]

  init(_ ending: Child.Ending, _ limits: WorkerLimits) {
    // Nearly all of the memory it may have: what it was refused ended it.
    if ending.peakBytes >= (Int64(limits.memory) << 20) / 10 * 9 {
      self = .outOfMemory
    } else {
      self = Self.foreign.contains(ending.signal) ? .killed(signal: ending.signal) : .crashed(signal: ending.signal)
    }
  }
}

/// Something of a file that no reader survives: it is a reject wherever it comes.
package struct LostReading: Sendable, Hashable {
  /// The step, and how many of its records were read before.
  package var cut: ReadingCut
  /// Whether nothing behind it in the file can be read.
  package var endsFile: Bool
  /// ``SourceRecord/entry``.
  package var entry: String?
  package var fault: RecordFault

  package init(cut: ReadingCut, endsFile: Bool, entry: String?, fault: RecordFault) {
    (self.cut, self.endsFile, self.entry, self.fault) = (cut, endsFile, entry, fault)
  }
}

/// What an earlier pass over a file found out, by which a later one numbers its records alike.
package struct ReadingNotes {
  /// What it has lost, in the order of the file.
  package var lost: [LostReading]
  /// How many records it found at a step, or below it where that is an archive; 1 where it said nothing of it.
  package var count: (_ step: Int) throws(SourceFailure) -> Int

  package init(lost: [LostReading] = [], count: @escaping (_ step: Int) throws(SourceFailure) -> Int = { _ in 1 }) {
    (self.lost, self.count) = (lost, count)
  }
}

/// How many records a step gave, where that is not one. An archive counts what lies below it, a file (step 0) all its records.
package struct ReadingCount: Sendable, Hashable {
  package var step: Int
  package var records: Int

  package init(step: Int, records: Int) { (self.step, self.records) = (step, records) }
}
