internal import Billing
internal import Contract
internal import Dates
internal import Diagnostics
internal import Digests
internal import Encodings
internal import Files
internal import Ledger
internal import Mail
internal import MailAddresses

/// The e-mails of a finished run, as its manifest names them: looked at first, then handed out one by one, as often as is asked.
final class EmailPieces {
  /// One of them.
  struct Email {
    var identity: RecordIdentity
    var copy: Int
    /// As the ledger is to have it.
    var piece: MailedPiece
    /// To whom servers send back what they cannot deliver.
    var returnPath: MailAddress
    /// Of its file.
    var facts: PieceFacts
  }

  /// Bytes of a message; larger ones Billfold never writes.
  ///
  /// - Stops: a manifest that names a file which fills the memory.
  static let largest = 4 << 20

  private let folder: FinishedFolder
  private let run: RunFacts
  private let filter: AccountFilter
  private let mailed: PlainDate
  private let walk: ManifestWalk
  /// SHA-256 of the manifest, once it has been looked at.
  private(set) var digest = ""
  /// E-mails that are to be sent, and those of accounts that are left out.
  private(set) var (count, skipped) = (0, 0)
  /// Accounts of `--only` of which no e-mail was met.
  private var missing: Set<[UInt8]>
  /// The system refused to read something.
  var hasUnreadable: Bool { walk.hasUnreadable }

  /// - Parameter mailed: The day that goes into the ledger.
  init(_ folder: FinishedFolder, filter: AccountFilter, mailed: PlainDate, signals: StopSignals) {
    (self.folder, self.filter, self.mailed) = (folder, filter, mailed)
    walk = ManifestWalk(folder, signals: signals)
    run = RunFacts(folder)
    missing = filter.only ?? []
  }

  /// The accounts of `--only` that have no e-mail, sorted by their bytes.
  var unmet: [[UInt8]] { AccountFilter.sorted(missing) }

  // MARK: Looking

  /// Looks at the manifest and at each file that is to be sent.
  ///
  /// - Returns: How many findings were reported.
  func check(_ report: (Diagnostic) -> Void) throws -> Int {
    var findings = 0
    func tell(_ finding: Diagnostic) {
      findings += 1
      report(finding)
    }
    (count, skipped) = (0, 0)
    digest = try walk.check(run, tell) { (entry) throws(EntryFault) in
      guard entry.facts.kind == .email else { return }
      missing.remove(entry.identity.account)
      guard filter.admits(entry.identity) else {
        skipped += 1
        return
      }
      count += 1
      let email = try self.email(entry)
      if let finding = walk.checkFile(entry.facts) {
        tell(finding)
      } else if bytes(of: email).flatMap({ try? StoredMessage($0) }) == nil {
        tell(VerifyFinding.diagnostic(.lineContradicts, "is no message with one recipient that Billfold writes", file: entry.facts.file))
      }
    }
    return findings
  }

  private func email(_ entry: ManifestEntry) throws(EntryFault) -> Email {
    let piece = try MailedPiece(entry, mailed: mailed)
    guard piece.wording.campaign != nil, piece.wording.phase != nil else {
      throw EntryFault(.lineContradicts, "an e-mail belongs to a campaign and a phase", path: "$.campaign")
    }
    guard let facts = entry.facts.email else { throw EntryFault(.lineMalformed, "'email' is missing") }
    guard entry.facts.bytes <= Self.largest else {
      throw EntryFault(.lineContradicts, "an e-mail has at most \(Self.largest) bytes", path: "$.bytes")
    }
    let returnPath: MailAddress
    do throws(MailAddress.Fault) { returnPath = try MailAddress(facts.returnPath) } catch {
      throw EntryFault(.lineContradicts, "'\(facts.returnPath)' \(error.reason)", path: "$.email.return_path")
    }
    return Email(identity: entry.identity, copy: entry.facts.copy, piece: piece, returnPath: returnPath, facts: entry.facts)
  }

  // MARK: Handing out

  /// Calls `body` with each e-mail, in the order of the manifest, as they were looked at.
  ///
  /// - Parameter all: Also with those of accounts that are left out.
  /// - Throws: What `body` throws; ``Stopped``; ``RunFailure`` 66 where the manifest has changed since.
  func forEach(all: Bool = false, _ body: (Email) throws -> Void) throws {
    try walk.begin()
    while let line = try walk.next() {
      let email: Email?
      do throws(EntryFault) {
        let entry = try ManifestWalk.read(line)
        email = entry.facts.kind == .email && (all || filter.admits(entry.identity)) ? try self.email(entry) : nil
      } catch {
        throw changed(OutputFolder.manifestName)
      }
      if let email { try body(email) }
    }
    guard walk.finish() == digest else { throw changed(OutputFolder.manifestName) }
  }

  /// Reads a message.
  ///
  /// - Throws: ``RunFailure`` 66 where its file is not what it was when it was looked at.
  func message(_ email: Email) throws(RunFailure) -> StoredMessage {
    guard let bytes = bytes(of: email), let message = try? StoredMessage(bytes) else { throw changed(email.facts.file) }
    return message
  }

  /// The bytes of a message; `nil` where they are not those of the manifest.
  private func bytes(of email: Email) -> [UInt8]? {
    guard case .file(let file, let size) = FinishedFolder.open(email.facts.file, in: folder.folder.descriptor), size == email.facts.bytes,
      let bytes = try? file.readAll(limit: Self.largest, expected: size), Hexadecimal.text(Digest256.bytes(bytes)) == email.facts.sha256
    else { return nil }
    return bytes
  }

  private func changed(_ name: String) -> RunFailure {
    RunFailure(.data, id: "output-unreadable", "'\(folder.path)/\(name)' was changed while its messages were sent")
  }
}
