internal import Billing
internal import CLinux
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import WorkerLink

/// Hands records to workers and collects the results, in one loop of one thread.
///
/// A record whose worker ends is tried once more, alone, in a fresh worker; the other records that worker had are handed out again.
/// To be used by one thread that lives as long as the pool: the kernel ends workers with the thread that started them.
final class WorkerPool {
  /// What comes back for a record.
  enum Delivery {
    /// A worker's answer.
    case outcome(Outcome)
    /// It has cost two workers, which is its fault.
    case lost(RecordFault)
  }

  /// So many records each worker has at hand: one to work on and one to go on with.
  private static let depth = 2
  /// Behind a record of so many bytes no second one waits: giant records would fill the parent's memory.
  ///
  /// - Stops: giant records waiting side by side in the parent.
  private static let large = 4 << 20
  /// So many workers may end before they are ready, one after the other.
  ///
  /// - Stops: starting workers for ever on a broken machine.
  private static let startsAllowed = 3
  /// So many of them may be killed from outside, one after the other: that says nothing about whether they can start.
  ///
  /// - Stops: being started for ever by what kills them.
  private static let killsAllowed = 50
  /// Pause between two looks at the workers' time and memory, in nanoseconds: a worker that takes memory as fast as it can gets about
  /// 300 MB further in it.
  private static let watchPause: Int64 = 100_000_000

  private let job: WorkerJob
  private let faults: [TestFault]
  private let size: Int
  private let limits: WorkerLimits
  private let log: OpenFile
  /// Where workers and C libraries print: a message of a failed check may hold what stands in the record.
  private let nowhere: OpenFile
  private var workers: [Worker] = []
  private var suspects: [Worker.Errand] = []
  private var waiting: [Worker.Errand] = []
  private var (failedStarts, killedStarts) = (0, 0)
  private var lastWatch = bf_monotonic_nanoseconds()

  /// Makes a pool of at most `size` workers; none is started before there is a record for it.
  ///
  /// - Parameters:
  ///   - log: Gets a line for each worker that ended: the record's place, and why. Never what a worker prints, and nothing of a record.
  ///   - early: A worker that was started before, for the same options, faults and limits.
  /// - Throws: ``RunFailure`` where the system has no `/dev/null`.
  init(
    job: WorkerJob, faults: [TestFault], size: Int, limits: WorkerLimits, log: consuming OpenFile, early: EarlyWorker? = nil
  ) throws {
    (self.job, self.faults) = (job, faults)
    (self.size, self.limits) = (max(1, size), limits)
    self.log = log
    do throws(SystemError) { nowhere = try OpenFile.discarding() } catch {
      throw RunFailure.output(error, "'/dev/null'")
    }
    if let worker = early?.take() { workers.append(worker) }
  }

  deinit { kill() }

  /// Whether a further record could be handed out at once.
  var hasRoom: Bool { suspects.isEmpty && waiting.isEmpty && (workers.count < size || workers.contains(where: WorkerPool.hasRoom)) }

  /// Whether no record is under way.
  var isIdle: Bool { suspects.isEmpty && waiting.isEmpty && workers.allSatisfy(\.errands.isEmpty) }

  private static func hasRoom(_ worker: Worker) -> Bool {
    !worker.isAlone && worker.errands.count < depth && worker.sentence == nil
      && worker.errands.allSatisfy { $0.record.bytes.count < large }
  }

  /// Hands out a record.
  func submit(_ record: RecordInput) throws {
    waiting.append(Worker.Errand(record))
    try assign()
  }

  private func assign() throws {
    while !suspects.isEmpty, workers.count < size {
      let worker = try start()
      worker.isAlone = true
      worker.give(suspects.removeFirst())
    }
    while !waiting.isEmpty {
      let worker: Worker
      if let idle = workers.first(where: { $0.errands.isEmpty && WorkerPool.hasRoom($0) }) {
        worker = idle
      } else if workers.count < size {
        worker = try start()
      } else if let least = workers.filter(WorkerPool.hasRoom).min(by: { $0.errands.count < $1.errands.count }) {
        worker = least
      } else {
        return
      }
      worker.give(waiting.removeFirst())
    }
  }

  private func start() throws -> Worker {
    do throws(SystemError) {
      let worker = try Worker(log: nowhere)
      worker.order(job.options, faults: faults, limits)
      workers.append(worker)
      return worker
    } catch {
      throw RunFailure(.defect, id: "worker-start", "cannot start a worker: \(error.text)")
    }
  }

  /// Waits until something happens, at most `milliseconds`, and delivers what has come.
  ///
  /// - Parameter others: Further descriptors to wait for.
  /// - Returns: For each of `others`, whether it can be read.
  func step(_ milliseconds: Int32, others: [Int32], deliver: (RecordInput, Delivery) throws -> Void) throws -> [Bool] {
    var polled: [pollfd] = []
    polled.reserveCapacity(others.count + 2 * workers.count)
    for descriptor in others { polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
    for worker in workers {
      polled.append(pollfd(fd: worker.child.receiving, events: Int16(POLLIN), revents: 0))
      // A negative descriptor is passed over.
      polled.append(pollfd(fd: worker.child.sending, events: Int16(POLLOUT), revents: 0))
    }
    let count = poll(&polled, nfds_t(polled.count), milliseconds)
    if count < 0, errno != EINTR { throw RunFailure(.defect, id: "poll", "cannot wait for the workers: \(SystemError(errno).text)") }
    if count > 0 {
      for (index, worker) in workers.enumerated() {
        if polled[others.count + 2 * index + 1].revents != 0 { worker.child.send() }
        if polled[others.count + 2 * index].revents != 0 { try collect(worker, deliver) }
      }
    }
    watch()
    try assign()
    return polled[..<others.count].map { count > 0 && $0.revents != 0 }
  }

  private func collect(_ worker: Worker, _ deliver: (RecordInput, Delivery) throws -> Void) throws {
    let isOpen = worker.receive()
    do {
      while let frame = try worker.child.buffer.next() { try handle(frame.kind, frame.fields, worker, deliver) }
    } catch is FieldFailure {
      note("a worker sent what is no frame")
      worker.end(.malformed)
    }
    if !isOpen { try bury(worker, deliver) }
  }

  private func handle(
    _ kind: Frame.Kind, _ fields: UnsafeRawBufferPointer, _ worker: Worker, _ deliver: (RecordInput, Delivery) throws -> Void
  ) throws {
    switch kind {
    case .ready where !worker.isReady:
      var reader = FrameReader(fields)
      guard reader.rest().elementsEqual(job.payload) else {
        throw RunFailure(
          .data, id: "inputs-changed",
          "layout, campaign, rules, fonts or key have changed since the \(job.options.isPlan ? "command" : "run") began")
      }
      (failedStarts, killedStarts) = (0, 0)
      worker.becameReady()
    case .failed where !worker.isReady:
      let failure = try FrameReader.value(WorkerStartFailure.self, of: fields)
      throw RunFailure(failure.cause == .inputsChanged ? .data : .defect, failure.diagnostics)
    case .outcome where worker.isReady:
      var reader = FrameReader(fields)
      let (ticket, outcome) = (try reader.next(Int.self), try reader.next(Outcome.self))
      try reader.finish()
      guard let errand = worker.finishFirst(ticket: ticket) else { throw FieldFailure.malformed }
      try deliver(errand.record, .outcome(outcome))
    default: throw FieldFailure.malformed
    }
  }

  /// Takes leave of a worker that has ended, and sees to its records.
  private func bury(_ worker: Worker, _ deliver: (RecordInput, Delivery) throws -> Void) throws {
    workers.removeAll { $0 === worker }
    let loss = worker.reap(limits)
    var errands = worker.errands
    guard worker.isReady else {
      if loss.cause == .killed { killedStarts += 1 } else { failedStarts += 1 }
      note("a worker ended before it was ready: \(loss.note)")
      guard failedStarts < WorkerPool.startsAllowed, killedStarts < WorkerPool.killsAllowed else {
        throw RunFailure(.defect, id: "worker-start", "workers end before they are ready (\(loss.note))")
      }
      if worker.isAlone { suspects += errands } else { waiting = errands + waiting }
      return
    }
    guard !errands.isEmpty else { return }
    let suspect = errands.removeFirst()
    waiting = errands + waiting
    note("\(suspect.record.file):\(suspect.record.number): time \(suspect.loss == nil ? 1 : 2): \(loss.note)")
    guard let first = suspect.loss else {
      suspect.loss = loss
      return suspects.append(suspect)
    }
    try deliver(suspect.record, .lost(loss.fault(limits, after: first)))
  }

  private func watch() {
    let now = bf_monotonic_nanoseconds()
    guard now - lastWatch >= WorkerPool.watchPause else { return }
    // While this process was stopped itself, its workers could not be expected to get on.
    let elapsed = min(now - lastWatch, 10 * WorkerPool.watchPause)
    lastWatch = now
    for worker in workers { worker.watch(limits, elapsed: elapsed) }
  }

  private func note(_ text: String) { try? log.write(Array("billfold: \(text)\n".utf8)) }

  /// Ends all workers and drops what they had.
  func kill() {
    for worker in workers { worker.child.kill() }
    for worker in workers { _ = worker.reap(limits) }
    (workers, suspects, waiting) = ([], [], [])
  }
}
