import Billing
import Dates
import Diagnostics
import JSON
import Languages
import Money
import Sampling
import Testing

@Suite struct ExtremeBillsTests {
  typealias Kind = ExtremeBills.Kind

  static let fields = [
    SampleField(path: "extra.meter", kind: .text, isOptional: true, sample: "E-4471-09"),
    SampleField(path: "extra.code", kind: .text, isOptional: false, sample: "40012345"),
    SampleField(path: "extra.bare", kind: .text, isOptional: false, sample: nil),
    SampleField(path: "extra.readings", kind: .list, isOptional: true, sample: nil),
    SampleField(path: "extra.readings[].kwh", kind: .number, isOptional: false, sample: "412.5"),
    SampleField(path: "extra.readings[].on", kind: .date, isOptional: false, sample: "2026-11-19"),
    SampleField(path: "extra.readings[].estimated", kind: .flag, isOptional: true, sample: "yes"),
    SampleField(path: "extra.readings[].parts[].name", kind: .text, isOptional: false, sample: nil),
    SampleField(path: "extra.readings[].parts[].more[].deep[]", kind: .text, isOptional: false, sample: nil),
    SampleField(path: "extra.plan.name", kind: .text, isOptional: false, sample: "Say \"9\""),
    SampleField(path: "extra.plan.since", kind: .date, isOptional: true, sample: nil),
    SampleField(path: "extra.fee", kind: .amount, isOptional: false, sample: "0.05"),
    SampleField(path: "extra.notes[]", kind: .text, isOptional: false, sample: "Note 1"),
    SampleField(path: "extra.remarks[]", kind: .text, isOptional: true, sample: nil),
    SampleField(path: "extra.bag", kind: .record, isOptional: false, sample: nil),
    SampleField(path: "extra.rows[]", kind: .record, isOptional: false, sample: nil),
    SampleField(path: "extra.words", kind: .list, isOptional: false, sample: nil),
  ]

  static let base = Array(
    """
    {"v":1,"account":"4400-1182-07","invoice":"R/2026/11/4711","kind":"final","issued":"2026-11-23","due":"2026-12-14",\
    "period":{"from":"2026-10-20","to":"2026-11-19"},"currency":"EUR","language":"de-AT","segment":"Haushalt","jurisdiction":"AT",\
    "customer":{"name":"Ana Petrović","address":["Gasse 1"],"postal":{"city":"Wien","code":"1010","country":"AT"}},"delivery":"both",\
    "consent":null,"format":"large-print","sections":[],"totals":{"charges":"0","due":"0"},\
    "payment":{"iban":"AT611904300234573201","name":"Stadtwerke"},"usage":[{"label":"Dez","value":"412"}],"extra":{"meter":"M-1"}}
    """.utf8)

  /// Sets of bills for companies that differ in all that matters.
  static let sets: [(name: String, bills: ExtremeBills)] = [
    ("plain", ExtremeBills(languages: ["en-US", "es-US"], formats: ["standard", "large-print"])),
    ("fields", ExtremeBills(languages: ["en-US"], formats: ["standard", "large-print"], fields: fields)),
    ("base", ExtremeBills(languages: ["de", "sr"], formats: ["standard", "large-print"], fields: fields, base: base)),
    ("yen", ExtremeBills(languages: ["ja"], formats: ["standard"], fields: fields, currency: "JPY", issued: PlainDate("2028-02-29"))),
    ("dinar", ExtremeBills(languages: ["ar", "he"], formats: ["large-print"], fields: fields, currency: "BHD")),
    ("four decimals", ExtremeBills(languages: ["ru", "el"], formats: [], currency: "UYW")),
    ("last day", ExtremeBills(languages: [], formats: [], currency: "?", issued: PlainDate("9999-12-31"))),
    ("first day", ExtremeBills(languages: ["no language"], formats: [], base: Array("{}".utf8), issued: PlainDate("0001-01-01"))),
  ]

  /// The records of all sets, made once.
  static let records = sets.reduce(into: [:]) { $0[$1.name] = $1.bills.records() }

  static func bills(_ name: String, _ kind: Kind) throws -> [Bill] {
    try #require(records[name]).filter { $0.kind == kind }.map { try BillReader(strictLines: true).read($0.json).bill }
  }

  static func bill(_ name: String, _ kind: Kind) throws -> Bill { try #require(try bills(name, kind).first) }

  /// Every text a page may show that is not a number of account, invoice or payment.
  static func texts(_ bill: Bill) -> [String] {
    [bill.customer.name] + bill.customer.address + bill.sections.map(\.title)
      + bill.sections.flatMap { $0.lines.flatMap { [$0.description, $0.unit ?? ""] } } + bill.taxes.map(\.label) + bill.usage.map(\.label)
  }

  @Test(arguments: 0..<8) func everyRecordIsReadWithoutFaultOrWarning(set: Int) throws {
    let name = ExtremeBillsTests.sets[set].name
    for record in try #require(ExtremeBillsTests.records[name]) {
      #expect(!record.json.contains(UInt8(ascii: "\n")) && !record.detail.isEmpty)
      #expect(record.json.count <= ExtremeBills.maximumLength, "\(name): \(record.detail)")
      do throws(RecordFault) {
        #expect(try BillReader(strictLines: true).read(record.json).warnings.isEmpty)
      } catch {
        Issue.record("\(name): \(record.detail): \(error): \(String(decoding: record.json.prefix(3_000), as: UTF8.self))")
      }
    }
  }

  @Test(arguments: 0..<8) func sameInputGivesTheSameBytesAndNoTwoBillsAreOne(set: Int) throws {
    let (name, bills) = ExtremeBillsTests.sets[set]
    let records = try #require(ExtremeBillsTests.records[name])
    #expect(records.map(\.json) == bills.records().map(\.json))
    let read = try records.map { try BillReader().read($0.json).bill }
    #expect(Set(read.map(\.account)).count == records.count && Set(read.map(\.invoice)).count == records.count)
    #expect(Set(records.map { $0.kind.rawValue + $0.detail }).count == records.count)
  }

  @Test func everyKindOccursInTheOrderOfTheKinds() throws {
    let kinds = try #require(ExtremeBillsTests.records["fields"]).map(\.kind)
    #expect(Set(kinds) == Set(Kind.allCases))
    let places = kinds.compactMap { Kind.allCases.firstIndex(of: $0) }
    #expect(places == places.sorted())
    // What a layout does not have is not tried.
    let other = try #require(ExtremeBillsTests.records["four decimals"]).map(\.kind)
    #expect(!other.contains(.largePrint) && !other.contains(.fields))
  }

  @Test func leastHasOnlyWhatARecordMustHave() throws {
    let bill = try ExtremeBillsTests.bill("fields", .least)
    #expect(bill.due == nil && bill.period == nil && bill.segment == nil && bill.jurisdiction == nil && bill.payment == nil)
    #expect(bill.customer.postal == nil && bill.customer.email == nil && bill.customer.address.count == 1)
    #expect(bill.taxes.isEmpty && bill.usage.isEmpty && bill.totals.due.signum > 0)
    #expect(bill.sections[0].lines.contains { !$0.hasAmount } && bill.sections[0].lines.contains { $0.description.isEmpty })
    #expect(Set(bill.extra.members?.map(\.name) ?? []) == ["bag", "bare", "code", "fee", "notes", "plan", "rows", "words"])
    #expect(bill.extra["plan"]?.members?.map(\.name) == ["name"] && bill.extra["notes"]?.list == [])
  }

  @Test func mostHasEverythingARecordCanHave() throws {
    let bill = try ExtremeBillsTests.bill("fields", .most)
    #expect(bill.due != nil && bill.period?.from != nil && bill.segment != nil && bill.jurisdiction != nil)
    #expect(bill.customer.postal?.region != nil && bill.customer.postal?.imbRouting != nil && bill.customer.email != nil)
    #expect(bill.payment?.iban?.count == 34 && bill.payment?.name != nil && bill.payment?.reference != nil)
    #expect(bill.payment?.scanLine != nil && !bill.balance.adjustments.isZero)
    #expect(bill.sections.reduce(0) { $0 + $1.lines.count } == 90 && bill.taxes.count == 6 && bill.usage.count == 13)
    #expect(bill.extra["readings"]?.list?.count == 40 && bill.extra["words"]?.list?.count == 40)
    #expect(bill.extra["readings"]?.list?[0]["parts"]?.list?[0]["more"]?.list?[0]["deep"]?.list?.first?.text?.isEmpty == false)
    // The notice needs a bill without consent; one record has it all the same.
    #expect(bill.consent == nil && bill.isPrinted)
    let electronic = try ExtremeBillsTests.bill("fields", .electronic)
    #expect(electronic.consent?.evidence != nil && electronic.delivery == .electronic)
  }

  @Test func billsStandAsTheirKindsSay() throws {
    #expect(try ExtremeBillsTests.bills("plain", .credit).allSatisfy { $0.totals.due.isNegative })
    #expect(try ExtremeBillsTests.bills("plain", .credit).map(\.kind) == [.bill, .credit])
    let zero = try ExtremeBillsTests.bill("plain", .zeroDue)
    #expect(zero.totals.due.isZero && !zero.totals.charges.isZero && zero.due == nil)
    let unnamed = try ExtremeBillsTests.bill("plain", .noDueDate)
    #expect(unnamed.due == nil && unnamed.totals.due.signum > 0)
    #expect(try ExtremeBillsTests.bill("plain", .finalBill).kind == .final)
    #expect(try ExtremeBillsTests.bill("plain", .termination).kind == .termination)
    let overdue = try ExtremeBillsTests.bill("plain", .overdue)
    #expect(overdue.balance.previous.signum > 0 && overdue.balance.payments.isZero)
    #expect(try ExtremeBillsTests.bill("plain", .returnedPayment).balance.payments.signum > 0)
    let negative = try ExtremeBillsTests.bill("plain", .negativeLines)
    #expect(negative.sections.contains { $0.subtotal.isNegative } && negative.taxes.contains { $0.amount.isNegative })
    #expect(negative.sections.flatMap(\.lines).contains { $0.amount.signum > 0 })
  }

  @Test func countsAreWhatTheirKindsSay() throws {
    func lines(_ bill: Bill) -> Int { bill.sections.reduce(0) { $0 + $1.lines.count } }
    let none = try ExtremeBillsTests.bills("plain", .noLines)
    #expect(none.map { $0.sections.count } == [0, 2] && none.allSatisfy { lines($0) == 0 })
    #expect(lines(try ExtremeBillsTests.bill("plain", .oneLine)) == 1)
    #expect(lines(try ExtremeBillsTests.bill("plain", .manyLines)) == 300)
    #expect(try ExtremeBillsTests.bill("plain", .manySections).sections.count == 61)
    #expect(try ExtremeBillsTests.bill("plain", .manyTaxes).taxes.count == 24)
    #expect(try ExtremeBillsTests.bill("plain", .longAddress).customer.address.count == RecordLimits.addressLines)
    let histories = try ExtremeBillsTests.bills("plain", .history).map(\.usage)
    #expect(histories.map(\.count) == [13, 13, 13, 13, 1, 2, 60, 0])
    #expect(histories[0].filter { $0.value?.isZero == true }.count == 12)
    #expect(histories[1].contains { $0.value?.isNegative == true } && histories[1].contains { ($0.value?.signum ?? 0) > 0 })
    #expect(histories[3].first?.value == nil && histories[3].last?.value == nil && histories[3].contains { $0.value != nil })
  }

  @Test(arguments: [("plain", 2), ("yen", 0), ("dinar", 3), ("four decimals", 4)]) func widestAmountsHaveTwelveDigits(
    set: String, decimals: Int
  ) throws {
    let bills = try ExtremeBillsTests.bills(set, .wideAmounts)
    #expect(bills.map(\.totals.due) == [999_999_999_999, -999_999_999_999].map { Amount(mantissa: $0, scale: decimals) })
    for bill in bills {
      let amounts =
        [bill.balance.previous, bill.balance.payments, bill.balance.adjustments, bill.totals.charges]
        + bill.sections.map(\.subtotal) + bill.sections.flatMap(\.lines).map(\.amount) + bill.taxes.map(\.amount)
      #expect(amounts.allSatisfy { String($0.mantissa.magnitude).count == 12 && Int($0.scale) == decimals })
    }
    let fine = try ExtremeBillsTests.bill(set, .manyDecimals).sections.flatMap(\.lines)
    #expect(fine.allSatisfy { $0.quantity?.decimals == 6 && $0.price?.decimals == 8 })
  }

  @Test func longTextsAreLong() throws {
    #expect(try ExtremeBillsTests.bill("plain", .longName).customer.name.count == 120)
    let long = try ExtremeBillsTests.bill("fields", .longTexts)
    #expect(long.customer.address.count == 7 && long.customer.address.allSatisfy { $0.count == 35 })
    #expect(long.sections.allSatisfy { $0.title.count == 110 && $0.lines.allSatisfy { $0.description.count == 250 } })
    // Four times its sample where there is one, within bounds.
    #expect(long.extra["meter"]?.text?.count == 40 && long.extra["bare"]?.text?.count == 120)
    // A code keeps its form: it may become a barcode.
    #expect(long.extra["code"]?.text == "40012345")
    let numbers = try ExtremeBillsTests.bill("plain", .longNumbers)
    #expect(numbers.account.count == 35 && numbers.invoice.count == 35)
  }

  @Test func longWordsHaveNoPlaceToBreak() throws {
    for bill in try ExtremeBillsTests.bills("fields", .longWords) {
      for text in ExtremeBillsTests.texts(bill) + [bill.extra["bare"]?.text ?? ""] {
        #expect(text.count >= 14 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }, "\(text)")
        // No run of letters is long enough for a hyphen.
        #expect(text.split(whereSeparator: \.isNumber).allSatisfy { $0.count <= 2 })
      }
      #expect(bill.sections[0].lines[0].description.count == 80)
    }
  }

  @Test func textsAreOfTheSortTheirKindsSay() throws {
    func texts(_ kind: Kind, _ index: Int = 0) throws -> [String] {
      ExtremeBillsTests.texts(try ExtremeBillsTests.bills("base", kind)[index])
    }
    #expect(try texts(.emptyTexts).allSatisfy(\.isEmpty))
    #expect(try texts(.digits).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    #expect(try texts(.markup).joined().contains("<b>") && texts(.markup).joined().contains("{totals.due | money}"))
    #expect(try texts(.markup).allSatisfy { $0.contains { "<>{}&*$\\#".contains($0) } })
    func has(_ text: String, _ scalars: ClosedRange<UInt32>) -> Bool { text.unicodeScalars.contains { scalars.contains($0.value) } }
    #expect(try texts(.rightToLeft).allSatisfy { has($0, 0x5D0...0x5EA) && has($0, 0x41...0x7A) && has($0, 0x30...0x39) })
    #expect(try texts(.rightToLeft, 1).allSatisfy { has($0, 0x621...0x64A) })
    #expect(try texts(.tallMarks).allSatisfy { has($0, 0x300...0x331) || has($0, 0x1E00...0x1EFF) || has($0, 0x100...0x1FF) })
    let month = try ExtremeBillsTests.bill("base", .wideDates)
    #expect(month.due?.month == 9 && month.period?.from?.month == 9 && month.period?.to?.month == 9)
  }

  @Test func declaredFieldsGoToTheirEnds() throws {
    let extras = try ExtremeBillsTests.bills("dinar", .fields).map(\.extra)
    func first(_ index: Int, _ name: String) -> JSONValue? { extras[index]["readings"]?.list?.first?[name] }
    #expect(extras.map { $0["readings"]?.list?.count } == [40, 1, 0, 40, nil])
    #expect(extras.map { $0["fee"]?.text } == ["999999999.999", "-999999999.999", "0", "0.05", "0.05"])
    #expect(first(0, "kwh")?.text == "999999.99" && first(1, "kwh")?.text == "-999999.99")
    #expect(first(0, "on")?.text == "9999-12-31" && first(1, "on")?.text == "1900-01-01")
    #expect(first(0, "estimated")?.flag == true && first(1, "estimated")?.flag == false)
    #expect(extras[4].members?.map(\.name).contains("meter") == false && extras[0]["meter"]?.text == "E-4471-09")
    // A list of which nothing is declared is one of texts, one declared with [] one of records.
    #expect(extras[1]["words"]?.list?.allSatisfy { $0.text != nil } == true)
    #expect(extras[1]["rows"]?.list == [.object([])] && extras[1]["bag"] == .object([]))
  }

  @Test func manyListsInListsStayWithinBounds() throws {
    let deep = (0..<100).map { SampleField(path: "extra.a[].b[].c[].d[].e[].f[].g\($0)[]", kind: .text, isOptional: false, sample: nil) }
    for record in ExtremeBills(languages: ["en"], formats: [], fields: deep).records() {
      #expect(record.json.count <= ExtremeBills.maximumLength)
      #expect(throws: Never.self) { try BillReader().read(record.json) }
    }
  }

  @Test func billsAreAtHomeWithTheBaseRecordAndNotItsCustomers() throws {
    let records = try #require(ExtremeBillsTests.records["base"])
    for record in records {
      let bill = try BillReader().read(record.json).bill
      #expect(bill.currency.code == "EUR" && bill.issued.iso == "2026-11-23")
      #expect(bill.payment.map { $0.iban == "AT611904300234573201" } ?? [.least, .noLines].contains(record.kind))
      #expect(!String(decoding: record.json, as: UTF8.self).contains("Petrovi"))
      #expect(!String(decoding: record.json, as: UTF8.self).contains("M-1\""))
    }
    let bill = try ExtremeBillsTests.bill("base", .oneLine)
    #expect(bill.language.text == "de-AT" && bill.jurisdiction == "AT" && bill.customer.postal?.country == "AT")
    #expect(bill.kind == .bill && bill.delivery == .paper && bill.format == .standard && bill.account.hasPrefix("0000-0000-"))
    #expect(bill.invoice.hasPrefix("R/0000/00/") && bill.usage.first?.label == "Dez" && bill.payment?.name == "Stadtwerke")
  }

  @Test func eachLanguageHasItsBillInItsScript() throws {
    #expect(try ExtremeBillsTests.bills("plain", .language).map(\.language.text) == ["en-US", "es-US"])
    let cyrillic = try ExtremeBillsTests.bills("base", .language)[1]
    #expect(cyrillic.language.text == "sr" && cyrillic.customer.name.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) })
    let arabic = try ExtremeBillsTests.bill("dinar", .language)
    #expect(arabic.customer.name.unicodeScalars.contains { (0x621...0x64A).contains($0.value) })
    #expect(try ExtremeBillsTests.bills("plain", .largePrint).allSatisfy { $0.format == .largePrint })
  }
}
