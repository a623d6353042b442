internal import Billing
internal import Diagnostics
internal import Money

/// Reads UBL 2.1 invoices and credit notes into the terms of EN 16931, after CEN/TS 16931-3-2.
struct UBLReader {
  let root: InvoiceElement
  private let syntax: InvoiceSyntax
  let currency: CheckedCurrency

  init(_ tree: InvoiceTree, _ syntax: InvoiceSyntax) throws(RecordFault) {
    (root, self.syntax) = (tree.root, syntax)
    if let code = root.first("DocumentCurrencyCode"), !code.text.isEmpty {
      currency = try code.currency()
    } else if let amount = root.first("LegalMonetaryTotal")?.firstWithCurrency("PayableAmount") {
      currency = try amount.currencyOfAmount()
    } else {
      throw root.missing("BT-5", ["DocumentCurrencyCode"])
    }
  }

  func invoice() throws(RecordFault) -> EInvoice {
    let totalsElement = root.first("LegalMonetaryTotal")
    guard let totalsElement else { throw root.missing("BG-22", ["LegalMonetaryTotal"]) }
    guard let issued = try root.day("IssueDate") else { throw root.missing("BT-2", ["IssueDate"]) }
    var invoice = EInvoice(
      syntax: syntax, root: root, number: try root.required("BT-1", "ID"), issued: issued, currency: currency,
      totals: try totals(totalsElement))
    if currency.isOfAmount { invoice.warnMissingCurrency() }
    invoice.type = try root.term(syntax == .ublCreditNote ? "CreditNoteTypeCode" : "InvoiceTypeCode")
    try head(&invoice)
    try references(&invoice)
    try taxes(&invoice)
    try payment(&invoice)
    if let party = root.first("AccountingSupplierParty", "Party") { invoice.seller = try self.party(party) }
    if let party = root.first("AccountingCustomerParty", "Party") { invoice.buyer = try self.party(party) }
    if let party = root.first("PayeeParty") { invoice.payee = try self.party(party) }
    try furtherParties(&invoice)
    if let party = root.first("TaxRepresentativeParty") { invoice.representative = try self.party(party) }
    if let delivery = root.first("Delivery") { invoice.delivery = try self.delivery(delivery) }
    for element in root.all("AllowanceCharge") { invoice.allowances.append(try allowance(element)) }
    try creditor(&invoice)
    let lines = root.all(syntax == .ublCreditNote ? "CreditNoteLine" : "InvoiceLine")
    guard lines.count <= InvoiceLimits.lines else {
      throw root.fault(.tooManyValues, "the invoice has \(lines.count) lines, more than the \(InvoiceLimits.lines) allowed")
    }
    for element in lines { try add(element, to: &invoice) }
    return invoice
  }

  private func head(_ invoice: inout EInvoice) throws(RecordFault) {
    invoice.specification = try root.term("CustomizationID")
    invoice.process = try root.term("ProfileID")
    // A credit note has its due date with the means of payment.
    invoice.due = try root.day("DueDate")
    if invoice.due == nil { invoice.due = try root.day("PaymentMeans", "PaymentDueDate") }
    invoice.vatCurrency = try root.term("TaxCurrencyCode")
    invoice.vatDate = try root.day("TaxPointDate")
    invoice.accounting = try root.term("AccountingCost")
    invoice.buyerReference = try root.term("BuyerReference")
    if let period = root.first("InvoicePeriod") {
      invoice.period = InvoicePeriod(from: try period.day("StartDate"), to: try period.day("EndDate"))
      invoice.vatDateCode = try period.term("DescriptionCode")
    }
    for element in root.all("Note") {
      var text = element.paragraphs
      // BT-21 stands before the note between number signs: #AAI#Words.
      var subject: String?
      if let first = text.first, first.utf8.first == UInt8(ascii: "#") {
        let parts = first.dropFirst().split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].utf8.count == 3, parts[0].utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) {
          subject = String(parts[0])
          let rest = parts[1].drop { $0 == " " }
          if rest.isEmpty { text.removeFirst() } else { text[0] = String(rest) }
        }
      }
      if !text.isEmpty || subject != nil { invoice.notes.append((subject, text)) }
    }
    let terms = root.all("PaymentTerms")
    guard terms.count <= InvoiceLimits.paymentTerms else { throw root.tooManyPaymentTerms(terms.count) }
    for element in terms {
      for note in element.all("Note") { invoice.terms += note.paragraphs }
      let term = PaymentTerm(ubl: element, currency: currency)
      if !term.isEmpty { invoice.paymentTerms.append(term) }
    }
  }

  private func references(_ invoice: inout EInvoice) throws(RecordFault) {
    invoice.project = try root.term("ProjectReference", "ID")
    invoice.contract = try root.term("ContractDocumentReference", "ID")
    invoice.order = try root.term("OrderReference", "ID")
    invoice.salesOrder = try root.term("OrderReference", "SalesOrderID")
    invoice.receipt = try root.term("ReceiptDocumentReference", "ID")
    invoice.despatch = try root.term("DespatchDocumentReference", "ID")
    invoice.tender = try root.term("OriginatorDocumentReference", "ID")
    for element in root.all("BillingReference") {
      guard let reference = element.first("InvoiceDocumentReference") ?? element.first("CreditNoteDocumentReference"),
        let id = try reference.term("ID")
      else { continue }
      invoice.preceding.append((id, try reference.day("IssueDate"), try reference.term("DocumentTypeCode")))
    }
    try furtherReferences(&invoice)
    for element in root.all("AdditionalDocumentReference") {
      switch element.first("DocumentTypeCode").map(\.text) {
      case "130"? where invoice.object == nil:
        invoice.object = try element.identifier("ID")
        if element.first("Attachment") == nil { continue }
      case "50"? where invoice.project == nil && syntax == .ublCreditNote:
        invoice.project = try element.term("ID")
        continue
      default: break
      }
      let parts = element.all("Attachment")
      var links: [Term] = []
      for part in parts { if let link = try part.term("ExternalReference", "URI") { links.append(link) } }
      invoice.attachments += EInvoice.Attachment.all(
        id: try element.term("ID"), description: element.all("DocumentDescription"), links: links,
        embedded: parts.flatMap { $0.all("EmbeddedDocumentBinaryObject") })
    }
  }

  // MARK: Money

  private func totals(_ element: InvoiceElement) throws(RecordFault) -> EInvoice.Totals {
    var totals = EInvoice.Totals(element: element)
    totals.lines = try element.amount(currency, "LineExtensionAmount")
    totals.net = try element.amount(currency, "TaxExclusiveAmount")
    totals.gross = try element.amount(currency, "TaxInclusiveAmount")
    totals.allowances = try element.amount(currency, "AllowanceTotalAmount")
    totals.charges = try element.amount(currency, "ChargeTotalAmount")
    totals.paid = try element.amount(currency, "PrepaidAmount")
    totals.rounding = try element.amount(currency, "PayableRoundingAmount")
    totals.due = try element.amount(currency, "PayableAmount")
    return totals
  }

  private func taxes(_ invoice: inout EInvoice) throws(RecordFault) {
    var totals = VATTotals(currency: currency, accounting: invoice.vatCurrency?.text)
    for total in root.all("TaxTotal") {
      guard let amount = total.first("TaxAmount") else { continue }
      try totals.add(amount, isBrokenDown: total.first("TaxSubtotal") != nil, in: total)
    }
    for total in try totals.settle(&invoice.totals) {
      for part in total.all("TaxSubtotal") {
        var vat = EInvoice.VAT(amount: try part.requiredAmount(currency, "BT-117", "TaxAmount"), element: part)
        vat.base = try part.amount(currency, "TaxableAmount")
        if let category = part.first("TaxCategory") {
          (vat.category, vat.rate) = try tax(category)
          vat.scheme = category.first("TaxScheme", "ID")?.text
          for reason in category.all("TaxExemptionReason") { vat.exemption += reason.paragraphs }
          vat.exemptionCode = try category.term("TaxExemptionReasonCode")
        }
        // UBL lets the rate stand beside the category, too.
        if vat.rate == nil { vat.rate = try part.figure("Percent") }
        invoice.vat.append(vat)
      }
    }
  }

  /// Category and rate of a `TaxCategory`; its scheme is always VAT.
  private func tax(_ element: InvoiceElement?) throws(RecordFault) -> (Term?, Figure?) {
    guard let element else { return (nil, nil) }
    element.first("TaxScheme", "ID")?.markRead()
    return (try element.term("ID"), try element.figure("Percent"))
  }

  private func allowance(_ element: InvoiceElement) throws(RecordFault) -> AllowanceCharge {
    var result = AllowanceCharge(
      isCharge: try element.first("ChargeIndicator")?.flag() ?? false,
      amount: try element.requiredAmount(currency, "BT-92, BT-99, BT-136, BT-141", "Amount"))
    result.base = try element.amount(currency, "BaseAmount")
    result.percent = try element.figure("MultiplierFactorNumeric")
    result.reason = try element.term("AllowanceChargeReason")
    result.reasonCode = try element.term("AllowanceChargeReasonCode")
    (result.category, result.rate) = try tax(element.first("TaxCategory"))
    return result
  }

  private func payment(_ invoice: inout EInvoice) throws(RecordFault) {
    for element in root.all("PaymentMeans") {
      var payment = EInvoice.Payment()
      if let code = element.first("PaymentMeansCode") {
        payment.means = try code.term()
        payment.text = code.attribute("name")
      }
      // The same reference may stand with each means of payment.
      if let reference = try element.term("PaymentID") {
        if invoice.remittance == nil || invoice.remittance?.text == reference.text {
          invoice.remittance = reference
        } else {
          reference.element.markUnread()
        }
      }
      payment.account = try element.term("PayeeFinancialAccount", "ID")
      payment.accountName = try element.term("PayeeFinancialAccount", "Name")
      payment.bank = try element.term("PayeeFinancialAccount", "FinancialInstitutionBranch", "ID")
      payment.card = try element.term("CardAccount", "PrimaryAccountNumberID")
      payment.cardHolder = try element.term("CardAccount", "HolderName")
      payment.cardNetwork = try element.term("CardAccount", "NetworkID")
      if let mandate = element.first("PaymentMandate") {
        if invoice.mandate == nil { invoice.mandate = try mandate.term("ID") }
        payment.debited = try mandate.term("PayerFinancialAccount", "ID")
      }
      invoice.payments.append(payment)
    }
    let isForThirdParties = invoice.specification?.text.contains("kosit:extension:xrechnung") == true
    for element in root.all("PrepaidPayment") {
      guard let amount = try element.amount(currency, "PaidAmount") else { continue }
      var date = try element.day("ReceivedDate")
      if date == nil { date = try element.day("PaidDate") }
      invoice.prepayments.append(
        EInvoice.Prepayment(
          id: try element.term("ID"), date: date, amount: amount,
          text: try element.term("InstructionID"), isForThirdParty: isForThirdParties))
    }
  }

  /// BT-90 stands among the seller's or the payee's identifiers with the scheme SEPA.
  private func creditor(_ invoice: inout EInvoice) throws(RecordFault) {
    func take(_ ids: inout [Identifier]) {
      guard let index = ids.firstIndex(where: { $0.scheme == "SEPA" }) else { return }
      let id = ids.remove(at: index).id
      if invoice.creditor == nil { invoice.creditor = id }
    }
    take(&invoice.seller.ids)
    if var payee = invoice.payee {
      take(&payee.ids)
      invoice.payee = payee
    }
  }

  // MARK: Parties

  func party(_ element: InvoiceElement) throws(RecordFault) -> TradeParty {
    var party = TradeParty()
    let legal = element.first("PartyLegalEntity")
    let registered = try legal?.term("RegistrationName")
    let trading = try element.term("PartyName", "Name")
    (party.name, party.tradeName) = registered == nil ? (trading, nil) : (registered, trading)
    for id in element.all("PartyIdentification") {
      if let id = try id.identifier("ID") { party.ids.append(id) }
    }
    party.registration = try legal?.identifier("CompanyID")
    if let form = legal?.first("CompanyLegalForm") { party.legal = form.paragraphs }
    for scheme in element.all("PartyTaxScheme") {
      let isVAT = scheme.first("TaxScheme", "ID")?.text == "VAT"
      if isVAT, party.vat == nil {
        party.vat = try scheme.term("CompanyID")
      } else if !isVAT, party.tax == nil {
        party.tax = try scheme.term("CompanyID")
      }
    }
    party.endpoint = try element.identifier("EndpointID")
    if let address = element.first("PostalAddress") { party.address = try self.address(address) }
    party.contact = try element.term("Contact", "Name")
    party.phone = try element.term("Contact", "Telephone")
    party.email = try element.term("Contact", "ElectronicMail")
    return party
  }

  private func address(_ element: InvoiceElement) throws(RecordFault) -> TradeAddress {
    TradeAddress(
      line1: try element.term("StreetName"), line2: try element.term("AdditionalStreetName"),
      line3: try element.term("AddressLine", "Line"),
      city: try element.term("CityName"), code: try element.term("PostalZone"), region: try element.term("CountrySubentity"),
      country: try element.term("Country", "IdentificationCode"))
  }

  private func delivery(_ element: InvoiceElement) throws(RecordFault) -> TradeDelivery {
    var delivery = TradeDelivery()
    delivery.date = try element.day("ActualDeliveryDate")
    delivery.location = try element.identifier("DeliveryLocation", "ID")
    if let address = element.first("DeliveryLocation", "Address") { delivery.address = try self.address(address) }
    delivery.name = try element.term("DeliveryParty", "PartyName", "Name")
    return delivery
  }

  // MARK: Lines

  func line(_ element: InvoiceElement) throws(RecordFault) -> InvoiceLine {
    var line = InvoiceLine(amount: try element.requiredAmount(currency, "BT-131", "LineExtensionAmount"))
    line.id = try element.term("ID")
    for note in element.all("Note") { line.note += note.paragraphs }
    line.object = try element.identifier("DocumentReference", "ID")
    element.first("DocumentReference", "DocumentTypeCode")?.markRead()
    if let quantity = element.first(syntax == .ublCreditNote ? "CreditedQuantity" : "InvoicedQuantity") {
      line.quantity = try quantity.figure()
      line.unit = quantity.attribute("unitCode")
    }
    line.accounting = try element.term("AccountingCost")
    line.orderLine = try element.term("OrderLineReference", "LineID")
    try references(element, &line)
    if let period = element.first("InvoicePeriod") {
      line.period = InvoicePeriod(from: try period.day("StartDate"), to: try period.day("EndDate"))
    }
    for allowance in element.all("AllowanceCharge") { line.allowances.append(try self.allowance(allowance)) }
    if let item = element.first("Item") { try self.item(item, &line) }
    if let price = element.first("Price") {
      line.price = try price.first("PriceAmount")?.amount(currency, isPrice: true)
      if let base = price.first("BaseQuantity") {
        line.baseQuantity = try base.figure()
        line.baseUnit = base.attribute("unitCode")
      }
      for change in price.all("AllowanceCharge") {
        line.priceChanges.append(
          PriceChange(
            isCharge: try change.first("ChargeIndicator")?.flag() ?? false,
            amount: try change.first("Amount")?.amount(currency, isPrice: true), percent: try change.figure("MultiplierFactorNumeric"),
            reason: try change.term("AllowanceChargeReason"), reasonCode: try change.term("AllowanceChargeReasonCode")))
        if line.grossPrice == nil { line.grossPrice = try change.first("BaseAmount")?.amount(currency, isPrice: true) }
      }
    }
    return line
  }

  private func item(_ item: InvoiceElement, _ line: inout InvoiceLine) throws(RecordFault) {
    line.name = try item.term("Name")
    for description in item.all("Description") { line.description += description.paragraphs }
    line.buyerItem = try item.term("BuyersItemIdentification", "ID")
    line.sellerItem = try item.term("SellersItemIdentification", "ID")
    line.standardItem = try item.identifier("StandardItemIdentification", "ID")
    line.origin = try item.term("OriginCountry", "IdentificationCode")
    for element in item.all("CommodityClassification") {
      guard let code = element.first("ItemClassificationCode"), let id = try code.term() else { continue }
      line.classes.append((id, code.attribute("listID"), code.attribute("listVersionID")))
    }
    (line.category, line.rate) = try tax(item.first("ClassifiedTaxCategory"))
    for element in item.all("AdditionalItemProperty") {
      guard let name = try element.term("Name") else { continue }
      line.attributes.append((name, try element.term("Value")))
    }
  }
}
