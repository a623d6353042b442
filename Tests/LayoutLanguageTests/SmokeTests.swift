import Diagnostics
import LayoutLanguage
import Reporting
import Testing

@Suite struct SmokeTests {
  static let design = """
    <?xml version="1.0" encoding="UTF-8"?>
    <bill paper="Letter" baseline="7pt" style="body" xmlns="urn:billfold:layout:1">
      <fields> <field path="extra.meter" type="text" optional="yes" sample="E-4471-09"/> </fields>
      <color name="brand" value="#0B6E4F"/> <color name="brand-tint" of="brand" tint="12%"/>
      <style name="body" font="Inter" size="10pt" line-height="14pt"/> <style name="amount" base="body" figures="tabular" align="end"/>
      <style name="hero" base="body" size="26pt"/>
      <page name="first" margin="14mm 16mm 12mm">
        <place name="address window" x="25mm" y="63mm" width="83mm" height="14mm" fit="shrink" min-size="8pt">
          <text>{customer.name}</text><text each="line in customer.address">{line}</text></place>
        <footer><text tabs="end"><t key="account"/> {account} <tab/> <t key="page-of"/></text></footer> </page>
      <page name="next" margin="14mm"/>
      <body>
        <row gap="6mm"> <box fill="brand-tint" padding="4mm" width="1fr"> <text style="hero">{totals.due | money}</text> </box> </row>
        <messages> <notice fill="brand-tint" bar="5pt brand"> <text><slot name="heading"/></text> <slot name="body"/> <slot name="action"/> <slot name="address"/>
          <slot name="phone"/> <opt-in-qr size="24mm"/> <slot name="keep-paper"/> </notice> </messages>
        <chart kind="bars" each="u in usage" value="u.value" label="u.label" describe="{t.usage-chart}" height="28mm"/>
        <table>
          <column name="what" width="1fr"/> <column name="amount" width="24mm" align="decimal" sum="line.amount"/>
          <header><cell><t key="description"/></cell><cell><t key="amount"/></cell></header>
          <group each="section in sections">
            <row role="group-header" keep="next-2"><cell span="all">{section.title}</cell></row>
            <row each="line in section.lines"><cell>{line.description}</cell><cell>{line.amount | money}</cell></row>
            <row role="subtotal" keep="previous"><cell/><cell>{section.subtotal | money}</cell></row></group>
          <brought><cell><t key="brought-forward"/></cell><cell>{sum.amount | money}</cell></brought>
          <carried><cell><t key="carried-forward"/></cell><cell>{sum.amount | money}</cell></carried>
          <footer><cell><t key="total"/></cell><cell>{sum.amount | money}</cell></footer>
        </table>
        <messages> <terms columns="2"/> </messages>
        <coupon at="page-end"><text>{extra.meter | default(t.none)}</text></coupon>
      </body>
    </bill>
    """
  static let strings = """
    account: Account
    page-of: "Page {page} of {pages}"
    usage-chart: Use by month
    description: Description
    amount: Amount
    brought-forward: Brought forward
    carried-forward: Carried forward
    total: Total
    none: none
    """

  @Test func exampleOfTheDesignCompiles() throws {
    let layout = Layout(files: ["layout.xml": Self.design, "strings/en-US.yaml": Self.strings])
    let package = layout.load()
    #expect(package.diagnostics.map { DiagnosticRenderer.text($0) } == [])
    let template = try #require(package.template)
    let outline = try Outline.text(template, .sample(template, bill: SampleBill.bill(extra: [.absent]), campaign: SampleBill.campaign))
    #expect(
      outline.hasPrefix(
        "[row [box [text ⟨$87.02⟩]]][messages [notice [text [slot]][slot][slot][slot][slot][opt-in-qr][slot]]][chart][table [column][column][header [cell Description][cell Amount]][group [row [cell ⟨Electricity⟩]][row"
      ))
    #expect(template.canCarryCampaign)
  }
}
