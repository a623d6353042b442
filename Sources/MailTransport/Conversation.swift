internal import CCurl

/// How far a message has come, by what was sent and what the server answered: what became of it follows from that, not from what the library
/// calls an error.
struct Conversation {
  /// What was sent last.
  enum Step {
    case nothing, hello, startTLS, login, sender, recipient, start, end
  }

  /// A reply of the server's, all its lines.
  struct Reply {
    var code: Int
    var words: String
  }

  /// Bytes of a server's words that are kept.
  ///
  /// - Stops: a server that answers without end.
  private static let longest = 2_000

  /// Whether a password must have been accepted before a message goes out.
  let needsLogin: Bool
  private(set) var step = Step.nothing
  /// The answer to what was sent last, once it is whole.
  private(set) var reply: Reply?
  /// Lines of an answer that are not its last.
  private var words = ""
  /// Whether the server has said anything on this connection.
  private(set) var isGreeted = false
  /// Whether the server has accepted user and password on this connection.
  private(set) var isLoggedIn = false
  /// The server takes messages without them, which is not what was asked for.
  private(set) var lacksLogin = false
  /// The library says goodbye to a server that does not answer; nobody need wait for what it says to that.
  private(set) var isLeaving = false
  /// Whether any of the message was handed over.
  private(set) var hasBegun = false

  init(needsLogin: Bool) { self.needsLogin = needsLogin }

  /// Begins a message, on the same connection or another.
  mutating func begin() {
    (step, reply, words, hasBegun, lacksLogin, isLeaving) = (.nothing, nil, "", false, false, false)
  }

  /// A command went out.
  mutating func sent(_ command: ccurl_command) {
    switch command {
    case CCURL_HELLO:
      // A greeting was read: it is another connection than before.
      if step == .nothing || step == .hello || step == .startTLS { (step, isLoggedIn) = (.hello, false) }
    case CCURL_STARTTLS: step = .startTLS
    case CCURL_AUTH: step = .login
    case CCURL_MAIL:
      lacksLogin = needsLogin && !isLoggedIn
      step = .sender
    case CCURL_RCPT: step = .recipient
    case CCURL_DATA: step = .start
    case CCURL_QUIT:
      isLeaving = step != .nothing && reply == nil
      return
    default: if step != .login { return }
    }
    (reply, words) = (nil, "")
  }

  /// Some of the message was handed over, or with 0 bytes its end.
  mutating func handedOver(_ count: Int) {
    hasBegun = true
    if count == 0 { (step, reply, words) = (.end, nil, "") }
  }

  /// A line came from the server.
  mutating func received(_ line: some Collection<UInt8>) {
    // What comes behind a goodbye answers that, or so late that nobody can say what.
    if isLeaving { return }
    isGreeted = true
    let bytes = Array(line)
    guard reply == nil || step == .nothing, bytes.count >= 3, bytes.prefix(3).allSatisfy({ (0x30...0x39).contains($0) }) else { return }
    let code = bytes.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let isLast = bytes.count < 4 || bytes[3] != UInt8(ascii: "-")
    if words.utf8.count < Self.longest {
      let text = String(decoding: bytes.dropFirst(4).prefix(Self.longest), as: UTF8.self)
      words += (words.isEmpty ? "" : " ") + text.filter { $0 != "\r" && $0 != "\n" && $0 != "\r\n" }
    }
    guard isLast else { return }
    reply = Reply(code: code, words: words)
    words = ""
    if step == .login, code / 100 == 2 { isLoggedIn = true }
  }

  // MARK: What became of it

  /// Whether the server has answered to the whole message, and to nothing behind it.
  var isAnswered: Bool { step == .end && reply != nil }

  /// What became of the message.
  ///
  /// - Parameter words: The library's, for what the server says nothing of.
  func delivery(_ result: ccurl_result, _ words: String) -> Delivery {
    // Nobody gave the message up but the wait for the goodbye.
    let result = isLeaving && result == CCURL_STOPPED ? CCURL_TIMEOUT : result
    if step == .end { return afterEnd(result, words) }
    if result == CCURL_STOPPED { return lacksLogin ? .serverFailure(.login, words: "the server offers no login") : .stopped }
    if lacksLogin { return .serverFailure(.login, words: "the server offers no login") }
    if let reply, reply.code / 100 > 3 { return answered(reply) }
    switch (step, result) {
    case (.sender, _), (.recipient, _), (.start, _):
      // Not a word more came, or one that is none of SMTP's.
      return .transient(code: nil, words: result == CCURL_TIMEOUT ? "no answer in time" : "the connection was lost")
    case (_, CCURL_CERTIFICATE): return .serverFailure(.certificate, words: words)
    case (_, CCURL_TLS): return .serverFailure(.insecure, words: words)
    case (_, CCURL_LOGIN): return .serverFailure(.login, words: words)
    default: return .serverFailure(.unreachable, words: words)
    }
  }

  private func afterEnd(_ result: ccurl_result, _ words: String) -> Delivery {
    guard let reply else {
      return .unknown(result == CCURL_TIMEOUT ? "no answer in time" : "the connection was lost before the server answered")
    }
    switch reply.code / 100 {
    case 2: return .accepted("\(reply.code) \(reply.words)")
    case 4: return .transient(code: reply.code, words: reply.words)
    case 5: return .refused(code: reply.code, words: reply.words)
    default: return .unknown("\(reply.code) \(reply.words)")
    }
  }

  private func answered(_ reply: Reply) -> Delivery {
    let isForNow = reply.code / 100 == 4
    let words = "\(reply.code) \(reply.words)"
    switch step {
    case .nothing, .hello: return .serverFailure(isForNow ? .unavailable : .refused, words: words)
    case .startTLS: return .serverFailure(isForNow ? .unavailable : .insecure, words: words)
    case .login: return .serverFailure(isForNow ? .unavailable : .login, words: words)
    // Storage exceeded, and a mailbox's name that is not allowed, are this message's; any other refusal of the sender is every message's.
    case .sender where !isForNow && ![552, 553].contains(reply.code): return .serverFailure(.sender, words: words)
    case .sender, .recipient, .start, .end:
      return isForNow ? .transient(code: reply.code, words: reply.words) : .refused(code: reply.code, words: reply.words)
    }
  }
}
