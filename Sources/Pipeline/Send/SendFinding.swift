internal import Contract
internal import Diagnostics
internal import MailTransport

/// What a send tells of messages that were not accepted, and of a server that cannot be used.
enum SendFinding {
  /// What became of a message, as a code that is explained in `FindingCodes`.
  enum Reason: String {
    case ready = "message-ready"
    case refused = "message-refused"
    case unknown = "message-unknown"
    case suppressed = "message-suppressed"
    case deferred = "message-deferred"
  }

  /// Why a server cannot be used, the same way.
  enum Cause: String {
    case unreachable = "server-unreachable"
    case unavailable = "server-unavailable"
    case insecure = "server-insecure"
    case certificate = "server-certificate"
    case login = "server-login"
    case refused = "server-refused"
    case sender = "sender-refused"
  }

  /// A message by its invoice and account; its address is told nobody.
  static func name(_ invoice: String, _ account: String) -> String { "the e-mail \(invoice) of the account '\(account)'" }

  /// What became of a message.
  ///
  /// - Parameters:
  ///   - name: As ``name(_:_:)`` gives it.
  ///   - row: What is known of it; its words are the server's, or say what is in the way.
  static func diagnostic(_ reason: Reason, _ name: String, _ row: SendRow?) -> Diagnostic {
    let words = [row.flatMap { $0.code > 0 ? String($0.code) : nil }, row?.words].compactMap(\.self).joined(separator: " ")
    switch reason {
    case .ready: return Diagnostic(.note, id: reason.rawValue, "\(name) would be sent")
    case .refused: return Diagnostic(id: reason.rawValue, "\(name) was refused: \(words)")
    case .unknown:
      return Diagnostic(id: reason.rawValue, "\(name) may have been delivered or not: \(words.isEmpty ? SendRow.interrupted : words)")
    case .suppressed: return Diagnostic(.warning, id: reason.rawValue, "\(name) was not sent: \(words)")
    case .deferred: return Diagnostic(id: reason.rawValue, "\(name) was not taken yet: \(words)")
    }
  }

  /// Why the send ends here.
  ///
  /// - Parameter words: The server's, or the library's.
  static func failure(_ failure: ServerFailure, _ address: SMTPAddress, _ words: String) -> RunFailure {
    let server = "the server \(address.host):\(address.port)"
    let (cause, what): (Cause, String) =
      switch failure {
      case .unreachable: (.unreachable, "\(server) cannot be reached, or was lost")
      case .unavailable: (.unavailable, "\(server) takes no messages for now")
      case .insecure: (.insecure, "\(server) cannot be spoken to over TLS")
      case .certificate: (.certificate, "the certificate of \(server) is not to be trusted")
      case .login: (.login, "\(server) does not accept user and password")
      case .refused: (.refused, "\(server) does not speak with this machine")
      case .sender: (.sender, "\(server) takes no messages from the campaign's return-path")
      }
    return RunFailure(.limit, id: cause.rawValue, "\(what): \(words); the same command sends the rest")
  }
}
