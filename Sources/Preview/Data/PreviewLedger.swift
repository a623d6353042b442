internal import Consents
internal import Contract
internal import Ledger

/// The ledger as the preview sees it: what is known of each customer up to the bill's day, pieces of the very cycle included.
///
/// Belongs to one actor, as its reader asks for.
final class PreviewLedger {
  private let reader: LedgerReader
  private let campaign: String?

  /// Opens the ledger of a campaign that is loaded.
  ///
  /// - Parameter layout: Says which campaign it is, and whose; a campaign that does not say whose is refused when it is loaded.
  /// - Throws: ``RunFailure`` where it cannot be used or is another company's.
  init(_ path: String, _ layout: PreviewLayout) throws(RunFailure) {
    campaign = layout.campaign
    reader = try LedgerReader(path, company: layout.company, consistency: .account)
  }

  /// What is known of an account, as a record brings it along.
  func facts(of account: String) throws(RunFailure) -> [UInt8] { try reader.facts(of: account, cycle: "", campaign: campaign).bytes }
}
