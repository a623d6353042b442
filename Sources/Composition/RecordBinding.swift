public import Billing
internal import Campaigns
internal import Dates
internal import Languages
public import LayoutLanguage
internal import Money

/// A bill in the slots the layout language compiles paths to (``LayoutLanguage/BillSchema``).
///
/// A class, so that handing it to an expression copies a reference and not the bill.
public final class BillRecord: RecordValue {
  package let bill: Bill
  private let extra: any RecordValue

  /// Binds a bill; `extra` are its declared extra fields in the order of their declaration.
  public init(_ bill: Bill, extra: any RecordValue) { (self.bill, self.extra) = (bill, extra) }

  /// The field in that slot of ``LayoutLanguage/BillSchema/Slot``; absent for a slot the schema does not have.
  public func value(at slot: Int) -> Value {
    guard let slot = BillSchema.Slot(rawValue: slot) else { return .absent }
    switch slot {
    case .v: return .number(.one)
    case .account: return .text(bill.account)
    case .invoice: return .text(bill.invoice)
    case .kind: return .text(bill.kind.rawValue)
    case .issued: return .date(bill.issued)
    case .due: return .optional(bill.due)
    case .period:
      // A period with one end missing cannot be printed as one, so layouts see none at all.
      guard let from = bill.period?.from, let to = bill.period?.to else { return .absent }
      return .record(ValueRecord([.date(from), .date(to)]))
    case .currency: return .text(bill.currency.code)
    case .language: return .text(bill.language.text)
    case .segment: return .optional(bill.segment)
    case .jurisdiction: return .optional(bill.jurisdiction)
    case .customer: return .record(PartyRecord(party: bill.customer))
    case .delivery: return .text(bill.delivery.rawValue)
    case .consent:
      return bill.consent.map {
        .record(ValueRecord([.optional($0.date), .optional($0.source), .optional($0.scope), .optional($0.evidence)]))
      } ?? .absent
    case .format: return .text(bill.format.rawValue)
    case .balance:
      return .record(ValueRecord([.amount(bill.balance.previous), .amount(bill.balance.payments), .amount(bill.balance.adjustments)]))
    case .sections: return .list(MappedList(bill.sections) { .record(SectionRecord(section: $0)) })
    case .taxes: return .list(MappedList(bill.taxes) { .record(TaxRecord(tax: $0)) })
    case .totals: return .record(ValueRecord([.amount(bill.totals.charges), .amount(bill.totals.due)]))
    case .payment:
      return bill.payment.map {
        .record(ValueRecord([.optional($0.iban), .optional($0.name), .optional($0.reference), .optional($0.scanLine)]))
      } ?? .absent
    case .usage:
      return .list(MappedList(bill.usage) { .record(ValueRecord([.text($0.label), .optional(number: $0.value)])) })
    case .extra: return .record(extra)
    }
  }
}

package struct PartyRecord: RecordValue {
  package let party: Party

  package func value(at slot: Int) -> Value {
    switch BillSchema.Customer(rawValue: slot) {
    case .name: .text(party.name)
    case .address: .list(MappedList(party.address) { .text($0) })
    case .postal:
      party.postal.map {
        .record(
          ValueRecord([.optional($0.city), .optional($0.region), .optional($0.code), .optional($0.country), .optional($0.imbRouting)]))
      } ?? .absent
    case .email: .optional(party.email)
    case nil: .absent
    }
  }
}

package struct SectionRecord: RecordValue {
  package let section: Section

  package func value(at slot: Int) -> Value {
    switch BillSchema.Section(rawValue: slot) {
    case .title: .text(section.title)
    case .lines: .list(LineList(lines: section.lines))
    case .subtotal: .amount(section.subtotal)
    case nil: .absent
    }
  }
}

/// The lines of a section, made into values one at a time: a section may have 90,000.
package struct LineList: ValueList {
  package let lines: [ChargeLine]
  package var count: Int { lines.count }
  package func value(at index: Int) -> Value { .record(LineRecord(line: lines[index])) }
}

package struct LineRecord: RecordValue {
  package let line: ChargeLine

  package func value(at slot: Int) -> Value {
    switch BillSchema.Line(rawValue: slot) {
    case .date: .optional(line.date)
    case .description: .text(line.description)
    case .quantity: .optional(number: line.quantity)
    case .unit: .optional(line.unit)
    case .price: .optional(number: line.price)
    case .amount: .amount(line.amount)
    case nil: .absent
    }
  }
}

package struct TaxRecord: RecordValue {
  package let tax: Bill.Tax

  package func value(at slot: Int) -> Value {
    switch BillSchema.Tax(rawValue: slot) {
    case .label: .text(tax.label)
    case .rate: .optional(number: tax.rate)
    case .base: .optional(amount: tax.base)
    case .amount: .amount(tax.amount)
    case nil: .absent
    }
  }
}
