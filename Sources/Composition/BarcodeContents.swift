internal import Barcodes
internal import Vocabulary

/// What a barcode says on one bill.
enum BarcodeContents {
  case text(String)
  case payment(PaymentTexts)
  case mail(IntelligentMailPiece)

  /// The text that is encoded, in the form of the code's standard.
  ///
  /// - Throws: where the standard does not allow what the bill says.
  func text(for kind: BarcodeKind) throws(BarcodeError) -> String {
    switch (kind, self) {
    case (.epc, .payment(let payment)): try payment.transfer()
    case (.nbsIPS, .payment(let payment)): try payment.instantPayment()
    case (.qr, .text(let text)), (.dataMatrix, .text(let text)), (.code128, .text(let text)), (.imb, .text(let text)): text
    case (.imb, .mail(let piece)): try piece.contents()
    // The compiler pairs kinds and contents; see ``BarcodeKind/isPayment``.
    case (.epc, .text), (.nbsIPS, .text), (.qr, .payment), (.dataMatrix, .payment), (.code128, .payment), (.imb, .payment): ""
    case (.epc, .mail), (.nbsIPS, .mail), (.qr, .mail), (.dataMatrix, .mail), (.code128, .mail): ""
    }
  }
}

/// The texts of a payment code; `nil` for what is not written or empty.
struct PaymentTexts {
  var iban: String?
  var bic: String?
  var payee: String?
  /// The amount due, unless one is given.
  var amount: String?
  /// The bill's, unless one is given.
  var currency = ""
  var reference: String?
  var purpose: String?
  var remittance: String?

  /// A SEPA credit transfer (EPC069-12).
  func transfer() throws(BarcodeError) -> String {
    try expect("EUR", .epc)
    var payment = EPCPayment(name: payee ?? "", iban: iban ?? "")
    payment.bic = bic
    payment.amount = amount
    payment.purpose = purpose
    payment.reference = reference
    payment.remittance = remittance
    return try payment.contents()
  }

  /// An instant payment of Serbia (NBS IPS).
  func instantPayment() throws(BarcodeError) -> String {
    try expect("RSD", .nbsIPS)
    var payment = IPSPayment(account: iban ?? "", name: payee ?? "", amount: amount ?? "", code: purpose ?? "")
    payment.purpose = remittance
    payment.reference = reference
    return try payment.contents()
  }

  /// A payment code knows one currency.
  private func expect(_ known: String, _ kind: BarcodeKind) throws(BarcodeError) {
    if currency == known { return }
    throw BarcodeError(.invalid, "a payment code of kind '\(kind.rawValue)' in '\(currency)'; expected '\(known)'")
  }
}
