internal import Billing
internal import Diagnostics
internal import Money

/// Tells an invoice's totals of VAT apart: BT-110 is in its own currency (BT-5), BT-111 in that of the seller's accounting (BT-6).
///
/// What counts is the currency, never the order. Of several in the invoice's own currency BT-110 is the one that is broken down by category;
/// where that leaves several, the one (or their sum) that leads from BT-109 to BT-112.
struct VATTotals {
  private struct Candidate {
    var figure: Figure
    var isBrokenDown: Bool
    var group: InvoiceElement
  }

  private let currency: CheckedCurrency
  private let accounting: String?
  private var own: [Candidate] = []
  private var foreign: [(currency: String, amount: InvoiceElement)] = []

  init(currency: CheckedCurrency, accounting: String?) { (self.currency, self.accounting) = (currency, accounting) }

  /// Takes in a total; `group` is the element that holds it and its categories.
  mutating func add(_ amount: InvoiceElement, isBrokenDown: Bool, in group: InvoiceElement) throws(RecordFault) {
    if let code = amount.attribute("currencyID"), code != currency.currency.code {
      foreign.append((code, amount))
    } else if let figure = try amount.amount(currency) {
      own.append(Candidate(figure: figure, isBrokenDown: isBrokenDown, group: group))
    }
  }

  /// Sets BT-110 and BT-111.
  ///
  /// - Returns: The groups whose categories make up BT-110.
  func settle(_ totals: inout EInvoice.Totals) throws(RecordFault) -> [InvoiceElement] {
    if let other = foreign.first(where: { $0.currency == accounting }) ?? foreign.first {
      totals.vatAccounting = try other.amount.figure()
      totals.vatAccountingCurrency = other.currency
    }
    var chosen = own.filter(\.isBrokenDown)
    if chosen.isEmpty { chosen = own }
    if chosen.count > 1 {
      if let fitting = chosen.first(where: { leads(totals, $0.figure.value) }) {
        chosen = [fitting]
      } else if !chosen[0].isBrokenDown {
        chosen = [chosen[0]]
      }
    }
    guard let first = chosen.first else { return [] }
    var sum = first.figure
    for candidate in chosen.dropFirst() {
      do throws(AmountError) { sum.value = try sum.value.adding(candidate.figure.value) } catch {
        throw candidate.figure.element.fault(.outOfRange, "the sum up to here has more digits than can be kept exactly")
      }
    }
    totals.vat = sum
    let used = Set(chosen.map(\.figure.element.index))
    for candidate in own where !used.contains(candidate.figure.element.index) {
      if accounting == currency.currency.code, totals.vatAccounting == nil {
        (totals.vatAccounting, totals.vatAccountingCurrency) = (candidate.figure, accounting)
      } else {
        candidate.figure.element.markUnread()
      }
    }
    return chosen.map(\.group)
  }

  /// Whether BT-109 and this VAT make BT-112.
  private func leads(_ totals: EInvoice.Totals, _ vat: Amount) -> Bool {
    guard let net = totals.net?.value, let gross = totals.gross?.value, let sum = try? net.adding(vat) else { return false }
    return sum == gross
  }
}
