internal import Synchronization

/// Lets tasks wait until something has changed, instead of looking again and again.
///
/// Whoever waits says how often it had rung when it last looked, so that no ring is missed between the look and the wait.
final class ChangeBell: Sendable {
  private struct State {
    var rings = 0
    var lastWaiter = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// How often it has rung.
  var rings: Int { state.withLock { $0.rings } }

  /// Wakes all that wait.
  func ring() {
    let waiting = state.withLock { state in
      state.rings += 1
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until it has rung more often than `rings`, or until `deadline`.
  func wait(after rings: Int, until deadline: ContinuousClock.Instant? = nil) async {
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    let alarm = deadline.map { deadline in
      Task { [self] in
        // A wait that has ended by a ring has cancelled it.
        guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
      }
    }
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.rings > rings || deadline.map({ $0 <= .now }) == true { return true }
        state.waiting[id] = continuation
        return false
      }
      if isOver { continuation.resume() }
    }
    alarm?.cancel()
  }
}
