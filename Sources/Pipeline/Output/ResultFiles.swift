internal import Foundation
internal import GRDB
internal import Money

/// Writes `manifest.jsonl`, `rejects.jsonl` and `summary.json` out of the journal, a row at a time.
struct ResultFiles {
  let output: OutputFolder
  let journal: Journal

  /// The journal's fact that says a run is finished: the sizes of the result files.
  static let finished = "finished"

  /// Counts what the journal holds; hands each piece's and reject's line on.
  func read(
    _ summary: Summary, piece: ([UInt8]) throws -> Void = { _ in }, reject: ([UInt8]) throws -> Void = { _ in }
  ) throws -> Summary {
    var summary = summary
    (summary.records, summary.skipped) = try journal.counts()
    try journal.queue.read { db in
      let pieces = try Row.fetchCursor(db, sql: ResultFiles.piecesInOrder)
      while let row = try pieces.next() {
        summary.add(row)
        try row.withUnsafeData(atIndex: 9) { try piece(Array($0 ?? Data())) }
      }
      let rejects = try Row.fetchCursor(db, sql: "SELECT code, line FROM reject ORDER BY key")
      while let row = try rejects.next() {
        summary.rejects[row[0], default: 0] += 1
        try row.withUnsafeData(atIndex: 1) { try reject(Array($0 ?? Data())) }
      }
    }
    return summary
  }

  /// Writes the three files under temporary names, then moves them into place, the manifest last.
  func write(_ summary: Summary) throws -> Summary {
    do throws(SystemError) { try output.folder.syncFileSystem() } catch { throw RunFailure.output(error, "'\(output.path)'") }
    let manifest = try ResultFile(OutputFolder.manifestName, output)
    let rejects = try ResultFile(OutputFolder.rejectsName, output)
    let summary = try read(summary, piece: { try manifest.append($0) }, reject: { try rejects.append($0) })
    let total = try ResultFile(OutputFolder.summaryName, output)
    try total.append(summary.bytes())
    let files = [rejects, total, manifest]
    for file in files { try file.close() }
    for file in files { try file.place() }
    do throws(SystemError) { try output.folder.sync() } catch { throw RunFailure.output(error, "'\(output.path)'") }
    try journal.setFact(ResultFiles.finished, files.map { String($0.size) }.joined(separator: " "))
    return summary
  }

  /// Whether the run is finished and everything it made is still there in full.
  func areComplete() throws -> Bool {
    guard let sizes = try journal.fact(ResultFiles.finished)?.split(separator: " ").map({ Int($0) }) else { return false }
    do throws(SystemError) {
      for (name, size) in zip(OutputFolder.results, sizes) {
        guard try output.size(of: name) == size else { return false }
      }
    } catch {
      throw RunFailure.output(error, "'\(output.path)'")
    }
    return try journal.queue.read { db in
      let pieces = try Row.fetchCursor(db, sql: "SELECT file, bytes FROM piece")
      while let row = try pieces.next() {
        let (file, bytes): (String, Int) = (row[0], row[1])
        if try output.size(of: file) != bytes { return false }
      }
      return true
    }
  }

  /// Pieces as the manifest wants them. `seen` lies in the order of account and invoice; the join is told to begin with it, so that nothing
  /// has to be sorted.
  static let piecesInOrder = """
    SELECT p.currency, p.charges, p.charges_scale, p.due, p.due_scale, p.pages, p.phase, p.variant, p.warnings, p.line
    FROM seen AS s CROSS JOIN piece AS p ON p.key BETWEEN s.key * 4 AND s.key * 4 + 3
    ORDER BY s.account, s.invoice
    """
}

extension Summary {
  fileprivate mutating func add(_ row: Row) {
    written += 1
    let currency: String = row[0]
    let (chargesScale, dueScale): (Int, Int) = (row[2], row[4])
    var sums = totals[currency] ?? Totals()
    sums.bills += 1
    sums.charges.add(Amount(mantissa: row[1], scale: chargesScale))
    sums.due.add(Amount(mantissa: row[3], scale: dueScale))
    totals[currency] = sums
    let pages: Int = row[5]
    self.pages += pages
    sheets += ManifestLine.sheets(pages)
    if let phase: String = row[6], let variant: String = row[7] { notices[Notice(phase: phase, variant: variant), default: 0] += 1 }
    let codes: String = row[8]
    for code in codes.split(separator: " ") { warnings[String(code), default: 0] += 1 }
  }
}

/// A result file while it is being written.
private final class ResultFile {
  /// Bytes collected before they are written.
  private static let chunk = 1 << 18

  private let name: String
  private let output: OutputFolder
  private let file: OpenFile
  private var buffer: [UInt8] = []
  private(set) var size = 0

  private var temporary: String { name + ".tmp" }

  init(_ name: String, _ output: OutputFolder) throws {
    (self.name, self.output) = (name, output)
    do throws(SystemError) {
      file = try OpenFile(writing: name + ".tmp", in: output.work.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(name)'")
    }
  }

  func append(_ bytes: [UInt8]) throws {
    buffer += bytes
    if buffer.count > ResultFile.chunk { try flush() }
  }

  private func flush() throws {
    do throws(SystemError) { try file.write(buffer) } catch { throw RunFailure.output(error, "'\(output.path)/\(name)'") }
    size += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  func close() throws {
    try flush()
    do throws(SystemError) { try file.sync() } catch { throw RunFailure.output(error, "'\(output.path)/\(name)'") }
  }

  func place() throws {
    do throws(SystemError) {
      try Folder.rename(temporary, in: output.work.descriptor, to: name, in: output.folder.descriptor)
    } catch {
      throw RunFailure.output(error, "'\(output.path)/\(name)'")
    }
  }
}
