/// Decides whether a request comes from the preview's own page.
///
/// Any site a designer visits can make the browser send requests to 127.0.0.1, and by rebinding a name even read the answers. So the
/// `Host` must be ours, and an `Origin` or `Sec-Fetch-Site` must not be foreign.
struct RequestGate: Sendable {
  /// What is wrong with a request.
  enum Refusal: Sendable, Hashable {
    /// Only reading is offered.
    case method
    case host
    case origin
  }

  let port: UInt16
  private let hosts: [String]

  /// Whether a `Host` is ours.
  func isOurs(_ host: String?) -> Bool { host.map { hosts.contains($0.lowercased()) } == true }

  /// A gate for the server on that port.
  init(port: UInt16) {
    self.port = port
    hosts = ["127.0.0.1:\(port)", "localhost:\(port)"] + (port == 80 ? ["127.0.0.1", "localhost"] : [])
  }

  /// Why a request is refused; `nil` to let it in.
  ///
  /// - Parameter isPage: Whether it is for the page itself, which a link elsewhere may open.
  func refusal(method: String, host: String?, origin: String?, fetchSite: String?, isPage: Bool) -> Refusal? {
    guard method == "GET" else { return .method }
    guard isOurs(host) else { return .host }
    if let origin, !hosts.contains(where: { "http://\($0)" == origin.lowercased() }) { return .origin }
    if let fetchSite, fetchSite != "same-origin", fetchSite != "none", !isPage { return .origin }
    return nil
  }
}
