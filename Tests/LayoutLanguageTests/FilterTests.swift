import LayoutLanguage
import Money
import Testing

@Suite struct FilterTests {
  static let examples = FilterRegistry.all.flatMap { spec in spec.examples.map { (spec.name.rawValue, $0.expression, $0.result) } }

  /// The examples of the reference pages, with a formatter that stands in for ICU.
  @Test(arguments: examples) func everyExampleOfTheReferenceIsTrue(_ filter: String, _ expression: String, _ result: String) throws {
    #expect(
      try printed(expression).replacing("−", with: "-")
        == result.replacing("−", with: "-").replacing("USD 87", with: "USD\u{A0}87").replacing("10 CR", with: "10\u{A0}CR"))
  }

  @Test func everyFilterHasWordsAndExamples() {
    #expect(FilterRegistry.all.map(\.name) == FilterName.allCases)
    for spec in FilterRegistry.all {
      #expect(!spec.doc.isEmpty && !spec.examples.isEmpty, "\(spec.name)")
      #expect(spec.examples.allSatisfy { $0.expression.contains(spec.name.rawValue) }, "\(spec.name)")
    }
  }

  static let fields = """
    <fields><field path="extra.readings[].kwh" type="number" optional="yes"/><field path="extra.readings[].day" type="date"/>
    <field path="extra.readings[].estimated" type="flag"/><field path="extra.codes[]" type="text"/></fields>
    """

  static var extra: [Value] {
    func reading(_ kwh: String?, _ day: String, _ estimated: Bool) -> Value {
      .record(ValueRecord([.optional(number: kwh.map { SampleBill.amount($0) }), SampleBill.date(day), .flag(estimated)]))
    }
    return [
      .list(ValueArray([reading("12", "2026-11-01", false), reading(nil, "2026-11-02", true), reading("9.5", "2026-10-31", true)])),
      .list(ValueArray([.text("b"), .text("a"), .text("ä"), .text("B")])),
    ]
  }

  @Test(arguments: [
    ("extra.readings | sum('kwh')", "21.5"), ("extra.readings | min('kwh') | default(0)", "9.5"),
    ("extra.readings | max('day') | date('short') | default('')", "11/2/26"),
    ("extra.readings | sort('kwh') | join(' ', field: 'kwh')", "9.5 12"),
    ("extra.readings | sort('kwh', order: 'falling') | join(' ', field: 'day')", "Nov 1, 2026 Oct 31, 2026 Nov 2, 2026"),
    ("extra.readings | where('estimated') | count", "2"), ("extra.readings | where('kwh') | count", "2"),
    ("extra.readings | where('kwh', lt: 10) | where('estimated') | count", "1"),
    ("extra.readings | where('day', ge: '2026-11-01') | count", "2"),
    ("extra.readings | where('estimated', eq: false) | count", "1"), ("extra.codes | sort | join('')", "Babä"),
    ("extra.codes | first | default('') | upper", "B"), ("extra.codes | where('x') | count", "filter-argument"),
    ("extra.readings | where('kwh', gt: 100) | first | count", "filter-input"), ("extra.codes | count | plural(one: 'a', other: 'b')", "b"),
    ("extra.codes | at(1) | default('')", "b"), ("extra.codes | at(4) | default('none')", "B"),
    ("extra.codes | at(5) | default('none')", "none"),
    ("extra.codes | at(0) | default('none')", "none"), ("extra.codes | at(1.5) | default('none')", "none"),
    ("extra.codes | at(2 - 5) | default('none')", "none"), ("extra.codes | back(0) | default('')", "B"),
    ("extra.codes | back(3) | default('')", "b"), ("extra.codes | back(4) | default('none')", "none"),
    ("extra.codes | back(0 - 1) | default('none')", "none"), ("extra.codes | back(1)", "optional-value"),
    ("extra.codes | back('1') | default('')", "filter-argument"), ("extra.codes | at", "filter-argument"),
    ("(extra.readings | back(1)).kwh | default('none')", "none"), ("account | back(1)", "filter-input"),
    ("extra.codes | tail(2) | join('')", "äB"), ("extra.codes | tail(9) | count", "4"), ("extra.codes | tail(0) | count", "0"),
    ("extra.codes | tail(0 - 2) | count", "0"), ("extra.codes | tail(account)", "filter-argument"),
    ("extra.readings | tail(2) | sum('kwh')", "9.5"),
    ("'12' | group('2-3', '.') ", "12"), ("'A-1234 567' | group('1-4')", "A-1234 567"),
    ("'19-2000145399/0800' | group('4')", "19-2000\u{A0}1453\u{A0}99/0800"), ("'4400118207' | group('4-4-2')", "4400\u{A0}1182\u{A0}07"),
    ("'DE02120300000000202051' | iban", "DE02 1203 0000 0000 2020 51"),
    ("'de02 1203 00000000 202051' | iban", "de02 1203 0000 0000 2020 51"),
    ("'MT84MALT011000012345MTLCAST001S' | iban", "MT84 MALT 0110 0001 2345 MTLC AST0 01S"),
    ("'DE02120300000000202052' | iban", "DE02120300000000202052"), ("'DE0212030000000020205' | iban", "DE0212030000000020205"),
    ("'19-2000145399/0800' | iban", "19-2000145399/0800"), ("'BPAY 12345 6789' | iban", "BPAY 12345 6789"),
    ("'DE02-1203-0000-0000-2020-51' | iban", "DE02-1203-0000-0000-2020-51"), ("'' | iban", ""), ("'Zoë' | length", "3"),
    ("(segment | default('')) | length | default(0)", "11"), ("v | max(2)", "2"),
    ("v | min(issued)", "filter-argument"),
    ("issued | max('2027-01-01') | date('long')", "January 1, 2027"), ("0.1432 | money", "$0.1432"), ("3 | money", "$3.00"),
    ("balance.payments | money(negative: 'parentheses', symbol: 'none')", "(82.10)"),
  ]) func listsAndRecords(_ expression: String, _ expected: String) throws {
    #expect(try printed(expression, fields: Self.fields, extra: Self.extra) == expected)
  }

  @Test(arguments: [
    ("issued | range", "filter-argument"), ("issued | range(to: account)", "filter-argument"), ("account | range", "filter-input"),
  ])
  func periodsAreMadeOfTwoDates(_ expression: String, _ fault: String) throws { #expect(try printed(expression) == fault) }
}
