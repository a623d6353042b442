/// Watches what a worker takes for one task, and says when that is too much.
package struct ChildWatch: Sendable {
  /// What a task may take; `nil` and 0 are no limit.
  package struct Limits: Sendable, Hashable {
    /// Seconds of the worker's processor time.
    package var processorSeconds: Int?
    /// Seconds by the clock.
    package var seconds: Int?
    /// Seconds by the clock in which the worker neither works nor answers.
    package var idleSeconds: Int?
    /// Bytes of resident memory.
    package var memory: Int64

    package init(processorSeconds: Int? = nil, seconds: Int? = nil, idleSeconds: Int? = nil, memory: Int64) {
      (self.processorSeconds, self.seconds, self.idleSeconds, self.memory) = (processorSeconds, seconds, idleSeconds, memory)
    }
  }

  /// What was too much.
  package enum Excess: Sendable, Hashable {
    /// Time at work.
    case time
    /// Time in which the worker neither worked nor answered.
    case silence
    case memory
  }

  /// Processor time of less than this between two looks is none, in nanoseconds: a waiting process wakes now and then.
  private static let stir: Int64 = 500_000

  /// Processor time at the first look at the task: asking the system at each beginning takes longer than a small task. `nil` until then.
  private var began: Int64?
  private var lastUsed: Int64 = 0
  /// Time in the task, and time in which nothing happened, in nanoseconds.
  private var (spent, idle): (Int64, Int64) = (0, 0)
  /// The most memory the worker had resident at any look, in bytes: it may have had more in between.
  package private(set) var peakBytes: Int64 = 0

  package init() {}

  /// A new task begins. Its processor time counts from the next look.
  package mutating func begin() { (began, spent, idle) = (nil, 0, 0) }

  /// The worker has answered something.
  package mutating func heard() { idle = 0 }

  /// Looks at the worker.
  ///
  /// - Parameter elapsed: Nanoseconds since the last look, without the time in which this process itself was stopped.
  /// - Returns: What is too much; `nil` if nothing is.
  package mutating func look(at child: Child, _ limits: Limits, elapsed: Int64) -> Excess? {
    spent += elapsed
    if let used = child.processorTime {
      idle = used - lastUsed > ChildWatch.stir ? 0 : idle + elapsed
      lastUsed = used
      let start = began ?? used
      began = start
      if let most = limits.processorSeconds, used - start > Int64(most) * 1_000_000_000 { return .time }
    }
    if let most = limits.seconds, spent > Int64(most) * 1_000_000_000 { return .time }
    if let most = limits.idleSeconds, idle > Int64(most) * 1_000_000_000 { return .silence }
    let resident = child.residentBytes
    peakBytes = max(peakBytes, resident)
    return resident > limits.memory ? .memory : nil
  }
}
