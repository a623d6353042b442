import Billing
import Diagnostics
import EInvoice
import Foundation
import JSON
import Money
import Testing

/// What adds up, what nearly does, and what the rest of an invoice tells of a missing term.
struct ArithmeticTests {
  private func read(_ xml: String, accepting: Bool = false) throws(RecordFault) -> (json: JSONValue, bill: Bill, warnings: [RecordWarning])
  {
    let (json, warnings) = try EInvoiceRecord.record(from: Array(xml.utf8), language: english, acceptsSumMismatch: accepting)
    return (try JSONValue(parsing: json), try BillReader().read(json).bill, warnings)
  }

  private func terms(_ json: JSONValue) -> JSONValue? { json["extra"]?["e_invoice"] }

  // MARK: Tolerance

  private static let cents: [(String, any WritableKeyPath<SampleInvoice, String> & Sendable, String, String)] = [
    ("BR-CO-10", \.sumOfLines, "100.03", "LineExtensionAmount"), ("BR-CO-13", \.net, "99.97", "TaxExclusiveAmount"),
    ("BR-CO-14", \.vatTotal, "18.99", "TaxAmount"), ("BR-CO-15", \.gross, "119.02", "TaxInclusiveAmount"),
    ("BR-CO-16", \.due, "118.99", "PayableAmount"),
  ]

  @Test(arguments: 0..<5)
  func oneMinorUnitALineIsAWarning(_ index: Int) throws {
    let (rule, field, value, end) = ArithmeticTests.cents[index]
    var sample = SampleInvoice()
    sample[keyPath: field] = value
    let (json, bill, warnings) = try read(sample.xml)
    let first = try #require(warnings.first)
    #expect(warnings.allSatisfy { $0.code == .sumDiffers })
    #expect(first.message.hasPrefix("[\(rule)]") && first.message.contains(value))
    #expect(first.path.hasSuffix(end) && first.path.hasPrefix("/Invoice/"))
    let difference = try #require(terms(json)?["differences"]?.list?.first)
    #expect(difference["rule"]?.text == rule)
    #expect(difference["stated"]?.text == value)
    #expect(bill.totals.due.description(decimals: 2) == sample.due)
    #expect(bill.totals.charges.description(decimals: 2) == sample.gross)
  }

  /// Three lines: three cents are tolerated, four are not.
  @Test
  func fourCentsOnThreeLinesAreAFault() throws {
    var sample = SampleInvoice()
    sample.due = "119.03"
    #expect(try read(sample.xml).warnings.map(\.code) == [.sumDiffers])
    sample.due = "119.04"
    #expect(fault(sample.xml)?.code == .sumMismatch)
  }

  @Test
  func acceptedMismatchKeepsTheFiguresAsGiven() throws {
    var sample = SampleInvoice()
    (sample.gross, sample.due) = ("150.00", "140.00")
    #expect(fault(sample.xml)?.code == .sumMismatch)
    let (json, bill, warnings) = try read(sample.xml, accepting: true)
    #expect(warnings.map(\.code) == [.sumMismatch, .sumMismatch])
    #expect(warnings.first?.message == fault(sample.xml)?.message)
    #expect(bill.totals.charges.description(decimals: 2) == "150.00")
    #expect(bill.totals.due.description(decimals: 2) == "140.00")
    #expect(bill.sections[0].lines.map { $0.amount.description(decimals: 2) } == ["60.00", "30.00", "10.00"])
    #expect(bill.balance.adjustments.description(decimals: 2) == "-10.00")
    #expect(terms(json)?["totals"]?["vat"]?.text == "19.00")
    sample = SampleInvoice()
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("25.00", "25.00", "125.00", "125.00")
    #expect(try read(sample.xml, accepting: true).warnings.map(\.code) == [.sumMismatch])
  }

  // MARK: Missing terms

  @Test(arguments: [
    ("<cbc:LineExtensionAmount currencyID=\"EUR\">100.00</cbc:LineExtensionAmount>", "BT-106"),
    ("<cbc:TaxExclusiveAmount currencyID=\"EUR\">100.00</cbc:TaxExclusiveAmount>", "BT-109"),
    ("<cbc:TaxInclusiveAmount currencyID=\"EUR\">119.00</cbc:TaxInclusiveAmount>", "BT-112"),
    ("<cbc:PayableAmount currencyID=\"EUR\">119.00</cbc:PayableAmount>", "BT-115"),
    ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", "BT-5"),
  ])
  func aMissingTotalIsReckoned(_ element: String, _ term: String) throws {
    let whole = SampleInvoice().xml
    let xml = whole.replacing(element, with: "")
    #expect(xml != whole)
    let (json, bill, warnings) = try read(xml)
    #expect(warnings.map(\.code) == [.missingTerm])
    #expect(warnings.first?.message.contains("(\(term))") == true || warnings.first?.message.contains(term) == true)
    #expect(bill.totals.due.description(decimals: 2) == "119.00" && bill.currency.code == "EUR")
    #expect(terms(json)?["totals"]?["lines"]?.text == "100.00")
  }

  @Test
  func contactStandsForAMissingName() throws {
    let xml = SampleInvoice().xml.replacing(
      "<cac:PartyLegalEntity><cbc:RegistrationName>Buyer</cbc:RegistrationName></cac:PartyLegalEntity>",
      with: "<cac:Contact><cbc:Name>Eva Example</cbc:Name></cac:Contact>")
    let (_, bill, warnings) = try read(xml)
    #expect(bill.customer.name == "Eva Example")
    #expect(warnings.map(\.code) == [.missingTerm])
    #expect(warnings.first?.path.hasSuffix("cac:Contact/cbc:Name") == true)
    #expect(fault(xml.replacing("Eva Example", with: " "))?.message.contains("BT-44") == true)
  }

  // MARK: Rates

  @Test
  func rateMayStandBesideTheCategory() throws {
    let sample = SampleInvoice().xml
    let vat = "<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>"
    let moved = sample.replacing(vat, with: "<cbc:Percent>19</cbc:Percent><cac:TaxCategory><cbc:ID>S</cbc:ID>")
    #expect(moved != sample)
    let (json, _, warnings) = try read(moved)
    #expect(warnings.isEmpty)
    #expect(terms(json)?["vat"]?.list?.first?["rate"]?.text == "19")
    let none = sample.replacing(vat, with: "<cac:TaxCategory><cbc:ID>S</cbc:ID>")
    let found = try read(none).warnings
    #expect(found.map(\.code) == [.missingTerm])
    #expect(found.first?.message.contains("BT-119") == true && found.first?.message.contains("0 %") == false)
    let exempt = fault(sample.replacing(vat, with: "<cac:TaxCategory><cbc:ID>E</cbc:ID>"))
    #expect(exempt?.code == .sumMismatch && exempt?.message.contains("0 %") == false, "\(exempt?.message ?? "a bill")")
  }

  // MARK: Two totals of VAT

  @Test(arguments: [false, true])
  func totalsOfVATGoByTheirCurrency(_ isForeignFirst: Bool) throws {
    let foreign = "<cac:TaxTotal><cbc:TaxAmount currencyID=\"SEK\">210.90</cbc:TaxAmount></cac:TaxTotal>"
    var sample = SampleInvoice()
    sample.extraHead = "<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>"
    let xml = sample.xml.replacing(
      isForeignFirst ? "<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">" : "<cac:LegalMonetaryTotal>",
      with: isForeignFirst ? foreign + "<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">" : foreign + "<cac:LegalMonetaryTotal>")
    let (json, _, warnings) = try read(xml)
    #expect(warnings.isEmpty)
    let totals = terms(json)?["totals"]
    #expect(totals?["vat"]?.text == "19.00" && totals?["vat_accounting"]?.text == "210.9")
    #expect(totals?["vat_accounting_currency"]?.text == "SEK")
    var cii = SampleCII()
    cii.taxCurrency = "<ram:TaxCurrencyCode>SEK</ram:TaxCurrencyCode>"
    let both = [
      "<ram:TaxTotalAmount currencyID=\"EUR\">19.00</ram:TaxTotalAmount>",
      "<ram:TaxTotalAmount currencyID=\"SEK\">210.90</ram:TaxTotalAmount>",
    ]
    cii.taxTotals = (isForeignFirst ? both.reversed() : both).joined()
    #expect(terms(try read(cii.xml).json)?["totals"]?["vat_accounting"]?.text == "210.9")
    #expect(terms(try read(cii.xml).json)?["totals"]?["vat"]?.text == "19.00")
  }

  @Test(arguments: [false, true])
  func inOneCurrencyTheTotalThatIsBrokenDownCounts(_ isBareFirst: Bool) throws {
    let bare = "<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">7.77</cbc:TaxAmount></cac:TaxTotal>"
    let place = isBareFirst ? "<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">" : "<cac:LegalMonetaryTotal>"
    let (json, _, warnings) = try read(SampleInvoice().xml.replacing(place, with: bare + place))
    #expect(warnings.isEmpty)
    #expect(terms(json)?["totals"]?["vat"]?.text == "19.00")
    #expect(terms(json)?["totals"]?["vat_accounting"] == nil)
    #expect(terms(json)?["other"]?.list?.contains { $0["value"]?.list?.first?.text == "7.77" } == true)
  }

  // MARK: Profiles

  @Test
  func paymentsForThirdPartiesComeOnTop() throws {
    var sample = SampleInvoice()
    sample.due = "129.00"
    let payment = """
      <cac:PrepaidPayment><cbc:ID>Parking</cbc:ID><cbc:PaidAmount currencyID="EUR">10.00</cbc:PaidAmount>\
      <cbc:InstructionID>Garage</cbc:InstructionID></cac:PrepaidPayment><cac:TaxTotal><cbc:TaxAmount currencyID="EUR">
      """.trimmingCharacters(in: .whitespacesAndNewlines)
    let plain = sample.xml.replacing("<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">", with: payment)
    #expect(fault(plain)?.message.hasPrefix("[BR-CO-16]") == true)
    let extended = plain.replacing(
      "urn:cen.eu:en16931:2017", with: "urn:cen.eu:en16931:2017#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0")
    let (json, bill, warnings) = try read(extended)
    #expect(warnings.isEmpty)
    #expect(bill.totals.due.description(decimals: 2) == "129.00")
    let part = try #require(terms(json)?["prepayments"]?.list?.first)
    #expect(part["amount"]?.text == "10.00" && part["third_party"]?.flag == true && part["text"]?.text == "Garage")
  }

  @Test
  func chargeForDeliveryCountsAmongTheCharges() throws {
    var cii = SampleCII()
    cii.charges = """
      <ram:SpecifiedLogisticsServiceCharge><ram:Description>Shipping</ram:Description><ram:AppliedAmount>10.00</ram:AppliedAmount>\
      <ram:AppliedTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>\
      <ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:AppliedTradeTax></ram:SpecifiedLogisticsServiceCharge>
      """
    (cii.chargeTotal, cii.net, cii.base, cii.vat, cii.gross) = ("10.00", "110.00", "110.00", "20.90", "130.90")
    cii.taxTotals = "<ram:TaxTotalAmount currencyID=\"EUR\">20.90</ram:TaxTotalAmount>"
    let (json, _, warnings) = try read(cii.xml)
    #expect(warnings.isEmpty)
    let charge = try #require(terms(json)?["allowances"]?.list?.first)
    #expect(charge["charge"]?.flag == true && charge["amount"]?.text == "10.00" && charge["reason"]?.text == "Shipping")
  }

  // MARK: Lines

  /// 4 × 25.00 in packs, 10 % off and 5.00 on top: the line's own parts and its base quantity belong to its amount.
  @Test
  func allowancesAndBaseQuantityBelongToTheLine() throws {
    func line(_ price: String, _ base: String, _ parts: String) -> String {
      SampleInvoice().xml.replacing(
        "<cac:Price><cbc:PriceAmount currencyID=\"EUR\">60.00</cbc:PriceAmount></cac:Price>",
        with: "<cac:Price><cbc:PriceAmount currencyID=\"EUR\">\(price)</cbc:PriceAmount>\(base)</cac:Price>"
      ).replacing(
        "60.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Item 1<",
        with: "60.00</cbc:LineExtensionAmount>\(parts)<cac:Item><cbc:Name>Item 1<")
    }
    let parts = SampleInvoice.allowance(charge: false, "10.00") + SampleInvoice.allowance(charge: true, "5.00")
    #expect(try EInvoiceRecord.bill(from: Array(line("65.00", "", parts).utf8), language: english).warnings.isEmpty)
    let packs = "<cbc:BaseQuantity unitCode=\"C62\">3</cbc:BaseQuantity>"
    #expect(try EInvoiceRecord.bill(from: Array(line("180.00", packs, "").utf8), language: english).warnings.isEmpty)
    let wrong = try EInvoiceRecord.bill(from: Array(line("66.00", "", parts).utf8), language: english).warnings
    #expect(wrong.map(\.code) == [.lineArithmetic])
    #expect(wrong.first?.path == "/Invoice/cac:InvoiceLine[1]/cbc:LineExtensionAmount")
    #expect(throws: Never.self) {
      _ = try BillReader(strictLines: true).read(EInvoiceRecord.json(from: Array(line("65.00", "", parts).utf8), language: english))
    }
  }

  // MARK: Signs

  @Test
  func kindAndSignAreHeldAgainstEachOther() throws {
    var sample = SampleInvoice()
    sample.lines = ["-60.00", "-30.00", "-10.00"]
    (sample.sumOfLines, sample.net, sample.vatBase) = ("-100.00", "-100.00", "-100.00")
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("-19.00", "-19.00", "-119.00", "-119.00")
    sample.type = "381"
    #expect(try read(sample.xml).warnings.map(\.code) == [.creditNegative])
    #expect(try read(sample.xml).bill.totals.due.description(decimals: 2) == "119.00")
    sample.type = "380"
    #expect(try read(sample.xml).warnings.map(\.code) == [.invoiceNegative])
    sample.type = "384"
    #expect(try read(sample.xml).warnings.isEmpty)
    sample = SampleInvoice()
    (sample.paid, sample.due) = ("130.00", "-11.00")
    #expect(try read(sample.xml).warnings.isEmpty, "a customer may have paid too much")
    sample.type = "381"
    #expect(try read(sample.xml).warnings.map(\.code) == [.creditNegative])
  }
}
