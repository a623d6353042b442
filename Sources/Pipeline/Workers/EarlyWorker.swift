internal import Contract
internal import Files
internal import Glibc

/// The first worker of a run, started while this process still looks at its own inputs: the program's libraries, layout and fonts take a worker
/// as long as its parent, and both can take that time at once.
///
/// It gets its orders once another process has borne the fonts, and is told apart from others by nothing else: what it has read must be what the
/// run was prepared with, and a run that does not come to its first record ends it.
package final class EarlyWorker {
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
    do throws(SystemError) {
      let log = try OpenFile.discarding()
      worker = try Worker(log: log)
    } catch {
      worker = nil
    }
  }

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
