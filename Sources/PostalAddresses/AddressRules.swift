internal import JSON

/// The rules of all countries, from `Resources/address-rules.json`, which names its sources.
struct AddressRules: Sendable {
  /// As they are compiled in; read when the first address asks for them.
  static let standard = AddressRules(PackageResources.address_rules_json)

  private let rules: [String: AddressRule]
  private let fallback: AddressRule
  private let alike: Set<String>
  /// ISO 3166-1: the code of two letters by that of three.
  let countries: [String: String]

  /// Reads the rules; what cannot be read is left out, which a test looks for.
  init(_ bytes: [UInt8]) {
    let json = (try? JSONValue(parsing: bytes)) ?? .object([])
    var rules: [String: AddressRule] = [:]
    for member in json["countries"]?.members ?? [] {
      if let rule = AddressRule(member.value) { rules[member.name] = rule }
    }
    self.rules = rules
    alike = Set((json["likeDefault"]?.text ?? "").split(separator: " ").map(String.init))
    var countries: [String: String] = [:]
    for letters in json["letters3"]?.list ?? [] {
      if let letters = letters.text, letters.count == 5 { countries[String(letters.prefix(3))] = String(letters.suffix(2)) }
    }
    self.countries = countries
    fallback = json["default"].flatMap(AddressRule.init) ?? AddressRule()
  }

  /// The countries that have a rule, by their codes of two letters.
  var covered: Set<String> { alike.union(rules.keys) }

  /// The rule of a country by its code of two letters, or that of all others.
  func rule(of country: String?) -> AddressRule { country.flatMap { rules[$0] } ?? fallback }
}
