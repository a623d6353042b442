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
      let key = try reader.nextKey(keys, &members)
      if key < 0 { break }
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

  private mutating func member(_ key: Int, _ keys: KeySet, _ draft: inout Draft) throws(RecordFault) {
    switch key {
    case 0: try version()
    case 1: draft.account = try required(keys, key) { r throws(RecordFault) in try r.identityText("account") }
    case 2: draft.invoice = try required(keys, key) { r throws(RecordFault) in try r.identityText("invoice") }
    case 3: draft.series = try optional { r throws(RecordFault) in try r.seriesText() }
    case 4: draft.kind = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Kind.self) }
    case 5: draft.issued = try required(keys, key) { r throws(RecordFault) in try r.date() }
    case 6: draft.due = try optional { r throws(RecordFault) in try r.date() }
    case 7: draft.period = try readPeriod()
    case 8: draft.currency = try required(keys, key) { r throws(RecordFault) in try r.currency() }
    case 9: draft.language = try required(keys, key) { r throws(RecordFault) in try r.language() }
    case 10: draft.segment = try optionalText()
    case 11: draft.jurisdiction = try optionalText()
    case 12: draft.customer = try readCustomer(keys, key)
    case 13: draft.delivery = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Delivery.self) }
    case 14: draft.consent = try readConsent()
    case 15: draft.format = try required(keys, key) { r throws(RecordFault) in try r.choice(Bill.Format.self) }
    case 16: draft.balance = try readBalance()
    case 17: try readSections(keys, key, &draft)
    case 18: draft.taxes = try readTaxes()
    case 19: draft.totals = try readTotals(keys, key)
    case 20: draft.payment = try readPayment()
    case 21: draft.usage = try readUsage()
    default: draft.extra = try readExtra()
    }
  }

  // MARK: Null and missing

  /// Reads a value that must be there; null counts as missing.
  @inline(__always)
  private mutating func required<T>(
    _ keys: KeySet, _ key: Int, _ read: (inout JSONReader) throws(RecordFault) -> T
  ) throws(RecordFault) -> T {
    try refuseNull(keys, key)
    return try read(&reader)
  }

  @inline(__always)
  private mutating func refuseNull(_ keys: KeySet, _ key: Int) throws(RecordFault) {
    if reader.peek() == UInt8(ascii: "n"), try reader.takeNull() {
      throw reader.fault(.missingField, "the field '\(keys.names[key])' of \(keys.owner) is required, but null")
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
    try refuseNull(keys, 0)
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
      switch try reader.nextKey(RecordKeys.period, &members) {
      case 0: period.from = try optional { r throws(RecordFault) in try r.date() }
      case 1: period.to = try optional { r throws(RecordFault) in try r.date() }
      default: return period
      }
    }
  }

  private mutating func readCustomer(_ outer: KeySet, _ key: Int) throws(RecordFault) -> Party {
    try refuseNull(outer, key)
    let keys = RecordKeys.customer
    var customer = Party(name: "", address: [])
    var members = Members()
    try reader.enterObject(expected: "the customer, an object")
    while true {
      switch try reader.nextKey(keys, &members) {
      case 0:
        try refuseNull(keys, 0)
        customer.name = try reader.visibleText("the customer's name")
      case 1:
        try refuseNull(keys, 1)
        customer.address = try readAddress()
      case 2: customer.postal = try readPostal()
      case 3: customer.email = try optionalText()
      default:
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
      address.append(try reader.text())
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
      switch try reader.nextKey(RecordKeys.postal, &members) {
      case 0: postal.city = try optionalText()
      case 1: postal.region = try optionalText()
      case 2: postal.code = try optionalText()
      case 3: postal.country = try optionalText()
      case 4: postal.imbRouting = try optionalText()
      default: return postal
      }
    }
  }

  private mutating func readConsent() throws(RecordFault) -> Bill.Consent? {
    if try reader.takeNull() { return nil }
    var consent = Bill.Consent()
    var members = Members()
    try reader.enterObject(expected: "the consent, an object")
    while true {
      switch try reader.nextKey(RecordKeys.consent, &members) {
      case 0: consent.date = try optional { r throws(RecordFault) in try r.date() }
      case 1: consent.source = try optionalText()
      case 2: consent.scope = try optionalText()
      case 3: consent.evidence = try optionalText()
      default: return consent
      }
    }
  }

  private mutating func readBalance() throws(RecordFault) -> Bill.Balance {
    var balance = Bill.Balance()
    if try reader.takeNull() { return balance }
    var members = Members()
    try reader.enterObject(expected: "the balance, an object")
    while true {
      switch try reader.nextKey(RecordKeys.balance, &members) {
      case 0: balance.previous = try optionalNumber() ?? .zero
      case 1: balance.payments = try optionalNumber() ?? .zero
      case 2: balance.adjustments = try optionalNumber() ?? .zero
      default: return balance
      }
    }
  }

  private mutating func readSections(_ outer: KeySet, _ key: Int, _ draft: inout Draft) throws(RecordFault) {
    try refuseNull(outer, key)
    let keys = RecordKeys.section
    try reader.enterList(expected: "the sections, a list of objects")
    while try reader.nextElement() {
      var section = Section(title: "", lines: [], subtotal: .zero)
      var subtotal: Amount?
      var members = Members()
      try reader.enterObject(expected: "a section, an object")
      reading: while true {
        switch try reader.nextKey(keys, &members) {
        case 0:
          try refuseNull(keys, 0)
          section.title = try reader.visibleText("the section's title")
        case 1:
          try refuseNull(keys, 1)
          try readLines(into: &section.lines)
        case 2: subtotal = try optionalNumber()
        default: break reading
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
        switch try reader.nextKey(keys, &members) {
        case 0: line.date = try optional { r throws(RecordFault) in try r.date() }
        case 1: line.description = try reader.takeNull() ? "" : try reader.text(limit: RecordLimits.description)
        case 2: line.quantity = try optionalNumber()
        case 3: line.unit = try optionalText()
        case 4: line.price = try optionalNumber()
        case 5:
          if let amount = try optionalNumber() { (line.amount, line.hasAmount) = (amount, true) }
        default: break reading
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
        switch try reader.nextKey(RecordKeys.tax, &members) {
        case 0: tax.label = try optionalText() ?? ""
        case 1: tax.rate = try optionalNumber()
        case 2: tax.base = try optionalNumber()
        case 3: tax.amount = try optionalNumber() ?? .zero
        default: break reading
        }
      }
      taxes.append(tax)
    }
    return taxes
  }

  private mutating func readTotals(_ outer: KeySet, _ key: Int) throws(RecordFault) -> Bill.Totals {
    try refuseNull(outer, key)
    let keys = RecordKeys.totals
    var totals = Bill.Totals(charges: .zero, due: .zero)
    var members = Members()
    try reader.enterObject(expected: "the totals, an object")
    while true {
      switch try reader.nextKey(keys, &members) {
      case 0:
        try refuseNull(keys, 0)
        totals.charges = try reader.decimal()
      case 1:
        try refuseNull(keys, 1)
        totals.due = try reader.decimal()
      default:
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
      switch try reader.nextKey(RecordKeys.payment, &members) {
      case 0: payment.iban = try optionalText()
      case 1: payment.name = try reader.takeNull() ? nil : try reader.visibleText("the payee's name")
      case 2: payment.reference = try optionalText()
      case 3: payment.scanLine = try optionalText()
      default: return payment
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
        switch try reader.nextKey(RecordKeys.usage, &members) {
        case 0: figure.label = try optionalText() ?? ""
        case 1: figure.value = try optionalNumber()
        default: break reading
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
