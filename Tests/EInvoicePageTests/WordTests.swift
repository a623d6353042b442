import Foundation
import TestSupport
import Testing

/// Sentences and labels that must be true of the invoice they stand on.
@Suite(.needs("pdftotext"), .serialized)
struct WordTests {
  private let printer = PageText(language: "en")

  private func page(_ invoice: SmallInvoice) throws -> String { try printer.plain(of: invoice.xml) }

  @Test
  func accountsStandAsWrittenAndIBANsInFours() throws {
    var invoice = SmallInvoice()
    #expect(try page(invoice).contains("IBAN DE02 1203 0000 0000 2020 51"))
    for number in ["19-2000145399/0800", "DE02120300000000202052", "20-00-00 12345678", "pay.example/a?b=1", "123456789012"] {
      invoice.payment = SmallInvoice.account(number)
      #expect(try page(invoice).contains("Account number \(number) "), "\(number)")
    }
  }

  /// The code for the transfer and the words about it stand only where its standard allows what the invoice says.
  @Test
  func paymentCodeStandsWhereItsStandardAllows() throws {
    var invoice = SmallInvoice()
    #expect(try page(invoice).contains("Code on the right"))
    for account in ["19-2000145399/0800", "DE02120300000000202052"] {
      invoice.payment = SmallInvoice.account(account)
      let text = try page(invoice)
      #expect(!text.contains("Code on the right") && text.contains("Please quote R-1"), "\(account): \(text)")
    }
    invoice = SmallInvoice()
    (invoice.paid, invoice.due) = ("119.00", "0.00")
    #expect(try !page(invoice).contains("Code on the right"))
  }

  @Test
  func selfBilledDocumentSpeaksInTheBuyersName() throws {
    var invoice = SmallInvoice()
    invoice.type = "389"
    invoice.head = "<cac:OrderReference><cbc:ID>PO-7</cbc:ID><cbc:SalesOrderID>SO-8</cbc:SalesOrderID></cac:OrderReference>"
    let text = try page(invoice)
    for words in [
      "Our order PO-7", "Your order number SO-8", "Our customer number K-100", "We pay you", "How we pay you", "Self-billed invoice R-1",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    for words in ["Amount to pay", "Your order PO-7", "Pay by", "How to pay", "Please quote"] { #expect(!text.contains(words), "\(words)") }
    // The letterhead is the buyer's, the address the seller's.
    #expect(text.hasPrefix("Bolt Buyer "))
    #expect(text.contains("Bolt Buyer · Bolt Buyer Street · 12345 Buyertown Acme Seller Acme Seller Street 12345 Sellertown"))
    invoice.type = "261"
    let credit = try page(invoice)
    #expect(credit.contains("Credit to us") && !credit.contains("Credit to you") && !credit.contains("We pay you"))
    #expect(credit.contains("takes an earlier amount back") && !credit.contains("gives money back"))
  }

  @Test
  func nobodyIsToldHowToPayNothing() throws {
    var invoice = SmallInvoice()
    #expect(try page(invoice).contains("How to pay"))
    (invoice.paid, invoice.due) = ("119.00", "0.00")
    var text = try page(invoice)
    #expect(!text.contains("How to pay") && !text.contains("Please quote"))
    #expect(text.contains("Nothing to pay") && text.contains("IBAN DE02 1203 0000 0000 2020 51"))
    invoice = SmallInvoice()
    invoice.type = "381"
    text = try page(invoice)
    #expect(!text.contains("How to pay") && text.contains("Credit to you"))
    #expect(text.contains("This document gives money back") && text.contains("−119.00"))
  }

  @Test
  func wordsFollowTheSignOfWhatIsDue() throws {
    var invoice = SmallInvoice()
    invoice.type = "381"
    (invoice.quantity, invoice.line, invoice.vat, invoice.gross, invoice.due) = ("-2", "-100.00", "-19.00", "-119.00", "-119.00")
    let credit = try page(invoice)
    #expect(credit.contains("Amount to pay") && !credit.contains("gives money back") && !credit.contains("Credit to you"))
    invoice.type = "380"
    let bill = try page(invoice)
    #expect(bill.contains("Credit to you") && !bill.contains("How to pay"))
  }

  @Test
  func pointerPointsToSomething() throws {
    var invoice = SmallInvoice()
    invoice.dueDate = ""
    #expect(try !page(invoice).contains("as agreed"))
    invoice.terms = "<cac:PaymentTerms><cbc:Note>Ten days</cbc:Note></cac:PaymentTerms>"
    let text = try page(invoice)
    #expect(text.contains("Payable as agreed; see “How to pay”.") && text.contains("Terms of payment Ten days"))
  }

  @Test
  func halfOpenPeriodsAreSaidInWords() throws {
    var invoice = SmallInvoice()
    invoice.head = "<cac:InvoicePeriod><cbc:StartDate>2026-09-01</cbc:StartDate></cac:InvoicePeriod>"
    invoice.lineParts = "<cac:InvoicePeriod><cbc:EndDate>2026-09-30</cbc:EndDate></cac:InvoicePeriod>"
    let text = try page(invoice)
    #expect(text.contains("from September 1, 2026") && text.contains("until Sep 30, 2026") && !text.contains("2026 –"))
  }

  @Test
  func customerNumberIsOneOrIsLeftOut() throws {
    var invoice = SmallInvoice()
    #expect(try page(invoice).contains("Customer number K-100"))
    invoice.buyerID = "<cbc:EndpointID schemeID=\"EM\">a@b.example</cbc:EndpointID>"
    #expect(try !page(invoice).contains("Customer number"))
    invoice.buyerID = ""
    #expect(try !page(invoice).contains("Customer number"))
  }

  @Test
  func surchargesAndDiscountsAreCalledWhatTheyAre() throws {
    var invoice = SmallInvoice()
    func part(_ charge: Bool, _ reason: String, _ amount: String) -> String {
      """
      <cac:AllowanceCharge><cbc:ChargeIndicator>\(charge)</cbc:ChargeIndicator><cbc:AllowanceChargeReason>\(reason)</cbc:AllowanceChargeReason>\
      <cbc:Amount currencyID="EUR">\(amount)</cbc:Amount></cac:AllowanceCharge>
      """
    }
    invoice.lineParts = part(true, "Packing", "8.00") + part(false, "Loyalty", "8.00")
    invoice.priceParts = part(false, "Contract", "5.00") + part(true, "Copper", "5.00")
    let text = try page(invoice)
    for words in [
      "Additional charge: Packing 8.00", "Reduction: Loyalty −8.00", "price reduction 5.00 (Contract)", "price surcharge 5.00 (Copper)",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test
  func cardsStandWithThePayment() throws {
    var invoice = SmallInvoice()
    invoice.payment = """
      <cac:PaymentMeans><cbc:PaymentMeansCode>54</cbc:PaymentMeansCode><cac:CardAccount><cbc:PrimaryAccountNumberID>1234</cbc:PrimaryAccountNumberID>\
      <cbc:NetworkID>VISA</cbc:NetworkID><cbc:HolderName>A. Holder</cbc:HolderName></cac:CardAccount></cac:PaymentMeans>
      """
    let text = try page(invoice)
    #expect(text.contains("Card 1234, VISA, A. Holder") && !text.contains("Network ID"))
  }

  @Test
  func sumsThatDifferAreTold() throws {
    var invoice = SmallInvoice()
    invoice.due = "119.01"
    #expect(try page(invoice).contains("The amount due comes to €119.00; the invoice says €119.01."))
  }

  // MARK: Larkspur

  private func larkspur(usage: [(String, Int)], balance: String) throws -> String {
    let bars = usage.map { "{\"label\":\"\($0.0)\",\"value\":\"\($0.1)\"}" }.joined(separator: ",")
    let json = """
      {"v":1,"account":"A-1","invoice":"I-1","kind":"bill","issued":"2026-11-23","due":"2026-12-14","currency":"USD","language":"en-US",\
      "customer":{"name":"Ana","address":["18 Way","Portland OR 97204"]},"delivery":"electronic","format":"standard",\(balance)\
      "sections":[{"title":"Electricity","lines":[{"description":"Energy","amount":"30.00"}]}],"totals":{"charges":"30.00","due":"30.00"},\
      "payment":{"iban":"19-2000145399/0800"},"usage":[\(bars)]}
      """
    return try PageText(language: "en-US", layout: "larkspur").plain(ofRecord: Array(json.utf8))
  }

  @Test
  func yearAgoIsTheSameMonth() throws {
    let months = ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"].enumerated().map {
      ($1, 100 + $0)
    }
    #expect(try larkspur(usage: months, balance: "").contains("You used 12% more than in Nov"))
    // Of a longer history the last month counts, and the one twelve months before it.
    #expect(try larkspur(usage: months + [("Dec", 113)], balance: "").contains("You used 12% more than in Dec"))
    for short in [Array(months.suffix(12)), Array(months.suffix(3))] {
      let text = try larkspur(usage: short, balance: "")
      #expect(!text.contains("more than in"))
      #expect(text.contains("You used \(short.last?.1 ?? 0) kWh in \(short.last?.0 ?? "")"))
    }
  }

  @Test
  func billWithoutBalanceThanksForNothing() throws {
    let none = try larkspur(usage: [], balance: "")
    #expect(!none.contains("Previous balance") && !none.contains("Payments received") && none.contains("New charges"))
    #expect(none.contains("19-2000145399/0800"))
    let paid = try larkspur(usage: [], balance: "\"balance\":{\"previous\":\"10.00\",\"payments\":\"-10.00\"},")
    #expect(paid.contains("Payments received, thank you"))
    let open = try larkspur(usage: [], balance: "\"balance\":{\"previous\":\"10.00\",\"adjustments\":\"-10.00\"},")
    #expect(open.contains("Payments received $0.00") && !open.contains("thank you"))
  }

  /// What is too tall for the room left fills it first.
  @Test(arguments: [30, 38, 45, 60, 70])
  func tallItemLeavesNoPageEmpty(_ lines: Int) throws {
    var invoice = SmallInvoice()
    invoice.description = (1...lines).map { "Row \($0)." }.joined(separator: "\n")
    let pages = try printer.raw(of: Array(invoice.xml.utf8)).split(separator: "\u{C}")
    #expect(pages.first?.contains("Row 25.") == true)
    #expect(pages.dropLast().allSatisfy { $0.split(separator: "\n").count > 30 })
  }

  @Test func longNameLeavesNoPageEmpty() throws {
    var invoice = SmallInvoice()
    invoice.name = (100..<300).map { "N\($0)" }.joined(separator: " ").prefix(1_000).description
    let pages = try printer.raw(of: Array(invoice.xml.utf8)).split(separator: "\u{C}")
    #expect(pages.first?.contains("N199") == true)
  }

  /// Long values with and without joints, wherever they stand, cost neither the bill nor one of their characters.
  @Test(arguments: [28, 46, 80, 120])
  func longValuesCostNeitherTheBillNorACharacter(_ length: Int) throws {
    func value(_ seed: Int, joints: Bool) -> String {
      var state = UInt64(length * 100 + seed)
      return String(
        (0..<length).map { place in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let signs = joints && place % 9 == 8 ? Array("-/._:@") : Array("0123456789ABCDEF")
          return signs[Int(state >> 33) % signs.count]
        })
    }
    for joints in [true, false] {
      var invoice = SmallInvoice()
      let values = (0..<9).map { value($0, joints: joints) }
      invoice.head = """
        <cbc:BuyerReference>\(values[0])</cbc:BuyerReference><cac:OrderReference><cbc:ID>\(values[1])</cbc:ID></cac:OrderReference>\
        <cac:ContractDocumentReference><cbc:ID>\(values[2])</cbc:ID></cac:ContractDocumentReference>
        """
      invoice.buyerID = "<cac:PartyIdentification><cbc:ID>\(values[3])</cbc:ID></cac:PartyIdentification>"
      invoice.payment = values[4...5].map { SmallInvoice.account($0) }.joined() + SmallInvoice.account("MT84MALT011000012345MTLCAST001S")
      invoice.lineID = values[6]
      invoice.name = values[7]
      invoice.description = values[8]
      let text = try printer.text(of: Array(invoice.xml.utf8)).text
      for (index, value) in values.enumerated() { #expect(text.contains(value), "value \(index) of \(length), joints: \(joints)") }
      #expect(text.contains("MT84MALT011000012345MTLCAST001S"))
      // Words beside them are not squeezed.
      #expect(text.contains("DescriptionQuantityUnitprice"))
    }
  }
}
