internal import Dates
internal import Money

/// What the payment terms of an invoice come to: when how much is due, until when which discount holds and what it leaves to pay.
///
/// Figures have the signs of the invoice. Sums are reckoned only where money is asked for, and where base and percentage are known.
struct PaymentSchedule {
  /// What a term is.
  enum Kind: String {
    /// A part of the amount.
    case instalment
    /// Discounts, penalties or days of its own.
    case terms
    /// Nothing but words.
    case text
    /// Nothing but the day all is due.
    case date
  }

  /// A discount with what it comes to.
  struct Discount {
    var condition: PaymentCondition
    /// How much is saved: as the invoice says, else reckoned.
    var amount: Amount?
    /// What is left to pay.
    var rest: Amount?
    /// The last day it holds.
    var by: PlainDate?
  }

  /// A term with what it comes to.
  struct Part {
    var term: PaymentTerm
    var kind: Kind
    /// How much is due by it, where it is a part.
    var amount: Amount?
    /// Its day, unless that is only the last day of a discount.
    var due: PlainDate?
    var discounts: [Discount] = []
  }

  /// All terms in their order.
  private(set) var parts: [Part] = []
  /// When money is due first: never the day of a discount where another one is known.
  private(set) var due: PlainDate?
  /// What is due then, where that is not all of it.
  private(set) var first: Amount?
  /// The discount on what is due first that ends first, if there is still time for it.
  private(set) var offer: Discount?
  /// BT-9, where it is another day than ``due`` and none of the terms' own.
  private(set) var otherDay: PlainDate?

  private let total: Amount
  /// Whether the invoice asks for money.
  private let asks: Bool
  private let issued: PlainDate
  private let decimals: Int
  private let mandate: String?

  init(_ invoice: EInvoice) {
    total = invoice.totals.due?.value ?? .zero
    asks = total > .zero && !invoice.isCredit
    (issued, decimals, mandate) = (invoice.issued.date, invoice.currency.currency.decimals, invoice.mandate?.text)
    let isPaidInPart = invoice.totals.paid.map { !$0.value.isZero } ?? false
    parts = invoice.paymentTerms.map { part($0) }
    if !isPaidInPart { share() }
    for index in parts.indices { parts[index].discounts = parts[index].term.discounts.map { discount($0, of: parts[index]) } }
    settleDays(stated: invoice.due?.date)
    for index in parts.indices where parts[index].kind == .terms && hasNothingToReckon(parts[index]) {
      parts[index].kind = parts[index].term.text.isEmpty ? .date : .text
    }
    makeOffer()
  }

  // MARK: Parts

  private func part(_ term: PaymentTerm) -> Part {
    var part = Part(term: term, kind: .terms)
    if let amount = term.amount?.value, !amount.isZero, amount != total, !isRest(amount, of: term) {
      (part.kind, part.amount) = (.instalment, amount)
    } else if let percent = term.percent?.value, percent != Amount(mantissa: 100) {
      part.kind = .instalment
    }
    let ownDays = term.discounts.map { $0.lastDay(from: issued) }
    if part.kind == .instalment || ownDays.allSatisfy({ $0 != nil && $0 != term.due?.date }) { part.due = term.due?.date }
    return part
  }

  /// Whether an amount is what a discount on everything leaves to pay.
  private func isRest(_ amount: Amount, of term: PaymentTerm) -> Bool {
    term.discounts.contains { condition in
      guard let saved = saving(condition, on: total), let rest = try? total.subtracting(saved) else { return false }
      return rest == amount
    }
  }

  /// Reckons the amounts of parts given in percent; where they are all of it, the last takes what rounding leaves.
  private mutating func share() {
    guard asks else { return }
    let shares = parts.indices.filter { parts[$0].kind == .instalment && parts[$0].amount == nil }
    for index in shares {
      guard let percent = parts[index].term.percent?.value else { continue }
      parts[index].amount = PaymentSchedule.share(percent, of: total, decimals)
    }
    guard let last = shares.last, shares.count == parts.count(where: { $0.kind == .instalment }),
      let sum = try? shares.reduce(Amount.zero, { try $0.adding(parts[$1].term.percent?.value ?? .zero) }), sum == Amount(mantissa: 100),
      let others = try? shares.dropLast().reduce(Amount.zero, { try $0.adding(parts[$1].amount ?? .zero) }),
      let rest = try? total.subtracting(others)
    else { return }
    parts[last].amount = rest
  }

  // MARK: Discounts

  private static func share(_ percent: Amount, of base: Amount, _ decimals: Int) -> Amount? {
    try? base.multiplied(by: percent).divided(by: Amount(mantissa: 100), decimals: decimals, rule: .halfUp)
  }

  /// What a discount saves; `nil` where that is not said and cannot be reckoned.
  private func saving(_ condition: PaymentCondition, on amount: Amount?) -> Amount? {
    if let stated = condition.amount?.value { return stated }
    guard asks, !condition.hasUnknownBase, let percent = condition.percent?.value, let base = condition.base?.value ?? amount, base > .zero
    else { return nil }
    let saved = PaymentSchedule.share(percent, of: base, decimals)
    return saved == .zero ? nil : saved
  }

  private func discount(_ condition: PaymentCondition, of part: Part) -> Discount {
    let amount = part.kind == .instalment ? part.amount : total
    var discount = Discount(condition: condition, amount: saving(condition, on: amount))
    discount.by = condition.lastDay(from: issued) ?? (condition.count == nil ? part.term.due?.date : nil)
    guard asks, let saved = discount.amount, let amount, let rest = try? amount.subtracting(saved), rest > .zero else { return discount }
    discount.rest = rest
    return discount
  }

  // MARK: Days

  /// - Parameter stated: BT-9 of UBL, which stands apart from the terms.
  private mutating func settleDays(stated: PlainDate?) {
    let instalments = parts.filter { $0.kind == .instalment && $0.due != nil }
    let others = parts.filter { $0.kind != .instalment && $0.discounts.isEmpty }.compactMap(\.due)
    let ofDiscounts = parts.flatMap(\.discounts).compactMap(\.by)
    var days = others
    // A day named for the whole is taken before those of the terms, unless it is a discount's.
    if let stated, others.isEmpty || !ofDiscounts.contains(stated) { days = [stated] }
    due = (days + instalments.compactMap(\.due)).min() ?? parts.compactMap(\.term.due?.date).max()
    if !instalments.isEmpty, let due, !others.contains(due) {
      let amounts = instalments.filter { $0.due == due }.map(\.amount)
      if !amounts.isEmpty, asks, let sum = try? amounts.reduce(Amount.zero, { try $0.adding($1 ?? total) }), sum > .zero, sum < total {
        first = sum
      }
    }
    if let stated, stated != due, !parts.contains(where: { $0.term.due?.date == stated }), !ofDiscounts.contains(stated) {
      otherDay = stated
    }
  }

  private func hasNothingToReckon(_ part: Part) -> Bool {
    let term = part.term
    return term.discounts.isEmpty && term.penalties.isEmpty && (term.mandate == nil || term.mandate?.text == mandate)
      && (part.due == nil || part.due == due)
  }

  private mutating func makeOffer() {
    guard asks else { return }
    let candidates = first == nil ? parts.filter { $0.kind != .instalment } : parts.filter { $0.kind == .instalment && $0.due == due }
    let offers = candidates.flatMap(\.discounts).filter { discount in
      guard let by = discount.by, by > issued else { return false }
      return discount.amount == nil || discount.rest != nil
    }
    offer = offers.min { ($0.by ?? issued) < ($1.by ?? issued) }
  }
}
