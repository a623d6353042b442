/// What became of one message.
public enum Delivery: Sendable, Hashable {
  /// A server took it over, and said so; its words.
  case accepted(String)
  /// A server refused it for good: the recipient, or the message itself.
  case refused(code: Int, words: String)
  /// It was not taken, and may be another time; `code` is `nil` where the connection was lost before all of it had been sent.
  case transient(code: Int?, words: String)
  /// All of it was sent, and no answer came: whether it was taken nobody knows.
  case unknown(String)
  /// The server cannot be used; nothing was sent of the message.
  case serverFailure(ServerFailure, words: String)
  /// It was asked to give up before anything was sent.
  case stopped
}

/// Why a server cannot be used.
public enum ServerFailure: String, Sendable, CaseIterable {
  /// It cannot be reached, or closes the connection before it takes a message.
  case unreachable
  /// It says that it is not ready, for now.
  case unavailable
  /// It offers no TLS, or none that is good enough.
  case insecure = "tls"
  /// Its certificate is not to be trusted, or is that of another host.
  case certificate
  /// It does not accept user and password.
  case login
  /// It does not want to speak with us.
  case refused
  /// It does not take messages of this sender.
  case sender

  /// Whether it may be over after a while.
  public var mayPass: Bool {
    switch self {
    case .unreachable, .unavailable: true
    case .insecure, .certificate, .login, .refused, .sender: false
    }
  }
}
