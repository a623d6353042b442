internal import NIOCore
internal import NIOHTTP1

/// One client: its requests, one after the other, and the answers to them. Belongs to its channel's event loop.
final class LoopbackConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// Bytes that may come between two whole requests, 64 KiB: four times the largest head, so that it can be refused in words.
  ///
  /// - Stops: a client that sends without end.
  private static let unreadLimit = 64 << 10
  /// How long a head may take from its first byte to its last.
  ///
  /// - Stops: a request sent a byte a minute.
  private static let headTime = TimeAmount.seconds(10)
  /// How long a connection may rest between two requests.
  ///
  /// - Stops: connections that are held and not used.
  private static let idleTime = TimeAmount.seconds(60)
  /// How long a client may take to read an answer; the largest over loopback takes a tenth of a second.
  ///
  /// - Stops: a client that never reads its answer.
  private static let readingTime = TimeAmount.seconds(60)

  private let channel: any Channel
  private let connections: ConnectionList
  private let handler: LoopbackServer.Handler
  private var head: HTTPRequestHead?
  private var isReadingHead = false
  /// Bytes that came since the last whole request.
  private var unread = 0
  private var deadline: Scheduled<Void>?
  private var work: Task<Void, Never>?

  init(_ channel: any Channel, _ connections: ConnectionList, _ handler: @escaping LoopbackServer.Handler) {
    (self.channel, self.connections, self.handler) = (channel, connections, handler)
  }

  // MARK: What the client does

  func channelActive(context: ChannelHandlerContext) {
    guard connections.add(channel) else { return channel.close(promise: nil) }
    wait(LoopbackConnection.idleTime)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    work?.cancel()
    connections.remove(channel)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// The first bytes of a head start its clock; more of them do not turn it back. What comes without ever being a request is cut off.
  func bytesArrived(_ count: Int) {
    unread += count
    if unread > LoopbackConnection.unreadLimit { return channel.close(promise: nil) }
    guard head == nil, work == nil, !isReadingHead else { return }
    isReadingHead = true
    wait(LoopbackConnection.headTime)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    // A request with a body is refused by its head; nobody reads the rest.
    case .body: break
    case .end:
      guard let head else { return }
      (self.head, isReadingHead, unread) = (nil, false, 0)
      answer(head)
    }
  }

  // MARK: Answering

  private func answer(_ head: HTTPRequestHead) {
    let request = HTTPRequest(head)
    let keepsConnection = head.isKeepAlive && !request.hasBody && !request.isAmbiguous
    work(on: { [handler] in await handler(request) }, then: { $0.send($1, keepsConnection: keepsConnection) })
  }

  /// Works off the loop, and comes back to it.
  private func work<Value: Sendable>(
    on job: @escaping @Sendable () async -> Value, then take: @escaping @Sendable (LoopbackConnection, Value) -> Void
  ) {
    deadline?.cancel()
    connections.set(channel, .working)
    let loop = channel.eventLoop
    let bound = NIOLoopBound(self, eventLoop: loop)
    work = Task {
      let value = await job()
      loop.execute {
        bound.value.work = nil
        take(bound.value, value)
      }
    }
  }

  private func send(_ response: HTTPResponse, keepsConnection: Bool) {
    var headers = HTTPHeaders(response.headers)
    if case .bytes(let bytes) = response.body {
      if response.status.mayHaveResponseBody { headers.replaceOrAdd(name: "Content-Length", value: String(bytes.count)) }
      if !keepsConnection { headers.replaceOrAdd(name: "Connection", value: "close") }
    }
    let head = HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: response.status, headers: headers))
    switch response.body {
    case .bytes(let bytes):
      wait(LoopbackConnection.readingTime)
      channel.write(head, promise: nil)
      channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
      let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
      channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { result in
        if case .success = result { bound.value.hasSent(keepsConnection: keepsConnection) }
      }
    case .events(let events):
      channel.writeAndFlush(head, promise: nil)
      forward(events)
    }
  }

  private func hasSent(keepsConnection: Bool) {
    guard keepsConnection else { return channel.close(promise: nil) }
    // The next request may have come with this one, and be under way.
    guard work == nil else { return }
    wait(LoopbackConnection.idleTime)
  }

  /// Hands on events as they come; the next is taken only when the client has taken the former, and a client that takes none is closed.
  private func forward(_ events: AsyncStream<[UInt8]>) {
    deadline?.cancel()
    connections.set(channel, .following)
    let channel = self.channel
    work = Task {
      for await bytes in events {
        let stalled = channel.eventLoop.scheduleTask(in: LoopbackConnection.readingTime) { channel.close(promise: nil) }
        defer { stalled.cancel() }
        do {
          try await channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))))
        } catch { break }
      }
      channel.close(promise: nil)
    }
  }

  /// From now on the server waits for the client, and no longer than that.
  private func wait(_ time: TimeAmount) {
    deadline?.cancel()
    connections.set(channel, .waiting)
    let channel = self.channel
    deadline = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
