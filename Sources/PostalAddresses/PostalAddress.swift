/// An address in its parts, and the lines that the post of its country makes of them.
public struct PostalAddress: Hashable, Sendable {
  /// For whom an address is written.
  public enum Form: String, CaseIterable, Sendable {
    /// For the post: what the country's post asks for and nothing else, as it asks for it.
    case post
    /// For a reader: all parts, each as it was given, in the order of the country.
    case full
  }

  /// Street and number, a post box, a building; in the order they are to be read.
  public var street: [String]
  /// The town.
  public var city: String?
  /// The postal code.
  public var code: String?
  /// A state, province, county or prefecture: by its name, its short form, or its code after ISO 3166-2.
  public var region: String?
  /// The country (``CountryCode``).
  public var country: String?

  /// Makes an address; parts that are empty or blank count as not there.
  public init(street: [String] = [], city: String? = nil, code: String? = nil, region: String? = nil, country: String? = nil) {
    self.street = street.compactMap(PostalAddress.trimmed)
    (self.city, self.code) = (city.flatMap(PostalAddress.trimmed), code.flatMap(PostalAddress.trimmed))
    (self.region, self.country) = (region.flatMap(PostalAddress.trimmed), country.flatMap(PostalAddress.trimmed))
  }

  /// The lines, without the recipient's name above and the country's below.
  ///
  /// What stands in two parts is written once. A country that is not known has street, code and town, region.
  ///
  /// - Parameters:
  ///   - form: For whom they are.
  ///   - sender: The country it is sent from; where that is another, the code has the prefix that mail from abroad wants.
  /// - Returns: None where the address has no part.
  /// - Complexity: O(characters).
  public func lines(_ form: Form = .post, from sender: String? = nil) -> [String] {
    let country = self.country.map(CountryCode.canonical)
    let rule = AddressRules.standard.rule(of: country)
    var parts = Parts(self, rule, form, isAbroad: sender.map { CountryCode.canonical($0) != country } ?? false)
    var lines: [String] = []
    var streetPlace = 0
    for line in rule.lines(isLatin: parts.isLatin) {
      if line.isStreet {
        streetPlace = lines.count
      } else if let text = line.text(of: &parts) {
        lines.append(text)
      }
    }
    lines += parts.rest(rule, form)
    var seen = Set(lines.map(PostalAddress.folded) + parts.used.map(PostalAddress.folded))
    let street = street.filter { seen.insert(PostalAddress.folded($0)).inserted }
    lines.insert(contentsOf: street, at: streetPlace)
    return lines
  }

  static func trimmed(_ text: String) -> String? {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }), let last = text.lastIndex(where: { !$0.isWhitespace }) else {
      return nil
    }
    return String(text[first...last])
  }

  /// The letters and digits of a text without regard to case: what two writings of one thing share.
  static func folded(_ text: String) -> String { String(text.lowercased().filter { $0.isLetter || $0.isNumber }) }
}

extension PostalAddress {
  /// The parts of an address as they go into the lines of a rule.
  struct Parts {
    /// Whether the address is in Latin letters.
    let isLatin: Bool
    private(set) var values: [AddressLine.Field: String] = [:]
    /// A region that stands on a line of its own.
    private(set) var loneRegion: String?
    private var region: String?
    private let hasStreet: Bool
    /// What has been written.
    var used: [String] = []

    init(_ address: PostalAddress, _ rule: AddressRule, _ form: Form, isAbroad: Bool) {
      isLatin = AddressRule.isLatin(address.street + [address.city, address.region].compactMap { $0 })
      hasStreet = !address.street.isEmpty
      let country = address.country.map(CountryCode.canonical)
      (values[.city], values[.code], region) = (address.city, address.code, address.region)
      if form == .post, let code = address.code { values[.code] = rule.postcode(code, of: country, isAbroad: isAbroad) }
      if form == .post, address.city != nil || address.code != nil {
        if address.city == nil { values[.city] = rule.fixed[.city] }
        if region == nil { region = rule.fixed[.region] }
      }
      guard let given = region else { return }
      let known = rule.region(given, of: country)
      // A code after ISO 3166-2 is for no reader either.
      if let known, form == .post || country.map({ given.hasPrefix($0 + "-") }) == true { region = known.written(isLatin: isLatin) }
      if rule.hasRegionCodes, known == nil {
        (loneRegion, region) = (given, nil)
      } else if !rule.hasRegionCodes, let city = address.city, Parts.says(city, [given] + (form == .post ? known?.names ?? [] : [])) {
        region = nil
      }
      values[.region] = region
    }

    /// Whether a town says by its name which region it is in: `Madrid`, and `Dublin 2`.
    private static func says(_ city: String, _ names: [String]) -> Bool {
      let city = PostalAddress.folded(city)
      return names.contains { name in
        let name = PostalAddress.folded(name)
        // A code of a letter or two is no name.
        return city == name || (name.count > 2 && city.hasPrefix(name) && city.dropFirst(name.count).allSatisfy(\.isNumber))
      }
    }

    /// Takes the value of a field, so that it is not written twice.
    mutating func take(_ field: AddressLine.Field) -> String? {
      guard let value = values.removeValue(forKey: field) else { return nil }
      used.append(value)
      return value
    }

    /// Lines for what the rule has no place for and must not be lost.
    mutating func rest(_ rule: AddressRule, _ form: Form) -> [String] {
      var lines: [String] = []
      let town = [take(.code), take(.city)].compactMap { $0 }.joined(separator: " ")
      if !town.isEmpty { lines.append(town) }
      // A post that asks for no region does without; an address of nothing else has it.
      if form == .full || (used.isEmpty && !hasStreet), let region = take(.region) { lines.append(region) }
      if let region = loneRegion, !used.contains(where: { PostalAddress.folded($0) == PostalAddress.folded(region) }) {
        used.append(region)
        lines.append(region)
      }
      return lines
    }
  }
}
