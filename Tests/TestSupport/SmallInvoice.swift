/// A small e-invoice after EN 16931, in UBL, of one line; tests change its parts.
///
/// Amounts are texts in EUR, `head`, `terms` and the like elements that are put in as they are.
package struct SmallInvoice: Sendable {
  package var number: String
  package var buyer: String
  package var type = "380"
  package var head = ""
  package var buyerID = "<cac:PartyIdentification><cbc:ID>K-100</cbc:ID></cac:PartyIdentification>"
  package var payment: String
  package var terms = ""
  package var quantity = "2"
  package var price = "50.00"
  package var priceParts = ""
  package var lineParts = ""
  package var lineID = "1"
  package var name = "Thing"
  package var description = ""
  package var line = "100.00"
  package var vat = "19.00"
  package var gross = "119.00"
  package var paid = ""
  package var due = "119.00"
  package var dueDate = "<cbc:DueDate>2026-12-01</cbc:DueDate>"

  /// An invoice whose sums are right.
  package init(number: String = "R-1", buyer: String = "Bolt Buyer", payment: String = SmallInvoice.account("DE02120300000000202051")) {
    (self.number, self.buyer, self.payment) = (number, buyer, payment)
  }

  /// A means of payment: a transfer to that account.
  package static func account(_ number: String) -> String {
    """
    <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>\(number)</cbc:ID>\
    </cac:PayeeFinancialAccount></cac:PaymentMeans>
    """
  }

  /// The file's text.
  package var xml: String {
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
      <?xml version="1.0" encoding="UTF-8"?>
      <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" \
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>\(number)</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>\
      \(dueDate)<cbc:InvoiceTypeCode>\(type)</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\(head)\
      <cac:AccountingSupplierParty>\(party("Acme Seller", "", "Sellertown"))</cac:AccountingSupplierParty>\
      <cac:AccountingCustomerParty>\(party(buyer, buyerID, "Buyertown"))</cac:AccountingCustomerParty>\(payment)\(terms)\
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

  /// The file's bytes.
  package var bytes: [UInt8] { Array(xml.utf8) }

  /// A PDF with the invoice as an embedded file; not a complete one.
  package var pdf: [UInt8] {
    Array(
      "%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length \(xml.utf8.count) >>\nstream\n\(xml)\nendstream\nendobj\ntrailer << >>\n%%EOF\n"
        .utf8)
  }
}
