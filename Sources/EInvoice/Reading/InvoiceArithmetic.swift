internal import Billing
internal import Diagnostics
internal import Money

/// Recomputes an invoice's figures after the rules BR-CO-10 to BR-CO-17 of EN 16931.
///
/// As in the standard's own validation sums are rounded to two decimals (or to the currency's, where it has more), and the VAT of a category
/// may differ from base × rate by less than one unit of the currency, since many sellers add it up line by line. A sum that differs by at
/// most one minor unit a line is the warning `sum-differs`; the figures stay as they are given.
struct InvoiceArithmetic {
  var invoice: EInvoice
  /// Whether a larger difference is a warning `sum-mismatch`, too.
  private let acceptsMismatch: Bool
  private let tolerance: Amount

  init(invoice: EInvoice, acceptsMismatch: Bool = false) {
    self.invoice = invoice
    self.acceptsMismatch = acceptsMismatch
    let count = max(1, invoice.lines.count)
    tolerance = Amount(mantissa: Int64(count), scale: invoice.currency.currency.decimals)
  }

  private var decimals: Int { max(2, invoice.currency.currency.decimals) }

  /// Fills in what is missing and holds the figures against each other.
  ///
  /// - Returns: Whatever is odd, in the order of the rules; the invoice then names the sums that differ.
  /// - Throws: The first rule that is broken: `sum-mismatch` with both figures, at the stated one's place; `missing-field` where there are
  ///   no lines in a profile that has them, or a category has no taxable amount and its rate is to be held against it.
  mutating func check() throws(RecordFault) -> [RecordWarning] {
    guard !invoice.lines.isEmpty else { return try checkWithoutLines() }
    try weighLines()
    try invoice.complete()
    let totals = invoice.totals
    guard let lines = totals.lines, let net = totals.net, let gross = totals.gross, let due = totals.due else {
      throw totals.element.fault(.missingField, "a total is missing; every invoice has BT-106, BT-109, BT-112 and BT-115")
    }
    try equal(try invoice.sum(invoice.countingLines.map(\.amount)), lines, "BR-CO-10", "the lines add up to", "BT-106")
    try listed(invoice.allowances.filter { !$0.isCharge }, totals.allowances, "BR-CO-11", "the allowances add up to", "BT-107")
    try listed(invoice.allowances.filter(\.isCharge), totals.charges, "BR-CO-12", "the charges add up to", "BT-108")
    let expected = try invoice.plus(
      try invoice.minus(lines.value, totals.allowances?.value ?? .zero, at: net.element), totals.charges?.value ?? .zero, at: net.element)
    try equal(expected, net, "BR-CO-13", "BT-106 − BT-107 + BT-108 is", "BT-109")
    if let vat = totals.vat {
      try equal(try invoice.sum(invoice.vat.map(\.amount)), vat, "BR-CO-14", "the VAT of all categories adds up to", "BT-110")
    }
    try equal(
      try invoice.plus(net.value, totals.vat?.value ?? .zero, at: gross.element), gross, "BR-CO-15", "BT-109 + BT-110 is", "BT-112")
    let thirdParties = invoice.prepayments.contains(where: \.isForThirdParty)
    try equal(
      try invoice.reckonedDue(), due, "BR-CO-16",
      thirdParties ? "BT-112 − BT-113 + BT-114 + BT-DEX-002 is" : "BT-112 − BT-113 + BT-114 is", "BT-115")
    for vat in invoice.vat { try category(vat) }
    try checkLevels()
    for line in invoice.lines where line.role == nil { self.line(line) }
    signs()
    return invoice.warnings
  }

  // MARK: Rules

  /// BR-CO-17.
  mutating func category(_ vat: EInvoice.VAT) throws(RecordFault) {
    guard let rate = vat.rate?.value else { return try withoutRate(vat) }
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
    guard difference >= .one else { return }
    try mismatch(
      "BR-CO-17", product, vat.amount,
      "[BR-CO-17] \(shown(base.value)) (BT-116) × \(rate) % (BT-119) is \(shown(product)), but the VAT (BT-117) is \(shown(vat.amount.value))"
    )
  }

  /// A category without a rate: only one that bears VAT needs one, and what cannot be recomputed is taken as it is.
  private mutating func withoutRate(_ vat: EInvoice.VAT) throws(RecordFault) {
    guard !vat.amount.value.isZero else { return }
    switch vat.category?.text {
    case "E"?, "Z"?, "AE"?, "K"?, "G"?, "O"?:
      let category = vat.category?.text ?? ""
      try mismatch(
        "BR-CO-17", .zero, vat.amount,
        "[BR-CO-17] the category \(category) (BT-118) bears no VAT, but the VAT (BT-117) is \(shown(vat.amount.value))")
    default:
      invoice.warn(
        .missingTerm, "the VAT rate (BT-119) is missing; the VAT (BT-117) of \(shown(vat.amount.value)) is taken as it is", at: vat.element)
    }
  }

  mutating func listed(_ parts: [AllowanceCharge], _ stated: Figure?, _ rule: String, _ found: String, _ business: String)
    throws(RecordFault)
  {
    let total = try invoice.sum(parts.map(\.amount))
    if let stated { return try equal(total, stated, rule, found, business) }
    guard !total.isZero else { return }
    let none = Figure(value: .zero, element: invoice.totals.element)
    try mismatch(rule, total, none, "[\(rule)] \(found) \(shown(total)), but \(business) is missing, which means 0")
  }

  /// Holds a sum against what the invoice says; `line` is the line it is about.
  ///
  /// - Parameter isWish: Whether the standard only wishes it, so that no difference is a fault.
  mutating func equal(
    _ computed: Amount, _ stated: Figure, _ rule: String, _ found: String, _ business: String, line: Term? = nil, isWish: Bool = false
  ) throws(RecordFault) {
    let rounded = computed.rounded(to: decimals, rule: .halfUp)
    guard rounded != stated.value else { return }
    let message = "[\(rule)] \(found) \(shown(computed)), but \(business) is \(shown(stated.value))"
    let difference = try? rounded.subtracting(stated.value).magnitude()
    if isWish || difference.map({ $0 <= tolerance }) == true {
      invoice.differences.append(EInvoice.Difference(rule: rule, line: line, computed: rounded, stated: stated))
      return invoice.warn(.sumDiffers, message, at: stated.element)
    }
    try mismatch(rule, rounded, stated, message, line: line)
  }

  private mutating func mismatch(_ rule: String, _ computed: Amount, _ stated: Figure, _ message: String, line: Term? = nil)
    throws(RecordFault)
  {
    let fault = stated.element.fault(.sumMismatch, message)
    guard acceptsMismatch else { throw fault }
    invoice.differences.append(EInvoice.Difference(rule: rule, line: line, computed: computed, stated: stated))
    invoice.warn(.sumMismatch, fault.message, at: stated.element)
  }

  /// BT-131 against quantity × price ÷ base quantity − allowances + charges, beyond one minor unit. Lines without the last three are the
  /// record's own to check.
  private mutating func line(_ line: InvoiceLine) {
    guard let quantity = line.quantity?.value, let price = line.price?.value, !line.allowances.isEmpty || line.hasBaseQuantity else {
      return
    }
    let base = line.baseQuantity?.value ?? .one
    guard !base.isZero, let product = try? quantity.multiplied(by: price) else { return }
    var rest = line.amount.value
    for part in line.allowances {
      guard let next = try? part.isCharge ? rest.subtracting(part.amount.value) : rest.adding(part.amount.value) else { return }
      rest = next
    }
    let unit = Amount(mantissa: 1, scale: invoice.currency.currency.decimals)
    guard let scaled = try? rest.multiplied(by: base), let difference = try? product.subtracting(scaled).magnitude(),
      let room = try? unit.multiplied(by: base.magnitude()), difference > room
    else { return }
    let parts = line.allowances.isEmpty ? "" : " with its allowances and charges"
    let per = line.hasBaseQuantity ? " ÷ \(base)" : ""
    invoice.warn(
      .lineArithmetic, "quantity \(quantity) × price \(price)\(per)\(parts) is not the amount \(shown(line.amount.value))",
      at: line.amount.element)
  }

  /// A kind whose figures say the opposite: usually a credit whose amounts were given a sign of their own.
  mutating func signs() {
    guard let gross = invoice.totals.gross, let due = invoice.totals.due else { return }
    if invoice.isCredit {
      let figure = due.value < .zero ? due : gross
      guard figure.value < .zero else { return }
      invoice.warn(
        .creditNegative, "a credit note of \(shown(figure.value)) asks for money; a credit note's amounts are positive", at: figure.element)
    } else if gross.value < .zero, due.value < .zero, !invoice.isCorrection {
      invoice.warn(
        .invoiceNegative, "an invoice of \(shown(gross.value)) gives money back, as a credit note does", at: gross.element)
    }
  }

  private func shown(_ amount: Amount) -> String { amount.description(decimals: invoice.currency.currency.decimals) }
}
