import Diagnostics
import LayoutLanguage
import Testing

/// Times are printed, not asserted: machines differ.
@Suite(.serialized) struct SpeedTests {
  @Test func layoutOfTwoThousandLines() throws {
    let block = """
      <row gap="6mm" keep="together next-2">
        <box fill="brand-tint" padding="4mm" width="1fr" border="0.5pt brand">
          <text style="hero" heading="2" tabs="40mm, end">{totals.due | money} <t key="due"/> <b>{customer.name}</b></text>
          <text if="due and totals.due gt 0" align="end">{due | date('long')}</text>
        </box>
        <column width="40%" gap="2mm">
          <each each="section in sections | where('subtotal', gt: 0)">
            <text each="line, i in section.lines">{i}. {line.description | upper} {line.amount | money(symbol: 'none')}</text>
          </each>
        </column>
      </row>
      """
    let body = String(repeating: block + "\n", count: 180)
    let declarations =
      "<color name=\"brand\" value=\"#0B6E4F\"/><color name=\"brand-tint\" of=\"brand\" tint=\"12%\"/><style name=\"hero\" size=\"26pt\"/>"
    let layout = Layout(body: body, declarations: declarations)
    let clock = ContinuousClock()
    var package = layout.load()
    let time = clock.measure { package = layout.load() }
    #expect(package.diagnostics == [])
    print("check of \(body.split(separator: "\n").count) lines, \(package.template?.nodes.count ?? 0) elements: \(time)")
  }

  @Test func threeHundredExpressions() throws {
    let template = try #require(
      Layout(body: SmokeTests.design, declarations: "").load().template
        ?? LayoutPackage.load(
          MemoryFiles(["layout.xml": SmokeTests.design, "strings/en-US.yaml": SmokeTests.strings])
        ).template)
    let lines = (0..<40).map { SampleBill.line("Line \($0)", "\($0).25", quantity: "3", unit: "kWh", price: "0.1432", date: "2026-11-19") }
    let section = SampleBill.record(.text("S"), .list(ValueArray(lines)), SampleBill.money("1"))
    let bill = SampleBill.bill(extra: [.absent], sections: .list(ValueArray([section])))
    _ = try Outline.text(template, .sample(template, bill: bill, campaign: SampleBill.campaign))
    let clock = ContinuousClock()
    var length = 0
    let time = try clock.measure {
      for _ in 0..<20 { length += try Outline.text(template, .sample(template, bill: bill, campaign: SampleBill.campaign)).utf8.count }
    }
    #expect(length > 0)
    print("a bill of 40 lines: \(time / 20)")
  }
}
