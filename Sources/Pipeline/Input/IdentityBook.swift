internal import Billing
internal import Contract
internal import Digests
internal import Foundation
internal import GRDB
internal import Intake

/// Knows every identity that was met, and says of a record whether it is a bill of its own. Lies on disk, so that memory does not grow.
struct IdentityBook {
  /// What a record is among those met before.
  enum Verdict: Equatable {
    /// The first of its identity.
    case new
    /// Another record of an identity that was met, to be made all the same: its number among them, from 2.
    case copy(Int)
    /// A record with the same identity came before; whether its bytes are others.
    case duplicate(of: RecordPlace, differs: Bool)
  }

  /// Are records that differ from an earlier one of their identity made?
  let acceptsDifferent: Bool
  private let insert: RowInsertion<SeenRow>
  private let known, ofAccount: Statement

  /// Bytes of a record's digest that are kept.
  private static let digestBytes = 16

  /// Begins with what stands in the table `seen` of the database.
  init(_ db: Database, acceptsDifferent: Bool) throws {
    self.acceptsDifferent = acceptsDifferent
    insert = try RowInsertion(db, "INSERT OR IGNORE")
    known = try db.makeStatement(
      sql: "SELECT \(SeenRow.columns) FROM seen WHERE account = ? AND invoice = ? AND series = ? ORDER BY copy")
    ofAccount = try db.makeStatement(sql: "SELECT EXISTS (SELECT 1 FROM seen WHERE account = ?)")
  }

  /// Whether a record of an account was noted. Complexity: one search.
  func hasMet(account: [UInt8]) throws -> Bool { try Bool.fetchOne(ofAccount, arguments: [Data(account)]) ?? false }

  /// Notes a record.
  ///
  /// - Complexity: O(bytes) for the digest, one insertion; where the identity is known, one query more.
  func note(_ identity: RecordIdentity, _ bytes: UnsafeBufferPointer<UInt8>, at place: RecordPlace, in db: Database) throws -> Verdict {
    let digest = Array(Digest256.bytes(UnsafeRawBufferPointer(bytes)).prefix(IdentityBook.digestBytes))
    func add(_ copy: Int) throws -> Bool {
      try insert(SeenRow(identity: identity, copy: copy, place: place, digest: digest))
      return db.changesCount > 0
    }
    if try add(1) { return .new }
    let earlier = try SeenRow.fetchAll(known, arguments: [Data(identity.account), Data(identity.invoice), Data(identity.series)])
    if let same = earlier.first(where: { $0.digest == digest }) { return .duplicate(of: same.place, differs: false) }
    if acceptsDifferent, let copy = earlier.last?.copy, try add(copy + 1) { return .copy(copy + 1) }
    guard let first = earlier.first else { return .new }
    return .duplicate(of: first.place, differs: true)
  }
}
