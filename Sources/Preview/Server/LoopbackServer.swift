internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Listens on 127.0.0.1 and answers requests, on one thread.
///
/// However many connect, however slowly they send or read: connections are few, heads small, and every wait for a client ends. Whoever comes
/// when all connections are taken gets the place of another (see ``ConnectionList``), so that a page always gets through.
final class LoopbackServer: Sendable {
  /// Why a port cannot be had.
  struct Failure: Error {
    /// The `errno`.
    let code: Int32
  }

  /// Answers a request.
  typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

  /// Connections at a time, 64: a browser opens six to one server, and each page one more for its events.
  ///
  /// - Stops: thousands of connections.
  static let connectionLimit = 64
  /// Bytes of a request's head, 16 KiB; what a browser sends is a tenth of it.
  ///
  /// - Stops: a head of megabytes.
  private static let headBytes = 16 << 10
  /// Bytes of one field of a head, 8 KiB.
  ///
  /// - Stops: one field of megabytes.
  private static let fieldBytes = 8 << 10
  /// Fields of a head.
  ///
  /// - Stops: a head of thousands of fields.
  private static let headFields = 100
  private static var headLimits: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    (limits.maxHeaderFieldSize, limits.maxHeaderListSize, limits.maxHeaderFieldCount) = (fieldBytes, headBytes, headFields)
    return limits
  }

  let port: UInt16
  private let listener: any Channel

  /// Begins to listen.
  ///
  /// - Parameter port: 0 takes any that is free.
  init(port: UInt16, handler: @escaping Handler) throws(Failure) {
    let connections = ConnectionList(limit: LoopbackServer.connectionLimit)
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
      .serverChannelOption(.backlog, value: 128)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let connection = LoopbackConnection(channel, connections, handler)
          try channel.pipeline.syncOperations.addHandler(ByteWatch { connection.bytesArrived($0) })
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: true, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: LoopbackServer.headLimits)
          try channel.pipeline.syncOperations.addHandler(connection)
        }
      }
    do {
      listener = try bootstrap.bind(host: "127.0.0.1", port: Int(port)).wait()
    } catch {
      throw Failure(code: (error as? IOError)?.errnoCode ?? 0)
    }
    self.port = UInt16(clamping: listener.localAddress?.port ?? 0)
  }

  /// Serves until the listening socket is lost, which nothing but the system does.
  func run() { try? listener.closeFuture.wait() }
}

/// Tells how many bytes have arrived, before they are a request.
private final class ByteWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  private let arrived: (Int) -> Void

  init(_ arrived: @escaping (Int) -> Void) { self.arrived = arrived }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    arrived(unwrapInboundIn(data).readableBytes)
    context.fireChannelRead(data)
  }
}
