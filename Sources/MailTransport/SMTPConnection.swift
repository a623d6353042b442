internal import CCurl
public import MailAddresses

/// A connection to one mail server, over which one message after the other goes; it is opened with the first, and anew once it is lost.
///
/// The server's certificate and its host's name are always looked at. Nothing of the environment and of the user's files is heeded. No message is ever
/// sent a second time by itself. To be used by one thread.
public final class SMTPConnection {
  /// The server.
  public let address: SMTPAddress
  private let listener: Listener
  private let connection: OpaquePointer

  /// Why there is none.
  public struct Unavailable: Error {}

  /// Prepares a connection; nothing is sent.
  ///
  /// - Parameters:
  ///   - password: The user's; `nil`: nobody logs in. Without TLS it goes no further than this machine.
  ///   - authorities: A file of certificates (PEM) that are trusted instead of the system's.
  ///   - timeout: Seconds that connecting, and each silence of the server's, may take.
  ///   - isStopped: Whether to give up; asked about once a second. A message of which something was sent is not given up.
  /// - Throws: ``Unavailable`` where there is no memory, or the library lacks a part.
  public init(
    _ address: SMTPAddress, password: String? = nil, authorities: String? = nil, timeout: Int, isStopped: @escaping () -> Bool
  ) throws(Unavailable) {
    self.address = address
    let user = password == nil ? nil : address.user
    listener = Listener(needsLogin: user != nil, isStopped)
    let security =
      switch address.security {
      case .plain: CCURL_PLAIN
      case .startTLS: CCURL_STARTTLS_REQUIRED
      case .implicit: CCURL_IMPLICIT
      }
    var calls = ccurl_listener(
      context: Unmanaged.passUnretained(listener).toOpaque(),
      read: { context, buffer, capacity in
        guard let buffer else { return .max }
        return SMTPConnection.listener(context)?.read(UnsafeMutableRawBufferPointer(start: buffer, count: capacity)) ?? .max
      },
      reply: { context, line, length in
        SMTPConnection.listener(context)?.conversation.received(UnsafeRawBufferPointer(start: line, count: length))
      },
      command: { context, command in SMTPConnection.listener(context)?.conversation.sent(command) },
      stopped: { context in SMTPConnection.listener(context)?.givesUp ?? true })
    let opened = ccurl_open(address.url, security, user, password, authorities, Int32(clamping: timeout), &calls)
    guard let opened else { throw Unavailable() }
    connection = opened
  }

  deinit { ccurl_close(connection) }

  private static func listener(_ context: UnsafeMutableRawPointer?) -> Listener? {
    context.map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Sends a message, and waits for the server's answer.
  ///
  /// - Parameters:
  ///   - message: With lines that end in CR LF.
  ///   - sender: To whom it comes back where it cannot be delivered.
  ///   - recipient: To whom it goes.
  /// - Returns: What became of it.
  public func deliver(_ message: [UInt8], from sender: MailAddress, to recipient: MailAddress) -> Delivery {
    listener.begin(message)
    var words: UnsafePointer<CChar>?
    let result = ccurl_send(connection, "<\(sender.text)>", "<\(recipient.text)>", &words)
    if result != CCURL_OK, !listener.conversation.isAnswered { ccurl_drop(connection) }
    return listener.conversation.delivery(result, words.map { String(cString: $0) } ?? "")
  }

  /// Whom the library tells how far it is.
  private final class Listener {
    var conversation: Conversation
    private let isStopped: () -> Bool
    private var message: [UInt8] = []
    private var sent = 0

    init(needsLogin: Bool, _ isStopped: @escaping () -> Bool) {
      (conversation, self.isStopped) = (Conversation(needsLogin: needsLogin), isStopped)
    }

    func begin(_ message: [UInt8]) {
      conversation.begin()
      (self.message, sent) = (message, 0)
    }

    /// Before anything of the message was sent it can be given up; behind that only the answer tells what became of it.
    var givesUp: Bool { conversation.isLeaving || (!conversation.hasBegun && (conversation.lacksLogin || isStopped())) }

    func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
      if givesUp { return .max }
      let part = message[sent...].prefix(buffer.count)
      part.withUnsafeBytes { buffer.copyMemory(from: $0) }
      sent += part.count
      conversation.handedOver(part.count)
      return part.count
    }
  }
}
