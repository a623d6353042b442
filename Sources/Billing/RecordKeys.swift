internal import JSON

/// The objects of a record, version 1: each key once, as a case. The tests hold the JSON Schema against these.
///
/// A coding key knows its name; to ask for that of any other case, the runtime looks through all libraries first.
enum RecordKeys {
  enum Record: Int, CaseIterable, CodingKey {
    case v, account, invoice, series, kind, issued, due, period, currency, language, segment, jurisdiction, customer, delivery, consent,
      format, balance, sections, taxes, totals, payment, usage, extra
  }
  static let record = KeySet(
    "the record", Record.self,
    required: [.v, .account, .invoice, .kind, .issued, .due, .currency, .language, .customer, .delivery, .format, .sections, .totals])

  enum Period: Int, CaseIterable, CodingKey { case from, to }
  static let period = KeySet("the period", Period.self)

  enum Customer: Int, CaseIterable, CodingKey { case name, address, postal, email }
  static let customer = KeySet("the customer", Customer.self, required: [.name, .address])

  enum Postal: Int, CaseIterable, CodingKey { case city, region, code, country, imbRouting }
  static let postal = KeySet("the postal address", Postal.self)

  enum Consent: Int, CaseIterable, CodingKey { case date, source, scope, evidence }
  static let consent = KeySet("the consent", Consent.self)

  enum Balance: Int, CaseIterable, CodingKey { case previous, payments, adjustments }
  static let balance = KeySet("the balance", Balance.self)

  enum Section: Int, CaseIterable, CodingKey { case title, lines, subtotal }
  static let section = KeySet("a section", Section.self, required: [.title, .lines])

  enum Line: Int, CaseIterable, CodingKey { case date, description, quantity, unit, price, amount }
  static let line = KeySet("a charge line", Line.self)

  enum Tax: Int, CaseIterable, CodingKey { case label, rate, base, amount }
  static let tax = KeySet("a tax", Tax.self)

  enum Totals: Int, CaseIterable, CodingKey { case charges, due }
  static let totals = KeySet("the totals", Totals.self, required: [.charges, .due])

  enum Payment: Int, CaseIterable, CodingKey { case iban, name, reference, scanLine }
  static let payment = KeySet("the payment", Payment.self)

  enum Usage: Int, CaseIterable, CodingKey { case label, value }
  static let usage = KeySet("a usage figure", Usage.self)
}
