internal import Billing
internal import ConfigurationFiles
internal import Dates
internal import Diagnostics
internal import Languages
internal import Money

/// Makes a source of its YAML, collecting every finding.
struct SampleReading {
  let findings = YAMLFindings()

  /// The most entries of a list: plenty for chance, few enough to read at each start.
  ///
  /// - Stops: a sample file of millions of names.
  private static let entries = 5_000

  func source(_ root: YAMLValue) -> SampleSource? {
    let required = ["billfold-sample", "issued", "currency", "account", "invoice", "names", "streets", "places", "address", "languages"]
    let optional = [
      "period-days", "due-days", "jurisdiction", "email", "routing", "segments", "units", "usage", "payments", "e-invoice", "meter",
    ]
    guard let top = findings.mapping(root, "the sample", required: required, optional: optional) else { return nil }
    if let version = top["billfold-sample"], version.text != "1" {
      findings.report("bad-value", "'billfold-sample' must be 1, the version of this format", at: version.range)
    }
    let person: [SamplePattern.Gap] = [.account, .digits, .given, .family]
    let place: [SamplePattern.Gap] = [.number, .street, .unit, .city, .region, .code, .country]
    let account = top["account"].flatMap { numbered($0, "'account'") }
    let invoice = top["invoice"].flatMap { numbered($0, "'invoice'") }
    let currency = top["currency"].flatMap { self.currency($0) }
    let address = top["address"].map { patterns($0, "'address'", place) } ?? []
    if address.count > RecordLimits.addressLines {
      findings.report("bad-value", "'address' has more than \(RecordLimits.addressLines) lines", at: top["address"]?.range)
    }
    let issued = top["issued"].flatMap { findings.date($0, "'issued'") }
    let periodDays = top["period-days"].map { number($0, "'period-days'", 1...400) } ?? 31
    let dueDays = top["due-days"].map { number($0, "'due-days'", 0...400) } ?? 21
    let jurisdiction = top["jurisdiction"].flatMap { pattern($0, "'jurisdiction'", [.region, .country]) }
    let email = top["email"].flatMap { pattern($0, "'email'", person) }
    let routing = top["routing"].flatMap { pattern($0, "'routing'", [.code]) }
    let segments = top["segments"].map { self.segments($0) } ?? []
    let names = top["names"].map { self.names($0) } ?? SampleSource.Names(given: [], family: [], long: [], organisations: [])
    let streets = top["streets"].map { texts($0, "'streets'") } ?? []
    let units = top["units"].map { patterns($0, "'units'", []) } ?? []
    let places = top["places"].map { self.places($0) } ?? []
    let usage = top["usage"].flatMap { self.usage($0) }
    let payments = top["payments"].map { self.payments($0) } ?? []
    let meter = top["meter"].flatMap { self.meter($0) }
    let voices = top["languages"].map { self.voices($0, decimals: currency?.decimals ?? 2, meter) } ?? []
    if let place = top["meter"] {
      if let usage, usage.value.decimals > 0 || usage.value.bounds.lowerBound < 1 {
        findings.report("bad-value", "with a 'meter' the usage is in whole units, one or more", at: top["usage"]?.range)
      }
      if usage == nil { findings.report("missing-key", "a 'meter' needs the 'usage' of a month", at: place.range) }
      if top["e-invoice"] != nil { findings.report("bad-value", "e-invoices have no 'meter'", at: place.range) }
      for voice in voices where meter != nil && voice.sections.filter({ !$0.tariffs.isEmpty }).count != 1 {
        findings.report("bad-value", "with a 'meter' one section of '\(voice.tag)' has 'tariffs'", at: voice.range)
      }
    }
    let eInvoice = top["e-invoice"].flatMap { self.invoice($0, voices) }
    if units.isEmpty, address.contains(where: { $0.gaps.contains(.unit) }) {
      findings.report("missing-key", "'address' uses {unit}, but there are no 'units'", at: top["address"]?.range)
    }
    if names.organisations.isEmpty, segments.contains(where: \.isOrganisation) {
      findings.report("missing-key", "a segment has organisations, but there are no names of 'organisations'", at: top["names"]?.range)
    }
    guard findings.diagnostics.isEmpty, let issued, let currency, let account, let invoice else { return nil }
    return SampleSource(
      issued: issued, currency: currency, periodDays: periodDays, dueDays: dueDays, account: account, invoice: invoice,
      jurisdiction: jurisdiction, email: email, routing: routing, segments: segments, names: names, streets: streets, units: units,
      places: places, address: address, usage: usage, payments: payments, voices: voices, eInvoice: eInvoice,
      meter: meter)
  }

  // MARK: Values

  private func currency(_ value: YAMLValue) -> Currency? {
    guard let code = findings.text(value, "'currency'", limit: 3) else { return nil }
    guard let currency = Currency(code: code) else {
      findings.report("unknown-currency", "'\(code)' is not a currency of ISO 4217", at: value.range)
      return nil
    }
    return currency
  }

  func number(_ value: YAMLValue, _ owner: String, _ range: ClosedRange<Int>) -> Int {
    guard let number = value.text.flatMap({ Int($0) }), range.contains(number) else {
      findings.report("bad-value", "\(owner) must be a whole number from \(range.lowerBound) to \(range.upperBound)", at: value.range)
      return range.lowerBound
    }
    return number
  }

  func share(_ value: YAMLValue?) -> Int { value.map { number($0, "'share'", 1...1_000_000) } ?? 1 }

  func text(_ value: YAMLValue, _ owner: String, limit: Int = 200) -> [UInt8] {
    findings.text(value, owner, limit: limit).map { SamplePattern.escaped($0) } ?? []
  }

  func list(_ value: YAMLValue, _ owner: String) -> [YAMLValue] {
    guard let list = findings.list(value, owner) else { return [] }
    if list.isEmpty { findings.report("bad-value", "\(owner) is empty", at: value.range) }
    if list.count > SampleReading.entries {
      findings.report("bad-value", "\(owner) has more than the \(SampleReading.entries) entries allowed", at: value.range)
    }
    return Array(list.prefix(SampleReading.entries))
  }

  func texts(_ value: YAMLValue, _ owner: String) -> [[UInt8]] { list(value, owner).map { text($0, "an entry of \(owner)") } }

  func pattern(_ value: YAMLValue, _ owner: String, _ gaps: [SamplePattern.Gap], limit: Int = 200) -> SamplePattern? {
    guard let text = findings.text(value, owner, limit: limit) else { return nil }
    switch SamplePattern.read(text, allowed: gaps) {
    case .success(let pattern): return pattern
    case .failure(let unknown):
      let known = gaps.map { "{\($0.rawValue)}" }.joined(separator: " ")
      findings.report(
        "unknown-gap", "'{\(unknown.name.prefix(40))}' in \(owner) is none of: \(known.isEmpty ? "no gaps here" : known)", at: value.range)
      return nil
    }
  }

  private func patterns(_ value: YAMLValue, _ owner: String, _ gaps: [SamplePattern.Gap]) -> [SamplePattern] {
    list(value, owner).compactMap { pattern($0, "an entry of \(owner)", gaps) }
  }

  /// A pattern that makes each record's number different.
  private func numbered(_ value: YAMLValue, _ owner: String) -> SamplePattern? {
    guard let pattern = pattern(value, owner, [], limit: RecordLimits.identity) else { return nil }
    guard (6...18).contains(pattern.digits) else {
      findings.report("bad-value", "\(owner) must have 6 to 18 places '#', so that numbers differ", at: value.range)
      return nil
    }
    return pattern
  }

  func range(_ value: YAMLValue, _ owner: String, decimals: Int = 6) -> SampleRange? {
    guard let text = findings.text(value, owner, limit: 60) else { return nil }
    guard let range = SampleRange(text), range.decimals <= decimals else {
      findings.report(
        "bad-value", "\(owner) must be a number or a rising range such as '0.11..0.17', with at most \(decimals) decimals", at: value.range)
      return nil
    }
    return range
  }

  // MARK: Parts

  private func segments(_ value: YAMLValue) -> [SampleSource.Segment] {
    list(value, "'segments'").compactMap { entry in
      guard let mapping = findings.mapping(entry, "a segment", required: ["name"], optional: ["share", "organisations"]) else { return nil }
      let flag = mapping["organisations"]?.text
      if let flag, flag != "yes", flag != "no" {
        findings.report("bad-value", "'organisations' must be yes or no", at: mapping["organisations"]?.range)
      }
      return SampleSource.Segment(
        name: mapping["name"].map { text($0, "the segment's 'name'") } ?? [], share: share(mapping["share"]), isOrganisation: flag == "yes")
    }
  }

  private func names(_ value: YAMLValue) -> SampleSource.Names {
    let mapping = findings.mapping(value, "'names'", required: ["given", "family"], optional: ["long", "organisations"])
    func entries(_ key: String) -> [[UInt8]] { mapping?[key].map { texts($0, "'\(key)'") } ?? [] }
    return SampleSource.Names(
      given: entries("given"), family: entries("family"), long: entries("long"), organisations: entries("organisations"))
  }

  private func places(_ value: YAMLValue) -> [SampleSource.Place] {
    list(value, "'places'").compactMap { entry in
      guard
        let mapping = findings.mapping(
          entry, "a place", required: ["city", "code", "country"], optional: ["region", "share"]),
        let code = mapping["code"].flatMap({ pattern($0, "the place's 'code'", []) })
      else { return nil }
      return SampleSource.Place(
        city: mapping["city"].map { text($0, "the place's 'city'") } ?? [],
        region: mapping["region"].map { text($0, "the place's 'region'") } ?? [],
        country: mapping["country"].map { text($0, "the place's 'country'") } ?? [], code: code, share: share(mapping["share"]))
    }
  }

  private func usage(_ value: YAMLValue) -> SampleSource.UsageRange? {
    guard let mapping = findings.mapping(value, "'usage'", required: ["value", "season"]) else { return nil }
    let season = mapping["season"].map { list($0, "'season'").map { number($0, "an entry of 'season'", 1...1_000) } } ?? []
    if let place = mapping["season"], season.count != 12 {
      findings.report("bad-value", "'season' has \(season.count) entries; expected 12, January to December", at: place.range)
    }
    guard let range = mapping["value"].flatMap({ range($0, "the usage's 'value'", decimals: 3) }) else { return nil }
    return SampleSource.UsageRange(value: range, season: season)
  }

  private func payments(_ value: YAMLValue) -> [SampleSource.Payment] {
    let gaps: [SamplePattern.Gap] = [.account, .invoice, .digits, .due]
    return list(value, "'payments'").compactMap { entry in
      guard let mapping = findings.mapping(entry, "a payment", optional: ["share", "iban", "name", "reference", "scan_line"])
      else { return nil }
      func part(_ key: String) -> SamplePattern? { mapping[key].flatMap { pattern($0, "the payment's '\(key)'", gaps) } }
      return SampleSource.Payment(
        share: share(mapping["share"]), iban: part("iban"), name: part("name"), reference: part("reference"), scanLine: part("scan_line"))
    }
  }

  private func voices(_ value: YAMLValue, decimals: Int, _ meter: SampleMeter?) -> [SampleSource.Voice] {
    guard let members = findings.anyMapping(value, "'languages'") else { return [] }
    if members.isEmpty { findings.report("bad-value", "'languages' is empty", at: value.range) }
    return members.prefix(100).compactMap { member in
      guard let tag = LanguageTag(member.name) else {
        findings.report("bad-language", "'\(member.name.prefix(64))' is not a language tag of BCP 47", at: member.range)
        return nil
      }
      let owner = "the language '\(tag)'"
      guard let mapping = findings.mapping(member.value, owner, required: ["months", "sections"], optional: ["share", "rate", "taxes"])
      else { return nil }
      let months = mapping["months"].map { texts($0, "'months'") } ?? []
      if let place = mapping["months"], months.count != 12 {
        findings.report("bad-value", "'months' has \(months.count) entries; expected 12", at: place.range)
      }
      return SampleSource.Voice(
        tag: tag, range: member.range, share: share(mapping["share"]), months: months,
        rate: mapping["rate"].map { text($0, "'rate'") },
        sections: mapping["sections"].map { list($0, "'sections'").compactMap { section($0, decimals, meter) } } ?? [],
        taxes: mapping["taxes"].map { list($0, "'taxes'").compactMap { tax($0) } } ?? [])
    }
  }

  private func section(_ value: YAMLValue, _ decimals: Int, _ meter: SampleMeter?) -> SampleSource.Section? {
    guard let mapping = findings.mapping(value, "a section", required: ["title"], optional: ["share", "items", "tariffs"]) else {
      return nil
    }
    guard (mapping["items"] == nil) != (mapping["tariffs"] == nil) else {
      findings.report("bad-value", "a section has either 'items' or, with a meter, 'tariffs'", at: value.range)
      return nil
    }
    return SampleSource.Section(
      title: mapping["title"].map { text($0, "the section's 'title'") } ?? [], share: share(mapping["share"]),
      items: mapping["items"].map { list($0, "'items'").compactMap { item($0, decimals, meter) } } ?? [],
      tariffs: mapping["tariffs"].map { tariffWords($0, meter) } ?? [])
  }

  private func item(_ value: YAMLValue, _ decimals: Int, _ meter: SampleMeter?) -> SampleSource.Item? {
    let optional = ["unit", "quantity", "price", "amount"]
    guard let mapping = findings.mapping(value, "an item", required: ["description"], optional: optional),
      let description = mapping["description"].flatMap({ pattern($0, "'description'", [], limit: RecordLimits.text) })
    else { return nil }
    let isOfUse = meter != nil && mapping["quantity"]?.text == "use"
    let item = SampleSource.Item(
      description: description, unit: mapping["unit"].map { text($0, "'unit'") }, isOfUse: isOfUse,
      quantity: isOfUse ? nil : mapping["quantity"].flatMap { range($0, "'quantity'") },
      price: mapping["price"].flatMap { range($0, "'price'") },
      amount: mapping["amount"].flatMap { range($0, "'amount'", decimals: decimals) })
    guard (mapping["quantity"] == nil) == (mapping["price"] == nil), (mapping["quantity"] == nil) != (mapping["amount"] == nil) else {
      findings.report("bad-value", "an item has either 'quantity' and 'price', or 'amount'", at: value.range)
      return nil
    }
    if isOfUse, let price = item.price, price.bounds.count > 1 || price.magnitude > 1_000 {
      findings.report("bad-value", "what is charged on the use has one price, at most 1000", at: mapping["price"]?.range)
    }
    if let quantity = item.quantity, let price = item.price, quantity.magnitude * price.magnitude > SampleRange.largest {
      findings.report("bad-value", "an item may come to \(SampleRange.largest) at most", at: value.range)
    }
    return item
  }

  private func tax(_ value: YAMLValue) -> SampleSource.Tax? {
    guard let mapping = findings.mapping(value, "a tax", required: ["label", "rate"]),
      let rate = mapping["rate"].flatMap({ range($0, "the tax's 'rate'", decimals: 4) })
    else { return nil }
    guard (0...100).contains(rate.magnitude) else {
      findings.report("bad-value", "the tax's 'rate' must be from 0 to 100 percent", at: mapping["rate"]?.range)
      return nil
    }
    return SampleSource.Tax(label: mapping["label"].map { text($0, "the tax's 'label'") } ?? [], rate: rate)
  }
}
