internal import Contract
internal import Diagnostics
internal import Digests
internal import Encodings
internal import Files
internal import Synchronization

/// Compares the file of one piece with its line of the manifest. Any number of threads may do so at once.
struct PieceVerification: Sendable {
  private static let chunk = 1 << 18
  /// A larger file waits for any other as large: it is held whole while its pages are counted.
  ///
  /// - Stops: many giants at a time, each held whole.
  private static let large = 32 << 20

  /// The output folder; stays open longer than this.
  let folder: Int32
  private let turn: Turn
  private let editions = Editions()
  /// Files that serve many lines and are remembered, each with what its lines say of it.
  ///
  /// - Stops: a manifest that names another leaflet in each line, all of them remembered.
  private static let keptFiles = 1_000

  /// Held by the one large file that is being read.
  private final class Turn: Sendable {
    let mutex = Mutex(())
  }

  /// What was found of files that serve many lines.
  private final class Editions: Sendable {
    struct Claim: Hashable {
      var file: String
      var sha256: String
      var bytes: Int
      var firstPage: Int
      var pages: Int
    }
    let found = Mutex<[Claim: Result]>([:])
  }

  init(folder: Int32) { (self.folder, turn) = (folder, Turn()) }

  /// What was found about one file.
  struct Result: Sendable {
    var findings: [Diagnostic] = []
    var bytes = 0
    /// The system refused to read it, so that nothing is known of it.
    var isUnreadable = false
  }

  /// Looks at one file.
  ///
  /// - Parameter line: The line of the manifest, from 1.
  ///
  /// Complexity: O(bytes); O(1) for a file that serves many lines, from the second on, of which the bytes are then not counted again.
  func check(_ facts: PieceFacts, line: Int) -> Result {
    guard facts.kind.traits.naming == .edition else { return look(at: facts, line: line) }
    let claim = Editions.Claim(
      file: facts.file, sha256: facts.sha256, bytes: facts.bytes, firstPage: facts.firstPage, pages: facts.pages)
    // Held while it is looked at: other threads are then spared the work, not kept from it.
    return editions.found.withLock { found in
      if let known = found[claim] { return known }
      let result = look(at: facts, line: line)
      if found.count < Self.keptFiles {
        found[claim] = result
        found[claim]?.bytes = 0
      }
      return result
    }
  }

  private func look(at facts: PieceFacts, line: Int) -> Result {
    let opening = FinishedFolder.open(facts.file, in: folder)
    switch consume opening {
    case .missing: return PieceVerification.found(.fileMissing, "is not there; line \(line) of the manifest names it", facts)
    case .obstructed(let what): return PieceVerification.found(.notAFile, what, facts)
    case .unreadable(let error): return PieceVerification.unreadable(error, facts)
    case .file(let file, let size):
      guard size == facts.bytes else {
        var result = Result()
        result.findings = [
          PieceVerification.finding(.fileDiffers, "has \(size) bytes; the manifest says \(facts.bytes)", facts)
        ]
        // What is left of it may still be a bill that can be read.
        if size <= facts.bytes + PieceVerification.large { result += read(file, size: size, facts, comparesDigest: false) }
        return result
      }
      return read(file, size: size, facts, comparesDigest: true)
    }
  }

  private func read(_ file: borrowing OpenFile, size: Int, _ facts: PieceFacts, comparesDigest: Bool) -> Result {
    let isPDF = facts.kind.traits.suffix == ".pdf" && size <= PDFReading.sizeLimit
    guard size > PieceVerification.large else { return readNow(file, size: size, facts, keeping: isPDF, comparesDigest) }
    return turn.mutex.withLock { _ in readNow(file, size: size, facts, keeping: isPDF, comparesDigest) }
  }

  private func readNow(_ file: borrowing OpenFile, size: Int, _ facts: PieceFacts, keeping isKept: Bool, _ comparesDigest: Bool) -> Result {
    var result = Result()
    var hasher = RunningSHA256()
    var kept: [UInt8] = []
    if isKept { kept.reserveCapacity(size) }
    do throws(SystemError) {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(PieceVerification.chunk, size + 1), alignment: 16)
      defer { buffer.deallocate() }
      while result.bytes <= size {
        let count = try file.read(into: buffer)
        if count == 0 { break }
        let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hasher.update(part)
        if isKept { kept.append(contentsOf: part) }
        result.bytes += count
      }
    } catch {
      return PieceVerification.unreadable(error, facts)
    }
    if comparesDigest {
      let digest = Hexadecimal.text(hasher.finish())
      if digest != facts.sha256 {
        result.findings.append(
          PieceVerification.finding(.fileDiffers, "has the SHA-256 \(digest); the manifest says \(facts.sha256)", facts))
      }
    }
    guard facts.kind.traits.suffix == ".pdf" else { return result }
    do throws(PDFFault) {
      guard isKept else { throw PDFFault("is larger than the \(PDFReading.sizeLimit) bytes of any bill") }
      let pages = try PDFReading.pages(of: kept)
      // The piece begins on its first page and may be one of several in its file.
      let needed = facts.firstPage - 1 + facts.pages
      if facts.firstPage == 1 ? pages != needed : pages < needed {
        result.findings.append(
          PieceVerification.finding(.pagesDiffer, "has \(pages) page\(pages == 1 ? "" : "s"); the manifest says \(needed)", facts))
      }
    } catch {
      result.findings.append(PieceVerification.finding(.pdfDamaged, error.reason, facts))
    }
    return result
  }

  private static func finding(_ reason: VerifyFinding.Reason, _ what: String, _ facts: PieceFacts) -> Diagnostic {
    VerifyFinding.diagnostic(reason, what, file: facts.file)
  }

  private static func found(_ reason: VerifyFinding.Reason, _ what: String, _ facts: PieceFacts) -> Result {
    Result(findings: [finding(reason, what, facts)])
  }

  private static func unreadable(_ error: SystemError, _ facts: PieceFacts) -> Result {
    Result(findings: [finding(.fileUnverifiable, "cannot be read: \(error.text)", facts)], isUnreadable: true)
  }
}

extension PieceVerification.Result {
  static func += (a: inout Self, b: Self) {
    a.findings += b.findings
    a.bytes += b.bytes
    a.isUnreadable = a.isUnreadable || b.isUnreadable
  }
}
