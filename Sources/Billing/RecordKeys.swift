internal import JSON

/// The objects of a record, version 1. The tests hold the JSON Schema against these.
enum RecordKeys {
  static let record = KeySet(
    "the record", "v!", "account!", "invoice!", "series", "kind!", "issued!", "due!", "period", "currency!", "language!", "segment",
    "jurisdiction", "customer!", "delivery!", "consent", "format!", "balance", "sections!", "taxes", "totals!", "payment", "usage", "extra")
  static let period = KeySet("the period", "from", "to")
  static let customer = KeySet("the customer", "name!", "address!", "postal", "email")
  static let postal = KeySet("the postal address", "city", "region", "code", "country", "imb_routing")
  static let consent = KeySet("the consent", "date", "source", "scope", "evidence")
  static let balance = KeySet("the balance", "previous", "payments", "adjustments")
  static let section = KeySet("a section", "title!", "lines!", "subtotal")
  static let line = KeySet("a charge line", "date", "description", "quantity", "unit", "price", "amount")
  static let tax = KeySet("a tax", "label", "rate", "base", "amount")
  static let totals = KeySet("the totals", "charges!", "due!")
  static let payment = KeySet("the payment", "iban", "name", "reference", "scan_line")
  static let usage = KeySet("a usage figure", "label", "value")
}
