import LayoutLanguage
import Testing

/// The filter `address`.
@Suite struct AddressFilterTests {
  private static let fields = """
    <fields><field path="extra.site.line1" type="text"/><field path="extra.site.line2" type="text" optional="yes"/>
    <field path="extra.site.city" type="text" optional="yes"/><field path="extra.site.code" type="text" optional="yes"/>
    <field path="extra.site.region" type="text" optional="yes"/><field path="extra.site.country" type="text" optional="yes"/>
    <field path="extra.other" type="record" optional="yes"/><field path="extra.other.city" type="text" optional="yes"/>
    <field path="extra.meter.number" type="text"/><field path="extra.counts.city" type="number"/></fields>
    """

  private static var extra: [Value] {
    let site = ["Weg 1", nil, "Bern", "3000", "BE", "CH"] as [String?]
    return [
      .record(ValueRecord(site.map { .optional($0) })), .absent, .record(ValueRecord([.text("7")])),
      .record(ValueRecord([.number(SampleBill.amount("7"))])),
    ]
  }

  @Test(arguments: [
    ("extra.site | address | join(' / ')", "Weg 1 / 3000 Bern"), ("extra.site | address(from: 'DE') | join(' / ')", "Weg 1 / CH-3000 Bern"),
    ("extra.site | address(from: 'ch') | join(' / ')", "Weg 1 / 3000 Bern"),
    ("extra.site | address(from: '') | join(' / ')", "Weg 1 / 3000 Bern"),
    ("extra.site | address(from: extra.site.country) | join(' / ')", "Weg 1 / 3000 Bern"),
    ("extra.site | address(from: segment) | count", "2"), ("extra.site | address(form: 'full') | join(' / ')", "Weg 1 / 3000 Bern / BE"),
    ("extra.site | address(from: 'DE', form: 'full') | last | default('')", "BE"),
    ("extra.site | address | first | default('') | upper", "WEG 1"),
    ("extra.other | address | join(' / ') | default('none')", "none"), ("customer.postal | address | count", "0"),
    ("extra.meter | address | count", "filter-input"), ("extra.counts | address | count", "filter-input"),
    ("customer.name | address | count", "filter-input"), ("extra.site | address(from: issued) | count", "filter-argument"),
    ("extra.site | address('DE') | count", "filter-argument"), ("extra.site | address(form: 'short') | count", "filter-argument"),
  ])
  func linesOfARecord(_ expression: String, _ expected: String) throws {
    #expect(try printed(expression, fields: Self.fields, extra: Self.extra) == expected)
  }
}
