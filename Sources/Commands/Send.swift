internal import ArgumentParser
internal import Dates
internal import MailTransport
internal import Pipeline

/// `billfold send`
struct Send: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Gives a finished run's e-mails to a mail server, each at most once.",
    discussion: """
      Each message's file is compared with its digest first. A journal in the folder, '.send', has an entry before and one after each message, and the \
      ledger one for each that was accepted; the same command again sends what is left. A message is left out where the ledger has one of its \
      campaign, phase and cycle for the account, or has heard of the customer since the run was made. What a server does not take for now is tried four \
      times, with growing pauses; one that was sent whole and never answered is listed, and never sent again without '--retry-unknown'. With \
      'smtp' the server must offer STARTTLS; its certificate is always looked at. Exit codes: 0 all were accepted or left out; 1 a file is not what \
      the manifest says, nothing was sent; 65 some were refused or deferred, or nobody knows of them, or an account of '--only' has none; 66 something \
      cannot be read; 69 the server cannot be reached, trusted or logged in to, or refuses the sender; 73 no finished run, specimens, the run's \
      journal is missing, or '.send' belongs to another run; 74 ledger or journal cannot be written; 75 a run writes to the folder, another send uses it or \
      the ledger; 78 ledger, password file or certificates cannot be used.
      """)

  @Argument(help: ArgumentHelp("The output folder of a finished run.", valueName: "out"))
  var out: String
  @Option(help: LedgerCommand.ledgerHelp)
  var ledger: String
  @Option(
    help: ArgumentHelp(
      "The server, with the user who logs in: smtp:// (STARTTLS; port 587) or smtps:// (TLS; port 465). A password in it is refused.",
      valueName: "smtp(s)://user@host:port"))
  var smtp: String
  @Option(help: ArgumentHelp("The file of the user's password, which nobody else may read (mode 0600).", valueName: "file"))
  var passwordFile: String?
  @Option(help: ArgumentHelp("Certificates (PEM) that are trusted instead of the system's.", valueName: "file"))
  var smtpCa: String?
  @Flag(help: "Speak without TLS to a server on this machine: localhost, 127.0.0.1, [::1].")
  var smtpPlain = false
  @Option(help: ArgumentHelp("The day for the ledger; by default today in UTC.", valueName: "yyyy-mm-dd"))
  var mailed: PlainDate?
  @Option(
    help: ArgumentHelp(
      "Messages a second at most, such as 5 or 0.5, evenly spaced; by default as fast as the server takes them.", valueName: "n"))
  var rate: Double?
  @Option(help: ArgumentHelp("How long connecting, and each silence of the server's, may take.", valueName: "seconds"))
  var timeout: Int = SendOptions.standardTimeout
  @OptionGroup var accounts: AccountChoice
  @Flag(help: "Say what would be sent; nothing is sent and nothing is written.")
  var dryRun = false
  @Flag(help: "Send messages once more of which nobody knows whether the server took them; some customers may get two.")
  var retryUnknown = false
  @Option(help: ArgumentHelp("For tests: milliseconds of the first pause.", visibility: .hidden))
  var testPause: Int?
  @OptionGroup var output: OutputOptions

  /// Messages a second: one in a quarter of an hour.
  ///
  /// - Stops: a number nobody can have meant, which would make a run never end.
  private static let leastRate = 0.001
  /// Messages a second: far more than any server takes.
  ///
  /// - Stops: a number nobody can have meant.
  private static let greatestRate = 100_000.0

  func validate() throws {
    try require(out, "out")
    try require(ledger, "--ledger")
    try require(passwordFile, "--password-file")
    try require(smtpCa, "--smtp-ca")
    try require(timeout, in: 1...3_600, "--timeout")
    if let rate, !(rate >= Self.leastRate && rate <= Self.greatestRate) {
      throw ValidationError("The value '\(rate)' of '--rate' must lie between \(Self.leastRate) and \(Int(Self.greatestRate)).")
    }
    if let testPause { try require(testPause, in: 0...60_000, "--test-pause") }
    let server = try address
    if passwordFile != nil, server.user == nil {
      throw ValidationError("'--password-file' needs a user in '--smtp': smtp://USER@HOST.")
    }
    if passwordFile == nil, server.user != nil { throw ValidationError("The user in '--smtp' needs '--password-file'.") }
    if smtpPlain, smtpCa != nil { throw ValidationError("'--smtp-ca' is for a server with TLS.") }
  }

  private var address: SMTPAddress {
    get throws {
      // The value itself is never repeated: it may hold a password.
      do throws(SMTPAddress.Fault) { return try SMTPAddress(smtp, plain: smtpPlain) } catch {
        throw ValidationError("The value of '--smtp' \(error.reason).")
      }
    }
  }

  func run() throws {
    var options = SendOptions(out: out, ledger: ledger, server: try address)
    (options.mailed, options.passwordFile, options.authorities) = (mailed, passwordFile, smtpCa)
    (options.rate, options.timeout, options.only, options.exclude) = (rate, timeout, accounts.only, accounts.exclude)
    (options.isDry, options.retriesUnknown) = (dryRun, retryUnknown)
    if let testPause { options.pauses = options.pauses.map { $0 * Double(testPause) / 1_000 } }
    throw Ended(SendRun(options, reporter: output.reporter()).run())
  }
}
