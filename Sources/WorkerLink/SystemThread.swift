package import Files
internal import CLinux
internal import Glibc

/// Threads that may be refused: the system's own call, since Foundation's and Dispatch's wait for ever, or trap, where no thread can be had.
package enum SystemThread {
  /// Room for what a thread calls: deep documents are read on such threads.
  ///
  /// - Stops: documents nested as deep as their bounds allow.
  private static let stackBytes = 8 << 20

  /// Starts a thread that runs `body` and ends.
  ///
  /// - Throws: Why the system refuses: mostly a limit of processes.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    _ = try begin(body, stackBytes: stackBytes, isJoined: false)
  }

  /// A thread that is waited for, or given up, once.
  package struct Joinable: Sendable {
    fileprivate let thread: pthread_t

    /// Waits until it has ended.
    package func join() { pthread_join(thread, nil) }
    /// Lets it end by itself.
    package func detach() { pthread_detach(thread) }
  }

  /// Starts a thread that runs `body`, and that is to be joined or detached.
  ///
  /// - Throws: Why the system refuses.
  package static func startJoinable(_ body: @escaping @Sendable () -> Void) throws(SystemError) -> Joinable {
    Joinable(thread: try begin(body, stackBytes: stackBytes, isJoined: true))
  }

  /// Makes sure that `count` more threads can be had at once, by having them for a moment.
  ///
  /// - Throws: Why the system refuses.
  package static func reserve(_ count: Int) throws(SystemError) {
    var (waiting, signal): (Int32, Int32) = (-1, -1)
    try SystemError.check(bf_pipe(&waiting, &signal, 4096))
    let gate = OpenFile(takingOwnership: waiting)
    var threads: [pthread_t] = []
    var refusal: SystemError?
    do throws(SystemError) {
      let descriptor = gate.descriptor
      for _ in 0..<count {
        let body: @Sendable () -> Void = {
          // Until the other end closes.
          var byte: UInt8 = 0
          while read(descriptor, &byte, 1) == -1, errno == EINTR {}
        }
        threads.append(try begin(body, stackBytes: Int(PTHREAD_STACK_MIN) + 1 << 17, isJoined: true))
      }
    } catch { refusal = error }
    close(signal)
    for thread in threads { pthread_join(thread, nil) }
    withExtendedLifetime(gate) {}
    if let refusal { throw refusal }
  }

  /// Runs `body` with all signals blocked: a thread it starts keeps them so. A signal the process means to catch would otherwise be taken by a
  /// thread that was started before, and end the process.
  private static func withSignalsBlocked<Result>(_ body: () throws -> Result) rethrows -> Result {
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func begin(
    _ body: @escaping @Sendable () -> Void, stackBytes: Int, isJoined: Bool
  ) throws(SystemError) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    if !isJoined { pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let error = withSignalsBlocked {
      pthread_create(
        &thread, &attributes,
        { argument in
          if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
    }
    guard error == 0 else {
      work.release()
      throw SystemError(error)
    }
    return thread
  }
}
