public import Contract
internal import Dates
internal import Foundation
internal import GRDB

/// Writes pieces that were mailed into a ledger, all of them or none.
public struct PieceRecording {
  /// Wordings whose numbers are kept at hand.
  private static let keptWordings = 4_096

  /// What became of the pieces.
  public struct Counts: Sendable, Hashable {
    /// Pieces that were not in the ledger.
    public var new = 0
    /// Pieces that were there, word for word.
    public var known = 0
    /// Pieces that were there and are something else; with one of them nothing was written.
    public var conflicts = 0
  }

  private let connection: LedgerConnection
  /// Whose ledger it is.
  public var company: String { connection.company }

  /// Opens a ledger for writing.
  ///
  /// - Throws: ``RunFailure``: 78 where it cannot be used, 75 where another process keeps it too long, 74 where it may not be written.
  public init(_ path: String) throws(RunFailure) { connection = try LedgerConnection(path, for: .writing) }

  /// Makes sure that the ledger is a company's.
  ///
  /// - Throws: ``RunFailure`` 78 where it is another's.
  public func require(company: String) throws(RunFailure) { try connection.require(company: company) }

  /// Writes pieces in one transaction. A piece that is there already, the same in everything, changes nothing.
  ///
  /// - Parameters:
  ///   - next: The next piece; `nil` at the end.
  ///   - conflict: Is told of each piece that is in the ledger and is something else, and how it stands there.
  /// - Throws: ``RunFailure``, with nothing written: 75 where another process uses the ledger too long, 74 where it cannot be written, 78 where it
  ///   turns out damaged; what `next` throws, as far as it is one.
  public func record(
    _ next: () throws -> MailedPiece?, conflict: (_ piece: MailedPiece, _ known: MailedPiece) -> Void
  ) throws(RunFailure) -> Counts {
    var counts = Counts()
    try connection.write { db in
      var wordings: [[UInt8]: Int64] = [:]
      var cycles: Set<[UInt8]> = []
      let find = try db.makeStatement(
        sql: """
          SELECT \(MailedPiece.columns) FROM \(MailedPiece.tables)
          WHERE account = ? AND invoice = ? AND series = ? AND copy = ? AND kind = ? AND of_cycle = ?
          """)
      let insert = try db.makeStatement(
        sql: """
          INSERT INTO piece (account, invoice, series, copy, kind, of_cycle, wording, sha256, page, area, contrast, text_size, mailed)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      while let piece = try next() {
        let key: [any DatabaseValueConvertible] = [
          piece.account, piece.invoice, piece.series, piece.copy, piece.kind.rawValue, piece.ofCycle,
        ]
        if let known = try Row.fetchOne(find, arguments: StatementArguments(key)).map({ try MailedPiece(LedgerRow($0)) }) {
          if known.isWordForWord(piece) {
            counts.known += 1
          } else {
            counts.conflicts += 1
            conflict(piece, known)
          }
          continue
        }
        guard counts.conflicts == 0 else { continue }
        if wordings.count > Self.keptWordings { wordings.removeAll() }
        let wording = try Self.number(of: piece.wording, &wordings, db)
        let rest: [(any DatabaseValueConvertible)?] = [
          wording, Data(piece.sha256), piece.page, piece.area, piece.contrast, piece.textSize, piece.mailed.iso,
        ]
        try insert.execute(arguments: StatementArguments(key.map(Optional.some) + rest))
        cycles.insert(Array(piece.wording.cycle.utf8))
        counts.new += 1
      }
      for cycle in cycles { try LedgerConnection.noteChange(db, cycle: String(decoding: cycle, as: UTF8.self)) }
      return counts.conflicts == 0 && counts.new > 0
    }
    if counts.conflicts > 0 { counts.new = 0 }
    return counts
  }

  /// The row of a wording, which is made where there is none.
  private static func number(of wording: MailedPiece.Wording, _ known: inout [[UInt8]: Int64], _ db: Database) throws -> Int64 {
    let values = wording.values
    let key = Array(values.joined(separator: "\u{0}").utf8)
    if let number = known[key] { return number }
    let columns = MailedPiece.Wording.columns
    let arguments = StatementArguments(values)
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO wording (\(columns.joined(separator: ", "))) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    ).execute(arguments: arguments)
    let number = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM wording WHERE \(columns.map { "\($0) = ?" }.joined(separator: " AND "))"),
      arguments: arguments)
    guard let number else { throw LedgerFailure.Damage("a row that was written is not there") }
    known[key] = number
    return number
  }
}

extension MailedPiece {
  /// Whether another is the same in everything, byte for byte.
  fileprivate func isWordForWord(_ other: MailedPiece) -> Bool {
    (sha256, page, area, contrast) == (other.sha256, other.page, other.area, other.contrast) && textSize == other.textSize
      && mailed == other.mailed && zip(wording.values, other.wording.values).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
