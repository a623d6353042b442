internal import Billing
internal import ConfigurationFiles
internal import Dates
internal import Diagnostics
internal import Files
internal import Languages
internal import Money

/// Makes a campaign of its YAML, collecting every finding.
struct CampaignReading {
  let folder: String
  /// The folder as the user wrote it, with a slash at its end, for names in messages.
  let shownFolder: String
  /// What of it findings about records name: the way from the layout's folder, or nothing.
  let namedFolder: String
  let findings = YAMLFindings()
  private(set) var files: [CampaignFile] = []
  var languages: [LanguageTag] = []
  /// What the campaign says for all notices on keeping paper.
  var keepTexts: [LanguageTag: CampaignText] = [:]
  /// What the notice `standard` says.
  var standardDrafts: [Phase: [LanguageTag: WordsDraft]] = [:]

  init(folder: String, shownFolder: String, namedFolder: String) {
    (self.folder, self.shownFolder, self.namedFolder) = (folder, shownFolder, namedFolder)
  }

  /// A file of the campaign's folder as a text that findings point into.
  func source(_ path: String, _ bytes: [UInt8]) -> SourceFile {
    SourceFile(name: shownFolder + path, path: namedFolder + path, bytes: bytes)
  }

  /// Bounds of the campaign's texts, in characters.
  enum Limit {
    /// An id is part of every token and file line.
    ///
    /// - Stops: an id that makes every line and token long.
    static let id = 100
    /// As long as a QR code of 24 mm can still be read (about version 10).
    ///
    /// - Stops: an address whose code no telephone reads.
    static let url = 200
    /// One line beside the QR code.
    ///
    /// - Stops: an address that does not fit beside the code.
    static let show = 100
    /// Characters of a telephone number as it is printed.
    ///
    /// - Stops: a text in the place of a number.
    static let phone = 60
    /// Characters of the hours beside it.
    ///
    /// - Stops: a text in the place of hours.
    static let hours = 100
    /// Characters of the terms' version: it stands in every line of the manifest.
    ///
    /// - Stops: a text in the place of a version, repeated in every line of the manifest.
    static let version = 100
    /// Bytes of a path relative to the campaign's folder.
    ///
    /// - Stops: a path longer than the system takes.
    static let path = 500
    /// A heading has up to 12 words (page design, section 7).
    ///
    /// - Stops: a notice that fills the page.
    static let heading = 300
    /// Characters of an e-mail's subject, expressions among them; printed it has up to 60.
    ///
    /// - Stops: a subject that lists of messages cut.
    static let subject = 200
    /// Characters of what such lists show behind it.
    ///
    /// - Stops: a preheader that no list shows to its end.
    static let preheader = 300
    /// Characters of an e-mail address with the name of whose it is (RFC 5321 allows 254 for the address).
    ///
    /// - Stops: a text in the place of an address.
    static let mailbox = 400
    /// Characters of the company's postal address in one line.
    ///
    /// - Stops: a text in the place of an address.
    static let postalAddress = 300
    /// The notice has up to 90 words; expressions are longer than what they print.
    ///
    /// - Stops: a notice that fills the page.
    static let body = 4_000
    /// Entries of the list of benefits.
    ///
    /// - Stops: a list that fills the page.
    static let benefits = 10
    /// More languages than any company prints.
    ///
    /// - Stops: a file of thousands of languages, each with files of terms.
    static let languages = 50
    /// A notice for each of the rules, and more than any layout draws.
    ///
    /// - Stops: a file of thousands of notices, each compiled in every language.
    static let notices = 20
    /// Rules of the audience.
    ///
    /// - Stops: a list of rules that costs each bill more than its pages.
    static let rules = 100
    /// Characters of a name, such as that of a rule: it stands in every line of the manifest.
    ///
    /// - Stops: a text in the place of a name, repeated in every line of the manifest.
    static let name = 60
    /// Characters of a rule's condition.
    ///
    /// - Stops: a condition nobody can read.
    static let condition = 1_000
    /// Characters of the company's name.
    ///
    /// - Stops: a text in the place of a name.
    static let company = 200
    /// Characters of what a customer does to keep paper.
    ///
    /// - Stops: a text that does not fit into a notice.
    static let keep = 300
    /// Jurisdictions that hold for all customers.
    ///
    /// - Stops: a list whose rules cost each bill more than its pages.
    static let jurisdictions = 50
    /// Entries of the list of disclosures: some laws ask for a dozen points, which may be said otherwise in each phase.
    ///
    /// - Stops: a list that every bill is searched for without end.
    static let disclosures = 200
    /// Characters of a disclosure: a paragraph of the terms.
    ///
    /// - Stops: the whole of the terms as one phrase.
    static let disclosure = 2_000
  }

  mutating func campaign(_ root: YAMLValue) -> Campaign? {
    guard let top = mapping(root, "the campaign", CampaignKeys.campaign) else { return nil }
    if let version = top["billfold"], version.text != "1" {
      findings.report("bad-value", "'billfold' must be 1, the version of this format", at: version.range)
    }
    let id = top["id"].flatMap { identifier($0) }
    languages = top["languages"].map { languageList($0) } ?? []
    let mode = top["mode"].flatMap { findings.choice($0, "'mode'", Campaign.Mode.self) }
    let consent = top["consent"].flatMap { findings.choice($0, "'consent'", Campaign.ConsentRule.self) }
    let phases = top["phases"].flatMap { phaseDates($0) }
    let optIn = top["opt-in"].flatMap { self.optIn($0) }
    let terms = top["terms"].flatMap { self.terms($0) }
    let prominence = top["prominence"].map { self.prominence($0) } ?? Prominence()
    let company = top["company"].flatMap { line($0, "'company'", limit: Limit.company) }
    let paper = top["paper"].flatMap { self.paper($0) }
    let keep = top["keep"].flatMap { self.keep($0, mode: mode, active: phases?.active) }
    if mode == .required, top["keep"] == nil {
      findings.report(
        "missing-key", "the campaign lacks 'keep'; where paperless bills are required, it says how a customer keeps paper", at: root.range)
    }
    let cycles = top["cycles"].flatMap { cadence($0) }
    let coverage = top["coverage"].flatMap { self.coverage($0) }
    let jurisdictions = top["jurisdictions"].map { self.jurisdictions($0) } ?? []
    let notices = top["notices"].map { self.notices($0) } ?? []
    let audience = top["audience"].map { self.audience($0, notices: notices) } ?? []
    let channels = top["channels"].map { self.channels($0, optIn: top["opt-in"], coverage: coverage) } ?? Channels()
    if let coverage, coverage.postcards > 0, top["channels"].flatMap({ member($0, "postcard") }) == nil {
      findings.warn(
        "coverage-unreachable", "'coverage' asks for postcards, and the campaign sends none; expected 'channels: {postcard: …}'",
        at: top["coverage"].flatMap { member($0, "postcards")?.range })
    }
    let disclosures = top["disclosures"].map { self.disclosures($0) } ?? []
    if mode == .required, consent == .before {
      findings.report(
        "mode-against-consent",
        "'mode: required' and 'consent: before' contradict each other: what nobody may refuse cannot wait for consent; expected 'mode: optional'",
        at: top["mode"]?.range, notes: [Diagnostic.Note("the consent that is asked", at: top["consent"]?.range)])
    }
    guard let id, let mode, let consent, let phases, let optIn, let terms, !languages.isEmpty else { return nil }
    return Campaign(
      id: id, languages: languages, mode: mode, consent: consent, phases: phases, optIn: optIn, prominence: prominence, terms: terms,
      notices: notices, audience: audience, postcard: channels.postcard, email: channels.email, company: company, paper: paper, keep: keep,
      cycles: cycles,
      coverage: coverage, jurisdictions: jurisdictions, disclosures: disclosures, places: CampaignPlaces(top))
  }

  /// The value as a mapping with these keys.
  func mapping(_ value: YAMLValue, _ owner: String, _ keys: [CampaignKey]) -> YAMLFindings.Mapping? {
    findings.mapping(value, owner, required: keys.required, optional: keys.optional)
  }

  /// The value of a key, for findings that are about another; `nil` where it is missing or null.
  func member(_ value: YAMLValue, _ name: String) -> YAMLValue? {
    guard case .mapping(let members) = value.content, let member = members.first(where: { $0.name == name }) else { return nil }
    return member.value.isNull ? nil : member.value
  }

  private func identifier(_ value: YAMLValue) -> String? {
    guard let id = findings.text(value, "'id'", limit: Limit.id) else { return nil }
    guard !id.contains(where: \.isWhitespace) else {
      findings.report("bad-value", "'id' must not hold white space", at: value.range)
      return nil
    }
    return id
  }

  private func languageList(_ value: YAMLValue) -> [LanguageTag] {
    guard let list = findings.list(value, "'languages'") else { return [] }
    if list.isEmpty { findings.report("bad-value", "'languages' is empty; expected one or more", at: value.range) }
    if list.count > Limit.languages {
      findings.report("bad-value", "'languages' has \(list.count) entries, more than the \(Limit.languages) allowed", at: value.range)
      return []
    }
    var tags: [LanguageTag] = []
    for element in list {
      guard let text = findings.text(element, "a language", limit: LanguageTag.maximumLength) else { continue }
      guard let tag = LanguageTag(text) else {
        findings.report("bad-language", "'\(text)' is not a language tag of BCP 47, such as 'en-US'", at: element.range)
        continue
      }
      if tags.contains(tag) {
        findings.report("duplicate-language", "the language '\(tag)' stands twice", at: element.range)
      } else {
        tags.append(tag)
      }
    }
    return tags
  }

  private func phaseDates(_ value: YAMLValue) -> PhaseDates? {
    guard let mapping = mapping(value, "'phases'", CampaignKeys.phases) else { return nil }
    var dates: [Phase: PlainDate] = [:]
    var before: (name: String, date: PlainDate)?
    var isRising = true
    for phase in Phase.allCases {
      guard let place = mapping[phase.rawValue], let date = findings.date(place, "the phase '\(phase.rawValue)'") else { continue }
      if let before, date <= before.date {
        findings.report(
          "phases-out-of-order",
          "the phase '\(phase.rawValue)' begins on \(date.iso), not after '\(before.name)' on \(before.date.iso)", at: place.range)
        isRising = false
      }
      dates[phase] = date
      before = (phase.rawValue, date)
    }
    guard isRising, let announce = dates[.announce], let remind = dates[.remind], let final = dates[.final], let active = dates[.active]
    else { return nil }
    return PhaseDates(announce: announce, remind: remind, final: final, active: active)
  }

  /// A text of one line.
  func line(_ value: YAMLValue, _ owner: String, limit: Int) -> String? {
    guard let text = findings.text(value, owner, limit: limit) else { return nil }
    guard !text.contains(where: \.isNewline) else {
      findings.report("bad-value", "\(owner) must be one line", at: value.range)
      return nil
    }
    return text
  }

  /// One text for all languages, or a mapping from language to text.
  func perLanguage(_ value: YAMLValue, _ owner: String, limit: Int, isComplete: Bool) -> [LanguageTag: String] {
    if case .mapping = value.content {
      return byLanguage(value, owner, isComplete: isComplete) { line($0, owner, limit: limit) }
    }
    guard let text = line(value, owner, limit: limit) else { return [:] }
    return Dictionary(uniqueKeysWithValues: languages.map { ($0, text) })
  }

  /// A mapping whose keys are languages of the campaign.
  ///
  /// - Parameter other: A further key it may have, which is passed over here.
  func byLanguage<Value>(
    _ value: YAMLValue, _ owner: String, isComplete: Bool, besides other: CampaignKey? = nil, _ read: (YAMLValue) -> Value?
  ) -> [LanguageTag: Value] {
    guard let members = findings.anyMapping(value, owner) else { return [:] }
    var result: [LanguageTag: Value] = [:]
    var met: Set<LanguageTag> = []
    for member in members where member.name != other?.name {
      // Without a list of languages nothing can be said about them, and that is told already.
      if languages.isEmpty { continue }
      guard let tag = LanguageTag(member.name), languages.contains(tag) else {
        findings.report(
          "unknown-language", "'\(member.name.prefix(64))' in \(owner) is not among the campaign's languages", at: member.range,
          suggestion: Suggestion.didYouMean(String(member.name.prefix(64)), among: languages.map(\.text) + (other.map { [$0.name] } ?? [])))
        continue
      }
      guard met.insert(tag).inserted else {
        findings.report("duplicate-key", "\(owner) names the language '\(tag)' twice", at: member.range)
        continue
      }
      if member.value.isNull {
        if isComplete { findings.report("missing-language", "\(owner) has nothing for the language '\(tag)'", at: member.range) }
      } else {
        result[tag] = read(member.value)
      }
    }
    for tag in languages where isComplete && !met.contains(tag) {
      findings.report("missing-language", "\(owner) lacks the language '\(tag)'", at: value.range)
    }
    return result
  }

  /// The number of a key, within the bounds the key has; `nil` where it is left out or wrong.
  func number(_ name: String, in mapping: YAMLFindings.Mapping, _ keys: [CampaignKey]) -> Double? {
    guard let value = mapping[name],
      case .number(let bounds, let isWhole)? = keys.first(where: { $0.name == name })?.form
    else { return nil }
    guard let text = value.text, let amount = try? Amount(text), bounds.contains(amount.approximation) else {
      let range = "\(CampaignKey.Form.plain(bounds.lowerBound)) to \(CampaignKey.Form.plain(bounds.upperBound))"
      findings.report(
        "bad-value", "'\(name)' must be a number from \(range), found '\((value.text ?? value.kind).prefix(40))'", at: value.range)
      return nil
    }
    let number = amount.approximation
    guard !isWhole || number == number.rounded() else {
      findings.report("bad-value", "'\(name)' must be a whole number", at: value.range)
      return nil
    }
    return number
  }

  /// The type size of a key in points, within the bounds the key has; `nil` where it is left out or wrong.
  func typeSize(_ name: String, in mapping: YAMLFindings.Mapping, _ keys: [CampaignKey]) -> Double? {
    guard let value = mapping[name], case .typeSize(let bounds)? = keys.first(where: { $0.name == name })?.form else { return nil }
    let text = value.text ?? ""
    guard text.hasSuffix("pt"), let size = try? Amount(String(text.dropLast(2))), bounds.contains(size.approximation) else {
      let range = "\(CampaignKey.Form.plain(bounds.lowerBound))pt to \(CampaignKey.Form.plain(bounds.upperBound))pt"
      findings.report(
        "bad-value", "'\(name)' must be a type size from \(range), found '\((value.text ?? value.kind).prefix(40))'", at: value.range)
      return nil
    }
    return size.approximation
  }

  private func prominence(_ value: YAMLValue) -> Prominence {
    var prominence = Prominence()
    guard let mapping = mapping(value, "'prominence'", CampaignKeys.prominence) else { return prominence }
    if let page = number("page", in: mapping, CampaignKeys.prominence) { prominence.page = Int(page) }
    if let area = number("area", in: mapping, CampaignKeys.prominence) { prominence.area = area }
    if let heading = number("heading", in: mapping, CampaignKeys.prominence) { prominence.heading = heading }
    if let contrast = number("contrast", in: mapping, CampaignKeys.prominence) { prominence.contrast = contrast }
    prominence.text = typeSize("text", in: mapping, CampaignKeys.prominence)
    return prominence
  }

  // MARK: Files

  /// Reads a file of the campaign's folder; each once.
  mutating func file(_ value: YAMLValue, _ owner: String) -> (path: String, bytes: [UInt8], source: SourceFile)? {
    guard let path = line(value, owner, limit: Limit.path) else { return nil }
    do throws(BoundedFile.Failure) {
      let known = files.first { $0.path == path }?.bytes
      let bytes = if let known { known } else { try FolderFile.read(path, in: folder, limit: MarkdownDocument.maximumLength) }
      if !files.contains(where: { $0.path == path }) { files.append(CampaignFile(path: path, bytes: bytes)) }
      let visible = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
      return (path, bytes, source(path, visible))
    } catch {
      findings.report("file-unreadable", "the file '\(path)' of \(owner) \(error.reason)", at: value.range)
      return nil
    }
  }
}
