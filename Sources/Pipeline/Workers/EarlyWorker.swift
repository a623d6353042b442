internal import Contract
internal import Files
internal import Glibc
internal import Synchronization

/// The first worker of a run, started while this process still looks at its own inputs: the program's libraries, layout and fonts take a worker
/// as long as its parent, and both can take that time at once.
///
/// It gets its orders once another process has borne the fonts, and is told apart from others by nothing else: what it has read must be what the
/// run was prepared with, and a run that does not come to its first record ends it.
package final class EarlyWorker {
  /// Words of a command line that has workers.
  private static let commands: Set<String> = ["render", "check"]
  /// Words behind which nothing is made.
  private static let questions: Set<String> = ["-h", "--help", "--version"]

  /// One that was started before its command was read.
  private static let ahead = Mutex<Worker?>(nil)

  private let options: JobOptions
  private let faults: [TestFault]
  private let limits: WorkerLimits
  private var worker: Worker?
  private var hasOrders = false

  /// Starts it. Where the system refuses, there is none: the run will be told when it needs one.
  ///
  /// To be called by the thread that runs the ``WorkerPool``, and before any record is read.
  init(_ options: JobOptions, faults: [TestFault], limits: WorkerLimits) {
    (self.options, self.faults, self.limits) = (options, faults, limits)
    worker = EarlyWorker.ahead.withLock { $0.take() } ?? EarlyWorker.start()
  }

  private static func start() -> sending Worker? {
    do throws(SystemError) { return try Worker(log: try OpenFile.discarding()) } catch { return nil }
  }

  /// Starts the worker of a command that has not been read yet, if by its looks it will need one: so it loads while the command line is taken
  /// apart.
  ///
  /// To be called by the main thread, with the standard descriptors open; ``endUnused()`` must follow.
  ///
  /// - Parameter arguments: The whole command line, the program's name first.
  package static func startAhead(of arguments: [String]) {
    guard arguments.count > 1, commands.contains(arguments[1]), arguments.contains(where: { $0 == "--data" || $0.hasPrefix("--data=") }),
      !arguments.contains(where: questions.contains)
    else { return }
    ahead.withLock { $0 = start() }
  }

  /// Ends the worker that was started ahead of a command that had no use for it, and waits for its end.
  package static func endUnused() { ahead.withLock { $0 = nil } }

  /// Lets it make its renderer: its fonts are good.
  package func begin() {
    guard let worker, !hasOrders else { return }
    hasOrders = true
    // Should it have ended by now, its pool will see that.
    let handler = signal(SIGPIPE, SIG_IGN)
    worker.order(options, faults: faults, limits)
    signal(SIGPIPE, handler)
  }

  /// Hands it over, once; `nil` where there is none, or it had no orders.
  func take() -> Worker? {
    defer { worker = nil }
    return hasOrders ? worker : nil
  }
}
