internal import Dates
internal import Diagnostics
internal import JSON
internal import Money

/// The payment terms among the terms of `extra.e_invoice`.
extension RecordWriter {
  /// `payment_terms`: every term with its words, day, amount and conditions. Beside it what follows from all of them: `first_payment`,
  /// `early_payment`, `other_due`.
  mutating func paymentTerms() throws(RecordFault) {
    json.key("payment_terms")
    json.beginList()
    for part in schedule.parts { try term(part) }
    json.endList()
    if let first = schedule.first { try turned("first_payment", first) }
    if let offer = schedule.offer {
      json.key("early_payment")
      try discount(offer)
    }
    if let day = schedule.otherDay { json.member("other_due", day.iso) }
  }

  private mutating func term(_ part: PaymentSchedule.Part) throws(RecordFault) {
    let term = part.term
    json.beginObject()
    json.member("kind", part.kind.rawValue)
    json.member("text", term.text)
    if let due = term.due { json.member("due", due.date.iso) }
    json.member("net", part.due != nil)
    if let amount = part.amount ?? term.amount?.value { try turned("amount", amount) }
    if let percent = term.percent { json.member("percent", percent.value) }
    if let mandate = term.mandate, mandate.text != invoice.mandate?.text { json.member("mandate", mandate.text) }
    json.key("discounts")
    json.beginList()
    for part in part.discounts { try discount(part) }
    json.endList()
    json.key("penalties")
    json.beginList()
    for condition in term.penalties {
      json.beginObject()
      if let amount = condition.amount?.value { try turned("amount", amount) }
      try self.condition(condition)
      if let basis = condition.basis { json.member("basis", basis.iso) }
      if condition.count != nil, condition.basis != nil, let day = condition.lastDay(from: invoice.issued.date) {
        json.member("after", day.iso)
      }
      if let end = condition.end { json.member("until", end.iso) }
      json.endObject()
    }
    json.endList()
    json.endObject()
  }

  private mutating func discount(_ discount: PaymentSchedule.Discount) throws(RecordFault) {
    json.beginObject()
    if let amount = discount.amount { try turned("amount", amount) }
    if let rest = discount.rest { try turned("rest", rest) }
    try condition(discount.condition)
    if let basis = discount.condition.basis, basis != invoice.issued.date { json.member("basis", basis.iso) }
    if let by = discount.by { json.member("by", by.iso) }
    json.endObject()
  }

  /// Writes an amount of the terms with the sign of this kind of bill.
  private mutating func turned(_ name: String, _ amount: Amount) throws(RecordFault) {
    member(name, try signed(Figure(value: amount, element: invoice.totals.element)))
  }

  private mutating func condition(_ condition: PaymentCondition) throws(RecordFault) {
    if let percent = condition.percent { json.member("percent", percent.value) }
    if let base = condition.base, base.value != invoice.totals.due?.value { try turned("base", base.value) }
    // A period of no length is only its day.
    guard let count = condition.count, !count.isZero else { return }
    json.member("count", count)
    if let unit = condition.unit { json.member("unit", unit) }
  }
}
