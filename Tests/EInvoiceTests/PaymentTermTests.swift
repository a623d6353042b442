import Billing
import Diagnostics
import EInvoice
import JSON
import Testing

/// Terms of payment in UBL and CII, and what they come to in the record.
struct PaymentTermTests {
  /// What a record says of its terms, one line a term, discount or penalty: the names and values that are there, in the record's order.
  private static func told(_ record: JSONValue) -> [String] {
    let invoice = record["extra"]?["e_invoice"]
    func plain(_ value: JSONValue) -> String {
      let members = (value.members ?? []).filter { $0.value.list == nil && $0.name != "kind" && $0.name != "net" }
      return members.map { "\($0.name) \($0.value.text ?? "?")" }.joined(separator: ", ")
    }
    var lines: [String] = ["due \(record["due"]?.text ?? "none")"]
    for term in invoice?["payment_terms"]?.list ?? [] {
      let texts = (term["text"]?.list ?? []).compactMap(\.text)
      lines.append(([term["kind"]?.text ?? "?", plain(term)] + texts).filter { !$0.isEmpty }.joined(separator: " | "))
      lines += (term["discounts"]?.list ?? []).map { "- " + plain($0) }
      lines += (term["penalties"]?.list ?? []).map { "+ " + plain($0) }
    }
    for name in ["first_payment", "other_due"] { if let text = invoice?[name]?.text { lines.append("\(name) \(text)") } }
    if let offer = invoice?["early_payment"] { lines.append("offer \(plain(offer))") }
    return lines
  }

  private func expect(_ xml: String, _ lines: [String], _ comment: String) throws {
    let told = PaymentTermTests.told(try record(Array(xml.utf8)))
    #expect(told == lines, "\(comment)")
    // It is a record that a bill can be made of.
    _ = try EInvoiceRecord.bill(from: Array(xml.utf8), language: english)
  }

  /// An invoice of 119.00 EUR issued on 2026-11-02.
  private func ubl(_ terms: String, due: String = "", change: (inout SampleInvoice) -> Void = { _ in }) -> String {
    var sample = SampleInvoice()
    change(&sample)
    let parts = terms + (due.isEmpty ? "" : "<cbc:DueDate>\(due)</cbc:DueDate>")
    return sample.xml.replacing("<cbc:DueDate>2026-12-01</cbc:DueDate>", with: parts)
  }

  private func cii(_ terms: String, change: (inout SampleCII) -> Void = { _ in }) -> String {
    var sample = SampleCII()
    change(&sample)
    sample.settlement = terms
    return sample.xml
  }

  private static func term(_ text: String = "", due: String = "", _ parts: String = "") -> String {
    let day = due.isEmpty ? "" : "<ram:DueDateDateTime>\(date(due))</ram:DueDateDateTime>"
    return "<ram:SpecifiedTradePaymentTerms><ram:Description>\(text)</ram:Description>\(day)\(parts)</ram:SpecifiedTradePaymentTerms>"
  }

  private static func date(_ text: String) -> String { "<udt:DateTimeString format=\"102\">\(text)</udt:DateTimeString>" }

  private static func part(_ amount: String) -> String { "<ram:PartialPaymentAmount>\(amount)</ram:PartialPaymentAmount>" }

  private static func condition(_ kind: String, _ parts: String) -> String {
    "<ram:ApplicableTradePayment\(kind)Terms>\(parts)</ram:ApplicableTradePayment\(kind)Terms>"
  }

  private static func discount(_ percent: String, _ parts: String = "") -> String {
    condition("Discount", parts + "<ram:CalculationPercent>\(percent)</ram:CalculationPercent>")
  }

  private static func period(_ count: String, _ unit: String) -> String {
    "<ram:BasisPeriodMeasure unitCode=\"\(unit)\">\(count)</ram:BasisPeriodMeasure>"
  }

  // MARK: Lines after BR-DE-18

  @Test(arguments: [
    ("#SKONTO#TAGE=14#PROZENT=2.00#", "- amount 2.38, rest 116.62, percent 2, count 14, unit DAY, by 2026-11-16"),
    ("#SKONTO#TAGE=14#PROZENT=2.00#\n", "- amount 2.38, rest 116.62, percent 2, count 14, unit DAY, by 2026-11-16"),
    ("  #SKONTO#TAGE=14#PROZENT=2.00#  ", "- amount 2.38, rest 116.62, percent 2, count 14, unit DAY, by 2026-11-16"),
    (
      "#SKONTO#TAGE=30#PROZENT=1.00#BASISBETRAG=50.00#",
      "- amount 0.50, rest 118.50, percent 1, base 50.00, count 30, unit DAY, by 2026-12-02"
    ),
    ("#SKONTO#TAGE=30#PROZENT=1.00#BASISBETRAG=119.00#", "- amount 1.19, rest 117.81, percent 1, count 30, unit DAY, by 2026-12-02"),
    ("#SKONTO#TAGE=0#PROZENT=3.00#", "- amount 3.57, rest 115.43, percent 3, by 2026-11-02"),
    // 119 × 2.25 % is 2.6775, 119 × 2.5 % is 2.975: half up.
    ("#SKONTO#TAGE=7#PROZENT=2.25#", "- amount 2.68, rest 116.32, percent 2.25, count 7, unit DAY, by 2026-11-09"),
    ("#SKONTO#TAGE=7#PROZENT=2.5#", "- amount 2.98, rest 116.02, percent 2.5, count 7, unit DAY, by 2026-11-09"),
    ("#SKONTO#TAGE=7#PROZENT=100.00#", "- amount 119.00, percent 100, count 7, unit DAY, by 2026-11-09"),
    ("#SKONTO#TAGE=99999999#PROZENT=1.00#", "- amount 1.19, rest 117.81, percent 1, count 99999999, unit DAY"),
    ("#SKONTO#TAGE=7#PROZENT=1.00#BASISBETRAG=-50.00#", "- percent 1, base -50.00, count 7, unit DAY, by 2026-11-09"),
    ("#SKONTO#TAGE=7#PROZENT=1.00#BASISBETRAG=0.00#", "- percent 1, count 7, unit DAY, by 2026-11-09"),
    ("#VERZUG#TAGE=14#PROZENT=9.12#", "+ percent 9.12, count 14, unit DAY"),
    ("#VERZUG#TAGE=14#PROZENT=1.0#BASISBETRAG=100.00#", "+ percent 1, base 100.00, count 14, unit DAY"),
  ])
  func lineOfXRechnungIsACondition(_ line: String, _ told: String) throws {
    for xml in [ubl("<cac:PaymentTerms><cbc:Note>\(line)</cbc:Note></cac:PaymentTerms>"), cii(PaymentTermTests.term(line))] {
      let lines = PaymentTermTests.told(try record(Array(xml.utf8)))
      #expect(Array(lines.prefix(3)) == ["due none", "terms", told])
    }
  }

  @Test(arguments: [
    "#skonto#TAGE=14#PROZENT=2.00#", "#Skonto#Tage=14#Prozent=2.00#", "#SKONTO#TAGE=14#PROZENT=3,00#", "#SKONTO#PROZENT=2.00#",
    "#SKONTO#TAGE=14#", "#SKONTO#TAGE=#PROZENT=2.00#", "#SKONTO#TAGE=14#PROZENT=#", "#SKONTO#TAGE=14#PROZENT=2.00",
    "SKONTO#TAGE=14#PROZENT=2.00#", "#SKONTO#PROZENT=2.00#TAGE=14#", "#SKONTO#TAGE=-14#PROZENT=2.00#", "#SKONTO#TAGE=14#PROZENT=-2.00#",
    "#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=1,00#", "#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=1.001#",
    "#SKONTO#TAGE=14#PROZENT=2.00#FOO=1#",
    "#SKONTO#TAGE=14 #PROZENT=2.00#", "#SKONTO#TAGE=1.5#PROZENT=2.00#", "#SKONTO#TAGE=14#PROZENT=0.00#", "#SKONTO#TAGE=14#PROZENT=101.00#",
    "#RABATT#TAGE=14#PROZENT=2.00#", "#", "##", "#SKONTO#", "#SKONTO#TAGE=14#PROZENT=2.00##", "##SKONTO#TAGE=14#PROZENT=2.00#",
    "#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=#", "vor #SKONTO#TAGE=14#PROZENT=2.00# nach",
    "#SKONTO#TAGE=14#PROZENT=99999999999999999999.00#",
  ])
  func otherLinesStayAsTheyStand(_ line: String) throws {
    for xml in [ubl("<cac:PaymentTerms><cbc:Note>\(line)</cbc:Note></cac:PaymentTerms>"), cii(PaymentTermTests.term(line))] {
      try expect(xml, ["due none", "text | \(line)"], line)
    }
  }

  @Test
  func wordsStandBesideLines() throws {
    let note =
      "Danke.\n#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.00#\nNetto 30 Tage.\nFrist: #VERZUG#TAGE=30#PROZENT=9.00#\n"
    let lines = [
      "due 2026-12-02", "terms | Danke. | Netto 30 Tage. | Frist:",
      "- amount 3.57, rest 115.43, percent 3, count 7, unit DAY, by 2026-11-09",
      "- amount 2.00, rest 117.00, percent 2, base 100.00, count 14, unit DAY, by 2026-11-16", "+ percent 9, count 30, unit DAY",
      "offer amount 3.57, rest 115.43, percent 3, count 7, unit DAY, by 2026-11-09",
    ]
    let xml = ubl("<cac:PaymentTerms><cbc:Note>\(note)</cbc:Note></cac:PaymentTerms>", due: "2026-12-02")
    try expect(xml, lines, "UBL")
    // What stands in BT-20 stays whole for who reads nothing else.
    let terms = try record(Array(xml.utf8))["extra"]?["e_invoice"]?["terms"]?.list?.compactMap(\.text)
    #expect(terms?.count == 5 && terms?[1] == "#SKONTO#TAGE=7#PROZENT=3.00#")
    // Lines whose ends were lost.
    let joined = cii(PaymentTermTests.term("#SKONTO#TAGE=7#PROZENT=3.00##SKONTO#TAGE=14#PROZENT=2.00# #VERZUG#TAGE=30#PROZENT=9.00#"))
    #expect(PaymentTermTests.told(try record(Array(joined.utf8))).filter { $0.hasPrefix("- ") || $0.hasPrefix("+ ") }.count == 3)
  }

  @Test
  func manyLinesStayWithinTheBound() throws {
    let line = "#SKONTO#TAGE=7#PROZENT=3.00#"
    let xml = cii(PaymentTermTests.term(Array(repeating: line, count: InvoiceLimits.paymentConditions + 3).joined(separator: "\n")))
    let term = try record(Array(xml.utf8))["extra"]?["e_invoice"]?["payment_terms"]?.list?.first
    #expect(term?["discounts"]?.list?.count == InvoiceLimits.paymentConditions)
    #expect(term?["text"]?.list?.compactMap(\.text) == Array(repeating: line, count: 3))
    let many = cii(String(repeating: PaymentTermTests.term("x"), count: InvoiceLimits.paymentTerms + 1))
    #expect(fault(many)?.code == .tooManyValues)
    let enough = cii(String(repeating: PaymentTermTests.term("x"), count: InvoiceLimits.paymentTerms))
    #expect(try record(Array(enough.utf8))["extra"]?["e_invoice"]?["payment_terms"]?.list?.count == InvoiceLimits.paymentTerms)
  }

  // MARK: CII

  @Test(arguments: [
    (
      "discount first, net second", term("Early", due: "20261112", discount("3")) + term("Net", due: "20261202"),
      [
        "due 2026-12-02", "terms | due 2026-11-12 | Early", "- amount 3.57, rest 115.43, percent 3, by 2026-11-12",
        "text | due 2026-12-02 | Net",
        "offer amount 3.57, rest 115.43, percent 3, by 2026-11-12",
      ]
    ),
    (
      "net first, discount second", term("Net", due: "20261202") + term("Early", due: "20261112", discount("3")),
      [
        "due 2026-12-02", "text | due 2026-12-02 | Net", "terms | due 2026-11-12 | Early",
        "- amount 3.57, rest 115.43, percent 3, by 2026-11-12",
        "offer amount 3.57, rest 115.43, percent 3, by 2026-11-12",
      ]
    ),
    (
      "all have a discount: the last day", term(due: "20261112", discount("3")) + term(due: "20261122", discount("2")),
      [
        "due 2026-11-22", "terms | due 2026-11-12", "- amount 3.57, rest 115.43, percent 3, by 2026-11-12", "terms | due 2026-11-22",
        "- amount 2.38, rest 116.62, percent 2, by 2026-11-22",
        "offer amount 3.57, rest 115.43, percent 3, by 2026-11-12",
      ]
    ),
    (
      "a net day and a discount with a period of its own", term(due: "20261202", discount("2", period("10", "DAY"))),
      [
        "due 2026-12-02", "terms | due 2026-12-02", "- amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
        "offer amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
      ]
    ),
    (
      "a discount whose day is not what its period comes to",
      term(due: "20261115", discount("2", period("10", "DAY"))) + term("Net", due: "20261202"),
      [
        "due 2026-12-02", "terms | due 2026-11-15", "- amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
        "text | due 2026-12-02 | Net", "offer amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
      ]
    ),
    (
      "net days of their own, and discounts on all of them",
      term(due: "20261115", discount("2", period("10", "DAY"))) + term(due: "20261125", discount("1", period("20", "DAY"))),
      [
        "due 2026-11-25", "terms | due 2026-11-15", "- amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
        "terms | due 2026-11-25", "- amount 1.19, rest 117.81, percent 1, count 20, unit DAY, by 2026-11-22",
        "offer amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
      ]
    ),
    (
      "a discount on all, and parts",
      term(due: "20261115", discount("2", period("10", "DAY"))) + term(due: "20261201", part("50.00"))
        + term(due: "20270101", part("69.00")),
      [
        "due 2026-12-01", "terms | due 2026-11-15", "- amount 2.38, rest 116.62, percent 2, count 10, unit DAY, by 2026-11-12",
        "instalment | due 2026-12-01, amount 50.00", "instalment | due 2027-01-01, amount 69.00", "first_payment 50.00",
      ]
    ),
    (
      "said in a line and in elements", term("#SKONTO#TAGE=10#PROZENT=3.00#BASISBETRAG=119.00#", due: "20261112", discount("3.00")),
      [
        "due 2026-11-12", "terms | due 2026-11-12", "- amount 3.57, rest 115.43, percent 3, count 10, unit DAY, by 2026-11-12",
        "offer amount 3.57, rest 115.43, percent 3, count 10, unit DAY, by 2026-11-12",
      ]
    ),
    (
      "two net days", term("b", due: "20261224") + term("a", due: "20261212"),
      ["due 2026-12-12", "terms | due 2026-12-24 | b", "text | due 2026-12-12 | a"]
    ),
    ("a day and nothing else", term(due: "20261212"), ["due 2026-12-12", "date | due 2026-12-12"]),
    ("a day before the invoice", term(due: "20261012"), ["due 2026-10-12", "date | due 2026-10-12"]),
    ("nothing", term(), ["due none"]),
    (
      "instalments",
      term("1st", due: "20261201", part("50.00")) + term("2nd", due: "20270101", part("69.00") + discount("2", period("5", "DAY"))),
      [
        "due 2026-12-01", "instalment | due 2026-12-01, amount 50.00 | 1st", "instalment | due 2027-01-01, amount 69.00 | 2nd",
        "- amount 1.38, rest 67.62, percent 2, count 5, unit DAY, by 2026-11-07", "first_payment 50.00",
      ]
    ),
    (
      "instalments out of order, two on a day",
      term(due: "20270101", part("60.00")) + term(due: "20261201", part("50.00")) + term(due: "20261201", part("9.00")),
      [
        "due 2026-12-01", "instalment | due 2027-01-01, amount 60.00", "instalment | due 2026-12-01, amount 50.00",
        "instalment | due 2026-12-01, amount 9.00", "first_payment 59.00",
      ]
    ),
    (
      "instalments that do not add up", term(due: "20261201", part("50.00")) + term(due: "20270101", part("500.00")),
      ["due 2026-12-01", "instalment | due 2026-12-01, amount 50.00", "instalment | due 2027-01-01, amount 500.00", "first_payment 50.00"]
    ),
    (
      "more than all", term(due: "20261201", part("500.00")), ["due 2026-12-01", "instalment | due 2026-12-01, amount 500.00"]
    ),
    ("the whole as a part", term(due: "20261201", part("119.00")), ["due 2026-12-01", "date | due 2026-12-01, amount 119.00"]),
    (
      "what a discount leaves as a part", term(due: "20261112", part("115.43") + discount("3")) + term(due: "20261202", part("119.00")),
      [
        "due 2026-12-02", "terms | due 2026-11-12, amount 115.43", "- amount 3.57, rest 115.43, percent 3, by 2026-11-12",
        "date | due 2026-12-02, amount 119.00", "offer amount 3.57, rest 115.43, percent 3, by 2026-11-12",
      ]
    ),
    (
      "months, to a month's end",
      term(due: "20270401", discount("1", "<ram:BasisDateTime>\(date("20270131"))</ram:BasisDateTime>" + period("1", "MON"))),
      [
        "due 2027-04-01", "terms | due 2027-04-01",
        "- amount 1.19, rest 117.81, percent 1, count 1, unit MON, basis 2027-01-31, by 2027-02-28",
        "offer amount 1.19, rest 117.81, percent 1, count 1, unit MON, basis 2027-01-31, by 2027-02-28",
      ]
    ),
    (
      "weeks", term("", discount("1", period("2", "WEE"))),
      [
        "due none", "terms", "- amount 1.19, rest 117.81, percent 1, count 2, unit WEE, by 2026-11-16",
        "offer amount 1.19, rest 117.81, percent 1, count 2, unit WEE, by 2026-11-16",
      ]
    ),
    (
      "a year", term("", discount("1", period("1.00", "ANN"))),
      [
        "due none", "terms", "- amount 1.19, rest 117.81, percent 1, count 1, unit ANN, by 2027-11-02",
        "offer amount 1.19, rest 117.81, percent 1, count 1, unit ANN, by 2027-11-02",
      ]
    ),
    (
      "a unit that is no calendar's", term("", discount("1", period("10", "E49"))),
      ["due none", "terms", "- amount 1.19, rest 117.81, percent 1, count 10, unit E49"]
    ),
    (
      "half a month", term("", discount("1", period("0.5", "MON"))),
      ["due none", "terms", "- amount 1.19, rest 117.81, percent 1, count 0.5, unit MON"]
    ),
    (
      "an amount given wins", term(due: "20261112", discount("3", "<ram:ActualDiscountAmount>4.00</ram:ActualDiscountAmount>")),
      [
        "due 2026-11-12", "terms | due 2026-11-12", "- amount 4.00, rest 115.00, percent 3, by 2026-11-12",
        "offer amount 4.00, rest 115.00, percent 3, by 2026-11-12",
      ]
    ),
    (
      "more than is due", term(due: "20261112", condition("Discount", "<ram:ActualDiscountAmount>400.00</ram:ActualDiscountAmount>")),
      ["due 2026-11-12", "terms | due 2026-11-12", "- amount 400.00, by 2026-11-12"]
    ),
    (
      "a base in another currency", term(due: "20261112", discount("3", "<ram:BasisAmount currencyID=\"USD\">50.00</ram:BasisAmount>")),
      ["due 2026-11-12", "terms | due 2026-11-12", "- percent 3, by 2026-11-12", "offer percent 3, by 2026-11-12"]
    ),
    ("a percentage below zero", term(due: "20261112", discount("-3")), ["due 2026-11-12", "date | due 2026-11-12"]),
    ("a percentage of zero", term(due: "20261112", discount("0.00")), ["due 2026-11-12", "date | due 2026-11-12"]),
    (
      "penalties",
      term(
        "Late", due: "20261202",
        condition(
          "Penalty",
          "<ram:BasisDateTime>\(date("20261202"))</ram:BasisDateTime>" + period("14", "DAY")
            + "<ram:BasisAmount>100.00</ram:BasisAmount><ram:CalculationPercent>5</ram:CalculationPercent>")
          + condition("Penalty", "<ram:ActualPenaltyAmount>40.00</ram:ActualPenaltyAmount>")),
      [
        "due 2026-12-02", "terms | due 2026-12-02 | Late",
        "+ percent 5, base 100.00, count 14, unit DAY, basis 2026-12-02, after 2026-12-16",
        "+ amount 40.00",
      ]
    ),
  ])
  func termOfCIIIsReadWhole(_ name: String, _ terms: String, _ lines: [String]) throws { try expect(cii(terms), lines, name) }

  // MARK: UBL

  private static func amount(_ name: String, _ value: String) -> String { "<cbc:\(name) currencyID=\"EUR\">\(value)</cbc:\(name)>" }

  private static func ublTerm(_ parts: String...) -> String { "<cac:PaymentTerms>\(parts.joined())</cac:PaymentTerms>" }

  private static func span(_ name: String, _ parts: String) -> String { "<cac:\(name)Period>\(parts)</cac:\(name)Period>" }

  @Test(arguments: [
    (
      "all of it", "2026-12-02",
      ublTerm(
        "<cbc:Note>Words</cbc:Note><cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>",
        "<cbc:PenaltySurchargePercent>8</cbc:PenaltySurchargePercent>", amount("Amount", "100.00"),
        amount("SettlementDiscountAmount", "2.00"),
        amount("PenaltyAmount", "8.00"),
        span("Settlement", "<cbc:StartDate>2026-11-05</cbc:StartDate><cbc:EndDate>2026-11-20</cbc:EndDate>"),
        span("Penalty", "<cbc:StartDate>2026-12-05</cbc:StartDate><cbc:EndDate>2027-12-05</cbc:EndDate>")),
      [
        "due 2026-12-02", "terms | Words", "- amount 2.00, rest 117.00, percent 2, base 100.00, basis 2026-11-05, by 2026-11-20",
        "+ amount 8.00, percent 8, basis 2026-12-05, until 2027-12-05",
        "offer amount 2.00, rest 117.00, percent 2, base 100.00, basis 2026-11-05, by 2026-11-20",
      ]
    ),
    (
      "a discount's period as a length", "",
      ublTerm(
        "<cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>",
        span("Settlement", "<cbc:DurationMeasure unitCode=\"D\">30</cbc:DurationMeasure>")),
      [
        "due none", "terms", "- amount 2.38, rest 116.62, percent 2, count 30, unit DAY, by 2026-12-02",
        "offer amount 2.38, rest 116.62, percent 2, count 30, unit DAY, by 2026-12-02",
      ]
    ),
    (
      "instalments, BT-9 the last", "2027-01-01",
      ublTerm(amount("Amount", "50.00"), "<cbc:InstallmentDueDate>2026-12-01</cbc:InstallmentDueDate>")
        + ublTerm(amount("Amount", "69.00"), "<cbc:PaymentDueDate>2027-01-01</cbc:PaymentDueDate>"),
      [
        "due 2026-12-01", "instalment | due 2026-12-01, amount 50.00", "instalment | due 2027-01-01, amount 69.00", "first_payment 50.00",
      ]
    ),
    (
      "instalments, BT-9 another day", "2027-02-01",
      ublTerm(amount("Amount", "50.00"), "<cbc:InstallmentDueDate>2026-12-01</cbc:InstallmentDueDate>"),
      ["due 2026-12-01", "instalment | due 2026-12-01, amount 50.00", "first_payment 50.00", "other_due 2027-02-01"]
    ),
    (
      "BT-9 before every instalment", "2026-11-20",
      ublTerm(amount("Amount", "50.00"), "<cbc:InstallmentDueDate>2026-12-01</cbc:InstallmentDueDate>"),
      ["due 2026-11-20", "instalment | due 2026-12-01, amount 50.00"]
    ),
    (
      "instalments in percent", "",
      ["33.33", "33.33", "33.34"].enumerated().map {
        ublTerm("<cbc:PaymentPercent>\($1)</cbc:PaymentPercent><cbc:InstallmentDueDate>2026-12-0\($0 + 1)</cbc:InstallmentDueDate>")
      }.joined(),
      [
        "due 2026-12-01", "instalment | due 2026-12-01, amount 39.66, percent 33.33",
        "instalment | due 2026-12-02, amount 39.66, percent 33.33",
        "instalment | due 2026-12-03, amount 39.68, percent 33.34", "first_payment 39.66",
      ]
    ),
    (
      "BT-9 is the discount's day", "2026-11-12",
      ublTerm(
        "<cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>", span("Settlement", "<cbc:EndDate>2026-11-12</cbc:EndDate>"))
        + ublTerm("<cbc:PaymentDueDate>2026-12-02</cbc:PaymentDueDate>"),
      [
        "due 2026-12-02", "terms", "- amount 2.38, rest 116.62, percent 2, by 2026-11-12", "date | due 2026-12-02",
        "offer amount 2.38, rest 116.62, percent 2, by 2026-11-12",
      ]
    ),
    (
      "an amount in another currency", "2026-12-02",
      "<cac:PaymentTerms><cbc:Amount currencyID=\"USD\">5.00</cbc:Amount></cac:PaymentTerms>",
      ["due 2026-12-02"]
    ),
    (
      "a day that is none", "2026-12-02", ublTerm("<cbc:Note>x</cbc:Note><cbc:PaymentDueDate>soon</cbc:PaymentDueDate>"),
      ["due 2026-12-02", "text | x"]
    ),
    (
      "zeros", "2026-12-02",
      ublTerm(
        "<cbc:SettlementDiscountPercent>0</cbc:SettlementDiscountPercent><cbc:PenaltySurchargePercent>0.00</cbc:PenaltySurchargePercent>",
        amount("Amount", "119.00")),
      ["due 2026-12-02", "date | amount 119.00"]
    ),
  ])
  func termOfUBLIsReadWhole(_ name: String, _ due: String, _ terms: String, _ lines: [String]) throws {
    try expect(ubl(terms, due: due), lines, name)
  }

  // MARK: What is not asked for, and what is not taken

  @Test
  func creditsAreNotReckoned() throws {
    let terms = PaymentTermTests.term(
      "", due: "20261112",
      PaymentTermTests.discount("3") + PaymentTermTests.discount("2", "<ram:ActualDiscountAmount>2.38</ram:ActualDiscountAmount>"))
    let xml = cii(terms) { $0.type = "381" }
    try expect(
      xml, ["due 2026-11-12", "terms | due 2026-11-12", "- percent 3, by 2026-11-12", "- amount -2.38, percent 2, by 2026-11-12"], "381")
    let instalments = cii(PaymentTermTests.term("", due: "20261112", PaymentTermTests.part("50.00"))) { $0.type = "381" }
    try expect(instalments, ["due 2026-11-12", "instalment | due 2026-11-12, amount -50.00"], "381")
  }

  @Test
  func discountOfAPaidInvoiceIsOnWhatIsLeft() throws {
    let xml = ubl("<cac:PaymentTerms><cbc:Note>#SKONTO#TAGE=7#PROZENT=3.00#</cbc:Note></cac:PaymentTerms>", due: "2026-12-02") {
      ($0.paid, $0.due) = ("19.00", "100.00")
    }
    let discount = "amount 3.00, rest 97.00, percent 3, count 7, unit DAY, by 2026-11-09"
    try expect(xml, ["due 2026-12-02", "terms", "- \(discount)", "offer \(discount)"], "paid")
    // Of what a share is a share is not said then.
    let share = ubl("<cac:PaymentTerms><cbc:PaymentPercent>50</cbc:PaymentPercent></cac:PaymentTerms>", due: "2026-12-02") {
      ($0.paid, $0.due) = ("19.00", "100.00")
    }
    try expect(share, ["due 2026-12-02", "instalment | percent 50"], "share")
  }

  @Test
  func whatIsNotTakenStaysListed() throws {
    func names(_ xml: String) throws -> [String] {
      (try record(Array(xml.utf8))["extra"]?["e_invoice"]?["other"]?.list ?? []).compactMap { $0["path"]?.text?.split(separator: "/").last }
        .map(String.init)
    }
    let ubl = ubl(
      "<cac:PaymentTerms><cbc:ID>7</cbc:ID><cbc:Note>x</cbc:Note><cbc:SettlementDiscountPercent>-1</cbc:SettlementDiscountPercent>"
        + "<cbc:Amount currencyID=\"USD\">5.00</cbc:Amount><cbc:PaymentDueDate>soon</cbc:PaymentDueDate>"
        + "<cac:SettlementPeriod><cbc:EndDate>2026-12-01</cbc:EndDate></cac:SettlementPeriod></cac:PaymentTerms>")
    #expect(
      try names(ubl) == ["cbc:ID", "cbc:SettlementDiscountPercent", "cbc:Amount", "cbc:PaymentDueDate", "cbc:EndDate"])
    let cii = cii(
      PaymentTermTests.term(
        "x", due: "20261112",
        "<ram:PayeeTradeParty><ram:Name>P</ram:Name></ram:PayeeTradeParty>"
          + PaymentTermTests.discount("1000", PaymentTermTests.period("3", "DAY") + "<ram:BasisAmount>x</ram:BasisAmount>")))
    #expect(try names(cii) == ["ram:Name", "ram:BasisPeriodMeasure", "ram:BasisAmount", "ram:CalculationPercent"])
    // What is taken is not told twice.
    let whole = self.cii(
      PaymentTermTests.term(
        "x", due: "20261112",
        PaymentTermTests.part("5.00")
          + PaymentTermTests.discount(
            "3", "<ram:BasisDateTime>\(PaymentTermTests.date("20261103"))</ram:BasisDateTime>" + PaymentTermTests.period("3", "DAY"))))
    #expect(try names(whole).isEmpty)
  }

  @Test
  func everyMandateIsKept() throws {
    func mandate(_ id: String) -> String { "<ram:DirectDebitMandateID>\(id)</ram:DirectDebitMandateID>" }
    let xml = cii(
      PaymentTermTests.term("", due: "20261201", mandate("M-1") + PaymentTermTests.part("50.00"))
        + PaymentTermTests.term("", due: "20270101", mandate("M-2") + PaymentTermTests.part("69.00")))
    try expect(
      xml,
      [
        "due 2026-12-01", "instalment | due 2026-12-01, amount 50.00", "instalment | due 2027-01-01, amount 69.00, mandate M-2",
        "first_payment 50.00",
      ], "mandates")
    #expect(try record(Array(xml.utf8))["extra"]?["e_invoice"]?["mandate"]?.text == "M-1")
  }

  @Test
  func yenAreRoundedToYen() throws {
    let xml = ubl("<cac:PaymentTerms><cbc:Note>#SKONTO#TAGE=7#PROZENT=3.00#</cbc:Note></cac:PaymentTerms>") {
      $0.currency = "JPY"
      ($0.vatAmount, $0.vatTotal, $0.gross, $0.due) = ("19", "19", "119", "119")
    }
    #expect(PaymentTermTests.told(try record(Array(xml.utf8)))[2].hasPrefix("- amount 4, rest 115, percent 3"))
  }
}
