internal import CLinux
internal import Glibc

/// The parent's side of one worker: its process, its two pipes, and the records it has been given.
final class Worker {
  /// A record on its way through the workers.
  final class Errand {
    let record: RecordInput
    /// Its place as one integer, by which the worker's answer is recognised.
    let ticket: Int
    /// How many workers it has cost.
    var losses = 0

    init(_ record: RecordInput) {
      self.record = record
      ticket = Int(RecordPlace(input: record.input, number: record.number).key)
    }
  }

  /// Asked-for size of each pipe: a bill and its record fit, so that neither side has to wait for the other.
  private static let pipeCapacity: Int32 = 256 << 10

  /// Seconds that making the renderer may take: the layout was found good before, so only a broken machine needs more.
  private static let startSeconds = 120

  let process: Int32
  let input: OpenFile
  let output: OpenFile
  var buffer = MessageBuffer()
  /// Has its renderer been made?
  var isReady = false
  /// Works on a suspected record and gets no other one meanwhile.
  var isAlone = false
  /// In the order given; the first is the one it works on.
  private(set) var errands: [Errand] = []
  /// Why the parent has killed it.
  private(set) var sentence: WorkerLoss?

  private var unsent: ArraySlice<UInt8> = []
  /// Processor time when it began with the first of the errands (or itself).
  private var began: Int64 = 0
  private var lastUsed: Int64 = 0
  private var idle: Int64 = 0

  /// Starts a worker and sends it its orders.
  init(program: String, orders: [UInt8], log: borrowing OpenFile) throws(SystemError) {
    var (childInput, ourInput, ourOutput, childOutput): (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
    try SystemError.check(bf_pipe(&childInput, &ourInput, Worker.pipeCapacity))
    input = OpenFile(takingOwnership: ourInput)
    let childReads = OpenFile(takingOwnership: childInput)
    try SystemError.check(bf_pipe(&ourOutput, &childOutput, Worker.pipeCapacity))
    output = OpenFile(takingOwnership: ourOutput)
    let childWrites = OpenFile(takingOwnership: childOutput)
    try SystemError.check(bf_set_nonblocking(input.descriptor))
    try SystemError.check(bf_set_nonblocking(output.descriptor))
    process = try Worker.spawn(program, childReads.descriptor, childWrites.descriptor, log.descriptor)
    unsent = orders[...]
  }

  private static func spawn(_ program: String, _ input: Int32, _ output: Int32, _ log: Int32) throws(SystemError) -> Int32 {
    // A backtrace takes seconds, goes where nobody looks, and holds customers' data.
    let environment = Worker.environment(adding: "SWIFT_BACKTRACE=enable=no")
    let words: [String] = ["billfold", WorkerProcess.argument, String(getpid())]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer {
      for text in arguments { free(text) }
      for text in environment { free(text) }
    }
    var process: Int32 = 0
    try SystemError.check(bf_spawn(program, arguments, environment, input, output, log, &process))
    return process
  }

  private static func environment(adding entry: String) -> [UnsafeMutablePointer<CChar>?] {
    var result: [UnsafeMutablePointer<CChar>?] = []
    if var next = bf_environment() {
      while let text = next.pointee {
        if strncmp(text, "SWIFT_BACKTRACE=", 16) != 0 { result.append(strdup(text)) }
        next += 1
      }
    }
    return result + [strdup(entry), nil]
  }

  // MARK: Sending

  /// Whether bytes wait for the pipe to take them.
  var hasUnsent: Bool { !unsent.isEmpty }

  func give(_ errand: Errand) {
    errands.append(errand)
    if errands.count == 1, isReady { beginFirst() }
    let message = errand.record.message(ticket: errand.ticket)
    if unsent.isEmpty { unsent = message[...] } else { unsent += message }
    send()
  }

  /// Writes as much as the pipe takes. A broken pipe is noticed at the other end.
  func send() {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(input.descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno != EAGAIN { unsent = [] }
        return
      }
      unsent.removeFirst(count)
    }
    unsent = []
  }

  // MARK: Receiving

  /// Reads what has come; whether more may come.
  func receive() -> Bool {
    let room = buffer.room()
    while true {
      let count = read(output.descriptor, room.baseAddress, room.count)
      if count > 0 {
        buffer.filled(count)
        idle = 0
        return true
      }
      if count == 0 { return false }
      if errno == EAGAIN { return true }
      if errno != EINTR { return false }
    }
  }

  /// Notes that the renderer is made: the first record's time begins.
  func becameReady() {
    isReady = true
    beginFirst()
  }

  /// Takes the errand that was answered off the list; `nil` if the answer belongs to none.
  func finishFirst(ticket: Int) -> Errand? {
    guard let first = errands.first, first.ticket == ticket else { return nil }
    errands.removeFirst()
    isAlone = false
    beginFirst()
    return first
  }

  private func beginFirst() {
    idle = 0
    began = max(0, bf_processor_time(process))
    lastUsed = began
  }

  // MARK: Watching

  /// Ends the worker if its record costs too much. `elapsed` is the time since it was last asked, in nanoseconds.
  func watch(_ limits: WorkerLimits, elapsed: Int64) {
    guard sentence == nil, !isReady || !errands.isEmpty else { return }
    let used = bf_processor_time(process)
    if used >= 0 {
      idle = used - lastUsed > 500_000 ? 0 : idle + elapsed
      lastUsed = used
      if used - began > Int64(isReady ? limits.recordSeconds : Worker.startSeconds) * 1_000_000_000 { end(.timedOut) }
    }
    if idle > Int64(isReady ? limits.idleSeconds : Worker.startSeconds) * 1_000_000_000 { end(.timedOut) }
    if bf_resident_bytes(process) > Int64(limits.memory) << 20 { end(.outOfMemory) }
  }

  /// Kills the worker; its pipe then closes, after the results it had written already.
  func end(_ reason: WorkerLoss) {
    if sentence == nil { sentence = reason }
    bf_kill(process)
  }

  /// Waits for the process and says why it ended.
  func reap(_ limits: WorkerLimits) -> (loss: WorkerLoss, signal: Int32, code: Int32) {
    var ending = bf_ending()
    bf_kill(process)
    guard bf_reap(process, true, &ending) == 0 else { return (sentence ?? .crashed, 0, 0) }
    // Nearly all of the memory it may have, or killed by someone else: the kernel does so when memory runs out.
    let ate = ending.peak_bytes >= (Int64(limits.memory) << 20) / 10 * 9
    let loss = sentence ?? (ate || ending.signal == SIGKILL ? .outOfMemory : .crashed)
    return (loss, ending.signal, ending.code)
  }
}
