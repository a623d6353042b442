internal import Billing
internal import CLinux
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Intake
internal import Money
internal import Reporting

/// The main part of a run: every record is handed out or settled, every result written and noted, then the result files are made.
final class RenderCycle {
  /// Records that need no worker and are settled between two looks at the workers.
  private static let burst = 256
  /// Pause between two looks whether the output folder is still there, in nanoseconds.
  private static let standingPause: Int64 = 500_000_000
  /// Rejects that are told on the standard error in full; all of them are in the file.
  ///
  /// - Stops: a wrong cycle that floods the terminal.
  private static let toldRejects = 20

  private let options: RenderOptions
  private let prepared: PreparedRun
  private let cycle: String
  private let inputs: [DataInput]
  private let data: DataDigest
  private let filter: AccountFilter
  /// Names of some files that were passed over.
  private let ignored: [String]
  private let output: OutputFolder
  private let journal: Journal
  private let reader: FileReader
  private let signals: StopSignals
  private let reporter: Reporter
  private let early: EarlyWorker
  private let store: PieceStore
  private let editions: EditionFiles
  private var progress: Progress

  init(
    options: RenderOptions, prepared: PreparedRun, cycle: String, inputs: [DataInput], data: DataDigest, filter: AccountFilter,
    ignored: [String],
    output: OutputFolder, journal: Journal, reader: FileReader, signals: StopSignals, reporter: Reporter, early: EarlyWorker
  ) {
    (self.reader, self.early) = (reader, early)
    (self.options, self.prepared, self.cycle, self.inputs, self.data) = (options, prepared, cycle, inputs, data)
    (self.filter, self.output, self.journal, self.signals, self.reporter) = (filter, output, journal, signals, reporter)
    self.ignored = ignored
    store = PieceStore(output)
    editions = EditionFiles(store, journal)
    progress = Progress(total: 0)
  }

  /// Runs to the end.
  ///
  /// - Throws: ``RunFailure``, or ``Stopped`` once everything that was made is noted; the run may then be continued.
  func run() throws -> ExitCode {
    let results = ResultFiles(output: output, journal: journal, signals: signals)
    let blank = Summary(cycle: cycle, isSpecimen: options.job.specimen)
    if try results.areComplete() { return try conclude(try results.read(blank)) }
    // Of a new run nothing says so, and the first entry of a log takes two syncs.
    if try journal.fact(ResultFiles.finished) != nil { try journal.setFact(ResultFiles.finished, nil) }
    try output.removeResults()
    let second = SecondPass(
      inputs: inputs, data: data, filter: filter, output: output, journal: journal, deriving: options.deriving(prepared),
      reader: reader, signals: signals, hasLedger: options.job.ledger != nil)
    let (records, skipped) = try journal.counts()
    progress = Progress(total: records - skipped)
    let committer = try Committer(journal, folder: output.folder.descriptor)
    do {
      try withWorkers { pool in
        try makeAll(second, pool, committer)
        if options.job.pieces.contains(.postcard) {
          // Ranks are given by what the journal holds.
          try committer.flush()
          try paintCards(pool, committer)
        }
      }
      try committer.flush()
    } catch {
      // What has been made need not be made again; the error is the one to be told even if this fails, too.
      try? committer.flush()
      throw error
    }
    try second.verifyInputs()
    try editions.removeUnnamed()
    let summary = try results.write(blank)
    return try conclude(summary)
  }

  /// Calls `body` with the run's workers, which end with it.
  private func withWorkers(_ body: (WorkerPool) throws -> Void) throws {
    let log: OpenFile
    do throws(SystemError) {
      log = try output.openLog()
    } catch {
      throw RunFailure.output(error, "'\(output.workPath)/\(OutputFolder.logName)'")
    }
    let pool = try WorkerPool(
      job: WorkerJob(options: options.job, payload: prepared.payload), faults: options.faults, size: options.jobs,
      limits: options.limits, log: log, early: early)
    defer { pool.kill() }
    try body(pool)
  }

  /// Makes all records that are not settled.
  private func makeAll(_ second: SecondPass, _ pool: WorkerPool, _ committer: Committer) throws {
    try work(
      pool, committer,
      next: {
        guard let item = try second.next() else { return .end }
        switch item {
        case .skipped: break
        case .settled: progress.settle(wasOld: true)
        case .fault(let record, let length, let fault): try reject(record, length: length, fault, committer)
        case .record(let record): return .record(record)
        }
        return .done
      },
      take: { try take($0, $1, committer) })
  }

  /// Paints the postcards, which have been judged with their records' bills.
  private func paintCards(_ pool: WorkerPool, _ committer: Committer) throws {
    let cards = CardPass(output: output, journal: journal)
    progress.extend(by: try cards.count())
    var faults: [RecordPlace: RecordFault] = [:]
    try work(
      pool, committer,
      next: {
        switch try cards.next() {
        case nil: return .end
        case .settled?: progress.settle(wasOld: true)
        case .card(let record)?: return .record(record)
        }
        return .done
      },
      take: { record, delivery in
        let place = RecordPlace(input: record.input, number: record.number)
        switch delivery {
        case .outcome(.pieces(let pieces, _, _)):
          if let fault = defect(in: pieces, of: record) {
            faults[place] = fault
          } else {
            try write(record, pieces, committer)
          }
        case .outcome(.reject(let fault, _)), .lost(let fault): faults[place] = fault
        }
        progress.settle()
      })
    if !faults.isEmpty { try rejectCards(faults, committer) }
  }

  /// Notes postcards that were judged and could not be painted, with the records they come from. They keep their ranks.
  private func rejectCards(_ faults: [RecordPlace: RecordFault], _ committer: Committer) throws {
    let records = SecondPass(
      inputs: inputs, data: data, filter: filter, output: output, journal: journal, deriving: options.deriving(prepared),
      reader: reader, signals: signals, wanted: Set(faults.keys))
    while let item = try records.next() {
      try signals.check()
      let found: (record: RecordInput, length: Int)? =
        switch item {
        case .record(let record): (record, record.bytes.count)
        case .fault(let record, let length, _): (record, length)
        case .settled, .skipped: nil
        }
      guard let (record, length) = found, let fault = faults[RecordPlace(input: record.input, number: record.number)],
        let identity = record.identity
      else { continue }
      try store.remove(
        PieceName.file(of: identity, kind: .postcard, hasSeveralSeries: record.hasSeveralSeries, copy: record.copy))
      try note(record, length: length, .postcard, fault, committer, keepsPiece: true)
    }
  }

  /// What comes next for the workers.
  private enum Next {
    case record(RecordInput)
    /// Settled without them.
    case done
    /// Nothing more.
    case end
  }

  /// Hands out what `next` gives, and takes what comes back, until both have ended.
  private func work(
    _ pool: WorkerPool, _ committer: Committer, next: () throws -> Next, take: (RecordInput, WorkerPool.Delivery) throws -> Void
  ) throws {
    var isAtEnd = false
    var looked = bf_monotonic_nanoseconds()
    while true {
      var burst = 0
      while !isAtEnd, burst < RenderCycle.burst, pool.hasRoom {
        switch try next() {
        case .record(let record): try pool.submit(record)
        case .done: burst += 1
        case .end: isAtEnd = true
        }
      }
      if isAtEnd, pool.isIdle { return }
      let mayWait = isAtEnd || !pool.hasRoom
      let ready = try pool.step(mayWait ? 100 : 0, others: [signals.descriptor, committer.descriptor], deliver: take)
      if ready[1] { try committer.syncEnded() }
      try signals.check()
      try committer.advance()
      if bf_monotonic_nanoseconds() - looked >= RenderCycle.standingPause {
        try output.checkStanding()
        looked = bf_monotonic_nanoseconds()
      }
      if reporter.showsProgress, let line = progress.line() { reporter.progress(line) }
    }
  }

  // MARK: What comes back

  private func take(_ record: RecordInput, _ delivery: WorkerPool.Delivery, _ committer: Committer) throws {
    switch delivery {
    case .outcome(.pieces(let pieces, let faults, _)):
      if let fault = defect(in: pieces, of: record) { return try reject(record, length: record.bytes.count, fault, committer) }
      try write(record, pieces, committer)
      for fault in faults { try note(record, length: record.bytes.count, fault.kind, fault.fault, committer) }
      progress.settle()
    case .outcome(.reject(let fault, _)): try reject(record, length: record.bytes.count, fault, committer)
    case .lost(let fault): try reject(record, length: record.bytes.count, fault, committer)
    }
  }

  /// What cannot be right about a renderer's pieces. A renderer that is wrong about one record must not end the cycle.
  private func defect(in pieces: [Piece], of record: RecordInput) -> RecordFault? {
    for piece in pieces {
      guard let identity = record.identity, identity.account.elementsEqual(piece.facts.account.utf8),
        identity.invoice.elementsEqual(piece.facts.invoice.utf8)
      else { return RecordFault(.defect, "the bill that was laid out has another account or invoice") }
      // A postcard comes without its file until its rank is known.
      let isDraft = piece.facts.kind == .postcard && record.card == nil
      guard piece.facts.pages > 0, !piece.bytes.isEmpty || isDraft || !isWanted(piece.facts) || editions.has(piece.facts) else {
        return RecordFault(.defect, "the \(piece.facts.kind.traits.noun) that was laid out has no page")
      }
      if let fault = editions.contradiction(piece.facts) { return fault }
    }
    return nil
  }

  /// Whether the piece's file is asked for.
  private func isWanted(_ facts: PieceFacts) -> Bool { options.job.pieces.contains(facts.kind) }

  /// Writes a record's pieces and notes them, all or none: one that is noted without the others would count as settled, and they would never be made.
  private func write(_ record: RecordInput, _ pieces: [Piece], _ committer: Committer) throws {
    for row in try pieces.compactMap({ try written(record, $0) }) { committer.append(row) }
  }

  /// Writes a piece; what is to be noted of it, `nil` for nothing.
  private func written(_ record: RecordInput, _ piece: Piece) throws -> PieceRow? {
    guard let identity = record.identity else { return nil }
    var facts = piece.facts
    facts.cycle = cycle
    (facts.series, facts.copy) = (identity.seriesText, record.copy)
    facts.isSpecimen = options.job.specimen
    facts.record = PieceFacts.Source(file: record.file, input: record.input, number: record.number)
    switch facts.kind.traits.naming {
    // A bill that is not asked for is noted without a file: that it could be made counts.
    case .record where !isWanted(facts): (facts.file, facts.bytes) = ("", 0)
    // Nor has a postcard one yet: its rank among all cards is not known before the last record is settled.
    case .record where facts.kind == .postcard && record.card == nil: (facts.file, facts.bytes) = ("", 0)
    case .record:
      facts.file = PieceName.file(of: identity, kind: facts.kind, hasSeveralSeries: record.hasSeveralSeries, copy: record.copy)
      try store.write(facts.file, piece.bytes)
    // What serves many records and is not asked for was judged with them.
    case .edition where !isWanted(facts): return nil
    case .edition:
      facts.file = facts.kind.file(language: facts.language, format: facts.format)
      try editions.write(facts, piece.bytes)
    }
    return PieceRow(place: RecordPlace(input: record.input, number: record.number), facts: facts)
  }

  /// Rejects a whole record.
  private func reject(_ record: RecordInput, length: Int, _ fault: RecordFault, _ committer: Committer) throws {
    // An interrupted run may have made pieces and not noted them. A duplicate's files are those of the bill that goes before it.
    if let identity = record.identity, fault.code != .duplicate, fault.code != .duplicateDiffers {
      for kind in PieceKind.allCases where kind.traits.naming == .record {
        try store.remove(
          PieceName.file(of: identity, kind: kind, hasSeveralSeries: record.hasSeveralSeries, copy: record.copy))
      }
    }
    try note(record, length: length, .bill, fault, committer)
    progress.rejects += 1
    progress.settle()
  }

  /// Notes a reject: of the record where the kind is `bill`, else of that piece.
  ///
  /// - Parameter keepsPiece: Whether the piece's row stays, without a file.
  private func note(
    _ record: RecordInput, length: Int, _ kind: PieceKind, _ fault: RecordFault, _ committer: Committer, keepsPiece: Bool = false
  ) throws {
    let reject = Reject(
      file: record.file, input: record.input, number: record.number, offset: record.offset, length: length, identity: record.identity,
      kind: kind.rawValue, fault: fault)
    let place = RecordPlace(input: record.input, number: record.number)
    let key = PieceKey(place, kind)
    let isLoss = WorkerLoss.codes.contains(fault.code.rawValue)
    var row = RejectRow(
      key: key, code: fault.code.rawValue, message: fault.fullMessage, path: fault.path, document: fault.document,
      line: reject.line(record: record.bytes), losses: isLoss ? try journal.losses(of: key, code: fault.code.rawValue) : 0)
    row.keepsPiece = keepsPiece
    committer.append(row)
  }

  // MARK: The end

  private func tellRejects(_ count: Int) throws {
    // A program may want all of them here, a person looks into the file for more than the first.
    let limit = reporter.format == .json ? count : RenderCycle.toldRejects
    try journal.forEachReject(limit: limit) { row in
      try signals.check()
      let place = row.key.place
      guard inputs.indices.contains(place.input) else { throw JournalDamage("a row is about a file that is none of the data") }
      reporter.report(
        Diagnostic(
          id: row.code, row.message,
          place: DataPlace(
            file: inputs[place.input].name, record: place.number, path: row.path, line: row.documentLine > 0 ? row.documentLine : nil,
            column: row.documentColumn > 0 ? row.documentColumn : nil)))
    }
    if count > limit {
      reporter.report(
        Diagnostic(.note, id: "more-rejects", "\(count - limit) more rejects stand in '\(output.path)/\(OutputFolder.rejectsName)'"))
    }
  }

  private func conclude(_ summary: Summary) throws -> ExitCode {
    reporter.clearProgress()
    try tellRejects(summary.rejected + summary.faults.values.reduce(0, +))
    let open = try journal.openLosses()
    if open > 0 {
      reporter.report(
        Diagnostic(
          .note, id: "records-lost",
          "\(open == 1 ? "1 record has" : "\(open) records have") cost \(open == 1 ? "its" : "their") workers; the same command tries "
            + "\(open == 1 ? "it" : "them") once more"))
    }
    var passedOver = try journal.ignored()
    passedOver.names = ignored
    if let note = DataNotes.ignored(passedOver) { reporter.report(note) }
    for (_, tally) in summary.tallies.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      reporter.report(tally.diagnostic)
    }
    let unmet = try journal.unmetAccounts()
    for account in unmet {
      reporter.report(
        Diagnostic(id: "account-not-met", "no record has the account '\(String(decoding: account, as: UTF8.self))' named with --only"))
    }
    switch reporter.format {
    case .text: for line in summary.lines(out: output.path) { reporter.result(line) }
    case .json: reporter.result(bytes: summary.bytes())
    }
    // One that came meanwhile may have cut short what was to be told.
    try signals.check()
    return summary.rejected > 0 || !summary.faults.isEmpty || !unmet.isEmpty ? .rejects : .success
  }
}
