internal import Dates
internal import Diagnostics
internal import Money

/// Of what goes beyond EN 16931 nothing costs an invoice: a value that cannot be read, or that makes no sense, stays with what no term takes.
extension PaymentTerm {
  /// Reads `SpecifiedTradePaymentTerms` of CII, with the terms of Factur-X EXTENDED.
  ///
  /// - Throws: `bad-date` where BT-9 is no date.
  init(cii element: InvoiceElement, currency: CheckedCurrency) throws(RecordFault) {
    due = try element.compactDay("DueDateDateTime")
    mandate = try element.term("DirectDebitMandateID")
    amount = element.kept("PartialPaymentAmount") { value throws(RecordFault) in try value.amount(currency) }
    for description in element.all("Description") {
      add(description.paragraphs, at: description, decimals: currency.currency.decimals)
    }
    for part in element.all("ApplicableTradePaymentDiscountTerms") {
      if let condition = PaymentCondition(cii: part, "ActualDiscountAmount", isDiscount: true, currency) { add(condition, to: \.discounts) }
    }
    for part in element.all("ApplicableTradePaymentPenaltyTerms") {
      if let condition = PaymentCondition(cii: part, "ActualPenaltyAmount", isDiscount: false, currency) { add(condition, to: \.penalties) }
    }
  }

  /// Reads `PaymentTerms` of UBL.
  init(ubl element: InvoiceElement, currency: CheckedCurrency) {
    due = element.kept("InstallmentDueDate") { value throws(RecordFault) in try value.day() }
    if due == nil { due = element.kept("PaymentDueDate") { value throws(RecordFault) in try value.day() } }
    amount = element.kept("Amount") { value throws(RecordFault) in try value.amount(currency) }
    percent = element.percent("PaymentPercent", isShare: true)
    for note in element.all("Note") { add(note.paragraphs, at: note, decimals: currency.currency.decimals) }
    if let condition = PaymentCondition(ubl: element, "Settlement", "DiscountPercent", "DiscountAmount", isDiscount: true, currency) {
      add(condition, to: \.discounts)
    }
    if let condition = PaymentCondition(ubl: element, "Penalty", "SurchargePercent", "Amount", isDiscount: false, currency) {
      add(condition, to: \.penalties)
    }
    // Terms without a date of their own that have a discount: the amount is what the discount is on.
    if due == nil, percent == nil, let amount, !discounts.isEmpty {
      for index in discounts.indices where discounts[index].base == nil && !discounts[index].hasUnknownBase {
        discounts[index].base = amount
      }
      self.amount = nil
    }
  }
}

extension PaymentCondition {
  /// - Returns: `nil` where neither a percentage nor an amount can be taken.
  fileprivate init?(cii element: InvoiceElement, _ actual: String, isDiscount: Bool, _ currency: CheckedCurrency) {
    percent = element.percent("CalculationPercent", isShare: isDiscount)
    amount = element.positiveAmount(actual, currency)
    guard percent != nil || amount != nil else { return nil }
    setBase(element.first("BasisAmount"), currency)
    basis =
      element.first("BasisDateTime").flatMap { date in
        (date.first("DateTimeString") ?? date.first("DateString") ?? date.first("Date") ?? date)
          .kept { value throws(RecordFault) in try value.compactDay() }
      }?.date
    setPeriod(element.first("BasisPeriodMeasure"))
  }

  /// - Parameter name: What the names of its elements begin with: `Settlement` or `Penalty`.
  /// - Returns: `nil` where neither a percentage nor an amount can be taken.
  fileprivate init?(
    ubl element: InvoiceElement, _ name: String, _ share: String, _ actual: String, isDiscount: Bool, _ currency: CheckedCurrency
  ) {
    percent = element.percent(name + share, isShare: isDiscount)
    amount = element.positiveAmount(name + actual, currency)
    guard percent != nil || amount != nil else { return nil }
    guard let period = element.first(name + "Period") else { return }
    basis = period.kept("StartDate") { value throws(RecordFault) in try value.day() }?.date
    end = period.kept("EndDate") { value throws(RecordFault) in try value.day() }?.date
    // How long a penalty runs is not after how long it begins.
    if isDiscount || basis == nil { setPeriod(period.first("DurationMeasure")) }
  }

  private mutating func setBase(_ element: InvoiceElement?, _ currency: CheckedCurrency) {
    guard let element else { return }
    setBase(element.kept { value throws(RecordFault) in try value.amount(currency) })
    hasUnknownBase = base == nil && !element.isBlank
  }

  private mutating func setPeriod(_ element: InvoiceElement?) {
    guard let element, let length = element.kept({ value throws(RecordFault) in try value.figure() }) else { return }
    guard !length.value.isNegative else { return element.markUnread() }
    let code = element.attribute("unitCode") ?? "DAY"
    let unit =
      switch code.uppercased() {
      case "DAY", "DAYS", "D": "DAY"
      case "WEE", "WE": "WEE"
      case "MON": "MON"
      case "QAN": "QAN"
      case "SAN": "SAN"
      case "ANN": "ANN"
      default: code
      }
    (count, self.unit) = (length.value, unit)
  }
}

extension InvoiceElement {
  func tooManyPaymentTerms(_ count: Int) -> RecordFault {
    fault(.tooManyValues, "the invoice has \(count) terms of payment, more than the \(InvoiceLimits.paymentTerms) allowed")
  }

  /// Whether it has no text.
  fileprivate var isBlank: Bool { tree.bytes(of: index).allSatisfy { $0 <= 0x20 } }

  /// What is read of the element; where that fails it counts as not read.
  fileprivate func kept<Value>(_ read: (InvoiceElement) throws(RecordFault) -> Value?) -> Value? {
    do throws(RecordFault) { return try read(self) } catch {
      markUnread()
      return nil
    }
  }

  fileprivate func kept<Value>(_ name: String, _ read: (InvoiceElement) throws(RecordFault) -> Value?) -> Value? {
    first(name).flatMap { $0.kept(read) }
  }

  /// A percentage above zero, a share one of at most 100. Zero says nothing and is passed over.
  fileprivate func percent(_ name: String, isShare: Bool) -> Figure? {
    guard let element = first(name), let figure = element.kept({ value throws(RecordFault) in try value.figure() }),
      !figure.value.isZero
    else { return nil }
    guard figure.value > .zero, !isShare || figure.value <= Amount(mantissa: 100) else {
      element.markUnread()
      return nil
    }
    return figure
  }

  /// An amount above zero. Zero says nothing and is passed over.
  fileprivate func positiveAmount(_ name: String, _ currency: CheckedCurrency) -> Figure? {
    guard let element = first(name), let figure = element.kept({ value throws(RecordFault) in try value.amount(currency) }),
      !figure.value.isZero
    else { return nil }
    guard figure.value > .zero else {
      element.markUnread()
      return nil
    }
    return figure
  }
}
