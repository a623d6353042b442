internal import Billing
internal import Contract
internal import Diagnostics
internal import Files
internal import GRDB
internal import Glibc
internal import Intake
internal import WorkerLink

/// Makes drawn bills again from the run's inputs and compares file and manifest line byte for byte.
final class SampleRemaking {
  private let inputs: RunInputs
  private let folder: FinishedFolder
  private let signals: StopSignals
  private let report: (Diagnostic) -> Void
  /// Those not yet compared, by the place of their record.
  private var wanted: [RecordPlace: BillSample.Bill] = [:]
  /// Where what the run has read of the ledger lies; `nil` without one.
  private var journal: Journal?
  /// What the data hold, once they are read.
  private(set) var data = (records: 0, skipped: 0, ignored: IgnoredFiles())

  init(_ inputs: RunInputs, _ folder: FinishedFolder, signals: StopSignals, report: @escaping (Diagnostic) -> Void) {
    (self.inputs, self.folder, self.signals, self.report) = (inputs, folder, signals, report)
  }

  /// Reads all data once more and makes the drawn bills.
  ///
  /// - Throws: ``RunFailure``, or ``Stopped``.
  func run(_ sample: [BillSample.Bill]) throws {
    for bill in sample {
      let place = RecordPlace(input: bill.entry.facts.record.input, number: bill.entry.facts.record.number)
      // Two lines of one record were told already; the later cannot be right.
      if wanted[place] == nil { wanted[place] = bill }
    }
    if inputs.options.job.ledger != nil, !wanted.isEmpty {
      journal = try Journal.open(of: folder)
      guard journal != nil else {
        throw RunFailure(
          .otherRun, id: "journal-missing",
          "the run's journal in '\(folder.path)/\(OutputFolder.workName)', which keeps what the run had read of the ledger, is not there or not "
            + "this program's; verify without '--sample'")
      }
    }
    defer { try? journal?.close() }
    let log: OpenFile
    do throws(SystemError) { log = try OpenFile.discarding() } catch {
      throw RunFailure.output(error, "'/dev/null'")
    }
    let pool = try WorkerPool(
      job: WorkerJob(options: inputs.options.job, payload: inputs.prepared.payload), faults: inputs.options.faults,
      size: inputs.options.jobs, limits: inputs.options.limits, log: log)
    defer { pool.kill() }
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA cache_size = -16384") }
    let seen = try DatabaseQueue(path: "", configuration: configuration)
    data.ignored = inputs.set.ignored
    try seen.inDatabase { db in
      try db.execute(sql: Journal.schema)
      try db.inTransaction {
        let book = try IdentityBook(db, acceptsDifferent: inputs.options.acceptsDifferent)
        for input in inputs.set.inputs { try read(input, book, db, pool) }
        return .commit
      }
    }
    while !pool.isIdle { try step(pool, wait: true) }
    for bill in wanted.values.sorted(by: { $0.line < $1.line }) { tell(bill, "the data have no record \(bill.entry.facts.record.number)") }
  }

  private func read(_ input: DataInput, _ book: IdentityBook, _ db: Database, _ pool: WorkerPool) throws {
    do {
      let file = try input.open()
      let records = try input.source(descriptor: file.descriptor, deriving: inputs.options.deriving(inputs.prepared), reader: inputs.reader)
      while let record = try records.next() {
        data.records += 1
        try take(record, input, book, db, pool)
        if data.records % 256 == 0 { try signals.check() }
      }
      data.ignored += records.ignored
      withExtendedLifetime(file) {}
    } catch let failure as SourceFailure {
      try signals.check()
      throw input.failure(failure)
    } catch let error as SystemError {
      throw input.unreadable(error)
    }
  }

  private func take(_ found: SourceRecord, _ input: DataInput, _ book: IdentityBook, _ db: Database, _ pool: WorkerPool) throws {
    let place = RecordPlace(input: input.position, number: found.number)
    let identity = found.identity
    guard inputs.filter.admits(identity) else {
      data.skipped += 1
      return
    }
    var copy = 1
    var duplicate = false
    if let identity {
      switch try book.note(identity, found.bytes, at: place, in: db) {
      case .new: break
      case .copy(let number): copy = number
      case .duplicate: duplicate = true
      }
    }
    guard let bill = wanted[place] else { return }
    guard !duplicate, found.fault == nil, let identity, identity == bill.entry.identity else {
      wanted[place] = nil
      return tell(bill, "record \(found.number) of '\(input.name)' is \(duplicate ? "a duplicate" : "none of this account and invoice")")
    }
    var record = RecordInput(
      file: found.file, input: input.position, number: found.number, offset: found.offset, identity: identity, bytes: Array(found.bytes))
    (record.warnings, record.copy) = (found.warnings, copy)
    let pieces = ([bill.entry] + bill.others.map(\.entry)).map(\.facts)
    record.isFirst = pieces.contains { $0.kind.isOfAccount }
    record.cardRank = pieces.compactMap(\.card).first?.rank ?? 0
    if let journal { record.facts = try journal.facts(of: identity) }
    try pool.submit(record)
    repeat { try step(pool, wait: !pool.hasRoom) } while !pool.hasRoom
  }

  private func step(_ pool: WorkerPool, wait: Bool) throws {
    _ = try pool.step(wait ? 100 : 0, others: [signals.descriptor]) { record, delivery in
      guard let bill = wanted.removeValue(forKey: RecordPlace(input: record.input, number: record.number)) else { return }
      switch delivery {
      case .outcome(.pieces(let pieces, _, _)):
        compare(pieces.filter { inputs.options.job.pieces.contains($0.facts.kind) }, record, bill)
      case .outcome(.reject(let fault, _)): tell(bill, "its record is rejected: \(fault.fullMessage) [\(fault.code.rawValue)]")
      case .lost(let fault): tell(bill, "its record is rejected: \(fault.fullMessage)")
      }
    }
    try signals.check()
  }

  /// Compares what comes of a record with what the manifest has of it.
  private func compare(_ made: [Piece], _ record: RecordInput, _ bill: BillSample.Bill) {
    var left = made
    for (entry, line) in [(bill.entry, bill.line)] + bill.others {
      if let place = left.firstIndex(where: { $0.facts.kind == entry.facts.kind }) {
        compare(left.remove(at: place), record, BillSample.Bill(entry: entry, line: line))
      } else {
        tell(BillSample.Bill(entry: entry, line: line), "no \(entry.facts.kind.traits.noun) comes of its record")
      }
    }
    // A card without a rank is one that the manifest does not name: it was rejected after it had been judged.
    for piece in left where piece.facts.kind != .postcard || record.cardRank > 0 {
      tell(bill, "of its record comes a \(piece.facts.kind.traits.noun), which the manifest does not name")
    }
  }

  private func compare(_ piece: Piece, _ record: RecordInput, _ bill: BillSample.Bill) {
    var facts = piece.facts
    facts.cycle = inputs.cycle
    (facts.series, facts.copy) = (record.identity?.seriesText ?? "", record.copy)
    facts.isSpecimen = inputs.options.job.specimen
    facts.record = PieceFacts.Source(file: record.file, input: record.input, number: record.number)
    // That the name is one of this identity was looked at before.
    facts.file = bill.entry.facts.file
    let line = Array(ManifestLine.bytes(of: facts).dropLast())
    if line != bill.entry.line {
      let place = SampleRemaking.difference(line, bill.entry.line)
      tell(bill, "its line \(bill.line) of the manifest is another from byte \(place) on")
    }
    // A file that serves many records comes with the first of them.
    guard bill.entry.hasItsName, !piece.bytes.isEmpty else { return }
    switch FinishedFolder.open(facts.file, in: folder.folder.descriptor) {
    case .file(let file, _):
      do throws(SystemError) {
        let bytes = try file.readAll(limit: piece.bytes.count + 1, expected: piece.bytes.count)
        if bytes != piece.bytes { tell(bill, "the file is another from byte \(SampleRemaking.difference(bytes, piece.bytes)) on") }
      } catch {
        // A file that is longer than what was made is another one; what cannot be read was told before.
        if error.number == EFBIG { tell(bill, "the file is longer than the \(piece.bytes.count) bytes made") }
      }
    // Told where the manifest was read.
    default: break
    }
  }

  /// Where two texts begin to differ, from 0.
  private static func difference(_ a: [UInt8], _ b: [UInt8]) -> Int {
    zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
  }

  private func tell(_ bill: BillSample.Bill, _ what: String) {
    report(VerifyFinding.diagnostic(.sampleDiffers, "made again: \(what)", file: bill.entry.facts.file))
  }
}
