import Billing
import Dates
import Diagnostics
import EInvoice
import JSON
import Money
import Testing

struct MappingTests {
  private func bill(_ sample: SampleInvoice) throws -> Bill {
    try EInvoiceRecord.bill(from: Array(sample.xml.utf8), language: english).bill
  }

  @Test
  func plainInvoice() throws {
    let bill = try bill(SampleInvoice())
    #expect(bill.account == "4012345000009")
    #expect(bill.invoice == "R-1")
    #expect(bill.kind == .bill)
    #expect(bill.issued.iso == "2026-11-02")
    #expect(bill.due?.iso == "2026-12-01")
    #expect(bill.delivery == .paper)
    #expect(bill.consent == nil)
    #expect(bill.customer.address == ["Way 1", "12345 Town"])
    #expect(bill.sections.count == 1)
    #expect(bill.totals.due.description(decimals: 2) == "119.00")
    #expect(bill.taxes[0].label == "VAT S")
    #expect(bill.extra["e_invoice"]?["seller"]?["name"]?.text == "Seller & Sons")
  }

  @Test
  func accountIsTheFirstPresentIdentifier() throws {
    var sample = SampleInvoice()
    sample.buyerIDs = "<cbc:EndpointID schemeID=\"EM\">a@b.example</cbc:EndpointID>"
    #expect(try bill(sample).account == "a@b.example")
    #expect(try bill(sample).customer.email == "a@b.example")
    sample.buyerIDs = ""
    #expect(try bill(sample).account == "REF-9")
  }

  @Test(arguments: ["81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"])
  func creditCodesTurnEveryAmount(_ code: String) throws {
    var sample = SampleInvoice()
    sample.type = code
    sample.paid = "19.00"
    sample.due = "100.00"
    let bill = try bill(sample)
    #expect(bill.kind == .credit)
    #expect(bill.totals.charges.description(decimals: 2) == "-119.00")
    #expect(bill.totals.due.description(decimals: 2) == "-100.00")
    #expect(bill.balance.payments.description(decimals: 2) == "19.00")
    #expect(bill.sections[0].lines.map { $0.amount.description(decimals: 2) } == ["-60.00", "-30.00", "-10.00"])
    #expect(bill.taxes[0].base?.description(decimals: 2) == "-100.00")
  }

  @Test
  func creditNoteOfUBLIsACredit() throws {
    var sample = SampleInvoice()
    (sample.root, sample.namespace) = ("CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2")
    let (bill, warnings) = try EInvoiceRecord.bill(from: Array(sample.xml.utf8), language: english)
    #expect(bill.kind == .credit)
    #expect(bill.totals.due.description(decimals: 2) == "-119.00")
    #expect(warnings.isEmpty)
  }

  @Test
  func negativeInvoiceStaysABill() throws {
    var sample = SampleInvoice()
    sample.lines = ["-60.00", "-40.00"]
    (sample.sumOfLines, sample.net, sample.vatBase) = ("-100.00", "-100.00", "-100.00")
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("-19.00", "-19.00", "-119.00", "-119.00")
    let bill = try bill(sample)
    #expect(bill.kind == .bill)
    #expect(bill.totals.due.description(decimals: 2) == "-119.00")
  }

  @Test
  func allowancesAndChargesAreASectionOfTheirOwn() throws {
    var sample = SampleInvoice()
    sample.allowances = SampleInvoice.allowance(charge: false, "10.00") + SampleInvoice.allowance(charge: true, "5.00")
    sample.totals =
      "<cbc:AllowanceTotalAmount currencyID=\"EUR\">10</cbc:AllowanceTotalAmount><cbc:ChargeTotalAmount currencyID=\"EUR\">5</cbc:ChargeTotalAmount>"
    (sample.net, sample.vatBase, sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = (
      "95", "95", "18.05", "18.05", "113.05", "113.05"
    )
    let bill = try bill(sample)
    #expect(bill.sections.count == 2)
    #expect(bill.sections[1].lines.map { $0.amount.description(decimals: 2) } == ["-10.00", "5.00"])
  }

  @Test
  func yenHaveNoDecimals() throws {
    var sample = SampleInvoice()
    sample.currency = "JPY"
    (sample.vatAmount, sample.vatTotal, sample.gross, sample.due) = ("19", "19", "119", "119")
    #expect(try bill(sample).totals.due.description == "119")
    sample.lines = ["60.50", "29.50", "10"]
    let found = fault(sample.xml)
    #expect(found?.code == .tooManyDecimals)
    #expect(found?.path == "/Invoice/cac:InvoiceLine[1]/cbc:LineExtensionAmount")
  }

  @Test
  func unknownPartsAreListed() throws {
    var sample = SampleInvoice()
    sample.extraHead = "<cbc:LineCountNumeric>3</cbc:LineCountNumeric><x:Own xmlns:x=\"urn:x\"><x:A>1</x:A></x:Own>"
    let terms = try record(Array(sample.xml.utf8))["extra"]?["e_invoice"]
    #expect(terms?["other"]?.list?.first?["name"]?.text == "Line count numeric")
    #expect(terms?["other"]?.list?.first?["path"]?.text == "/Invoice/cbc:LineCountNumeric")
    #expect(terms?["unread"]?.list?.map(\.text) == ["/Invoice/x:Own"])
  }

  @Test
  func longNotesAreCutAtSpaces() throws {
    var sample = SampleInvoice()
    let words = Array(repeating: "word", count: 700).joined(separator: " ")
    sample.extraHead = "<cbc:Note>#AAI#First\n\(words)</cbc:Note>"
    let note = try record(Array(sample.xml.utf8))["extra"]?["e_invoice"]?["notes"]?.list?.first
    #expect(note?["subject"]?.text == "AAI")
    let parts = note?["text"]?.list?.compactMap(\.text) ?? []
    #expect(parts.first == "First")
    #expect(parts.dropFirst().joined(separator: " ") == words)
    #expect(parts.allSatisfy { $0.count <= RecordLimits.text })
  }

  @Test func blankLinesOfANoteAreOneGap() throws {
    var sample = SampleInvoice()
    sample.extraHead = "<cbc:Note>\n  First\n\n \n  Second\u{2028}Third\n</cbc:Note>"
    let note = try record(Array(sample.xml.utf8))["extra"]?["e_invoice"]?["notes"]?.list?.first
    #expect(note?["text"]?.list?.compactMap(\.text) == ["First", "", "Second", "Third"])
  }

  @Test func namesKeepTheirLinesAndNumbersDoNot() throws {
    let xml = SampleInvoice().xml.replacing("</cbc:Name>", with: "\n  second line\n</cbc:Name>")
    let extra = try record(Array(xml.utf8))["extra"]?["e_invoice"]
    #expect(extra?["lines"]?.list?.first?["name"]?.text?.hasSuffix("\nsecond line") == true)
    let numbered = SampleInvoice().xml.replacing("</cbc:ID>", with: "\n</cbc:ID>")
    #expect(try record(Array(numbered.utf8))["invoice"]?.text?.contains("\n") == false)
  }

  @Test
  func manyLinesAndLargeAttachments() throws {
    var sample = SampleInvoice()
    sample.lines = Array(repeating: "0.05", count: 2_000)
    let base64 = String(repeating: "QUJD", count: 5 * 1_024 * 1_024 / 3)
    sample.attachment =
      "<cac:AdditionalDocumentReference><cbc:ID>A</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode=\"application/pdf\" filename=\"a.pdf\">\(base64)</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    let json = try EInvoiceRecord.json(from: Array(sample.xml.utf8), language: english)
    #expect(json.count < 2 << 20)
    let bill = try BillReader().read(json).bill
    #expect(bill.sections[0].lines.count == 2_000)
    let attachment = bill.extra["e_invoice"]?["attachments"]?.list?.first
    #expect(attachment?["file"]?.text == "a.pdf")
    #expect(attachment?["bytes"]?.text == String(base64.utf8.count / 4 * 3))
  }

  @Test(arguments: [
    ("380", "seller"), ("381", "seller"), ("261", "buyer"), ("389", "buyer"), ("500", "buyer"), ("502", "buyer"), ("527", "buyer"),
  ])
  func selfBilledDocumentsAreTheBuyers(_ code: String, _ issuer: String) throws {
    var sample = SampleInvoice()
    sample.type = code
    #expect(try record(Array(sample.xml.utf8))["extra"]?["e_invoice"]?["issuer"]?.text == issuer)
  }

  @Test
  func seriesTellsSellerYearAndKindApart() throws {
    var sample = SampleInvoice()
    #expect(try bill(sample).series == "Seller & Sons 2026 bill")
    let keys = try record(Array(sample.xml.utf8)).members?.map(\.name) ?? []
    #expect(keys.firstIndex(of: "series") == keys.firstIndex(of: "invoice").map { $0 + 1 })
    sample.type = "381"
    #expect(try bill(sample).series == "Seller & Sons 2026 credit")
    #expect(try EInvoiceRecord.bill(from: Array(SampleCII().xml.utf8), language: english).bill.series == "DE123456789 2026 bill")
    let named = { (name: String) in SampleInvoice().xml.replacing("Seller &amp; Sons", with: name) }
    let series = { (name: String) in try EInvoiceRecord.bill(from: Array(named(name).utf8), language: english).bill.series }
    let long = String(repeating: "ä", count: 300)
    let shortened = try #require(try series(long))
    #expect(shortened.hasPrefix(String(repeating: "ä", count: 60) + "~"))
    #expect(shortened.count == 77 && shortened.suffix(16).allSatisfy { $0.isHexDigit && !$0.isUppercase })
    #expect(try series(long + "b") != shortened)
    #expect(try series("A\u{85}B\u{202E}C") == "A B C 2026 bill")
  }

  @Test
  func cardsAndPrepaymentsHaveTheirPlaces() throws {
    var sample = SampleInvoice()
    (sample.paid, sample.due) = ("19.00", "100.00")
    let parts = """
      <cac:PaymentMeans><cbc:PaymentMeansCode>54</cbc:PaymentMeansCode><cac:CardAccount><cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID>\
      <cbc:NetworkID>VISA</cbc:NetworkID><cbc:HolderName>A. Buyer</cbc:HolderName></cac:CardAccount></cac:PaymentMeans><cac:PrepaidPayment>\
      <cbc:ID>Deposit</cbc:ID><cbc:PaidAmount currencyID="EUR">19.00</cbc:PaidAmount><cbc:ReceivedDate>2026-10-01</cbc:ReceivedDate>\
      </cac:PrepaidPayment><cac:TaxTotal><cbc:TaxAmount currencyID="EUR">
      """
    let xml = sample.xml.replacing("<cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">", with: parts)
    let terms = try record(Array(xml.utf8))["extra"]?["e_invoice"]
    let payment = try #require(terms?["payments"]?.list?.first)
    #expect(payment["card"]?.text == "1234" && payment["card_network"]?.text == "VISA" && payment["card_holder"]?.text == "A. Buyer")
    let prepayment = try #require(terms?["prepayments"]?.list?.first)
    #expect(prepayment["date"]?.text == "2026-10-01" && prepayment["amount"]?.text == "-19.00" && prepayment["third_party"]?.flag == false)
    #expect(terms?["other"]?.list?.isEmpty == true)
  }

  @Test
  func everyPriceChangeIsKeptWithItsReason() throws {
    let changes = """
      <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Contract</cbc:AllowanceChargeReason>\
      <cbc:Amount currencyID="EUR">5.00</cbc:Amount><cbc:BaseAmount currencyID="EUR">60.00</cbc:BaseAmount></cac:AllowanceCharge>\
      <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>\
      <cbc:Amount currencyID="EUR">5.00</cbc:Amount></cac:AllowanceCharge>
      """
    let price = "<cbc:PriceAmount currencyID=\"EUR\">60.00</cbc:PriceAmount>"
    let ubl = try record(Array(SampleInvoice().xml.replacing(price, with: price + changes).utf8))
    let line = try #require(ubl["extra"]?["e_invoice"]?["lines"]?.list?.first)
    #expect(line["gross_price"]?.text == "60.00" || line["gross_price"]?.text == "60")
    let found = line["price_changes"]?.list ?? []
    #expect(found.map { $0["charge"]?.flag } == [false, true])
    #expect(found.first?["reason"]?.text == "Contract" && found.last?["reason_code"]?.text == "FC")
    var cii = SampleCII()
    cii.grossPrice = """
      <ram:GrossPriceProductTradePrice><ram:ChargeAmount>48.00</ram:ChargeAmount><ram:AppliedTradeAllowanceCharge><ram:ChargeIndicator>\
      <udt:Indicator>true</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>2.00</ram:ActualAmount><ram:Reason>Metal</ram:Reason>\
      </ram:AppliedTradeAllowanceCharge></ram:GrossPriceProductTradePrice>
      """
    let change = try #require(try record(Array(cii.xml.utf8))["extra"]?["e_invoice"]?["lines"]?.list?.first?["price_changes"]?.list?.first)
    #expect(change["charge"]?.flag == true && change["reason"]?.text == "Metal")
  }
}
