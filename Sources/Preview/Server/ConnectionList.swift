internal import NIOConcurrencyHelpers
internal import NIOCore

/// The open connections, and who waits for whom.
final class ConnectionList: Sendable {
  /// What a connection is at.
  enum State: Sendable {
    /// The server waits for the client to send or to read.
    case waiting
    /// The client waits for the server.
    case working
    /// The client is told events as they come; how many are is bounded elsewhere.
    case following
  }

  private struct Entry {
    let channel: any Channel
    var state: State
    var since: NIODeadline
  }

  private let limit: Int
  private let entries = NIOLockedValueBox<[ObjectIdentifier: Entry]>([:])

  init(limit: Int) { self.limit = limit }

  /// Takes a connection in. Where there are too many, another is closed for it: the one that has kept the server waiting longest, or else
  /// the one that has been worked for longest. `false`: there is none such.
  func add(_ channel: any Channel) -> Bool {
    let (isIn, gone): (Bool, (any Channel)?) = entries.withLockedValue { entries in
      var gone: (any Channel)?
      if entries.count >= limit {
        let oldest = entries.filter { $0.value.state != .following }
          .min { ($0.value.state == .waiting ? 0 : 1, $0.value.since) < ($1.value.state == .waiting ? 0 : 1, $1.value.since) }
        guard let oldest else { return (false, nil) }
        gone = entries.removeValue(forKey: oldest.key)?.channel
      }
      entries[ObjectIdentifier(channel)] = Entry(channel: channel, state: .waiting, since: .now())
      return (true, gone)
    }
    gone?.close(promise: nil)
    return isIn
  }

  /// Notes what a connection is at from now on.
  func set(_ channel: any Channel, _ state: State) {
    entries.withLockedValue { entries in
      entries[ObjectIdentifier(channel)]?.state = state
      entries[ObjectIdentifier(channel)]?.since = .now()
    }
  }

  func remove(_ channel: any Channel) { entries.withLockedValue { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }
}
