internal import Billing
internal import CLinux
internal import Diagnostics
internal import Glibc
internal import Money

/// The main part of a run: every record is handed out or settled, every result written and noted, then the result files are made.
final class RenderCycle {
  /// Records that need no worker and are settled between two looks at the workers.
  private static let burst = 256
  /// Rejects that are told on the standard error in full; all of them are in the file.
  private static let toldRejects = 20

  private let options: RenderOptions
  private let prepared: PreparedRun
  private let cycle: String
  private let inputs: [DataInput]
  private let data: DataDigest
  private let filter: AccountFilter
  private let output: OutputFolder
  private let journal: Journal
  private let signals: StopSignals
  private let reporter: Reporter
  private var store: PieceStore
  private var progress: Progress

  init(
    options: RenderOptions, prepared: PreparedRun, cycle: String, inputs: [DataInput], data: DataDigest, filter: AccountFilter,
    output: OutputFolder, journal: Journal, signals: StopSignals, reporter: Reporter
  ) {
    (self.options, self.prepared, self.cycle, self.inputs, self.data) = (options, prepared, cycle, inputs, data)
    (self.filter, self.output, self.journal, self.signals, self.reporter) = (filter, output, journal, signals, reporter)
    store = PieceStore(output)
    progress = Progress(total: 0)
  }

  /// Runs to the end.
  ///
  /// - Throws: ``RunFailure``, or ``Stopped`` once everything that was made is noted; the run may then be continued.
  func run() throws -> ExitCode {
    let results = ResultFiles(output: output, journal: journal)
    let blank = Summary(cycle: cycle, isSpecimen: options.job.specimen)
    if try results.areComplete() { return try conclude(try results.read(blank)) }
    try journal.setFact(ResultFiles.finished, nil)
    try output.removeResults()
    let second = SecondPass(
      inputs: inputs, data: data, filter: filter, output: output, journal: journal, language: options.invoiceLanguage(prepared))
    let (records, skipped) = try journal.counts()
    progress = Progress(total: records - skipped)
    let committer = try Committer(journal, folder: output.folder.descriptor)
    do {
      try makeAll(second, committer)
      try committer.flush()
    } catch {
      // What has been made need not be made again; the error is the one to be told even if this fails, too.
      try? committer.flush()
      throw error
    }
    try second.verifyInputs()
    let summary = try results.write(blank)
    return try conclude(summary)
  }

  private func makeAll(_ second: SecondPass, _ committer: Committer) throws {
    let log: OpenFile
    do throws(SystemError) {
      log = try OpenFile(writing: "workers.log", in: output.work.descriptor, appending: true)
    } catch {
      throw RunFailure.output(error, "'\(output.workPath)/workers.log'")
    }
    let pool = WorkerPool(
      job: WorkerJob(options: options.job, cycle: cycle, payload: prepared.payload), faults: options.faults, size: options.jobs,
      limits: options.limits, log: log)
    defer { pool.kill() }
    var isAtEnd = false
    while true {
      var burst = 0
      while !isAtEnd, burst < RenderCycle.burst, pool.hasRoom {
        guard let item = try second.next() else {
          isAtEnd = true
          break
        }
        switch item {
        case .skipped: burst += 1
        case .settled:
          burst += 1
          progress.settle(wasOld: true)
        case .fault(let record, let length, let fault):
          burst += 1
          try reject(record, length: length, fault, committer)
        case .record(let record): try pool.submit(record)
        }
      }
      if isAtEnd, pool.isIdle { return }
      let mayWait = isAtEnd || !pool.hasRoom
      let ready = try pool.step(mayWait ? 100 : 0, others: [signals.descriptor, committer.descriptor]) { record, delivery in
        try take(record, delivery, committer)
      }
      if ready[1] { try committer.syncEnded() }
      try signals.check()
      try committer.advance()
      if reporter.showsProgress, let line = progress.line() { reporter.progress(line) }
    }
  }

  // MARK: What comes back

  private func take(_ record: RecordInput, _ delivery: WorkerPool.Delivery, _ committer: Committer) throws {
    switch delivery {
    case .result(.piece(let facts, let digest, let pdf)): try write(record, facts, digest, pdf, committer)
    case .result(.reject(let fault, _)): try reject(record, length: record.bytes.count, fault, committer)
    case .lost(let loss): try reject(record, length: record.bytes.count, loss.fault(options.limits), committer)
    }
  }

  private func write(
    _ record: RecordInput, _ facts: PieceFacts, _ digest: String, _ pdf: UnsafeRawBufferPointer, _ committer: Committer
  ) throws {
    // A renderer that is wrong about one record must not end the cycle.
    guard let identity = record.identity, identity.account.elementsEqual(facts.account.utf8),
      identity.invoice.elementsEqual(facts.invoice.utf8)
    else {
      return try reject(
        record, length: record.bytes.count, RecordFault(.defect, "the bill that was laid out has another account or invoice"), committer)
    }
    guard facts.pages > 0, !pdf.isEmpty else {
      return try reject(record, length: record.bytes.count, RecordFault(.defect, "the bill that was laid out has no page"), committer)
    }
    let file = PieceName.file(of: identity)
    try store.write(file, pdf)
    let line = ManifestLine(
      facts: facts, cycle: cycle, isSpecimen: options.job.specimen, file: file, digest: digest, bytes: pdf.count, record: record)
    committer.append(
      PieceEntry(
        place: RecordPlace(input: record.input, number: record.number), kind: facts.kind, file: file, bytes: pdf.count, pages: facts.pages,
        currency: facts.currency.code, charges: facts.charges, due: facts.due, phase: facts.notice?.phase, variant: facts.notice?.variant,
        warnings: line.warnings, line: line.line()))
    progress.settle()
  }

  private func reject(_ record: RecordInput, length: Int, _ fault: RecordFault, _ committer: Committer) throws {
    // An interrupted run may have made the piece and not noted it. A duplicate's file is that of the bill that goes before it.
    if let identity = record.identity, fault.code != .duplicate { try store.remove(PieceName.file(of: identity)) }
    let reject = Reject(
      file: record.file, input: record.input, number: record.number, offset: record.offset, length: length, identity: record.identity,
      fault: fault)
    committer.append(
      RejectEntry(
        place: RecordPlace(input: record.input, number: record.number), code: fault.code.rawValue, message: fault.fullMessage,
        path: fault.path, line: reject.line(record: record.bytes)))
    progress.rejects += 1
    progress.settle()
  }

  // MARK: The end

  private func tellRejects(_ count: Int) throws {
    // A program may want all of them here, a person looks into the file for more than the first.
    let limit = reporter.format == .json ? count : RenderCycle.toldRejects
    try journal.forEachReject(limit: limit) { place, code, message, path in
      let file = inputs[place.input].name
      reporter.report(Diagnostic(id: code, message, place: DataPlace(file: file, record: place.number, path: path)))
    }
    if count > limit {
      reporter.report(
        Diagnostic(.note, id: "more-rejects", "\(count - limit) more rejects stand in '\(output.path)/\(OutputFolder.rejectsName)'"))
    }
  }

  private func conclude(_ summary: Summary) throws -> ExitCode {
    reporter.clearProgress()
    try tellRejects(summary.rejected)
    let unmet = try journal.unmetAccounts()
    for account in unmet {
      reporter.report(
        Diagnostic(id: "account-not-met", "no record has the account '\(String(decoding: account, as: UTF8.self))' named with --only"))
    }
    switch reporter.format {
    case .text: for line in summary.lines(out: output.path) { reporter.result(line) }
    case .json: reporter.result(bytes: summary.bytes())
    }
    return summary.rejected > 0 || !unmet.isEmpty ? .rejects : .success
  }
}
