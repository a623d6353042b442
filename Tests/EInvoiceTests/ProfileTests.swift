import Billing
import Diagnostics
import EInvoice
import JSON
import Money
import Testing

/// Profiles add and show by rules of their own.
struct ProfileTests {
  private func read(_ xml: String, accepting: Bool = false) throws -> (terms: JSONValue, bill: Bill, warnings: [RecordWarning]) {
    let (json, warnings) = try EInvoiceRecord.record(from: Array(xml.utf8), language: english, acceptsSumMismatch: accepting)
    let terms = try #require(try JSONValue(parsing: json)["extra"]?["e_invoice"])
    return (terms, try BillReader().read(json).bill, warnings)
  }

  private func shown(_ amount: Amount) -> String { amount.description(decimals: 2) }

  // MARK: Without lines

  private static let minimum = [("TaxBasisTotal", "100.00"), ("TaxTotal", "19.00"), ("GrandTotal", "119.00"), ("DuePayable", "119.00")]

  @Test(arguments: ["urn:factur-x.eu:1p0:minimum", "urn:zugferd.de:2p0:minimum", " URN:Factur-X.eu:1p0:MINIMUM "])
  func minimumIsABillOfTotals(_ profile: String) throws {
    var cii = ExtendedCII(profile: profile, lines: [], breakdown: "", totals: ProfileTests.minimum)
    var (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty)
    #expect(terms["profile"]?.text == "minimum" && terms["lines"]?.list?.isEmpty == true && terms["totals"]?["lines"] == nil)
    #expect(bill.sections.map { shown($0.subtotal) } == ["100.00"] && bill.sections.allSatisfy(\.lines.isEmpty))
    #expect(bill.taxes.map { shown($0.amount) } == ["19.00"])
    #expect(shown(bill.totals.due) == "119.00" && terms["totals"]?["unexplained"] == nil)
    // It has no place for what is paid already.
    cii.totals[3].1 = "19.00"
    (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty && shown(bill.totals.due) == "19.00" && shown(bill.balance.adjustments) == "-100.00")
    #expect(terms["totals"]?["unexplained"]?.text == "-100.00")
    cii.totals[2].1 = "120.00"
    #expect(fault(cii.xml)?.message.hasPrefix("[BR-CO-15]") == true)
  }

  @Test
  func minimumWithoutVATTakesTheDifference() throws {
    var cii = ExtendedCII(profile: "urn:factur-x.eu:1p0:minimum", lines: [], breakdown: "", totals: ProfileTests.minimum)
    cii.totals.remove(at: 1)
    let (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.map(\.code) == [.missingTerm] && warnings.first?.message.contains("BT-110") == true)
    #expect(terms["totals"]?["vat"]?.text == "19.00" && shown(bill.totals.charges) == "119.00")
    cii.totals = [("GrandTotal", "119.00"), ("TaxTotal", "19.00"), ("DuePayable", "119.00")]
    #expect(try read(cii.xml).terms["totals"]?["net"]?.text == "100.00")
    cii.totals = [("DuePayable", "119.00")]
    #expect(fault(cii.xml)?.code == .missingField && fault(cii.xml)?.message.contains("BT-109") == true)
  }

  @Test
  func minimumMayBeACredit() throws {
    let cii = ExtendedCII(profile: "urn:factur-x.eu:1p0:minimum", type: "381", lines: [], breakdown: "", totals: ProfileTests.minimum)
    let bill = try read(cii.xml).bill
    #expect(bill.kind == .credit && bill.sections.map { shown($0.subtotal) } == ["-100.00"] && shown(bill.totals.due) == "-119.00")
  }

  @Test
  func basicWithoutLinesKeepsItsAllowances() throws {
    var cii = ExtendedCII(profile: "urn:factur-x.eu:1p0:basicwl", lines: [])
    #expect(try read(cii.xml).bill.sections.map { shown($0.subtotal) } == ["100.00"])
    cii.settlement = """
      <ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>true</udt:Indicator></ram:ChargeIndicator>\
      <ram:ActualAmount>10.00</ram:ActualAmount><ram:Reason>Freight</ram:Reason></ram:SpecifiedTradeAllowanceCharge>
      """
    #expect(fault(cii.xml)?.message.hasPrefix("[BR-CO-12]") == true)
    cii.totals[0].1 = "90.00"
    cii.totals.append(("ChargeTotal", "10.00"))
    let (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty && terms["profile"]?.text == "basic-wl")
    #expect(bill.sections.map { shown($0.subtotal) } == ["90.00", "10.00"] && bill.taxes.map { shown($0.amount) } == ["19.00"])
    cii.breakdown = cii.breakdown.replacing("19.00", with: "18.00")
    #expect(fault(cii.xml)?.message.hasPrefix("[BR-CO-14]") == true)
  }

  @Test
  func ublMayNameSuchAProfileToo() throws {
    var sample = SampleInvoice()
    sample.lines = []
    let named = sample.xml.replacing("urn:cen.eu:en16931:2017", with: "urn:factur-x.eu:1p0:basicwl")
    #expect(try read(named).bill.sections.map { shown($0.subtotal) } == ["100.00"])
  }

  @Test(arguments: [
    ("urn:cen.eu:en16931:2017", "'urn:cen.eu:en16931:2017'"), ("urn:example:own", "'urn:example:own'"),
    ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", "extended'"), ("", "names none"),
    ("urn:example:minimum", "'urn:example:minimum'"),
  ])
  func otherProfilesHaveLines(_ profile: String, _ words: String) {
    let found = fault(ExtendedCII(profile: profile, lines: []).xml)
    #expect(found?.code == .missingField && found?.message.contains(words) == true && found?.message.contains("BASIC WL") == true)
  }

  // MARK: Groups

  private func lines(_ terms: JSONValue) -> [String] {
    (terms["lines"]?.list ?? []).map { line in
      let level = line["level"]?.text ?? "0"
      return "\(line["id"]?.text ?? "") \(level) \(line["role"]?.text ?? "counts")"
    }
  }

  /// Children stand before, between and behind their parents.
  @Test
  func groupsAndInformationDoNotCount() throws {
    let cii = ExtendedCII(lines: [
      .init(id: "1.2.1", amount: "25.00", parent: "1.2", kind: "DETAIL"), .init(id: "1", amount: "70.00", kind: "GROUP"),
      .init(id: "2", amount: "30.00"), .init(id: "1.1", amount: "30.00", parent: "1", kind: "DETAIL"),
      .init(id: "1.2", amount: "40.00", parent: "1", kind: "GROUP"),
      .init(id: "1.2.2", amount: "15.00", parent: "1.2", kind: "detail"),
      .init(id: "1.2.3", amount: "5.00", parent: "1.2", kind: "INFORMATION"), .init(id: "N", kind: "INFORMATION"),
    ])
    let (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty)
    #expect(
      lines(terms) == [
        "1 0 group", "1.1 1 counts", "1.2 1 group", "1.2.1 2 counts", "1.2.2 2 counts", "1.2.3 2 information", "2 0 counts",
        "N 0 information",
      ])
    #expect(bill.sections[0].lines.map { shown($0.amount) } == ["30.00", "25.00", "15.00", "30.00"])
  }

  @Test
  func groupSaysItsSubtotalOrNothing() throws {
    var cii = ExtendedCII(lines: [.init(id: "G", kind: "GROUP"), .init(id: "1", amount: "100.00", parent: "G", kind: "DETAIL")])
    #expect(try read(cii.xml).warnings.isEmpty)
    cii.lines[0].amount = "100.01"
    let (terms, _, warnings) = try read(cii.xml)
    #expect(warnings.map(\.code) == [.sumDiffers] && warnings.first?.message.hasPrefix("[BR-FXEXT-08]") == true)
    let difference = try #require(terms["differences"]?.list?.first)
    #expect(difference["line"]?.text == "G" && difference["computed"]?.text == "100.00" && difference["stated"]?.text == "100.01")
    cii.lines[0].amount = "99.00"
    #expect(fault(cii.xml)?.code == .sumMismatch && fault(cii.xml)?.message.hasPrefix("[BR-FXEXT-08]") == true)
    #expect(try read(cii.xml, accepting: true).warnings.map(\.code) == [.sumMismatch])
    // A heading over nothing.
    cii.lines = [.init(id: "G", amount: "50.00", kind: "GROUP"), .init(id: "1", amount: "100.00")]
    #expect(try read(cii.xml).warnings.isEmpty)
    cii.lines = [.init(id: "1")]
    #expect(fault(cii.xml)?.message.contains("BT-131") == true)
  }

  @Test
  func kindMayStandInThePlaceOfTheStatus() throws {
    let cii = ExtendedCII(lines: [.init(id: "G", amount: "100.00", kind: "GROUP"), .init(id: "1", amount: "100.00", parent: "G")])
    let moved = cii.xml.replacing(
      "<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>", with: "<ram:LineStatusCode>GROUP</ram:LineStatusCode>")
    #expect(moved != cii.xml)
    #expect(lines(try read(moved).terms) == ["G 0 group", "1 1 counts"])
  }

  @Test
  func ringsAndOrphansStandByThemselves() throws {
    let cii = ExtendedCII(lines: [
      .init(id: "1", amount: "40.00", parent: "9"), .init(id: "2", amount: "30.00", parent: "3"),
      .init(id: "3", amount: "20.00", parent: "2"), .init(id: "4", amount: "10.00", parent: "4"),
    ])
    let (terms, bill, warnings) = try read(cii.xml)
    #expect(warnings.map(\.code) == [.lineParent, .lineParent, .lineParent])
    #expect(warnings.first?.path.hasSuffix("ram:ParentLineID") == true)
    #expect(lines(terms) == ["1 0 counts", "2 0 counts", "3 1 counts", "4 0 counts"])
    #expect(bill.sections[0].lines.count == 4)
  }

  /// Where no kind is given, BT-106 tells whether the lines below another are parts of it.
  @Test
  func totalTellsWhatCounts() throws {
    var cii = ExtendedCII(lines: [
      .init(id: "1", amount: "100.00"), .init(id: "1.1", amount: "60.00", parent: "1"), .init(id: "1.2", amount: "40.00", parent: "1"),
    ])
    #expect(lines(try read(cii.xml).terms) == ["1 0 counts", "1.1 1 part", "1.2 1 part"])
    cii.lines[0].amount = "0.00"
    #expect(lines(try read(cii.xml).terms) == ["1 0 counts", "1.1 1 counts", "1.2 1 counts"])
    cii.lines[0].amount = "50.00"
    #expect(fault(cii.xml)?.message.hasPrefix("[BR-CO-10]") == true)
  }

  @Test
  func longChainsOfParentsAreRead() throws {
    let count = 5_000
    let chain = (0..<count).map { ExtendedCII.Line(id: "\($0)", amount: "0.02", parent: $0 == 0 ? "" : "\($0 - 1)", kind: "DETAIL") }
    let (terms, bill, warnings) = try read(ExtendedCII(lines: chain.reversed()).xml)
    #expect(warnings.isEmpty && bill.sections[0].lines.count == count)
    #expect(terms["lines"]?.list?.last?["level"]?.text == "4999")
  }

  // MARK: Lines inside lines

  private func inner(_ id: String, _ amount: String, _ parts: String = "") -> String {
    """
    <cac:SubInvoiceLine><cbc:ID>\(id)</cbc:ID><cbc:InvoicedQuantity unitCode="MTQ">2</cbc:InvoicedQuantity>\
    <cbc:LineExtensionAmount currencyID="EUR">\(amount)</cbc:LineExtensionAmount><cac:Item><cbc:Name>Part \(id)</cbc:Name></cac:Item>\
    <cac:Price><cbc:PriceAmount currencyID="EUR">5.00</cbc:PriceAmount></cac:Price>\(parts)</cac:SubInvoiceLine>
    """
  }

  private func ubl(_ parts: String) -> String {
    SampleInvoice().xml.replacing("60.00</cbc:PriceAmount></cac:Price>", with: "60.00</cbc:PriceAmount></cac:Price>\(parts)")
  }

  @Test
  func partsOfALineDoNotCount() throws {
    let deep = inner("1.2.1.1", "10.00", inner("1.2.1.1.1", "10.00", inner("1.2.1.1.1.1", "10.00")))
    let (terms, bill, warnings) = try read(ubl(inner("1.1", "50.00") + inner("1.2", "10.00", inner("1.2.1", "10.00", deep))))
    #expect(warnings.isEmpty)
    #expect(
      lines(terms) == [
        "1 0 counts", "1.1 1 part", "1.2 1 part", "1.2.1 2 part", "1.2.1.1 3 part", "1.2.1.1.1 4 part", "1.2.1.1.1.1 5 part", "2 0 counts",
        "3 0 counts",
      ])
    let part = try #require(terms["lines"]?.list?[1])
    #expect(part["quantity"]?.text == "2" && part["unit"]?.text == "MTQ" && part["price"]?.text == "5.00" || part["price"]?.text == "5")
    #expect(bill.sections[0].lines.map { shown($0.amount) } == ["60.00", "30.00", "10.00"])
    #expect(terms["other"]?.list?.isEmpty == true)
  }

  /// BR-DEX-02 is a wish of the standard: no difference is a fault.
  @Test
  func partsShouldComeToTheirLine() throws {
    let (terms, _, warnings) = try read(ubl(inner("1.1", "50.00") + inner("1.2", "5.00")))
    #expect(warnings.map(\.code) == [.sumDiffers] && warnings.first?.message.hasPrefix("[BR-DEX-02]") == true)
    #expect(terms["differences"]?.list?.first?["line"]?.text == "1")
    #expect(try read(ubl(inner("1.1", "0.00"))).warnings.isEmpty, "parts without amounts say what is in it")
    #expect(try read(ubl(inner("1.1", "60.00", inner("1.1.1", "1.00")))).terms["differences"]?.list?.first?["line"]?.text == "1.1")
  }

  @Test
  func linesInsideLinesAreBounded() {
    let parts = (0..<20_001).map { inner("1.\($0)", "0.00") }.joined()
    #expect(fault(ubl(parts))?.code == .tooManyValues)
  }

  // MARK: Payments in advance and for others

  private func advance(_ amount: String, _ vat: String, _ id: String) -> String {
    """
    <ram:SpecifiedAdvancePayment><ram:PaidAmount>\(amount)</ram:PaidAmount><ram:FormattedReceivedDateTime>\
    <qdt:DateTimeString format="102">20260715</qdt:DateTimeString></ram:FormattedReceivedDateTime><ram:IncludedTradeTax>\
    <ram:CalculatedAmount>\(vat)</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>50.00</ram:BasisAmount>\
    <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:IncludedTradeTax>\
    <ram:InvoiceSpecifiedReferencedDocument><ram:IssuerAssignedID>\(id)</ram:IssuerAssignedID><ram:FormattedIssueDateTime>\
    <qdt:DateTimeString format="102">20260701</qdt:DateTimeString></ram:FormattedIssueDateTime></ram:InvoiceSpecifiedReferencedDocument>\
    </ram:SpecifiedAdvancePayment>
    """
  }

  @Test(arguments: [("380", "-"), ("381", "")])
  func advancePaymentsTellTheirVAT(_ type: String, _ sign: String) throws {
    var cii = ExtendedCII(type: type, settlement: advance("59.50", "9.50", "A-1") + advance("0.00", "0.00", "A-2"))
    cii.totals.insert(("TotalPrepaid", "59.50"), at: 4)
    cii.totals[5].1 = "59.50"
    let (terms, _, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty)
    let parts = try #require(terms["prepayments"]?.list)
    #expect(parts.map { $0["reference"]?.text } == ["A-1", "A-2"])
    let first = parts[0]
    #expect(first["date"]?.text == "2026-07-15" && first["reference_date"]?.text == "2026-07-01")
    #expect(first["amount"]?.text == sign + "59.50" && first["vat"]?.text == sign + "9.50")
    let tax = try #require(first["taxes"]?.list?.first)
    #expect(
      tax["rate"]?.text == "19" && tax["category"]?.text == "S" && tax["base"]?.text == sign + "50.00"
        && tax["amount"]?.text == sign + "9.50")
    #expect(parts[1]["amount"]?.text == "0.00" && parts[1]["vat"]?.text == "0.00")
    #expect(terms["other_groups"]?.list?.isEmpty == true)
  }

  /// Several are added up; in a credit note they come off.
  @Test(arguments: [("Invoice", "380", "10.00", "144.00"), ("CreditNote", "381", "-10.00", "-144.00")])
  func claimsOfOthersAddUp(_ root: String, _ type: String, _ first: String, _ due: String) throws {
    var sample = SampleInvoice()
    (sample.root, sample.type, sample.due) = (root, type, "144.00")
    sample.namespace = "urn:oasis:names:specification:ubl:schema:xsd:\(root)-2"
    let claim = { (id: String, amount: String) in
      "<cac:PrepaidPayment><cbc:ID>\(id)</cbc:ID><cbc:PaidAmount currencyID=\"EUR\">\(amount)</cbc:PaidAmount></cac:PrepaidPayment>"
    }
    sample.allowances = claim("Parking", "10.00") + claim("Tickets", "15.00")
    let xml = sample.xml.replacing(
      "urn:cen.eu:en16931:2017", with: "urn:cen.eu:en16931:2017#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0")
    let (terms, bill, warnings) = try read(xml)
    #expect(warnings.isEmpty && shown(bill.totals.due) == due && terms["profile"]?.text == "xrechnung-extension")
    #expect(terms["prepayments"]?.list?.first?["amount"]?.text == first)
  }

  // MARK: References, parties and names

  @Test
  func furtherDocumentsAndPartiesHaveTheirPlaces() throws {
    let party = { (name: String) in "<ram:\(name)TradeParty><ram:ID>7</ram:ID><ram:Name>\(name)</ram:Name></ram:\(name)TradeParty>" }
    var cii = ExtendedCII()
    cii.document = "<ram:Name>Final invoice</ram:Name>"
    cii.agreement =
      party("BuyerAgent") + party("SalesAgent") + party("ProductEndUser") + ExtendedCII.reference("BuyerOrder", "O-1", date: "20260101")
      + ExtendedCII.reference("Quotation", "Q-1") + ExtendedCII.reference("UltimateCustomerOrder", "U-1")
      + ExtendedCII.reference("Contract", "C-1")
    cii.delivery = party("ShipFrom") + party("UltimateShipTo") + ExtendedCII.reference("DeliveryNote", "D-1", date: "nonsense")
    cii.settlement = party("Invoicer") + party("Invoicee") + party("Payer") + party("Payee") + party("Payee")
    cii.lines[0].more = """
      <ram:SpecifiedLineTradeAgreement>\(ExtendedCII.reference("BuyerOrder", "O-1", line: "4"))\
      \(ExtendedCII.reference("Quotation", "Q-1", line: "5"))</ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>\
      \(ExtendedCII.reference("DespatchAdvice", "A-1", date: "20260203"))</ram:SpecifiedLineTradeDelivery>
      """
    let terms = try read(cii.xml).terms
    #expect(terms["name"]?.text == "Final invoice" && terms["order"]?.text == "O-1" && terms["contract"]?.text == "C-1")
    let kinds = { (list: JSONValue?) in (list?.list ?? []).map { "\($0["kind"]?.text ?? "") \($0["id"]?.text ?? "")" } }
    #expect(kinds(terms["references"]) == ["order O-1", "ultimate-order U-1", "quotation Q-1", "delivery-note D-1"])
    #expect(terms["references"]?.list?.first?["date"]?.text == "2026-01-01")
    let line = terms["lines"]?.list?.first
    #expect(line?["order_line"]?.text == "4" && kinds(line?["references"]) == ["order O-1", "quotation Q-1", "despatch A-1"])
    #expect(
      terms["parties"]?.list?.map { $0["role"]?.text } == [
        "buyer-agent", "sales-agent", "end-user", "ship-from", "ultimate-ship-to", "invoicer", "invoicee", "payer", "payee",
      ])
    #expect(terms["payee"]?["name"]?.text == "Payee" && terms["parties"]?.list?.first?["name"]?.text == "BuyerAgent")
    // A date that is none stays among what no term takes.
    let other = try #require(terms["other_groups"]?.list?.first)
    #expect(other["element"]?.text == "DeliveryNoteReferencedDocument")
  }

  @Test
  func linesOfUBLNameDocuments() throws {
    let parts = """
      <cac:OrderLineReference><cbc:LineID>4</cbc:LineID><cbc:SalesOrderLineID>9</cbc:SalesOrderLineID><cac:OrderReference><cbc:ID>O-1</cbc:ID>\
      <cbc:IssueDate>2026-01-01</cbc:IssueDate></cac:OrderReference></cac:OrderLineReference><cac:DespatchLineReference><cbc:LineID>2</cbc:LineID>\
      <cac:DocumentReference><cbc:ID>D-1</cbc:ID></cac:DocumentReference></cac:DespatchLineReference><cac:Item><cbc:Name>Item 1<
      """
    let terms = try read(SampleInvoice().xml.replacing("<cac:Item><cbc:Name>Item 1<", with: parts)).terms
    let line = try #require(terms["lines"]?.list?.first)
    #expect(line["order_line"]?.text == "4")
    #expect(
      line["references"]?.list?.map { "\($0["kind"]?.text ?? "") \($0["id"]?.text ?? "") \($0["line"]?.text ?? "")" } == [
        "order O-1 ", "sales-order  9", "despatch D-1 2",
      ])
    #expect(terms["other_groups"]?.list?.isEmpty == true)
  }
}
