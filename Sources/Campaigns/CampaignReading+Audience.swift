internal import Billing
internal import ConfigurationFiles
internal import Dates
internal import Diagnostics
internal import Languages
internal import Money

extension CampaignReading {
  /// The rules; every one has a name of its own, and only the last holds for everybody.
  func audience(_ value: YAMLValue, notices: [Notice]) -> [AudienceRule] {
    guard let list = findings.list(value, "'audience'") else { return [] }
    guard !list.isEmpty else {
      findings.report(
        "audience-open", "'audience' has no rule; without the key every undecided paper customer gets the notice", at: value.range)
      return []
    }
    guard list.count <= Limit.rules else {
      findings.report("bad-value", "'audience' has \(list.count) rules, more than the \(Limit.rules) allowed", at: value.range)
      return []
    }
    var rules: [AudienceRule] = []
    var places: [String: SourceRange] = [:]
    for (index, element) in list.enumerated() {
      guard let mapping = mapping(element, "rule \(index + 1) of the audience", CampaignKeys.audienceRule) else { continue }
      let name = mapping["rule"].flatMap { ruleName($0) }
      if let name, let place = mapping["rule"]?.range { noteRule(name, at: place, "a second rule", &places) }
      let whose = name.map { "the rule '\($0)'" } ?? "rule \(index + 1) of the audience"
      let condition = mapping["when"].flatMap { conditionText($0, whose) }
      let isLast = index == list.count - 1
      if isLast, let when = mapping["when"] {
        findings.report(
          "audience-open", "the last rule has a condition; a customer for whom no rule holds would be told nothing", at: when.range,
          suggestion: "add a rule without 'when' behind it")
      } else if !isLast, mapping["when"] == nil {
        reportUnreachable(behind: whose, element)
      }
      let notice = mapping["notice"].flatMap { noticeName($0, whose, notices) }
      let terms =
        mapping["terms"].flatMap { findings.choice($0, "'terms' of \(whose)", TermsPlacement.self) } ?? (notice == nil ? .none : .bill)
      let places = (mapping["notice"]?.range, mapping["terms"]?.range)
      if let name { rules.append(AudienceRule(name: name, condition: condition, notice: notice, terms: terms, places: places)) }
    }
    for notice in notices
    where notice.name != Notice.standardName && !rules.contains(where: { $0.notice == notice.name }) {
      findings.warn("notice-unused", "no rule names the notice '\(notice.name)'", at: value.range)
    }
    return rules
  }

  /// Reports a name that an earlier rule of a list has.
  ///
  /// - Parameter second: What the later one is called.
  func noteRule(_ name: String, at place: SourceRange, _ second: String, _ places: inout [String: SourceRange]) {
    if let first = places[name] {
      findings.report(
        "duplicate-rule", "\(second) has the name '\(name)'; the manifest tells rules by their names", at: place,
        notes: [Diagnostic.Note("the first one", at: first)])
    } else {
      places[name] = place
    }
  }

  /// Reports a rule that holds for everybody and is not the last.
  func reportUnreachable(behind whose: String, _ rule: YAMLValue) {
    findings.report(
      "unreachable-rule", "\(whose) holds for everybody: the rules behind it are never reached", at: rule.range,
      suggestion: "give it a 'when', or put it last")
  }

  func ruleName(_ value: YAMLValue) -> String? {
    guard let name = findings.text(value, "the name of a rule", limit: Limit.name) else { return nil }
    guard isName(name) else {
      findings.report(
        "bad-value", "'\(name)' cannot be the name of a rule: letters, digits, '-' and '_', a letter first", at: value.range)
      return nil
    }
    return name
  }

  /// A name as the layout language has them.
  func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= Limit.name else { return false }
    func isLetter(_ byte: UInt8) -> Bool {
      byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
    }
    return isLetter(first)
      && name.utf8.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  func conditionText(_ value: YAMLValue, _ whose: String) -> ConditionText? {
    findings.text(value, "'when' of \(whose)", limit: Limit.condition).map { ConditionText(text: $0, origin: value) }
  }

  /// The notice a rule names; `nil` for `none`.
  private func noticeName(_ value: YAMLValue, _ whose: String, _ notices: [Notice]) -> String? {
    guard let name = findings.text(value, "'notice' of \(whose)", limit: Limit.name), name != "none" else { return nil }
    // A faulty list of notices has been reported, and names in it may be missing here.
    if !notices.isEmpty, !notices.contains(where: { $0.name == name }) {
      let known = notices.map(\.name) + ["none"]
      findings.report(
        "unknown-notice",
        "\(whose) names the notice '\(name)', which the campaign does not have; expected one of "
          + known.joined(separator: ", "), at: value.range, suggestion: Suggestion.didYouMean(name, among: known))
    }
    return name
  }

  // MARK: Paper

  func paper(_ value: YAMLValue) -> PaperFee? {
    guard let mapping = mapping(value, "'paper'", CampaignKeys.paper) else { return nil }
    let currency = mapping["currency"].flatMap { value -> Currency? in
      guard let code = findings.text(value, "'currency' of 'paper'", limit: 3) else { return nil }
      guard let currency = Currency(code: code) else {
        findings.report("bad-value", "'\(code)' is no currency of ISO 4217, such as 'USD'", at: value.range)
        return nil
      }
      return currency
    }
    guard let place = mapping["fee"], let text = findings.text(place, "'fee' of 'paper'", limit: 30) else { return nil }
    guard let fee = try? Amount(text), fee >= .zero else {
      findings.report("bad-value", "'fee' of 'paper' must be an amount such as '2.50', not below zero, found '\(text)'", at: place.range)
      return nil
    }
    guard let currency else { return nil }
    guard fee.decimals <= currency.decimals else {
      findings.report("bad-value", "'fee' of 'paper' has more decimals than the \(currency.decimals) of \(currency.code)", at: place.range)
      return nil
    }
    return PaperFee(fee: fee, currency: currency)
  }

  mutating func keep(_ value: YAMLValue, mode: Campaign.Mode?, active: PlainDate?) -> KeepingPaper? {
    guard let mapping = mapping(value, "'keep'", CampaignKeys.keep) else { return nil }
    let texts = mapping["how"].map { perLanguage($0, "'how' of 'keep'", limit: Limit.keep, isComplete: true) } ?? [:]
    if let place = mapping["how"] {
      for (language, text) in texts {
        guard let document = try? MarkdownDocument(parsing: text, expressions: false), document.singleParagraph != nil else {
          findings.report("not-one-paragraph", "'how' of 'keep' in '\(language)' must be one paragraph of plain words", at: place.range)
          continue
        }
        keepTexts[language] = CampaignText(text: text, document: document, origin: place)
      }
    }
    let by = mapping["by"].flatMap { findings.date($0, "'by' of 'keep'") }
    if let by, let active, by > active {
      findings.report(
        "bad-value", "'by' of 'keep' is \(by.iso), after paper stops on \(active.iso)", at: mapping["by"]?.range)
    }
    if mode == .required, mapping["by"] == nil {
      findings.report(
        "missing-key", "'keep' lacks 'by'; where paperless bills are required, there is a last day to keep paper", at: value.range)
    }
    return KeepingPaper(texts: texts, by: by)
  }

  // MARK: Cycles

  func cadence(_ value: YAMLValue) -> Cadence? {
    guard let text = findings.text(value, "'cycles'", limit: Limit.name) else { return nil }
    if text == "monthly" { return .monthly }
    let words = text.split(separator: " ")
    if words.count == 3, words[0] == "every", ["weeks", "week"].contains(words[2]), let count = Int(words[1]), (1...52).contains(count) {
      return .weeks(count)
    }
    findings.report(
      "bad-value", "'cycles' must be 'monthly' or 'every N weeks', N from 1 to 52, found '\(text.prefix(40))'", at: value.range)
    return nil
  }

  func coverage(_ value: YAMLValue) -> Coverage? {
    guard let mapping = mapping(value, "'coverage'", CampaignKeys.coverage) else { return nil }
    func count(_ name: String) -> Int { number(name, in: mapping, CampaignKeys.coverage).map { Int($0) } ?? 0 }
    return Coverage(bills: count("bills"), postcards: count("postcards"))
  }

  /// Codes such as `US` and `US-OR`, each once.
  func jurisdictions(_ value: YAMLValue) -> [String] {
    guard let list = findings.list(value, "'jurisdictions'") else { return [] }
    guard list.count <= Limit.jurisdictions else {
      findings.report(
        "bad-value", "'jurisdictions' has \(list.count) entries, more than the \(Limit.jurisdictions) allowed", at: value.range)
      return []
    }
    var codes: Set<String> = []
    for element in list {
      guard let code = findings.text(element, "a jurisdiction", limit: 20)?.uppercased() else { continue }
      guard code.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A }), code.first != "-"
      else {
        findings.report(
          "bad-value", "'\(code)' is no jurisdiction; expected a country or a part of one, such as 'US' or 'US-OR'", at: element.range)
        continue
      }
      codes.insert(code)
    }
    return codes.sorted()
  }
}
