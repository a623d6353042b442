internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Layout
internal import LayoutLanguage

/// A bill turned into nodes, not yet laid out.
struct ComposedBill {
  /// What decides what else goes to the customer.
  struct Standing {
    /// The bill as conditions see it.
    var record: any RecordValue
    var state: CustomerState
    /// What the ledger knows of the account.
    var history: AccountHistory
  }

  var bill: Bill
  var composer: BillComposer
  var document: Document
  /// The words across each page, where it has any.
  var watermark: String?
  /// What the document was composed from, as it was before: the bill may be composed again, set smaller.
  var environment: Environment
  var decision: Decision?
  /// How it travels.
  var channel: PieceKind.Channel
  /// The edition it is set in: the one asked for, if the layout offers it.
  var format: Bill.Format
  /// Where its customer stands; `nil` of a bill that is composed without.
  var standing: Standing?
  /// What it must say of the campaign.
  var required = RequiredWords()
}
