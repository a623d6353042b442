internal import FlyingFox
internal import FlyingSocks
internal import Foundation

/// Tells every open page what has happened, as server-sent events.
///
/// `@unchecked Sendable`: what changes is guarded by `lock`.
final class EventHub: @unchecked Sendable {
  /// More open pages than a designer has.
  private static let subscriberLimit = 32
  /// Events a page that does not read may fall behind; older ones are dropped, since the newest says all.
  private static let backlog = 16

  private let lock = NSLock()
  private var subscribers: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
  private var last = 0

  /// A new stream of events; `nil` where there are too many.
  func subscribe() -> EventBytes? {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(EventHub.backlog))
    let id: Int? = lock.withLock {
      guard subscribers.count < EventHub.subscriberLimit else { return nil }
      last += 1
      subscribers[last] = continuation
      return last
    }
    guard let id else { return nil }
    continuation.onTermination = { [weak self] _ in self?.remove(id) }
    continuation.yield(Array("retry: 500\n\n".utf8))
    return EventBytes(stream: stream)
  }

  private func remove(_ id: Int) { _ = lock.withLock { subscribers.removeValue(forKey: id) } }

  /// Sends an event with one line of JSON.
  func send(_ name: String, _ json: [UInt8]) { send(Array("event: \(name)\ndata: ".utf8) + json + Array("\n\n".utf8)) }

  /// Sends a comment, by which a page that has gone is noticed.
  func ping() { send(Array(":\n\n".utf8)) }

  private func send(_ bytes: [UInt8]) {
    let all = lock.withLock { Array(subscribers.values) }
    for subscriber in all { subscriber.yield(bytes) }
  }
}

/// The bytes of a stream of events.
struct EventBytes: AsyncBufferedSequence {
  typealias Element = UInt8
  let stream: AsyncStream<[UInt8]>

  func makeAsyncIterator() -> Iterator { Iterator(base: stream.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var base: AsyncStream<[UInt8]>.Iterator
    private var rest: ArraySlice<UInt8> = []

    init(base: AsyncStream<[UInt8]>.Iterator) { self.base = base }

    mutating func next() async -> UInt8? {
      if rest.isEmpty { rest = await base.next()?[...] ?? [] }
      return rest.popFirst()
    }

    mutating func nextBuffer(suggested count: Int) async -> [UInt8]? {
      if !rest.isEmpty {
        defer { rest = [] }
        return Array(rest)
      }
      return await base.next()
    }
  }
}
