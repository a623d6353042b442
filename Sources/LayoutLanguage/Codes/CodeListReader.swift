internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

/// Reads one `codes/NAME.yaml`: what the list is, where it is from, and the words of its codes.
///
/// ```yaml
/// list: UNTDID 4461, payment means
/// source: UN/CEFACT, UN/EDIFACT code lists
/// version: D.24A
/// codes:
///   "10": {de: Bar, en: Cash, fr: Espèces}
/// ```
///
/// With `fallback: en` a code may be without words in other languages, and one text alone is the code's words in that language.
struct CodeListReader {
  private let file: SourceFile
  /// The languages of the layout.
  private let languages: [String]
  private let findings: Findings
  /// Language tags by what is written: a list says the same few for each of its codes.
  private var tags: [String: String] = [:]
  /// Where a code with these tags has the words of each language of the layout; asked anew only where a code has other tags.
  private var columns: (tags: [String], fallback: Int?, places: [Int?])?

  init(_ file: SourceFile, languages: [String], findings: Findings) {
    (self.file, self.languages, self.findings) = (file, languages, findings)
  }

  /// The list; `nil` where the file is no list at all. What is wrong with single codes is reported, and they are left out.
  mutating func list() -> CodeList? {
    let root: YAMLValue
    do { root = try YAMLParser.parse(file) } catch {
      error.diagnostics.forEach(findings.add)
      return nil
    }
    guard case .mapping(let members) = root.content else {
      form("a list of codes begins with 'list:', 'source:', 'version:' and 'codes:'", root.range)
      return nil
    }
    for member in members where Key(rawValue: member.name) == nil {
      form(
        "a list of codes has no '\(member.name.prefix(LanguageLimits.codeBytes))'", member.range,
        suggestion: Suggestion.didYouMean(String(member.name.prefix(LanguageLimits.codeBytes)), among: Key.allCases.map(\.rawValue)))
    }
    for key in [Key.list, .source, .version] { checkOrigin(key, members, root) }
    let fallback = fallback(of: members)
    guard let codes = members.first(where: { $0.name == Key.codes.rawValue }) else {
      form("the list has no 'codes'", root.range)
      return nil
    }
    guard case .mapping(let entries) = codes.value.content, !entries.isEmpty else {
      form("'codes' must be a mapping from codes to words, such as \"10\": {en: Cash}; found \(codes.value.kind)", codes.range)
      return nil
    }
    return list(of: entries, fallback: fallback)
  }

  /// The keys of a file.
  private enum Key: String, CaseIterable { case list, source, version, fallback, codes }

  private func form(_ message: String, _ range: SourceRange, suggestion: String? = nil) {
    findings.error(.codeListForm, message, at: range, suggestion: suggestion)
  }

  /// Whoever reads a list must be able to see what it is of and how old it is.
  private func checkOrigin(_ key: Key, _ members: [YAMLValue.Member], _ root: YAMLValue) {
    guard let member = members.first(where: { $0.name == key.rawValue }) else {
      form("the list lacks '\(key.rawValue)'", root.range, suggestion: "say what it is a list of, where it is from and which version it is")
      return
    }
    if member.value.text.map(CodeList.key)?.isEmpty ?? true { form("'\(key.rawValue)' must be a text", member.range) }
  }

  private func fallback(of members: [YAMLValue.Member]) -> String? {
    guard let member = members.first(where: { $0.name == Key.fallback.rawValue }) else { return nil }
    if let tag = member.value.text.flatMap({ LanguageTag($0)?.text }) { return tag }
    findings.error(.invalidLanguageTag, "'fallback' must be a language tag such as 'en' (BCP 47)", at: member.value.range)
    return nil
  }

  // MARK: Codes

  /// The words of a code by language tag, with the tags in the order of the file.
  private typealias Words = (tags: [String], texts: [String])

  private mutating func list(of entries: [YAMLValue.Member], fallback: String?) -> CodeList {
    var codes: [String] = []
    var words: [String] = []
    var seen: [String: SourceRange] = [:]
    if entries.count > LanguageLimits.codes {
      findings.error(
        .tooManyDeclarations, "a list has at most \(LanguageLimits.codes) codes", at: entries[LanguageLimits.codes].range)
    }
    for entry in entries.prefix(LanguageLimits.codes) {
      let key = CodeList.key(of: entry.name)
      guard !key.isEmpty, key.utf8.count <= LanguageLimits.codeBytes else {
        form(key.isEmpty ? "a code is missing here" : "a code has at most \(LanguageLimits.codeBytes) bytes", entry.range)
        continue
      }
      if let first = seen.updateValue(entry.range, forKey: key) {
        findings.error(
          .duplicateCode, "'\(entry.name)' stands twice; the case of letters does not tell codes apart", at: entry.range,
          notes: [Diagnostic.Note("the first one", at: first)])
        continue
      }
      guard let found = self.words(of: entry, fallback: fallback), let row = row(found, entry, fallback: fallback) else { continue }
      codes.append(key)
      words += row
    }
    return CodeList(languages: languages, codes: codes, words: words)
  }

  private mutating func words(of entry: YAMLValue.Member, fallback: String?) -> Words? {
    switch entry.value.content {
    case .scalar(let text):
      guard let fallback else {
        form(
          "the words of '\(entry.name)' must say their language, as in {en: Cash}", entry.value.range,
          suggestion: "or name the language of all such words with 'fallback: en'")
        return nil
      }
      return checked(text, of: entry, at: entry.value).map { ([fallback], [$0]) }
    case .mapping(let members):
      var words: Words = ([], [])
      for member in members {
        guard let tag = tag(member.name) else {
          findings.error(
            .invalidLanguageTag, "'\(member.name.prefix(LanguageLimits.codeBytes))' is not a language tag such as 'en' (BCP 47)",
            at: member.range)
          return nil
        }
        guard let text = member.value.text else {
          form("the words of '\(entry.name)' must be one text, not \(member.value.kind)", member.value.range)
          return nil
        }
        guard let checked = checked(text, of: entry, at: member.value) else { return nil }
        words.tags.append(tag)
        words.texts.append(checked)
      }
      return words
    case .list:
      form("the words of '\(entry.name)' must be a text or a mapping from languages to texts, not a list", entry.value.range)
      return nil
    }
  }

  private mutating func tag(_ text: String) -> String? {
    if let known = tags[text] { return known }
    guard let tag = LanguageTag(text)?.text else { return nil }
    tags[text] = tag
    return tag
  }

  /// The text as it is printed: no white space round it.
  private func checked(_ text: String, of entry: YAMLValue.Member, at value: YAMLValue) -> String? {
    let words = text.trimmingWhiteSpace
    guard !words.isEmpty else {
      form("'\(entry.name)' has no words", value.range.bytes.isEmpty ? entry.range : value.range)
      return nil
    }
    guard words.utf8.count <= LanguageLimits.codeWordBytes else {
      form("the words of a code have at most \(LanguageLimits.codeWordBytes) bytes", value.range)
      return nil
    }
    guard !words.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
      form("the words of '\(entry.name)' hold a control character or a line end", value.range)
      return nil
    }
    return String(words)
  }

  /// For each language of the layout its words; `nil` where one has none, which is reported.
  private mutating func row(_ words: Words, _ entry: YAMLValue.Member, fallback: String?) -> [String]? {
    let (substitute, places) = columns(of: words.tags, fallback: fallback)
    if let fallback, substitute == nil {
      findings.error(.missingWords, "'\(entry.name)' has no words in '\(fallback)', the language that others fall back on", at: entry.range)
      return nil
    }
    var row: [String] = []
    for (language, place) in zip(languages, places) {
      guard let place = place ?? substitute else {
        findings.error(
          .missingWords, "'\(entry.name)' has no words in '\(language)'", at: entry.range,
          suggestion: "add \(language): …, or name a language for such codes with 'fallback: en'")
        return nil
      }
      row.append(words.texts[place])
    }
    return row
  }

  private mutating func columns(of tags: [String], fallback: String?) -> (fallback: Int?, places: [Int?]) {
    if let columns, columns.tags == tags { return (columns.fallback, columns.places) }
    let places = languages.map { LanguageTag.place(of: $0, among: tags) }
    let substitute = fallback.flatMap { LanguageTag.place(of: $0, among: tags) }
    columns = (tags, substitute, places)
    return (substitute, places)
  }
}
