import Testing

@testable import PostalAddresses

struct RuleTests {
  private let rules = AddressRules.standard

  @Test func everyCountryOfTheDataIsRead() {
    #expect(rules.covered.count >= 250)
    #expect(rules.countries.count >= 250)
    #expect(rules.countries["DEU"] == "DE" && rules.countries["XKK"] == "XK")
    // ISO 3166-1 without what has no post: Antarctica and the like have the order of all others.
    for code in rules.countries.values where !["EA", "IC", "CQ", "CP", "DG"].contains(code) {
      #expect(rules.covered.contains(code), "\(code)")
    }
  }

  @Test(arguments: AddressRules.standard.covered.sorted())
  func nothingIsLostOrDoubled(_ country: String) {
    let address = PostalAddress(street: ["Street 1", "House 2"], city: "Town", code: "12345", region: "Land", country: country)
    let full = address.lines(.full)
    for part in ["Street 1", "House 2", "Town", "12345", "Land"] {
      #expect(full.filter { $0.contains(part) }.count == 1, "\(country): \(part) in \(full)")
    }
    for form in PostalAddress.Form.allCases {
      for (city, code, region) in [
        (nil, "12345", "Land"), ("Town", nil, "Land"), ("Town", "12345", nil), (nil, nil, "Land"), ("Town", nil, nil),
      ]
        as [(String?, String?, String?)]
      {
        let lines = PostalAddress(street: ["Street 1"], city: city, code: code, region: region, country: country).lines(form, from: "DE")
        #expect((2...5).contains(lines.count) || region == "Land", "\(country): \(lines)")
        #expect(lines.contains("Street 1"))
        for line in lines {
          let ends = [line.first, line.last].compactMap { $0 }
          #expect(ends.allSatisfy { $0.isLetter || $0.isNumber || $0 == "〒" || $0 == "." }, "\(country): \(lines)")
        }
        if let city { #expect(lines.contains { $0.contains(city) }, "\(country): \(lines)") }
        if let code { #expect(lines.contains { $0.filter { $0 != " " && $0 != "-" }.contains(code) }, "\(country): \(lines)") }
      }
    }
  }

  @Test func linesOfRulesAreChecked() {
    #expect(AddressLine("{street}")?.isStreet == true)
    for wrong in ["{street} {city}", "{town}", "", "{city},", "{city", "plain"] { #expect(AddressLine(wrong) == nil, "\(wrong)") }
  }

  @Test func damagedDataLeavesTheOrderOfAllOthers() {
    let none = AddressRules([0x7B])
    #expect(none.covered.isEmpty)
    #expect(none.rule(of: "US").lines(isLatin: true).count == 3)
  }

  @Test(arguments: [
    ("de", "DE"), (" Fr ", "FR"), ("UK", "GB"), ("el", "GR"), ("DEU", "DE"), ("gbr", "GB"), ("XI", "XI"), ("Germany", "Germany"), ("", ""),
    ("ZZ", "ZZ"), ("D", "D"), ("United Kingdom", "United Kingdom"), ("49", "49"), ("é1", "é1"),
  ])
  func countriesAreKnownHoweverTheyAreWritten(_ written: String, _ code: String) { #expect(CountryCode.canonical(written) == code) }
}
