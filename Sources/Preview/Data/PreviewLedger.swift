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
  /// - Throws: ``RunFailure`` where it cannot be used or is another company's; the campaign's own fault where it does not say whose it is.
  init(_ path: String, _ layout: PreviewLayout) throws(RunFailure) {
    guard let company = layout.company else { throw .companyMissing }
    campaign = layout.campaign
    reader = try LedgerReader(path, company: company, consistency: .account)
  }

  /// What is known of an account, as a record brings it along.
  func facts(of account: String) throws(RunFailure) -> [UInt8] { try reader.facts(of: account, cycle: "", campaign: campaign).bytes }
}

extension RunFailure {
  fileprivate static var companyMissing: RunFailure {
    RunFailure(
      .configuration, id: "company-missing", "the campaign does not say whose it is, which a ledger asks for; expected 'company: NAME'")
  }
}
