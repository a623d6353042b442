/// The contents of a QR code that begins a SEPA credit transfer (EPC069-12, version 2.1 of the guidelines; format version 002).
public struct EPCPayment: Hashable, Sendable {
  /// The payee's bank, 8 or 11 characters; not needed within the EEA.
  public var bic: String?
  /// The payee's name, 1–70 characters.
  public var name: String
  /// The payee's account; spaces are allowed here and left out of the code.
  public var iban: String
  /// In euros, `0.01` to `999999999.99`, with a point and at most two decimals; `nil` leaves it to the payer.
  public var amount: String?
  /// A purpose code of ISO 20022, 1–4 characters.
  public var purpose: String?
  /// A structured creditor reference, at most 35 characters; one that begins with RF is checked (ISO 11649). Not together with
  /// ``remittance``.
  public var reference: String?
  /// A free text for the payee, at most 140 characters.
  public var remittance: String?
  /// A hint for the payer, at most 70 characters.
  public var information: String?

  /// Makes a payment with its two required parts.
  public init(name: String, iban: String) { (self.name, self.iban) = (name, iban) }

  /// The code's text: lines ended by line feeds, empty ones at the end left out.
  ///
  /// - Throws: ``BarcodeError`` where a part is too long, or has what the code cannot hold.
  public func contents() throws(BarcodeError) -> String {
    let name = try PaymentText.line(name, "payee", limit: 70)
    guard !name.isEmpty else { throw BarcodeError(.invalid, "no payee; expected a name of 1 to 70 characters") }
    let iban = try PaymentText.iban(iban)
    let bic = try PaymentText.line(bic ?? "", "bic", limit: 11)
    guard bic.isEmpty || (bic.count == 8 || bic.count == 11) && bic.utf8.allSatisfy(PaymentText.isUpperOrDigit) else {
      throw BarcodeError(.invalid, "'\(bic)' is no BIC; expected 8 or 11 capital letters and digits")
    }
    var amountText = ""
    if let amount, !amount.isEmpty {
      let parts = try PaymentText.amount(amount, wholeDigits: 9)
      amountText = "EUR\(parts.whole).\(parts.cents)"
    }
    let purpose = try PaymentText.line(purpose ?? "", "purpose", limit: 4)
    guard purpose.utf8.allSatisfy(PaymentText.isUpperOrDigit) else {
      throw BarcodeError(.invalid, "'\(purpose)' is no purpose code; expected up to four capital letters and digits")
    }
    let reference = try PaymentText.line(reference ?? "", "reference", limit: 35).filter { $0 != " " }
    let remittance = try PaymentText.line(remittance ?? "", "remittance", limit: 140)
    guard reference.isEmpty || remittance.isEmpty else {
      throw BarcodeError(.invalid, "a reference and a remittance text; expected one of them")
    }
    if reference.hasPrefix("RF"), PaymentText.remainder97(reference) != 1 {
      throw BarcodeError(.invalid, "the reference '\(reference)' has wrong check digits")
    }
    let information = try PaymentText.line(information ?? "", "information", limit: 70)
    var lines = ["BCD", "002", "1", "SCT", bic, name, iban, amountText, purpose, reference, remittance, information]
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
