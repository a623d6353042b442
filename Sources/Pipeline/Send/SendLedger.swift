internal import Billing
internal import CLinux
internal import Consents
internal import Contract
internal import Dates
internal import Diagnostics
internal import Files
internal import Glibc
internal import JSON
internal import Ledger

/// The ledger of a send: says whether a message may still go, and takes down those that went.
final class SendLedger {
  private let reader: LedgerReader
  /// `nil` where nothing is to be written.
  private let recording: PieceRecording?
  /// The run's own journal, which has what the run knew of each account; `nil` for a run that knew nothing.
  private let journal: Journal?

  /// Opens a ledger, and keeps other sends from it until the process ends.
  ///
  /// - Parameter isDry: Only reads, and keeps nobody out.
  /// - Throws: ``RunFailure``: 78 where it cannot be used or is another company's, 75 where another process has it, 74 where it may not be written; 73
  ///   where the run's journal is not there any more, which has what the run knew.
  init(_ path: String, of folder: FinishedFolder, isDry: Bool) throws {
    if !isDry { try Self.lock(path) }
    let company = folder.run.json("company")?.text
    recording = isDry ? nil : try PieceRecording(path)
    reader = try LedgerReader(path, company: company, consistency: .account)
    guard folder.run.ledgerDigest != nil else {
      journal = nil
      return
    }
    journal = try Journal.open(of: folder)
    guard journal != nil else {
      throw RunFailure(
        .otherRun, id: "journal-missing",
        "the run's journal in '\(folder.path)/\(OutputFolder.workName)', which has what the run knew of its customers, is not there or not this program's; make the run anew into another folder"
      )
    }
  }

  /// Of two sends with one ledger, both could look before either writes.
  private static func lock(_ path: String) throws(RunFailure) {
    // What cannot be opened is told by whoever opens it to use it. The descriptor is never closed: SQLite's own locks would go with it.
    guard let descriptor = (try? OpenFile(reading: path))?.release() else { return }
    let result = bf_lock(descriptor)
    if result == -EWOULDBLOCK {
      throw RunFailure(.locked, id: "send-locked", "another process sends with the ledger '\(path)'; wait until it has ended")
    }
    if result < 0 {
      throw RunFailure(
        .output, id: "ledger-unwritable", "cannot lock the ledger '\(path)': \(SystemError(-result).text); nothing was changed in it")
    }
  }

  /// Why a message must not go any more; `nil` where nothing is in its way.
  ///
  /// - Parameter piece: As the ledger would have it.
  func obstacle(to piece: MailedPiece) throws -> String? {
    let wording = piece.wording
    for known in try reader.pieces(of: piece.account) where known.kind == .email && Self.equal(known.wording.cycle, wording.cycle) {
      if Self.equal(known.wording.campaign, wording.campaign), Self.equal(known.wording.phase, wording.phase) {
        return "the ledger has one of this campaign, phase and cycle, accepted on \(known.mailed.iso)"
      }
      if Self.equal(known.invoice, piece.invoice), Self.equal(known.series, piece.series), known.copy == piece.copy {
        return "the ledger has another one with this invoice and cycle, accepted on \(known.mailed.iso)"
      }
    }
    let identity = RecordIdentity(account: Array(piece.account.utf8), invoice: Array(piece.invoice.utf8), series: Array(piece.series.utf8))
    let now = AccountHistory.deciding(try reader.facts(of: piece.account, cycle: wording.cycle, campaign: nil).events)
    let then = AccountHistory.deciding(try known(of: identity))
    if Self.equal(now, then) { return nil }
    guard let latest = now.first else { return "the ledger no longer has what the run knew of the customer" }
    return "the ledger has an entry '\(latest.kind.rawValue)' of \(latest.date.iso) that the run did not know"
  }

  private func known(of identity: RecordIdentity) throws -> [CustomerEvent] {
    guard let bytes = try journal?.facts(of: identity), !bytes.isEmpty else { return [] }
    do throws(RecordFault) { return try AccountFacts(bytes: bytes).events } catch { throw JournalDamage(error.message) }
  }

  private static func equal(_ a: [CustomerEvent], _ b: [CustomerEvent]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.kind == $1.kind && $0.date == $1.date && equal($0.source, $1.source) }
  }

  private static func equal(_ a: String?, _ b: String?) -> Bool { (a ?? "").utf8.elementsEqual((b ?? "").utf8) }

  /// Takes down a message that a server accepted.
  ///
  /// - Returns: How the ledger has it otherwise; `nil` where it has it now as it is.
  /// - Throws: ``RunFailure``: 75, 74, 78.
  func record(_ piece: MailedPiece) throws -> MailedPiece? {
    guard let recording else { return nil }
    var next: MailedPiece? = piece
    var other: MailedPiece?
    let piece = {
      defer { next = nil }
      return next
    }
    _ = try recording.record(piece, conflict: { other = $1 })
    return other
  }
}
