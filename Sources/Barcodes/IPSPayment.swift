/// The contents of a QR code on a printed bill that begins an instant payment in Serbia (NBS IPS QR, code type PR, version 01).
public struct IPSPayment: Hashable, Sendable {
  /// The payee's account: 18 digits, `160-5015-49` (filled up with zeros) or a Serbian IBAN.
  public var account: String
  /// The payee's name, with place if wanted, 1–70 characters; line ends are allowed.
  public var name: String
  /// In dinars, with a point and at most two decimals, below a million million.
  public var amount: String
  /// The payer, at most 70 characters; line ends are allowed.
  public var payer: String?
  /// The payment code (šifra plaćanja), three digits, such as `189`.
  public var code: String
  /// What is paid, at most 35 characters.
  public var purpose: String?
  /// The model (two digits, `00` for none) and the payee's reference, at most 35 characters of `0-9A-Z-`.
  public var reference: String?

  /// Makes a payment with its required parts.
  public init(account: String, name: String, amount: String, code: String) {
    (self.account, self.name, self.amount, self.code) = (account, name, amount, code)
  }

  /// The code's text: `K:PR|V:01|C:1|R:…|N:…|I:RSD123,45|…`, absent parts left out.
  ///
  /// - Throws: ``BarcodeError`` where a part is too long, or has what the code cannot hold.
  public func contents() throws(BarcodeError) -> String {
    let parts = try PaymentText.amount(amount, wholeDigits: 12)
    let name = try PaymentText.lines(name, "payee", limit: 70)
    guard !name.isEmpty else { throw BarcodeError(.invalid, "no payee; expected a name of 1 to 70 characters") }
    guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      throw BarcodeError(.invalid, "'\(code)' is no payment code; expected three digits")
    }
    var fields = ["K:PR", "V:01", "C:1", "R:\(try IPSPayment.accountDigits(account))", "N:\(name)", "I:RSD\(parts.whole),\(parts.cents)"]
    let payer = try PaymentText.lines(payer ?? "", "payer", limit: 70)
    if !payer.isEmpty { fields.append("P:\(payer)") }
    fields.append("SF:\(code)")
    let purpose = try PaymentText.line(purpose ?? "", "purpose", limit: 35)
    if !purpose.isEmpty { fields.append("S:\(purpose)") }
    if let reference, !reference.isEmpty {
      let digits = Array(reference.utf8)
      let isModel = digits.count > 2 && digits.prefix(2).allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      guard isModel, digits.count <= 35, digits.allSatisfy({ PaymentText.isUpperOrDigit($0) || $0 == UInt8(ascii: "-") }) else {
        throw BarcodeError(.invalid, "'\(reference)' is no reference; expected a model of two digits and up to 33 of 0-9, A-Z and '-'")
      }
      fields.append("RO:\(reference)")
    }
    return fields.joined(separator: "|")
  }

  /// The 18 digits of an account, checked (ISO 7064, mod 97-10).
  static func accountDigits(_ text: String) throws(BarcodeError) -> String {
    var digits = text.filter { $0 != " " }
    if digits.hasPrefix("RS"), digits.utf8.count == 22 { digits = String(try PaymentText.iban(digits).dropFirst(4)) }
    let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 3, parts[1].count <= 13 {
      digits = parts[0] + String(repeating: "0", count: 13 - parts[1].count) + parts[1] + parts[2]
    }
    guard digits.utf8.count == 18, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      throw BarcodeError(.invalid, "'\(text)' is no account; expected 18 digits, '160-5015-49' or a Serbian IBAN")
    }
    guard PaymentText.remainder97(digits, rotates: false) == 1 else {
      throw BarcodeError(.invalid, "the account '\(text)' has wrong check digits")
    }
    return digits
  }
}
