import Dates
import Formats
import Languages
import Money
import Testing
import Vocabulary

@testable import CampaignLint

/// Days, amounts, addresses and numbers in running text.
@Suite struct FinderTests {
  private static func day(_ iso: String) -> PlainDate? { PlainDate(iso) }

  /// Language, text, and the days in it: ISO without the year where the text has none, `*n` for a weekday, from 1, Monday.
  private static let dates: [(String, String, [String])] = [
    ("en-US", "Bills by e-mail from March 1, 2027.", ["2027-03-01"]),
    ("en-US", "From Monday, March 1, 2027 on", ["2027-03-01*1"]),
    ("en-US", "on Tues, Mar. 2nd, 2027", ["2027-03-02"]),
    ("en-GB", "by 1 March 2027, a Monday", ["2027-03-01"]),
    ("en-GB", "from the 1st of March (Monday)", ["03-01*1"]),
    ("en-US", "You may call 2 people in March. 15 days later it may 3 rain.", []),
    ("en-US", "Mon–Fri 8–6, March 5:30 pm", []),
    ("en-US", "Decision on MARCH 1, 2027", ["2027-03-01"]),
    ("es-US", "el lunes, 1 de marzo de 2027", ["2027-03-01*1"]), ("es-US", "Desde el 1.º de marzo", ["03-01"]),
    ("de-DE", "ab Montag, den 1. März 2027", ["2027-03-01*1"]), ("de-DE", "bis 31. Jan. 2027", ["2027-01-31"]),
    ("fr-FR", "à partir du lundi 1er mars 2027", ["2027-03-01*1"]), ("fr-FR", "le 14 juillet", ["07-14"]),
    ("pt-BR", "segunda-feira, 1 de março de 2027", ["2027-03-01*1"]), ("ru-RU", "с понедельника, 1 марта 2027 г.", ["2027-03-01"]),
    ("sr-Latn-RS", "ponedeljak, 1. mart 2027.", ["2027-03-01*1"]), ("hu-HU", "2027. március 1., hétfő", ["2027-03-01*1"]),
    ("pl-PL", "od 1 marca 2027", ["2027-03-01"]), ("ar-EG", "الاثنين، ١ مارس ٢٠٢٧", ["2027-03-01*1"]),
    ("he-IL", "1 במרץ 2027", ["2027-03-01"]), ("el-GR", "1 Μαρτίου 2027", ["2027-03-01"]),
  ]

  @Test(arguments: dates.indices) func daysOfAText(_ index: Int) throws {
    let (language, text, expected) = Self.dates[index]
    let found = DateFinder(try LocaleFormats(language: language)).days(in: text).map { day in
      (day.year.map { "\($0)-" } ?? "") + (day.month < 10 ? "0" : "") + "\(day.month)-" + (day.day < 10 ? "0" : "") + "\(day.day)"
        + (day.weekday.map { "*\($0)" } ?? "")
    }
    #expect(found == expected, "\(text)")
  }

  /// The day paper stops in every form a language has, and not another day.
  @Test(arguments: ["en-US", "es-MX", "de-AT", "fr-CA", "ja-JP", "zh-Hans-CN", "ko-KR", "vi-VN", "sr-Cyrl-RS", "fa-IR", "hi-IN", "fi-FI"])
  func activeDateIsNamed(_ language: String) throws {
    let formats = try LocaleFormats(language: language)
    let finder = DateFinder(formats)
    let (active, other) = (try #require(PlainDate("2027-03-01")), try #require(PlainDate("2027-04-02")))
    for style in [formats.date(active, .style(.long)), formats.date(active, .style(.full))] {
      #expect(finder.names(active, in: "– \(style) –"), "\(style)")
      #expect(!finder.names(other, in: style))
    }
    #expect(!finder.names(active, in: formats.date(other, .style(.long))))
  }

  @Test func digitsAreDays() {
    func found(_ text: String) -> [[String]] { DateFinder.digits(in: text).map { $0.readings.map(\.iso) } }
    #expect(found("by 03/01/2027.") == [["2027-01-03", "2027-03-01"]])
    #expect(found("am 31.01.2027, 1. 2. 2027") == [["2027-01-31"], ["2027-01-02", "2027-02-01"]])
    #expect(found("2027-03-01") == [["2027-03-01"]] && found("3/3/27") == [["2027-03-03"]])
    #expect(found("call 800-555-0142, version 1.2.3, 10.0.0.1, 13/13/2027, 1-800-555-0142") == [])
  }

  @Test func weekdaysOfTheCalendar() throws {
    for (iso, weekday) in [("1970-01-01", 4), ("2027-03-01", 1), ("2024-02-29", 4), ("1969-12-31", 3), ("2026-11-29", 7)] {
      #expect(DateFinder.weekday(of: try #require(PlainDate(iso))) == weekday, "\(iso)")
    }
  }

  private static let amounts: [(String, String, String, [String])] = [
    ("en-US", "USD", "Paper costs $1.50 a month, or USD 2; 24 months", ["1.50", "2"]),
    ("en-US", "USD", "($1,234.50)", ["1234.50"]), ("en-US", "USD", "$0", ["0"]), ("en-US", "USD", "5 USD, 3 dollars", ["5"]),
    ("de-AT", "EUR", "1,50 € im Monat, EUR 1.234,50", ["1.50", "1234.50"]), ("fr-FR", "EUR", "1 234,50 €", ["1234.50"]),
    ("de-CH", "CHF", "CHF 2.–", ["2"]), ("sv-SE", "SEK", "25 kr per faktura", ["25"]), ("ja-JP", "JPY", "月額￥110", ["110"]),
    ("es-US", "USD", "cuesta $2.50.", ["2.50"]), ("en-US", "USD", "nothing, on page 3, in 2028", []),
    ("en-GB", "GBP", "£1.50–£2.50", ["1.50", "2.50"]),
  ]

  @Test(arguments: amounts.indices) func amountsOfAText(_ index: Int) throws {
    let (language, code, text, expected) = Self.amounts[index]
    let finder = AmountFinder(try LocaleFormats(language: language), try #require(Currency(code: code)))
    #expect(finder.amounts(in: text).map(\.amount) == (try expected.map { try Amount($0) }), "\(text)")
  }

  @Test func addressesOfAText() {
    let text =
      "Go to my.larkspur.example/p, https://Www.Larkspur.example/Help/. Write to bills@larkspur.example, at 8 a.m. e.g. No.1 or 3.5 kWh."
    #expect(ContactFinder.addresses(in: text) == ["my.larkspur.example/p", "https://Www.Larkspur.example/Help/"])
    #expect(ContactFinder.normalized("https://My.Larkspur.example/P/") == "my.larkspur.example/P")
    #expect(ContactFinder.addresses(in: "www.überweisung.example.") == ["www.überweisung.example"])
  }

  @Test func phonesOfAText() {
    let text = "Call +1 (800) 555-0142 or 0800 000 000, from 2024-2027, by 2027-03-01, code 0000-0000-0000-0000, account 12345."
    #expect(ContactFinder.phones(in: text) == ["+1 (800) 555-0142", "0800 000 000"])
    #expect(ContactFinder.isSame("+1 800 555 0142", "800-555-0142") && ContactFinder.isSame("1.800.555.0142", "+18005550142"))
    #expect(!ContactFinder.isSame("800 555 0142", "800 555 0143") && !ContactFinder.isSame("0142", "800 555 0142"))
  }

  @Test func typedPages() {
    #expect(PageReferenceRule.page(in: "see page 3.", ["page", "p"]) == "page 3" && PageReferenceRule.page(in: "P. 12", ["p"]) == "P. 12")
    #expect(PageReferenceRule.page(in: "two pages, 3 p 4, page \u{FFFC}", ["page", "p"]) == nil)
  }
}
