/// The bill record, version 1, as the layout language sees it: names, types and slots.
///
/// A slot enumeration lists its record's fields in order; its raw value is the slot that ``RecordValue/value(at:)`` is asked for. As a coding key
/// it knows the field's name; to ask for that of any other case, the runtime looks through all libraries first.
public enum BillSchema {
  /// The bill's top-level fields.
  public enum Slot: Int, CaseIterable, CodingKey {
    case v, account, invoice, kind, issued, due, period, currency, language, segment, jurisdiction, customer, delivery, consent, format,
      balance, sections, taxes, totals, payment, usage, extra
  }
  /// `period`.
  public enum Period: Int, CaseIterable, CodingKey { case from, to }
  /// `customer`.
  public enum Customer: Int, CaseIterable, CodingKey { case name, address, postal, email }
  /// `customer.postal`.
  public enum Postal: Int, CaseIterable, CodingKey { case city, region, code, country, imb_routing }
  /// `consent`.
  public enum Consent: Int, CaseIterable, CodingKey { case date, source, scope, evidence }
  /// `balance`.
  public enum Balance: Int, CaseIterable, CodingKey { case previous, payments, adjustments }
  /// An element of `sections`.
  public enum Section: Int, CaseIterable, CodingKey { case title, lines, subtotal }
  /// An element of `sections[].lines`.
  public enum Line: Int, CaseIterable, CodingKey { case date, description, quantity, unit, price, amount }
  /// An element of `taxes`.
  public enum Tax: Int, CaseIterable, CodingKey { case label, rate, base, amount }
  /// `totals`.
  public enum Totals: Int, CaseIterable, CodingKey { case charges, due }
  /// `payment`.
  public enum Payment: Int, CaseIterable, CodingKey { case iban, name, reference, scan_line }
  /// An element of `usage`.
  public enum Usage: Int, CaseIterable, CodingKey { case label, value }
  /// `campaign`, which is not part of the record: absent as a whole where the bill carries neither notice nor terms.
  public enum Campaign: Int, CaseIterable, CodingKey {
    case mode, phase, active, announce, remind, final, terms, optIn, notice, company, keep, paper, email
  }
  /// `campaign.terms`.
  public enum CampaignTerms: Int, CaseIterable, CodingKey { case version, effective, place }
  /// `campaign.opt-in`.
  public enum CampaignOptIn: Int, CaseIterable, CodingKey { case show, phone, hours, open, link, token }
  /// `campaign.opt-in.open`.
  public enum CampaignOpenAddress: Int, CaseIterable, CodingKey { case show }
  /// `campaign.keep`.
  public enum CampaignKeep: Int, CaseIterable, CodingKey { case how, by }
  /// `campaign.paper`.
  public enum CampaignPaper: Int, CaseIterable, CodingKey { case fee }
  /// `campaign.email`.
  public enum CampaignEmail: Int, CaseIterable, CodingKey { case subject, preheader, postalAddress, unsubscribe }

  /// The type of a bill whose `extra` has the declared fields.
  public static func bill(extra: RecordType = RecordType("extra", [])) -> RecordType {
    record("bill", Slot.self, identifiers: [.account, .invoice]) { slot in
      switch slot {
      case .v: .number
      case .account, .invoice, .kind, .currency, .language, .delivery, .format: .text
      case .issued: .date
      case .due: .optional(.date)
      case .period: .optional(.record(period))
      case .segment, .jurisdiction: .optional(.text)
      case .customer: .record(customer)
      case .consent: .optional(.record(consent))
      case .balance: .record(record("balance", Balance.self) { _ in .amount })
      case .sections: .list(.record(section))
      case .taxes: .list(.record(tax))
      case .totals: .record(record("totals", Totals.self) { _ in .amount })
      case .payment:
        .optional(.record(record("payment", Payment.self, identifiers: [.iban, .reference, .scan_line]) { _ in .optional(.text) }))
      case .usage: .list(.record(usage))
      case .extra: .record(extra)
      }
    }
  }

  /// The type of a bill without declared extra fields.
  public static let standard = bill()

  /// Both ends are there: a period that lacks one is shown to layouts as none at all.
  static let period = record("period", Period.self) { _ in .date }

  static let customer = record("customer", Customer.self, identifiers: [.email]) { field in
    switch field {
    case .name: .text
    case .address: .list(.text)
    case .postal: .optional(.record(record("postal", Postal.self) { _ in .optional(.text) }))
    case .email: .optional(.text)
    }
  }

  static let consent = record("consent", Consent.self) { $0 == .date ? .optional(.date) : .optional(.text) }

  static let section = record("section", Section.self) { field in
    switch field {
    case .title: .text
    case .lines: .list(.record(line))
    case .subtotal: .amount
    }
  }

  static let line = record("line", Line.self) { field in
    switch field {
    case .date: .optional(.date)
    case .description: .text
    case .quantity, .price: .optional(.number)
    case .unit: .optional(.text)
    case .amount: .amount
    }
  }

  static let tax = record("tax", Tax.self) { field in
    switch field {
    case .label: .text
    case .rate: .optional(.number)
    case .base: .optional(.amount)
    case .amount: .amount
    }
  }

  /// A value that is null is a gap in a chart and prints nothing; a layout need not say so each time.
  static let usage = record("usage", Usage.self) { $0 == .label ? .text : .number }

  /// What a campaign may lack; of one that is at hand it is known which it has.
  public struct CampaignParts: OptionSet, Sendable {
    /// A bit for each part.
    public let rawValue: Int
    /// Makes a set of its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// `company`.
    public static let company = CampaignParts(rawValue: 1)
    /// `keep`.
    public static let keep = CampaignParts(rawValue: 2)
    /// `keep.by`.
    public static let lastDay = CampaignParts(rawValue: 4)
    /// `opt-in.hours`, in every language.
    public static let hours = CampaignParts(rawValue: 8)
    /// `opt-in.open`.
    public static let openAddress = CampaignParts(rawValue: 16)
  }

  /// The type of `campaign` where the bill carries a notice or terms, whatever the campaign.
  public static let campaign = campaign(having: [])

  /// The type of `campaign` where the bill carries a notice or terms of a campaign that has these parts: they need no word on what holds without
  /// them.
  public static func campaign(having parts: CampaignParts) -> RecordType { campaign(having: parts, isEmail: false) }

  /// - Parameter isEmail: Whether what only an e-mail has may be named.
  static func campaign(having parts: CampaignParts, isEmail: Bool) -> RecordType {
    let email = isEmail ? nil : onlyInEmail
    func type(_ type: ValueType, if part: CampaignParts) -> ValueType { parts.contains(part) ? type : .optional(type) }
    return record("campaign", Campaign.self, names: [.optIn: "opt-in"], withheld: email.map { [.email: $0] } ?? [:]) { field in
      switch field {
      case .mode, .phase: .text
      case .active, .announce, .remind, .final: .date
      case .terms: .record(record("terms", CampaignTerms.self) { $0 == .effective ? .date : .text })
      case .notice: .optional(.text)
      case .company: type(.text, if: .company)
      case .optIn:
        .record(
          record("opt-in", CampaignOptIn.self, withheld: email.map { [.link: $0, .token: $0] } ?? [:]) { field in
            switch field {
            case .show, .phone, .link: .text
            case .token: .optional(.text)
            case .hours: type(.text, if: .hours)
            case .open: type(.record(record("open", CampaignOpenAddress.self) { _ in .text }), if: .openAddress)
            }
          })
      case .keep: type(.record(record("keep", CampaignKeep.self) { $0 == .how ? .text : type(.date, if: .lastDay) }), if: .keep)
      // Absent, too, on bills in another currency than the fee's.
      case .paper: .optional(.record(record("paper", CampaignPaper.self) { _ in .amount }))
      case .email: .record(record("email", CampaignEmail.self, names: [.postalAddress: "postal-address"]) { _ in .text })
      }
    }
  }

  /// The words a field of few words can have; `nil` for all others.
  static func words(of fact: Scope.Fact) -> [String]? {
    switch (fact.root, fact.slots) {
    case (.bill, [Slot.kind.rawValue]): ["bill", "credit", "termination", "final"]
    case (.bill, [Slot.delivery.rawValue]): ["paper", "electronic", "both"]
    case (.bill, [Slot.format.rawValue]): ["standard", "large-print"]
    case (.campaign, [Campaign.mode.rawValue]): ["optional", "required"]
    case (.campaign, [Campaign.phase.rawValue]): ["announce", "remind", "final", "active"]
    case (.campaign, [Campaign.terms.rawValue, CampaignTerms.place.rawValue]): ["bill", "leaflet", "none"]
    default: nil
    }
  }

  private static func record<Slot: CaseIterable & RawRepresentable & Hashable & CodingKey>(
    _ name: String, _: Slot.Type, names: [Slot: String] = [:], identifiers: Set<Slot> = [], withheld: [Slot: String] = [:],
    _ type: (Slot) -> ValueType
  ) -> RecordType where Slot.RawValue == Int {
    RecordType(
      name,
      Slot.allCases.map {
        RecordType.Field(names[$0] ?? $0.stringValue, type($0), isIdentifier: identifiers.contains($0), withheld: withheld[$0])
      })
  }
}
