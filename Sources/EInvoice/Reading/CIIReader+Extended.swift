internal import Billing
internal import Diagnostics
internal import Money

/// What the Extended profile of Factur-X and ZUGFeRD adds to the terms of EN 16931.
extension CIIReader {
  // MARK: Lines

  /// A line with its role, its place and its amount (BT-131), which only a line that counts must have.
  func bareLine(_ element: InvoiceElement, _ summation: InvoiceElement?) throws(RecordFault) -> InvoiceLine {
    let head = element.first("AssociatedDocumentLineDocument")
    let places = [head, element, element.first("SpecifiedLineTradeSettlement")].compactMap { $0 }
    var role: InvoiceLine.Role?
    var status: Term?
    // BT-X-8; some writers have it in the place of the status (BT-X-7).
    for name in ["LineStatusReasonCode", "LineStatusCode"] {
      guard let code = places.lazy.compactMap({ $0.first(name) }).first else { continue }
      switch code.text.uppercased() {
      case "GROUP": role = role ?? .group
      case "INFORMATION": role = role ?? .information
      case "DETAIL", "": break
      default: if name == "LineStatusCode" { status = try code.term() } else { code.markUnread() }
      }
    }
    let amount = try summation?.amount(currency, "LineTotalAmount")
    guard let amount = amount ?? role.map({ _ in Figure(value: .zero, element: element) }) else {
      throw element.missing(
        "BT-131", ["SpecifiedLineTradeSettlement", "SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount"])
    }
    var line = InvoiceLine(amount: amount)
    line.role = role
    line.hasAmount = amount.element.index != element.index
    line.status = status
    line.parent = try head?.term("ParentLineID")
    return line
  }

  /// Puts the lines below those they belong to.
  func nest(_ invoice: inout EInvoice) {
    let tree = LineTree(invoice.lines)
    invoice.lines = tree.lines
    for (lines, words) in [(tree.orphans, "which is not in the invoice"), (tree.rings, "which in turn belongs to it")] {
      for parent in lines.lazy.compactMap(\.parent) {
        invoice.warn(
          .lineParent, "[BR-FXEXT-11] the line belongs to the line '\(parent.text.prefix(40))' (BT-X-304), \(words); it stands by itself",
          at: parent.element)
      }
    }
  }

  // MARK: Documents

  private static let orders: [(way: String, kind: TradeReference.Kind)] = [
    ("BuyerOrderReferencedDocument", .order), ("SellerOrderReferencedDocument", .salesOrder),
    ("UltimateCustomerOrderReferencedDocument", .ultimateOrder), ("BlanketOrderReferencedDocument", .blanketOrder),
    ("RequisitionReferencedDocument", .requisition), ("QuotationReferencedDocument", .quotation),
    ("ContractReferencedDocument", .contract), ("PriceListReferencedDocument", .priceList),
  ]
  private static let deliveries: [(way: String, kind: TradeReference.Kind)] = [
    ("DespatchAdviceReferencedDocument", .despatch), ("DeliveryNoteReferencedDocument", .deliveryNote),
    ("ReceivingAdviceReferencedDocument", .receipt), ("ConsumptionReportReferencedDocument", .consumptionReport),
  ]
  /// Those whose number has a term of EN 16931 on the invoice.
  private static let terms: Set<TradeReference.Kind> = [.order, .salesOrder, .contract, .despatch, .receipt]

  /// The documents of the whole invoice that EN 16931 has no term for, or of which more is said than their number.
  func furtherReferences(_ invoice: inout EInvoice) throws(RecordFault) {
    for (place, names) in [(agreement, CIIReader.orders), (delivery ?? agreement, CIIReader.deliveries)] {
      for (name, kind) in names {
        for (index, element) in place.all(name).enumerated() {
          let reference = try reference(element, kind)
          // The first one's number is a term.
          let isTerm = index == 0 && CIIReader.terms.contains(kind)
          if isTerm ? reference.isMoreThanNumber : !reference.isEmpty { invoice.references.append(reference) }
        }
      }
    }
  }

  /// The documents a line names, but for its object (BT-128) and the line of the order (BT-132).
  func references(_ element: InvoiceElement, _ line: inout InvoiceLine) throws(RecordFault) {
    let (agreement, delivery) = (element.first("SpecifiedLineTradeAgreement"), element.first("SpecifiedLineTradeDelivery"))
    for (place, names) in [(agreement, CIIReader.orders), (delivery, CIIReader.deliveries)] {
      guard let place else { continue }
      for (name, kind) in names {
        for (index, element) in place.all(name).enumerated() {
          var reference = try reference(element, kind)
          if kind == .order, index == 0 { reference.line = nil }
          if !reference.isEmpty { line.references.append(reference) }
        }
      }
    }
    for element in agreement?.all("AdditionalReferencedDocument") ?? [] { line.references.append(try reference(element, .document)) }
    guard let settlement = element.first("SpecifiedLineTradeSettlement") else { return }
    for element in settlement.all("InvoiceReferencedDocument") { line.references.append(try reference(element, .invoice)) }
    // The first is the line's object.
    for element in settlement.all("AdditionalReferencedDocument").dropFirst() {
      line.references.append(try reference(element, .document))
    }
  }

  private func reference(_ element: InvoiceElement, _ kind: TradeReference.Kind) throws(RecordFault) -> TradeReference {
    var reference = TradeReference(kind: kind)
    reference.id = try element.term("IssuerAssignedID")
    reference.line = try element.term("LineID")
    reference.date = element.anyDay("FormattedIssueDateTime")
    reference.type = try element.term("TypeCode")
    reference.scheme = try element.term("ReferenceTypeCode")
    reference.link = try element.term("URIID")
    for name in element.all("Name") { reference.name += name.paragraphs }
    return reference
  }

  // MARK: Parties

  func furtherParties(_ invoice: inout EInvoice) throws(RecordFault) {
    let roles: [(place: InvoiceElement?, name: String, role: FurtherParty.Role)] = [
      (agreement, "BuyerAgentTradeParty", .buyerAgent), (agreement, "SalesAgentTradeParty", .salesAgent),
      (agreement, "BuyerTaxRepresentativeTradeParty", .buyerRepresentative), (agreement, "ProductEndUserTradeParty", .endUser),
      (agreement, "BuyerRequisitionerTradeParty", .requisitioner), (delivery, "ShipFromTradeParty", .shipFrom),
      (delivery, "UltimateShipToTradeParty", .ultimateShipTo), (settlement, "InvoicerTradeParty", .invoicer),
      (settlement, "InvoiceeTradeParty", .invoicee), (settlement, "PayerTradeParty", .payer), (settlement, "PayeeTradeParty", .payee),
    ]
    for (place, name, role) in roles {
      // The first payee is BG-10.
      for element in (place?.all(name) ?? []).dropFirst(role == .payee ? 1 : 0) {
        invoice.parties.append(FurtherParty(role: role, party: try party(element)))
      }
    }
  }

  // MARK: Payments in advance

  /// A payment in advance (BG-X-45), with the VAT it holds and the invoice it was asked for with.
  func advance(_ element: InvoiceElement, _ amount: Figure) throws(RecordFault) -> EInvoice.Prepayment {
    var advance = EInvoice.Prepayment(
      id: try element.term("ID"), date: try element.compactDay("FormattedReceivedDateTime"), amount: amount)
    for tax in element.all("IncludedTradeTax") {
      guard let figure = tax.anyAmount(currency, "CalculatedAmount") else { continue }
      var vat = EInvoice.VAT(amount: figure, element: tax)
      vat.base = tax.anyAmount(currency, "BasisAmount")
      vat.scheme = tax.first("TypeCode")?.text
      vat.category = try tax.term("CategoryCode")
      vat.rate = try tax.figure("RateApplicablePercent")
      for reason in tax.all("ExemptionReason") { vat.exemption += reason.paragraphs }
      vat.exemptionCode = try tax.term("ExemptionReasonCode")
      advance.taxes.append(vat)
    }
    if let document = element.first("InvoiceSpecifiedReferencedDocument") {
      let reference = try reference(document, .invoice)
      if !reference.isEmpty { advance.reference = reference }
    }
    return advance
  }
}
