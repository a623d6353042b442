internal import Billing
internal import Diagnostics

/// What UBL itself and the extension of XRechnung add to the terms of EN 16931.
extension UBLReader {
  // MARK: Lines

  /// Adds a line and those inside it (BG-DEX-01), which are parts of it.
  ///
  /// - Throws: `too-many-values` where there are more lines than allowed.
  func add(_ element: InvoiceElement, to invoice: inout EInvoice) throws(RecordFault) {
    var stack = [(element: element, level: 0)]
    while let (element, level) = stack.popLast() {
      guard invoice.lines.count < InvoiceLimits.lines else {
        throw element.fault(
          .tooManyValues, "the invoice has more than the \(InvoiceLimits.lines) lines allowed, those inside lines included")
      }
      var line = try line(element)
      line.level = level
      if level > 0 { line.role = .part }
      invoice.lines.append(line)
      let parts = element.all("SubInvoiceLine") + element.all("SubCreditNoteLine")
      for part in parts.reversed() { stack.append((part, level + 1)) }
    }
  }

  // MARK: Documents

  func furtherReferences(_ invoice: inout EInvoice) throws(RecordFault) {
    // What more is said of the documents that are terms.
    let terms: [(name: String, kind: TradeReference.Kind)] = [
      ("OrderReference", .order), ("ContractDocumentReference", .contract), ("DespatchDocumentReference", .despatch),
      ("ReceiptDocumentReference", .receipt),
    ]
    for (name, kind) in terms {
      for (index, element) in root.all(name).enumerated() {
        let reference = try reference(element, kind)
        if index == 0 ? reference.isMoreThanNumber : !reference.isEmpty { invoice.references.append(reference) }
      }
    }
    for element in root.all("StatementDocumentReference") { invoice.references.append(try reference(element, .document)) }
  }

  /// The documents a line names, but for its object (BT-128) and the line of the order (BT-132).
  func references(_ element: InvoiceElement, _ line: inout InvoiceLine) throws(RecordFault) {
    for (index, part) in element.all("OrderLineReference").enumerated() {
      var order = try part.first("OrderReference").map { (element) throws(RecordFault) in try reference(element, .order) }
      if index > 0, let number = try part.term("LineID") {
        order = order ?? TradeReference(kind: .order)
        order?.line = number
      }
      if let order, !order.isEmpty { line.references.append(order) }
      if let number = try part.term("SalesOrderLineID") { line.references.append(TradeReference(kind: .salesOrder, line: number)) }
    }
    for (name, kind) in [("DespatchLineReference", TradeReference.Kind.despatch), ("ReceiptLineReference", .receipt)] {
      for part in element.all(name) {
        var reference = TradeReference(kind: kind)
        if let document = part.first("DocumentReference") { reference = try self.reference(document, kind) }
        reference.line = try part.term("LineID")
        if !reference.isEmpty { line.references.append(reference) }
      }
    }
    for part in element.all("BillingReference") {
      guard let document = part.first("InvoiceDocumentReference") ?? part.first("CreditNoteDocumentReference") else { continue }
      let reference = try reference(document, .invoice)
      if !reference.isEmpty { line.references.append(reference) }
    }
    for document in element.all("DocumentReference").dropFirst() {
      let reference = try reference(document, .document)
      if !reference.isEmpty { line.references.append(reference) }
    }
  }

  private func reference(_ element: InvoiceElement, _ kind: TradeReference.Kind) throws(RecordFault) -> TradeReference {
    var reference = TradeReference(kind: kind)
    reference.id = try element.term("ID")
    reference.date = element.anyDay("IssueDate")
    reference.type = try element.term("DocumentTypeCode")
    if let name = element.first("DocumentType") { reference.name += name.paragraphs }
    for description in element.all("DocumentDescription") { reference.name += description.paragraphs }
    reference.link = try element.term("Attachment", "ExternalReference", "URI")
    return reference
  }

  // MARK: Parties

  func furtherParties(_ invoice: inout EInvoice) throws(RecordFault) {
    let roles: [(name: String, role: FurtherParty.Role)] = [("BuyerCustomerParty", .orderer), ("SellerSupplierParty", .supplier)]
    for (name, role) in roles {
      guard let element = root.first(name, "Party") else { continue }
      invoice.parties.append(FurtherParty(role: role, party: try party(element)))
    }
  }
}
