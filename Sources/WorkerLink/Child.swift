internal import CLinux
internal import Contract
package import Files
internal import Glibc

/// A worker as its owner sees it: a child process of this very program, its two pipes, and how it ended.
///
/// To be used by one thread, the one that made it, which must outlive it: the kernel ends a worker with the thread that started it.
package final class Child {
  /// What a worker is for.
  package enum Role: String, Sendable {
    /// Makes pieces of records.
    case cycle = "worker-process"
    /// Shows bills to the preview.
    case preview = "preview-worker"
    /// Opens files from outside and hands out their records.
    case reading = "reader-process"
    /// Tries fonts.
    case fonts = "font-worker"
  }

  /// How a worker ended.
  package struct Ending: Sendable, Hashable {
    /// The exit code, or -1 if a signal ended it.
    package var code: Int32
    /// The signal that ended it, or 0.
    package var signal: Int32
    /// The most memory it had resident, in bytes.
    package var peakBytes: Int64
  }

  /// Asked-for size of each pipe: a bill and its record fit, so that neither side has to wait for the other.
  private static let pipeCapacity: Int32 = 256 << 10
  /// The program itself, even if its file has been replaced meanwhile.
  package static let ownProgram = "/proc/self/exe"

  /// All of a worker's environment: nothing of the caller's, since a dozen libraries read variables that change what they make.
  static let environment = [
    "LC_ALL=C", "TZ=UTC0",
    // A backtrace takes seconds, goes where nobody looks, and holds customers' data.
    "SWIFT_BACKTRACE=enable=no",
  ]

  package let process: Int32
  /// What the worker has sent and nobody has taken yet.
  package var buffer = FrameBuffer()
  private let input: OpenFile
  private let output: OpenFile
  private var unsent: ArraySlice<UInt8> = []
  private var ending: Ending?

  /// Starts a worker.
  ///
  /// - Parameters:
  ///   - niceness: How much it stands back behind other programs, 0 to 19.
  ///   - log: A descriptor that gets what the worker and C libraries print.
  /// - Throws: Why the system refuses.
  package init(_ role: Role, program: String = ownProgram, niceness: Int32 = 0, log: Int32) throws(SystemError) {
    var (childInput, ourInput, ourOutput, childOutput): (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
    try SystemError.check(bf_pipe(&childInput, &ourInput, Child.pipeCapacity))
    input = OpenFile(takingOwnership: ourInput)
    let childReads = OpenFile(takingOwnership: childInput)
    try SystemError.check(bf_pipe(&ourOutput, &childOutput, Child.pipeCapacity))
    output = OpenFile(takingOwnership: ourOutput)
    let childWrites = OpenFile(takingOwnership: childOutput)
    try SystemError.check(bf_set_nonblocking(input.descriptor))
    try SystemError.check(bf_set_nonblocking(output.descriptor))
    let words = ["billfold", role.rawValue, String(getpid()), String(niceness)]
    process = try Child.spawn(program, words, childReads.descriptor, childWrites.descriptor, log)
  }

  deinit { _ = end() }

  private static func spawn(
    _ program: String, _ words: [String], _ input: Int32, _ output: Int32, _ log: Int32
  ) throws(SystemError) -> Int32 {
    let environment: [UnsafeMutablePointer<CChar>?] = Child.environment.map { strdup($0) } + [nil]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer {
      for text in arguments + environment { free(text) }
    }
    var process: Int32 = 0
    try SystemError.check(bf_spawn(program, arguments, environment, input, output, log, &process))
    return process
  }

  // MARK: Sending and receiving

  /// Readable when the worker has sent something or ended.
  package var receiving: Int32 { output.descriptor }
  /// Writable when the worker takes more; -1 while nothing waits for that.
  package var sending: Int32 { unsent.isEmpty ? -1 : input.descriptor }

  /// Sends a frame: as much as the pipe takes now, the rest with ``send()``.
  package func enqueue(_ frame: [UInt8]) {
    if unsent.isEmpty { unsent = frame[...] } else { unsent += frame }
    send()
  }

  /// Writes as much as the pipe takes. A broken pipe is noticed at the other end; a worker that cannot be told what it is to do is ended.
  package func send() {
    while !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { write(input.descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN { return }
        if errno != EPIPE { kill() }
        unsent = []
        return
      }
      unsent.removeFirst(count)
    }
    unsent = []
  }

  /// Waits until the worker has sent something or closed its end; meanwhile what it still has to get is sent.
  ///
  /// - Returns: Whether there is something to ``receive()``; `false` when the time is over, or something else came first.
  /// - Throws: ``SystemError``, where the system refuses to wait.
  package func wait(milliseconds: Int32) throws(SystemError) -> Bool {
    var polled = [
      pollfd(fd: receiving, events: Int16(POLLIN), revents: 0), pollfd(fd: sending, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&polled, nfds_t(polled.count), milliseconds) >= 0 else {
      if errno == EINTR { return false }
      throw SystemError(errno)
    }
    if polled[1].revents != 0 { send() }
    return polled[0].revents != 0
  }

  /// What reading from the worker gave.
  package enum Receipt: Sendable, Hashable {
    /// More bytes are in the ``buffer``.
    case bytes
    /// Nothing has come.
    case nothing
    /// The worker has closed its end.
    case end
  }

  /// Reads what has come.
  package func receive() -> Receipt {
    let room = buffer.room()
    while true {
      let count = read(output.descriptor, room.baseAddress, room.count)
      if count > 0 {
        buffer.filled(count)
        return .bytes
      }
      if count == 0 { return .end }
      if errno == EAGAIN { return .nothing }
      if errno != EINTR { return .end }
    }
  }

  // MARK: Watching and ending

  /// Processor time the worker has used, in nanoseconds; `nil` if it is gone.
  package var processorTime: Int64? {
    let time = bf_processor_time(process)
    return time >= 0 ? time : nil
  }

  /// Memory the worker has resident, in bytes; 0 if it is gone.
  package var residentBytes: Int64 { max(0, bf_resident_bytes(process)) }

  /// Kills the worker; its pipe then closes, after what it had written already.
  package func kill() { if ending == nil { bf_kill(process) } }

  /// Kills the worker if it still lives, waits for its end, and says what that was. Afterwards nothing may be asked of it.
  package func end() -> Ending {
    if let ending { return ending }
    bf_kill(process)
    var found = bf_ending()
    let isKnown = bf_reap(process, true, &found) == 0
    let result =
      isKnown ? Ending(code: found.code, signal: found.signal, peakBytes: found.peak_bytes) : Ending(code: 0, signal: 0, peakBytes: 0)
    ending = result
    return result
  }
}
