internal import Contract
internal import Diagnostics
internal import Dispatch
internal import Files
internal import Intake
internal import Synchronization

/// Goes once through a finished output folder: every line, every file, and what else lies there. Memory does not grow with the number of lines.
final class FolderVerification {
  /// What was looked at.
  struct Counts {
    var pieces = 0
    var bytes = 0
    var findings = 0
    /// The system refused to read something.
    var hasUnreadable = false
  }

  /// Lines that are looked at together by all threads.
  ///
  /// - Stops: a manifest read faster than it is looked at.
  private static let batchLines = 2048
  /// Bytes of lines that are looked at together by all threads.
  ///
  /// - Stops: the same with long lines.
  private static let batchBytes = 8 << 20

  private let folder: FinishedFolder
  private let run: RunFacts
  private let jobs: Int
  private let signals: StopSignals
  private let report: (Diagnostic) -> Void
  private let index: LineIndex
  private let pieces: PieceVerification
  private(set) var counts = Counts()
  /// What the lines add up to.
  private var summary: Summary
  /// SHA-256 of the files that could be read.
  private var digests: [String: String] = [:]

  /// - Parameters:
  ///   - jobs: How many threads read files.
  ///   - report: Gets every finding, in the same order whatever the number of threads.
  init(_ folder: FinishedFolder, jobs: Int, signals: StopSignals, report: @escaping (Diagnostic) -> Void) throws {
    (self.folder, self.jobs, self.signals, self.report) = (folder, jobs, signals, report)
    run = RunFacts(folder)
    pieces = PieceVerification(folder: folder.folder.descriptor)
    index = try LineIndex()
    summary = Summary(cycle: run.cycle, isSpecimen: run.isSpecimen)
    digests[OutputFolder.runName] = run.digest
  }

  /// Verifies everything but the figures that only the data can tell.
  ///
  /// - Parameter each: Gets each piece that the manifest names, with its line's number.
  func run(each: (ManifestEntry, Int) -> Void) throws {
    try readManifest(each)
    try readRejects()
    try tellRepeated()
    try index.withNames { isNamed in
      let stray = StrayFiles(folder: folder.folder.descriptor) { [self] in tell($0) }
      if try !stray.find(isNamed: isNamed) { counts.hasUnreadable = true }
    }
  }

  /// Compares the summary with what was counted.
  ///
  /// - Parameter data: How many records the data hold, were left out, and what was passed over; `nil` where the data were not read.
  func compareSummary(data: (records: Int, skipped: Int, ignored: IgnoredFiles)?) throws {
    guard let file = open(OutputFolder.summaryName) else { return }
    let bytes: [UInt8]
    do throws(SystemError) { bytes = try file.readAll(limit: SummaryVerification.limit) } catch {
      return unreadable(OutputFolder.summaryName, error)
    }
    if let data { (summary.records, summary.skipped, summary.ignored) = data }
    let line = bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes
    SummaryVerification.findings(
      line, counted: summary, digests: digests, hasCountedData: data != nil, writesBills: run.kinds.contains(.bill)
    ).forEach(tell)
  }

  /// Kinds of codes and notices that are counted at most. A run has some dozens; lines with more are not added up, so that the summary differs.
  ///
  /// - Stops: a manifest with a new code in each line.
  private static let kinds = 10_000

  private var hasRoom: Bool { summary.warnings.count + summary.notices.count + summary.rejects.count < FolderVerification.kinds }

  func tell(_ finding: Diagnostic) {
    counts.findings += 1
    report(finding)
  }

  private func tell(_ fault: EntryFault, _ file: String, line: Int) {
    tell(VerifyFinding.diagnostic(fault.reason, fault.message, file: file, line: line, path: fault.path))
  }

  private func unreadable(_ file: String, _ error: SystemError) {
    counts.hasUnreadable = true
    tell(VerifyFinding.diagnostic(.fileUnverifiable, "cannot be read: \(error.text)", file: file))
  }

  /// Opens one of the result files; tells why it cannot be.
  private func open(_ name: String) -> OpenFile? {
    switch FinishedFolder.open(name, in: folder.folder.descriptor) {
    case .file(let file, _): return file
    case .missing: tell(VerifyFinding.diagnostic(.fileMissing, "is not there; every finished run has it", file: name))
    case .obstructed(let what): tell(VerifyFinding.diagnostic(.notAFile, what, file: name))
    case .unreadable(let error): unreadable(name, error)
    }
    return nil
  }

  /// Reads a result file in batches.
  private func read(_ name: String, _ body: ([ResultLines.Line]) throws -> Void) throws {
    guard let file = open(name) else { return }
    let lines = ResultLines(file)
    do {
      while true {
        let batch = try lines.next(lines: FolderVerification.batchLines, bytes: FolderVerification.batchBytes)
        if batch.isEmpty { break }
        try body(batch)
        try signals.check()
      }
      digests[name] = lines.finish()
    } catch let error as SystemError {
      unreadable(name, error)
    }
  }

  // MARK: The manifest

  /// What a thread found about one line.
  private struct Looked: Sendable {
    var entry: ManifestEntry?
    var faults: [EntryFault] = []
    var result = PieceVerification.Result()
  }

  private func readManifest(_ each: (ManifestEntry, Int) -> Void) throws {
    var last: ManifestEntry?
    // Leaflets stand on many lines; what was found of one is told once.
    var told: Set<Diagnostic> = []
    try read(OutputFolder.manifestName) { lines in
      let looked = look(at: lines)
      var entries: [(line: Int, entry: ManifestEntry)] = []
      for (line, found) in zip(lines, looked) {
        for fault in found.faults { tell(fault, OutputFolder.manifestName, line: line.number) }
        counts.bytes += found.result.bytes
        if found.result.isUnreadable { counts.hasUnreadable = true }
        guard let entry = found.entry else { continue }
        counts.pieces += 1
        for finding in found.result.findings {
          if entry.facts.kind.traits.naming == .edition, !told.insert(finding).inserted { continue }
          tell(finding)
        }
        if let last, entry.precedes(last) {
          tell(
            EntryFault(
              .linesUnsorted,
              "stands behind '\(last.facts.account.prefix(80))' '\(last.facts.invoice.prefix(80))'; lines are sorted by account and invoice"
            ),
            OutputFolder.manifestName, line: line.number)
        }
        last = entry
        if hasRoom { summary.add(entry.facts) }
        entries.append((line.number, entry))
        each(entry, line.number)
      }
      try index.add(entries)
    }
  }

  /// Looks at lines and their files on as many threads as are wanted and to be had.
  private func look(at lines: [ResultLines.Line]) -> [Looked] {
    let slots = Mutex([Looked](repeating: Looked(), count: lines.count))
    let next = Atomic(0)
    let (pieces, run) = (pieces, run)
    DispatchQueue.concurrentPerform(iterations: min(jobs, lines.count)) { _ in
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < lines.count else { return }
        let looked = FolderVerification.look(at: lines[number], run, pieces)
        slots.withLock { $0[number] = looked }
      }
    }
    return slots.withLock { $0 }
  }

  private static func look(at line: ResultLines.Line, _ run: RunFacts, _ pieces: PieceVerification) -> Looked {
    guard !line.isTooLong else { return Looked(faults: [tooLong(line)]) }
    do throws(EntryFault) {
      let entry = try ManifestEntry(line: line.bytes)
      var looked = Looked(entry: entry, faults: entry.contradictions(run))
      if entry.hasItsName { looked.result = pieces.check(entry.facts, line: line.number) }
      return looked
    } catch {
      return Looked(faults: [error])
    }
  }

  private static func tooLong(_ line: ResultLines.Line) -> EntryFault {
    EntryFault(.lineMalformed, "has \(line.length) bytes; no line has more than \(ResultLines.longest)")
  }

  // MARK: The rejects

  private func readRejects() throws {
    var last: RejectEntry?
    try read(OutputFolder.rejectsName) { lines in
      var entries: [(line: Int, entry: RejectEntry)] = []
      for line in lines {
        do throws(EntryFault) {
          guard !line.isTooLong else { throw FolderVerification.tooLong(line) }
          let entry = try RejectEntry(line: line.bytes, run)
          if let last, PieceKey(entry.place, entry.kind).rowID < PieceKey(last.place, last.kind).rowID {
            tell(
              EntryFault(.linesUnsorted, "stands behind record \(last.place.number); lines are sorted as the data are"),
              OutputFolder.rejectsName, line: line.number)
          }
          last = entry
          if hasRoom { summary.add(reject: entry.kind, code: entry.code) }
          entries.append((line.number, entry))
        } catch {
          tell(error, OutputFolder.rejectsName, line: line.number)
        }
      }
      try index.add(entries)
    }
  }

  private func tellRepeated() throws {
    try index.repeatedIdentities { file, line, first in
      tell(
        EntryFault(.identityRepeated, "'\(file)' stands on line \(first), too: account, invoice, series and copy name one bill", path: "$"),
        OutputFolder.manifestName, line: line)
    }
    try index.repeatedRecords { key, line, isReject, first, isFirstReject in
      let name = { (isReject: Bool) in isReject ? OutputFolder.rejectsName : OutputFolder.manifestName }
      tell(
        EntryFault(
          .recordRepeated,
          "record \(key.place.number) of data file \(key.place.input) stands on line \(first) of \(name(isFirstReject)), too: each comes to one end"
        ),
        name(isReject), line: line)
    }
  }
}
