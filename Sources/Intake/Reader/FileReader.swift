internal import CLinux
package import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import WorkerLink

/// Has files from outside opened up by a process of its own, so that a crash, a runaway or a bomb in one costs that process and nothing else.
///
/// One process reads one file after the other; it is started with the first, and a fresh one takes its place when it is lost. To be used by
/// one thread, which must outlive it: the kernel ends the process with the thread that started it.
package final class FileReader {
  /// What comes of a question.
  enum Answer {
    /// The fields are valid until the next answer is asked for.
    case frame(Frame.Kind, UnsafeRawBufferPointer)
    /// The process has ended, or had to be.
    case lost(ReaderLoss)
  }

  /// So many readers may end before they are ready, one after the other; so many where somebody else ends them.
  private static let (startsAllowed, killsAllowed) = (3, 20)
  /// Seconds that a reader may take to be ready: only a broken machine needs more.
  ///
  /// - Stops: a reader that never becomes ready.
  private static let startSeconds = 120
  /// Milliseconds between two looks at whether anyone still waits, and nanoseconds between two looks at what the reader takes.
  private static let (pause, watchPause): (Int32, Int64) = (50, 100_000_000)

  private let program: String
  private let niceness: Int32
  private let orders: [UInt8]
  let limits: WorkerLimits
  /// Asked now and then while a reader is waited for: whether nobody wants its answer any more.
  package var isAbandoned: () -> Bool = { false }
  /// Is told what became of readers, one line each without its end.
  package var note: (String) -> Void = { _ in }
  /// How many processes were started.
  package private(set) var started = 0

  private var child: Child?
  private var isReady = false
  private var failedStarts = 0
  private var watch = ChildWatch()
  private var lastLook: Int64 = 0
  private var sentence: ReaderLoss.Cause?
  /// Whose turn it is: a source that was left before its end gets nothing of another's.
  private(set) var turn = 0
  /// Whether the reader still has to say something about the file it was asked for.
  private var isBusy = false
  /// The file that was asked for ahead of its turn.
  private var ahead: Ahead?
  /// The file that was asked for so and is being read now.
  private var current: Ahead?

  /// A file that a reader reads while another's records are still being used.
  private final class Ahead {
    let file: OpenFile
    let request: ReadingRequest
    /// What the file was before the reader was asked.
    let mark: FileMark

    init(_ file: consuming OpenFile, _ request: ReadingRequest, _ mark: FileMark) {
      self.file = file
      (self.request, self.mark) = (request, mark)
    }
  }

  /// Prepares to read; nothing is started yet.
  ///
  /// - Parameters:
  ///   - program: The program itself, or one that is a reader too.
  ///   - limits: What reading one file, of an archive one entry, may cost.
  ///   - faults: For tests.
  ///   - niceness: How much readers stand back behind other programs, 0 to 19.
  package init(
    program: String = Child.ownProgram, limits: WorkerLimits = WorkerLimits(), faults: [TestFault] = [], niceness: Int32 = 0
  ) {
    (self.program, self.limits, self.niceness) = (program, limits, niceness)
    orders = FrameWriter.frame(
      .orders, ReaderOrders(faults: faults.filter(\.isReading), memoryLimit: limits.memoryBackstop))
  }

  deinit { drop() }

  /// Ends the process, if there is one.
  package func drop() {
    child = nil
    (isReady, isBusy, ahead, current) = (false, false, nil, nil)
  }

  // MARK: Asking

  /// A new file's turn: whatever was asked before is over.
  func begin() -> Int {
    if isBusy || ahead != nil { drop() }
    turn += 1
    return turn
  }

  /// A new file's turn like ``begin()``, and the file is asked for where it is not the one that was asked for ahead.
  ///
  /// - Parameter descriptor: The open file.
  func begin(_ request: ReadingRequest, descriptor: Int32) throws(SourceFailure) -> Int {
    if !isBusy, let ahead, child != nil {
      var same = ahead.request
      same.path = request.path
      // Changed meanwhile, it is read anew: what its digest is made of must not be older than what was read.
      if same == request, FileReader.mark(of: descriptor) == ahead.mark {
        turn += 1
        isBusy = true
        // Stays open for as long as it is read.
        current = ahead
        self.ahead = nil
        watch.begin()
        return turn
      }
    }
    let turn = begin()
    try ask(request)
    return turn
  }

  /// Has a file read ahead of its turn, which comes next: the reader works while the records of the present one are used.
  func prepare(_ file: consuming OpenFile, _ request: ReadingRequest) {
    guard ahead == nil, let child, let mark = FileReader.mark(of: file.descriptor) else { return }
    ahead = Ahead(file, request, mark)
    child.enqueue(FrameWriter.frame(.read, request))
  }

  private static func mark(of descriptor: Int32) -> FileMark? { FileMark(of: "/proc/self/fd/\(descriptor)") }

  /// Asks for a file, starting a process where there is none.
  func ask(_ request: ReadingRequest) throws(SourceFailure) {
    if child == nil { try start() }
    isBusy = true
    child?.enqueue(FrameWriter.frame(.read, request))
    if child != nil { watch.begin() }
  }

  /// The reader has said all about the file.
  func finish() { (isBusy, current) = (false, nil) }

  private func start() throws(SourceFailure) {
    // A reader may end before it has taken what it is sent: that is seen at its pipe's other end, and must not end this process.
    signal(SIGPIPE, SIG_IGN)
    do throws(SystemError) {
      let log = try OpenFile.discarding()
      let fresh = try Child(.reading, program: program, niceness: niceness, log: log.descriptor)
      fresh.enqueue(orders)
      (child, isReady, sentence) = (fresh, false, nil)
      started += 1
    } catch {
      throw .impossible(RunFailure(.defect, id: "worker-start", "cannot start a process to read the data: \(error.text)"))
    }
  }

  /// Waits for the next answer to what was asked.
  ///
  /// - Throws: Where nobody waits any more, or readers cannot be started. A reader that was lost is an answer.
  func next() throws(SourceFailure) -> Answer {
    guard let child else { return .lost(ReaderLoss(.crashed(signal: 0), limits)) }
    lastLook = bf_monotonic_nanoseconds()
    while true {
      do throws(FieldFailure) {
        if let (kind, fields) = try child.buffer.next() {
          if isReady, kind != .ready { return .frame(kind, fields) }
          guard kind == .ready, !isReady else { throw .malformed }
          (isReady, failedStarts) = (true, 0)
          watch.begin()
          continue
        }
      } catch {
        return try malformed()
      }
      try wait(for: child)
      switch child.receive() {
      case .bytes:
        watch.begin()
      case .nothing: break
      case .end: return try bury()
      }
      look(at: child)
    }
  }

  /// The reader has sent what cannot be right.
  func malformed() throws(SourceFailure) -> Answer {
    sentence = sentence ?? .nonsense
    return try bury()
  }

  private func wait(for child: Child) throws(SourceFailure) {
    let hasCome: Bool
    // What was not taken by the pipe at once is mostly the file after this one.
    do throws(SystemError) { hasCome = try child.wait(milliseconds: FileReader.pause) } catch {
      throw .impossible(RunFailure(.defect, id: "poll", "cannot wait for the process that reads the data: \(error.text)"))
    }
    if !hasCome, isAbandoned() {
      drop()
      throw .abandoned
    }
  }

  private func look(at child: Child) {
    let now = bf_monotonic_nanoseconds()
    guard now - lastLook >= FileReader.watchPause else { return }
    // While this process was stopped itself, the reader could not be expected to get on.
    let elapsed = min(now - lastLook, 10 * FileReader.watchPause)
    lastLook = now
    let bounds = ChildWatch.Limits(
      processorSeconds: isReady ? limits.recordSeconds : FileReader.startSeconds,
      idleSeconds: isReady ? limits.idleSeconds : FileReader.startSeconds, memory: Int64(limits.memory) << 20)
    switch watch.look(at: child, bounds, elapsed: elapsed) {
    case .time?: sentence = .timedOut
    case .silence?: sentence = .idle
    case .memory?: sentence = .outOfMemory
    case nil: return
    }
    // Its pipe closes, and what it had sent before is still read.
    child.kill()
  }

  /// Takes leave of a reader that has ended.
  private func bury() throws(SourceFailure) -> Answer {
    guard let child else { return .lost(ReaderLoss(.crashed(signal: 0), limits)) }
    let ending = child.end()
    let cause = sentence ?? ReaderLoss.Cause(ending, limits)
    let wasReady = isReady
    drop()
    if !wasReady {
      failedStarts += 1
      note("a reader ended before it was ready (signal \(ending.signal), code \(ending.code))")
      let isForeign = if case .killed = cause { true } else { false }
      guard failedStarts < (isForeign ? FileReader.killsAllowed : FileReader.startsAllowed) else {
        throw .impossible(
          RunFailure(
            .defect, id: "worker-start",
            "processes that are to read the data end before they are ready (signal \(ending.signal), code \(ending.code))"))
      }
    }
    return .lost(ReaderLoss(wasReady ? cause : .unready, limits))
  }
}
