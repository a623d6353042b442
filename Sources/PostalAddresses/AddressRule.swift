internal import JSON

/// How the post of one country wants an address.
struct AddressRule: Sendable {
  /// A state, province, county or prefecture.
  struct Region: Hashable, Sendable {
    /// As it stands in an address.
    var local: String
    /// The same in Latin letters, where that is something else.
    var latin: String?
    /// All it may be called: these, other names, the code after ISO 3166-2 without its country.
    var names: [String]

    func written(isLatin: Bool) -> String { isLatin ? latin ?? local : local }
  }

  private let lines: [AddressLine]
  private let latin: [AddressLine]?
  private let prefix: String?
  private let isPrefixedAtHome: Bool
  /// The country's sign on vehicles, which stands before postal codes though no post asks for it.
  private let sign: String?
  private let masks: [[Character]]
  private let regions: [String: Region]

  /// What the address has where it says nothing else.
  let fixed: [AddressLine.Field: String]
  /// Whether a region has to be in its short form to stand beside the town.
  let hasRegionCodes: Bool

  /// Reads one of the rules; `nil` where it is none.
  init?(_ json: JSONValue) {
    guard let lines = AddressRule.lines(json["lines"]) else { return nil }
    self.lines = lines
    latin = AddressRule.lines(json["latin"])
    prefix = json["prefix"]?.text
    isPrefixedAtHome = json["prefixAlways"]?.flag ?? false
    sign = json["sign"]?.text
    masks = (json["masks"]?.list ?? []).compactMap { $0.text.map(Array.init) }
    hasRegionCodes = json["regionCodes"]?.flag ?? false
    var fixed: [AddressLine.Field: String] = [:]
    for member in json["fixed"]?.members ?? [] {
      guard let field = AddressLine.Field(rawValue: member.name), let text = member.value.text else { return nil }
      fixed[field] = text
    }
    self.fixed = fixed
    var regions: [String: Region] = [:]
    for entry in json["regions"]?.list ?? [] {
      let texts = (entry.list ?? []).compactMap(\.text)
      guard texts.count >= 2, let local = texts.first else { return nil }
      let names = texts.filter { !$0.isEmpty }
      let region = Region(local: local, latin: texts[1].isEmpty ? nil : texts[1], names: names)
      // Of two that share a name the first has it.
      for name in names where regions[PostalAddress.folded(name)] == nil { regions[PostalAddress.folded(name)] = region }
    }
    self.regions = regions
  }

  /// Street, code and town, region.
  init() {
    lines = ["{street}", "{code} {city}", "{region}"].compactMap(AddressLine.init)
    (latin, prefix, isPrefixedAtHome, sign, masks, regions, fixed, hasRegionCodes) = (nil, nil, false, nil, [], [:], [:], false)
  }

  private static func lines(_ json: JSONValue?) -> [AddressLine]? {
    guard let texts = json?.list?.map(\.text) else { return nil }
    let lines = texts.compactMap { $0.flatMap(AddressLine.init) }
    return lines.count == texts.count && lines.contains(where: \.isStreet) ? lines : nil
  }

  func lines(isLatin: Bool) -> [AddressLine] { isLatin ? latin ?? lines : lines }

  /// Whether no letter of the texts is of another script than the Latin one.
  static func isLatin(_ texts: [String]) -> Bool {
    texts.allSatisfy { text in
      text.unicodeScalars.allSatisfy { scalar in
        // Latin ends at U+024F and goes on from U+1E00; marks and signs between belong to no script.
        (..<0x370).contains(scalar.value) || (0x1E00..<0x1F00).contains(scalar.value) || (0x2000..<0x2C00).contains(scalar.value)
      }
    }
  }

  /// A region by any of its names, with or without the country before it: `US-OR`.
  func region(_ written: String, of country: String?) -> Region? {
    if let country, written.uppercased().hasPrefix(country + "-"), let region = regions[PostalAddress.folded(String(written.dropFirst(3)))]
    {
      return region
    }
    return regions[PostalAddress.folded(written)]
  }

  // MARK: Postal codes

  /// A code as the post writes it: in capitals, parted as usual, with a prefix in mail from abroad and no other sign before it.
  func postcode(_ written: String, of country: String?, isAbroad: Bool) -> String {
    var code = written.uppercased()
    if code.hasPrefix("〒") { code = String(code.dropFirst()).trimmingPrefix { $0 == " " }.description }
    code = bare(code, of: country)
    code = masks.lazy.compactMap { AddressRule.fill($0, code) }.first ?? code
    guard let prefix, isAbroad || isPrefixedAtHome else { return code }
    return prefix + code
  }

  /// The code without a sign of the country before it.
  private func bare(_ code: String, of country: String?) -> String {
    let own = prefix.map { $0.filter(\.isLetter) }
    for sign in [own, sign, country].compactMap({ $0 }) where code.hasPrefix(sign) {
      let behind = code.dropFirst(sign.count)
      let rest = behind.drop { $0 == "-" || $0 == " " }
      guard rest.first?.isNumber == true, rest.startIndex > behind.startIndex || sign == own else { continue }
      return String(rest)
    }
    return code
  }

  /// A code parted as a mask has it; `nil` where it is of another form.
  private static func fill(_ mask: [Character], _ code: String) -> String? {
    let characters = code.filter { $0 != " " && $0 != "-" }
    var (result, next) = ("", characters.startIndex)
    for place in mask {
      guard place == "9" || place == "A" || place == "*" else {
        result.append(place)
        continue
      }
      guard next < characters.endIndex, let value = characters[next].asciiValue else { return nil }
      let isDigit = (0x30...0x39).contains(value)
      guard isDigit ? place != "A" : place != "9" && (0x41...0x5A).contains(value) else { return nil }
      result.append(characters[next])
      next = characters.index(after: next)
    }
    return next == characters.endIndex ? result : nil
  }
}
