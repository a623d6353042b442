/// A small CII invoice whose parts tests change.
struct SampleCII {
  var type = "380"
  var currency = "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
  var taxCurrency = ""
  var grossPrice = ""
  var charges = ""
  var chargeTotal = "0.00"
  var taxTotals = "<ram:TaxTotalAmount currencyID=\"EUR\">19.00</ram:TaxTotalAmount>"
  var net = "100.00"
  var base = "100.00"
  var vat = "19.00"
  var gross = "119.00"
  var buyer = "<ram:Name>Buyer</ram:Name>"
  var settlement = ""

  var xml: String {
    let uri = "urn:un:unece:uncefact:data:standard:"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rsm:CrossIndustryInvoice xmlns:rsm="\(uri)CrossIndustryInvoice:100" xmlns:udt="\(uri)UnqualifiedDataType:100" \
      xmlns:qdt="\(uri)QualifiedDataType:100" xmlns:ram="\(uri)ReusableAggregateBusinessInformationEntity:100">
      <rsm:ExchangedDocument><ram:ID>C-1</ram:ID><ram:TypeCode>\(type)</ram:TypeCode>\
      <ram:IssueDateTime><udt:DateTimeString format="102">20261102</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
      <rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem>\
      <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>\
      <ram:SpecifiedTradeProduct><ram:Name>Item</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement>\(grossPrice)\
      <ram:NetPriceProductTradePrice><ram:ChargeAmount>50.00</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>\
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">2</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>\
      <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>\
      <ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>\
      <ram:LineTotalAmount>100.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>\
      </ram:IncludedSupplyChainTradeLineItem>
      <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Seller</ram:Name><ram:SpecifiedTaxRegistration>\
      <ram:ID schemeID="VA">DE123456789</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>\
      <ram:BuyerTradeParty>\(buyer)</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
      <ram:ApplicableHeaderTradeSettlement>\(taxCurrency)\(currency)\(settlement)<ram:ApplicableTradeTax>\
      <ram:CalculatedAmount>\(vat)</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>\(base)</ram:BasisAmount>\
      <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>\(charges)\
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount>\
      <ram:ChargeTotalAmount>\(chargeTotal)</ram:ChargeTotalAmount><ram:TaxBasisTotalAmount>\(net)</ram:TaxBasisTotalAmount>\(taxTotals)\
      <ram:GrandTotalAmount>\(gross)</ram:GrandTotalAmount><ram:DuePayableAmount>\(gross)</ram:DuePayableAmount>\
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>
      </rsm:CrossIndustryInvoice>
      """
  }
}
