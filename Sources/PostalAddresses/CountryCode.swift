/// A country by its code after ISO 3166-1.
public enum CountryCode {
  /// The code of two capital letters.
  ///
  /// Of what invoices write beside: small letters, codes of three letters, `UK` and `EL` as the European Union has them. What is none of these
  /// comes back as it is, without white space around it.
  public static func canonical(_ written: String) -> String {
    let code = PostalAddress.trimmed(written) ?? ""
    guard (2...3).contains(code.utf8.count), code.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return code }
    let capitals = code.uppercased()
    switch capitals {
    case "UK": return "GB"
    case "EL": return "GR"
    default: return AddressRules.standard.countries[capitals] ?? capitals
    }
  }
}
