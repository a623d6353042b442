internal import CLinux
public import Contract
internal import Dates
internal import Diagnostics
internal import Files
internal import Glibc
internal import MailTransport
public import Reporting

/// One run of `billfold send`: gives a finished run's e-mails to a mail server, each at most once, and takes down in the ledger which it accepted.
///
/// The same command again sends what is left.
public struct SendRun {
  /// Bytes of a file of certificates.
  ///
  /// - Stops: a wrong file named, read whole.
  private static let authoritiesLimit = 16 << 20

  private let options: SendOptions
  private let reporter: Reporter

  /// Prepares a send.
  public init(_ options: SendOptions, reporter: Reporter) { (self.options, self.reporter) = (options, reporter) }

  /// Sends the messages; each that was not accepted is a result, and a last line counts.
  ///
  /// Call once per process, on the main thread: the process's signals become the run's.
  ///
  /// - Returns: `success`; `found` where a file is not what the manifest says, with nothing sent; `rejects` where messages were refused or deferred, or
  ///   nobody knows of them, or an account of `--only` has none; `data` where something cannot be read; `limit` where the server cannot be used;
  ///   `otherRun` where the folder holds no finished run, or specimens, or its `.send` belongs to another; `locked`, `output` and `configuration` for
  ///   ledger, journal and password.
  public func run() -> Ending {
    Ending(of: { try start() }, reporter, whenStopped: "stopped by a signal; the same command sends the rest")
  }

  private func start() throws -> ExitCode {
    try SystemError.check(bf_ensure_standard_descriptors())
    let password = try options.passwordFile.map { path throws(RunFailure) in try PasswordFile.read(path) }
    if let authorities = options.authorities { try check(authorities) }
    let filter = try AccountFilter(only: options.only, exclude: options.exclude)
    let folder = try FinishedFolder(options.out)
    guard !RunFacts(folder).isSpecimen else {
      throw RunFailure(
        .otherRun, id: "output-specimen", "the run in '\(options.out)' was made with '--specimen': its pieces are not to be mailed")
    }
    let ledger = try SendLedger(options.ledger, of: folder, isDry: options.isDry)
    let signals = try StopSignals()
    let pieces = EmailPieces(folder, filter: filter, mailed: options.mailed ?? Self.today, signals: signals)
    let findings = try pieces.check { reporter.result($0) }
    guard findings == 0 else {
      var tally = SendTally()
      (tally.messages, tally.skipped, tally.findings) = (pieces.count, pieces.skipped, findings)
      tell(tally)
      return pieces.hasUnreadable ? .data : .found
    }
    return try send(pieces, folder, ledger, password, signals)
  }

  private func send(
    _ pieces: EmailPieces, _ folder: FinishedFolder, _ ledger: SendLedger, _ password: String?, _ signals: StopSignals
  ) throws -> ExitCode {
    // Without any message no journal is made, which would only stand in the way of another run.
    let journal = try SendJournal(of: folder, manifest: pieces.digest, isDry: options.isDry || pieces.count == 0)
    let connection: SMTPConnection
    do throws(SMTPConnection.Unavailable) {
      connection = try SMTPConnection(
        options.server, password: password, authorities: options.authorities, timeout: options.timeout, isStopped: { signals.isPending })
    } catch {
      throw RunFailure(.defect, id: "defect", "libcurl cannot be set up for SMTP")
    }
    let sender = Sender(
      pieces, journal: journal, ledger: ledger, options: options, connection: connection, signals: signals, reporter: reporter)
    do { try sender.send() } catch {
      tell(sender.tally)
      throw error
    }
    tell(sender.tally)
    for account in pieces.unmet {
      let name = String(decoding: account, as: UTF8.self)
      reporter.report(Diagnostic(id: "account-not-met", "no e-mail has the account '\(name)' named with --only"))
    }
    if sender.hasConflicts { return .found }
    let isWell = options.isDry ? sender.tally.refused + sender.tally.unknown == 0 : sender.tally.isWhole
    return isWell && pieces.unmet.isEmpty ? .success : .rejects
  }

  /// Makes sure that a file of certificates can be read: the library would take one that cannot for a fault of the server's.
  private func check(_ authorities: String) throws(RunFailure) {
    func failure(_ why: String) -> RunFailure {
      RunFailure(.configuration, id: "authorities-unusable", "cannot use the certificates in '\(authorities)': \(why)")
    }
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) { bytes = try BoundedFile.read(authorities, limit: Self.authoritiesLimit) } catch {
      throw failure("it \(error.reason)")
    }
    guard bytes.firstRange(of: Array("-----BEGIN ".utf8)) != nil else { throw failure("it holds none in PEM") }
  }

  /// Today in UTC.
  private static var today: PlainDate { PlainDate(daysSinceEpoch: time(nil) / 86_400) ?? .blank }

  private func tell(_ tally: SendTally) {
    if reporter.format == .json {
      reporter.result(bytes: tally.line(isDry: options.isDry))
    } else {
      reporter.result(tally.text(isDry: options.isDry))
    }
  }
}
