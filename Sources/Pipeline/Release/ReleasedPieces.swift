internal import Billing
internal import Contract
internal import Dates
internal import Diagnostics
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

  private let walk: ManifestWalk
  private let folder: FinishedFolder
  private let run: RunFacts
  private let filter: AccountFilter
  private let mailed: PlainDate
  private let postage: CardPostage
  private(set) var counts = Counts()
  /// SHA-256 of the manifest, once it has been looked at.
  private var digest = ""
  /// Accounts of `--only` of which no piece was met.
  private var missing: Set<[UInt8]>

  init(_ folder: FinishedFolder, filter: AccountFilter, mailed: PlainDate, signals: StopSignals) {
    (self.folder, self.filter, self.mailed) = (folder, filter, mailed)
    walk = ManifestWalk(folder, signals: signals)
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
    digest = try walk.check(run, tell) { (entry) throws(EntryFault) in
      missing.remove(entry.identity.account)
      guard admits(entry) else { return }
      _ = try MailedPiece(entry, mailed: mailed)
      counts.pieces += 1
      if entry.facts.kind == .postcard { counts.cards[entry.facts.card.flatMap(postage.postalClass), default: 0] += 1 }
      if let finding = walk.checkFile(entry.facts) { tell(finding) }
    }
    counts.hasUnreadable = walk.hasUnreadable
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

  // MARK: Handing out

  /// Calls `body` with a function that gives the pieces one after the other, as they were looked at.
  ///
  /// - Throws: What `body` throws; ``Stopped``; ``RunFailure`` 66 where the manifest has changed since.
  func forEach<Value>(_ body: (_ next: () throws -> MailedPiece?) throws -> Value) throws -> Value {
    try walk.begin()
    let before = counts
    defer { counts = before }
    var interruption: (any Error)?
    do {
      return try body {
        do {
          while let line = try walk.next() {
            let entry = try ManifestWalk.read(line)
            if admits(entry) { return try MailedPiece(entry, mailed: mailed) }
          }
          guard walk.finish() == digest else { throw changed() }
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
}
