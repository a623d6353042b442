internal import ConfigurationFiles
internal import Diagnostics
internal import Languages
internal import Money

/// What the lint knows of languages beside ICU, from a file of the program's own.
struct LintLanguages {
  /// The words of one language, in lower case.
  struct List {
    /// The highest LIX of a notice.
    let lix: Double
    /// Words before the number of a page.
    let page: [String]
    let paper: [String]
    let fee: [String]
    let credit: [String]
    let free: [String]
    let environmental: [String]
  }

  private static let keys = ["lix", "page", "paper", "fee", "credit", "free", "environmental"]
  /// Characters of a word in the file.
  ///
  /// - Stops: a text in the place of a word.
  static let maximumWord = 60
  private var lists: [LanguageTag: List] = [:]

  /// Reads the program's file.
  ///
  /// - Throws: Every finding about it; a test makes sure that there are none.
  init() throws(DiagnosticList) {
    let findings = YAMLFindings()
    let root = try YAMLParser.parse(SourceFile(name: "languages.yaml", bytes: PackageResources.languages_yaml))
    let top = findings.mapping(root, "the file", required: ["billfold", "languages"])
    for member in top?["languages"].flatMap({ findings.anyMapping($0, "'languages'") }) ?? [] {
      guard let tag = LanguageTag(member.name), let list = findings.mapping(member.value, "'\(member.name)'", required: Self.keys) else {
        continue
      }
      func words(_ key: String) -> [String] {
        (list[key].flatMap { findings.list($0, "'\(key)'") } ?? []).compactMap {
          findings.text($0, "a word of '\(key)'", limit: Self.maximumWord)
        }
      }
      guard let lix = list["lix"]?.text.flatMap({ try? Amount($0) })?.approximation else {
        findings.report("bad-value", "'lix' of '\(member.name)' is no number", at: member.range)
        continue
      }
      lists[tag] = List(
        lix: lix, page: words("page"), paper: words("paper"), fee: words("fee"), credit: words("credit"), free: words("free"),
        environmental: words("environmental"))
    }
    guard findings.diagnostics.isEmpty else { throw DiagnosticList(findings.diagnostics) }
  }

  /// What is known of a language: of itself, else of the one it is a region's form of.
  subscript(language: LanguageTag) -> List? { language.lookup(in: lists.keys).flatMap { lists[$0] } }
}
