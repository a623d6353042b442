package import Consents
internal import Contract
package import Dates
package import Ledger

/// What an account has been told by mail, out of all that was mailed to it.
package struct MailedNotices: Sendable, Hashable {
  /// Bills of the campaign with any notice, by the days they were mailed on.
  package var bills = AccountFacts()
  /// The days on which postcards of the campaign were mailed.
  package var postcards: [PlainDate] = []
  /// The days on which a server accepted e-mails of the campaign.
  package var emails: [PlainDate] = []

  /// Takes out of an account's pieces what tells of a campaign.
  ///
  /// - Parameters:
  ///   - campaign: Its id.
  ///   - isOwn: Whether a bill is one of those that are planned, or an e-mail went beside one: the whole cycle is the one that is planned, and does not
  ///     count.
  package init(_ pieces: [MailedPiece], of campaign: String, except isOwn: (MailedPiece) throws -> Bool) rethrows {
    let telling = pieces.filter { $0.kind == .bill || $0.kind == .email }
    let own = Set(try telling.filter(isOwn).map { Array($0.wording.cycle.utf8) })
    for piece in pieces where piece.wording.campaign.map({ $0.utf8.elementsEqual(campaign.utf8) }) ?? false {
      guard piece.wording.notice != nil, !own.contains(Array(piece.wording.cycle.utf8)) else { continue }
      switch piece.kind {
      case .bill: self.bills.add(1, on: piece.mailed)
      case .postcard: postcards.append(piece.mailed)
      case .email: emails.append(piece.mailed)
      case .terms: break
      }
    }
  }
}
