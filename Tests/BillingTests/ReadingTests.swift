import Billing
import Dates
import Diagnostics
import JSON
import Languages
import Money
import Testing

@Suite struct ReadingTests {
  @Test func everyFieldOfTheExampleIsRead() throws {
    let (bill, warnings) = try BillReader().read(Array(Fixture.record.utf8))
    #expect(warnings.isEmpty)
    #expect(bill.account == "4400-1182-07")
    #expect(bill.invoice == "2026-11-004711")
    #expect(bill.kind == .bill)
    #expect(bill.issued.iso == "2026-11-23")
    #expect(bill.due?.iso == "2026-12-14")
    #expect(bill.period?.from?.iso == "2026-10-20")
    #expect(bill.period?.to?.iso == "2026-11-19")
    #expect(bill.currency.code == "USD")
    #expect(bill.language.text == "en-US")
    #expect(bill.segment == "residential")
    #expect(bill.jurisdiction == "US-OR")
    #expect(bill.customer.name == "Ana Petrović")
    #expect(bill.customer.address == ["18 Larkspur Ave Apt 4", "Portland OR 97204"])
    #expect(
      bill.customer.postal
        == Party.PostalAddress(city: "Portland", region: "OR", code: "97204", country: "US", imbRouting: "97204123418"))
    #expect(bill.customer.email == nil)
    #expect(bill.delivery == .paper)
    #expect(bill.isPrinted)
    #expect(bill.consent == nil)
    #expect(bill.format == .standard)
    #expect(try bill.balance == Bill.Balance(previous: Amount("82.10"), payments: Amount("-82.10"), adjustments: .zero))
    let section = try #require(bill.sections.first)
    #expect(section.title == "Electricity")
    #expect(try section.subtotal == Amount("30.64"))
    let line = try #require(section.lines.first)
    #expect(line.date?.iso == "2026-11-19")
    #expect(line.description == "Peak energy")
    #expect(try line.quantity == Amount("214"))
    #expect(line.unit == "kWh")
    #expect(try line.price == Amount("0.1432"))
    #expect(line.amount.description == "30.64")
    #expect(line.hasAmount)
    #expect(try bill.taxes == [Bill.Tax(label: "City tax", rate: Amount("3"), base: Amount("30.64"), amount: Amount("0.92"))])
    #expect(try bill.totals == Bill.Totals(charges: Amount("31.56"), due: Amount("31.56")))
    #expect(bill.payment == Bill.Payment())
    #expect(try bill.usage == [Bill.Usage(label: "Dec", value: Amount("412"))])
    #expect(bill.extra == .object([]))
  }

  static let smallest = """
    {"v":1,"account":"A","invoice":"I","kind":"credit","issued":"2026-01-31","due":null,"currency":"JPY","language":"JA",\
    "customer":{"name":"N","address":["a"]},"delivery":"both","format":"large-print","sections":[],"totals":{"charges":"0","due":"0"}}
    """

  @Test func smallestRecordHasNeutralValues() throws {
    let (bill, warnings) = try BillReader().read(Array(ReadingTests.smallest.utf8))
    #expect(warnings.isEmpty)
    #expect(bill.kind == .credit && bill.delivery == .both && bill.format == .largePrint)
    #expect(bill.due == nil && bill.period == nil && bill.consent == nil && bill.payment == nil)
    #expect(bill.balance == Bill.Balance())
    #expect(bill.sections.isEmpty && bill.taxes.isEmpty && bill.usage.isEmpty)
    #expect(bill.language.text == "ja")
    #expect(bill.extra == .object([]))
  }

  @Test(arguments: ["series", "period", "segment", "jurisdiction", "balance", "taxes", "payment", "usage", "extra", "consent"])
  func nullIsAbsent(key: String) throws {
    let text = ReadingTests.smallest.dropLast() + ",\"\(key)\":null}"
    #expect(try BillReader().read(Array(text.utf8)).bill == BillReader().read(Array(ReadingTests.smallest.utf8)).bill)
  }

  @Test func keysComeInAnyOrderAndMaySpellTheirLettersAsEscapes() throws {
    let text = #"""
       {"totals":{"due":"1.50","charges":1.5},"sections":[{"lines":[{"amount":"1.5"}],"title":""}],"format":"standard","delivery":"paper",
       "customer":{"address":["x"],"name":"n"},"language":"en","currency":"EUR","due":null,"issued":"2024-02-29","kind":"bill",
       "\u0069nvoice":"1", "acc\u006funt" : "\u0041\ud83d\ude00" ,"v":1}
      """#
    let bill = try BillReader().read(Array(text.utf8)).bill
    #expect(bill.account == "A😀")
    #expect(bill.invoice == "1")
    #expect(bill.sections[0].subtotal.description == "1.5")
    #expect(bill.totals.charges == bill.totals.due)
  }

  @Test func seriesIsATextOfBoundedLength() throws {
    func bill(_ series: String) throws(RecordFault) -> Bill {
      try BillReader().read(Array((ReadingTests.smallest.dropLast() + ",\"series\":\"\(series)\"}").utf8)).bill
    }
    #expect(try bill("DE123 2026 bill").series == "DE123 2026 bill")
    #expect(try bill(String(repeating: "é", count: 100)).series?.count == 100)
    for (series, code) in [
      ("", RecordFault.Code.outOfRange), (String(repeating: "x", count: 101), .tooLong), ("a\\u0001", .controlCharacter),
    ] {
      #expect(throws: RecordFault.self) { try bill(series) }
      do throws(RecordFault) { _ = try bill(series) } catch { #expect(error.code == code && error.path == "$.series") }
    }
  }

  @Test func extraIsKeptAsItIs() throws {
    let extra = #"{"b":[1.10,-0,true,null,"x"],"a":{"n":12345678901234567890123},"b":2}"#
    let bill = try BillReader().read(Fixture.record(#""extra":{}"#, #""extra":"# + extra)).bill
    #expect(bill.extra["b"]?.list == [.number("1.10"), .number("-0"), .flag(true), .null, .text("x")])
    #expect(bill.extra["a"]?["n"]?.digits == "12345678901234567890123")
    #expect(bill.extra["c"] == nil)
    #expect(String(decoding: bill.extra.canonical, as: UTF8.self) == #"{"a":{"n":12345678901234567890123},"b":[1.10,-0,true,null,"x"]}"#)
  }

  @Test func lineWithoutAmountCountsAsZero() throws {
    let bytes = Fixture.record(#"{"date":"2026-11-19""#, #"{"description":"Meter changed"},{"date":"2026-11-19""#)
    let bill = try BillReader().read(bytes).bill
    #expect(bill.sections[0].lines.count == 2)
    #expect(!bill.sections[0].lines[0].hasAmount)
    #expect(bill.sections[0].lines[0].amount.isZero)
  }

  /// In texts that people write line ends of all systems are lines, blank lines at the ends go, and several between two are one.
  @Test(arguments: [
    (#"a\nb"#, "a\nb"), (#"a\r\nb\rc"#, "a\nb\nc"), (#"a\n\n\n \n b "#, "a\n\n b"), (#"\n\na\n"#, "a"),
    (#"a\u2028b\u2029c\u0085d"#, "a\nb\nc\nd"),
    (#"a\tb"#, "a b"), (" a ", " a "),
  ])
  func linesOfHumanTextsStay(_ written: String, _ read: String) throws {
    let (bill, warnings) = try BillReader().read(Fixture.record("Peak energy", written))
    #expect(bill.sections[0].lines[0].description == read)
    #expect(warnings.isEmpty)
  }

  @Test func controlCharactersAndBidiOverridesAreTakenOut() throws {
    let bytes = Fixture.record("Ana Petrović", #"A\u0000na\u202e\tPe\u0085t\u009brovi\u2066ć\u007f"#)
    let (bill, warnings) = try BillReader().read(bytes)
    #expect(bill.customer.name == "Ana Pe\ntrović")
    #expect(warnings.map(\.code) == [.controlCharactersRemoved])
    #expect(warnings.map(\.path) == ["$.customer.name"])
    let raw = try BillReader().read(Fixture.record("Peak energy", "Peak\u{202E} ener\u{7F}gy\u{2028}x"))
    #expect(raw.bill.sections[0].lines[0].description == "Peak energy\nx")
    #expect(raw.warnings.map(\.path) == ["$.sections[0].lines[0].description"])
    let extra = try BillReader().read(Fixture.record(#""extra":{}"#, #""extra":{"note":"a\u0007b"}"#))
    #expect(extra.bill.extra["note"]?.text == "ab")
    #expect(extra.warnings.map(\.path) == ["$.extra.note"])
  }

  @Test func rightToLeftMarksAndJoinersStay() throws {
    let name = "\u{200F}علي\u{200E} 👩‍👩‍👧"
    #expect(try BillReader().read(Fixture.record("Ana Petrović", name)).bill.customer.name.utf8.elementsEqual(name.utf8))
  }

  @Test func languageComesBackInCanonicalCase() throws {
    let bill = try BillReader().read(Fixture.record(#""language":"en-US""#, #""language":"SR-latn-rs""#)).bill
    #expect(bill.language.text == "sr-Latn-RS")
  }

  @Test func electronicBillIsNotPrinted() throws {
    #expect(try !BillReader().read(Fixture.record(#""delivery":"paper""#, #""delivery":"electronic""#)).bill.isPrinted)
  }

  @Test func consentHasItsFourParts() throws {
    let text = #""consent":{"date":"2026-05-01","source":"web","scope":"bills","evidence":"click 17"}"#
    let bill = try BillReader().read(Fixture.record(#""consent":null"#, text)).bill
    #expect(bill.consent == Bill.Consent(date: PlainDate("2026-05-01"), source: "web", scope: "bills", evidence: "click 17"))
  }
}
