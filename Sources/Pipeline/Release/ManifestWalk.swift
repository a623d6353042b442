internal import Contract
internal import Diagnostics
internal import Digests
internal import Encodings
internal import Files
internal import JSON

/// The manifest of a finished run, walked line by line, and the files it names, held against it: for what is to leave the house.
final class ManifestWalk {
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
  private let signals: StopSignals
  /// The lines that are at hand.
  private var batch: ArraySlice<ResultLines.Line> = []
  private var lines: ResultLines?
  /// Files of editions that were found to be what a digest says.
  private var editions: [String: String] = [:]
  /// The system refused to read a file.
  private(set) var hasUnreadable = false

  init(_ folder: FinishedFolder, signals: StopSignals) { (self.folder, self.signals) = (folder, signals) }

  // MARK: Looking

  /// Looks at all lines, and at what the summary says of them.
  ///
  /// - Parameters:
  ///   - run: What the lines must agree with.
  ///   - tell: Is told each finding.
  ///   - body: Gets each entry that is one of the run's, in its place; what it throws is told of the entry's line.
  /// - Returns: SHA-256 of all lines.
  /// - Throws: ``RunFailure`` 66 where manifest or summary cannot be read; ``Stopped``.
  func check(_ run: RunFacts, _ tell: (Diagnostic) -> Void, _ body: (ManifestEntry) throws(EntryFault) -> Void) throws -> String {
    try begin()
    var last: ManifestEntry?
    while let line = try next() {
      do throws(EntryFault) {
        let entry = try Self.read(line)
        if let fault = entry.contradictions(run).first { throw fault }
        if let last, !last.precedes(entry) { throw EntryFault(.linesUnsorted, "does not stand behind the line before it") }
        last = entry
        try body(entry)
      } catch {
        tell(VerifyFinding.diagnostic(error.reason, error.message, file: OutputFolder.manifestName, line: line.number, path: error.path))
      }
    }
    let digest = finish()
    if let finding = try summaryFinding(digest) { tell(finding) }
    return digest
  }

  // MARK: Lines

  /// Begins at the first line.
  ///
  /// - Throws: ``RunFailure`` 66 where there is no manifest.
  func begin() throws(RunFailure) {
    guard case .file(let file, _) = FinishedFolder.open(OutputFolder.manifestName, in: folder.folder.descriptor) else {
      throw unreadable(OutputFolder.manifestName)
    }
    batch = []
    lines = ResultLines(file)
  }

  /// The next line; `nil` at the end.
  func next() throws -> ResultLines.Line? {
    if batch.isEmpty {
      try signals.check()
      batch = try lines?.next(lines: Self.batchLines, bytes: Self.batchBytes)[...] ?? []
    }
    return batch.popFirst()
  }

  /// SHA-256 of all lines, as hexadecimal digits; to be asked at their end.
  func finish() -> String { lines?.finish() ?? "" }

  static func read(_ line: ResultLines.Line) throws(EntryFault) -> ManifestEntry {
    if line.isTooLong { throw EntryFault(.lineMalformed, "has \(line.length) bytes, more than any line of a manifest") }
    return try ManifestEntry(line: line.bytes)
  }

  /// What the summary says against the digest of the manifest; `nil` where that is nothing.
  private func summaryFinding(_ digest: String) throws(RunFailure) -> Diagnostic? {
    guard let stated = try statedDigest(), stated != digest else { return nil }
    return VerifyFinding.diagnostic(
      .fileDiffers, "has the SHA-256 \(digest); the summary says \(stated)", file: OutputFolder.manifestName)
  }

  /// The manifest's digest in the summary.
  private func statedDigest() throws(RunFailure) -> String? {
    guard case .file(let file, _) = FinishedFolder.open(OutputFolder.summaryName, in: folder.folder.descriptor),
      let bytes = try? file.readAll(limit: SummaryVerification.limit)
    else { throw unreadable(OutputFolder.summaryName) }
    let summary = try? JSONValue(parsing: bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes)
    return summary?[Summary.digestsKey]?[OutputFolder.manifestName]?.text
  }

  private func unreadable(_ name: String) -> RunFailure {
    RunFailure(.data, id: "output-unreadable", "cannot read '\(folder.path)/\(name)': it is missing, or no regular file")
  }

  // MARK: Files

  /// What is wrong with a piece's file; `nil` where it is what the manifest says.
  func checkFile(_ facts: PieceFacts) -> Diagnostic? {
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
    hasUnreadable = true
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
}
