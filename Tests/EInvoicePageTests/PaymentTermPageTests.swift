import Foundation
import TestSupport
import Testing

/// How terms of payment are said on the page, in each language, and what the box shows.
@Suite(.needs("pdftotext"), .serialized)
struct PaymentTermPageTests {
  /// What must stand on the page of an invoice of 119.00 EUR of 2026-11-02, by language, and what must not.
  struct Case: Sendable {
    var name: String
    /// The parts of each `PaymentTerms`.
    var terms: [String] = []
    var due = ""
    var type = "380"
    /// By language: de, en, fr.
    var words: [String: [String]]
    var absent: [String] = []
  }

  private static func note(_ text: String) -> String { "<cbc:Note>\(text)</cbc:Note>" }

  private static func amount(_ name: String, _ value: String) -> String { "<cbc:\(name) currencyID=\"EUR\">\(value)</cbc:\(name)>" }

  private static func percent(_ name: String, _ value: String) -> String { "<cbc:\(name)Percent>\(value)</cbc:\(name)Percent>" }

  private static func period(_ name: String, _ parts: String) -> String { "<cac:\(name)Period>\(parts)</cac:\(name)Period>" }

  private static func end(_ day: String) -> String { "<cbc:EndDate>\(day)</cbc:EndDate>" }

  private static func length(_ count: String, _ unit: String) -> String {
    "<cbc:DurationMeasure unitCode=\"\(unit)\">\(count)</cbc:DurationMeasure>"
  }

  static let cases: [Case] = [
    Case(
      name: "line of XRechnung", terms: [note("#SKONTO#TAGE=14#PROZENT=2.00#")], due: "2026-12-02",
      words: [
        "de": [
          "Zu zahlen 119,00 € Zahlbar bis spätestens 2. Dezember 2026 2 % Skonto bei Zahlung bis 16.11.2026",
          "2 % Skonto (2,38 €) bei Zahlung innerhalb von 14 Tagen (bis 16. November 2026): 116,62 €",
        ],
        "en": [
          "Amount to pay €119.00 Pay by December 2, 2026 2% less if paid by Nov 16, 2026",
          "2% less (€2.38) if paid within 14 days (by November 16, 2026): €116.62",
        ],
        "fr": [
          "Montant à payer 119,00 € À payer au plus tard le 2 décembre 2026 2 % d’escompte pour paiement au plus tard le 16 nov. 2026",
          "2 % d’escompte (2,38 €) pour paiement sous 14 jours (au plus tard le 16 novembre 2026) : 116,62 €",
        ],
      ], absent: ["SKONTO", "TAGE"]),
    Case(
      name: "without any day", terms: [note("#SKONTO#TAGE=1#PROZENT=3.00#BASISBETRAG=50.00#\nNetto 45 Tage.")],
      words: [
        "de": [
          "Zahlbar wie vereinbart; siehe „Zahlung“.", "Zahlungsbedingungen Netto 45 Tage.",
          "3 % Skonto auf 50,00 € (1,50 €) bei Zahlung innerhalb von 1 Tag (bis 3. November 2026): 117,50 €",
        ],
        "en": [
          "Payable as agreed; see “How to pay”.", "Terms of payment Netto 45 Tage.",
          "3% less on €50.00 (€1.50) if paid within 1 day (by November 3, 2026): €117.50",
        ],
        "fr": [
          "Payable comme convenu ; voir « Paiement ».", "Conditions de paiement Netto 45 Tage.",
          "3 % d’escompte sur 50,00 € (1,50 €) pour paiement sous 1 jour (au plus tard le 3 novembre 2026) : 117,50 €",
        ],
      ], absent: ["SKONTO", "BASISBETRAG"]),
    Case(
      name: "late interest", terms: [note("#VERZUG#TAGE=14#PROZENT=9.12#\n#VERZUG#TAGE=1#PROZENT=1.00#BASISBETRAG=100.00#")],
      due: "2026-12-02",
      words: [
        "de": ["9,12 % Verzugszinsen nach 14 Tagen", "1 % Verzugszinsen auf 100,00 € nach 1 Tag"],
        "en": ["9.12% late interest after 14 days", "1% late interest on €100.00 after 1 day"],
        "fr": ["9,12 % d’intérêts de retard après 14 jours", "1 % d’intérêts de retard sur 100,00 € après 1 jour"],
      ], absent: ["VERZUG", "PROZENT"]),
    Case(
      name: "a line that is not after the rule", terms: [note("#SKONTO#TAGE=14#PROZENT=3,00#")], due: "2026-12-02",
      words: [
        "de": ["Zahlungsbedingungen #SKONTO#TAGE=14#PROZENT=3,00#"], "en": ["Terms of payment #SKONTO#TAGE=14#PROZENT=3,00#"],
        "fr": ["Conditions de paiement #SKONTO#TAGE=14#PROZENT=3,00#"],
      ]),
    Case(
      name: "periods in words",
      terms: ["MON", "WEE", "ANN", "QAN", "SAN", "E49", "XYZ"].map {
        percent("SettlementDiscount", "2") + period("Settlement", length("2", $0))
      }, due: "2027-12-02",
      words: [
        "de": [
          "innerhalb von 2 Monaten (bis 2. Januar 2027)", "innerhalb von 2 Wochen (bis 16. November 2026)", "innerhalb von 2 Jahren",
          "innerhalb von 2 Quartalen (bis 2. Mai 2027)", "innerhalb von 2 Halbjahren (bis 2. November 2027)",
          "innerhalb von 2 Werktagen: 116,62 €", "2 XYZ",
        ],
        "en": [
          "within 2 months (by January 2, 2027)", "within 2 weeks (by November 16, 2026)", "within 2 years (by November 2, 2028)",
          "within 2 quarters", "within 2 half-years", "within 2 working days: €116.62", "2 XYZ",
        ],
        "fr": [
          "sous 2 mois (au plus tard le 2 janvier 2027)", "sous 2 semaines (au plus tard", "sous 2 ans (au", "sous 2 trimestres",
          "sous 2 semestres",
          "sous 2 jours ouvrés : 116,62 €", "2 XYZ",
        ],
      ]),
    Case(
      name: "all that UBL has",
      terms: [
        note("Worte zuerst") + percent("SettlementDiscount", "2") + percent("PenaltySurcharge", "8") + amount("Amount", "100.00")
          + amount("SettlementDiscountAmount", "2.50") + amount("PenaltyAmount", "8.00")
          + period("Settlement", "<cbc:StartDate>2026-11-05</cbc:StartDate>" + end("2026-11-20"))
          + period("Penalty", "<cbc:StartDate>2026-12-05</cbc:StartDate>" + end("2027-12-05"))
      ], due: "2026-12-02",
      words: [
        "de": [
          "Worte zuerst 2 % Skonto auf 100,00 € (2,50 €) bei Zahlung vom 5. November 2026 bis zum 20. November 2026: 116,50 €",
          "8 % Verzugszinsen (8,00 €) ab 5. Dezember 2026 bis 5. Dezember 2027",
        ],
        "en": [
          "Worte zuerst 2% less on €100.00 (€2.50) if paid from November 5, 2026 to November 20, 2026: €116.50",
          "8% late interest (€8.00) from December 5, 2026 until December 5, 2027",
        ],
        "fr": [
          "Worte zuerst 2 % d’escompte sur 100,00 € (2,50 €) pour paiement du 5 novembre 2026 au 20 novembre 2026 : 116,50 €",
          "8 % d’intérêts de retard (8,00 €) à partir du 5 décembre 2026 jusqu’au 5 décembre 2027",
        ],
      ]),
    Case(
      name: "amounts without percentages",
      terms: [amount("SettlementDiscountAmount", "4.00") + amount("PenaltyAmount", "40.00") + period("Settlement", end("2026-11-20"))],
      due: "2026-12-02",
      words: [
        "de": ["4,00 € Skonto bei Zahlung bis 20. November 2026: 115,00 €", "40,00 € Verzugszuschlag"],
        "en": ["€4.00 less if paid by November 20, 2026: €115.00", "€40.00 late charge"],
        "fr": ["4,00 € d’escompte pour paiement au plus tard le 20 novembre 2026 : 115,00 €", "40,00 € de pénalité de retard"],
      ]),
    Case(
      name: "instalments",
      terms: [
        amount("Amount", "50.00") + "<cbc:InstallmentDueDate>2026-12-01</cbc:InstallmentDueDate>",
        note("Rest") + percent("SettlementDiscount", "2") + amount("Amount", "69.00")
          + "<cbc:InstallmentDueDate>2027-01-01</cbc:InstallmentDueDate>" + period("Settlement", end("2026-12-20")),
      ], due: "2027-01-01",
      words: [
        "de": [
          "Zu zahlen: erste Rate 50,00 € von insgesamt 119,00 € Zahlbar bis spätestens 1. Dezember 2026", "Raten Fällig Betrag in EUR",
          "1. Dezember 2026 50,00 1. Januar 2027 69,00 Rest 2 % Skonto (1,38 €) bei Zahlung bis 20. Dezember 2026: 67,62 €",
        ],
        "en": [
          "Amount to pay: first part €50.00 of €119.00 in total Pay by December 1, 2026", "Payment in parts Due Amount in EUR",
          "December 1, 2026 50.00 January 1, 2027 69.00 Rest 2% less (€1.38) if paid by December 20, 2026: €67.62",
        ],
        "fr": [
          "Montant à payer : premier versement 50,00 € sur un total de 119,00 € À payer au plus tard le 1 décembre 2026",
          "Échéancier Échéance Montant en EUR",
          "1 décembre 2026 50,00 1 janvier 2027 69,00 Rest 2 % d’escompte (1,38 €) pour paiement au plus tard le 20 décembre 2026 : 67,62 €",
        ],
      ]),
    Case(
      name: "shares",
      terms: ["40", "60"].map {
        percent("Payment", $0) + "<cbc:InstallmentDueDate>2026-12-\($0 == "40" ? "01" : "20")</cbc:InstallmentDueDate>"
      },
      words: [
        "de": ["47,60 € von insgesamt 119,00 €", "Fällig Anteil Betrag in EUR 1. Dezember 2026 40 % 47,60 20. Dezember 2026 60 % 71,40"],
        "en": ["€47.60 of €119.00 in total", "Due Share Amount in EUR December 1, 2026 40% 47.60 December 20, 2026 60% 71.40"],
        "fr": ["47,60 € sur un total de 119,00 €", "Échéance Part Montant en EUR 1 décembre 2026 40 % 47,60 20 décembre 2026 60 % 71,40"],
      ]),
    Case(
      name: "a credit asks for nothing",
      terms: [
        note("#SKONTO#TAGE=14#PROZENT=2.00#") + amount("PenaltyAmount", "40.00"),
        percent("SettlementDiscount", "1") + period("Settlement", end("2026-11-20")),
      ], due: "2026-12-02", type: "381",
      words: [
        "de": ["2 % Skonto innerhalb von 14 Tagen (bis 16. November 2026)", "1 % Skonto bis 20. November 2026"],
        "en": ["2% discount within 14 days (by November 16, 2026)", "1% discount until November 20, 2026"],
        "fr": ["2 % d’escompte sous 14 jours (au plus tard le 16 novembre 2026)", "1 % d’escompte jusqu’au 20 novembre 2026"],
      ], absent: ["if paid", "bei Zahlung", "pour paiement", "116,62", "116.62", "How to pay", "2.38", "2,38"]),
    Case(
      name: "no day and no base", terms: [percent("SettlementDiscount", "2")], due: "2026-12-02",
      words: ["de": ["2 % Skonto (2,38 €): 116,62 €"], "en": ["2% less (€2.38): €116.62"], "fr": ["2 % d’escompte (2,38 €) : 116,62 €"]]),
    Case(
      name: "more than is due", terms: [amount("SettlementDiscountAmount", "500.00") + period("Settlement", end("2026-11-20"))],
      due: "2026-12-02",
      words: [
        "de": ["500,00 € Skonto bei Zahlung bis 20. November 2026"], "en": ["€500.00 less if paid by November 20, 2026"],
        "fr": ["500,00 € d’escompte pour paiement au plus tard le 20 novembre 2026"],
      ], absent: ["381.00", "381,00", "Nov 20", "20.11.2026", "20 nov."]),
    Case(
      name: "another day", terms: [note("Verlängert") + "<cbc:PaymentDueDate>2026-12-24</cbc:PaymentDueDate>"], due: "2026-12-02",
      words: [
        "de": ["Zahlbar bis spätestens 2. Dezember 2026", "Verlängert Fälligkeit: 24. Dezember 2026"],
        "en": ["Pay by December 2, 2026", "Verlängert Due date: December 24, 2026"],
        "fr": ["À payer au plus tard le 2 décembre 2026", "Verlängert Échéance : 24 décembre 2026"],
      ]),
    Case(
      name: "a day only", terms: ["<cbc:PaymentDueDate>2026-12-02</cbc:PaymentDueDate>"],
      words: [
        "de": ["Zahlbar bis spätestens 2. Dezember 2026"], "en": ["Pay by December 2, 2026"],
        "fr": ["À payer au plus tard le 2 décembre 2026"],
      ],
      absent: ["Terms of payment", "Zahlungsbedingungen", "Conditions de paiement", "as agreed"]),
  ]

  @Test(arguments: ["de", "en", "fr"])
  func termsAreSaidInWords(_ language: String) throws {
    let printer = PageText(language: language)
    for item in PaymentTermPageTests.cases {
      var invoice = SmallInvoice()
      invoice.type = item.type
      invoice.dueDate = item.due.isEmpty ? "" : "<cbc:DueDate>\(item.due)</cbc:DueDate>"
      invoice.terms = item.terms.map { "<cac:PaymentTerms>\($0)</cac:PaymentTerms>" }.joined()
      let text = try printer.plain(of: invoice.xml)
      for words in item.words[language] ?? [] { #expect(text.contains(words), "\(item.name): \(words)\n\(text)") }
      for words in item.absent { #expect(!text.contains(words), "\(item.name): \(words)") }
    }
  }

  /// The day of the discount first or last: what is to be paid is the whole, on the net day.
  @Test(
    .enabled(if: PaymentTermPageTests.folder != nil, "the situations are not beside the project"),
    arguments: ["skonto-first", "net-first", "xrechnung-codes"])
  func boxShowsTheNetDay(_ name: String) throws {
    let folder = try #require(PaymentTermPageTests.folder)
    let xml = String(decoding: try Data(contentsOf: folder.appendingPathComponent("\(name).xml")), as: UTF8.self)
    for (language, words) in [
      ("en", ["€2,142.00 Pay by December 12, 2026 3% less if paid by Nov 22, 2026", "3% less (€64.26) if paid", "€2,077.74"]),
      (
        "de",
        [
          "2.142,00 € Zahlbar bis spätestens 12. Dezember 2026 3 % Skonto bei Zahlung bis 22.11.2026", "3 % Skonto (64,26 €) bei Zahlung",
          "2.077,74 €",
        ]
      ),
      ("fr", ["À payer au plus tard le 12 décembre 2026 3 % d’escompte", "3 % d’escompte (64,26 €) pour paiement", "2 077,74 €"]),
    ] {
      let text = try PageText(language: language).plain(of: xml)
      for words in words { #expect(text.contains(words), "\(name): \(words)") }
      #expect(!text.contains("#SKONTO") && !text.contains("Date time string") && !text.contains("20261122"), "\(name)")
      // Said once, also where a line and elements say it.
      #expect(text.components(separatedBy: "64.26").count + text.components(separatedBy: "64,26").count == 3, "\(name)")
    }
  }

  private static let folder: URL? = Project.shared("cases/trackers/01-skonto-first")

  @Test
  func fiftyInstalmentsFillPages() throws {
    var invoice = SmallInvoice()
    invoice.terms = (1...50).map { number in
      let day = "20\(27 + number / 12)-\(String(format: "%02d", number % 12 + 1))-01"
      return """
        <cac:PaymentTerms>\(PaymentTermPageTests.amount("Amount", "2.3\(number % 10)"))\
        <cbc:InstallmentDueDate>\(day)</cbc:InstallmentDueDate></cac:PaymentTerms>
        """
    }.joined()
    invoice.dueDate = ""
    let text = try PageText(language: "en").plain(of: invoice.xml)
    #expect(text.contains("first part €2.31 of €119.00 in total Pay by February 1, 2027"))
    #expect(text.contains("March 1, 2031 2.30"))
  }
}
