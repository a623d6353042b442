internal import Billing
internal import ConfigurationFiles
internal import Dates
internal import Diagnostics
internal import Money

/// Makes a jurisdiction of its YAML, collecting every finding.
struct JurisdictionReading {
  /// Bounds of a file of rules.
  enum Limit {
    /// Characters of a code or id: they stand in manifests and messages.
    ///
    /// - Stops: an id that makes every line long.
    static let id = 100
    /// Characters of a title, a source or what a point asks.
    ///
    /// - Stops: a book in the place of a sentence.
    static let text = 1_000
    /// Rules of one place.
    ///
    /// - Stops: a file of rules without end.
    static let rules = 200
    /// Points, sources or kinds of one rule.
    ///
    /// - Stops: a list without end.
    static let entries = 100
  }

  private enum Truth: String, CaseIterable { case yes, no }
  private enum Consent: String, CaseIterable { case before }
  private enum PaperFee: String, CaseIterable { case forbidden }

  /// What a rule may ask of the form: beyond these a page could not be read, or nothing would be asked.
  private static let texts = 4.0...72
  private static let contrasts = 1.0...21
  private static let pages = 1...50

  let findings = YAMLFindings()

  /// - Parameter code: The one that the file's name says.
  func jurisdiction(_ root: YAMLValue, code: String) -> Jurisdiction? {
    guard let top = findings.mapping(root, "the file of rules", required: ["billfold", "jurisdiction", "name", "rules"]) else { return nil }
    if let version = top["billfold"], version.text != "1" {
      findings.report("bad-value", "'billfold' must be 1, the version of this format", at: version.range)
    }
    if let value = top["jurisdiction"], let own = findings.text(value, "'jurisdiction'", limit: Limit.id),
      !own.utf8.elementsEqual(code.utf8)
    {
      findings.report("bad-value", "'jurisdiction' is '\(own)', but the file's name says '\(code)'", at: value.range)
    }
    let name = top["name"].flatMap { findings.text($0, "'name'", limit: Limit.id) }
    var rules: [LawRule] = []
    if let value = top["rules"], let list = entries(value, "'rules'", limit: Limit.rules) {
      for item in list {
        guard let rule = rule(item) else { continue }
        if rules.contains(where: { $0.id.utf8.elementsEqual(rule.id.utf8) }) {
          findings.report("bad-value", "the rule '\(rule.id)' stands twice", at: item.range)
        }
        rules.append(rule)
      }
    }
    return name.map { Jurisdiction(code: code, name: $0, rules: rules) }
  }

  private func rule(_ value: YAMLValue) -> LawRule? {
    guard
      let rule = findings.mapping(
        value, "a rule", required: ["id", "title", "source", "seen", "confirmed"],
        optional: ["consent", "consent-sources", "points", "paper-kinds", "paper-fee", "form"])
    else { return nil }
    func text(_ name: String, _ limit: Int) -> String? { rule[name].flatMap { findings.text($0, "'\(name)'", limit: limit) } }
    let id = text("id", Limit.id)
    let title = text("title", Limit.text)
    let source = text("source", Limit.text)
    let seen = rule["seen"].flatMap { findings.date($0, "'seen'") }
    let confirmed = rule["confirmed"].flatMap { findings.choice($0, "'confirmed'", Truth.self) }
    let sources = rule["consent-sources"].flatMap { entries($0, "'consent-sources'", limit: Limit.entries) }?
      .compactMap { findings.text($0, "a source of consent", limit: Limit.id) }
    let kinds = (rule["paper-kinds"].flatMap { entries($0, "'paper-kinds'", limit: Limit.entries) } ?? [])
      .compactMap { findings.choice($0, "a kind of bill", Bill.Kind.self) }
    let points = (rule["points"].flatMap { entries($0, "'points'", limit: Limit.entries) } ?? []).compactMap(point)
    let consent = rule["consent"].flatMap { findings.choice($0, "'consent' of a rule", Consent.self) }
    let fee = rule["paper-fee"].flatMap { findings.choice($0, "'paper-fee'", PaperFee.self) }
    let form = rule["form"].flatMap { self.form($0) }
    guard let id, let title, let source, let seen, let confirmed else { return nil }
    return LawRule(
      id: id, title: title, points: points, consentSources: sources, asksConsent: consent == .before, forbidsPaperFee: fee == .forbidden,
      form: form, paperKinds: kinds, source: source, seen: seen, isConfirmed: confirmed == .yes)
  }

  /// Conditions of form; at least one.
  private func form(_ value: YAMLValue) -> LawRule.Form? {
    guard let form = findings.mapping(value, "'form'", optional: ["text", "contrast", "page"]) else { return nil }
    if form.members.isEmpty { findings.report("missing-key", "'form' has none of 'text', 'contrast' and 'page'", at: value.range) }
    let text = form["text"].flatMap { place in
      number(
        place, place.text?.hasSuffix("pt") == true ? place.text.map { String($0.dropLast(2)) } : nil, Self.texts,
        "'text' must be a type size", "pt")
    }
    let contrast = form["contrast"].flatMap { number($0, $0.text, Self.contrasts, "'contrast' must be a number", "") }
    let page = form["page"].flatMap { place -> Int? in
      guard let page = place.text.flatMap({ Int($0) }), Self.pages.contains(page) else {
        findings.report(
          "bad-value",
          "'page' must be a whole number from \(Self.pages.lowerBound) to \(Self.pages.upperBound), found '\((place.text ?? place.kind).prefix(40))'",
          at: place.range)
        return nil
      }
      return page
    }
    return LawRule.Form(text: text, contrast: contrast, page: page)
  }

  /// A number within bounds, of its digits; another is told with the unit it is written with.
  private func number(_ place: YAMLValue, _ digits: String?, _ bounds: ClosedRange<Double>, _ expected: String, _ unit: String) -> Double? {
    guard let number = digits.flatMap({ try? Amount($0) })?.approximation, bounds.contains(number) else {
      let range = "\(Int(bounds.lowerBound))\(unit) to \(Int(bounds.upperBound))\(unit)"
      findings.report("bad-value", "\(expected) from \(range), found '\((place.text ?? place.kind).prefix(40))'", at: place.range)
      return nil
    }
    return number
  }

  private func point(_ value: YAMLValue) -> LawRule.Point? {
    guard let point = findings.mapping(value, "a point", required: ["id", "asks"]),
      let id = point["id"].flatMap({ findings.text($0, "'id'", limit: Limit.id) }),
      let asks = point["asks"].flatMap({ findings.text($0, "'asks'", limit: Limit.text) })
    else { return nil }
    return LawRule.Point(id: id, asks: asks)
  }

  private func entries(_ value: YAMLValue, _ owner: String, limit: Int) -> [YAMLValue]? {
    guard let list = findings.list(value, owner) else { return nil }
    guard list.count <= limit else {
      findings.report("too-long", "\(owner) has \(list.count) entries, more than the \(limit) allowed", at: value.range)
      return nil
    }
    return list
  }
}
