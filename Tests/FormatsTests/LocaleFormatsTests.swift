import Dates
import Diagnostics
import Formats
import Money
import Testing
internal import Vocabulary

/// Non-ASCII white space and direction marks written out, so that expectations can be read.
private func visible(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar.value {
    case 0xA0: "~"
    case 0x202F: "^"
    case 0x200E: "<LRM>"
    case 0x200F: "<RLM>"
    case 0x61C: "<ALM>"
    default: String(scalar)
    }
  }.joined()
}

private func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }
private func amount(_ text: String) throws -> Amount { try Amount(text) }

@Suite("Formats by language")
struct LocaleFormatsTests {
  @Test(
    "money has the sign, the separators and the minus of the language",
    arguments: [
      ("en-US", "USD", "$1,234,567.50", "−$82.10"), ("en-US", "EUR", "€1,234,567.50", "−€82.10"),
      ("es-US", "USD", "$1,234,567.50", "−$82.10"), ("es-ES", "EUR", "1.234.567,50~€", "−82,10~€"),
      ("de-DE", "EUR", "1.234.567,50~€", "−82,10~€"), ("de-DE", "USD", "1.234.567,50~$", "−82,10~$"),
      ("fr-FR", "EUR", "1^234^567,50~€", "−82,10~€"), ("fr-FR", "USD", "1^234^567,50~$US", "−82,10~$US"),
      ("sr-Cyrl-RS", "RSD", "1.234.567,50~RSD", "−82,10~RSD"), ("sr-Latn-RS", "RSD", "1.234.567,50~RSD", "−82,10~RSD"),
      ("ar-EG", "EGP", "<RLM>١٬٢٣٤٬٥٦٧٫٥٠~ج.م.<RLM>", "<ALM>−<RLM>٨٢٫١٠~ج.م.<RLM>"),
      ("he-IL", "ILS", "<RLM>1,234,567.50~<RLM>₪", "<RLM><LRM>−82.10~<RLM>₪"), ("hi-IN", "INR", "₹12,34,567.50", "−₹82.10"),
    ])
  func moneyBySymbol(language: String, code: String, positive: String, negative: String) throws {
    let formats = try LocaleFormats(language: language)
    #expect(visible(formats.money(try amount("1234567.5"), currency: try currency(code))) == positive)
    #expect(visible(formats.money(try amount("-82.10"), currency: try currency(code))) == negative)
  }

  @Test("the currency can be a code or left out")
  func currencyMarks() throws {
    let english = try LocaleFormats(language: "en-US")
    let usd = try currency("USD")
    #expect(visible(english.money(try amount("82.1"), currency: usd, symbol: .code)) == "USD~82.10")
    #expect(english.money(try amount("-1082.1"), currency: usd, symbol: .none) == "−1,082.10")
    let german = try LocaleFormats(language: "de-DE")
    #expect(visible(german.money(try amount("82.1"), currency: usd, symbol: .code)) == "82,10~USD")
    #expect(german.money(try amount("-1082.1"), currency: usd, symbol: .none) == "−1.082,10")
    // The space that stood beside the currency must not stay behind (de-AT writes "−€ 82,10").
    #expect(try LocaleFormats(language: "de-AT").money(try amount("-82.1"), currency: try currency("EUR"), symbol: .none) == "−82,10")
  }

  @Test("negative amounts take parentheses or a word")
  func negativeMarks() throws {
    let formats = try LocaleFormats(language: "en-US")
    let usd = try currency("USD")
    #expect(formats.money(try amount("-82.10"), currency: usd, negative: .parentheses) == "($82.10)")
    #expect(visible(formats.money(try amount("-82.10"), currency: usd, negative: .cr)) == "$82.10~CR")
    #expect(formats.money(try amount("-82.10"), currency: usd, negative: .hyphen) == "-$82.10")
    #expect(formats.money(try amount("-82.10"), currency: usd, negative: .trailing) == "$82.10−")
    let german = try LocaleFormats(language: "de-DE")
    #expect(visible(german.money(try amount("-1082.1"), currency: try currency("EUR"), negative: .trailing)) == "1.082,10~€−")
    #expect(german.money(try amount("-1082.1"), currency: usd, symbol: .none, negative: .hyphen) == "-1.082,10")
    #expect(formats.money(try amount("82.10"), currency: usd, negative: .parentheses) == "$82.10")
    #expect(formats.money(try amount("0"), currency: usd, negative: .cr) == "$0.00")
  }

  @Test("an amount that rounds to zero has no sign")
  func negativeZero() throws {
    let formats = try LocaleFormats(language: "en-US")
    #expect(formats.money(try amount("-0.004"), currency: try currency("USD")) == "$0.00")
    #expect(formats.money(try amount("-0.004"), currency: try currency("USD"), negative: .parentheses) == "$0.00")
    #expect(formats.money(try amount("-0.005"), currency: try currency("USD")) == "−$0.01")
    #expect(formats.number(try amount("-0.4"), maximumDecimals: 0) == "0")
  }

  @Test("decimals come from the currency's table, not from ICU's data")
  func currencyDecimals() throws {
    let formats = try LocaleFormats(language: "en-US")
    #expect(visible(formats.money(try amount("1500"), currency: try currency("JPY"))) == "¥1,500")
    #expect(visible(formats.money(try amount("1.5"), currency: try currency("KWD"))) == "KWD~1.500")
    #expect(visible(formats.money(try amount("12"), currency: try currency("RSD"))) == "RSD~12.00")
    #expect(formats.money(try amount("0.1432"), currency: try currency("USD"), decimals: 4) == "$0.1432")
  }

  @Test("the largest amounts are exact")
  func extremes() throws {
    let formats = try LocaleFormats(language: "en-US")
    let usd = try currency("USD")
    #expect(formats.money(Amount(mantissa: .max, scale: 2), currency: usd) == "$92,233,720,368,547,758.07")
    #expect(formats.money(Amount(mantissa: .min, scale: 2), currency: usd) == "−$92,233,720,368,547,758.08")
    #expect(formats.number(Amount(mantissa: .min, scale: 18)) == "−9.223372036854775808")
    #expect(formats.number(Amount(mantissa: 1, scale: 18)) == "0.000000000000000001")
    #expect(formats.number(Amount(mantissa: .max)) == "9,223,372,036,854,775,807")
  }

  @Test("numbers keep between the fewest and the most decimals")
  func numbers() throws {
    let formats = try LocaleFormats(language: "de-DE")
    #expect(formats.number(try amount("1234.50")) == "1.234,5")
    #expect(formats.number(try amount("1234.5"), minimumDecimals: 2) == "1.234,50")
    #expect(formats.number(try amount("1234.5678"), maximumDecimals: 2) == "1.234,57")
    #expect(formats.number(try amount("1234.5"), maximumDecimals: 0) == "1.235")
    #expect(formats.number(try amount("1234567"), grouping: false) == "1234567")
    #expect(formats.number(try amount("999.995"), minimumDecimals: 2, maximumDecimals: 2) == "1.000,00")
    // Spanish groups from five digits on by default; bills group always.
    #expect(try LocaleFormats(language: "es-ES").number(try amount("1234")) == "1.234")
  }

  @Test(
    "3 is 3 percent",
    arguments: [
      ("en-US", "3%", "−7.25%"), ("de-DE", "3~%", "−7,25~%"), ("es-US", "3~%", "−7.25~%"), ("ar-EG", "٣٪<ALM>", "<ALM>−٧٫٢٥٪<ALM>"),
    ])
  func percent(language: String, three: String, negative: String) throws {
    let formats = try LocaleFormats(language: language)
    #expect(visible(formats.percent(try amount("3"))) == three)
    #expect(visible(formats.percent(try amount("-7.25"))) == negative)
  }

  @Test(
    "dates are in the language's words, day and month kept together",
    arguments: [
      ("en-US", "Monday, November~23, 2026", "November~23, 2026", "Nov~23, 2026", "11/23/26"),
      ("es-US", "lunes, 23~de~noviembre de 2026", "23~de~noviembre de 2026", "23~nov 2026", "23/11/2026"),
      ("de-DE", "Montag, 23.~November 2026", "23.~November 2026", "23.11.2026", "23.11.26"),
      ("fr-FR", "lundi 23~novembre 2026", "23~novembre 2026", "23~nov. 2026", "23/11/2026"),
      ("sr-Cyrl-RS", "понедељак, 23.~новембар 2026.", "23.~новембар 2026.", "23.~11. 2026.", "23.11.26."),
      ("sr-Latn-RS", "ponedeljak, 23.~novembar 2026.", "23.~novembar 2026.", "23.~11. 2026.", "23.11.26."),
      ("ar-EG", "الاثنين، ٢٣~نوفمبر ٢٠٢٦", "٢٣~نوفمبر ٢٠٢٦", "٢٣<RLM>/١١<RLM>/٢٠٢٦", "٢٣<RLM>/١١<RLM>/٢٠٢٦"),
      ("he-IL", "יום שני, 23~בנובמבר 2026", "23~בנובמבר 2026", "23~בנוב׳ 2026", "23.11.2026"),
    ])
  func dates(language: String, full: String, long: String, medium: String, short: String) throws {
    let formats = try LocaleFormats(language: language)
    let date = try #require(PlainDate("2026-11-23"))
    #expect(visible(formats.date(date, .style(.full))) == full)
    #expect(visible(formats.date(date, .style(.long))) == long)
    #expect(visible(formats.date(date, .style(.medium))) == medium)
    #expect(visible(formats.date(date, .style(.short))) == short)
    // The second time from memory.
    #expect(visible(formats.date(date, .style(.long))) == long)
  }

  @Test("skeletons give the fields in the language's order")
  func skeletons() throws {
    let date = try #require(PlainDate("2026-03-01"))
    let english = try LocaleFormats(language: "en-US")
    #expect(visible(english.date(date, .skeleton("yMMMd"))) == "Mar~1, 2026")
    #expect(english.date(date, .skeleton("yMMMM")) == "March 2026")
    #expect(visible(english.date(date, .skeleton("MMMMd"))) == "March~1")
    #expect(visible(try LocaleFormats(language: "de-DE").date(date, .skeleton("yMMMMd"))) == "1.~März 2026")
    // Refused skeletons give the long style rather than nonsense.
    #expect(!LocaleFormats.isDateSkeleton("yMd'x'"))
    #expect(!LocaleFormats.isDateSkeleton("HHmm"))
    #expect(!LocaleFormats.isDateSkeleton(""))
    #expect(!LocaleFormats.isDateSkeleton(String(repeating: "y", count: 33)))
    #expect(visible(english.date(date, .skeleton("HHmm"))) == "March~1, 2026")
  }

  @Test("the calendar is Gregorian without a Julian past, in every language")
  func calendar() throws {
    let english = try LocaleFormats(language: "en-US")
    #expect(visible(english.date(try #require(PlainDate("1500-02-28")), .style(.full))) == "Wednesday, February~28, 1500")
    #expect(visible(english.date(try #require(PlainDate("0001-01-01")), .skeleton("yMMMd"))) == "Jan~1, 1")
    #expect(visible(english.date(try #require(PlainDate("9999-12-31")))) == "December~31, 9999")
    // Thai and Persian have calendars of their own by default.
    #expect(try LocaleFormats(language: "th-TH").date(try #require(PlainDate("2026-11-23")), .skeleton("y")).contains("2026"))
    #expect(try LocaleFormats(language: "fa-IR").date(try #require(PlainDate("2026-11-23")), .skeleton("y")).contains("۲۰۲۶"))
  }

  @Test(
    "plural categories follow the digits of the value",
    arguments: [
      ("en-US", "1", PluralCategory.one), ("en-US", "1.0", .one), ("en-US", "1.5", .other), ("en-US", "0", .other), ("en-US", "2", .other),
      ("sr-Latn-RS", "1", .one), ("sr-Latn-RS", "21", .one), ("sr-Latn-RS", "2", .few), ("sr-Latn-RS", "5", .other),
      ("sr-Latn-RS", "1.2", .few), ("ar-EG", "0", .zero), ("ar-EG", "2", .two), ("ar-EG", "3", .few), ("ar-EG", "11", .many),
      ("ar-EG", "100", .other), ("fr-FR", "0", .one), ("fr-FR", "1.5", .one), ("fr-FR", "2", .other), ("he-IL", "2", .two),
      ("es-US", "1000000", .many), ("ja-JP", "1", .other),
    ])
  func plurals(language: String, value: String, category: PluralCategory) throws {
    #expect(try LocaleFormats(language: language).pluralCategory(of: try amount(value)) == category)
  }

  @Test("letter case follows the language")
  func letterCase() throws {
    let english = try LocaleFormats(language: "en-US")
    #expect(english.upper("straße") == "STRASSE")
    #expect(english.upper("ing") == "ING")
    #expect(english.lower("ÉCLAIR") == "éclair")
    #expect(english.title("payment RECEIVED on time") == "Payment Received On Time")
    #expect(english.upper("") == "")
    #expect(try LocaleFormats(language: "tr-TR").upper("ing") == "İNG")
    #expect(try LocaleFormats(language: "sr-Cyrl-RS").upper("износ") == "ИЗНОС")
    // Longer than the first buffer.
    #expect(english.upper(String(repeating: "ß", count: 500)) == String(repeating: "S", count: 1000))
  }

  @Test("lists are joined with the caller's words")
  func lists() throws {
    let formats = try LocaleFormats(language: "en-US")
    #expect(formats.join([], last: " and ") == "")
    #expect(formats.join(["gas"], last: " and ") == "gas")
    #expect(formats.join(["gas", "water"], last: " and ") == "gas and water")
    #expect(formats.join(["gas", "water", "power"], last: " and ") == "gas, water and power")
  }

  @Test(
    "direction follows the script",
    arguments: [("en-US", false), ("ar-EG", true), ("he-IL", true), ("az-Arab", true), ("sr-Cyrl-RS", false)])
  func direction(language: String, isRightToLeft: Bool) throws {
    #expect(try LocaleFormats(language: language).isRightToLeft == isRightToLeft)
  }

  @Test("tags are brought into canonical case")
  func canonicalCase() throws {
    #expect(try LocaleFormats(language: "SR-latn-rs").language == "sr-Latn-RS")
    #expect(try LocaleFormats(language: "EN-us").language == "en-US")
  }

  @Test(
    "a text that is no language is refused, as is a language without data",
    arguments: [
      ("", "bad-language"), ("english", "bad-language"), ("en_US", "bad-language"), ("en-", "bad-language"), ("en-US-", "bad-language"),
      ("../etc", "bad-language"), ("xx-YY", "unknown-language"), ("qqq", "unknown-language"), ("en-u", "bad-language"),
    ])
  func nonsense(language: String, id: String) throws {
    let fault = #expect(throws: Diagnostic.self) { try LocaleFormats(language: language) }
    #expect(fault?.id == id)
  }
}
