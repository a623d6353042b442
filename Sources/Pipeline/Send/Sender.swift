internal import Billing
internal import CLinux
internal import Contract
internal import Dates
internal import Diagnostics
internal import Glibc
internal import Ledger
internal import Mail
internal import MailTransport
internal import Reporting

/// Sends the e-mails of a run, each at most once.
///
/// A message is noted before it goes, and what became of it after. One that was noted and has no end is never sent again by itself, since nobody knows
/// whether the server took it.
final class Sender {
  private let pieces: EmailPieces
  private let journal: SendJournal?
  private let ledger: SendLedger
  private let options: SendOptions
  private let signals: StopSignals
  private let reporter: Reporter
  private let connection: SMTPConnection
  private(set) var tally = SendTally()
  private var progress: Progress
  /// Messages that wait for their next try.
  private var waiting = 0
  /// How often the server was lost, one after the other.
  private var losses = 0
  /// Whether the server has ever answered.
  private var isKnown = false
  /// The message that went last, which the ledger has by now.
  private var written: SendRow?
  /// When the next message may go, on the clock of `bf_monotonic_nanoseconds`.
  private var nextStart: Int64 = 0
  /// The ledger has a message otherwise than it was sent.
  private(set) var hasConflicts = false

  /// - Parameter journal: `nil` only for a dry send of a run of which nothing was sent.
  init(
    _ pieces: EmailPieces, journal: SendJournal?, ledger: SendLedger, options: SendOptions, connection: SMTPConnection,
    signals: StopSignals,
    reporter: Reporter
  ) {
    (self.pieces, self.journal, self.ledger, self.options) = (pieces, journal, ledger, options)
    (self.connection, self.signals, self.reporter) = (connection, signals, reporter)
    progress = Progress(total: pieces.count, failed: "not accepted")
    (tally.messages, tally.skipped) = (pieces.count, pieces.skipped)
  }

  // MARK: All messages

  /// Sends what is to be sent, and tells what became of each message that was not accepted.
  ///
  /// - Throws: ``RunFailure`` 69 where the server cannot be used, and others for journal and ledger; ``Stopped``. What was done until then is kept and
  ///   counted.
  func send() throws {
    try writeLeft()
    do {
      try pass(isFirst: true)
      for pause in options.pauses where waiting > 0 {
        try wait(pause)
        try pass(isFirst: false)
      }
      try finish()
    } catch {
      try? finish()
      throw error
    }
  }

  /// Takes down in the ledger what a killed send could not.
  private func writeLeft() throws {
    guard !options.isDry, let journal, try journal.hasUnwritten() else { return }
    try pieces.forEach(all: true) { email in
      guard let row = try journal.row(of: email.identity, copy: email.copy), row.state == .accepted, !row.isWritten else { return }
      try record(email, row)
      if let written { try journal.store(written) }
      written = nil
    }
  }

  /// Goes through all messages once.
  private func pass(isFirst: Bool) throws {
    try pieces.forEach { email in
      let row = try journal?.row(of: email.identity, copy: email.copy)
      if isFirst {
        try first(email, row)
      } else if let row, row.state == .deferred {
        waiting -= 1
        try consider(email, row)
      }
      if reporter.showsProgress, let line = progress.line() { reporter.progress(line) }
    }
  }

  private func first(_ email: EmailPieces.Email, _ row: SendRow?) throws {
    switch row?.state {
    case .accepted:
      tally.accepted += 1
      progress.settle(wasOld: true)
    case .refused:
      tell(email, .refused, row)
    case .unknown where !options.retriesUnknown, .begun where !options.retriesUnknown:
      tell(email, .unknown, row)
    default: try consider(email, row ?? SendRow(email.identity, copy: email.copy, state: .untried))
    }
  }

  /// Sends a message unless something has come between.
  private func consider(_ email: EmailPieces.Email, _ row: SendRow) throws {
    if let obstacle = try ledger.obstacle(to: email.piece) {
      var row = row
      // It waits for no try any more.
      if row.state == .deferred {
        row.state = row.isDoubtful ? .unknown : .untried
        try journal?.store(row)
      }
      (row.code, row.words) = (0, obstacle)
      tell(email, .suppressed, row)
      return
    }
    guard let journal, !options.isDry else {
      return tell(email, .ready, nil)
    }
    try deliver(email, row, journal)
  }

  /// Tells those that still wait for a try, and closes the line of progress.
  private func finish() throws {
    reporter.clearProgress()
    if let written { try journal?.store(written) }
    written = nil
    guard !options.isDry, let journal else { return }
    try journal.forEach(.deferred) { row in
      if row.tries <= options.pauses.count { tell(SendFinding.name(row.identity.invoiceText, row.identity.accountText), .deferred, row) }
    }
  }

  // MARK: One message

  /// Sends a message until something has become of it.
  private func deliver(_ email: EmailPieces.Email, _ known: SendRow, _ journal: SendJournal) throws {
    let message = try pieces.message(email)
    var row = known
    if known.state == .unknown { row.isDoubtful = true }
    while true {
      try keepPace()
      try signals.check()
      row.state = .begun
      row.tries += 1
      try journal.store(row, written: written)
      written = nil
      let delivery = connection.deliver(message.dated(seconds: Int64(time(nil))), from: email.returnPath, to: message.recipient)
      func clean(_ words: String) -> String { ServerWords.clean(words, without: message.recipient) }
      switch delivery {
      case .accepted(let words):
        (row.state, row.code, row.words, row.mailed) = (.accepted, 250, clean(words), email.piece.mailed.iso)
        try journal.store(row)
        tally.accepted += 1
        tally.new += 1
        progress.settle()
        (losses, isKnown) = (0, true)
        return try record(email, row)
      case .refused(let code, let words):
        (row.state, row.code, row.words) = (.refused, code, clean(words))
        try journal.store(row)
        tell(email, .refused, row)
        (losses, isKnown) = (0, true)
        return
      case .transient(let code, let words):
        (row.state, row.code, row.words) = (.deferred, code ?? 0, clean(words))
        try journal.store(row)
        isKnown = true
        if row.tries > options.pauses.count { tell(email, .deferred, row) } else { waiting += 1 }
        // 421: the server is about to close.
        if code == nil || code == 421 { try lose(row.words) } else { losses = 0 }
        return
      case .unknown(let words):
        (row.state, row.code, row.words) = (.unknown, 0, clean(words))
        try journal.store(row)
        tell(email, .unknown, row)
        isKnown = true
        return try lose(row.words)
      case .serverFailure(let failure, let words):
        (row.state, row.tries) = (known.state, row.tries - 1)
        try journal.store(row)
        // A server that was there may come back, in the middle of a handshake, too.
        guard isKnown, failure.mayPass || failure == .insecure else { throw SendFinding.failure(failure, options.server, clean(words)) }
        try lose(clean(words), failure)
      case .stopped:
        (row.state, row.tries) = (known.state, row.tries - 1)
        try journal.store(row)
        try signals.check()
      }
    }
  }

  /// Waits for a server that was lost, or gives up.
  private func lose(_ words: String, _ failure: ServerFailure = .unreachable) throws {
    guard losses < options.pauses.count else { throw SendFinding.failure(failure, options.server, words) }
    losses += 1
    try wait(options.pauses[losses - 1])
  }

  /// Takes down in the ledger a message that was accepted.
  private func record(_ email: EmailPieces.Email, _ row: SendRow) throws {
    var (piece, row) = (email.piece, row)
    if let mailed = PlainDate(row.mailed) { piece.mailed = mailed }
    if let known = try ledger.record(piece) {
      hasConflicts = true
      reporter.result(
        Diagnostic(
          id: "piece-differs", "\(name(email)) was accepted, and the ledger has it otherwise, mailed on \(known.mailed.iso)"))
    }
    row.isWritten = true
    written = row
  }

  // MARK: Telling

  private func tell(_ email: EmailPieces.Email, _ reason: SendFinding.Reason, _ row: SendRow?) { tell(name(email), reason, row) }

  private func tell(_ name: String, _ reason: SendFinding.Reason, _ row: SendRow?) {
    switch reason {
    case .refused: tally.refused += 1
    case .unknown: tally.unknown += 1
    case .suppressed: tally.suppressed += 1
    case .deferred: tally.deferred += 1
    case .ready: break
    }
    progress.settle()
    if reason != .ready { progress.rejects += 1 }
    reporter.result(SendFinding.diagnostic(reason, name, row))
  }

  private func name(_ email: EmailPieces.Email) -> String { SendFinding.name(email.piece.invoice, email.piece.account) }

  // MARK: Time

  /// Waits until the next message may go.
  private func keepPace() throws {
    guard let rate = options.rate else { return }
    let now = bf_monotonic_nanoseconds()
    if nextStart > now { try wait(Double(nextStart - now) / 1e9) }
    nextStart = max(nextStart, now) + Int64(1e9 / rate)
  }

  /// Waits, or throws ``Stopped`` at once when a signal comes.
  private func wait(_ seconds: Double) throws {
    let end = bf_monotonic_nanoseconds() + Int64(seconds * 1e9)
    while true {
      try signals.check()
      let left = (end - bf_monotonic_nanoseconds() + 999_999) / 1_000_000
      if left <= 0 { return }
      var waiting = [pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)]
      _ = poll(&waiting, 1, Int32(clamping: left))
    }
  }
}
