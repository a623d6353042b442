/// A currency of ISO 4217 with its number of decimals.
///
/// The table is our own, since ICU's data differ by version (RSD has 0 decimals in ICU 72).
public struct Currency: Hashable, Sendable {
  /// The three-letter code.
  public let code: String
  /// How many decimals amounts of this currency have (ISO 4217 "minor unit").
  public let decimals: Int

  /// The currency of that code; `nil` for a code ISO 4217 does not list. Codes compare exactly.
  public init?(code: String) {
    guard let decimals = Currency.table[code] else { return nil }
    self.code = code
    self.decimals = decimals
  }

  /// `XXX`, ISO 4217's code for no currency: where a value must be before the right one is read. ``init(code:)`` refuses it.
  package static let none = Currency(unlisted: "XXX")

  private init(unlisted code: String) { (self.code, decimals) = (code, 0) }

  /// All codes, sorted.
  public static var codes: [String] { table.keys.sorted() }

  private static let table: [String: Int] = {
    var table: [String: Int] = [:]
    for (decimals, codes) in [0: whole, 2: two, 3: three, 4: four] {
      for code in codes.split(whereSeparator: \.isWhitespace) { table[String(code)] = decimals }
    }
    return table
  }()

  private static let whole = """
    BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
    """
  private static let three = """
    BHD IQD JOD KWD LYD OMR TND
    """
  private static let four = """
    CLF UYW
    """
  private static let two = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
    CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    ZWL
    """
}
