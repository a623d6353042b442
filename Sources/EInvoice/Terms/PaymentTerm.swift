internal import Dates
internal import Money

/// Terms of payment that belong together: a `SpecifiedTradePaymentTerms` of CII, a `PaymentTerms` of UBL.
struct PaymentTerm {
  /// BT-20, in paragraphs, without what stands in ``discounts`` and ``penalties`` instead.
  var text: [String] = []
  /// BT-9, or when a part of the amount is due.
  var due: Day?
  /// The part of the amount it is about (BT-X-275).
  var amount: Figure?
  /// The same in percent of what is due; UBL only.
  var percent: Figure?
  /// BT-89.
  var mandate: Term?
  /// What early payment saves.
  var discounts: [PaymentCondition] = []
  /// What late payment costs.
  var penalties: [PaymentCondition] = []

  /// Whether it says anything.
  var isEmpty: Bool {
    text.isEmpty && due == nil && amount == nil && percent == nil && mandate == nil && discounts.isEmpty && penalties.isEmpty
  }

  /// Takes lines of BT-20, of which those after BR-DE-18 become conditions.
  mutating func add(_ paragraphs: [String], at element: InvoiceElement, decimals: Int) {
    for paragraph in paragraphs {
      let room = InvoiceLimits.paymentConditions - discounts.count - penalties.count
      guard let line = SkontoLine(paragraph, at: element, decimals: decimals), line.conditions.count <= room else {
        text.append(paragraph)
        continue
      }
      for (isPenalty, condition) in line.conditions {
        if isPenalty { penalties.append(condition) } else { discounts.append(condition) }
      }
      if let rest = line.text { text.append(rest) }
    }
  }

  /// Takes a discount or penalty given as elements. One that a line of the text said already is that one, with what was missing of it.
  mutating func add(_ condition: PaymentCondition, to list: WritableKeyPath<PaymentTerm, [PaymentCondition]>) {
    if let index = self[keyPath: list].firstIndex(where: { $0.isOfText && $0.agrees(with: condition) }) {
      self[keyPath: list][index] = condition.completed(by: self[keyPath: list][index])
    } else if discounts.count + penalties.count < InvoiceLimits.paymentConditions {
      self[keyPath: list].append(condition)
    }
  }
}

/// A discount for early payment or a penalty for late payment; at least its percentage or its amount is there, and neither is negative.
struct PaymentCondition {
  /// In percent: of ``base``, else of what is due.
  var percent: Figure?
  /// What the percentage applies to.
  var base: Figure?
  /// Whether something is said of the base that cannot be read.
  var hasUnknownBase = false
  /// How much it comes to, as the invoice says.
  var amount: Figure?
  /// How long the period is, in ``unit``.
  var count: Amount?
  /// The unit of the period: `DAY`, `WEE`, `MON`, `QAN`, `SAN` or `ANN`, else as written.
  var unit: String?
  /// When the period begins.
  var basis: PlainDate?
  /// The last day of the period, as the invoice says.
  var end: PlainDate?
  /// Whether it comes from a line of the text.
  var isOfText = false

  /// Takes what the percentage applies to. A base of zero is none, and then nobody knows which it is.
  mutating func setBase(_ figure: Figure?) {
    guard let figure else { return }
    if figure.value.isZero { hasUnknownBase = true } else { base = figure }
  }

  /// The last day of the period, reckoned from its beginning where it is not given; `nil` where nothing says it.
  func lastDay(from issued: PlainDate) -> PlainDate? {
    if let end { return end }
    guard let count, let unit, count.decimals == 0, let number = Int(count.normalized.description) else { return nil }
    return (basis ?? issued).adding(number, unit: unit)
  }

  /// Whether a condition of the text says nothing else than this one.
  fileprivate func agrees(with other: PaymentCondition) -> Bool {
    guard percent?.value == other.percent?.value else { return false }
    if let base, let second = other.base, base.value != second.value { return false }
    guard let count else { return true }
    if let second = other.count, let unit = other.unit { return second == count && unit == self.unit }
    return true
  }

  fileprivate func completed(by text: PaymentCondition) -> PaymentCondition {
    var result = self
    if result.base == nil, !hasUnknownBase { result.base = text.base }
    if result.count == nil, result.end == nil { (result.count, result.unit) = (text.count, text.unit) }
    return result
  }
}

extension PlainDate {
  /// The day a period of calendar units later; a month's end where that month has no such day.
  ///
  /// - Parameters:
  ///   - count: Zero or more.
  ///   - unit: A code of UN/ECE recommendation 20.
  /// - Returns: `nil` for any other unit, and outside the years 1…9999.
  fileprivate func adding(_ count: Int, unit: String) -> PlainDate? {
    guard count <= InvoiceLimits.paymentPeriod else { return nil }
    switch unit {
    case "DAY": return adding(days: count)
    case "WEE": return adding(days: count * 7)
    case "MON": return adding(months: count)
    case "QAN": return adding(months: count * 3)
    case "SAN": return adding(months: count * 6)
    case "ANN": return adding(months: count * 12)
    default: return nil
    }
  }

  private func adding(months count: Int) -> PlainDate? {
    let months = year * 12 + month - 1 + count
    guard months >= 12 else { return nil }
    let (year, month) = (months / 12, months % 12 + 1)
    return PlainDate(year: year, month: month, day: min(day, PlainDate.days(in: month, of: year)))
  }
}
