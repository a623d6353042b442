public import Dates
public import MailTransport

/// What `billfold send` was asked to do.
public struct SendOptions: Sendable, Hashable {
  /// Seconds that connecting, and each silence of the server's, may take, where nothing else is said.
  ///
  /// - Stops: a server that never answers.
  public static let standardTimeout = 120
  /// The pauses between the tries of one message, and between those of a server that is lost; in seconds.
  ///
  /// - Stops: a server that says "later" for ever, or is never there again.
  public static let standardPauses: [Double] = [1, 4, 16]

  /// The output folder of a finished run.
  public var out: String
  /// The ledger's file.
  public var ledger: String
  /// The server.
  public var server: SMTPAddress
  /// The day that goes into the ledger; `nil`: today in UTC.
  public var mailed: PlainDate?
  /// The file that holds the user's password.
  public var passwordFile: String?
  /// A file of the certificates that are trusted instead of the system's.
  public var authorities: String?
  /// Messages a second at most; `nil`: as fast as the server takes them.
  public var rate: Double?
  /// Seconds that connecting, and each silence of the server's, may take.
  public var timeout = standardTimeout
  /// See ``standardPauses``.
  public var pauses = standardPauses
  /// `--only`: accounts, or `@FILE`.
  public var only: [String] = []
  /// `--exclude`: accounts, or `@FILE`.
  public var exclude: [String] = []
  /// Says what would be sent, without speaking to the server and without writing anything.
  public var isDry = false
  /// Sends messages once more of which nobody knows whether the server took them.
  public var retriesUnknown = false

  /// Makes options.
  public init(out: String, ledger: String, server: SMTPAddress) { (self.out, self.ledger, self.server) = (out, ledger, server) }
}
