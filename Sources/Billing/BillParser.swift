internal import Dates
internal import Diagnostics
internal import JSON
internal import Languages
internal import Money

/// Reads one record with the grammar of version 1; the sums are looked at afterwards (``BillArithmetic``).
struct BillParser: ~Copyable {
  private var reader: JSONReader
  private let strictLines: Bool
  private let acceptsSumMismatch: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, strictLines: Bool, acceptsSumMismatch: Bool) throws(RecordFault) {
    reader = try JSONReader(bytes)
    (self.strictLines, self.acceptsSumMismatch) = (strictLines, acceptsSumMismatch)
  }

  /// What a record is while it is read.
  private struct Draft {
    var account = ""
    var invoice = ""
    var series: String?
    var kind = Bill.Kind.bill
    var issued: PlainDate?
    var due: PlainDate?
    var period: Bill.Period?
    var currency: Currency?
    var language: LanguageTag?
    var segment: String?
    var jurisdiction: String?
    var customer: Party?
    var delivery = Bill.Delivery.paper
    var consent: Bill.Consent?
    var format = Bill.Format.standard
    var balance = Bill.Balance()
    var sections: [Section] = []
    /// Which sections named their subtotal; the others get the sum of their lines.
    var givenSubtotals: [Bool] = []
    var taxes: [Bill.Tax] = []
    var totals: Bill.Totals?
    var payment: Bill.Payment?
    var usage: [Bill.Usage] = []
    var extra = JSONValue.object([])
  }

  mutating func record() throws(RecordFault) -> (bill: Bill, warnings: [RecordWarning]) {
    var draft = Draft()
    let keys = RecordKeys.record
    var members = Members()
    try reader.enterObject(expected: "a record, which is an object")
    while true {
      guard let key = RecordKeys.Record(rawValue: try reader.nextKey(keys, &members)) else { break }
      try member(key, keys, &draft)
    }
    try checkMissing(keys, members)
    try reader.finish()
    guard let issued = draft.issued, let currency = draft.currency, let language = draft.language, let customer = draft.customer,
      let totals = draft.totals
    else { throw reader.fault(.missingField, "the record is incomplete") }
    var bill = Bill(
      account: draft.account, invoice: draft.invoice, series: draft.series, kind: draft.kind, issued: issued, due: draft.due,
      period: draft.period, currency: currency, language: language, segment: draft.segment, jurisdiction: draft.jurisdiction,
      customer: customer,
      delivery: draft.delivery, consent: draft.consent, format: draft.format, balance: draft.balance, sections: draft.sections,
      taxes: draft.taxes, totals: totals, payment: draft.payment, usage: draft.usage, extra: draft.extra)
    draft.sections = []
    var arithmetic = BillArithmetic(
      currency: currency, strictLines: strictLines, acceptsSumMismatch: acceptsSumMismatch, warnings: reader.warnings)
    try arithmetic.check(&bill, givenSubtotals: draft.givenSubtotals)
    return (bill, arithmetic.warnings.warnings)
  }

  private mutating func member(_ key: RecordKeys.Record, _ keys: KeySet, _ draft: inout Draft) throws(RecordFault) {
    switch key {
    case .v: try version()
    case .account: draft.account = try required(keys, key) { r throws(RecordFault) in try r.identityText("account") }
    case .invoice: draft.invoice = try required(keys, key) { r throws(RecordFault) in try r.identityText("invoice") }
    case .series: draft.series = try optional { r throws(RecordFault) in try r.seriesText() }
    case .kind: draft.kind = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Kind.self) }
    case .issued: draft.issued = try required(keys, key) { r throws(RecordFault) in try r.date() }
    case .due: draft.due = try optional { r throws(RecordFault) in try r.date() }
    case .period: draft.period = try readPeriod()
    case .currency: draft.currency = try required(keys, key) { r throws(RecordFault) in try r.currency() }
    case .language: draft.language = try required(keys, key) { r throws(RecordFault) in try r.language() }
    case .segment: draft.segment = try optionalText()
    case .jurisdiction: draft.jurisdiction = try optionalText()
    case .customer: draft.customer = try readCustomer(keys, key)
    case .delivery: draft.delivery = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Delivery.self) }
    case .consent: draft.consent = try readConsent()
    case .format: draft.format = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Format.self) }
    case .balance: draft.balance = try readBalance()
    case .sections: try readSections(keys, key, &draft)
    case .taxes: draft.taxes = try readTaxes()
    case .totals: draft.totals = try readTotals(keys, key)
    case .payment: draft.payment = try readPayment()
    case .usage: draft.usage = try readUsage()
    case .extra: draft.extra = try readExtra()
    }
  }

  // MARK: Null and missing

  /// Reads a value that must be there; null counts as missing.
  @inline(__always)
  private mutating func required<T>(
    _ keys: KeySet, _ key: RecordKeys.Record, _ read: (inout JSONReader) throws(RecordFault) -> T
  ) throws(RecordFault) -> T {
    try refuseNull(keys, key)
    return try read(&reader)
  }

  @inline(__always)
  private mutating func refuseNull(_ keys: KeySet, _ key: some RawRepresentable<Int>) throws(RecordFault) {
    if reader.peek() == UInt8(ascii: "n"), try reader.takeNull() {
      throw reader.fault(.missingField, "the field '\(keys.names[key.rawValue])' of \(keys.owner) is required, but null")
    }
  }

  /// Reads a value that may be null.
  @inline(__always)
  private mutating func optional<T>(_ read: (inout JSONReader) throws(RecordFault) -> T) throws(RecordFault) -> T? {
    try reader.takeNull() ? nil : try read(&reader)
  }

  private mutating func optionalText() throws(RecordFault) -> String? { try reader.takeNull() ? nil : try reader.text() }
  private mutating func optionalNumber() throws(RecordFault) -> Amount? { try reader.takeNull() ? nil : try reader.decimal() }

  /// Looks for what an object lacks once its end is reached; the path then is the object's own.
  private func checkMissing(_ keys: KeySet, _ members: Members) throws(RecordFault) {
    guard let name = keys.firstMissing(members) else { return }
    throw RecordFault(
      .missingField, "the field '\(name)' of \(keys.owner) is missing", path: reader.path + "." + name, offset: reader.at - 1)
  }

  // MARK: Objects

  private mutating func version() throws(RecordFault) {
    let keys = RecordKeys.record
    try refuseNull(keys, RecordKeys.Record.v)
    let byte = reader.peek()
    guard byte == UInt8(ascii: "-") || byte &- 0x30 < 10 else { throw reader.wrongType(expected: "the number 1") }
    let start = reader.at
    let value = try reader.decimal()
    guard value == .one else {
      throw reader.fault(.unknownVersion, "the record's version is \(value); this program reads version 1", at: start)
    }
  }

  private mutating func readPeriod() throws(RecordFault) -> Bill.Period? {
    if try reader.takeNull() { return nil }
    var period = Bill.Period()
    var members = Members()
    try reader.enterObject(expected: "the period, an object")
    while true {
      switch RecordKeys.Period(rawValue: try reader.nextKey(RecordKeys.period, &members)) {
      case .from: period.from = try optional { r throws(RecordFault) in try r.date() }
      case .to: period.to = try optional { r throws(RecordFault) in try r.date() }
      case nil: return period
      }
    }
  }

  private mutating func readCustomer(_ outer: KeySet, _ key: RecordKeys.Record) throws(RecordFault) -> Party {
    try refuseNull(outer, key)
    let keys = RecordKeys.customer
    var customer = Party(name: "", address: [])
    var members = Members()
    try reader.enterObject(expected: "the customer, an object")
    while true {
      switch RecordKeys.Customer(rawValue: try reader.nextKey(keys, &members)) {
      case .name:
        try refuseNull(keys, RecordKeys.Customer.name)
        customer.name = try reader.visibleText("the customer's name")
      case .address:
        try refuseNull(keys, RecordKeys.Customer.address)
        customer.address = try readAddress()
      case .postal: customer.postal = try readPostal()
      case .email: customer.email = try optionalText()
      case nil:
        try checkMissing(keys, members)
        return customer
      }
    }
  }

  private mutating func readAddress() throws(RecordFault) -> [String] {
    var address: [String] = []
    let start = reader.at
    try reader.enterList(expected: "the address, a list of texts")
    while try reader.nextElement() {
      guard address.count < RecordLimits.addressLines else {
        throw reader.fault(.outOfRange, "the address has more than the \(RecordLimits.addressLines) lines allowed")
      }
      address.append(try reader.text(keepsLines: true))
    }
    if address.contains(where: { !$0.isEmpty }), address.allSatisfy(TextCheck.isBlank) { throw reader.blank("the address", at: start) }
    if address.isEmpty {
      throw reader.fault(.outOfRange, "the address has no lines; expected 1 to \(RecordLimits.addressLines)", at: start)
    }
    return address
  }

  private mutating func readPostal() throws(RecordFault) -> Party.PostalAddress? {
    if try reader.takeNull() { return nil }
    var postal = Party.PostalAddress()
    var members = Members()
    try reader.enterObject(expected: "the postal address, an object")
    while true {
      switch RecordKeys.Postal(rawValue: try reader.nextKey(RecordKeys.postal, &members)) {
      case .city: postal.city = try optionalText()
      case .region: postal.region = try optionalText()
      case .code: postal.code = try optionalText()
      case .country: postal.country = try optionalText()
      case .imbRouting: postal.imbRouting = try optionalText()
      case nil: return postal
      }
    }
  }

  private mutating func readConsent() throws(RecordFault) -> Bill.Consent? {
    if try reader.takeNull() { return nil }
    var consent = Bill.Consent()
    var members = Members()
    try reader.enterObject(expected: "the consent, an object")
    while true {
      switch RecordKeys.Consent(rawValue: try reader.nextKey(RecordKeys.consent, &members)) {
      case .date: consent.date = try optional { r throws(RecordFault) in try r.date() }
      case .source: consent.source = try optionalText()
      case .scope: consent.scope = try optionalText()
      case .evidence: consent.evidence = try optionalText()
      case nil: return consent
      }
    }
  }

  private mutating func readBalance() throws(RecordFault) -> Bill.Balance {
    var balance = Bill.Balance()
    if try reader.takeNull() { return balance }
    var members = Members()
    try reader.enterObject(expected: "the balance, an object")
    while true {
      switch RecordKeys.Balance(rawValue: try reader.nextKey(RecordKeys.balance, &members)) {
      case .previous: balance.previous = try optionalNumber() ?? .zero
      case .payments: balance.payments = try optionalNumber() ?? .zero
      case .adjustments: balance.adjustments = try optionalNumber() ?? .zero
      case nil: return balance
      }
    }
  }

  private mutating func readSections(_ outer: KeySet, _ key: RecordKeys.Record, _ draft: inout Draft) throws(RecordFault) {
    try refuseNull(outer, key)
    let keys = RecordKeys.section
    try reader.enterList(expected: "the sections, a list of objects")
    while try reader.nextElement() {
      var section = Section(title: "", lines: [], subtotal: .zero)
      var subtotal: Amount?
      var members = Members()
      try reader.enterObject(expected: "a section, an object")
      reading: while true {
        switch RecordKeys.Section(rawValue: try reader.nextKey(keys, &members)) {
        case .title:
          try refuseNull(keys, RecordKeys.Section.title)
          section.title = try reader.visibleText("the section's title")
        case .lines:
          try refuseNull(keys, RecordKeys.Section.lines)
          try readLines(into: &section.lines)
        case .subtotal: subtotal = try optionalNumber()
        case nil: break reading
        }
      }
      try checkMissing(keys, members)
      section.subtotal = subtotal ?? .zero
      draft.sections.append(section)
      draft.givenSubtotals.append(subtotal != nil)
    }
  }

  private mutating func readLines(into lines: inout [ChargeLine]) throws(RecordFault) {
    let keys = RecordKeys.line
    try reader.enterList(expected: "the lines, a list of objects")
    while try reader.nextElement() {
      var line = ChargeLine(description: "", amount: .zero, hasAmount: false)
      var members = Members()
      try reader.enterObject(expected: "a charge line, an object")
      reading: while true {
        switch RecordKeys.Line(rawValue: try reader.nextKey(keys, &members)) {
        case .date: line.date = try optional { r throws(RecordFault) in try r.date() }
        case .description:
          line.description = try reader.takeNull() ? "" : try reader.text(limit: RecordLimits.description, keepsLines: true)
        case .quantity: line.quantity = try optionalNumber()
        case .unit: line.unit = try optionalText()
        case .price: line.price = try optionalNumber()
        case .amount:
          if let amount = try optionalNumber() { (line.amount, line.hasAmount) = (amount, true) }
        case nil: break reading
        }
      }
      lines.append(line)
    }
  }

  private mutating func readTaxes() throws(RecordFault) -> [Bill.Tax] {
    var taxes: [Bill.Tax] = []
    if try reader.takeNull() { return taxes }
    try reader.enterList(expected: "the taxes, a list of objects")
    while try reader.nextElement() {
      var tax = Bill.Tax(label: "", amount: .zero)
      var members = Members()
      try reader.enterObject(expected: "a tax, an object")
      reading: while true {
        switch RecordKeys.Tax(rawValue: try reader.nextKey(RecordKeys.tax, &members)) {
        case .label: tax.label = try reader.takeNull() ? "" : try reader.text(keepsLines: true)
        case .rate: tax.rate = try optionalNumber()
        case .base: tax.base = try optionalNumber()
        case .amount: tax.amount = try optionalNumber() ?? .zero
        case nil: break reading
        }
      }
      taxes.append(tax)
    }
    return taxes
  }

  private mutating func readTotals(_ outer: KeySet, _ key: RecordKeys.Record) throws(RecordFault) -> Bill.Totals {
    try refuseNull(outer, key)
    let keys = RecordKeys.totals
    var totals = Bill.Totals(charges: .zero, due: .zero)
    var members = Members()
    try reader.enterObject(expected: "the totals, an object")
    while true {
      switch RecordKeys.Totals(rawValue: try reader.nextKey(keys, &members)) {
      case .charges:
        try refuseNull(keys, RecordKeys.Totals.charges)
        totals.charges = try reader.decimal()
      case .due:
        try refuseNull(keys, RecordKeys.Totals.due)
        totals.due = try reader.decimal()
      case nil:
        try checkMissing(keys, members)
        return totals
      }
    }
  }

  private mutating func readPayment() throws(RecordFault) -> Bill.Payment? {
    if try reader.takeNull() { return nil }
    var payment = Bill.Payment()
    var members = Members()
    try reader.enterObject(expected: "the payment, an object")
    while true {
      switch RecordKeys.Payment(rawValue: try reader.nextKey(RecordKeys.payment, &members)) {
      case .iban: payment.iban = try optionalText()
      case .name: payment.name = try reader.takeNull() ? nil : try reader.visibleText("the payee's name")
      case .reference: payment.reference = try optionalText()
      case .scanLine: payment.scanLine = try optionalText()
      case nil: return payment
      }
    }
  }

  private mutating func readUsage() throws(RecordFault) -> [Bill.Usage] {
    var usage: [Bill.Usage] = []
    if try reader.takeNull() { return usage }
    try reader.enterList(expected: "the usage, a list of objects")
    while try reader.nextElement() {
      var figure = Bill.Usage(label: "", value: nil)
      var members = Members()
      try reader.enterObject(expected: "a usage figure, an object")
      reading: while true {
        switch RecordKeys.Usage(rawValue: try reader.nextKey(RecordKeys.usage, &members)) {
        case .label: figure.label = try optionalText() ?? ""
        case .value: figure.value = try optionalNumber()
        case nil: break reading
        }
      }
      usage.append(figure)
    }
    return usage
  }

  private mutating func readExtra() throws(RecordFault) -> JSONValue {
    if try reader.takeNull() { return .object([]) }
    guard reader.peek() == UInt8(ascii: "{") else { throw reader.wrongType(expected: "an object") }
    var room = JSONLimits.values
    return try reader.value(room: &room, asBill: true)
  }
}
