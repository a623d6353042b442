internal import Contract
internal import Diagnostics
internal import GRDB

/// The files of a run that serve many records: each is written once, by the first piece that brings it.
///
/// All makers of one must agree; the journal knows them before they are there, so that none is left behind without a record that has it.
final class EditionFiles {
  private let store: PieceStore
  private let journal: Journal
  /// The digests of those that this process has put into place, by their path.
  private var placed: [String: String] = [:]

  init(_ store: PieceStore, _ journal: Journal) { (self.store, self.journal) = (store, journal) }

  private static func file(_ facts: PieceFacts) -> String? {
    facts.kind.traits.naming == .edition ? facts.kind.file(language: facts.language, format: facts.format) : nil
  }

  /// Whether the file is in its place, so that a piece need not bring it.
  func has(_ facts: PieceFacts) -> Bool { Self.file(facts).map { placed[$0] != nil } ?? false }

  /// What is wrong with a piece whose file another one has brought, with other bytes.
  func contradiction(_ facts: PieceFacts) -> RecordFault? {
    guard let file = Self.file(facts), let known = placed[file], known != facts.sha256 else { return nil }
    return RecordFault(.defect, "the \(facts.kind.traits.noun) '\(file)' was made twice, with different bytes")
  }

  /// Puts the file of a piece into place, unless it is there.
  ///
  /// - Throws: ``RunFailure`` 74.
  func write(_ facts: PieceFacts, _ bytes: [UInt8]) throws {
    guard placed[facts.file] == nil else { return }
    try journal.setFact(Journal.fact(ofEdition: facts.file), facts.sha256)
    try store.write(facts.file, bytes)
    placed[facts.file] = facts.sha256
  }

  /// Removes files that no piece has in the end: a run that was interrupted before it noted the piece may find its record at fault later.
  ///
  /// - Complexity: O(1); O(pieces) for a file that only an earlier part of the run has written.
  func removeUnnamed() throws {
    for file in try journal.editions() where placed[file] == nil {
      if try journal.hasPiece(file: file) { continue }
      try store.remove(file)
      try journal.setFact(Journal.fact(ofEdition: file), nil)
    }
  }
}

extension Journal {
  private static let editionMark = "edition "

  /// The name of the fact that a file of an edition is written.
  static func fact(ofEdition file: String) -> String { editionMark + file }

  /// The file that such a fact is about; `nil` for any other fact.
  static func edition(ofFact key: String) -> String? { key.hasPrefix(editionMark) ? String(key.dropFirst(editionMark.count)) : nil }

  /// The files of editions that the run has begun to write, sorted by their bytes.
  func editions() throws -> [String] {
    try queue.read { db in
      try FactRow.fetchAll(db, sql: "SELECT \(FactRow.columns) FROM fact ORDER BY key").compactMap { Journal.edition(ofFact: $0.key) }
    }
  }

  /// Whether a piece has that file. Complexity: O(pieces).
  func hasPiece(file: String) throws -> Bool {
    try queue.read { db in try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM piece WHERE file = ?)", arguments: [file]) ?? false }
  }
}
