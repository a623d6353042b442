internal import Billing
internal import Dates
internal import JSON
internal import Languages
internal import Money

/// What makes a made-up bill an e-invoice after EN 16931: its seller, and what every one of them says.
struct SampleInvoice: Sendable {
  /// The members of `seller`, in the order they are written.
  static let sellerKeys = ["name", "line1", "line2", "city", "code", "country", "vat", "tax", "registration", "contact", "phone", "email"]

  /// By the names of ``sellerKeys``.
  let seller: [(name: String, text: String)]
  let bank: String?
  let order: SamplePattern?
  let buyerReference: SamplePattern?
  /// Payment terms in words.
  let terms: [LanguageTag: String]

  /// What the record holds as `extra.e_invoice`: lines, VAT and totals are those of the bill, so that all of it adds up.
  ///
  /// - Returns: `nil` for a bill whose sums go beyond what an amount can hold.
  func value(of bill: Bill, _ random: inout SampleRandom) -> JSONValue? {
    guard let lines = try? bill.sections.flatMap(\.lines).reduce(Amount.zero, { try $0.adding($1.amount) }),
      let vat = try? bill.taxes.reduce(Amount.zero, { try $0.adding($1.amount) })
    else { return nil }
    let decimals = bill.currency.decimals
    func amount(_ amount: Amount) -> JSONValue { .text(amount.description(decimals: decimals)) }
    func filled(_ pattern: SamplePattern?) -> JSONValue? {
      guard let pattern else { return nil }
      var bytes: [UInt8] = []
      pattern.write(to: &bytes, &random) { _, _ in }
      return try? JSONValue(parsing: [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
    }
    let rate = bill.taxes.first?.rate
    let totals = [("lines", amount(lines)), ("net", amount(lines)), ("vat", amount(vat)), ("gross", amount(bill.totals.charges))]
    return object([
      ("specification", .text("urn:cen.eu:en16931:2017")), ("type", .text("380")), ("order", filled(order)),
      ("buyer_reference", filled(buyerReference)), ("from", bill.period?.from.map { .text($0.iso) }),
      ("to", bill.period?.to.map { .text($0.iso) }), ("terms", .list(terms[bill.language].map { [.text($0)] } ?? [])),
      (
        "payment_terms",
        .list(terms[bill.language].map { [object([("kind", .text("text")), ("text", .list([.text($0)])), ("net", .flag(false))])] } ?? [])
      ),
      ("seller", object(seller.map { ($0.name, .text($0.text)) })), ("buyer", buyer(bill)), ("payments", .list([payment(bill)])),
      ("remittance", bill.payment?.reference.map { .text($0) }),
      (
        "lines", .list(bill.sections.flatMap(\.lines).enumerated().map { line($0.offset + 1, $0.element, rate, amount($0.element.amount)) })
      ),
      (
        "vat",
        .list(
          bill.taxes.map { tax in
            object([
              ("category", .text("S")), ("rate", tax.rate.map { .text($0.description) }), ("base", tax.base.map(amount)),
              ("amount", amount(tax.amount)),
            ])
          })
      ), ("totals", object(totals + [("due", amount(bill.totals.due))])),
    ])
  }

  private func line(_ number: Int, _ line: ChargeLine, _ rate: Amount?, _ amount: JSONValue) -> JSONValue {
    object([
      ("id", .text(String(number))), ("name", .text(line.description)), ("quantity", line.quantity.map { .text($0.description) }),
      ("unit", line.unit.map { .text($0) }), ("price", line.price.map { .text($0.description) }),
      ("rate", rate.map { .text($0.description) }),
      ("category", .text("S")), ("from", line.date.map { .text($0.iso) }), ("to", line.date.map { .text($0.iso) }), ("amount", amount),
    ])
  }

  private func buyer(_ bill: Bill) -> JSONValue {
    object([
      ("name", .text(bill.customer.name)), ("line1", bill.customer.address.first.map { .text($0) }),
      ("city", bill.customer.postal?.city.map { .text($0) }), ("code", bill.customer.postal?.code.map { .text($0) }),
      ("country", bill.customer.postal?.country.map { .text($0) }), ("email", bill.customer.email.map { .text($0) }),
    ])
  }

  /// A SEPA credit transfer (UNTDID 4461: 58).
  private func payment(_ bill: Bill) -> JSONValue {
    object([
      ("means", .text("58")), ("account", bill.payment?.iban.map { .text($0) }), ("account_name", bill.payment?.name.map { .text($0) }),
      ("bank", bank.map { .text($0) }),
    ])
  }

  private func object(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { name, value in value.map { JSONValue.Member(name, $0) } })
  }
}

extension BillSampler {
  /// Makes the record that ends `bytes`, begun at `start`, an e-invoice: everything else of it stays as it is.
  func addInvoice(_ invoice: SampleInvoice, index: Int, to bytes: inout [UInt8], from start: Int) {
    var random = SampleRandom(seed: seed &+ 3, record: index)
    guard let bill = try? BillReader().read(Array(bytes[start...])).bill, var value = invoice.value(of: bill, &random) else { return }
    if let declared = fields.children.first(where: { $0.name.elementsEqual("e_invoice".utf8) }) { value.complete(as: declared) }
    bytes.removeLast()
    bytes.literal(",\"extra\":{\"e_invoice\":")
    bytes += value.canonical
    bytes.literal("}}")
  }
}

extension JSONValue {
  /// Adds what a layout declares as always there and the invoice has nothing for, in every record of it: empty lists, and the samples of
  /// plain fields.
  fileprivate mutating func complete(as declared: SampleFieldTree) {
    guard case .object(var members) = self else { return }
    for child in declared.children {
      let name = String(decoding: child.name, as: UTF8.self)
      let index = members.firstIndex { $0.name == name }
      if child.isList {
        guard let index else {
          if child.field?.isOptional != true { members.append(Member(name, .list([]))) }
          continue
        }
        guard case .list(var elements) = members[index].value else { continue }
        for place in elements.indices { elements[place].complete(as: child) }
        members[index].value = .list(elements)
      } else if let index {
        members[index].value.complete(as: child)
      } else if !child.children.isEmpty, child.field?.isOptional != true {
        var record = JSONValue.object([])
        record.complete(as: child)
        members.append(Member(name, record))
      } else if let field = child.field, !field.isOptional, let value = JSONValue(sampleOf: field) {
        members.append(Member(name, value))
      }
    }
    self = .object(members)
  }

  /// The field's own sample, else nothing said, counted or true; `nil` for a date without a sample.
  private init?(sampleOf field: SampleField) {
    switch field.kind {
    case .flag: self = .flag(field.sample == "true")
    case .number, .amount: self = .text(field.sample ?? "0")
    case .date:
      guard let sample = field.sample else { return nil }
      self = .text(sample)
    case .list, .record: return nil
    default: self = .text(field.sample ?? "–")
    }
  }
}
