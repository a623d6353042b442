internal import Diagnostics

/// The strings of all languages of a layout: keys, arguments, and who uses them.
///
/// Used while a layout is compiled; the finished ``StringTable``s hold what is needed after.
final class StringCatalog {
  /// One key over all languages.
  struct Entry {
    var key: String
    /// By language index; `nil` where the language has no such key or its text is faulty.
    var messages: [Message?]
    /// Where the key stands, by language index.
    var keyRanges: [SourceRange?]
    /// Names of the placeholders of all languages together; an argument's slot is its index.
    var arguments: [String] = []
    /// What each language's text needs: argument slot, kind, place.
    var needs: [[(slot: Int, kind: ArgumentKind, range: SourceRange)]]
    var hasLateValues = false
    /// Whether any language's text was faulty, so that its placeholders are not known.
    var isFaulty = false
    var isUsed = false
  }

  let languages: [String]
  private(set) var entries: [Entry] = []
  private var numbers: [String: Int] = [:]

  init(languages: [String]) { self.languages = languages }

  /// The number of a key.
  func number(of key: String) -> Int? { numbers[key] }

  /// All keys.
  var keys: [String] { entries.map(\.key) }

  /// Adds or continues the entry of a key; the anchors its text points to.
  func add(
    _ key: String, language: Int, range: SourceRange, text: SourceText, findings: Findings
  ) -> [(name: String, range: SourceRange)] {
    let number: Int
    if let known = numbers[key] {
      number = known
    } else {
      number = entries.count
      numbers[key] = number
      entries.append(
        Entry(
          key: key, messages: Array(repeating: nil, count: languages.count), keyRanges: Array(repeating: nil, count: languages.count),
          needs: Array(repeating: [], count: languages.count)))
    }
    var arguments = entries[number].arguments
    var parser = MessageParser(text, findings: findings) { name in
      if let slot = arguments.firstIndex(of: name) { return slot }
      arguments.append(name)
      return arguments.count - 1
    }
    let message = parser.message()
    entries[number].keyRanges[language] = range
    entries[number].messages[language] = message
    if message == nil { entries[number].isFaulty = true }
    entries[number].arguments = arguments
    if parser.hasLateValues { entries[number].hasLateValues = true }
    for placeholder in parser.placeholders {
      guard let slot = arguments.firstIndex(of: placeholder.name) else { continue }
      entries[number].needs[language].append((slot, placeholder.kind, text.range(placeholder.range)))
    }
    return parser.anchors.map { ($0.name, text.range($0.range)) }
  }

  /// Notes that a layout uses the key.
  func markUsed(_ number: Int) { entries[number].isUsed = true }

  /// Reports keys that some language lacks and keys that nothing uses.
  func checkCompleteness(findings: Findings) {
    for entry in entries {
      guard let first = entry.keyRanges.firstIndex(where: { $0 != nil }) else { continue }
      for (language, range) in entry.keyRanges.enumerated() where range == nil {
        findings.error(
          .missingString, "'\(entry.key)' has no text in '\(languages[language])'", at: entry.keyRanges[first],
          suggestion: "add it to strings/\(languages[language]).yaml")
      }
      // A misspelt key makes another one look unused.
      // `specimen` is printed by the program, not by the layout.
      if !entry.isUsed, entry.key != "specimen", !findings.hasErrors {
        findings.warning(.unusedString, "the layout never uses '\(entry.key)'", at: entry.keyRanges[first])
      }
    }
  }

  /// The finished tables.
  var tables: [StringTable] {
    languages.indices.map { language in
      StringTable(language: languages[language], messages: entries.map { $0.messages[language] }, keys: keys)
    }
  }
}
