internal import Billing
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Intake
internal import Languages

/// Reads all data a second time and says of each record what is to be done with it.
final class SecondPass {
  /// A record that is to become something.
  enum Item {
    /// Left out by `--only` or `--exclude`.
    case skipped
    /// Written or rejected by an earlier part of this run.
    case settled
    /// To be rejected without asking a worker.
    case fault(RecordInput, length: Int, RecordFault)
    /// To be given to a worker.
    case record(RecordInput)
  }

  private let inputs: [DataInput]
  private let data: DataDigest
  private let filter: AccountFilter
  private let output: OutputFolder
  private let journal: Journal
  private let deriving: DerivingOptions
  private let reader: FileReader
  private let signals: StopSignals?
  private let hasLedger: Bool
  /// Records that are given out whatever became of them; `nil`: those that are to be made.
  private let wanted: Set<RecordPlace>?
  private let duplicates: JournalCursor<DuplicateRow>
  private let copies: JournalCursor<CopyRow>
  private let several: JournalCursor<SeveralRow>
  private let later: JournalCursor<LaterRow>
  private let pieces: JournalCursor<PieceFileRow>
  private let rejects: JournalCursor<RejectKeyRow>
  private var open: OpenInput?
  private var nextInput = 0
  /// What each file was when it was opened; it must still be that when the run ends.
  private var statuses: [FileStatus] = []

  /// Prepares to read; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - data: What the first pass found, for each of `inputs`.
  ///   - deriving: What is asked of derived records.
  ///   - reader: Opens up what has to be.
  ///   - hasLedger: Whether the journal knows what a ledger says of the accounts.
  ///   - wanted: The records that are asked for, whatever became of them; `nil`: those that are to be made.
  init(
    inputs: [DataInput], data: DataDigest, filter: AccountFilter, output: OutputFolder, journal: Journal,
    deriving: DerivingOptions = DerivingOptions(), reader: FileReader = FileReader(), signals: StopSignals? = nil, hasLedger: Bool = false,
    wanted: Set<RecordPlace>? = nil
  ) {
    self.wanted = wanted
    (self.deriving, self.reader, self.signals, self.hasLedger) = (deriving, reader, signals, hasLedger)
    (self.inputs, self.data, self.filter, self.output, self.journal) = (inputs, data, filter, output, journal)
    (duplicates, pieces, rejects) = (journal.duplicates(), journal.pieces(), journal.rejects())
    (copies, several, later) = (journal.copies(), journal.several(), journal.later())
  }

  /// The next record; `nil` after the last.
  ///
  /// - Throws: ``RunFailure`` 66 where the data are not those of the first pass; nothing of a block that differs is given out.
  func next() throws -> Item? {
    while true {
      guard let open else {
        guard nextInput < inputs.count else { return nil }
        try openNext()
        continue
      }
      guard let record = try read(open) else {
        try open.finish()
        self.open = nil
        continue
      }
      return try item(record, open.input)
    }
  }

  private func read(_ open: OpenInput) throws -> SourceRecord? {
    do { return try open.next() } catch let failure as SourceFailure {
      try signals?.check()
      switch failure {
      case .unreadable(let refusal): throw SecondPass.changed(open.input, refusal)
      case .abandoned, .impossible: throw open.input.failure(failure)
      }
    }
  }

  private func item(_ found: SourceRecord, _ input: DataInput) throws -> Item {
    let place = RecordPlace(input: input.position, number: found.number)
    var identity = found.identity
    if found.isLost {
      // Whose it is, and whether it was to be made, the first pass may have seen.
      switch try journal.known(at: place) {
      case .identity(let known): identity = known
      case .nameless: break
      case .leftOut: if !filter.admitsAll { return .skipped }
      }
    }
    guard filter.admits(identity) else { return .skipped }
    if let wanted {
      if !wanted.contains(place) { return .settled }
    } else if try rejects.rows(at: place).contains(where: { $0.kind == .bill }) || isMade(place) {
      return .settled
    }
    var record = RecordInput(
      file: found.file, input: input.position, number: found.number, offset: found.offset, identity: identity, bytes: Array(found.bytes))
    record.warnings = found.warnings
    if hasLedger, let identity { record.facts = try journal.facts(of: identity) }
    record.copy = try copies.rows(at: place).first?.number ?? 1
    record.hasSeveralSeries = try !several.rows(at: place).isEmpty
    record.isFirst = try later.rows(at: place).isEmpty
    if let fault = found.fault { return .fault(record, length: found.length, fault) }
    if let identity, let duplicate = try duplicates.rows(at: place).first {
      let first = duplicate.first
      guard inputs.indices.contains(first.input) else { throw JournalDamage("a row is about a file that is none of the data") }
      return .fault(
        record, length: found.length, .duplicate(identity, of: "\(inputs[first.input].name):\(first.number)", differs: duplicate.differs))
    }
    return .record(record)
  }

  /// Whether an earlier part of the run has made the pieces, and they are still there in full; of a postcard it is asked once all records are
  /// settled.
  private func isMade(_ place: RecordPlace) throws -> Bool {
    let made = try pieces.rows(at: place).filter { $0.key.kind != .postcard }
    guard !made.isEmpty else { return false }
    do throws(SystemError) {
      for piece in made {
        // A bill that was only judged has no file.
        if piece.file.isEmpty { continue }
        if try output.size(of: piece.file) != piece.bytes { return false }
      }
      return true
    } catch {
      throw RunFailure.output(error, "'\(output.path)'")
    }
  }

  private func openNext() throws {
    let input = inputs[nextInput]
    let open: OpenInput
    let following = nextInput + 1 < inputs.count ? inputs[nextInput + 1] : nil
    do {
      open = try OpenInput(input, expected: data.inputs[nextInput], journal, deriving, reader, next: following, signals)
    } catch let failure as SourceFailure {
      try signals?.check()
      throw input.failure(failure)
    }
    // Where one has come, the file was not read to its end.
    try signals?.check()
    statuses.append(open.status)
    (self.open, nextInput) = (open, nextInput + 1)
  }

  /// Makes sure that every file still is what was read.
  func verifyInputs() throws {
    for (input, status) in zip(inputs, statuses) {
      do throws(SystemError) {
        guard let now = try input.status() else { throw SystemError(ENOENT) }
        guard
          now.inode == status.inode, now.device == status.device, now.size == status.size, now.modifiedSeconds == status.modifiedSeconds,
          now.modifiedNanoseconds == status.modifiedNanoseconds
        else { throw SystemError(ESTALE) }
      } catch {
        throw SecondPass.changed(input, error)
      }
    }
  }

  fileprivate static func changed(_ input: DataInput, _ error: SystemError? = nil) -> RunFailure {
    if let error, error.number != ESTALE {
      return RunFailure(
        .data, id: "data-vanished",
        "the data '\(input.shown)' vanished while they were read: \(error.text); put them back and the same command continues the run")
    }
    return RunFailure(
      .data, id: "data-changed",
      "the data '\(input.shown)' changed while they were read; with the data as they were, the same command continues the run")
  }
}

/// A data file while it is being read for the second time.
private final class OpenInput {
  let input: DataInput
  let status: FileStatus
  private let expected: DataDigest.Input
  private let file: OpenFile
  private let digest: RunningDigest
  private let records: any RecordSource
  private let journal: Journal

  init(
    _ input: DataInput, expected: DataDigest.Input, _ journal: Journal, _ deriving: DerivingOptions, _ reader: FileReader, next: DataInput?,
    _ signals: StopSignals?
  ) throws {
    (self.input, self.expected, self.journal) = (input, expected, journal)
    do throws(SystemError) {
      file = try input.open()
      status = try file.status()
    } catch {
      throw SecondPass.changed(input, error)
    }
    let checkpoint = journal.checkpoints(ofInput: input.position)
    let digest = RunningDigest(
      .compare { position in
        // A journal that cannot be read any more gives a digest that matches nothing.
        do { return try checkpoint(position) } catch { return [] }
      })
    self.digest = digest
    let notes = try journal.readingNotes(ofInput: input.position)
    records = try input.source(
      descriptor: file.descriptor, deriving: deriving, reader: reader, notes: notes, next: next, observe: { digest.update($0) },
      isStopped: { signals?.isPending == true })
  }

  func next() throws -> SourceRecord? {
    let record = try records.next()
    if digest.mismatch == nil { return record }
    // It takes both to differ: a journal that is damaged is not to be blamed on the data.
    try journal.verify()
    throw SecondPass.changed(input)
  }

  /// Makes sure that the whole file is what it was.
  func finish() throws {
    guard digest.position == expected.bytes, digest.finish() == expected.digest else { throw SecondPass.changed(input) }
  }
}
