internal import Billing
internal import Contract
internal import Files
internal import GRDB
internal import Intake

/// Goes through the postcards of a run once all of its records are settled: each gets its rank by input and number, from 1, and is painted unless
/// it lies there already.
///
/// What is painted is a function of the facts noted when the card was judged, its rank, layout and campaign; the data are not read again.
final class CardPass {
  /// A card that is to become something.
  enum Item {
    /// Painted, or rejected for good, by an earlier part of this run.
    case settled
    /// To be given to a worker.
    case card(RecordInput)
  }

  private let output: OutputFolder
  private let journal: Journal
  private let copies: JournalCursor<CopyRow>
  private let several: JournalCursor<SeveralRow>
  private let rejects: JournalCursor<RejectKeyRow>
  private var rows: ArraySlice<PieceRow> = []
  private var last: Int64 = -1
  private var isExhausted = false
  private var rank = 0

  init(output: OutputFolder, journal: Journal) {
    (self.output, self.journal) = (output, journal)
    (copies, several, rejects) = (journal.copies(), journal.several(), journal.rejects())
  }

  /// How many cards there are.
  func count() throws -> Int {
    try journal.queue.read { db in
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(PieceRow.name) WHERE \(PieceKey.isOfKind(.postcard))") ?? 0
    }
  }

  /// The next card; `nil` after the last.
  func next() throws -> Item? {
    if rows.isEmpty, !isExhausted { try fetch() }
    guard let row = rows.popFirst() else { return nil }
    rank += 1
    let place = row.key.place
    let isRejected = try rejects.rows(at: place).contains { $0.kind == .postcard }
    if try isRejected || isPainted(row) { return .settled }
    var facts = try row.pieceFacts()
    (facts.content, facts.sha256, facts.bytes, facts.file) = ("", "", 0, "")
    facts.card?.rank = rank
    var record = RecordInput(
      file: facts.record.file, input: place.input, number: place.number, offset: 0,
      identity: RecordIdentity(account: Array(facts.account.utf8), invoice: Array(facts.invoice.utf8), series: Array(facts.series.utf8)),
      bytes: [])
    record.copy = try copies.rows(at: place).first?.number ?? 1
    record.hasSeveralSeries = try !several.rows(at: place).isEmpty
    record.card = facts
    return .card(record)
  }

  private func isPainted(_ row: PieceRow) throws -> Bool {
    if row.file.isEmpty { return false }
    do throws(SystemError) { return try output.size(of: row.file) == row.bytes } catch {
      throw RunFailure.output(error, "'\(output.path)'")
    }
  }

  private func fetch() throws {
    let last = last
    let page = try journal.queue.read { db in
      try PieceRow.fetchAll(
        db.cachedStatement(
          sql: "SELECT \(PieceRow.columns) FROM \(PieceRow.name) WHERE key > ? AND \(PieceKey.isOfKind(.postcard)) ORDER BY key LIMIT ?"),
        arguments: [last, Journal.page])
    }
    isExhausted = page.count < Journal.page
    self.last = page.last?.key.rowID ?? last
    rows = page[...]
  }
}
