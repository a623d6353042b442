internal import Contract
internal import Digests
internal import Encodings
internal import Files
internal import JSON

/// Writes `manifest.jsonl`, `rejects.jsonl` and `summary.json` out of the journal, a row at a time.
struct ResultFiles {
  let output: OutputFolder
  let journal: Journal
  /// `nil`: nothing stops it.
  var signals: StopSignals?

  /// Rows between two looks for a stop signal.
  private static let rowsBetweenLooks = 64

  /// The journal's fact that says a run is finished: the sizes of the result files.
  static let finished = "finished"

  /// Counts what the journal holds; hands each piece's and reject's line on.
  ///
  /// - Throws: ``JournalDamage`` at the end, where the rows that were read are not those that were noted.
  func read(
    _ summary: Summary, piece: ([UInt8]) throws -> Void = { _ in }, reject: ([UInt8]) throws -> Void = { _ in }
  ) throws -> Summary {
    var summary = summary
    var (manifest, rejects) = (RunningSHA256(), RunningSHA256())
    let look = pause()
    (summary.records, summary.skipped) = try journal.counts()
    summary.ignored = try journal.ignored()
    var rows = (pieces: RowSum(), rejects: RowSum())
    try journal.forEachPiece { row in
      try look()
      rows.pieces.add(RowDigest(table: PieceRow.name, values: row.values))
      let facts = try row.pieceFacts()
      summary.add(facts)
      guard facts.isWritten else { return }
      let line = ManifestLine.bytes(of: facts)
      manifest.update(line)
      try piece(line)
    }
    try journal.forEachReject { row in
      try look()
      rows.rejects.add(RowDigest(table: RejectRow.name, values: row.values))
      summary.add(reject: row.key.kind, code: row.code)
      rejects.update(row.line)
      try reject(row.line)
    }
    guard rows.pieces == journal.seal.pieces, rows.rejects == journal.seal.rejects else {
      throw JournalDamage("its rows are not those that were written")
    }
    summary.digests = [
      OutputFolder.runName: try journal.fact("run") ?? "", OutputFolder.manifestName: Hexadecimal.text(manifest.finish()),
      OutputFolder.rejectsName: Hexadecimal.text(rejects.finish()),
    ]
    return summary
  }

  /// Writes the three files under temporary names, then moves them into place, the manifest last.
  func write(_ summary: Summary) throws -> Summary {
    // The first pass's part has been read all along; what was made of it counts only if it is still what it was.
    try journal.verify()
    do throws(SystemError) { try output.folder.syncFileSystem() } catch { throw RunFailure.output(error, "'\(output.path)'") }
    var manifest = try ResultFile(OutputFolder.manifestName, output)
    var rejects = try ResultFile(OutputFolder.rejectsName, output)
    let summary = try read(summary, piece: { try manifest.append($0) }, reject: { try rejects.append($0) })
    var total = try ResultFile(OutputFolder.summaryName, output)
    try total.append(summary.bytes())
    try rejects.close()
    try total.close()
    try manifest.close()
    try output.checkStanding()
    try rejects.place()
    try total.place()
    try manifest.place()
    do throws(SystemError) { try output.folder.sync() } catch { throw RunFailure.output(error, "'\(output.path)'") }
    try journal.setFact(ResultFiles.finished, [rejects.size, total.size, manifest.size].map { String($0) }.joined(separator: " "))
    return summary
  }

  /// Whether the run is finished, everything it made is still there in full, and no record is to be tried once more.
  func areComplete() throws -> Bool {
    guard try journal.openLosses() == 0 else { return false }
    guard let sizes = try journal.fact(ResultFiles.finished)?.split(separator: " ").map({ Int($0) }) else { return false }
    do throws(SystemError) {
      for (name, size) in zip(OutputFolder.results, sizes) {
        guard try output.size(ofResult: name) == size else { return false }
      }
    } catch {
      throw RunFailure.output(error, "'\(output.path)'")
    }
    let look = pause()
    return try journal.holds { row in
      try look()
      if row.file.isEmpty { return true }
      return try output.size(of: row.file) == row.bytes
    }
  }

  /// What is to be called for each row: throws ``Stopped`` where a signal has come.
  private func pause() -> () throws -> Void {
    var rows = 0
    return {
      rows += 1
      if rows % ResultFiles.rowsBetweenLooks == 0 { try signals?.check() }
    }
  }
}

/// A piece's line of `manifest.jsonl`.
enum ManifestLine {
  /// The line with its line end.
  static func bytes(of facts: PieceFacts) -> [UInt8] {
    var json = JSONWriter(capacity: 1024)
    JSONFieldWriter.write(facts, for: .manifest, to: &json)
    json.endLine()
    return json.bytes
  }
}

/// A result file while it is being written.
private struct ResultFile: ~Copyable {
  /// Bytes collected before they are written.
  private static let chunk = 1 << 18

  private let name: String
  private let output: OutputFolder
  private var file: AtomicFile
  private var buffer: [UInt8] = []
  private(set) var size = 0

  init(_ name: String, _ output: OutputFolder) throws {
    (self.name, self.output) = (name, output)
    do throws(SystemError) {
      file = try AtomicFile(temporary: name + OutputFolder.temporarySuffix, in: output.work.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(name)'")
    }
  }

  mutating func append(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count > ResultFile.chunk { try flush() }
  }

  private mutating func flush() throws {
    do throws(SystemError) { try file.write(buffer) } catch { throw RunFailure.output(error, "'\(output.path)/\(name)'") }
    size += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func close() throws {
    try flush()
    do throws(SystemError) { try file.sync() } catch { throw RunFailure.output(error, "'\(output.path)/\(name)'") }
  }

  mutating func place() throws {
    do throws(SystemError) { try file.place(as: name, in: output.folder.descriptor) } catch {
      throw RunFailure.output(error, "'\(output.path)/\(name)'")
    }
  }
}
