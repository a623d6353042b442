internal import NIOHTTP1

/// An answer to a request.
struct HTTPResponse: Sendable {
  /// What follows the head.
  enum Body: Sendable {
    case bytes([UInt8])
    /// What comes as it comes, until one side goes.
    case events(AsyncStream<[UInt8]>)
  }

  var status: HTTPResponseStatus
  var headers: [(String, String)]
  var body: Body
}
