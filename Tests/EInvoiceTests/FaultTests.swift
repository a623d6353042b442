import Billing
import Diagnostics
import EInvoice
import Testing

struct FaultTests {
  @Test
  func wrongNamespaceNamesBoth() {
    var sample = SampleInvoice()
    sample.namespace = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-1"
    let found = fault(sample.xml)
    #expect(found?.code == .notAnEInvoice)
    #expect(found?.message.contains("Invoice-1") == true && found?.message.contains("Invoice-2") == true)
    #expect(found?.path == "/Invoice")
  }

  /// A name of nothing but zero-width characters is as good as none.
  @Test
  func namesThatShowNothingAreMissing() {
    for blank in ["\u{200B}", "\u{A0}\u{2060}", "\u{FEFF}"] {
      var sample = SampleCII()
      sample.buyer = "<ram:Name>\(blank)</ram:Name>"
      let found = fault(sample.xml)
      sample.buyer = ""
      let missing = fault(sample.xml)
      #expect(found?.code == missing?.code && found != nil, "\(String(describing: found))")
    }
  }

  @Test
  func unknownRootIsNoInvoice() {
    let found = fault("<Order xmlns=\"urn:x\"/>")
    #expect(found?.code == .notAnEInvoice)
    #expect(found?.message.contains("'Order'") == true)
  }

  @Test
  func entityBombIsRefusedUnread() {
    var sample = SampleInvoice()
    sample.prolog = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
    #expect(fault(sample.xml)?.code == .xmlDoctype)
    sample = SampleInvoice()
    sample.number = "&b;"
    #expect(fault(sample.xml)?.code == .malformedXML)
    sample.number = "&#x1;"
    #expect(fault(sample.xml)?.code == .malformedXML)
  }

  /// A document type without declarations of its own is passed over, and what it refers to is never fetched.
  @Test
  func externalEntityIsNeverRead() {
    var sample = SampleInvoice()
    sample.prolog = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">"
    #expect(fault(sample.xml) == nil)
    sample.number = "&root;"
    #expect(fault(sample.xml)?.code == .malformedXML)
    sample.prolog = "<!DOCTYPE x SYSTEM \"a.dtd\" [<!ENTITY root SYSTEM \"file:///etc/passwd\">]>"
    #expect(fault(sample.xml)?.code == .xmlDoctype)
  }

  @Test(arguments: [
    ("<a><b></a>", "closed by"), ("<a b='1' b='2'/>", "twice"), ("<a/><b/>", "second root"), ("<x:a/>", "no namespace"),
    ("", "no XML element"),
    ("<a>&nbsp;</a>", "no reference"), ("<a b=1/>", "quotes"), ("text", "outside"), ("<a", "complete"), ("<a><![CDATA[x", "complete"),
  ])
  func malformedXMLSaysWhatIsWrong(_ xml: String, _ words: String) {
    let found = fault(xml)
    #expect(found?.code == .malformedXML)
    #expect(found?.message.contains(words) == true, "\(found?.message ?? "no fault")")
  }

  @Test
  func depthIsBounded() {
    #expect(fault(String(repeating: "<a>", count: 10_000))?.code == .tooDeep)
  }

  @Test
  func attributesAreBounded() {
    let attributes = (0..<100).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(fault("<a \(attributes)/>")?.code == .tooManyValues)
  }

  @Test
  func otherEncodingsAreReadOrNamed() throws {
    var sample = SampleInvoice()
    sample.number = "Ré-1"
    sample.prolog = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
    let latin = sample.xml.unicodeScalars.map { UInt8($0.value) }
    #expect(try EInvoiceRecord.bill(from: latin, language: english).bill.invoice == "Ré-1")
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in SampleInvoice().xml.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try EInvoiceRecord.bill(from: wide, language: english).bill.invoice == "R-1")
    #expect(fault("<?xml version='1.0' encoding='EBCDIC'?><a/>")?.message.contains("'EBCDIC'") == true)
    #expect(fault([0x3C, 0x61, 0x3E, 0xFF, 0x3C])?.code == .invalidUTF8)
  }

  private static let wrong: [(String, any WritableKeyPath<SampleInvoice, String> & Sendable, String, String, [String])] = [
    ("BR-CO-10", \.sumOfLines, "99.00", "/Invoice/cac:LegalMonetaryTotal/cbc:LineExtensionAmount", ["100.00", "99.00"]),
    ("BR-CO-13", \.net, "101.00", "/Invoice/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", ["100.00", "101.00"]),
    ("BR-CO-14", \.vatTotal, "18.90", "/Invoice/cac:TaxTotal/cbc:TaxAmount", ["19.00", "18.90"]),
    ("BR-CO-15", \.gross, "120.00", "/Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", ["119.00", "120.00"]),
    ("BR-CO-16", \.due, "118.00", "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", ["119.00", "118.00"]),
    ("BR-CO-17", \.vatBase, "106.00", "/Invoice/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", ["20.14", "19.00"]),
  ]

  @Test(arguments: 0..<6)
  func wrongSumsGiveBothFigures(_ index: Int) {
    let (rule, field, value, path, figures) = FaultTests.wrong[index]
    var sample = SampleInvoice()
    sample[keyPath: field] = value
    let found = fault(sample.xml)
    #expect(found?.code == .sumMismatch)
    #expect(found?.message.hasPrefix("[\(rule)]") == true, "\(found?.message ?? "no fault")")
    for figure in figures { #expect(found?.message.contains(figure) == true, "\(found?.message ?? "no fault")") }
    #expect(found?.path == path)
  }

  @Test(arguments: [(false, "BR-CO-11", "AllowanceTotalAmount"), (true, "BR-CO-12", "ChargeTotalAmount")])
  func wrongSumsOfAllowancesAndCharges(_ isCharge: Bool, _ rule: String, _ total: String) {
    var sample = SampleInvoice()
    sample.allowances = SampleInvoice.allowance(charge: isCharge, "10.00")
    #expect(fault(sample.xml)?.message.hasPrefix("[\(rule)]") == true)
    sample.totals = "<cbc:\(total) currencyID=\"EUR\">9.00</cbc:\(total)>"
    let found = fault(sample.xml)
    #expect(found?.message.contains("10.00") == true && found?.message.contains("9.00") == true)
    #expect(found?.path == "/Invoice/cac:LegalMonetaryTotal/cbc:\(total)")
  }

  /// The standard's own validation lets a category's VAT differ by less than one unit of the currency.
  @Test
  func vatMayDifferByLessThanOneUnit() {
    var sample = SampleInvoice()
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("19.99", "19.99", "119.99", "119.99")
    #expect(fault(sample.xml) == nil)
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("20.00", "20.00", "120.00", "120.00")
    #expect(fault(sample.xml)?.message.hasPrefix("[BR-CO-17]") == true)
  }

  @Test
  func faultsOfLinesNameTheLine() {
    var sample = SampleInvoice()
    sample.lines[2] = "ten"
    let found = fault(sample.xml)
    #expect(found?.code == .badNumber)
    #expect(found?.path == "/Invoice/cac:InvoiceLine[3]/cbc:LineExtensionAmount")
    sample.lines[2] = "1e1"
    #expect(fault(sample.xml)?.code == .badNumber)
  }

  @Test
  func amountsInAnotherCurrencyAreRefused() {
    let xml = SampleInvoice().xml.replacing("currencyID=\"EUR\">30.00", with: "currencyID=\"USD\">30.00")
    #expect(fault(xml)?.code == .currencyMismatch)
    var sample = SampleInvoice()
    sample.currency = "EURO"
    #expect(fault(sample.xml)?.code == .unknownCurrency)
  }

  @Test
  func missingPartsAreNamed() {
    #expect(fault(SampleInvoice().xml.replacing("<cbc:ID>R-1</cbc:ID>", with: ""))?.message.contains("BT-1") == true)
    var sample = SampleInvoice()
    (sample.lines, sample.sumOfLines) = ([], "0")
    #expect(fault(sample.xml)?.message.contains("BG-25") == true)
    #expect(fault(SampleInvoice().xml.replacing("2026-11-02", with: "2026-02-30"))?.code == .badDate)
  }
}
