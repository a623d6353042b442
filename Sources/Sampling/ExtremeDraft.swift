internal import Billing
internal import Dates
internal import JSON
internal import Languages
internal import Money

/// A made-up bill in the making: an ordinary one that is bent in one respect, then settled.
struct ExtremeDraft {
  let setting: ExtremeSetting
  var bill: Bill
  var texts: ExtremeTexts
  var fields: ExtremeFields
  /// Whether subtotals, empty descriptions and the balance are left out too.
  var isSparse = false

  /// An ordinary bill: two sections of three lines, two taxes, the last bill paid, thirteen months of use.
  ///
  /// - Parameter number: From 1, different for each bill of a set.
  init(_ setting: ExtremeSetting, number: Int, language: LanguageTag) {
    self.setting = setting
    let texts = ExtremeTexts(script: ExtremeTexts.Script(of: language), mood: .ordinary)
    self.texts = texts
    fields = ExtremeFields(texts: texts, decimals: setting.currency.decimals, issued: setting.issued)
    bill = Bill(
      account: ExtremeSetting.numbered(setting.account, number), invoice: ExtremeSetting.numbered(setting.invoice, number), kind: .bill,
      issued: setting.issued, due: setting.due, period: setting.period, currency: setting.currency, language: language,
      segment: setting.segment, jurisdiction: setting.jurisdiction,
      customer: Party(
        name: texts.text(.name), address: (0..<3).map { texts.text(.addressLine, $0) },
        postal: Party.PostalAddress(city: texts.text(.city), code: "00000", country: setting.country, imbRouting: setting.routing)),
      delivery: .paper, sections: [], totals: Bill.Totals(charges: .zero, due: .zero), payment: setting.payment)
    bill.sections = (0..<2).map { section($0, lines: 3) }
    settle(taxes: 2)
    bill.balance = Bill.Balance(previous: amount(9_876), payments: amount(-9_876))
    bill.usage = (0..<13).map { index in
      Bill.Usage(
        label: language == setting.language ? setting.usageLabel(index) ?? texts.text(.usage, index) : texts.text(.usage, index),
        value: Amount(mantissa: Int64(300 + index * 37 % 200)))
    }
  }

  // MARK: Parts

  /// An amount of the currency's smallest units.
  func amount(_ units: Int) -> Amount { Amount(mantissa: Int64(units), scale: setting.currency.decimals) }

  /// Twelve nines in smallest units: all that payment systems pass on (`9,999,999,999.99`).
  static let widest = 999_999_999_999

  /// ``widest`` as an amount.
  static func widest(decimals: Int) -> Amount { Amount(mantissa: Int64(widest), scale: decimals) }

  /// A line whose amount is quantity × price.
  func line(_ index: Int, quantity: Amount, price: Amount) -> ChargeLine {
    ChargeLine(
      date: day(index), description: texts.text(.description, index), quantity: quantity, unit: texts.text(.unit, index), price: price,
      amount: amount(product(quantity, price, scale: 0)))
  }

  /// A day of the period, or before the day of issue.
  func day(_ index: Int) -> PlainDate? { (setting.period?.from ?? setting.issued.adding(days: -30))?.adding(days: index % 28) }

  func section(_ index: Int, lines: Int) -> Section {
    Section(
      title: texts.text(.title, index),
      lines: (0..<lines).map { place in
        let number = index * 7 + place
        return line(
          number, quantity: Amount(mantissa: Int64(1 + number * 13 % 90)),
          price: Amount(mantissa: Int64(1_050 + number * 377 % 2_000), scale: setting.currency.decimals + 2))
      }, subtotal: .zero)
  }

  /// A tax of a rate in percent on everything but taxes.
  func tax(_ index: Int, rate: Amount, base: Int) -> Bill.Tax {
    Bill.Tax(label: texts.text(.tax, index), rate: rate, base: amount(base), amount: amount(product(amount(base), rate, scale: 2)))
  }

  /// `a × b ÷ 10^scale` in smallest units, halves away from zero.
  private func product(_ a: Amount, _ b: Amount, scale: Int) -> Int {
    var product = Int128(a.mantissa) * Int128(b.mantissa)
    var divisor: Int128 = 1
    let places = Int(a.scale) + Int(b.scale) + scale - setting.currency.decimals
    for _ in 0..<abs(places) { if places > 0 { divisor *= 10 } else { product *= 10 } }
    return Int((product + (product < 0 ? -divisor / 2 : divisor / 2)) / divisor)
  }

  // MARK: Sums

  /// What the sections come to, in smallest units.
  var base: Int { bill.sections.reduce(0) { $1.lines.reduce($0) { $0 + Int($1.amount.mantissa) } } }

  /// Replaces the taxes by `count` on what the sections come to.
  mutating func settle(taxes count: Int) {
    let base = base
    bill.taxes = (0..<count).map { tax($0, rate: Amount(mantissa: Int64(250 + $0 * 125), scale: 2), base: base) }
  }

  /// Charges of sections and taxes, in smallest units.
  var charges: Int { base + bill.taxes.reduce(0) { $0 + Int($1.amount.mantissa) } }

  /// Puts all sums in their places. All amounts are in the currency's decimals and far from the ends of 64 bits.
  private mutating func add() {
    for index in bill.sections.indices {
      bill.sections[index].subtotal = amount(bill.sections[index].lines.reduce(0) { $0 + Int($1.amount.mantissa) })
    }
    let charges = charges
    let before = [bill.balance.previous, bill.balance.payments, bill.balance.adjustments].reduce(0) { $0 + Int($1.mantissa) }
    bill.totals = Bill.Totals(charges: amount(charges), due: amount(charges + before))
  }

  // MARK: Texts

  /// Makes every text anew; account, invoice, codes for machines and addresses of machines keep their form.
  mutating func retext(_ mood: ExtremeTexts.Mood) {
    texts.mood = mood
    fields.texts.mood = mood
    bill.customer.name = texts.text(.name)
    bill.customer.address = bill.customer.address.indices.map { texts.text(.addressLine, $0) }
    bill.customer.postal?.city = texts.text(.city)
    if bill.customer.postal?.region != nil { bill.customer.postal?.region = texts.text(.city, 1) }
    if bill.segment != nil { bill.segment = texts.text(.segment) }
    if bill.payment?.name != nil { bill.payment?.name = texts.text(.payee) }
    if bill.consent != nil {
      // Only a source that makes a consent lets a bill go out without paper.
      if bill.delivery != .electronic { bill.consent?.source = texts.text(.segment, 1) }
      bill.consent?.scope = texts.text(.segment, 2)
      bill.consent?.evidence = texts.text(.description)
    }
    for section in bill.sections.indices {
      bill.sections[section].title = texts.text(.title, section)
      for place in bill.sections[section].lines.indices {
        let index = section * 7 + place
        bill.sections[section].lines[place].description = texts.text(.description, index)
        if bill.sections[section].lines[place].unit != nil { bill.sections[section].lines[place].unit = texts.text(.unit, index) }
      }
    }
    for index in bill.taxes.indices { bill.taxes[index].label = texts.text(.tax, index) }
    for index in bill.usage.indices { bill.usage[index].label = texts.text(.usage, index) }
  }

  /// Adds everything a record can hold beside what an ordinary bill has; a consent only where asked for, since it keeps the notice away.
  mutating func fill(consents: Bool) {
    bill.segment = bill.segment ?? texts.text(.segment)
    bill.jurisdiction = bill.jurisdiction ?? setting.country
    bill.period = bill.period ?? Bill.Period(from: setting.issued.adding(days: -34), to: setting.issued.adding(days: -4))
    bill.customer.postal?.region = texts.text(.city, 1)
    bill.customer.postal?.imbRouting = setting.routing ?? "00000000000"
    bill.customer.email = "lorem.ipsum@dolor.example"
    bill.customer.address = (0..<5).map { texts.text(.addressLine, $0) }
    bill.delivery = .both
    if consents {
      bill.consent = Bill.Consent(
        date: setting.issued, source: "web", scope: texts.text(.segment, 2), evidence: texts.text(.description))
    }
    bill.payment = Bill.Payment(
      iban: setting.payment?.iban ?? ExtremeDraft.iban, name: setting.payment?.name ?? texts.text(.payee),
      reference: setting.payment?.reference ?? "LOREM-000000", scanLine: setting.payment?.scanLine ?? String(repeating: "0", count: 40))
    bill.balance = Bill.Balance(previous: amount(19_876), payments: amount(-9_876), adjustments: amount(-1_234))
  }

  /// 34 characters, the most ISO 13616 allows, of a country there is not.
  private static let iban = "XX00" + String(repeating: "0", count: 30)

  /// Takes away all that may be absent; the charge lines stay.
  mutating func strip() {
    isSparse = true
    (bill.period, bill.segment, bill.jurisdiction, bill.payment) = (nil, nil, nil, nil)
    (bill.due, bill.customer.postal, bill.customer.email, bill.consent) = (nil, nil, nil, nil)
    bill.customer.address = [texts.text(.addressLine)]
    (bill.balance, bill.taxes, bill.usage) = (Bill.Balance(), [], [])
    fields.isFull = false
    fields.entries = 0
  }

  // MARK: Writing

  /// The record with all sums in place.
  mutating func json() -> [UInt8] {
    add()
    bill.extra = setting.fields.children.isEmpty ? .object([]) : fields.value(of: setting.fields)
    var json = JSONWriter(capacity: 8_192)
    json.record(bill, isSparse: isSparse)
    return json.bytes
  }
}
