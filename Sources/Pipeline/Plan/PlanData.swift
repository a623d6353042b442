internal import Billing
internal import CLinux
internal import Contract
internal import Dates
internal import Diagnostics
internal import Files
internal import GRDB
internal import Intake
internal import Languages

/// The data of a command that reads them several times and writes nothing.
///
/// What must be known of each record lies in a database that goes with the process: memory does not grow with the number of records.
final class PlanData {
  /// What became of a record.
  enum Verdict {
    /// Its bill, and what could not be made after all: the bill, or only what goes out beside it.
    case bill(BillOutlook, [PieceFault])
    /// It is none.
    case fault(RecordFault)
  }

  /// What is to be done with a record.
  enum Step {
    case leave
    case settle(RecordFault)
    /// Give it to a worker, with what is known of the account, and whether it is the account's first.
    case ask(facts: [UInt8], isFirst: Bool)
  }

  /// What is known after the first reading.
  struct Facts {
    /// None is rejected yet.
    var tally = RecordTally()
    /// The latest day a record says it was issued on.
    var issued: PlainDate?
  }

  let db: Database
  let signals: StopSignals
  private let inputs: [DataInput]
  private let copies: [KeptFile]
  private let reader: FileReader
  private let deriving: DerivingOptions
  private let limits: WorkerLimits
  private let faults: [TestFault]
  private let jobs: Int
  private let report: (Diagnostic) -> Void
  /// What passing over files was told of when they were looked for.
  private var ignored: IgnoredFiles
  /// What each file was when it was read first: it must still be that.
  private var statuses: [Int: FileStatus] = [:]

  /// Records between two looks for a stop signal.
  private static let recordsBetweenLooks = 64

  /// Opens the data, and reads nothing yet.
  ///
  /// - Parameter report: Gets what is odd about the data beside their records.
  /// - Throws: ``RunFailure``: 66 for data that cannot be read.
  init(_ options: PlanOptions, _ prepared: PreparedRun, _ db: Database, report: @escaping (Diagnostic) -> Void) throws {
    try SystemError.check(bf_ensure_standard_descriptors())
    (limits, faults, jobs, self.report, self.db) = (options.limits, options.faults, options.jobs, report, db)
    deriving = DerivingOptions(language: prepared.language.flatMap { LanguageTag($0) })
    reader = FileReader(limits: options.limits, faults: options.faults)
    var set = try DataSet(options.data, reader: reader)
    set.warnings.forEach(report)
    copies = try set.keepStreams()
    (inputs, ignored) = (set.inputs, set.ignored)
    let signals = try StopSignals()
    reader.isAbandoned = { signals.isPending }
    self.signals = signals
    try db.execute(sql: Journal.schema)
  }

  // MARK: Reading

  /// Reads all records once: which identities there are and which come twice stands in the tables `seen` and `duplicate` then.
  ///
  /// - Throws: ``RunFailure`` 66, also where there is no record; ``Stopped``.
  func scan() throws -> Facts {
    let book = try IdentityBook(db, acceptsDifferent: false)
    let duplicate = try RowInsertion<DuplicateRow>(db)
    var facts = Facts()
    try forEachRecord(isFirst: true) { record, place in
      facts.tally.records += 1
      if record.fault == nil, let day = IssueDate.scan(record.bytes) { facts.issued = max(day, facts.issued ?? day) }
      guard let identity = record.identity else { return }
      if case .duplicate(let first, let differs) = try book.note(identity, record.bytes, at: place, in: db) {
        try duplicate(DuplicateRow(place: place, first: first, differs: differs))
      }
    }
    if let passedOver = DataNotes.ignored(ignored) { report(passedOver) }
    if facts.tally.records == 0 { throw DataNotes.noRecords }
    return facts
  }

  private func forEachRecord(isFirst: Bool, _ body: (SourceRecord, RecordPlace) throws -> Void) throws {
    let reading = try Journal.ReadingWriter(db)
    var met = 0
    for (index, input) in inputs.enumerated() {
      do {
        let file = try input.open()
        try settle(input, try file.status(), isFirst: isFirst)
        let records = try input.source(
          descriptor: file.descriptor, deriving: deriving, reader: reader,
          notes: isFirst ? ReadingNotes() : try notes(ofInput: input.position),
          next: index + 1 < inputs.count ? inputs[index + 1] : nil, isStopped: { signals.isPending })
        let before = met
        while let record = try records.next() {
          if met % Self.recordsBetweenLooks == 0 { try signals.check() }
          met += 1
          if isFirst { try reading.add(records.takeCounts(), input: input.position) }
          try body(record, RecordPlace(input: input.position, number: record.number))
        }
        if isFirst {
          try reading.add(records.takeCounts(), input: input.position)
          for lost in records.lostHere { try reading.add(lost, input: input.position) }
          ignored += records.ignored
          if met == before { report(DataNotes.empty(input.shown)) }
        }
        withExtendedLifetime(file) {}
      } catch let failure as SourceFailure {
        try signals.check()
        throw input.failure(failure)
      } catch let error as SystemError {
        throw input.unreadable(error)
      }
    }
  }

  /// Makes sure that a file is still what it was when it was read first.
  private func settle(_ input: DataInput, _ status: FileStatus, isFirst: Bool) throws {
    guard !isFirst, let known = statuses[input.position], known != status else {
      statuses[input.position] = status
      return
    }
    throw RunFailure(.data, id: "data-changed", "the data '\(input.shown)' changed while they were read; give the command again")
  }

  private func notes(ofInput input: Int) throws -> ReadingNotes {
    let lost = try LostRow.fetchAll(db, sql: "SELECT \(LostRow.columns) FROM lost WHERE input = ? ORDER BY step", arguments: [input])
    return ReadingNotes(lost: lost.map(\.reading)) { [db] step throws(SourceFailure) in
      do {
        let sql = "SELECT \(PartRow.columns) FROM part WHERE input = ? AND step = ?"
        return try PartRow.fetchOne(db, sql: sql, arguments: [input, step])?.count.records ?? 1
      } catch {
        throw .impossible(RunFailure.explain(error))
      }
    }
  }

  /// Why a record is none of its own; `nil` where it is.
  func duplicate(at place: RecordPlace, _ identity: RecordIdentity) throws -> RecordFault? {
    let statement = try db.cachedStatement(sql: "SELECT \(DuplicateRow.columns) FROM duplicate WHERE key = ?")
    guard let row = try DuplicateRow.fetchOne(statement, arguments: [place.key]), inputs.indices.contains(row.first.input) else {
      return nil
    }
    return .duplicate(identity, of: "\(inputs[row.first.input].name):\(row.first.number)", differs: row.differs)
  }

  // MARK: Asking

  /// Asks workers about all records with what is known of their accounts, and counts those that become no bills.
  ///
  /// - Parameters:
  ///   - tally: That of the first reading.
  ///   - findings: Gains what is wrong with records.
  ///   - add: Gets what each bill means, whose it is, and whether it would be made.
  func askAll(
    _ job: WorkerJob, _ book: PlanBook, _ tally: RecordTally, _ findings: RecordFindings,
    add: @escaping (BillOutlook, RecordIdentity?, Bool) throws -> Void
  ) throws -> RecordTally {
    var tally = tally
    try ask(job) { identity, place in
      guard let identity else { return .ask(facts: [], isFirst: false) }
      if let fault = try duplicate(at: place, identity) { return .settle(fault) }
      let account = try book.account(identity)
      return .ask(facts: account.facts, isFirst: account.isFirst(place))
    } settle: { record, verdict in
      let fault: RecordFault?
      switch verdict {
      case .fault(let why):
        fault = why
        if ![.duplicate, .duplicateDiffers].contains(why.code) { tally.unread += 1 }
      case .bill(let outlook, let why):
        fault = why.first { $0.kind == .bill }?.fault
        try add(outlook, record.identity, fault == nil)
        for other in why where other.kind != .bill { findings.add(other.fault, of: record) }
      }
      guard let fault else { return }
      tally.rejects[fault.code.rawValue, default: 0] += 1
      findings.add(fault, of: record)
    }
    return tally
  }

  /// Reads all records again and asks workers about them.
  ///
  /// - Parameters:
  ///   - take: Says what is to be done with a record that can be read; of one that cannot, its fault is settled.
  ///   - settle: Gets what became of each, in the order of the data.
  func ask(
    _ job: WorkerJob, take: (RecordIdentity?, RecordPlace) throws -> Step, settle: @escaping (RecordInput, Verdict) throws -> Void
  ) throws {
    let log: OpenFile
    do throws(SystemError) { log = try OpenFile.discarding() } catch { throw RunFailure.output(error, "'/dev/null'") }
    let pool = try WorkerPool(job: job, faults: faults, size: jobs, limits: limits, log: log)
    defer { pool.kill() }
    let queue = SettlingQueue(settle)
    func step(wait: Bool) throws {
      _ = try pool.step(wait ? 100 : 0, others: [signals.descriptor]) { record, delivery in
        switch delivery {
        case .outcome(.pieces(let pieces, let faults, _)):
          if let outlook = pieces.first?.facts.outlook {
            try queue.add(record, .bill(outlook, faults))
          } else {
            try queue.add(record, .fault(faults.first?.fault ?? RecordFault(.defect, "a worker said nothing of the record")))
          }
        case .outcome(.reject(let fault, _)), .lost(let fault): try queue.add(record, .fault(fault))
        }
      }
      try signals.check()
    }
    try forEachRecord(isFirst: false) { found, place in
      let identity = found.identity
      var record = RecordInput(
        file: found.file, input: place.input, number: found.number, offset: found.offset, identity: identity, bytes: [])
      let wanted: Step = if let fault = found.fault { .settle(fault) } else { try take(identity, place) }
      switch wanted {
      case .leave: return
      case .settle(let fault):
        queue.expect(record)
        try queue.add(record, .fault(fault))
      case .ask(let facts, let isFirst):
        (record.bytes, record.facts, record.warnings) = (Array(found.bytes), facts, found.warnings)
        record.isFirst = isFirst
        queue.expect(record)
        try pool.submit(record)
        repeat { try step(wait: !pool.hasRoom) } while !pool.hasRoom
      }
    }
    while !pool.isIdle { try step(wait: true) }
  }
}

/// Puts what workers answer, in any order, into the order in which they were asked.
private final class SettlingQueue {
  private var expected: [Int64] = []
  private var first = 0
  private var early: [Int64: (RecordInput, PlanData.Verdict)] = [:]
  private let settle: (RecordInput, PlanData.Verdict) throws -> Void

  init(_ settle: @escaping (RecordInput, PlanData.Verdict) throws -> Void) { self.settle = settle }

  private static func key(_ record: RecordInput) -> Int64 { RecordPlace(input: record.input, number: record.number).key }

  func expect(_ record: RecordInput) { expected.append(Self.key(record)) }

  func add(_ record: RecordInput, _ verdict: PlanData.Verdict) throws {
    var kept = record
    // What is kept while an earlier record is under way is not its bytes.
    kept.bytes = []
    early[Self.key(record)] = (kept, verdict)
    while first < expected.count, let (record, verdict) = early.removeValue(forKey: expected[first]) {
      first += 1
      try settle(record, verdict)
    }
    if first > expected.count / 2 {
      expected.removeFirst(first)
      first = 0
    }
  }
}
