internal import CLinux
internal import Glibc
internal import Synchronization

/// The standard output and the standard error of this process: what cannot be written there is remembered, and a reader who does not read
/// keeps nobody from stopping the program.
public enum StandardOutput {
  /// Why something that was to be told is lost.
  public struct Loss: Error, Hashable, Sendable {
    /// Whether results are lost, else findings.
    public var isResult: Bool
    /// The refusal of the system in words, in lower case.
    public var reason: String
  }

  private struct State {
    var losses: [Int32: Loss] = [:]
    /// Readable when a stop signal has come; -1 where signals act by themselves.
    var stop: Int32 = -1
    /// One has come and is known.
    var isStopping = false
    /// Something was left out for it.
    var isCut = false
  }

  private static let state = Mutex(State())
  /// A pipe that can be written takes so many bytes at once without waiting (POSIX, `PIPE_BUF`).
  private static let pipeBytes = 4096
  /// How long a reader may still take when the program is being stopped, in milliseconds.
  private static let grace: Int32 = 100

  /// What is lost of what was to be told: results before findings; `nil` where nothing is.
  public static var loss: Loss? { state.withLock { $0.losses[STDOUT_FILENO] ?? $0.losses[STDERR_FILENO] } }

  /// The stop signal for which something was left out and which nobody else has taken; 0 where there is none.
  public static var pendingSignal: Int32 {
    let (stop, isCut) = state.withLock { ($0.stop, $0.isCut && !$0.isStopping) }
    return isCut ? bf_next_signal(stop) : 0
  }

  /// From now on stop signals arrive at `descriptor` and nowhere else.
  package static func watch(_ descriptor: Int32) { state.withLock { $0.stop = descriptor } }

  /// From now on the program ends as soon as it can.
  package static func isBeingStopped() { state.withLock { $0.isStopping = true } }

  /// Closes the standard output, by which the last refusals are heard of.
  public static func close() {
    if Glibc.close(STDOUT_FILENO) == -1, errno != EBADF { lose(STDOUT_FILENO, errno) }
  }

  /// Writes all bytes; `false` where that is not possible, or was not before: what follows a gap would only mislead.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    let (stop, isStopping, isLost) = state.withLock { ($0.stop, $0.isStopping, $0.losses[descriptor] != nil || $0.isCut) }
    guard !isLost else { return false }
    var rest = bytes[...]
    while !rest.isEmpty {
      if stop >= 0, !waitsForReader(descriptor, stop, isStopping: isStopping) {
        state.withLock { $0.isCut = true }
        return false
      }
      let part = stop >= 0 ? rest.prefix(pipeBytes) : rest
      let count = part.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest.removeFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Whoever shares the descriptor has set it so.
        var waiting = [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
        if stop < 0 { _ = poll(&waiting, 1, -1) }
      default:
        lose(descriptor, errno)
        return false
      }
    }
    return true
  }

  /// Waits until something can be written; `false` where a stop signal has come and nothing can.
  private static func waitsForReader(_ descriptor: Int32, _ stop: Int32, isStopping: Bool) -> Bool {
    while true {
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: isStopping ? -1 : stop, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&waiting, 2, isStopping ? grace : -1)
      // Ready, or broken, which writing will tell.
      if waiting[0].revents != 0 { return true }
      if waiting[1].revents != 0 || (count == 0 && isStopping) { return false }
    }
  }

  private static func lose(_ descriptor: Int32, _ error: Int32) {
    let text = String(cString: bf_error_text(error))
    let loss = Loss(isResult: descriptor == STDOUT_FILENO, reason: text.prefix(1).lowercased() + text.dropFirst())
    state.withLock { if $0.losses[descriptor] == nil { $0.losses[descriptor] = loss } }
  }
}
