internal import Consents
public import Contract
internal import Dates
public import Diagnostics
internal import Files
internal import GRDB
internal import Glibc
internal import Tables

/// Does `ledger import`: takes a CSV of events into a ledger, all rows that can be taken in one transaction.
public struct EventImport {
  /// Events of one account at most: one a day for three years.
  ///
  /// - Stops: a run that reads one account's events without end, with each of its records.
  static let maximumEvents = 1_000
  /// Refused rows that are told one by one.
  private static let shownRefusals = 20

  /// What became of the rows.
  public struct Counts: Sendable, Hashable {
    /// Rows that were not in the ledger.
    public var new = 0
    /// Rows that were there already.
    public var known = 0
    /// Rows that cannot be taken.
    public var refused = 0

    /// No rows.
    public init() {}
  }

  private let file: String
  private let ledger: String
  private let rejects: String?
  private let report: (Diagnostic) -> Void

  /// Prepares an import.
  ///
  /// - Parameters:
  ///   - file: The CSV: UTF-8, RFC 4180, with the columns account, state, date, source, scope, evidence.
  ///   - rejects: Where the rows that cannot be taken are written, with their reasons; `nil`: nowhere.
  ///   - report: Is told of rows that cannot be taken.
  public init(_ file: String, ledger: String, rejects: String?, report: @escaping (Diagnostic) -> Void) {
    (self.file, self.ledger, self.rejects, self.report) = (file, ledger, rejects, report)
  }

  /// Takes the rows in; a row that is in the ledger changes nothing.
  ///
  /// - Throws: ``RunFailure``, with nothing changed: 66 where the file cannot be read or has other columns, 78 where the ledger cannot be used, 75
  ///   where another process uses it too long, 74 where it or the file of refused rows cannot be written.
  public func run() throws(RunFailure) -> Counts {
    let reader: CSVReader
    do throws(SystemError) { reader = try CSVReader(OpenFile(reading: file)) } catch { throw unreadable(error) }
    let columns = try columns(reader)
    let connection = try LedgerConnection(ledger, for: .writing)
    if let rejects, let mark = FileMark(of: rejects), [FileMark(of: file), FileMark(of: ledger)].contains(mark) {
      throw RunFailure(.output, id: "output-unwritable", "'--rejects' names a file that is read: '\(rejects)'; name another")
    }
    let refused = try rejects.map { path throws(RunFailure) in try RefusedRows(path) }
    var counts = Counts()
    let moment = Self.moment()
    try connection.write { db in
      let taker = try RowTaker(db, moment: moment)
      func refuse(_ row: CSVReader.Row, _ reason: String) throws {
        counts.refused += 1
        tell(row, reason, counts.refused)
        try refused?.add(row, reason: reason)
      }
      while let row = try next(reader) {
        switch Result(catching: { () throws(EventRow.Refusal) in try EventRow(row, columns: columns) }) {
        case .failure(let refusal): try refuse(row, refusal.reason)
        case .success(let event):
          switch try taker.take(event) {
          case .new: counts.new += 1
          case .known: counts.known += 1
          case .tooMany: try refuse(row, "the account has \(Self.maximumEvents) events already, as many as are kept")
          }
        }
      }
      if counts.new > 0 { try LedgerConnection.noteChange(db, cycle: "") }
      return counts.new > 0
    }
    try refused?.place()
    if counts.refused > Self.shownRefusals {
      report(
        Diagnostic(
          .note, id: "more-events-refused",
          "\(counts.refused - Self.shownRefusals) more rows were refused\(rejects.map { "; '\($0)' has them all" } ?? "; '--rejects FILE' writes them all")"
        ))
    }
    return counts
  }

  /// Reads the header.
  ///
  /// - Returns: How many columns there are.
  private func columns(_ reader: CSVReader) throws(RunFailure) -> Int {
    let found = try next(reader)
    let fields = found?.fields ?? []
    for header in [EventRow.header, EventRow.header + EventRow.refusalHeader] where found?.fault == nil && fields == header {
      return header.count
    }
    throw RunFailure(
      .data, id: "events-header",
      "'\(file)' must begin with the line '\(EventRow.header.joined(separator: ","))'\(found == nil ? ", and is empty" : "")",
      place: DataPlace(file: file, record: found?.line ?? 1))
  }

  private func next(_ reader: CSVReader) throws(RunFailure) -> CSVReader.Row? {
    do throws(SystemError) { return try reader.next() } catch { throw unreadable(error) }
  }

  private func unreadable(_ error: SystemError) -> RunFailure {
    RunFailure(.data, id: "events-unreadable", "cannot read the events in '\(file)': \(error.text)")
  }

  private func tell(_ row: CSVReader.Row, _ reason: String, _ count: Int) {
    guard count <= Self.shownRefusals else { return }
    report(Diagnostic(.warning, id: "event-refused", "row refused: \(reason)", place: DataPlace(file: file, record: row.line)))
  }

  /// The moment, in UTC. It is kept beside an event and never told by `export`.
  private static func moment() -> String {
    let seconds = time(nil)
    let (day, second) = (seconds / 86_400, seconds % 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(PlainDate(daysSinceEpoch: day)?.iso ?? "")T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }
}

/// Stores events by statements that are prepared once.
private struct RowTaker {
  enum Outcome { case new, known, tooMany }

  private let db: Database
  private let moment: String
  private let insert: Statement
  private let count: Statement
  private let remove: Statement

  init(_ db: Database, moment: String) throws {
    (self.db, self.moment) = (db, moment)
    insert = try db.makeStatement(
      sql: "INSERT OR IGNORE INTO event (account, \(LedgerEvent.columns), imported) VALUES (?, ?, ?, ?, ?, ?, ?)")
    count = try db.makeStatement(sql: "SELECT COUNT(*) FROM event WHERE account = ?")
    remove = try db.makeStatement(
      sql: "DELETE FROM event WHERE account = ? AND date = ? AND state = ? AND source = ? AND scope = ? AND evidence = ?")
  }

  func take(_ row: EventRow) throws -> Outcome {
    let event = row.event
    let values = [row.account, event.event.date.iso, event.event.kind.rawValue, event.event.source, event.scope, event.evidence]
    try insert.execute(arguments: StatementArguments(values + [moment]))
    guard db.changesCount > 0 else { return .known }
    guard try Int.fetchOne(count, arguments: [row.account]) ?? 0 <= EventImport.maximumEvents else {
      try remove.execute(arguments: StatementArguments(values))
      return .tooMany
    }
    return .new
  }
}
