/// A CII invoice of 100.00 net at 19 % whose lines and further parts tests choose.
struct ExtendedCII {
  /// A line: what it says of its place, and its amount; none where the text is empty.
  struct Line {
    var id: String
    var amount = ""
    var parent = ""
    var kind = ""
    var more = ""

    fileprivate var xml: String {
      let tag = { (name: String, text: String) in text.isEmpty ? "" : "<ram:\(name)>\(text)</ram:\(name)>" }
      let sum = amount.isEmpty ? "" : tag("SpecifiedTradeSettlementLineMonetarySummation", tag("LineTotalAmount", amount))
      return """
        <ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>\(id)</ram:LineID>\(tag("ParentLineID", parent))\
        \(tag("LineStatusReasonCode", kind))</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:Name>Item \(id)</ram:Name>\
        </ram:SpecifiedTradeProduct>\(more)<ram:SpecifiedLineTradeSettlement>\(sum)</ram:SpecifiedLineTradeSettlement>\
        </ram:IncludedSupplyChainTradeLineItem>
        """
    }
  }

  var profile = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"
  var type = "380"
  var lines = [Line(id: "1", amount: "100.00")]
  var document = ""
  var agreement = ""
  var delivery = ""
  var settlement = ""
  var breakdown = """
    <ram:ApplicableTradeTax><ram:CalculatedAmount>19.00</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>\
    <ram:BasisAmount>100.00</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent>\
    </ram:ApplicableTradeTax>
    """
  /// By the names of their elements without `Amount`, in the order written.
  var totals = [
    ("LineTotal", "100.00"), ("TaxBasisTotal", "100.00"), ("TaxTotal", "19.00"), ("GrandTotal", "119.00"), ("DuePayable", "119.00"),
  ]

  var xml: String {
    let uri = "urn:un:unece:uncefact:data:standard:"
    let sums = totals.map { "<ram:\($0)Amount\($0 == "TaxTotal" ? " currencyID=\"EUR\"" : "")>\($1)</ram:\($0)Amount>" }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <rsm:CrossIndustryInvoice xmlns:rsm="\(uri)CrossIndustryInvoice:100" xmlns:udt="\(uri)UnqualifiedDataType:100" \
      xmlns:qdt="\(uri)QualifiedDataType:100" xmlns:ram="\(uri)ReusableAggregateBusinessInformationEntity:100">
      <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>\(profile)</ram:ID>\
      </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
      <rsm:ExchangedDocument><ram:ID>X-1</ram:ID><ram:TypeCode>\(type)</ram:TypeCode>\
      <ram:IssueDateTime><udt:DateTimeString format="102">20261102</udt:DateTimeString></ram:IssueDateTime>\(document)</rsm:ExchangedDocument>
      <rsm:SupplyChainTradeTransaction>\(lines.map(\.xml).joined())
      <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Seller</ram:Name></ram:SellerTradeParty>\
      <ram:BuyerTradeParty><ram:Name>Buyer</ram:Name></ram:BuyerTradeParty>\(agreement)</ram:ApplicableHeaderTradeAgreement>
      <ram:ApplicableHeaderTradeDelivery>\(delivery)</ram:ApplicableHeaderTradeDelivery>
      <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>\(settlement)\(breakdown)\
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>\(sums.joined())</ram:SpecifiedTradeSettlementHeaderMonetarySummation>\
      </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>
      """
  }

  static func reference(_ name: String, _ id: String, line: String = "", date: String = "") -> String {
    let day = "<ram:FormattedIssueDateTime><qdt:DateTimeString format=\"102\">\(date)</qdt:DateTimeString></ram:FormattedIssueDateTime>"
    return """
      <ram:\(name)ReferencedDocument><ram:IssuerAssignedID>\(id)</ram:IssuerAssignedID>\(line.isEmpty ? "" : "<ram:LineID>\(line)</ram:LineID>")\
      \(date.isEmpty ? "" : day)</ram:\(name)ReferencedDocument>
      """
  }
}
