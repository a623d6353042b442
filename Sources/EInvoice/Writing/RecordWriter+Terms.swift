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
    }
    party("seller", invoice.seller)
    party("buyer", invoice.buyer)
    if let payee = invoice.payee { party("payee", payee) }
    if let representative = invoice.representative { party("representative", representative) }
    delivery(invoice.delivery)
    payment()
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
    json.endObject()
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

  private mutating func payment() {
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
    json.endObject()
  }

  private mutating func lines() throws(RecordFault) {
    json.key("lines")
    json.beginList()
    for line in invoice.lines {
      json.beginObject()
      member("id", line.id)
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
      try allowances("allowances", line.allowances)
      json.endObject()
    }
    json.endList()
  }

  // MARK: What has no place

  /// `other`: values of the invoice's own namespaces that no term took; `unread`: the ways to parts in foreign namespaces and extensions.
  private mutating func rest() {
    let tree = invoice.root.tree
    var (others, unread): ([Int], [Int]) = ([], [])
    var stack: [Int] = [tree.rootIndex]
    while let index = stack.popLast() {
      let node = tree.nodes[index]
      guard node.namespace.isOfInvoices else {
        unread.append(index)
        continue
      }
      if !tree.isRead[index], !tree.bytes(of: index).allSatisfy({ $0 <= 0x20 }) { others.append(index) }
      let children = InvoiceElement(tree, index).children
      for child in children.reversed() { stack.append(child.index) }
    }
    json.key("other")
    json.beginList()
    for index in others.prefix(InvoiceLimits.otherValues) {
      let element = InvoiceElement(tree, index)
      json.beginObject()
      json.member("name", RecordWriter.words(element.name))
      json.member("path", element.path)
      json.member("value", element.paragraphs)
      json.endObject()
    }
    json.endList()
    if others.count > InvoiceLimits.otherValues { json.member("other_left_off", String(others.count - InvoiceLimits.otherValues)) }
    json.member("unread", unread.prefix(InvoiceLimits.otherValues).map { tree.path(of: $0) })
  }

  /// An element's name taken apart where small letters meet capitals: `TaxPointDate` gives `Tax point date`.
  static func words(_ name: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(name.utf8)
    for (index, byte) in bytes.enumerated() {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      if isCapital, index > 0, bytes[index - 1] >= 0x61 && bytes[index - 1] <= 0x7A {
        result.append(0x20)
        let isWord = index + 1 < bytes.count && bytes[index + 1] >= 0x61 && bytes[index + 1] <= 0x7A
        result.append(isWord ? byte | 0x20 : byte)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
