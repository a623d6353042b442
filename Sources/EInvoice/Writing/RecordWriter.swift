internal import Billing
internal import Dates
internal import Diagnostics
internal import JSON
internal import Money
internal import PostalAddresses

/// Writes the bill record of an invoice.
struct RecordWriter {
  let invoice: EInvoice
  let schedule: PaymentSchedule
  var json: JSONWriter
  private let isCredit: Bool
  private let customer: String
  private let account: Term

  init(_ invoice: EInvoice) throws(RecordFault) {
    (self.invoice, isCredit) = (invoice, invoice.isCredit)
    schedule = PaymentSchedule(invoice)
    json = JSONWriter(capacity: 8_192)
    guard let name = invoice.buyer.name else {
      throw invoice.root.fault(.missingField, "the buyer's name (BT-44) is missing; every invoice has one")
    }
    customer = name.text
    let candidates = [
      invoice.buyer.ids.first?.id, invoice.buyer.registration?.id, invoice.buyer.vat, invoice.buyer.endpoint?.id, invoice.buyerReference,
    ]
    // A name may have lines, a number has none.
    account =
      candidates.lazy.compactMap { $0 }.first ?? Term(text: TextCheck.onOneLine(name.text), element: name.element)
    for identity in [account, invoice.number] {
      guard identity.text.unicodeScalars.count <= RecordLimits.identity else {
        throw identity.element.fault(.tooLong, "the number has more than the \(RecordLimits.identity) characters allowed")
      }
      guard !identity.text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
        throw identity.element.fault(.controlCharacter, "the number holds a control character")
      }
    }
  }

  mutating func record() throws(RecordFault) -> DerivedRecord {
    json.beginObject()
    json.member("v", 1)
    json.member("account", account.text)
    json.member("invoice", invoice.number.text)
    json.member("series", InvoiceSeries.name(of: invoice))
    json.member("kind", isCredit ? "credit" : "bill")
    json.member("issued", invoice.issued.date.iso)
    json.member("due", schedule.due?.iso)
    if invoice.period.from != nil || invoice.period.to != nil {
      json.key("period")
      json.beginObject()
      json.member("from", invoice.period.from?.date.iso)
      json.member("to", invoice.period.to?.date.iso)
      json.endObject()
    }
    json.member("currency", invoice.currency.currency.code)
    json.member("language", "")
    // Behind the opening quote.
    let languagePlace = json.bytes.count - 1
    buyer()
    json.member("delivery", "paper")
    json.key("consent")
    json.null()
    json.member("format", "standard")
    try balance()
    try sections()
    try taxes()
    json.key("totals")
    json.beginObject()
    try member("charges", invoice.totals.gross)
    try member("due", invoice.totals.due)
    json.endObject()
    payment()
    json.key("extra")
    json.beginObject()
    json.key("e_invoice")
    try terms()
    json.endObject()
    json.endObject()
    guard json.bytes.count <= RecordLimits.bytes else {
      throw invoice.root.fault(
        .tooLong, "the invoice makes a record of \(json.bytes.count) bytes, more than the \(RecordLimits.bytes) allowed")
    }
    return DerivedRecord(bytes: json.bytes, languagePlace: languagePlace)
  }

  // MARK: Parts of the record

  private mutating func buyer() {
    let (buyer, address) = (invoice.buyer, invoice.buyer.address)
    json.key("customer")
    json.beginObject()
    json.member("name", customer)
    var lines = address.postal.lines(from: invoice.seller.address.country?.text)
    if lines.isEmpty { lines = [address.country, buyer.endpoint?.id].compactMap { $0?.text }.prefix(1).map { $0 } }
    json.member("address", lines.isEmpty ? [customer] : lines)
    json.key("postal")
    json.beginObject()
    json.member("city", address.city?.text)
    json.member("region", address.region?.text)
    json.member("code", address.code?.text)
    json.member("country", address.countryCode)
    json.endObject()
    json.member("email", buyer.endpoint?.scheme == "EM" ? buyer.endpoint?.id.text : buyer.email?.text)
    json.endObject()
  }

  /// A record adds up exactly: what the invoice adds beyond BT-113 and BT-114, and what its own sum is off by, are adjustments.
  private mutating func balance() throws(RecordFault) {
    let totals = invoice.totals
    let paid = totals.paid?.value ?? .zero
    let adjustments = try invoice.minus(
      try invoice.plus(totals.due?.value ?? .zero, paid), totals.gross?.value ?? .zero, at: totals.due?.element)
    guard totals.paid != nil || totals.rounding != nil || !adjustments.isZero else { return }
    json.key("balance")
    json.beginObject()
    if let paid = totals.paid { member("payments", try turned(paid, !isCredit)) }
    if totals.rounding != nil || !adjustments.isZero {
      member("adjustments", try signed(Figure(value: adjustments, element: totals.element)))
    }
    json.endObject()
  }

  private mutating func sections() throws(RecordFault) {
    json.key("sections")
    json.beginList()
    json.beginObject()
    json.member("title", "")
    json.key("lines")
    json.beginList()
    for line in invoice.countingLines {
      json.beginObject()
      json.member("description", line.name?.text ?? line.description.first ?? line.id?.text ?? "")
      if let quantity = line.quantity { json.member("quantity", try signed(quantity)) }
      if let unit = line.unit { json.member("unit", unit) }
      // A record's line knows no allowances of its own; its price beside quantity and amount would claim a product that is none.
      if line.allowances.isEmpty, let price = RecordWriter.unitPrice(line) { json.member("price", price) }
      try member("amount", line.amount)
      json.endObject()
    }
    json.endList()
    if let stated = unlisted { member("subtotal", try signed(stated)) }
    json.endObject()
    if !invoice.allowances.isEmpty {
      json.beginObject()
      json.member("title", "")
      json.key("lines")
      json.beginList()
      for part in invoice.allowances {
        json.beginObject()
        json.member("description", part.reason?.text ?? part.reasonCode?.text ?? "")
        member("amount", try turned(part.amount, isCredit == part.isCharge))
        json.endObject()
      }
      json.endList()
      json.endObject()
    }
    try difference()
    json.endList()
  }

  /// What the lines come to where the profile leaves them out: BT-106, else BT-109.
  private var unlisted: Figure? { invoice.lines.isEmpty ? invoice.totals.lines ?? invoice.totals.net : nil }

  /// The VAT where the profile does not break it down.
  private var unlistedVAT: Figure? { invoice.lines.isEmpty && invoice.vat.isEmpty ? invoice.totals.vat : nil }

  /// A section for what the parts and BT-112 differ by, so that the record adds up exactly while every figure stays as given.
  private mutating func difference() throws(RecordFault) {
    let parts = invoice.countingLines.map(\.amount) + invoice.vat.map(\.amount)
    var sum = try invoice.sum(parts + [unlisted, unlistedVAT].compactMap { $0 })
    for part in invoice.allowances {
      sum = try part.isCharge ? invoice.plus(sum, part.amount.value) : invoice.minus(sum, part.amount.value)
    }
    let rest = try invoice.minus(invoice.totals.gross?.value ?? .zero, sum)
    guard !rest.isZero else { return }
    json.beginObject()
    json.member("title", "")
    json.key("lines")
    json.beginList()
    json.beginObject()
    member("amount", try signed(Figure(value: rest, element: invoice.totals.element)))
    json.endObject()
    json.endList()
    json.endObject()
  }

  private mutating func taxes() throws(RecordFault) {
    json.key("taxes")
    json.beginList()
    for vat in invoice.vat {
      json.beginObject()
      json.member("label", [vat.scheme, vat.category?.text].compactMap { $0 }.joined(separator: " "))
      if let rate = vat.rate { json.member("rate", rate.value) }
      try member("base", vat.base)
      try member("amount", vat.amount)
      json.endObject()
    }
    if let vat = unlistedVAT {
      json.beginObject()
      json.member("label", "VAT")
      try member("amount", vat)
      json.endObject()
    }
    json.endList()
  }

  private mutating func payment() {
    let account = invoice.payments.first { $0.account != nil }
    guard account != nil || invoice.remittance != nil else { return }
    json.key("payment")
    json.beginObject()
    json.member("iban", account?.account?.text)
    json.member("name", (account?.accountName ?? invoice.payee?.name ?? invoice.seller.name)?.text)
    json.member("reference", invoice.remittance?.text)
    json.endObject()
  }

  /// The price of one unit, where BT-146 ÷ BT-149 comes out even; else a record's line has none.
  private static func unitPrice(_ line: InvoiceLine) -> Amount? {
    guard let price = line.price?.value else { return nil }
    guard let base = line.baseQuantity?.value, base != .one else { return price }
    for decimals in [2, 4, 8, 12] {
      guard let quotient = try? price.divided(by: base, decimals: decimals, rule: .halfUp) else { return nil }
      if let product = try? quotient.multiplied(by: base), product == price { return quotient }
    }
    return nil
  }

  // MARK: Signs

  /// The figure with the sign of this kind of bill: turned for credits.
  func signed(_ figure: Figure) throws(RecordFault) -> Amount { try turned(figure, isCredit) }

  func turned(_ figure: Figure, _ isTurned: Bool) throws(RecordFault) -> Amount {
    guard isTurned else { return figure.value }
    do throws(AmountError) { return try figure.value.negated() } catch {
      throw figure.element.fault(.outOfRange, "the figure has more digits than can be kept exactly")
    }
  }

  /// Writes an amount with the currency's decimals.
  mutating func member(_ name: String, _ amount: Amount) { json.member(name, amount, decimals: invoice.currency.currency.decimals) }

  /// Writes an amount with its sign, nothing where there is none.
  mutating func member(_ name: String, _ figure: Figure?) throws(RecordFault) {
    if let figure { member(name, try signed(figure)) }
  }
}
