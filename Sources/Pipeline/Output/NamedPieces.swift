internal import Billing
internal import Contract
internal import Diagnostics
internal import Files
internal import Foundation
internal import GRDB
internal import Intake
internal import JSON

/// The files that an earlier run has made, as far as its journal and its manifest name them.
///
/// Either may be damaged, or written by somebody else: each is read as far as it can be, and a name counts only if it has the form of a piece's.
struct NamedPieces {
  /// The work folder's path, by which SQLite opens the journal.
  var workPath: String
  let output: OutputFolder

  /// Hands out the names, some of them twice, and also those of files that may not be there: of records that were under way.
  func forEach(_ body: (String) throws -> Void) throws {
    func checked(_ name: String) throws { if PieceName.isOurs(path: name) { try body(name) } }
    do { try readJournal(checked) } catch is DatabaseError {} catch is JournalDamage {}
    try readManifest(checked)
  }

  private func readJournal(_ body: (String) throws -> Void) throws {
    guard try output.hasOwnJournal() else { return }
    let queue = try Journal.connect(workPath + "/" + Journal.name)
    try queue.read { db in
      let pieces = try KnownPiece.fetchCursor(db, sql: "SELECT file FROM piece")
      while let row = try pieces.next() { try body(row.file) }
      for row in try FactRow.fetchAll(db, sql: "SELECT \(FactRow.columns) FROM fact") {
        if let file = Journal.edition(ofFact: row.key) { try body(file) }
      }
      let kinds = try PieceKind.allCases.filter { kind in
        try kind.traits.naming == .record && Folder.status(kind.traits.folder, in: output.folder.descriptor) != nil
      }
      // Of pieces that were written and not noted yet, the record is known.
      let records = try KnownRecord.fetchCursor(db, sql: KnownRecord.sql)
      while let row = try records.next() {
        for kind in kinds {
          try body(PieceName.file(of: row.identity, kind: kind, hasSeveralSeries: row.hasSeveralSeries, copy: row.copy))
        }
      }
    }
  }

  private struct KnownPiece: TypedRow {
    enum Column: String, CaseIterable { case file }
    var file: String
    init(_ row: RowValues<Column>) throws { file = try row.text(.file) }
  }

  private struct KnownRecord: TypedRow {
    enum Column: String, CaseIterable { case account, invoice, series, copy, several }
    var identity: RecordIdentity
    var copy: Int
    /// Whether its account and invoice stand in several series.
    var hasSeveralSeries: Bool

    init(_ row: RowValues<Column>) throws {
      identity = RecordIdentity(account: try row.bytes(.account), invoice: try row.bytes(.invoice), series: try row.bytes(.series))
      (copy, hasSeveralSeries) = (try row.int(.copy), try row.flag(.several))
    }

    static let sql = "SELECT account, invoice, series, copy, seen.key IN (SELECT key FROM several) AS several FROM seen"
  }

  private func readManifest(_ body: (String) throws -> Void) throws {
    let name = OutputFolder.manifestName
    guard try Folder.status(name, in: output.folder.descriptor)?.isRegular == true else { return }
    let file = try OpenFile(reading: name, in: output.folder.descriptor)
    let lines = RecordLines(descriptor: file.descriptor)
    do {
      while let line = try lines.next() { if !line.isTooLong, let name = NamedPieces.file(line.bytes) { try body(name) } }
    } catch let failure as RecordLines.ReadFailure {
      throw SystemError(failure.code)
    }
    withExtendedLifetime(file) {}
  }

  /// The member `file` of a line of the manifest.
  private static func file(_ line: UnsafeBufferPointer<UInt8>) -> String? {
    do throws(RecordFault) {
      var reader = try JSONReader(line)
      try reader.enterObject(expected: "a line of the manifest")
      while let name = try reader.nextName() {
        if reader.isName(name, "file") { return try reader.text() }
        try reader.skipValue()
      }
      return nil
    } catch {
      return nil
    }
  }
}
