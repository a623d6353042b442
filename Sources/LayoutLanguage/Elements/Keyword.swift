/// Every word an attribute may be set to, where it takes one of a few.
public enum Keyword: String, Sendable, CaseIterable, Hashable {
  // fit
  case shrink, grow, reject
  // else of a place; 'body' is below
  case cut
  // nowrap; 'auto' is below
  case yes, no
  // align, valign, sides, directions
  case start, end, center, justify, decimal, top, middle, bottom, baseline, left, right, horizontal, vertical
  // weight, slant, figures
  case regular, medium, semibold, bold, upright, italic, tabular, proportional
  // page masters, coupon, page-break
  case first, next, last
  case pageEnd = "page-end"
  // keep
  case together, previous
  // roles of table rows
  case groupHeader = "group-header"
  case subtotal, total, note
  // charts
  case bars, line, stacked, none, highlight, all
  // barcodes
  case qr
  case dataMatrix = "data-matrix"
  case code128 = "code-128"
  case imb, epc
  case nbsIps = "nbs-ips"
  case levelL = "L"
  case levelM = "M"
  case levelQ = "Q"
  case levelH = "H"
  // slots
  case heading, body, action
  case keepPaper = "keep-paper"
  case address, phone, label, benefits
  // types of fields and parameters
  case text, identifier, number, amount, date, flag, list, record
  // formats
  case standard
  case largePrint = "large-print"
  case auto
}
