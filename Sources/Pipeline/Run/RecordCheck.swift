internal import Billing
internal import CLinux
public import Contract
package import Diagnostics
internal import Files
internal import GRDB
internal import Glibc
internal import Intake
internal import Languages

/// Lays out all records of some data and writes nothing: what `billfold check --data` does.
public struct RecordCheck {
  /// What was found.
  public struct Findings: Sendable, Hashable {
    /// All records, blank lines not counted.
    public var records = 0
    /// Records that `render` would reject.
    public var rejects = 0
    /// Warnings of all records, also of those that would be rejected.
    public var warnings = 0
    /// What ended the check early: data that cannot be read, and the like.
    public var errors = 0
    /// Explanations.
    public var notes = 0

    /// Nothing looked at, nothing found.
    public init() {}
  }

  private let options: JobOptions
  private let data: [String]
  private let jobs: Int
  private let limits: WorkerLimits
  private let faults: [TestFault]

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - options: With the purpose ``JobOptions/Purpose/check``, or PDFs are made for nothing.
  ///   - data: Files, folders, or `-`.
  ///   - jobs: How many workers at most.
  ///   - faults: For tests only.
  public init(
    _ options: JobOptions, data: [String], jobs: Int = RenderOptions.defaultJobs, limits: WorkerLimits = WorkerLimits(),
    faults: [TestFault] = []
  ) {
    self.faults = faults
    (self.options, self.data, self.jobs, self.limits) = (options, data, jobs, limits)
  }

  /// Starts the first worker, which waits for ``EarlyWorker/begin()``, while this process looks at layout and fonts.
  ///
  /// - Returns: `nil` where the system refuses what a worker needs; ``run(_:ledger:early:report:)`` tells that.
  package func beginEarly() -> EarlyWorker? {
    guard bf_ensure_standard_descriptors() == 0 else { return nil }
    return EarlyWorker(options, faults: faults, limits: limits)
  }

  /// Checks every record.
  ///
  /// Call once per process, on the main thread: the process's signals and its children become the check's. Memory does not grow with the
  /// number of records.
  ///
  /// - Parameters:
  ///   - prepared: What was found good before.
  ///   - ledger: That of the options.
  ///   - early: What ``beginEarly()`` gave.
  ///   - report: Gets every finding, those once that are equal but for their record, in the order in which the first was met.
  /// - Returns: What was found, or how the process must end instead: data that cannot be read are reported and end it with 66.
  package func run(
    _ prepared: PreparedRun, ledger: LedgerInput?, early: EarlyWorker? = nil, report: @escaping (Diagnostic) -> Void
  ) -> (findings: Findings, ending: Ending?) {
    let deriving = DerivingOptions(
      language: (options.language ?? prepared.language).flatMap { LanguageTag($0) },
      acceptsSumMismatch: options.isAccepted(.sumMismatch))
    var walk = Walk(
      limits: limits, faults: faults, deriving: deriving, acceptsDifferent: options.isAccepted(.duplicateDiffers),
      ledger: ledger, makesAccountPieces: options.makesAccountPieces, report: report)
    // Whatever ends the check, what was found until then is told.
    defer { walk.groups.tell() }
    do {
      try walk.run(data: data, jobs: jobs, job: WorkerJob(options: options, payload: prepared.payload), early: early)
      return (walk.findings, nil)
    } catch let stopped as Stopped {
      return (walk.findings, .signal(stopped.signal))
    } catch {
      let failure = RunFailure.explain(error)
      walk.groups.tell()
      walk.findings.errors = failure.diagnostics.count
      for diagnostic in failure.diagnostics { report(diagnostic) }
      return (walk.findings, .code(failure.code))
    }
  }
}

/// One way through the data.
private struct Walk {
  private let report: (Diagnostic) -> Void
  var groups: FindingGroups
  var findings = RecordCheck.Findings()
  /// Findings of records whose turn has not come: workers answer in any order.
  private var early: [Int: [Diagnostic]] = [:]
  private var handedOut: [Int] = []
  private let limits: WorkerLimits
  private let faults: [TestFault]

  private let deriving: DerivingOptions
  private let acceptsDifferent: Bool
  private let ledger: LedgerInput?
  /// Whether postcards or e-mails are judged, too.
  private let makesAccountPieces: Bool
  /// The name of the cycle, where it decides what of the ledger counts.
  private var cycle = ""

  init(
    limits: WorkerLimits, faults: [TestFault], deriving: DerivingOptions, acceptsDifferent: Bool, ledger: LedgerInput?,
    makesAccountPieces: Bool, report: @escaping (Diagnostic) -> Void
  ) {
    (self.faults, self.ledger, self.makesAccountPieces) = (faults, ledger, makesAccountPieces)
    (self.limits, self.deriving, self.acceptsDifferent, self.report) = (limits, deriving, acceptsDifferent, report)
    groups = FindingGroups(report: report)
  }

  mutating func run(data: [String], jobs: Int, job: WorkerJob, early: EarlyWorker?) throws {
    try SystemError.check(bf_ensure_standard_descriptors())
    let reader = FileReader(limits: limits, faults: faults)
    var set = try DataSet(data, reader: reader)
    set.warnings.forEach { note($0) }
    // So that all forms of data can be told apart.
    let copies = try set.keepStreams()
    let inputs = set.inputs
    defer { withExtendedLifetime(copies) {} }
    var ignored = set.ignored
    let signals = try StopSignals()
    reader.isAbandoned = { signals.isPending }
    if ledger != nil {
      // What was released of the very cycle does not count, and its name follows from the data.
      let data = try FirstPass(
        inputs: inputs, filter: AccountFilter(only: [], exclude: []), signals: signals, deriving: deriving,
        acceptsDifferent: acceptsDifferent,
        reader: reader
      ).digests()
      cycle = data.defaultCycle
    }
    let log: OpenFile
    do throws(SystemError) { log = try OpenFile.discarding() } catch {
      throw RunFailure.output(error, "'/dev/null'")
    }
    let pool = try WorkerPool(job: job, faults: faults, size: jobs, limits: limits, log: log, early: early)
    defer { pool.kill() }
    // A database without a name is SQLite's own temporary file: nobody else sees it, and it goes with the process.
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA cache_size = -16384") }
    let seen = try DatabaseQueue(path: "", configuration: configuration)
    seen.keepForGood()
    try seen.inDatabase { db in
      try db.execute(sql: Journal.schema)
      let book = try IdentityBook(db, acceptsDifferent: acceptsDifferent)
      for (index, input) in inputs.enumerated() {
        let next = index + 1 < inputs.count ? inputs[index + 1] : nil
        let before = findings.records
        do {
          let file = try input.open()
          let records = try input.source(descriptor: file.descriptor, deriving: deriving, reader: reader, next: next)
          while let record = try records.next() {
            try take(record, of: input, inputs, book, db, pool)
            repeat { try step(pool, signals, wait: !pool.hasRoom) } while !pool.hasRoom
          }
          ignored += records.ignored
          if findings.records == before { note(DataNotes.empty(input.shown)) }
          withExtendedLifetime(file) {}
        } catch let failure as SourceFailure {
          try signals.check()
          throw input.failure(failure)
        } catch let error as SystemError {
          throw input.unreadable(error)
        }
      }
      while !pool.isIdle { try step(pool, signals, wait: true) }
    }
    groups.tell()
    if let passedOver = DataNotes.ignored(ignored) { note(passedOver) }
    if findings.records == 0 { throw DataNotes.noRecords }
  }

  /// Tells a warning about data that is none of a record.
  private mutating func note(_ warning: Diagnostic) {
    findings.warnings += 1
    report(warning)
  }

  private mutating func take(
    _ found: SourceRecord, of input: DataInput, _ inputs: [DataInput], _ book: IdentityBook, _ db: Database, _ pool: WorkerPool
  )
    throws
  {
    findings.records += 1
    let place = RecordPlace(input: input.position, number: found.number)
    let identity = found.identity
    handedOut.append(Int(place.key))
    if let fault = found.fault { return settle(place, found.file, [fault], []) }
    var record = RecordInput(
      file: found.file, input: input.position, number: found.number, offset: found.offset, identity: identity, bytes: Array(found.bytes))
    record.warnings = found.warnings
    if let identity {
      record.isFirst = try makesAccountPieces && !book.hasMet(account: identity.account)
      if let ledger { record.facts = try ledger.facts(of: identity.account, cycle: cycle) }
      switch try book.note(identity, found.bytes, at: place, in: db) {
      case .new: break
      case .copy(let number): record.copy = number
      case .duplicate(let first, let differs):
        let earlier = "\(inputs[first.input].name):\(first.number)"
        return settle(place, found.file, [.duplicate(identity, of: earlier, differs: differs)], [])
      }
    }
    try pool.submit(record)
  }

  private mutating func step(_ pool: WorkerPool, _ signals: StopSignals, wait: Bool) throws {
    _ = try pool.step(wait ? 100 : 0, others: [signals.descriptor]) { record, delivery in
      let place = RecordPlace(input: record.input, number: record.number)
      switch delivery {
      case .outcome(.pieces(_, let faults, let warnings)): settle(place, record.file, faults.map(\.fault), warnings)
      case .outcome(.reject(let fault, let warnings)): settle(place, record.file, [fault], warnings)
      case .lost(let fault): settle(place, record.file, [fault], [])
      }
    }
    try signals.check()
  }

  private mutating func settle(_ place: RecordPlace, _ file: String, _ faults: [RecordFault], _ warnings: [RecordWarning]) {
    var found = warnings.map { $0.diagnostic(file: file, record: place.number) }
    findings.warnings += found.count
    if !faults.isEmpty { findings.rejects += 1 }
    found += faults.map { $0.diagnostic(file: file, record: place.number) }
    early[Int(place.key)] = found
    var done = 0
    while done < handedOut.count, let next = early.removeValue(forKey: handedOut[done]) {
      for finding in next { groups.add(finding, record: handedOut[done]) }
      done += 1
    }
    handedOut.removeFirst(done)
  }
}
