import Billing
import Diagnostics
import EInvoice
import JSON
import Testing

/// What no term takes stays together, and is read for what it is.
struct LeftoverTests {
  private func groups(_ xml: String) throws -> [JSONValue] { try #require(try terms(xml)["other_groups"]?.list) }

  private func terms(_ xml: String) throws -> JSONValue {
    try #require(try JSONValue(parsing: EInvoiceRecord.json(from: Array(xml.utf8), language: english))["extra"]?["e_invoice"])
  }

  /// A value as `of/name=value`, each field of its own kind.
  private func shown(_ value: JSONValue) -> String {
    let fields = [
      "date", "until", "month", "time", "amount", "currency", "number", "unit", "percent", "answer", "country", "bytes", "scheme", "list",
    ]
    let typed = fields.compactMap { name in value[name]?.text.map { "\(name):\($0)" } }
    let text = (value["text"]?.list ?? []).compactMap(\.text)
    let outer = value["of"]?.text.map { $0 + "/" } ?? ""
    return outer + (value["element"]?.text ?? "") + "=" + (text + typed).joined(separator: " ")
  }

  private func entries(_ group: JSONValue) -> [[String]] {
    (group["entries"]?.list ?? []).map { ($0["values"]?.list ?? []).map(shown) }
  }

  private func ubl(_ head: String) -> String {
    var sample = SampleInvoice()
    sample.extraHead = head
    return sample.xml
  }

  @Test
  func repeatedAggregatesAreEntriesOfOneGroup() throws {
    let found = try groups(
      ubl(
        """
        <cac:Signature><cbc:ID>S1</cbc:ID><cbc:Note>one</cbc:Note></cac:Signature><cac:Signature><cbc:ID>S2</cbc:ID></cac:Signature>\
        <cbc:UUID>u-1</cbc:UUID><cac:Signature/>
        """))
    #expect(found.map { $0["element"]?.text } == ["Signature", "Invoice"])
    #expect(entries(found[0]) == [["ID=S1", "Note=one"], ["ID=S2"]])
    #expect(entries(found[1]) == [["UUID=u-1"]])
    #expect(found[0]["name"]?.text == "Signature")
  }

  @Test
  func occurrencesInsideAnAggregateAreKeptApart() throws {
    let part = { (id: String) in "<cac:Location><cbc:ID>\(id)</cbc:ID><cbc:Name>N\(id)</cbc:Name></cac:Location>" }
    let found = try groups(ubl("<cac:DeliveryTerms><cbc:SpecialTerms>x</cbc:SpecialTerms>\(part("1"))\(part("2"))</cac:DeliveryTerms>"))
    #expect(entries(found[0]) == [["SpecialTerms=x"], ["Location=1", "Location=N1"], ["Location=2", "Location=N2"]])
  }

  /// A value is named after the nearest part around it that says something, and typed.
  @Test(arguments: [
    ("<ram:X><udt:DateTimeString format=\"102\">20260302</udt:DateTimeString></ram:X>", "X=date:2026-03-02"),
    ("<ram:X><udt:DateTimeString format=\"203\">202603021405</udt:DateTimeString></ram:X>", "X=date:2026-03-02 time:14:05"),
    ("<ram:X><udt:DateTimeString format=\"204\">20260302140559</udt:DateTimeString></ram:X>", "X=date:2026-03-02 time:14:05"),
    ("<ram:X><udt:DateTimeString format=\"610\">202603</udt:DateTimeString></ram:X>", "X=month:2026-03-01"),
    ("<ram:X><udt:DateTimeString format=\"616\">202610</udt:DateTimeString></ram:X>", "X=202610"),
    ("<ram:X><udt:DateTimeString format=\"718\">2026030120260331</udt:DateTimeString></ram:X>", "X=date:2026-03-01 until:2026-03-31"),
    ("<ram:X><udt:DateTimeString format=\"102\">20261302</udt:DateTimeString></ram:X>", "X=20261302"),
    ("<ram:X><udt:DateTime>2026-03-02T09:30:00Z</udt:DateTime></ram:X>", "X=date:2026-03-02 time:09:30"),
    ("<ram:CopyIndicator><udt:Indicator>true</udt:Indicator></ram:CopyIndicator>", "CopyIndicator=answer:yes"),
    ("<ram:CopyIndicator><udt:Indicator>maybe</udt:Indicator></ram:CopyIndicator>", "CopyIndicator=maybe"),
    ("<ram:PaidAmount currencyID=\"CHF\">12.50</ram:PaidAmount>", "PaidAmount=amount:12.5 currency:CHF"),
    ("<ram:PaidAmount currencyID=\"\">12.50</ram:PaidAmount>", "PaidAmount=amount:12.5 currency:EUR"),
    ("<ram:PackageQuantity unitCode=\"XCT\">3</ram:PackageQuantity>", "PackageQuantity=number:3 unit:XCT"),
    ("<ram:RatePercent>7.5</ram:RatePercent>", "RatePercent=percent:7.5"),
    ("<ram:PackageQuantity unitCode=\"XCT\">many</ram:PackageQuantity>", "PackageQuantity=many"),
    ("<ram:OtherID schemeID=\"0088\">4012</ram:OtherID>", "OtherID=4012 scheme:0088"),
    ("<ram:OtherCode listID=\"HS\">0012</ram:OtherCode>", "OtherCode=0012 list:HS"),
    ("<ram:CountryID>FR</ram:CountryID>", "CountryID=country:FR"),
  ])
  func valuesAreTyped(_ part: String, _ expected: String) throws {
    let found = try groups(ExtendedCII(settlement: part).xml)
    #expect(found.map { $0["element"]?.text } == ["ApplicableHeaderTradeSettlement"])
    #expect(entries(found[0]) == [[expected]])
  }

  @Test
  func partsOfALineNameItsNumber() throws {
    let found = try groups(
      SampleInvoice().xml.replacing(
        "<cac:Item><cbc:Name>Item 2<",
        with:
          "<cbc:FreeOfChargeIndicator>false</cbc:FreeOfChargeIndicator><cac:Item><cbc:PackQuantity unitCode=\"C62\">3</cbc:PackQuantity><cbc:Name>Item 2<"
      ))
    #expect(found.map { $0["line"]?.text } == ["2", "2"])
    #expect(found.map { $0["element"]?.text } == ["InvoiceLine", "Item"])
    #expect(entries(found[0]) == [["FreeOfChargeIndicator=answer:no"]])
  }

  // MARK: Extensions

  private func extended(_ content: String) -> String {
    ubl(
      """
      <ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"><ext:UBLExtension>\
      <ext:ExtensionContent>\(content)</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
      """)
  }

  @Test
  func extensionsAreShown() throws {
    let found = try groups(
      extended(
        """
        <r:Rebate xmlns:r="urn:r" group="A" empty=""><r:Step from="10"><r:BonusAmount currencyID="CHF">12.50</r:BonusAmount></r:Step>\
        <r:Step from="20">words<r:ValidTo>2026-12-31</r:ValidTo></r:Step></r:Rebate>
        """))
    #expect(found.map { $0["element"]?.text } == ["Rebate"])
    #expect(
      entries(found[0]) == [
        ["group=A"], ["Step/from=10", "Step/BonusAmount=amount:12.5 currency:CHF"],
        ["Step=words", "Step/from=20", "Step/ValidTo=date:2026-12-31"],
      ])
  }

  @Test
  func signaturesAndFilesAreTheirSize() throws {
    let base64 = String(repeating: "QUJD", count: 200)
    let found = try groups(
      extended(
        """
        <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>\(base64)</ds:SignatureValue><ds:KeyInfo><ds:X509Data>\
        <ds:X509Certificate>\(base64)</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature><x:Own xmlns:x="urn:x"><x:Data>\(base64)</x:Data>\
        <x:Long>\(String(repeating: "some words ", count: 2_000))</x:Long></x:Own>
        """))
    #expect(entries(found[0]) == [["Signature=bytes:1600"]])
    #expect(entries(found[1]) == [["Data=bytes:800", "Long=bytes:22000"]])
  }

  @Test
  func deepContentKeepsItsNearestNames() throws {
    let names = (0..<55).map { "L\($0)" }
    let open = names.map { "<x:\($0) xmlns:x=\"urn:x\">" }.joined()
    let close = names.reversed().map { "</x:\($0)>" }.joined()
    let found = try groups(extended(open + "deep" + close))
    #expect(found.map { $0["element"]?.text } == ["L0"])
    #expect(entries(found[0]) == [["L53/L54=deep"]])
  }

  @Test
  func numberOfValuesIsBounded() throws {
    let parts = (0..<5_000).map { "<cac:Signature><cbc:ID>\($0)</cbc:ID><cbc:Note>n</cbc:Note></cac:Signature>" }.joined()
    let found = try terms(ubl(parts))
    let groups = try #require(found["other_groups"]?.list)
    #expect(groups.count == 1 && groups[0]["entries"]?.list?.count == 1_000)
    #expect(found["other_left_off"]?.text == "8000")
  }

  @Test(arguments: [
    ("TaxPointDate", "Tax point date"), ("URIID", "URIID"), ("UUID", "UUID"), ("LineID", "Line ID"), ("EDIDocument", "EDI document"),
    ("gueltig_bis", "gueltig bis"), ("x-y.z", "x y z"),
  ])
  func namesAreTakenApart(_ name: String, _ words: String) throws {
    #expect(
      try groups(extended("<x:\(name) xmlns:x=\"urn:x\">1</x:\(name)>")).first?["entries"]?.list?.first?["values"]?.list?.first?["name"]?
        .text == words)
  }
}
