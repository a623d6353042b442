internal import Billing
internal import Contract
internal import Dates
internal import Diagnostics
internal import Digests
internal import Encodings
internal import Files
internal import JSON
internal import Ledger

/// The printed pieces of a finished run, as its manifest names them: looked at first, then handed out one by one.
final class ReleasedPieces {
  /// What was met.
  struct Counts {
    /// Printed pieces that are to be released.
    var pieces = 0
    /// Pieces that are not printed.
    var electronic = 0
    /// Printed pieces of accounts that are left out.
    var skipped = 0
    /// Of the pieces, the postcards by what their post takes them for; `nil`: it has no class for them, or their layout names no post.
    var cards: [CardPostage.Class?: Int] = [:]
    var findings = 0
    /// The system refused to read something.
    var hasUnreadable = false
  }

  /// Bytes of a file read at once.
  private static let chunk = 1 << 18
  /// Bytes of lines held at once.
  ///
  /// - Stops: a manifest of long lines held whole.
  private static let batchBytes = 1 << 20
  /// Lines held at once.
  ///
  /// - Stops: a manifest of short lines held whole.
  private static let batchLines = 256
  /// Files that serve many pieces and are looked at once: leaflets, by language and format.
  ///
  /// - Stops: a manifest that names another leaflet in each line, all of them remembered.
  private static let keptFiles = 1_000

  private let folder: FinishedFolder
  private let run: RunFacts
  private let filter: AccountFilter
  private let mailed: PlainDate
  private let postage: CardPostage
  private let signals: StopSignals
  private(set) var counts = Counts()
  /// SHA-256 of the manifest, once it has been looked at.
  private var digest = ""
  /// Accounts of `--only` of which no piece was met.
  private var missing: Set<[UInt8]>
  /// Files of editions that were found to be what a digest says.
  private var editions: [String: String] = [:]

  init(_ folder: FinishedFolder, filter: AccountFilter, mailed: PlainDate, signals: StopSignals) {
    (self.folder, self.filter, self.mailed, self.signals) = (folder, filter, mailed, signals)
    postage = CardPostage(mailed: mailed)
    run = RunFacts(folder)
    missing = filter.only ?? []
  }

  /// The accounts of `--only` that have no piece, sorted by their bytes.
  var unmet: [[UInt8]] { AccountFilter.sorted(missing) }

  // MARK: Looking

  /// Looks at the manifest and at each printed piece's file.
  func check(_ report: (Diagnostic) -> Void) throws {
    func tell(_ finding: Diagnostic) {
      counts.findings += 1
      report(finding)
    }
    let lines = try manifest()
    var last: ManifestEntry?
    while let line = try next(lines) {
      do throws(EntryFault) {
        let entry = try read(line)
        if let fault = entry.contradictions(run).first { throw fault }
        if let last, !last.precedes(entry) { throw EntryFault(.linesUnsorted, "does not stand behind the line before it") }
        last = entry
        missing.remove(entry.identity.account)
        guard admits(entry) else { continue }
        _ = try MailedPiece(entry, mailed: mailed)
        counts.pieces += 1
        if entry.facts.kind == .postcard { counts.cards[entry.facts.card.flatMap(postage.postalClass), default: 0] += 1 }
        if let finding = checkFile(entry.facts) { tell(finding) }
      } catch {
        tell(VerifyFinding.diagnostic(error.reason, error.message, file: OutputFolder.manifestName, line: line.number, path: error.path))
      }
    }
    digest = lines.finish()
    if let stated = try statedDigest(), stated != digest {
      tell(
        VerifyFinding.diagnostic(
          .fileDiffers, "has the SHA-256 \(digest); the summary says \(stated)", file: OutputFolder.manifestName))
    }
  }

  /// Counts an entry, and says whether it is to be released.
  private func admits(_ entry: ManifestEntry) -> Bool {
    guard entry.facts.channel == .print else {
      counts.electronic += 1
      return false
    }
    guard filter.admits(entry.identity) else {
      counts.skipped += 1
      return false
    }
    return true
  }

  private func checkFile(_ facts: PieceFacts) -> Diagnostic? {
    func finding(_ reason: VerifyFinding.Reason, _ what: String) -> Diagnostic {
      VerifyFinding.diagnostic(reason, what, file: facts.file)
    }
    let isShared = facts.kind.traits.naming == .edition
    if isShared, let known = editions[facts.file], known == facts.sha256 { return nil }
    switch FinishedFolder.open(facts.file, in: folder.folder.descriptor) {
    case .missing: return finding(.fileMissing, "is not there")
    case .obstructed(let what): return finding(.notAFile, what)
    case .unreadable(let error): return unreadable(error, facts)
    case .file(let file, let size):
      guard size == facts.bytes else { return finding(.fileDiffers, "has \(size) bytes; the manifest says \(facts.bytes)") }
      do throws(SystemError) {
        let found = try Self.digest(of: file)
        guard found == facts.sha256 else { return finding(.fileDiffers, "has the SHA-256 \(found); the manifest says \(facts.sha256)") }
        if isShared, editions.count < Self.keptFiles { editions[facts.file] = found }
        return nil
      } catch {
        return unreadable(error, facts)
      }
    }
  }

  private func unreadable(_ error: SystemError, _ facts: PieceFacts) -> Diagnostic {
    counts.hasUnreadable = true
    return VerifyFinding.diagnostic(.fileUnverifiable, "cannot be read: \(error.text)", file: facts.file)
  }

  private static func digest(of file: borrowing OpenFile) throws(SystemError) -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    var hasher = RunningSHA256()
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { return Hexadecimal.text(hasher.finish()) }
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The manifest's digest in the summary.
  private func statedDigest() throws -> String? {
    guard case .file(let file, _) = FinishedFolder.open(OutputFolder.summaryName, in: folder.folder.descriptor) else {
      throw unreadable(OutputFolder.summaryName)
    }
    let bytes = try file.readAll(limit: SummaryVerification.limit)
    let summary = try? JSONValue(parsing: bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes)
    return summary?[Summary.digestsKey]?[OutputFolder.manifestName]?.text
  }

  // MARK: Handing out

  /// Calls `body` with a function that gives the pieces one after the other, as they were looked at.
  ///
  /// - Throws: What `body` throws; ``Stopped``; ``RunFailure`` 66 where the manifest has changed since.
  func forEach<Value>(_ body: (_ next: () throws -> MailedPiece?) throws -> Value) throws -> Value {
    let lines = try manifest()
    let before = counts
    defer { counts = before }
    var interruption: (any Error)?
    do {
      return try body {
        do {
          while let line = try next(lines) {
            let entry = try read(line)
            if admits(entry) { return try MailedPiece(entry, mailed: mailed) }
          }
          guard lines.finish() == digest else { throw changed() }
          return nil
        } catch {
          interruption = error is EntryFault ? changed() : error
          throw error
        }
      }
    } catch {
      throw interruption ?? error
    }
  }

  private func changed() -> RunFailure {
    RunFailure(
      .data, id: "output-unreadable", "'\(folder.path)/\(OutputFolder.manifestName)' was changed while it was read; nothing was written")
  }

  // MARK: The manifest

  /// The lines that are at hand.
  private var batch: ArraySlice<ResultLines.Line> = []

  private func manifest() throws -> ResultLines {
    guard case .file(let file, _) = FinishedFolder.open(OutputFolder.manifestName, in: folder.folder.descriptor) else {
      throw unreadable(OutputFolder.manifestName)
    }
    batch = []
    return ResultLines(file)
  }

  private func next(_ lines: ResultLines) throws -> ResultLines.Line? {
    if batch.isEmpty {
      try signals.check()
      batch = try lines.next(lines: Self.batchLines, bytes: Self.batchBytes)[...]
    }
    return batch.popFirst()
  }

  private func read(_ line: ResultLines.Line) throws(EntryFault) -> ManifestEntry {
    if line.isTooLong { throw EntryFault(.lineMalformed, "has \(line.length) bytes, more than any line of a manifest") }
    return try ManifestEntry(line: line.bytes)
  }

  private func unreadable(_ name: String) -> RunFailure {
    RunFailure(.data, id: "output-unreadable", "cannot read '\(folder.path)/\(name)': it is missing, or no regular file")
  }
}
