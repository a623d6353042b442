/// A small UBL invoice of one line, whose parts tests change, and the words of its pages.
struct SmallInvoice {
  var type = "380"
  var head = ""
  var buyerID = "<cac:PartyIdentification><cbc:ID>K-100</cbc:ID></cac:PartyIdentification>"
  var payment = SmallInvoice.account("DE02120300000000202051")
  var terms = ""
  var quantity = "2"
  var price = "50.00"
  var priceParts = ""
  var lineParts = ""
  var lineID = "1"
  var name = "Thing"
  var description = ""
  var line = "100.00"
  var vat = "19.00"
  var gross = "119.00"
  var paid = ""
  var due = "119.00"
  var dueDate = "<cbc:DueDate>2026-12-01</cbc:DueDate>"

  static func account(_ number: String) -> String {
    """
    <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>\(number)</cbc:ID>\
    </cac:PayeeFinancialAccount></cac:PaymentMeans>
    """
  }

  var xml: String {
    let amount = { (name: String, value: String) in "<cbc:\(name) currencyID=\"EUR\">\(value)</cbc:\(name)>" }
    let category = "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    func party(_ name: String, _ id: String, _ town: String) -> String {
      """
      <cac:Party>\(id)<cac:PostalAddress><cbc:StreetName>\(name) Street</cbc:StreetName><cbc:CityName>\(town)</cbc:CityName>\
      <cbc:PostalZone>12345</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>\
      <cac:PartyLegalEntity><cbc:RegistrationName>\(name)</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
      """
    }
    return """
      <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" \
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>\
      \(dueDate)<cbc:InvoiceTypeCode>\(type)</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\(head)\
      <cac:AccountingSupplierParty>\(party("Acme Seller", "", "Sellertown"))</cac:AccountingSupplierParty>\
      <cac:AccountingCustomerParty>\(party("Bolt Buyer", buyerID, "Buyertown"))</cac:AccountingCustomerParty>\(payment)\(terms)\
      <cac:TaxTotal>\(amount("TaxAmount", vat))<cac:TaxSubtotal>\(amount("TaxableAmount", line))\(amount("TaxAmount", vat))\
      <cac:TaxCategory>\(category)</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal><cac:LegalMonetaryTotal>\
      \(amount("LineExtensionAmount", line))\(amount("TaxExclusiveAmount", line))\(amount("TaxInclusiveAmount", gross))\
      \(paid.isEmpty ? "" : amount("PrepaidAmount", paid))\(amount("PayableAmount", due))</cac:LegalMonetaryTotal>\
      <cac:InvoiceLine><cbc:ID>\(lineID)</cbc:ID><cbc:InvoicedQuantity unitCode="C62">\(quantity)</cbc:InvoicedQuantity>\
      \(amount("LineExtensionAmount", line))\(lineParts)<cac:Item>\(description.isEmpty ? "" : "<cbc:Description>\(description)</cbc:Description>")\
      <cbc:Name>\(name)</cbc:Name><cac:ClassifiedTaxCategory>\(category)\
      </cac:ClassifiedTaxCategory></cac:Item><cac:Price>\(amount("PriceAmount", price))\(priceParts)</cac:Price></cac:InvoiceLine></Invoice>
      """
  }
}
