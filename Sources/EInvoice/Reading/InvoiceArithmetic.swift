internal import Billing
internal import Diagnostics
internal import Money

/// Recomputes an invoice's figures after the rules BR-CO-10 to BR-CO-17 of EN 16931.
///
/// As in the standard's own validation: sums are rounded to two decimals (or to the currency's, where it has more) and must then be equal;
/// the VAT of a category
/// may differ from base × rate by less than one unit of the currency, since many sellers add it up line by line.
struct InvoiceArithmetic {
  let invoice: EInvoice

  private var decimals: Int { max(2, invoice.currency.currency.decimals) }

  /// Throws the first rule that is broken: `sum-mismatch` with both figures, at the stated one's place; `missing-field` for a total that
  /// must be there.
  func check() throws(RecordFault) {
    let totals = invoice.totals
    let lines = try required(totals.lines, "BT-106")
    let net = try required(totals.net, "BT-109")
    let gross = try required(totals.gross, "BT-112")
    let due = try required(totals.due, "BT-115")
    guard !invoice.lines.isEmpty else {
      throw invoice.root.fault(.missingField, "the invoice has no lines (BG-25); every invoice has at least one")
    }
    try equal(try sum(invoice.lines.map(\.amount)), lines, "BR-CO-10", "the lines add up to", "BT-106")
    try listed(invoice.allowances.filter { !$0.isCharge }, totals.allowances, "BR-CO-11", "the allowances add up to", "BT-107")
    try listed(invoice.allowances.filter(\.isCharge), totals.charges, "BR-CO-12", "the charges add up to", "BT-108")
    var expected = try subtract(lines.value, totals.allowances, net)
    expected = try add(expected, totals.charges, net)
    try equal(expected, net, "BR-CO-13", "BT-106 − BT-107 + BT-108 is", "BT-109")
    let taxes = try sum(invoice.vat.map(\.amount))
    if let vat = totals.vat {
      try equal(taxes, vat, "BR-CO-14", "the VAT of all categories adds up to", "BT-110")
    } else if !taxes.isZero {
      throw totals.element.fault(.sumMismatch, "[BR-CO-14] the VAT of all categories adds up to \(shown(taxes)), but BT-110 is missing")
    }
    try equal(try add(net.value, totals.vat, gross), gross, "BR-CO-15", "BT-109 + BT-110 is", "BT-112")
    expected = try subtract(gross.value, totals.paid, due)
    expected = try add(expected, totals.rounding, due)
    try equal(expected, due, "BR-CO-16", "BT-112 − BT-113 + BT-114 is", "BT-115")
    for vat in invoice.vat { try category(vat) }
  }

  /// BR-CO-17.
  private func category(_ vat: EInvoice.VAT) throws(RecordFault) {
    let rate = vat.rate?.value ?? .zero
    guard let base = vat.base else {
      throw vat.element.fault(.missingField, "the taxable amount (BT-116) is missing; every VAT category has one")
    }
    // base × rate ÷ 100 and the tolerance of one unit, all in whole numbers: no rounding before the comparison but the standard's own.
    let product: Amount
    do throws(AmountError) {
      product = try base.value.multiplied(by: rate).divided(by: Amount(mantissa: 100), decimals: decimals, rule: .halfUp)
    } catch {
      throw base.element.fault(.outOfRange, "base × rate has more digits than can be kept exactly")
    }
    let difference: Amount
    do throws(AmountError) { difference = try product.subtracting(vat.amount.value).magnitude() } catch {
      throw base.element.fault(.outOfRange, "the VAT has more digits than can be kept exactly")
    }
    guard difference < .one else {
      throw vat.amount.element.fault(
        .sumMismatch,
        "[BR-CO-17] \(shown(base.value)) (BT-116) × \(rate) % (BT-119) is \(shown(product)), but the VAT (BT-117) is \(shown(vat.amount.value))"
      )
    }
  }

  private func listed(_ parts: [AllowanceCharge], _ stated: Figure?, _ rule: String, _ found: String, _ business: String)
    throws(RecordFault)
  {
    let total = try sum(parts.map(\.amount))
    if let stated { return try equal(total, stated, rule, found, business) }
    guard total.isZero else {
      throw invoice.totals.element.fault(.sumMismatch, "[\(rule)] \(found) \(shown(total)), but \(business) is missing, which means 0")
    }
  }

  private func equal(_ computed: Amount, _ stated: Figure, _ rule: String, _ found: String, _ business: String) throws(RecordFault) {
    guard computed.rounded(to: decimals, rule: .halfUp) != stated.value else { return }
    throw stated.element.fault(.sumMismatch, "[\(rule)] \(found) \(shown(computed)), but \(business) is \(shown(stated.value))")
  }

  private func required(_ figure: Figure?, _ business: String) throws(RecordFault) -> Figure {
    guard let figure else {
      throw invoice.totals.element.fault(.missingField, "the total \(business) is missing; every invoice has it")
    }
    return figure
  }

  private func sum(_ figures: [Figure]) throws(RecordFault) -> Amount {
    var total = Amount.zero
    for figure in figures { total = try add(total, figure, figure) }
    return total
  }

  private func add(_ a: Amount, _ b: Figure?, _ place: Figure) throws(RecordFault) -> Amount {
    guard let b else { return a }
    do throws(AmountError) { return try a.adding(b.value) } catch { throw tooLarge(place) }
  }

  private func subtract(_ a: Amount, _ b: Figure?, _ place: Figure) throws(RecordFault) -> Amount {
    guard let b else { return a }
    do throws(AmountError) { return try a.subtracting(b.value) } catch { throw tooLarge(place) }
  }

  private func tooLarge(_ place: Figure) -> RecordFault {
    place.element.fault(.outOfRange, "the sum up to here has more digits than can be kept exactly")
  }

  private func shown(_ amount: Amount) -> String { amount.description(decimals: invoice.currency.currency.decimals) }
}
