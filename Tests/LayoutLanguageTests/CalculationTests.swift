import Diagnostics
import LayoutLanguage
import Money
import Testing

/// What a bill says of the difference to the last one, worked out by filters alone.
@Suite struct CalculationTests {
  static let fields = """
    <fields><field path="extra.prices[].quantity" type="number" optional="yes"/><field path="extra.prices[].price" type="number"/>
    <field path="extra.prices[].last_quantity" type="number"/><field path="extra.prices[].last_price" type="number"/>
    <field path="extra.prices[].fee" type="amount"/>
    <field path="extra.last.charges" type="amount"/><field path="extra.last.use" type="number"/>
    <field path="extra.last.from" type="date"/><field path="extra.last.to" type="date" optional="yes"/></fields>
    """

  static var extra: [Value] {
    func price(_ values: String?...) -> Value {
      .record(
        ValueRecord(
          values.enumerated().map { index, text in
            index == 4 ? text.map { SampleBill.money($0) } ?? .absent : .optional(number: text.map { SampleBill.amount($0) })
          }))
    }
    return [
      .list(
        ValueArray([
          price("214", "0.1832", "198", "0.1746", "1.25"), price("396", "0.0974", "373", "0.0974", "0.50"), price(nil, "9", "0", "1", "7"),
        ])),
      .record(
        ValueRecord([SampleBill.money("41.10"), SampleBill.number("571"), SampleBill.date("2026-09-19"), SampleBill.date("2026-10-19")])),
    ]
  }

  @Test(arguments: [
    ("extra.prices | sum-product('quantity', 'price')", "77.7752"),
    ("extra.prices | sum-product('quantity', 'last_price') | amount", "$75.93"),
    ("extra.prices | sum-product('fee', 'quantity')", "$465.50"),
    // Of 6.66 more, 5.03 came of use, 1.84 of the price; the rest went down by 0.21.
    ("totals.charges - extra.last.charges | money", "$6.66"),
    (
      "(extra.prices | sum-product('quantity', 'last_price')) - (extra.prices | sum-product('last_quantity', 'last_price')) | amount",
      "$5.03"
    ),
    ("(extra.prices | sum-product('quantity', 'price')) - (extra.prices | sum-product('quantity', 'last_price')) | amount", "$1.84"),
    (
      "totals.charges - extra.last.charges - ((extra.prices | sum-product('quantity', 'price')) - "
        + "(extra.prices | sum-product('last_quantity', 'last_price')) | amount)", "−$0.21"
    ),
    ("extra.prices | sum-product('fee', 'fee')", "filter-argument"), ("extra.prices | sum-product('quantity')", "filter-argument"),
    ("extra.prices | sum-product('quantity', 'prise')", "filter-argument"),
    ("extra.prices | sum-product(quantity, 'price')", "filter-argument"),
    ("sections | sum-product('title', 'subtotal')", "filter-argument"), ("customer.address | sum-product('a', 'b')", "filter-argument"),
    ("account | sum-product('a', 'b')", "filter-input"),
    ("610 | percent-change(from: extra.last.use) | default(0)", "7"),
    ("extra.last.use | percent-change(610, decimals: 2) | default(0)", "−6.39"),
    ("totals.charges | percent-change(from: extra.last.charges, decimals: 1) | default(0)", "16.2"),
    ("2 | percent-change(from: -4) | default(0)", "150"), ("5 | percent-change(from: 0) | default('–')", "–"),
    ("5 | percent-change(from: 4)", "optional-value"), ("5 | percent-change(from: totals.due) | default(0)", "−94"),
    ("totals.due | percent-change(from: extra.last.use) | default(0)", "filter-argument"),
    ("account | percent-change(from: 1)", "filter-input"),
    ("period | days | default(0)", "31"), ("period | days(ends: 'one') | default(0)", "30"), ("extra.last | days | default(0)", "31"),
    ("extra.last | days", "optional-value"), ("issued | days(to: '2026-11-01')", "−23"),
    ("issued | days(to: '2027-11-23', ends: 'one')", "365"),
    ("issued | days(to: '2028-03-01', ends: 'one')", "464"), ("issued | days(to: due) | default('–')", "22"),
    ("issued | days", "filter-argument"),
    ("period | days(to: issued)", "filter-argument"), ("totals | days", "filter-input"), ("issued | days(to: account)", "filter-argument"),
    ("610 / (period | days | default(1)) | round(1)", "19.7"),
    ("1.005 | amount", "$1.01"), ("-1.005 | amount", "−$1.01"), ("totals.due | amount", "filter-input"),
    ("account | amount", "filter-input"),
    ("invoice | digits(9)", "611004711"), ("invoice | digits", "202611004711"), ("'x' | digits(3)", "000"), ("'٣4' | digits(2)", "04"),
    ("account | digits(0)", "filter-argument"), ("v | digits", "filter-input"),
    ("(usage | where('label', 'Oct') | first).value | default('none')", "411"),
  ]) func figures(_ expression: String, _ expected: String) throws {
    #expect(try printed(expression, fields: Self.fields, extra: Self.extra) == expected)
  }
}
