internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Layout
internal import LayoutLanguage

/// A bill turned into nodes, not yet laid out.
struct ComposedBill {
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
  /// What it must say of the campaign.
  var required = RequiredWords()
}
