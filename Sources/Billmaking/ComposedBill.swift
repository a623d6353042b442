internal import Billing
internal import Campaigns
internal import Composition
internal import Layout

/// A bill turned into nodes, not yet laid out.
struct ComposedBill {
  var bill: Bill
  var composer: BillComposer
  var document: Document
  /// The words across each page, where it has any.
  var watermark: String?
  var decision: Decision?
  var notice: NoticeWords?
  /// The edition it is set in: the one asked for, if the layout offers it.
  var format: Bill.Format
}
