internal import Billing
internal import Dates
internal import Diagnostics
internal import JSON
internal import Money

extension InvoiceElement {
  /// The text at the end of a way; `nil` where it is absent or blank.
  func term(_ way: String...) throws(RecordFault) -> Term? {
    guard let element = first(way) else { return nil }
    return try element.term()
  }

  /// The element's own text, prose with its lines; `nil` where nothing of it can be seen.
  func term() throws(RecordFault) -> Term? {
    let text = self.prose
    guard !TextCheck.isBlank(text) else { return nil }
    if text.utf8.count > RecordLimits.text, text.unicodeScalars.count > RecordLimits.text {
      throw fault(.tooLong, "the text has \(text.unicodeScalars.count) characters, more than the \(RecordLimits.text) allowed")
    }
    return Term(text: text, element: self)
  }

  /// The text with its `schemeID`.
  func identifier(_ way: String...) throws(RecordFault) -> Identifier? {
    guard let element = first(way), let id = try element.term() else { return nil }
    return Identifier(id: id, scheme: element.attribute("schemeID"))
  }

  /// The text at the end of a way that must be there.
  func required(_ business: String, _ way: String...) throws(RecordFault) -> Term {
    guard let element = first(way), let term = try element.term() else { throw missing(business, way) }
    return term
  }

  func missing(_ business: String, _ way: [String]) -> RecordFault {
    fault(.missingField, "'\(way.joined(separator: "/"))' (\(business)) is missing or empty; every invoice has one")
  }

  // MARK: Figures

  /// A decimal number after XML Schema: sign, digits, point; no exponent.
  func figure() throws(RecordFault) -> Figure? {
    let text = self.text
    guard !text.isEmpty else { return nil }
    var digits = Array(text.utf8)
    if digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    let sign = digits.first == UInt8(ascii: "-") ? 1 : 0
    if digits.count > sign + 1, digits[sign] == UInt8(ascii: ".") { digits.insert(UInt8(ascii: "0"), at: sign) }
    if digits.count > sign + 1, digits.last == UInt8(ascii: ".") { digits.removeLast() }
    do throws(AmountError) {
      return Figure(value: try Amount(parsing: digits), element: self)
    } catch {
      throw error == .overflow
        ? fault(.outOfRange, "'\(text.prefix(40))' has more digits than can be kept exactly")
        : fault(.badNumber, "'\(text.prefix(40))' is no decimal number; expected digits like -12.50")
    }
  }

  /// The number at the end of a way.
  func figure(_ way: String...) throws(RecordFault) -> Figure? { try first(way)?.figure() }

  /// The amount at the end of a way, in the invoice's currency and with no more decimals than that has.
  func amount(_ currency: CheckedCurrency, _ way: String...) throws(RecordFault) -> Figure? { try first(way)?.amount(currency) }

  /// The element's own amount; a price may have more decimals (`isPrice`).
  func amount(_ currency: CheckedCurrency, isPrice: Bool = false) throws(RecordFault) -> Figure? {
    guard let figure = try self.figure() else { return nil }
    if let code = attribute("currencyID"), code != currency.currency.code {
      throw fault(
        .currencyMismatch, "the amount is in '\(code.prefix(20))', but the invoice's currency (BT-5) is \(currency.currency.code)")
    }
    if !isPrice, figure.value.decimals > currency.currency.decimals {
      throw fault(
        .tooManyDecimals,
        "the amount \(figure.value) has \(figure.value.decimals) decimals, \(currency.currency.code) has \(currency.currency.decimals)")
    }
    return figure
  }

  /// An amount that must be there.
  func requiredAmount(_ currency: CheckedCurrency, _ business: String, _ way: String...) throws(RecordFault) -> Figure {
    guard let figure = try first(way)?.amount(currency) else { throw missing(business, way) }
    return figure
  }

  /// The currency of a code.
  func currency() throws(RecordFault) -> CheckedCurrency {
    let code = text
    guard let currency = Currency(code: code) else {
      throw fault(.unknownCurrency, "'\(code.prefix(20))' is no currency of ISO 4217")
    }
    return CheckedCurrency(currency: currency, element: self)
  }

  /// The amount right below that names its currency: the one called `name` before the others.
  func firstWithCurrency(_ name: String) -> InvoiceElement? {
    if let amount = first(name), amount.attribute("currencyID") != nil { return amount }
    return children.first { $0.namespace.isOfInvoices && $0.attribute("currencyID") != nil }
  }

  /// The currency an amount names, where the invoice names none.
  func currencyOfAmount() throws(RecordFault) -> CheckedCurrency {
    let code = attribute("currencyID") ?? ""
    guard let currency = Currency(code: code) else {
      throw fault(.unknownCurrency, "'\(code.prefix(20))' is no currency of ISO 4217")
    }
    return CheckedCurrency(currency: currency, element: self, isOfAmount: true)
  }

  /// `true` or `false`, `1` or `0`.
  func flag() throws(RecordFault) -> Bool {
    let word = text
    switch word {
    case "true", "1": return true
    case "false", "0": return false
    default: throw fault(.unknownValue, "'\(word.prefix(20))' is neither 'true' nor 'false'")
    }
  }

  // MARK: Days

  /// A day as UBL writes it: `2026-11-23`, a time zone behind it passed over.
  func day() throws(RecordFault) -> Day? {
    let text = self.text
    guard !text.isEmpty else { return nil }
    let rest = text.dropFirst(10)
    guard text.count >= 10, rest.isEmpty || rest.first == "Z" || rest.first == "+" || rest.first == "-" || rest.first == "T",
      let date = PlainDate(text.prefix(10))
    else { throw fault(.badDate, "'\(text.prefix(40))' is no date; expected one like 2026-11-23") }
    return Day(date: date, element: self)
  }

  func day(_ way: String...) throws(RecordFault) -> Day? { try first(way)?.day() }

  /// A day as CII writes it: `20261123` with format 102.
  func compactDay() throws(RecordFault) -> Day? {
    let text = self.text
    guard !text.isEmpty else { return nil }
    let format = attribute("format")
    if format == nil, text.contains("-") { return try day() }
    guard format == nil || format == "102", text.utf8.count == 8, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let digits = Int(text),
      let date = PlainDate(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    else { throw fault(.badDate, "'\(text.prefix(40))' is no date; expected one like 20261123 with format 102") }
    return Day(date: date, element: self)
  }

  /// A day of CII below `way`, in the element its type prescribes.
  func compactDay(_ way: String...) throws(RecordFault) -> Day? {
    guard let element = first(way) else { return nil }
    return try (element.first("DateTimeString") ?? element.first("DateString") ?? element.first("Date") ?? element).compactDay()
  }

  // MARK: What no rule asks for

  /// The day at the end of a way, as either syntax writes it; `nil`, and left among what nobody read, where it is none.
  func anyDay(_ way: String...) -> Day? {
    guard let element = first(way) else { return nil }
    let place = element.first("DateTimeString") ?? element.first("DateString") ?? element.first("Date") ?? element
    if let day = try? place.compactDay() { return day }
    place.markUnread()
    return nil
  }

  /// The amount at the end of a way; `nil`, and left among what nobody read, where it is none in the invoice's currency.
  func anyAmount(_ currency: CheckedCurrency, _ way: String...) -> Figure? {
    guard let element = first(way) else { return nil }
    if let figure = try? element.amount(currency) { return figure }
    element.markUnread()
    return nil
  }
}
