public import Dates
public import JSON
public import Languages
public import Money

/// One customer's bill: a record of version 1, complete and checked.
///
/// Made by ``BillReader``; texts are free of control characters and bidi overrides, amounts have no more decimals than the currency, and the
/// sums add up. Everything a record may leave out is either optional here or has the neutral value design gives it (zero, empty).
public struct Bill: Sendable, Hashable {
  /// What the bill is for the customer.
  public enum Kind: String, Sendable, CaseIterable {
    case bill, credit, termination, final
  }

  /// How the customer receives the bill.
  public enum Delivery: String, Sendable, CaseIterable {
    case paper, electronic, both
  }

  /// The edition the customer asked for.
  public enum Format: String, Sendable, CaseIterable {
    case standard
    case largePrint = "large-print"
  }

  /// The days the charges cover.
  public struct Period: Sendable, Hashable {
    /// The first day.
    public var from: PlainDate?
    /// The last day.
    public var to: PlainDate?
    package init(from: PlainDate? = nil, to: PlainDate? = nil) { (self.from, self.to) = (from, to) }
  }

  /// The customer's agreement to electronic bills.
  public struct Consent: Sendable, Hashable {
    /// When the customer agreed.
    public var date: PlainDate?
    /// Where the agreement came from: web, phone, letter.
    public var source: String?
    /// What the customer agreed to.
    public var scope: String?
    /// What proves it.
    public var evidence: String?
    package init(date: PlainDate? = nil, source: String? = nil, scope: String? = nil, evidence: String? = nil) {
      (self.date, self.source, self.scope, self.evidence) = (date, source, scope, evidence)
    }
  }

  /// What came before this bill's charges; parts the record leaves out are zero.
  public struct Balance: Sendable, Hashable {
    /// The last bill's amount due.
    public var previous: Amount
    /// What was paid since; negative.
    public var payments: Amount
    /// Corrections and late charges.
    public var adjustments: Amount
    /// Makes a balance; what is not given is zero.
    public init(previous: Amount = .zero, payments: Amount = .zero, adjustments: Amount = .zero) {
      (self.previous, self.payments, self.adjustments) = (previous, payments, adjustments)
    }
  }

  /// A tax on the charges.
  public struct Tax: Sendable, Hashable {
    /// Empty where the record names none.
    public var label: String
    /// In percent.
    public var rate: Amount?
    /// What the rate applies to.
    public var base: Amount?
    /// Zero where the record has none.
    public var amount: Amount
    package init(label: String, rate: Amount? = nil, base: Amount? = nil, amount: Amount) {
      (self.label, self.rate, self.base, self.amount) = (label, rate, base, amount)
    }
  }

  /// The two figures every bill has.
  public struct Totals: Sendable, Hashable {
    /// This bill's charges with taxes.
    public var charges: Amount
    /// What is to be paid; negative for a credit.
    public var due: Amount
    package init(charges: Amount, due: Amount) { (self.charges, self.due) = (charges, due) }
  }

  /// Where and how to pay.
  public struct Payment: Sendable, Hashable {
    /// The account to pay to (ISO 13616); not checked.
    public var iban: String?
    /// The payee.
    public var name: String?
    /// What the payer is to quote.
    public var reference: String?
    /// The line a lockbox machine reads (`scan_line`).
    public var scanLine: String?
    package init(iban: String? = nil, name: String? = nil, reference: String? = nil, scanLine: String? = nil) {
      (self.iban, self.name, self.reference, self.scanLine) = (iban, name, reference, scanLine)
    }
  }

  /// One bar of the usage history.
  public struct Usage: Sendable, Hashable {
    /// What stands below the bar, such as a month.
    public var label: String
    /// `nil` for a period without a figure: a gap in a chart.
    public var value: Amount?
    package init(label: String, value: Amount?) { (self.label, self.value) = (label, value) }
  }

  /// 1–200 characters without control characters; its UTF-8 bytes are the identity.
  public var account: String
  /// Like ``account``.
  public var invoice: String
  /// Which of several lists of invoice numbers ``invoice`` stands in, such as a seller and a year: 1–100 characters; with account and invoice it
  /// is the bill's identity. `nil` where the record names none.
  public var series: String?
  /// What the bill is for the customer.
  public var kind: Kind
  /// The day of issue.
  public var issued: PlainDate
  /// `nil`: nothing to pay, or no day named.
  public var due: PlainDate?
  /// The days charged for, if given.
  public var period: Period?
  /// The currency of every amount.
  public var currency: Currency
  /// The customer's language.
  public var language: LanguageTag
  /// The kind of customer, such as `residential`.
  public var segment: String?
  /// Whose rules apply, such as `US-OR`.
  public var jurisdiction: String?
  /// Whom the bill addresses.
  public var customer: Party
  /// How the customer receives the bill.
  public var delivery: Delivery
  /// The agreement to electronic bills, if there is one.
  public var consent: Consent?
  /// The edition the customer asked for.
  public var format: Format
  /// All zero where the record has none.
  public var balance: Balance
  /// The charges in their groups; may be empty.
  public var sections: [Section]
  /// May be empty.
  public var taxes: [Tax]
  /// Charges and amount due.
  public var totals: Totals
  /// Where and how to pay, if given.
  public var payment: Payment?
  /// The usage history in the order of the record; may be empty.
  public var usage: [Usage]
  /// What the layout's `<fields>` read; always an object.
  public var extra: JSONValue

  /// Makes a bill of its parts, unchecked.
  public init(
    account: String, invoice: String, series: String? = nil, kind: Kind, issued: PlainDate, due: PlainDate?, period: Period? = nil,
    currency: Currency, language: LanguageTag, segment: String? = nil, jurisdiction: String? = nil, customer: Party, delivery: Delivery,
    consent: Consent? = nil, format: Format = .standard, balance: Balance = Balance(), sections: [Section], taxes: [Tax] = [],
    totals: Totals, payment: Payment? = nil, usage: [Usage] = [], extra: JSONValue = .object([])
  ) {
    (self.account, self.invoice, self.series, self.kind, self.issued, self.due) = (account, invoice, series, kind, issued, due)
    (self.period, self.currency, self.language, self.segment, self.jurisdiction) = (period, currency, language, segment, jurisdiction)
    (self.customer, self.delivery, self.consent, self.format) = (customer, delivery, consent, format)
    (self.balance, self.sections, self.taxes, self.totals, self.payment) = (balance, sections, taxes, totals, payment)
    (self.usage, self.extra) = (usage, extra)
  }

  /// Whether the piece goes through the post: everything but `electronic`.
  public var isPrinted: Bool { delivery != .electronic }
}
