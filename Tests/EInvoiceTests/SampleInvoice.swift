/// A small UBL invoice whose parts tests change.
struct SampleInvoice {
  var root = "Invoice"
  var namespace = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  var prolog = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  var number = "R-1"
  var type = "380"
  var currency = "EUR"
  var buyerIDs = "<cac:PartyIdentification><cbc:ID schemeID=\"0088\">4012345000009</cbc:ID></cac:PartyIdentification>"
  /// Net amounts.
  var lines = ["60.00", "30.00", "10.00"]
  var allowances = ""
  var vatAmount = "19.00"
  var vatBase = "100.00"
  var vatTotal = "19.00"
  var sumOfLines = "100.00"
  var totals = ""
  var net = "100.00"
  var gross = "119.00"
  var paid = ""
  var due = "119.00"
  var attachment = ""
  var extraHead = ""

  private var isCreditNote: Bool { root == "CreditNote" }

  var xml: String {
    let amount = { (name: String, value: String) in "<cbc:\(name) currencyID=\"\(currency)\">\(value)</cbc:\(name)>" }
    let lineName = isCreditNote ? "CreditNoteLine" : "InvoiceLine"
    let quantityName = isCreditNote ? "CreditedQuantity" : "InvoicedQuantity"
    let vat = "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    let items = lines.enumerated().map { index, net in
      """
      <cac:\(lineName)><cbc:ID>\(index + 1)</cbc:ID><cbc:\(quantityName) unitCode="C62">1</cbc:\(quantityName)>\(amount("LineExtensionAmount", net))\
      <cac:Item><cbc:Name>Item \(index + 1)</cbc:Name><cac:ClassifiedTaxCategory>\(vat)</cac:ClassifiedTaxCategory></cac:Item>\
      <cac:Price>\(amount("PriceAmount", net))</cac:Price></cac:\(lineName)>
      """
    }
    return """
      \(prolog)<\(root) xmlns="\(namespace)" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" \
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>\(number)</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate>
      \(isCreditNote ? "" : "<cbc:DueDate>2026-12-01</cbc:DueDate>")<cbc:\(isCreditNote ? "CreditNoteTypeCode" : "InvoiceTypeCode")>\(type)</cbc:\(isCreditNote ? "CreditNoteTypeCode" : "InvoiceTypeCode")>
      <cbc:DocumentCurrencyCode>\(currency)</cbc:DocumentCurrencyCode><cbc:BuyerReference>REF-9</cbc:BuyerReference>\(extraHead)\(attachment)
      <cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Seller &amp; Sons</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
      <cac:AccountingCustomerParty><cac:Party>\(buyerIDs)<cac:PostalAddress><cbc:StreetName>Way 1</cbc:StreetName><cbc:CityName>Town</cbc:CityName>\
      <cbc:PostalZone>12345</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>\
      <cac:PartyLegalEntity><cbc:RegistrationName>Buyer</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
      \(allowances)<cac:TaxTotal>\(amount("TaxAmount", vatTotal))<cac:TaxSubtotal>\(amount("TaxableAmount", vatBase))\(amount("TaxAmount", vatAmount))\
      <cac:TaxCategory>\(vat)</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
      <cac:LegalMonetaryTotal>\(amount("LineExtensionAmount", sumOfLines))\(amount("TaxExclusiveAmount", net))\(amount("TaxInclusiveAmount", gross))\
      \(totals)\(paid.isEmpty ? "" : amount("PrepaidAmount", paid))\(amount("PayableAmount", due))</cac:LegalMonetaryTotal>
      \(items.joined(separator: "\n"))
      </\(root)>
      """
  }

  static func allowance(charge: Bool, _ value: String) -> String {
    """
    <cac:AllowanceCharge><cbc:ChargeIndicator>\(charge)</cbc:ChargeIndicator><cbc:AllowanceChargeReason>Reason</cbc:AllowanceChargeReason>\
    <cbc:Amount currencyID="EUR">\(value)</cbc:Amount></cac:AllowanceCharge>
    """
  }
}
