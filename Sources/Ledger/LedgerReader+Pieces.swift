public import Contract
internal import GRDB

extension LedgerReader {
  /// Everything that was mailed to an account, in the order of invoice, series, copy and kind. Complexity: one search; linear in the pieces.
  ///
  /// - Parameter account: By its UTF-8 bytes, as in the record.
  /// - Throws: ``RunFailure`` 78 for a ledger that turns out damaged.
  public func pieces(of account: String) throws(RunFailure) -> [MailedPiece] {
    try read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT \(MailedPiece.columns) FROM \(MailedPiece.tables) WHERE account = ? ORDER BY invoice, series, copy, kind, of_cycle"),
        arguments: [account]
      ).map { try MailedPiece(LedgerRow($0)) }
    }
  }
}
