internal import Billing
internal import CLinux
public import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Intake
public import Reporting

/// One run of `billfold render`, from the first look at its inputs to its exit code.
public struct RenderRun {
  private let options: RenderOptions
  private let program: String
  private let reporter: Reporter

  /// Prepares a run.
  ///
  /// - Parameter program: The program's version, for run.json.
  public init(_ options: RenderOptions, program: String, reporter: Reporter) {
    (self.options, self.program, self.reporter) = (options, program, reporter)
  }

  /// Makes every bill of the cycle, or continues to.
  ///
  /// Call once per process, on the main thread: the process's signals and its children become the run's.
  ///
  /// - Parameter prepare: Reads layout, campaign, fonts and key; its failure ends the run with 78 before anything is written. It tells when the
  ///   fonts are known to do no harm.
  /// - Returns: How the process must end.
  public func run(prepare: (JobOptions, _ isBorne: () -> Void) throws(RunFailure) -> PreparedRun) -> Ending {
    Ending(of: { try start(prepare) }, reporter, whenStopped: "stopped by a signal; the same command continues the run")
  }

  private func start(_ prepare: (JobOptions, () -> Void) throws(RunFailure) -> PreparedRun) throws -> ExitCode {
    try SystemError.check(bf_ensure_standard_descriptors())
    // SQLite makes files of its own; nobody else is to read those either.
    umask(0o077)
    let build = ProgramBuild.begin()
    let early = EarlyWorker(options.job, faults: options.faults, limits: options.limits)
    // The greater part of what was needed to load the libraries, and then to prepare, is not needed again: a run's memory is little and flat.
    LoadedLibrary.releaseCode()
    let prepared = try prepare(options.job) { early.begin() }
    LoadedLibrary.releaseCode()
    reporter.report(prepared.warnings)
    let ledger = try LedgerInput(options.job, prepared)
    let reader = FileReader(limits: options.limits, faults: options.faults)
    let set = try DataSet(options.data, reader: reader)
    reporter.report(set.warnings)
    var inputs = set.inputs
    let filter = try AccountFilter(only: options.only, exclude: options.exclude)
    // Before there is anything that a signal would leave behind.
    let signals = try StopSignals()
    let output = try OutputFolder(options.out, force: options.force)
    do {
      reader.isAbandoned = { signals.isPending }
      reader.note = { RenderRun.note($0, in: output) }
      let spool = try Spool(&inputs, in: output.work, signals: signals)
      defer { withExtendedLifetime(spool) {} }
      let identified = try identify(
        FirstPass(
          inputs: inputs, filter: filter, signals: signals, deriving: options.deriving(prepared),
          acceptsDifferent: options.acceptsDifferent, makesAccountPieces: options.job.makesAccountPieces, cycle: options.cycle,
          ledger: ledger, reader: reader,
          found: set.ignored),
        prepared, output, build)
      let cycle = RenderCycle(
        options: options, prepared: prepared, cycle: identified.cycle, inputs: inputs, data: identified.data, filter: filter,
        ignored: set.ignored.names,
        output: output, journal: identified.journal, reader: reader, signals: signals, reporter: reporter, early: early)
      return try cycle.run()
    } catch {
      // Whatever failed first: where the folder was taken away, nothing in its place is touched, and that is what is told.
      try output.checkStanding()
      output.undo(isStopped: error is Stopped)
      throw error
    }
  }

  /// Notes why a reader ended, where that of workers is noted.
  private static func note(_ text: String, in output: OutputFolder) {
    let line = Array("billfold: \(text)\n".utf8)
    // A log that cannot be written is no reason to end.
    do throws(SystemError) { try output.openLog().write(line) } catch {}
  }

  /// Warns where a run that is continued does not know the latest of the ledger.
  private func tellIfMovedOn(_ ledger: LedgerInput?, _ journal: Journal, cycle: String) throws {
    guard let ledger, let known = try journal.fact(Journal.ledgerChanges).flatMap({ Int($0) }),
      try ledger.hasMovedOn(since: known, cycle: cycle)
    else { return }
    reporter.report(
      Diagnostic(
        .warning, id: "ledger-moved-on",
        "the ledger has entries that this run does not know: it keeps to what it read at its beginning; --force begins anew"))
  }

  private struct Identified {
    var cycle: String
    var data: DataDigest
    var journal: Journal
  }

  /// Finds out which run this is, and opens or makes its journal.
  private func identify(_ pass: FirstPass, _ prepared: PreparedRun, _ output: OutputFolder, _ build: ProgramBuild) throws -> Identified {
    func record(_ data: DataDigest, ledger: String?) throws -> (RunRecord, cycle: String) {
      let cycle = options.cycle ?? data.defaultCycle
      return (
        RunRecord(
          options: options, filter: pass.filter, prepared: prepared, data: data, ledger: ledger, cycle: cycle, program: program,
          build: try build.digest()),
        cycle
      )
    }
    if !options.force, let known = try output.runRecord() {
      let data = try pass.digests()
      // A run that is continued keeps to what it has read of the ledger.
      let (wanted, cycle) = try record(data, ledger: known.ledger(keptBy: options.job))
      guard wanted == known else {
        let names = wanted.differences(from: known).joined(separator: ", ")
        throw RunFailure(
          .otherRun, id: "output-other-run",
          "the output folder '\(output.path)' holds another run, with a difference in: \(names); --force removes it and begins anew")
      }
      if try output.hasOwnJournal(), let journal = try Journal.open(in: output.workHandle, run: wanted.digest) {
        // What no reader survived is tried once more, in case that was none of its doing.
        if try journal.fact(Journal.lossesAreFinal) != nil || !pass.findsOtherLosses(than: journal) {
          try journal.setFact(Journal.lossesAreFinal, "yes")
          try output.begin(wanted, isNew: false)
          try tellIfMovedOn(pass.ledger, journal, cycle: cycle)
          return Identified(cycle: cycle, data: data, journal: journal)
        }
        try journal.close()
      }
    }
    let facts = try pass.fill(journal: output.workHandle + "/" + Journal.draft)
    for name in facts.empty { reporter.report(DataNotes.empty(name)) }
    if facts.records == 0 { throw DataNotes.noRecords }
    let (wanted, cycle) = try record(facts.data, ledger: facts.ledger?.digest)
    if options.force {
      // Only now: what was there stays until it is known that there is something to put in its place.
      if let left = try output.clear() { reporter.report(left) }
    } else {
      if let known = try output.runRecord(), known != wanted {
        if facts.ledger != nil, try record(facts.data, ledger: known.ledgerDigest).0 == known {
          throw RunFailure(
            .otherRun, id: "output-other-run",
            "the output folder '\(output.path)' holds a run that has lost what it had read of the ledger, and the ledger has moved on since; "
              + "--force removes it and begins anew")
        }
        throw RunFailure(.data, id: "data-changed", "the data changed while they were read")
      }
      try output.removeJournal()
    }
    let journal = try Journal(completing: facts, run: wanted.digest, in: output.workHandle)
    try output.write(OutputFolder.runName, wanted.bytes)
    try output.begin(wanted, isNew: true)
    return Identified(cycle: cycle, data: facts.data, journal: journal)
  }
}
