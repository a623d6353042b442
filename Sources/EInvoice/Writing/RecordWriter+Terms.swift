internal import Billing
internal import Dates
internal import Diagnostics
internal import JSON
internal import Money

/// `extra.e_invoice`: every business term, under names a layout declares. Absent ones are left out; lists and groups are always there.
extension RecordWriter {
  mutating func terms() throws(RecordFault) {
    let invoice = self.invoice
    json.beginObject()
    json.member("syntax", invoice.syntax.rawValue)
    member("specification", invoice.specification)
    member("process", invoice.process)
    member("type", invoice.type)
    member("name", invoice.name)
    if let profile = invoice.profile { json.member("profile", profile.rawValue) }
    // Who wrote it, and so who speaks on its pages.
    json.member("issuer", invoice.isSelfBilled ? "buyer" : "seller")
    member("buyer_reference", invoice.buyerReference)
    member("project", invoice.project)
    member("contract", invoice.contract)
    member("order", invoice.order)
    member("sales_order", invoice.salesOrder)
    member("receipt", invoice.receipt)
    member("despatch", invoice.despatch)
    member("tender", invoice.tender)
    member("object", invoice.object)
    member("accounting", invoice.accounting)
    member("vat_currency", invoice.vatCurrency)
    member("vat_date", invoice.vatDate)
    member("vat_date_code", invoice.vatDateCode)
    member("from", invoice.period.from)
    member("to", invoice.period.to)
    list("notes", invoice.notes) { writer, note in
      if let subject = note.subject { writer.json.member("subject", subject) }
      writer.json.member("text", note.text)
    }
    list("preceding", invoice.preceding) { writer, reference in
      writer.member("id", reference.id)
      writer.member("date", reference.date)
      writer.member("type", reference.type)
    }
    references(invoice.references)
    party("seller", invoice.seller)
    party("buyer", invoice.buyer)
    if let payee = invoice.payee { party("payee", payee) }
    if let representative = invoice.representative { party("representative", representative) }
    list("parties", invoice.parties) { writer, further in
      writer.json.member("role", further.role.rawValue)
      writer.members(of: further.party)
    }
    delivery(invoice.delivery)
    try payment()
    try prepayments()
    try lines()
    try allowances("allowances", invoice.allowances)
    try taxes(invoice.vat)
    try totals(invoice.totals)
    list("attachments", invoice.attachments) { writer, attachment in
      writer.member("id", attachment.id)
      writer.json.member("description", attachment.description)
      writer.member("link", attachment.link)
      if let file = attachment.file { writer.json.member("file", file) }
      if let mime = attachment.mime { writer.json.member("mime", mime) }
      if let bytes = attachment.bytes { writer.json.member("bytes", String(bytes)) }
    }
    try differences()
    rest()
    json.endObject()
  }

  // MARK: Plain values

  private mutating func member(_ name: String, _ term: Term?) { if let term { json.member(name, term.text) } }
  private mutating func member(_ name: String, _ day: Day?) { if let day { json.member(name, day.date.iso) } }
  /// A price, rate or base quantity: never turned.
  private mutating func member(plain name: String, _ figure: Figure?) { if let figure { json.member(name, figure.value) } }
  private mutating func member(_ name: String, _ identifier: Identifier?) {
    guard let identifier else { return }
    json.member(name, identifier.id.text)
    if let scheme = identifier.scheme { json.member(name + "_scheme", scheme) }
  }

  private mutating func list<Element>(_ name: String, _ elements: [Element], _ write: (inout RecordWriter, Element) -> Void) {
    json.key(name)
    json.beginList()
    for element in elements {
      json.beginObject()
      write(&self, element)
      json.endObject()
    }
    json.endList()
  }

  // MARK: Groups

  private mutating func party(_ name: String, _ party: TradeParty) {
    json.key(name)
    json.beginObject()
    members(of: party)
    json.endObject()
  }

  private mutating func members(of party: TradeParty) {
    member("name", party.name)
    member("trade_name", party.tradeName)
    list("ids", party.ids) { writer, id in writer.member("id", id) }
    member("registration", party.registration)
    member("vat", party.vat)
    member("tax", party.tax)
    json.member("legal", party.legal)
    member("endpoint", party.endpoint)
    address(party.address)
    member("contact", party.contact)
    member("phone", party.phone)
    member("email", party.email)
  }

  private mutating func references(_ references: [TradeReference]) {
    list("references", references) { writer, reference in
      writer.json.member("kind", reference.kind.rawValue)
      writer.member("id", reference.id)
      writer.member("line", reference.line)
      writer.member("date", reference.date)
      writer.member("type", reference.type)
      writer.member("scheme", reference.scheme)
      writer.member("link", reference.link)
      writer.json.member("name", reference.name)
    }
  }

  private mutating func address(_ address: TradeAddress) {
    member("line1", address.line1)
    member("line2", address.line2)
    member("line3", address.line3)
    member("city", address.city)
    member("code", address.code)
    member("region", address.region)
    if let country = address.countryCode { json.member("country", country) }
  }

  private mutating func delivery(_ delivery: TradeDelivery) {
    let address = delivery.address
    guard
      delivery.date != nil || delivery.name != nil || delivery.location != nil || address.line1 != nil || address.city != nil
        || address.country != nil || address.code != nil || address.region != nil || address.line2 != nil || address.line3 != nil
    else { return }
    json.key("delivery")
    json.beginObject()
    member("date", delivery.date)
    member("name", delivery.name)
    member("location", delivery.location)
    self.address(address)
    json.endObject()
  }

  private mutating func payment() throws(RecordFault) {
    list("payments", invoice.payments) { writer, payment in
      writer.member("means", payment.means)
      if let text = payment.text { writer.json.member("text", text) }
      writer.member("account", payment.account)
      writer.member("account_name", payment.accountName)
      writer.member("bank", payment.bank)
      writer.member("card", payment.card)
      writer.member("card_holder", payment.cardHolder)
      writer.member("card_network", payment.cardNetwork)
      writer.member("debited", payment.debited)
    }
    member("remittance", invoice.remittance)
    member("mandate", invoice.mandate)
    member("creditor", invoice.creditor)
    json.member("terms", invoice.terms)
    try paymentTerms()
  }

  private mutating func prepayments() throws(RecordFault) {
    json.key("prepayments")
    json.beginList()
    for part in invoice.prepayments {
      json.beginObject()
      member("id", part.id)
      member("date", part.date)
      member("text", part.text)
      // With its sign in the sums: what is paid takes away, what is collected for others comes on top.
      member("amount", try turned(part.amount, invoice.isCredit == part.isForThirdParty))
      json.member("third_party", part.isForThirdParty)
      if let reference = part.reference {
        member("reference", reference.id)
        member("reference_date", reference.date)
        member("reference_type", reference.type)
      }
      try included(part)
      json.endObject()
    }
    json.endList()
  }

  /// The VAT a payment in advance holds; the signs go with the payment's own.
  private mutating func included(_ part: EInvoice.Prepayment) throws(RecordFault) {
    if !part.taxes.isEmpty {
      let total = Figure(value: try invoice.sum(part.taxes.map(\.amount)), element: part.amount.element)
      member("vat", try turned(total, !invoice.isCredit))
    }
    json.key("taxes")
    json.beginList()
    for tax in part.taxes {
      json.beginObject()
      member("category", tax.category)
      member(plain: "rate", tax.rate)
      if let base = tax.base { member("base", try turned(base, !invoice.isCredit)) }
      member("amount", try turned(tax.amount, !invoice.isCredit))
      json.member("exemption", tax.exemption)
      member("exemption_code", tax.exemptionCode)
      json.endObject()
    }
    json.endList()
  }

  private mutating func differences() throws(RecordFault) {
    json.key("differences")
    json.beginList()
    for part in invoice.differences {
      json.beginObject()
      json.member("rule", part.rule)
      member("line", part.line)
      member("computed", try signed(Figure(value: part.computed, element: part.stated.element)))
      try member("stated", part.stated)
      json.endObject()
    }
    json.endList()
  }

  private mutating func allowances(_ name: String, _ parts: [AllowanceCharge]) throws(RecordFault) {
    json.key(name)
    json.beginList()
    for part in parts {
      json.beginObject()
      json.member("charge", part.isCharge)
      member("reason", part.reason)
      member("reason_code", part.reasonCode)
      member(plain: "percent", part.percent)
      try member("base", part.base)
      // With its sign in the sums: allowances take away.
      member("amount", try turned(part.amount, invoice.isCredit == part.isCharge))
      member("category", part.category)
      member(plain: "rate", part.rate)
      json.endObject()
    }
    json.endList()
  }

  private mutating func taxes(_ categories: [EInvoice.VAT]) throws(RecordFault) {
    json.key("vat")
    json.beginList()
    for vat in categories {
      json.beginObject()
      member("category", vat.category)
      member(plain: "rate", vat.rate)
      try member("base", vat.base)
      try member("amount", vat.amount)
      json.member("exemption", vat.exemption)
      member("exemption_code", vat.exemptionCode)
      json.endObject()
    }
    json.endList()
  }

  private mutating func totals(_ totals: EInvoice.Totals) throws(RecordFault) {
    json.key("totals")
    json.beginObject()
    try member("lines", totals.lines)
    if let allowances = totals.allowances { member("allowances", try turned(allowances, !invoice.isCredit)) }
    try member("charges", totals.charges)
    try member("net", totals.net)
    try member("vat", totals.vat)
    // In another currency, hence a plain number for layouts.
    if let vat = totals.vatAccounting { json.member("vat_accounting", try signed(vat)) }
    if let currency = totals.vatAccountingCurrency { json.member("vat_accounting_currency", currency) }
    try member("gross", totals.gross)
    if let paid = totals.paid { member("paid", try turned(paid, !invoice.isCredit)) }
    try member("rounding", totals.rounding)
    try member("due", totals.due)
    if let rest = try unexplained() { member("unexplained", rest) }
    json.endObject()
  }

  /// What leads from BT-112 to BT-115 in a profile that has no place for it.
  private func unexplained() throws(RecordFault) -> Amount? {
    let totals = invoice.totals
    guard invoice.profile == .minimum, totals.paid == nil, totals.rounding == nil, let gross = totals.gross, let due = totals.due,
      gross.value != due.value
    else { return nil }
    return try signed(Figure(value: try invoice.minus(due.value, gross.value, at: due.element), element: due.element))
  }

  private mutating func lines() throws(RecordFault) {
    json.key("lines")
    json.beginList()
    for line in invoice.lines {
      json.beginObject()
      member("id", line.id)
      if line.level > 0 { json.member("level", String(line.level)) }
      if let role = line.role { json.member("role", role.rawValue) }
      member("parent", line.parent)
      member("status", line.status)
      member("name", line.name)
      json.member("description", line.description)
      json.member("note", line.note)
      if let quantity = line.quantity { json.member("quantity", try signed(quantity)) }
      if let unit = line.unit { json.member("unit", unit) }
      member(plain: "price", line.price)
      member(plain: "base_quantity", line.baseQuantity?.value == .one ? nil : line.baseQuantity)
      if let unit = line.baseUnit, unit != line.unit || (line.baseQuantity.map { $0.value != .one } ?? false) {
        json.member("base_unit", unit)
      }
      member(plain: "gross_price", line.grossPrice)
      list("price_changes", line.priceChanges) { writer, change in
        writer.json.member("charge", change.isCharge)
        writer.member(plain: "amount", change.amount)
        writer.member(plain: "percent", change.percent)
        writer.member("reason", change.reason)
        writer.member("reason_code", change.reasonCode)
      }
      try member("amount", line.amount)
      member("category", line.category)
      member(plain: "rate", line.rate)
      member("order_line", line.orderLine)
      member("object", line.object)
      member("accounting", line.accounting)
      member("from", line.period.from)
      member("to", line.period.to)
      member("seller_item", line.sellerItem)
      member("buyer_item", line.buyerItem)
      member("standard_item", line.standardItem)
      member("origin", line.origin)
      list("classes", line.classes) { writer, code in
        writer.member("id", code.id)
        if let list = code.list { writer.json.member("list", list) }
        if let version = code.version { writer.json.member("version", version) }
      }
      list("attributes", line.attributes) { writer, attribute in
        writer.member("name", attribute.name)
        writer.member("value", attribute.value)
      }
      references(line.references)
      try allowances("allowances", line.allowances)
      json.endObject()
    }
    json.endList()
  }
}
