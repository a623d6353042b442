internal import Foundation

/// Tells every open page what has happened, as server-sent events.
///
/// `@unchecked Sendable`: what changes is guarded by `lock`.
final class EventHub: @unchecked Sendable {
  /// More open pages than a designer has; one more ends the oldest, which asks again if somebody still looks at it.
  ///
  /// - Stops: pages that are opened without end.
  static let subscriberLimit = 24
  /// Events a page that does not read may fall behind; older ones are dropped, since the newest says all.
  ///
  /// - Stops: a page that never reads.
  private static let backlog = 16

  private let lock = NSLock()
  private var subscribers: [(id: Int, continuation: AsyncStream<[UInt8]>.Continuation)] = []
  private var last = 0

  /// A new stream of events; it ends when nobody reads it any more.
  func subscribe() -> AsyncStream<[UInt8]> {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(EventHub.backlog))
    let (id, oldest) = lock.withLock {
      last += 1
      subscribers.append((last, continuation))
      return (last, subscribers.count > EventHub.subscriberLimit ? subscribers.removeFirst().continuation : nil)
    }
    oldest?.finish()
    continuation.onTermination = { [weak self] _ in self?.remove(id) }
    continuation.yield(Array("retry: 500\n\n".utf8))
    return stream
  }

  private func remove(_ id: Int) { lock.withLock { subscribers.removeAll { $0.id == id } } }

  /// Sends an event with one line of JSON.
  func send(_ name: String, _ json: [UInt8]) { send(Array("event: \(name)\ndata: ".utf8) + json + Array("\n\n".utf8)) }

  /// Sends a comment, by which a page that has gone is noticed.
  func ping() { send(Array(":\n\n".utf8)) }

  private func send(_ bytes: [UInt8]) {
    let all = lock.withLock { subscribers }
    for subscriber in all { subscriber.continuation.yield(bytes) }
  }
}
