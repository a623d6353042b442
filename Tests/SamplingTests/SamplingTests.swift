import Billing
import Dates
import Diagnostics
import JSON
import Languages
import Money
import Sampling
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct SamplingTests {
  /// The sample of the company that comes with the project.
  static func larkspur() throws -> SampleSource {
    return try SampleSource.load(layout: Project.path("Layouts/larkspur"))
  }

  static let fields = [
    SampleField(path: "extra.meter", kind: .text, isOptional: true, sample: "E-4471-09"),
    SampleField(path: "extra.readings", kind: .list, isOptional: false, sample: nil),
    SampleField(path: "extra.readings[].kwh", kind: .number, isOptional: false, sample: "412.5"),
    SampleField(path: "extra.readings[].on", kind: .date, isOptional: false, sample: "2026-11-19"),
    SampleField(path: "extra.readings[].estimated", kind: .flag, isOptional: true, sample: nil),
    SampleField(path: "extra.plan.name", kind: .text, isOptional: false, sample: "Say \"9\""),
    SampleField(path: "extra.fee", kind: .amount, isOptional: false, sample: "0.05"),
    SampleField(path: "extra.notes[]", kind: .text, isOptional: false, sample: "Note 1"),
  ]

  @Test func everyRecordIsReadBackWithoutFaultOrWarning() throws {
    let sampler = BillSampler(try SamplingTests.larkspur(), fields: SamplingTests.fields, seed: 1)
    let reader = BillReader(strictLines: true)
    for index in 0..<1_500 {
      let bytes = sampler.record(index)
      do throws(RecordFault) {
        let (_, warnings) = try reader.read(bytes)
        #expect(warnings.isEmpty)
      } catch {
        Issue.record("\(error): \(String(decoding: bytes, as: UTF8.self))")
        return
      }
    }
  }

  @Test func sameSeedSameBytesAndARecordDependsOnItsNumberOnly() throws {
    let source = try SamplingTests.larkspur()
    let sampler = BillSampler(source, fields: SamplingTests.fields, seed: 7)
    var all: [UInt8] = []
    sampler.write(0..<60, to: &all)
    let lines = all.split(separator: UInt8(ascii: "\n")).map(Array.init)
    #expect(lines.count == 60)
    for index in [59, 3, 17] { #expect(BillSampler(source, fields: SamplingTests.fields, seed: 7).record(index) == lines[index]) }
    var other: [UInt8] = []
    BillSampler(source, fields: SamplingTests.fields, seed: 8).write(0..<60, to: &other)
    #expect(other != all)
  }

  @Test func everyKindOfBillOccurs() throws {
    let sampler = BillSampler(try SamplingTests.larkspur(), seed: 3)
    var counts: [String: Int] = [:]
    var accounts: Set<String> = []
    var invoices: Set<String> = []
    for index in 0..<2_000 {
      let bill = try BillReader().read(sampler.record(index)).bill
      func count(_ what: String, _ isSo: Bool) { if isSo { counts[what, default: 0] += 1 } }
      let lines = bill.sections.reduce(0) { $0 + $1.lines.count }
      count("38 lines", lines == 38)
      count("300 lines", lines == 300)
      count("out of range", lines != 300 && !(1...90).contains(lines))
      for language in ["en-US", "es-US"] { count(language, bill.language.text == language) }
      for kind in Bill.Kind.allCases { count("kind \(kind)", bill.kind == kind) }
      for delivery in Bill.Delivery.allCases { count("delivery \(delivery)", bill.delivery == delivery) }
      count("credit", bill.kind == .credit && bill.totals.due.isNegative && bill.due == nil)
      count("positive credit", bill.kind == .credit && !bill.totals.due.isNegative)
      count("zero", bill.totals.due.isZero && bill.due == nil)
      count("overdue", bill.balance.previous.signum > 0 && bill.balance.payments.isZero && bill.due != nil)
      count("large print", bill.format == .largePrint)
      count("consent", bill.consent != nil)
      count("thirteen months", bill.usage.count == 13)
      count("long name", bill.customer.name.count > 40)
      count("diacritics", bill.customer.name.utf8.count > bill.customer.name.count)
      count("four address lines", bill.customer.address.count == 3)
      count("issued", bill.issued.iso == "2026-11-23" && (bill.due == nil || bill.due?.iso == "2026-12-14"))
      accounts.insert(bill.account)
      invoices.insert(bill.invoice)
    }
    #expect((900...1_150).contains(counts["38 lines"] ?? 0))
    #expect(counts["300 lines"] == 4)
    #expect(counts["out of range"] == nil && counts["positive credit"] == nil)
    #expect((1_500...1_620).contains(counts["en-US"] ?? 0) && (380...500).contains(counts["es-US"] ?? 0))
    for what in [
      "kind bill", "kind credit", "kind final", "kind termination", "delivery paper", "delivery electronic", "delivery both", "credit",
      "zero", "overdue", "large print", "consent", "long name", "diacritics", "four address lines",
    ] {
      #expect(counts[what] ?? 0 > 10, "\(what)")
    }
    #expect(counts["thirteen months"] ?? 0 > 1_800 && counts["issued"] == 2_000)
    #expect(accounts.count == 2_000 && invoices.count == 2_000)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5]) func fortyBillsShowEverything(seed: UInt64) throws {
    let sampler = BillSampler(try SamplingTests.larkspur(), seed: seed)
    let bills = try (0..<40).map { try BillReader().read(sampler.record($0)).bill }
    #expect(Set(bills.map(\.language.text)) == ["en-US", "es-US"])
    #expect(Set(bills.map(\.delivery)) == Set(Bill.Delivery.allCases))
    #expect(bills.contains { $0.totals.due.isNegative })
    #expect(bills.contains { $0.totals.due.isZero })
    #expect(bills.contains { $0.format == .largePrint })
    #expect(bills.contains { $0.balance.previous.signum > 0 && $0.balance.payments.isZero })
  }

  @Test func declaredFieldsAreFilledLikeTheirSamples() throws {
    // Without a meter nothing is known of them.
    let sampler = BillSampler(
      try SampleSource.parse(Array(SamplingTests.small.utf8), name: "s.yaml"), fields: SamplingTests.fields, seed: 5)
    var (with, without) = (0, 0)
    for index in 0..<200 {
      let extra = try BillReader().read(sampler.record(index)).bill.extra
      if let meter = extra["meter"]?.text {
        with += 1
        let shape = meter.map { $0.isNumber ? "9" : $0 }
        #expect(String(shape) == "E-9999-99")
      } else {
        without += 1
      }
      let readings = try #require(extra["readings"]?.list)
      #expect((1...4).contains(readings.count))
      for reading in readings {
        #expect(try Amount(#require(reading["kwh"]?.text)).scale == 1)
        #expect(PlainDate(try #require(reading["on"]?.text)) != nil)
        #expect(reading["estimated"] == nil || reading["estimated"]?.flag != nil)
      }
      #expect(extra["plan"]?["name"]?.text?.hasPrefix("Say \"") == true)
      #expect(extra["fee"]?.text?.hasPrefix("0.") == true)
      #expect(extra["notes"]?.list?.allSatisfy { $0.text?.hasPrefix("Note ") == true } == true)
    }
    #expect(with > 120 && without > 10)
  }

  @Test func issueDateCanBeChosen() throws {
    let day = try #require(PlainDate("2028-03-01"))
    let bill = try BillReader().read(BillSampler(SamplingTests.larkspur(), seed: 1, issued: day).record(0)).bill
    #expect(bill.issued == day)
    #expect(bill.period?.to?.iso == "2028-02-26")
    #expect(bill.usage.isEmpty || bill.usage.last?.label == "Feb" || bill.usage.last?.label == "feb")
  }

  static let small = """
    billfold-sample: 1
    issued: 2026-01-15
    currency: JPY
    account: "######"
    invoice: "I-######"
    names: {given: [A], family: [B]}
    streets: [S]
    places: [{city: C, code: "1", country: JP}]
    address: ["{number} {street}"]
    languages:
      ja:
        months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        sections: [{title: T, items: [{description: D, quantity: "1.5..2.5", price: "33.3..99.9"}, {description: E, amount: "-5..10"}]}]
    """

  @Test func smallestSampleWorksInACurrencyWithoutDecimals() throws {
    let source = try SampleSource.parse(Array(SamplingTests.small.utf8), name: "s.yaml")
    let sampler = BillSampler(source, seed: 0)
    var accounts: Set<String> = []
    for index in 0..<500 {
      let (bill, warnings) = try BillReader(strictLines: true).read(sampler.record(index))
      #expect(warnings.isEmpty && bill.currency.code == "JPY" && bill.totals.charges.scale == 0)
      accounts.insert(bill.account)
    }
    #expect(accounts.count == 500)
  }

  @Test(arguments: [
    ("issued: 2026-01-15", "issued: today", "bad-date"), ("currency: JPY", "currency: YEN", "unknown-currency"),
    ("account: \"######\"", "account: \"#####\"", "bad-value"), ("account: \"######\"", "account: \"######{x}\"", "unknown-gap"),
    ("{number} {street}", "{number} {strete}", "unknown-gap"), ("{number} {street}", "{unit}", "missing-key"),
    ("months: [1, ", "months: [", "bad-value"), ("price: \"33.3..99.9\"", "price: \"99..33\"", "bad-value"),
    ("price: \"33.3..99.9\"", "amount: \"1\"", "bad-value"), ("amount: \"-5..10\"", "amount: \"0.5\"", "bad-value"),
    ("quantity: \"1.5..2.5\"", "quantity: \"9999999\"", "bad-value"), ("title: T", "titel: T", "unknown-key"),
    ("ja:", "j:", "bad-language"),
    ("streets: [S]", "streets: []", "bad-value"), ("billfold-sample: 1", "billfold-sample: 2", "bad-value"),
  ]) func faultsAreNamed(old: String, new: String, id: String) throws {
    try #require(SamplingTests.small.contains(old))
    let text = SamplingTests.small.replacing(old, with: new)
    do {
      _ = try SampleSource.parse(Array(text.utf8), name: "s.yaml")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics.contains { $0.id == id && $0.range != nil }, "\(error.diagnostics)")
    }
  }

  @Test func missingSampleFileIsNamed() {
    do {
      _ = try SampleSource.load(layout: "/nowhere")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics.map(\.message) == ["the sample file '/nowhere/sample.yaml' does not exist"])
    }
  }
}
