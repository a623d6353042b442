import Billing
import Dates
import Diagnostics
import Foundation
import JSON
import Sampling
import TestSupport
import Testing

/// Made-up bills of a metered service add up: reckoned anew by a program that knows no generator.
@Suite struct MeteredBillTests {
  /// The fields that Larkspur's layout declares.
  static let fields =
    ["meter", "rate", "service_address"].map {
      SampleField(path: "extra.\($0)", kind: .text, isOptional: true, sample: nil)
    }
    + ["readings[]", "prices[]", "last_bill", "last_year"].map {
      SampleField(path: "extra.\($0)", kind: .record, isOptional: true, sample: nil)
    } + ["price_date", "next_reading"].map { SampleField(path: "extra.\($0)", kind: .date, isOptional: true, sample: nil) }
    + [SampleField(path: "extra.estimated", kind: .flag, isOptional: true, sample: nil)]

  private func faults(in bytes: [UInt8]) throws -> String {
    try Tool.run([Tool.python, Project.path("Tests/Readers/metered_bills.py"), "{}"], on: bytes, suffix: ".jsonl").output
  }

  @Test(.needs(Tool.python), arguments: [(UInt64(1), nil), (9, "2027-01-08"), (4, "2028-03-04")])
  func billsAddUp(seed: UInt64, issued: String?) throws {
    let sampler = BillSampler(try SamplingTests.larkspur(), fields: Self.fields, seed: seed, issued: issued.flatMap { .init($0) })
    var bytes: [UInt8] = []
    sampler.write(0..<260, to: &bytes)
    let said = try faults(in: bytes)
    #expect(said.hasPrefix("260 bills, ") && said.hasSuffix(" 0 faults\n"), "\(said)")
  }

  /// The forty bills of the samples, which are those that their program makes, to the byte.
  @Test(.needs(Tool.python, Tool.schemaValidator)) func samplesAddUpAndAreThoseOfTheirProgram() throws {
    let path = Project.path("Samples/larkspur/bills.jsonl")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let said = try faults(in: bytes)
    #expect(said.hasPrefix("40 bills, ") && said.hasSuffix(" 0 faults\n"), "\(said)")
    let script =
      "import sys; sys.path.insert(0, sys.argv[1]); import bills; bills.main(['2026-11'])"
    let made = try Tool.run(["PYTHONDONTWRITEBYTECODE=1", Tool.python, "-c", script, Project.path("Samples/larkspur")])
    #expect(made.code == 0 && Array(made.output.utf8) == bytes)
    let reader = BillReader(strictLines: true)
    for line in bytes.split(separator: UInt8(ascii: "\n")) { #expect(try reader.read(Array(line)).warnings.isEmpty) }
  }

  /// A wrong figure of each kind is noticed by the program that reckons.
  @Test(
    .needs(Tool.python),
    arguments: [
      (#""quantity":"606","unit":"kWh","price":"0.0412""#, #""quantity":"605","unit":"kWh","price":"0.0412""#, "quantity × price"),
      (#""use":"606""#, #""use":"607""#, "a reading gives another use"),
      (#""label":"Nov","value":"606""#, #""label":"Nov","value":"600""#, "the chart's last month"),
      (#""price":"0.0118""#, #""price":"0.0119""#, "quantity × price"),
      (#"Off-peak energy, nights","quantity"#, #"Peak energy, weekdays 3–9 p.m.","quantity"#, "the tariffs' quantities"),
      (#"Mid-peak energy, weekdays","quantity"#, #"Weekend and holiday energy","quantity"#, "not a weekend"),
      (#""description":"Wildfire mitigation""#, #""description":"Local grid resilience""#, "a charge stands twice"),
      (#""imb_routing":"97204"#, #""imb_routing":"97205"#, "the routing code"),
      (#""last_quantity":""#, #""last_quantity":"1"#, "last bill's tariffs"),
    ])
  func reckoningNoticesFaults(from: String, to: String, what: String) throws {
    let first = try #require(
      String(contentsOfFile: Project.path("Samples/larkspur/bills.jsonl"), encoding: .utf8).split(separator: "\n").first)
    try #require(first.contains(from))
    let said = try faults(in: Array(String(first).replacing(from, with: to, maxReplacements: 1).utf8))
    #expect(said.contains(what), "\(said)")
  }

  static let small =
    SamplingTests.small.replacing("currency: JPY", with: "currency: EUR").replacing(
      "languages:",
      with: """
        usage: {value: 100..200, season: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
        meter: {number: "M-###", unit: m3, tariffs: [{days: weekdays, price: 0.10}, {days: weekends, price: 0.2, last-price: 0.19}]}
        languages:
        """
    ).replacing("{description: D, quantity: \"1.5..2.5\", price: \"33.3..99.9\"}", with: "{description: D, quantity: use, price: \"0.5\"}")
    .replacing("sections: [", with: "sections: [{title: E, tariffs: [{name: Work days}, {name: Free days}]}, ")

  @Test func smallestMeterMakesBills() throws {
    let sampler = BillSampler(try SampleSource.parse(Array(Self.small.utf8), name: "s.yaml"), fields: Self.fields, seed: 2)
    for index in 0..<200 {
      let (bill, warnings) = try BillReader(strictLines: true).read(sampler.record(index))
      #expect(warnings.isEmpty && bill.extra["readings"]?.list?.count == 1)
    }
  }

  @Test(arguments: [
    ("price: 0.10", "price: 0.10..0.11", "bad-value"), ("days: weekends", "days: weekdays", "bad-value"),
    ("days: weekends", "days: sundays", "bad-value"),
    ("number: \"M-###\"", "number: \"M-{x}\"", "unknown-gap"), ("unit: m3, ", "", "missing-key"),
    ("unit: m3", "unit: m3, digits: 9", "bad-value"),
    ("unit: m3", "unit: m3, holidays: [\"02-30\"]", "bad-date"), ("{name: Free days}", "", "bad-value"),
    ("value: 100..200", "value: 0.5..1.5", "bad-value"),
    ("usage: {value: 100..200, season: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}", "", "missing-key"),
    ("price: \"0.5\"", "price: \"0.5..0.6\"", "bad-value"), ("title: E, tariffs:", "title: E, items: [], tariffs:", "bad-value"),
    ("{title: E, tariffs: [{name: Work days}, {name: Free days}]}, ", "", "bad-value"),
    ("meter: {number", "x-meter: {number", "unknown-key"),
  ]) func faultsAreNamed(old: String, new: String, id: String) throws {
    try #require(Self.small.contains(old))
    do {
      _ = try SampleSource.parse(Array(Self.small.replacing(old, with: new).utf8), name: "s.yaml")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics.contains { $0.id == id && $0.range != nil }, "\(error.diagnostics)")
    }
  }
}
