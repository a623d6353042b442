internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Layout

/// A bill laid out: its pages and what they were decided from.
struct LaidOutBill {
  var bill: Bill
  /// Long bills are laid out again when they are painted: what is found then stands here.
  var composer: BillComposer
  var pagination: Pagination
  var context: LayoutContext
  /// What lies across each page; `nil` for nothing.
  var mark: PageMark?
  /// The same of a specimen; `nil` where it is none.
  var specimenMark: PageMark?
  var decision: Decision?
  /// How it travels.
  var channel: PieceKind.Channel
  /// The language of the layout's strings the bill is set in.
  var language: String
  var format: Bill.Format
  /// What it must say of the campaign.
  var required: RequiredWords
  /// The step by which it was set smaller to save a sheet; empty where it was not.
  var fit = ""

  /// How many sheets of paper its pages are on, printed on both sides.
  var sheets: Int { (pagination.count + 1) / 2 }

  /// A page of it with what lies across.
  func marked(_ page: Frame) -> Frame { mark.laid(under: page) }
}
