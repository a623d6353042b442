internal import Money

/// The invoice's currency (BT-5), known to ISO 4217.
struct CheckedCurrency {
  var currency: Currency
  var element: InvoiceElement
  /// Whether an amount named it, since BT-5 is missing.
  var isOfAmount = false
}
