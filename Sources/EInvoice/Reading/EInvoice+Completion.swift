internal import Billing
internal import Diagnostics
internal import Money

/// Terms that are missing, but that the rest of the invoice tells: each is filled in with the warning `missing-term`.
extension EInvoice {
  /// The message for a currency taken from the amounts.
  mutating func warnMissingCurrency() {
    let code = currency.currency.code
    warn(.missingTerm, "the invoice's currency (BT-5) is missing; its amounts are in \(code), which is taken", at: root)
  }

  /// Fills in names and totals.
  ///
  /// - Throws: `out-of-range` where a total cannot be reckoned exactly.
  mutating func complete() throws(RecordFault) {
    names()
    if lines.isEmpty { return try completeWithoutLines() }
    if totals.lines == nil { try fill(\.lines, "BT-106", try sum(countingLines.map(\.amount))) }
    let reductions = try sum(allowances.filter { !$0.isCharge }.map(\.amount))
    let additions = try sum(allowances.filter(\.isCharge).map(\.amount))
    let lineTotal = totals.lines?.value ?? .zero
    // Without a total the standard takes these for 0, unless the net total says otherwise.
    let full = try plus(try minus(lineTotal, totals.allowances?.value ?? reductions), totals.charges?.value ?? additions)
    if totals.net == nil || totals.net?.value == full {
      if totals.allowances == nil, !reductions.isZero { try fill(\.allowances, "BT-107", reductions) }
      if totals.charges == nil, !additions.isZero { try fill(\.charges, "BT-108", additions) }
    }
    if totals.net == nil {
      try fill(\.net, "BT-109", try plus(try minus(lineTotal, totals.allowances?.value ?? .zero), totals.charges?.value ?? .zero))
    }
    let taxes = try sum(vat.map(\.amount))
    if totals.vat == nil, !taxes.isZero { try fill(\.vat, "BT-110", taxes) }
    if totals.gross == nil { try fill(\.gross, "BT-112", try plus(totals.net?.value ?? .zero, totals.vat?.value ?? .zero)) }
    if totals.due == nil { try fill(\.due, "BT-115", try reckonedDue()) }
  }

  /// The same where the profile has no lines: nothing is taken for 0 that it does not know.
  private mutating func completeWithoutLines() throws(RecordFault) {
    let taxes = try sum(vat.map(\.amount))
    if totals.vat == nil, !taxes.isZero { try fill(\.vat, "BT-110", taxes) }
    if totals.net == nil {
      if let lines = totals.lines?.value {
        try fill(\.net, "BT-109", try plus(try minus(lines, totals.allowances?.value ?? .zero), totals.charges?.value ?? .zero))
      } else if let gross = totals.gross?.value {
        try fill(\.net, "BT-109", try minus(gross, totals.vat?.value ?? .zero))
      } else {
        throw totals.element.missing("BT-109", [syntax == .cii ? "TaxBasisTotalAmount" : "TaxExclusiveAmount"])
      }
    }
    if totals.vat == nil, let gross = totals.gross?.value {
      let difference = try minus(gross, totals.net?.value ?? .zero)
      if !difference.isZero { try fill(\.vat, "BT-110", difference) }
    }
    if totals.gross == nil { try fill(\.gross, "BT-112", try plus(totals.net?.value ?? .zero, totals.vat?.value ?? .zero)) }
    if totals.due == nil { try fill(\.due, "BT-115", try reckonedDue()) }
  }

  /// BT-112 − BT-113 + BT-114, and what is collected for third parties on top of it.
  func reckonedDue() throws(RecordFault) -> Amount {
    let rest = try minus(totals.gross?.value ?? .zero, totals.paid?.value ?? .zero)
    return try plus(try plus(rest, totals.rounding?.value ?? .zero), try sum(prepayments.filter(\.isForThirdParty).map(\.amount)))
  }

  /// The sum of figures.
  func sum(_ figures: [Figure]) throws(RecordFault) -> Amount {
    var total = Amount.zero
    for figure in figures { total = try plus(total, figure.value, at: figure.element) }
    return total
  }

  func plus(_ a: Amount, _ b: Amount, at element: InvoiceElement? = nil) throws(RecordFault) -> Amount {
    do throws(AmountError) { return try a.adding(b) } catch { throw tooLarge(element) }
  }

  func minus(_ a: Amount, _ b: Amount, at element: InvoiceElement? = nil) throws(RecordFault) -> Amount {
    do throws(AmountError) { return try a.subtracting(b) } catch { throw tooLarge(element) }
  }

  private func tooLarge(_ element: InvoiceElement?) -> RecordFault {
    (element ?? totals.element).fault(.outOfRange, "the sum up to here has more digits than can be kept exactly")
  }

  private mutating func fill(_ total: WritableKeyPath<Totals, Figure?>, _ term: String, _ value: Amount) throws(RecordFault) {
    let shown = value.description(decimals: currency.currency.decimals)
    warn(.missingTerm, "the total \(term) is missing; \(shown) is taken, which the other figures come to", at: totals.element)
    totals[keyPath: total] = Figure(value: value, element: totals.element)
  }

  private mutating func names() {
    for (party, role, term) in [(\EInvoice.buyer, "buyer", "BT-44"), (\EInvoice.seller, "seller", "BT-27")] {
      guard self[keyPath: party].name == nil, let contact = self[keyPath: party].contact else { continue }
      warn(.missingTerm, "the \(role)'s name (\(term)) is missing; the contact's name is taken", at: contact.element)
      self[keyPath: party].name = contact
      self[keyPath: party].contact = nil
    }
  }
}
