internal import Diagnostics
internal import JSON
internal import Money

/// Holds a bill's figures against each other, exactly.
///
/// Order: the decimals of every amount, then the sums, from the inside out and in the order of the schema; the first that is wrong is thrown,
/// or all of them are warnings where sums are accepted as they are.
struct BillArithmetic {
  private let currency: Currency
  private let strictLines: Bool
  private let acceptsSumMismatch: Bool
  private(set) var warnings: WarningList

  init(currency: Currency, strictLines: Bool, acceptsSumMismatch: Bool, warnings: WarningList) {
    (self.currency, self.strictLines, self.acceptsSumMismatch, self.warnings) = (currency, strictLines, acceptsSumMismatch, warnings)
  }

  /// Checks the bill, and fills in the subtotals its record left out.
  mutating func check(_ bill: inout Bill, givenSubtotals: [Bool]) throws(RecordFault) {
    try decimals(bill.balance.previous) { "$.balance.previous" }
    try decimals(bill.balance.payments) { "$.balance.payments" }
    try decimals(bill.balance.adjustments) { "$.balance.adjustments" }
    var charges = Amount.zero
    for index in bill.sections.indices {
      let subtotal = try section(bill.sections[index], index, isGiven: givenSubtotals[index])
      bill.sections[index].subtotal = subtotal
      charges = try sum(charges, subtotal) { "$.sections[\(index)].subtotal" }
    }
    for (index, tax) in bill.taxes.enumerated() {
      try decimals(tax.amount) { "$.taxes[\(index)].amount" }
      if let base = tax.base { try decimals(base) { "$.taxes[\(index)].base" } }
      try rate(tax, index)
      charges = try sum(charges, tax.amount) { "$.taxes[\(index)].amount" }
    }
    try decimals(bill.totals.charges) { "$.totals.charges" }
    try decimals(bill.totals.due) { "$.totals.due" }
    try require(
      charges, equals: bill.totals.charges, found: "sections and taxes add up to", stated: "totals.charges", path: "$.totals.charges")
    var due = try sum(bill.balance.previous, bill.balance.payments) { "$.balance" }
    due = try sum(due, bill.balance.adjustments) { "$.balance" }
    due = try sum(due, bill.totals.charges) { "$.totals.due" }
    try require(due, equals: bill.totals.due, found: "balance and charges add up to", stated: "totals.due", path: "$.totals.due")
  }

  private mutating func section(_ section: Section, _ index: Int, isGiven: Bool) throws(RecordFault) -> Amount {
    var total = Amount.zero
    for (number, line) in section.lines.enumerated() {
      try decimals(line.amount) { "$.sections[\(index)].lines[\(number)].amount" }
      if let quantity = line.quantity, let price = line.price, line.hasAmount, !isNear(quantity, price, divisor: 1, line.amount),
        strictLines || warnings.wants(.lineArithmetic)
      {
        try odd(
          .lineArithmetic, "quantity \(quantity) × price \(price) is not the amount \(shown(line.amount))",
          path: "$.sections[\(index)].lines[\(number)].amount")
      }
      total = try sum(total, line.amount) { "$.sections[\(index)].lines[\(number)].amount" }
    }
    guard isGiven else { return total }
    try decimals(section.subtotal) { "$.sections[\(index)].subtotal" }
    // Without lines it stands for itself.
    guard !section.lines.isEmpty else { return section.subtotal }
    try require(
      total, equals: section.subtotal, found: "the lines add up to", stated: "subtotal", path: "$.sections[\(index)].subtotal")
    return section.subtotal
  }

  private mutating func rate(_ tax: Bill.Tax, _ index: Int) throws(RecordFault) {
    guard let rate = tax.rate, let base = tax.base, !isNear(base, rate, divisor: 100, tax.amount),
      strictLines || warnings.wants(.taxArithmetic)
    else { return }
    try odd(
      .taxArithmetic, "base \(shown(base)) × rate \(rate) % is not the tax \(shown(tax.amount))", path: "$.taxes[\(index)].amount")
  }

  private mutating func odd(_ code: RecordFault.Code, _ message: String, path: String) throws(RecordFault) {
    if strictLines { throw RecordFault(code, message, path: path) }
    warnings.append(RecordWarning(code, message, path: path))
  }

  /// Whether `a × b ÷ divisor` lies within one minor unit of `amount`; false where it cannot be reckoned in 128 bits.
  private func isNear(_ a: Amount, _ b: Amount, divisor: Int128, _ amount: Amount) -> Bool {
    // |a·b − amount·divisor| ≤ minor unit · divisor, all brought to the finest of the three scales.
    let product = Int128(a.mantissa) * Int128(b.mantissa)
    let productScale = Int(a.scale) + Int(b.scale)
    let scale = max(productScale, Int(amount.scale), currency.decimals)
    guard let left = raised(product, scale - productScale),
      let right = raised(Int128(amount.mantissa) * divisor, scale - Int(amount.scale)),
      let unit = raised(divisor, scale - currency.decimals)
    else { return false }
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    return !overflow && difference.magnitude <= unit.magnitude
  }

  private func raised(_ value: Int128, _ exponent: Int) -> Int128? {
    var value = value
    for _ in 0..<exponent {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
    }
    return value
  }

  @inline(__always)
  private func decimals(_ amount: Amount, _ path: () -> String) throws(RecordFault) {
    if Int(amount.scale) > currency.decimals, amount.decimals > currency.decimals {
      throw RecordFault(
        .tooManyDecimals, "the amount \(amount) has \(amount.decimals) decimals, \(currency.code) has \(currency.decimals)", path: path())
    }
  }

  @inline(__always)
  private func sum(_ a: Amount, _ b: Amount, _ path: () -> String) throws(RecordFault) -> Amount {
    do throws(AmountError) {
      return try a.adding(b)
    } catch {
      throw RecordFault(.outOfRange, "the sum up to here has more digits than can be kept exactly", path: path())
    }
  }

  private mutating func require(
    _ sum: Amount, equals stated: Amount, found: String, stated name: String, path: String
  ) throws(RecordFault) {
    guard sum != stated else { return }
    let message = "\(found) \(shown(sum)), but \(name) is \(shown(stated))"
    guard acceptsSumMismatch else { throw RecordFault(.sumMismatch, message, path: path) }
    if warnings.wants(.sumMismatch) { warnings.append(RecordWarning(.sumMismatch, message, path: path)) }
  }

  private func shown(_ amount: Amount) -> String { amount.description(decimals: currency.decimals) }
}
