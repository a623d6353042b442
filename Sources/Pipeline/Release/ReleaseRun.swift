internal import CLinux
public import Contract
public import Dates
internal import Diagnostics
internal import Files
internal import JSON
internal import Ledger
public import Reporting

/// What `billfold release` was asked to do.
public struct ReleaseOptions: Sendable, Hashable {
  /// The output folder of a finished run.
  public var out: String
  /// The ledger's file.
  public var ledger: String
  /// When the pieces were mailed.
  public var mailed: PlainDate
  /// `--only`: accounts, or `@FILE`.
  public var only: [String]
  /// `--exclude`: accounts, or `@FILE`.
  public var exclude: [String]
  /// Where the list for the lettershop is written; `nil`: nowhere.
  public var list: String?

  /// Makes options.
  public init(out: String, ledger: String, mailed: PlainDate, only: [String] = [], exclude: [String] = [], list: String? = nil) {
    (self.out, self.ledger, self.mailed, self.only, self.exclude) = (out, ledger, mailed, only, exclude)
    self.list = list
  }
}

/// One run of `billfold release`: writes into the ledger that a finished run's printed pieces were mailed.
///
/// Each piece's file is looked at first; then all are written in one transaction, or none. The same release again changes nothing.
public struct ReleaseRun {
  private let options: ReleaseOptions
  private let reporter: Reporter

  /// Prepares a release.
  public init(_ options: ReleaseOptions, reporter: Reporter) { (self.options, self.reporter) = (options, reporter) }

  /// Releases the pieces; every finding is a result, and a last line counts.
  ///
  /// Call once per process, on the main thread: the process's signals become the run's.
  ///
  /// - Returns: `success`; `found` where a file is not what the manifest says, or a piece is in the ledger as something else, with nothing
  ///   written; `rejects` where an account of `--only` has no piece; `data` where something in the folder cannot be read; `otherRun` where it holds
  ///   no finished run, or specimens; `locked`, `output` and `configuration` for the ledger.
  public func run() -> Ending {
    Ending(of: { try start() }, reporter, whenStopped: "stopped by a signal; nothing was written")
  }

  private func start() throws -> ExitCode {
    try SystemError.check(bf_ensure_standard_descriptors())
    let filter = try AccountFilter(only: options.only, exclude: options.exclude)
    let folder = try FinishedFolder(options.out)
    guard !RunFacts(folder).isSpecimen else {
      throw RunFailure(
        .otherRun, id: "output-specimen", "the run in '\(options.out)' was made with '--specimen': its pieces are not to be mailed")
    }
    let ledger = try PieceRecording(options.ledger)
    if let company = folder.run.json("company")?.text { try ledger.require(company: company) }
    let list = try options.list.map { try MailingList($0, of: folder, filter: filter, mailed: options.mailed) }
    let pieces = ReleasedPieces(folder, filter: filter, mailed: options.mailed, signals: try StopSignals())
    try pieces.check { reporter.result($0) }
    guard pieces.counts.findings == 0 else {
      tell(pieces.counts, nil)
      return pieces.counts.hasUnreadable ? .data : .found
    }
    if let list, list.count != pieces.counts.pieces {
      throw RunFailure(
        .otherRun, id: "journal-damaged",
        "the run's journal knows where \(list.count) printed pieces go, and the manifest has \(pieces.counts.pieces); release without '--list'"
      )
    }
    var conflicts = 0
    let written = try pieces.forEach { next in
      try ledger.record(next) { piece, known in
        conflicts += 1
        reporter.result(Self.conflict(piece, known))
      }
    }
    if conflicts == 0 { try list?.place() }
    tell(pieces.counts, written)
    if conflicts > 0 { return .found }
    for account in pieces.unmet {
      let name = String(decoding: account, as: UTF8.self)
      reporter.report(Diagnostic(id: "account-not-met", "no piece has the account '\(name)' named with --only"))
    }
    return pieces.unmet.isEmpty ? .success : .rejects
  }

  private static func conflict(_ piece: MailedPiece, _ known: MailedPiece) -> Diagnostic {
    let differences = [
      piece.mailed == known.mailed ? nil : "mailed on \(known.mailed.iso), and not on \(piece.mailed.iso)",
      piece.sha256 == known.sha256 ? nil : "with another digest",
    ].compactMap(\.self)
    let what = differences.isEmpty ? "with other facts" : differences.joined(separator: ", ")
    return Diagnostic(
      id: "piece-differs",
      "the ledger has the \(piece.kind.traits.noun) \(piece.invoice) of the account '\(piece.account)' \(what)")
  }

  /// The last line: how much was looked at, and what was written.
  private func tell(_ counts: ReleasedPieces.Counts, _ written: PieceRecording.Counts?) {
    let isWritten = written.map { $0.conflicts == 0 } ?? false
    let (new, known) = isWritten ? (written?.new ?? 0, written?.known ?? 0) : (0, 0)
    let findings = counts.findings + (written?.conflicts ?? 0)
    guard reporter.format == .text else {
      reporter.result(bytes: Self.line(counts, new: new, known: known, findings: findings))
      return
    }
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let others = [
      counts.electronic > 0 ? "\(counts.electronic) not printed" : nil, counts.skipped > 0 ? "\(counts.skipped) left out" : nil,
    ].compactMap(\.self)
    let cards = counts.classes.map { kind, number in
      count(number, "postcard") + (kind.map { " as \($0.post) \($0.name)" } ?? " of no postal class")
    }
    let more = (cards + others).map { "; \($0)" }.joined()
    reporter.result(
      isWritten
        ? "\(count(counts.pieces, "piece")) mailed on \(options.mailed.iso): \(new) new in the ledger, \(known) known already\(more)"
        : "\(count(counts.pieces, "piece")): \(count(findings, "finding")), nothing was written")
  }

  /// The last line for programs, with its end.
  private static func line(_ counts: ReleasedPieces.Counts, new: Int, known: Int, findings: Int) -> [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("pieces", counts.pieces)
    json.member("new", new)
    json.member("known", known)
    json.member("electronic", counts.electronic)
    json.member("skipped", counts.skipped)
    json.member("findings", findings)
    if !counts.classes.isEmpty {
      json.key("postcards")
      json.beginList()
      for (kind, number) in counts.classes {
        json.beginObject()
        json.member("post", kind?.post)
        json.member("class", kind?.name)
        json.member("count", number)
        json.endObject()
      }
      json.endList()
    }
    json.endObject()
    json.endLine()
    return json.bytes
  }
}

extension ReleasedPieces.Counts {
  /// The postcards by their classes, sorted by the names' bytes; those of none last.
  fileprivate var classes: [(kind: CardPostage.Class?, number: Int)] {
    func name(_ kind: CardPostage.Class?) -> [UInt8] { Array((kind.map { "0 \($0.post) \($0.name)" } ?? "1").utf8) }
    return cards.sorted { name($0.key).lexicographicallyPrecedes(name($1.key)) }
      .map { ($0.key, $0.value) }
  }
}
