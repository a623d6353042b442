internal import Contract
internal import Files
internal import Glibc
internal import Intake
internal import WorkerLink

/// The parent's side of one worker: its process and the records it has been given.
final class Worker {
  /// A record on its way through the workers.
  final class Errand {
    let record: RecordInput
    /// Its place as one integer, by which the worker's answer is recognised.
    let ticket: Int
    /// How the worker ended that it has cost.
    var loss: WorkerLoss?

    init(_ record: RecordInput) {
      self.record = record
      ticket = Int(RecordPlace(input: record.input, number: record.number).key)
    }
  }

  /// Seconds that making the renderer may take: the layout was found good before, so only a broken machine needs more.
  ///
  /// - Stops: a worker that never becomes ready.
  private static let startSeconds = 120

  let child: Child
  /// Has its renderer been made?
  var isReady = false
  /// Works on a suspected record and gets no other one meanwhile.
  var isAlone = false
  /// In the order given; the first is the one it works on.
  private(set) var errands: [Errand] = []
  /// Why the parent has killed it.
  private(set) var sentence: WorkerLoss.Cause?
  private var watch = ChildWatch()

  /// Starts a worker, which waits for its orders.
  init(log: borrowing OpenFile) throws(SystemError) { child = try Child(.cycle, log: log.descriptor) }

  /// Sends a worker its orders, once: it then makes its renderer.
  func order(_ options: JobOptions, faults: [TestFault], _ limits: WorkerLimits) {
    child.enqueue(FrameWriter.frame(.orders, WorkerOrders(options, faults: faults, memoryLimit: limits.memoryBackstop)))
  }

  func give(_ errand: Errand) {
    errands.append(errand)
    if errands.count == 1, isReady { watch.begin() }
    var frame = FrameWriter(.record, capacity: 256 + errand.record.bytes.count)
    frame.add(errand.ticket)
    frame.add(errand.record)
    child.enqueue(frame.finish())
  }

  /// Reads what has come; whether more may come.
  func receive() -> Bool {
    switch child.receive() {
    case .bytes:
      watch.heard()
      return true
    case .nothing: return true
    case .end: return false
    }
  }

  /// Notes that the renderer is made: the first record's time begins.
  func becameReady() {
    isReady = true
    watch.begin()
  }

  /// Takes the errand that was answered off the list; `nil` if the answer belongs to none.
  func finishFirst(ticket: Int) -> Errand? {
    guard let first = errands.first, first.ticket == ticket else { return nil }
    errands.removeFirst()
    isAlone = false
    watch.begin()
    return first
  }

  // MARK: Watching

  /// Ends the worker if its record costs too much. `elapsed` is the time since it was last asked, in nanoseconds.
  func watch(_ limits: WorkerLimits, elapsed: Int64) {
    guard sentence == nil, !isReady || !errands.isEmpty else { return }
    let bounds = ChildWatch.Limits(
      processorSeconds: isReady ? limits.recordSeconds : Worker.startSeconds,
      idleSeconds: isReady ? limits.idleSeconds : Worker.startSeconds, memory: Int64(limits.memory) << 20)
    switch watch.look(at: child, bounds, elapsed: elapsed) {
    case .time?: end(.time)
    case .silence?: end(.silence)
    case .memory?: end(.memory)
    case nil: break
    }
  }

  /// Kills the worker; its pipe then closes, after the results it had written already.
  func end(_ reason: WorkerLoss.Cause) {
    if sentence == nil { sentence = reason }
    child.kill()
  }

  /// Waits for the process and says why it ended.
  func reap(_ limits: WorkerLimits) -> WorkerLoss {
    let ending = child.end()
    let cause: WorkerLoss.Cause =
      if let sentence {
        sentence
      } else if certainPeak(ending) > Int64(limits.memory) << 20 {
        .memory
      } else if ending.signal == Worker.killed {
        .killed
      } else if ending.signal != 0 {
        .signal(ending.signal)
      } else if ending.peakBytes > 0 {
        .exit(code: ending.code)
      } else {
        // A process without any memory there never was.
        .unknown
      }
    return WorkerLoss(cause: cause, peakBytes: ending.peakBytes)
  }

  /// Bytes of memory the worker is known to have had: a new process's count begins with what its parent had at most until then.
  private func certainPeak(_ ending: Child.Ending) -> Int64 {
    ending.peakBytes > Worker.ownPeakBytes ? ending.peakBytes : watch.peakBytes
  }

  /// The most memory this process has had resident, in bytes.
  private static var ownPeakBytes: Int64 {
    var used = rusage()
    return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used) == 0 ? Int64(used.ru_maxrss) << 10 : .max
  }

  /// SIGKILL, which no program catches.
  private static let killed: Int32 = 9
}
