internal import Synchronization

/// Tells every open page what has happened, as server-sent events.
final class EventHub: Sendable {
  /// More open pages than a designer has; one more ends the oldest, which asks again if somebody still looks at it.
  ///
  /// - Stops: pages that are opened without end.
  static let subscriberLimit = 24
  /// Events a page that does not read may fall behind; older ones are dropped, since the newest says all.
  ///
  /// - Stops: a page that never reads.
  private static let backlog = 16

  private struct Subscribers {
    var list: [(id: Int, continuation: AsyncStream<[UInt8]>.Continuation)] = []
    /// The newest one's number.
    var last = 0
  }

  private let subscribers = Mutex(Subscribers())

  /// A new stream of events; it ends when nobody reads it any more.
  func subscribe() -> AsyncStream<[UInt8]> {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(EventHub.backlog))
    let (id, oldest) = subscribers.withLock { subscribers in
      subscribers.last += 1
      subscribers.list.append((subscribers.last, continuation))
      return (subscribers.last, subscribers.list.count > EventHub.subscriberLimit ? subscribers.list.removeFirst().continuation : nil)
    }
    oldest?.finish()
    continuation.onTermination = { [weak self] _ in self?.remove(id) }
    continuation.yield(Array("retry: 500\n\n".utf8))
    return stream
  }

  private func remove(_ id: Int) { subscribers.withLock { $0.list.removeAll { $0.id == id } } }

  /// Sends an event with one line of JSON.
  func send(_ name: String, _ json: [UInt8]) { send(Array("event: \(name)\ndata: ".utf8) + json + Array("\n\n".utf8)) }

  /// Sends a comment, by which a page that has gone is noticed.
  func ping() { send(Array(":\n\n".utf8)) }

  private func send(_ bytes: [UInt8]) {
    let all = subscribers.withLock { $0.list }
    for subscriber in all { subscriber.continuation.yield(bytes) }
  }
}
