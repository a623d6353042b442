internal import Billing
internal import Dates
internal import JSON
internal import Languages
internal import Money

extension JSONWriter {
  /// Writes a bill as a record of version 1; parts without a value are left out.
  ///
  /// - Parameter isSparse: Whether subtotals, empty texts and lists, and zero amounts that a record may lack are left out too.
  mutating func record(_ bill: Bill, isSparse: Bool) {
    let decimals = bill.currency.decimals
    beginObject()
    member("v", 1)
    member("account", bill.account)
    member("invoice", bill.invoice)
    present("series", bill.series)
    member("kind", bill.kind.rawValue)
    member("issued", bill.issued.iso)
    member("due", bill.due?.iso)
    object("period", bill.period) { json, period in
      json.present("from", period.from?.iso)
      json.present("to", period.to?.iso)
    }
    member("currency", bill.currency.code)
    member("language", bill.language.text)
    present("segment", bill.segment)
    present("jurisdiction", bill.jurisdiction)
    customer(bill.customer)
    member("delivery", bill.delivery.rawValue)
    object("consent", bill.consent) { json, consent in
      json.present("date", consent.date?.iso)
      json.present("source", consent.source)
      json.present("scope", consent.scope)
      json.present("evidence", consent.evidence)
    }
    member("format", bill.format.rawValue)
    object("balance", isSparse ? nil : bill.balance) { json, balance in
      json.member("previous", balance.previous, decimals: decimals)
      json.member("payments", balance.payments, decimals: decimals)
      json.member("adjustments", balance.adjustments, decimals: decimals)
    }
    key("sections")
    beginList()
    for section in bill.sections { self.section(section, decimals, isSparse: isSparse) }
    endList()
    taxes(bill.taxes, decimals)
    key("totals")
    beginObject()
    member("charges", bill.totals.charges, decimals: decimals)
    member("due", bill.totals.due, decimals: decimals)
    endObject()
    object("payment", bill.payment) { json, payment in
      json.present("iban", payment.iban)
      json.present("name", payment.name)
      json.present("reference", payment.reference)
      json.present("scan_line", payment.scanLine)
    }
    usage(bill.usage)
    if bill.extra != .object([]) {
      key("extra")
      canonical(bill.extra)
    }
    endObject()
  }

  private mutating func customer(_ customer: Party) {
    key("customer")
    beginObject()
    member("name", customer.name)
    member("address", customer.address)
    object("postal", customer.postal) { json, postal in
      json.present("city", postal.city)
      json.present("region", postal.region)
      json.present("code", postal.code)
      json.present("country", postal.country)
      json.present("imb_routing", postal.imbRouting)
    }
    present("email", customer.email)
    endObject()
  }

  private mutating func section(_ section: Section, _ decimals: Int, isSparse: Bool) {
    beginObject()
    member("title", section.title)
    key("lines")
    beginList()
    for line in section.lines {
      beginObject()
      present("date", line.date?.iso)
      if !isSparse || !line.description.isEmpty { member("description", line.description) }
      if let quantity = line.quantity { member("quantity", quantity) }
      present("unit", line.unit)
      if let price = line.price { member("price", price) }
      if line.hasAmount { member("amount", line.amount, decimals: decimals) }
      endObject()
    }
    endList()
    if !isSparse { member("subtotal", section.subtotal, decimals: decimals) }
    endObject()
  }

  private mutating func taxes(_ taxes: [Bill.Tax], _ decimals: Int) {
    guard !taxes.isEmpty else { return }
    key("taxes")
    beginList()
    for tax in taxes {
      beginObject()
      member("label", tax.label)
      if let rate = tax.rate { member("rate", rate) }
      if let base = tax.base { member("base", base, decimals: decimals) }
      member("amount", tax.amount, decimals: decimals)
      endObject()
    }
    endList()
  }

  private mutating func usage(_ usage: [Bill.Usage]) {
    guard !usage.isEmpty else { return }
    key("usage")
    beginList()
    for figure in usage {
      beginObject()
      member("label", figure.label)
      if let value = figure.value { member("value", value) }
      endObject()
    }
    endList()
  }

  /// A member that is left out where it has no value.
  private mutating func present(_ name: String, _ text: String?) {
    if let text { member(name, text) }
  }

  private mutating func object<Part>(_ name: String, _ part: Part?, _ write: (inout JSONWriter, Part) -> Void) {
    guard let part else { return }
    key(name)
    beginObject()
    write(&self, part)
    endObject()
  }
}
