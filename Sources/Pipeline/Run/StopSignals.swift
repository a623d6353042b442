internal import CLinux
internal import Files
internal import Reporting

/// Notices SIGINT, SIGTERM and SIGHUP without being interrupted by them. One per process; the parent's own.
final class StopSignals {
  /// Becomes readable when a signal has come.
  let descriptor: Int32
  private var caught: Int32 = 0

  /// Begins to catch the signals; from here on a broken pipe is an error of `write`, too.
  init() throws(SystemError) {
    descriptor = try SystemError.check(bf_catch_stop_signals())
    StandardOutput.watch(descriptor)
  }

  /// Whether one has come. After the first the signals act as by default again, so that a second one ends the program at once; the output
  /// folder can be continued after that, too.
  var isPending: Bool {
    if caught == 0 {
      caught = bf_next_signal(descriptor)
      if caught != 0 {
        bf_release_stop_signals()
        StandardOutput.isBeingStopped()
      }
    }
    return caught != 0
  }

  /// Throws ``Stopped`` if one has come.
  func check() throws {
    if isPending { throw Stopped(signal: caught) }
  }
}

/// The signal that ends the run; thrown from wherever it is noticed.
struct Stopped: Error {
  var signal: Int32
}
