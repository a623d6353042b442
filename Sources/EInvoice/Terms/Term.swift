internal import Dates
internal import Money

/// A text of the invoice and where it stands.
struct Term {
  var text: String
  var element: InvoiceElement
}

/// An identifier with the scheme that says what kind it is, such as `0088` for a GLN; the scheme is kept apart, never put before it.
struct Identifier {
  var id: Term
  var scheme: String?
}

/// An amount, price, quantity or rate and where it stands.
struct Figure {
  var value: Amount
  var element: InvoiceElement
}

/// A day and where it stands.
struct Day {
  var date: PlainDate
  var element: InvoiceElement
}

/// A period: BG-14 of the invoice, BG-26 of a line. Either end may be missing.
struct InvoicePeriod {
  /// BT-73, BT-134.
  var from: Day?
  /// BT-74, BT-135.
  var to: Day?
}
