internal import Billing
internal import Diagnostics
internal import Money

/// Reads UN/CEFACT Cross Industry Invoices D16B into the terms of EN 16931, after CEN/TS 16931-3-3.
struct CIIReader {
  private let root: InvoiceElement
  private let document: InvoiceElement
  let agreement: InvoiceElement
  let delivery: InvoiceElement?
  let settlement: InvoiceElement
  private let transaction: InvoiceElement
  let currency: CheckedCurrency

  init(_ tree: InvoiceTree) throws(RecordFault) {
    root = tree.root
    guard let document = root.first("ExchangedDocument") else { throw root.missing("BT-1", ["ExchangedDocument"]) }
    guard let transaction = root.first("SupplyChainTradeTransaction") else { throw root.missing("BG-25", ["SupplyChainTradeTransaction"]) }
    guard let agreement = transaction.first("ApplicableHeaderTradeAgreement") else {
      throw transaction.missing("BG-4", ["ApplicableHeaderTradeAgreement"])
    }
    guard let settlement = transaction.first("ApplicableHeaderTradeSettlement") else {
      throw transaction.missing("BG-22", ["ApplicableHeaderTradeSettlement"])
    }
    (self.document, self.transaction, self.agreement, self.settlement) = (document, transaction, agreement, settlement)
    delivery = transaction.first("ApplicableHeaderTradeDelivery")
    if let code = settlement.first("InvoiceCurrencyCode"), !code.text.isEmpty {
      currency = try code.currency()
    } else if let amount = settlement.first("SpecifiedTradeSettlementHeaderMonetarySummation")?.firstWithCurrency("DuePayableAmount") {
      currency = try amount.currencyOfAmount()
    } else {
      throw settlement.missing("BT-5", ["InvoiceCurrencyCode"])
    }
  }

  func invoice() throws(RecordFault) -> EInvoice {
    guard let summation = settlement.first("SpecifiedTradeSettlementHeaderMonetarySummation") else {
      throw settlement.missing("BG-22", ["SpecifiedTradeSettlementHeaderMonetarySummation"])
    }
    guard let issued = try document.compactDay("IssueDateTime") else { throw document.missing("BT-2", ["IssueDateTime"]) }
    var invoice = EInvoice(
      syntax: .cii, root: root, number: try document.required("BT-1", "ID"), issued: issued, currency: currency,
      totals: try totals(summation))
    if currency.isOfAmount { invoice.warnMissingCurrency() }
    try head(&invoice)
    try references(&invoice)
    try taxes(&invoice)
    try payment(&invoice)
    if let party = agreement.first("SellerTradeParty") { invoice.seller = try self.party(party) }
    if let party = agreement.first("BuyerTradeParty") { invoice.buyer = try self.party(party) }
    if let party = settlement.first("PayeeTradeParty") { invoice.payee = try self.party(party) }
    try furtherParties(&invoice)
    if let party = agreement.first("SellerTaxRepresentativeTradeParty") { invoice.representative = try self.party(party) }
    if let delivery { try self.delivery(delivery, &invoice) }
    for element in settlement.all("SpecifiedTradeAllowanceCharge") { invoice.allowances.append(try allowance(element)) }
    for element in settlement.all("SpecifiedLogisticsServiceCharge") { invoice.allowances.append(try logistics(element)) }
    let lines = transaction.all("IncludedSupplyChainTradeLineItem")
    guard lines.count <= InvoiceLimits.lines else {
      throw transaction.fault(.tooManyValues, "the invoice has \(lines.count) lines, more than the \(InvoiceLimits.lines) allowed")
    }
    for element in lines { invoice.lines.append(try line(element)) }
    nest(&invoice)
    return invoice
  }

  private func head(_ invoice: inout EInvoice) throws(RecordFault) {
    invoice.type = try document.term("TypeCode")
    invoice.name = try document.term("Name")
    if let context = root.first("ExchangedDocumentContext") {
      invoice.process = try context.term("BusinessProcessSpecifiedDocumentContextParameter", "ID")
      invoice.specification = try context.term("GuidelineSpecifiedDocumentContextParameter", "ID")
    }
    for element in document.all("IncludedNote") {
      var text: [String] = []
      for content in element.all("Content") { text += content.paragraphs }
      let subject = element.first("SubjectCode")?.text
      if !text.isEmpty || subject?.isEmpty == false { invoice.notes.append((subject?.isEmpty == true ? nil : subject, text)) }
    }
    invoice.vatCurrency = try settlement.term("TaxCurrencyCode")
    invoice.buyerReference = try agreement.term("BuyerReference")
    if let period = settlement.first("BillingSpecifiedPeriod") { invoice.period = try self.period(period) }
    invoice.accounting = try settlement.term("ReceivableSpecifiedTradeAccountingAccount", "ID")
  }

  private func period(_ element: InvoiceElement) throws(RecordFault) -> InvoicePeriod {
    InvoicePeriod(from: try element.compactDay("StartDateTime"), to: try element.compactDay("EndDateTime"))
  }

  private func references(_ invoice: inout EInvoice) throws(RecordFault) {
    invoice.project = try agreement.term("SpecifiedProcuringProject", "ID")
    // The project's name is a fixed phrase in the standard's binding; one that says more is kept with what has no place.
    if let name = agreement.first("SpecifiedProcuringProject", "Name"), name.text != "Project reference" { name.markUnread() }
    invoice.contract = try agreement.term("ContractReferencedDocument", "IssuerAssignedID")
    invoice.order = try agreement.term("BuyerOrderReferencedDocument", "IssuerAssignedID")
    invoice.salesOrder = try agreement.term("SellerOrderReferencedDocument", "IssuerAssignedID")
    invoice.receipt = try delivery?.term("ReceivingAdviceReferencedDocument", "IssuerAssignedID")
    invoice.despatch = try delivery?.term("DespatchAdviceReferencedDocument", "IssuerAssignedID")
    for element in settlement.all("InvoiceReferencedDocument") {
      guard let id = try element.term("IssuerAssignedID") else { continue }
      invoice.preceding.append((id, try element.compactDay("FormattedIssueDateTime"), try element.term("TypeCode")))
    }
    try furtherReferences(&invoice)
    for element in agreement.all("AdditionalReferencedDocument") {
      let type = element.first("TypeCode").map(\.text)
      if type == "130", invoice.object == nil, let id = try element.term("IssuerAssignedID") {
        invoice.object = Identifier(id: id, scheme: element.first("ReferenceTypeCode")?.text)
        if element.first("AttachmentBinaryObject") == nil { continue }
      }
      if type == "50", invoice.tender == nil {
        invoice.tender = try element.term("IssuerAssignedID")
        continue
      }
      invoice.attachments += EInvoice.Attachment.all(
        id: try element.term("IssuerAssignedID"), description: element.all("Name"),
        links: try [element.term("URIID")].compactMap { $0 }, embedded: element.all("AttachmentBinaryObject"))
    }
  }

  // MARK: Money

  private func totals(_ element: InvoiceElement) throws(RecordFault) -> EInvoice.Totals {
    var totals = EInvoice.Totals(element: element)
    totals.lines = try element.amount(currency, "LineTotalAmount")
    totals.charges = try element.amount(currency, "ChargeTotalAmount")
    totals.allowances = try element.amount(currency, "AllowanceTotalAmount")
    totals.net = try element.amount(currency, "TaxBasisTotalAmount")
    totals.gross = try element.amount(currency, "GrandTotalAmount")
    totals.paid = try element.amount(currency, "TotalPrepaidAmount")
    totals.rounding = try element.amount(currency, "RoundingAmount")
    totals.due = try element.amount(currency, "DuePayableAmount")
    var vat = VATTotals(currency: currency, accounting: settlement.first("TaxCurrencyCode")?.text)
    for amount in element.all("TaxTotalAmount") { try vat.add(amount, isBrokenDown: false, in: amount) }
    _ = try vat.settle(&totals)
    return totals
  }

  private func taxes(_ invoice: inout EInvoice) throws(RecordFault) {
    for element in settlement.all("ApplicableTradeTax") {
      var vat = EInvoice.VAT(amount: try element.requiredAmount(currency, "BT-117", "CalculatedAmount"), element: element)
      vat.base = try element.amount(currency, "BasisAmount")
      vat.scheme = element.first("TypeCode")?.text
      vat.category = try element.term("CategoryCode")
      vat.rate = try element.figure("RateApplicablePercent")
      for reason in element.all("ExemptionReason") { vat.exemption += reason.paragraphs }
      vat.exemptionCode = try element.term("ExemptionReasonCode")
      // BT-7 and BT-8 stand with each category, always the same.
      if let date = try element.compactDay("TaxPointDate") { invoice.vatDate = invoice.vatDate ?? date }
      if let code = try element.term("DueDateTypeCode") { invoice.vatDateCode = invoice.vatDateCode ?? code }
      invoice.vat.append(vat)
    }
  }

  private func allowance(_ element: InvoiceElement) throws(RecordFault) -> AllowanceCharge {
    let indicator = element.first("ChargeIndicator", "Indicator") ?? element.first("ChargeIndicator")
    var result = AllowanceCharge(
      isCharge: try indicator?.flag() ?? false, amount: try element.requiredAmount(currency, "BT-92, BT-99, BT-136, BT-141", "ActualAmount")
    )
    result.base = try element.amount(currency, "BasisAmount")
    result.percent = try element.figure("CalculationPercent")
    result.reason = try element.term("Reason")
    result.reasonCode = try element.term("ReasonCode")
    if let tax = element.first("CategoryTradeTax") { (result.category, result.rate) = try self.tax(tax) }
    return result
  }

  /// A charge for delivery, which the Extended profile keeps apart from the other charges (BG-X-42); BT-108 counts it among them.
  private func logistics(_ element: InvoiceElement) throws(RecordFault) -> AllowanceCharge {
    var result = AllowanceCharge(isCharge: true, amount: try element.requiredAmount(currency, "BT-X-272", "AppliedAmount"))
    result.reason = try element.term("Description")
    if let tax = element.first("AppliedTradeTax") { (result.category, result.rate) = try self.tax(tax) }
    return result
  }

  private func tax(_ element: InvoiceElement) throws(RecordFault) -> (Term?, Figure?) {
    element.first("TypeCode")?.markRead()
    return (try element.term("CategoryCode"), try element.figure("RateApplicablePercent"))
  }

  private func payment(_ invoice: inout EInvoice) throws(RecordFault) {
    invoice.remittance = try settlement.term("PaymentReference")
    invoice.creditor = try settlement.term("CreditorReferenceID")
    for element in settlement.all("SpecifiedTradeSettlementPaymentMeans") {
      var payment = EInvoice.Payment()
      payment.means = try element.term("TypeCode")
      payment.text = try element.term("Information")?.text
      let account = element.first("PayeePartyCreditorFinancialAccount")
      payment.account = try account?.term("IBANID")
      if payment.account == nil { payment.account = try account?.term("ProprietaryID") }
      payment.accountName = try account?.term("AccountName")
      payment.bank = try element.term("PayeeSpecifiedCreditorFinancialInstitution", "BICID")
      payment.card = try element.term("ApplicableTradeSettlementFinancialCard", "ID")
      payment.cardHolder = try element.term("ApplicableTradeSettlementFinancialCard", "CardholderName")
      payment.debited = try element.term("PayerPartyDebtorFinancialAccount", "IBANID")
      invoice.payments.append(payment)
    }
    for element in settlement.all("SpecifiedAdvancePayment") {
      guard let amount = try element.amount(currency, "PaidAmount") else { continue }
      invoice.prepayments.append(try advance(element, amount))
    }
    for element in try paymentTerms() {
      for description in element.all("Description") { invoice.terms += description.paragraphs }
      let term = try PaymentTerm(cii: element, currency: currency)
      if invoice.mandate == nil { invoice.mandate = term.mandate }
      if !term.isEmpty { invoice.paymentTerms.append(term) }
    }
  }

  private func paymentTerms() throws(RecordFault) -> [InvoiceElement] {
    let terms = settlement.all("SpecifiedTradePaymentTerms")
    guard terms.count <= InvoiceLimits.paymentTerms else { throw settlement.tooManyPaymentTerms(terms.count) }
    return terms
  }

  // MARK: Parties

  func party(_ element: InvoiceElement) throws(RecordFault) -> TradeParty {
    var party = TradeParty()
    for id in element.children where id.name == "ID" || id.name == "GlobalID" {
      if let text = try id.term() { party.ids.append(Identifier(id: text, scheme: id.attribute("schemeID"))) }
    }
    party.name = try element.term("Name")
    for description in element.all("Description") { party.legal += description.paragraphs }
    party.registration = try element.identifier("SpecifiedLegalOrganization", "ID")
    party.tradeName = try element.term("SpecifiedLegalOrganization", "TradingBusinessName")
    if party.name == nil { (party.name, party.tradeName) = (party.tradeName, nil) }
    if let contact = element.first("DefinedTradeContact") {
      let (person, department) = (try contact.term("PersonName"), try contact.term("DepartmentName"))
      party.contact = person ?? department
      if person != nil { department?.element.markUnread() }
      party.phone = try contact.term("TelephoneUniversalCommunication", "CompleteNumber")
      party.email = try contact.term("EmailURIUniversalCommunication", "URIID")
    }
    if let address = element.first("PostalTradeAddress") { party.address = try self.address(address) }
    party.endpoint = try element.identifier("URIUniversalCommunication", "URIID")
    for registration in element.all("SpecifiedTaxRegistration") {
      guard let id = registration.first("ID") else { continue }
      switch id.attribute("schemeID") {
      case "VA" where party.vat == nil: party.vat = try id.term()
      case "FC" where party.tax == nil: party.tax = try id.term()
      default: break
      }
    }
    return party
  }

  private func address(_ element: InvoiceElement) throws(RecordFault) -> TradeAddress {
    TradeAddress(
      line1: try element.term("LineOne"), line2: try element.term("LineTwo"), line3: try element.term("LineThree"),
      city: try element.term("CityName"), code: try element.term("PostcodeCode"), region: try element.term("CountrySubDivisionName"),
      country: try element.term("CountryID"))
  }

  private func delivery(_ element: InvoiceElement, _ invoice: inout EInvoice) throws(RecordFault) {
    invoice.delivery.date = try element.compactDay("ActualDeliverySupplyChainEvent", "OccurrenceDateTime")
    guard let place = element.first("ShipToTradeParty") else { return }
    invoice.delivery.name = try place.term("Name")
    for id in place.children where id.name == "ID" || id.name == "GlobalID" {
      guard invoice.delivery.location == nil, let text = try id.term() else { continue }
      invoice.delivery.location = Identifier(id: text, scheme: id.attribute("schemeID"))
    }
    if let address = place.first("PostalTradeAddress") { invoice.delivery.address = try self.address(address) }
  }

  // MARK: Lines

  private func line(_ element: InvoiceElement) throws(RecordFault) -> InvoiceLine {
    let settlement = element.first("SpecifiedLineTradeSettlement")
    var line = try bareLine(element, settlement?.first("SpecifiedTradeSettlementLineMonetarySummation"))
    if let head = element.first("AssociatedDocumentLineDocument") {
      line.id = try head.term("LineID")
      for note in head.all("IncludedNote") {
        for content in note.all("Content") { line.note += content.paragraphs }
      }
    }
    if let product = element.first("SpecifiedTradeProduct") { try self.product(product, &line) }
    if let agreement = element.first("SpecifiedLineTradeAgreement") { try prices(agreement, &line) }
    if let quantity = element.first("SpecifiedLineTradeDelivery", "BilledQuantity") {
      line.quantity = try quantity.figure()
      line.unit = quantity.attribute("unitCode")
    }
    try references(element, &line)
    guard let settlement else { return line }
    if let tax = settlement.first("ApplicableTradeTax") { (line.category, line.rate) = try self.tax(tax) }
    if let period = settlement.first("BillingSpecifiedPeriod") { line.period = try self.period(period) }
    for allowance in settlement.all("SpecifiedTradeAllowanceCharge") { line.allowances.append(try self.allowance(allowance)) }
    if let reference = settlement.first("AdditionalReferencedDocument"), let id = try reference.term("IssuerAssignedID") {
      reference.first("TypeCode")?.markRead()
      line.object = Identifier(id: id, scheme: reference.first("ReferenceTypeCode")?.text)
    }
    line.accounting = try settlement.term("ReceivableSpecifiedTradeAccountingAccount", "ID")
    return line
  }

  private func prices(_ agreement: InvoiceElement, _ line: inout InvoiceLine) throws(RecordFault) {
    line.orderLine = try agreement.term("BuyerOrderReferencedDocument", "LineID")
    let (gross, net) = (agreement.first("GrossPriceProductTradePrice"), agreement.first("NetPriceProductTradePrice"))
    line.price = try net?.first("ChargeAmount")?.amount(currency, isPrice: true)
    line.grossPrice = try gross?.first("ChargeAmount")?.amount(currency, isPrice: true)
    for change in gross?.all("AppliedTradeAllowanceCharge") ?? [] {
      let indicator = change.first("ChargeIndicator", "Indicator") ?? change.first("ChargeIndicator")
      line.priceChanges.append(
        PriceChange(
          isCharge: try indicator?.flag() ?? false, amount: try change.first("ActualAmount")?.amount(currency, isPrice: true),
          percent: try change.figure("CalculationPercent"), reason: try change.term("Reason"), reasonCode: try change.term("ReasonCode")))
    }
    if let base = net?.first("BasisQuantity") ?? gross?.first("BasisQuantity") {
      line.baseQuantity = try base.figure()
      line.baseUnit = base.attribute("unitCode")
    }
    // Both prices are for the same quantity; only a different one is worth telling.
    if let other = gross?.first("BasisQuantity"), let figure = try other.figure(), figure.value != line.baseQuantity?.value {
      other.markUnread()
    }
  }

  private func product(_ product: InvoiceElement, _ line: inout InvoiceLine) throws(RecordFault) {
    line.name = try product.term("Name")
    for description in product.all("Description") { line.description += description.paragraphs }
    line.sellerItem = try product.term("SellerAssignedID")
    line.buyerItem = try product.term("BuyerAssignedID")
    line.standardItem = try product.identifier("GlobalID")
    line.origin = try product.term("OriginTradeCountry", "ID")
    for element in product.all("DesignatedProductClassification") {
      guard let code = element.first("ClassCode"), let id = try code.term() else { continue }
      line.classes.append((id, code.attribute("listID"), code.attribute("listVersionID")))
    }
    for element in product.all("ApplicableProductCharacteristic") {
      guard let name = try element.term("Description") else { continue }
      line.attributes.append((name, try element.term("Value")))
    }
  }
}
