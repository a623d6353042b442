import Foundation
import TestSupport
import Testing

/// Printed postcards, measured from outside by a program that shares nothing with what made them: `Tests/Readers/cards.py`.
@Suite struct PostcardSheetTests {
  /// A card of `Tests/Postcards`, and what it must measure.
  struct Sheet: CustomTestStringConvertible, Sendable {
    var layout: String
    /// What the measurer is told of it.
    var facts: [String]
    var hasMarks = false
    var testDescription: String { layout + (hasMarks ? " with marks" : "") }
  }

  /// Nine by six inches, with a mailer of six digits.
  private static let large = Sheet(
    layout: "usps-9x6",
    facts: ["--post", "usps", "--bleed", "0.125in", "--edge", "#0B6E4F left", "--service", "310", "--mailer", "314159"])
  /// Six by four and a quarter, colour along all edges, a mailer of nine digits.
  private static let small = Sheet(
    layout: "usps-6x4",
    facts: [
      "--post", "usps", "--bleed", "0.125in", "--edge", "#1B3FA0 left,right,top,bottom", "--service", "310", "--mailer", "931415926",
    ])
  private static let a6 = Sheet(
    layout: "a6",
    facts: ["--post", "deutsche-post", "--bleed", "3mm", "--edge", "#8A1538 top", "--franking", "Entgelt bezahlt 10115 Berlin"])

  /// Whom the cards go to: usual and long names, eight lines, scripts from right to left, foreign countries, no routing, nothing but two lines.
  private static let people = [
    person(1, "Ana Petrović", ["18 Larkspur Ave Apt 4", "Portland OR 97204"], routing: "97204123418"),
    person(2, "Ben Ode", ["PO Box 7", "Salem OR 97301"], routing: "97301", format: "large-print"),
    person(
      3, "Maximiliana Konstantinopolitanskaya-Wolkenstein von und zu Hohenlohe-Waldenburg-Schillings", ["1 Long Way", "Portland OR 97204"],
      routing: "972041234"),
    person(
      4, "Eight Lines",
      [
        "c/o The Very Reverend Archdeacon", "Department of Long Addresses", "Building Seven, Wing C", "Floor 14, Room 1408",
        "1234 Boulevard of the Allies", "Suite 900", "Portland OR 97204-1234", "UNITED STATES",
      ], routing: "97204123418"),
    person(5, "محمد عبد الرحمن الكيلاني", ["١٢ شارع النيل", "القاهرة", "EGYPT"], country: "EG"),
    person(6, "דוד בן־גוריון", ["17 Rothschild Blvd", "Tel Aviv 6688119", "ISRAEL"], country: "IL"),
    person(7, "Jürgen Groß", ["Hauptstraße 5", "10115 Berlin", "GERMANY"], country: "DE"),
    person(8, "No Postal", ["Somewhere 1", "Nowhere"], country: nil),
  ]

  /// A record with an address of its own.
  private static func person(
    _ number: Int, _ name: String, _ lines: [String], routing: String? = nil, country: String? = "US", format: String = "standard"
  ) -> String {
    let postal = country.map { country in
      ",\"postal\":{\"country\":\"\(country)\"\(routing.map { ",\"imb_routing\":\"\($0)\"" } ?? "")}"
    }
    let address = lines.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      {"v":1,"account":"4400-000\(number)","invoice":"INV-0000\(number)","kind":"bill","issued":"2026-11-23","due":"2026-12-14",\
      "currency":"USD","language":"en-US","customer":{"name":"\(name)","address":[\(address)]\(postal ?? "")},"delivery":"paper",\
      "format":"\(format)","sections":[{"title":"Electricity","lines":[{"description":"Energy","amount":"87.42"}]}],\
      "totals":{"charges":"87.42","due":"87.42"}}
      """
  }

  /// A bench whose layout has that card.
  private static func bench(_ layout: String, _ records: [String]) throws -> Bench {
    let bench = try Bench(bills: 0)
    for name in ["layout", "campaign"] { try FileManager.default.removeItem(atPath: bench.path(name)) }
    for name in ["layout/strings", "campaign"] {
      try FileManager.default.createDirectory(atPath: bench.path(name), withIntermediateDirectories: true)
    }
    try bench.write("layout/layout.xml", Project.text("Tests/Postcards/layout.xml"))
    try bench.write("layout/postcard.xml", Project.text("Tests/Postcards/\(layout).xml"))
    try bench.write("layout/strings/en-US.yaml", "{}\n")
    for name in ["campaign.yaml", "terms.md"] { try bench.write("campaign/" + name, Project.text("Tests/Postcards/" + name)) }
    try bench.write("bills.jsonl", records.joined(separator: "\n") + "\n")
    return bench
  }

  private static func measure(_ folder: String, _ facts: [String]) throws -> (code: Int32, output: String) {
    try Tool.run(
      [
        Tool.python, Project.path("Tests/Readers/cards.py"), folder + "/out", folder + "/bills.jsonl", "--open",
        "https://my.example/paperless",
      ]
        + facts)
  }

  @Test(
    .needs("qpdf", "mutool", "pdftoppm", "pdftotext", "zbarimg", "\(Tool.python) -c import PIL"),
    arguments: [
      large, Sheet(layout: small.layout, facts: small.facts, hasMarks: true), Sheet(layout: a6.layout, facts: a6.facts, hasMarks: true),
    ])
  func everyCardMeasuresWhatItsPostAsks(_ sheet: Sheet) async throws {
    let bench = try Self.bench(sheet.layout, Self.people)
    let marks = sheet.hasMarks ? ["--marks"] : []
    let ran = try bench.run(bench.render(out: "out", ["--pieces", "postcard"] + marks))
    #expect(ran.code == 0 && ran.output.contains("8 postcards"), "\(ran.output)\(ran.errors)")
    let folder = bench.root.path
    let measured = try await Tool.waiting { try Self.measure(folder, sheet.facts + marks) }
    #expect(measured.code == 0 && measured.output.hasSuffix("8 cards, 0 wrong\n"), "\(measured.output)")
    guard sheet.hasMarks else { return }
    // Marks are none of the card's content.
    #expect(try bench.run(bench.render(out: "plain", ["--pieces", "postcard"])).code == 0)
    let contents = try ["out", "plain"].map { try bench.text($0 + "/manifest.jsonl").matches(of: #/"content":"([0-9a-f]+)"/#).map(\.1) }
    let digests = try ["out", "plain"].map { try bench.text($0 + "/manifest.jsonl").matches(of: #/"sha256":"([0-9a-f]+)"/#).map(\.1) }
    #expect(contents[0] == contents[1] && contents[0].count == 8 && Set(digests[0]).isDisjoint(with: digests[1]))
  }

  /// The sample company's own card, in two languages and large print.
  @Test(.needs("qpdf", "mutool", "pdftoppm", "pdftotext", "zbarimg", "\(Tool.python) -c import PIL"))
  func theSampleCompanysCardMeasuresWhatThePostAsks() async throws {
    let bench = try Bench(bills: 24)
    let ran = try bench.run(bench.render(out: "out", ["--pieces", "postcard", "--as-of", "2027-01-15", "--marks"]))
    #expect(ran.code == 0, "\(ran.output)\(ran.errors)")
    let (folder, brand) = (bench.root.path, "#084F3B top")
    let measured = try await Tool.waiting {
      try Tool.run(
        [Tool.python, Project.path("Tests/Readers/cards.py"), folder + "/out", folder + "/bills.jsonl", "--marks", "--routed-only"]
          + ["--open", "https://my.larkspur.example/paperless", "--post", "usps", "--bleed", "0.125in", "--edge", brand]
          + ["--service", "300", "--mailer", "314159"])
    }
    #expect(measured.code == 0 && measured.output.contains(" 0 wrong"), "\(measured.output)")
  }

  /// What the measurer is told wrongly it finds: it can fail.
  @Test(.needs("qpdf", "mutool", "pdftoppm", "pdftotext", "zbarimg", "\(Tool.python) -c import PIL"))
  func theMeasurerFindsWhatIsWrong() async throws {
    let bench = try Self.bench(Self.large.layout, [Self.people[0]])
    #expect(try bench.run(bench.render(["bills.jsonl"], out: "out", ["--pieces", "postcard"])).code == 0)
    func changed(_ name: String, _ value: String) -> [String] {
      var facts = Self.large.facts
      if let place = facts.firstIndex(of: name) { facts[place + 1] = value } else { facts += [name, value] }
      return facts
    }
    let folder = bench.root.path
    for (facts, words) in [
      (changed("--bleed", "0.25in"), "bleed box"), (changed("--edge", "#0B6E4F right"), "does not reach the right edge"),
      (changed("--mailer", "314158"), "the barcode says"), (changed("--shift", "0.4in"), "with the cut at"),
      (changed("--post", "deutsche-post"), "the franking zone holds"), (changed("--open", "https://my.example/p"), "the QR code says"),
      (Self.large.facts + ["--marks"], "0 crop marks"),
    ] {
      let measured = try await Tool.waiting { try Self.measure(folder, facts) }
      #expect(measured.code == 1 && measured.output.contains(words), "\(words): \(measured.output)")
    }
  }

  /// What no card has room for, or no barcode, is one reject that says so, and no card.
  @Test(arguments: [large, small])
  func whatCannotBeACardIsOneClearReject(_ sheet: Sheet) throws {
    let line = "A line of a very long address that never ends and goes on for some more words"
    let bench = try Self.bench(
      sheet.layout,
      [
        Self.person(1, String(repeating: "W", count: 90), ["1 Way", "Portland OR 97204"]),
        Self.person(2, "Nine Long Lines", Array(repeating: line, count: 8)),
        Self.person(3, "Routing", ["1 Way", "Portland OR 97204"], routing: "9720"),
        Self.person(4, "Sound", ["1 Way", "Portland OR 97204"], routing: "97204"),
      ])
    let ran = try bench.run(bench.render(out: "out", ["--pieces", "bill,postcard"]))
    #expect(ran.code == 65, "\(ran.output)\(ran.errors)")
    func lines(_ name: String) throws -> [[String: Any]] {
      try bench.text("out/" + name).split(separator: "\n").compactMap {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
    }
    let rejects = try lines("rejects.jsonl")
    #expect(rejects.map { $0["kind"] as? String } == ["postcard", "postcard", "postcard"])
    #expect(rejects.map { $0["code"] as? String } == ["does-not-fit", "does-not-fit", "barcode-invalid"])
    #expect(rejects.compactMap { $0["message"] as? String }.allSatisfy { $0.contains("postcard.xml:") })
    // The bills are made all the same.
    let kinds = try lines("manifest.jsonl").map { "\($0["account"] as? String ?? "") \($0["kind"] as? String ?? "")" }
    #expect(kinds == ["4400-0001 bill", "4400-0002 bill", "4400-0003 bill", "4400-0004 bill", "4400-0004 postcard"])
  }

  /// A card on whose address side something stands where the post keeps it clear, or with other than two sides, is not made.
  @Test(
    arguments: [
      ("<place y=\"0.375in\" right=\"0.375in\"", "<place y=\"3.5in\" right=\"0.375in\"", "zone-text"),
      ("<place y=\"0.375in\" right=\"0.375in\"", "<place y=\"5.45in\" right=\"0.375in\"", "zone-text"),
      ("x=\"4.5in\" y=\"3.45in\"", "x=\"4.5in\" y=\"2.9in\"", "zone-text"), ("<page-break/>", "", "postcard-sides"),
      ("<page-break/>", "<page-break/><text>x</text><page-break/>", "postcard-sides"),
    ])
  func aFaultyAddressSideIsRejected(_ old: String, _ new: String, _ code: String) throws {
    let bench = try Self.bench(Self.large.layout, [Self.people[0]])
    let card = try bench.text("layout/postcard.xml")
    #expect(card.contains(old))
    try bench.write("layout/postcard.xml", card.replacing(old, with: new))
    let ran = try bench.run(bench.render(out: "out", ["--pieces", "postcard"]))
    let rejects = try bench.text("out/rejects.jsonl")
    #expect(
      ran.code == 65 && rejects.contains("\"kind\":\"postcard\"") && rejects.contains("\"code\":\"\(code)\""), "\(rejects)\(ran.errors)")
  }
}
