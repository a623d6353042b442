internal import Diagnostics

/// The lists of codes of a layout folder, `codes/NAME.yaml`, each read when an expression first asks for it.
///
/// What no expression names is not opened and is no part of the layout.
final class CodeListShelf {
  private let library: FileLibrary
  private let languages: [String]
  private let findings: Findings
  private var lists: [String: CodeList?] = [:]
  /// The names of the files, without their endings, sorted by bytes.
  private lazy var names = library.list("codes").filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }

  init(_ library: FileLibrary, languages: [String], findings: Findings) {
    (self.library, self.languages, self.findings) = (library, languages, findings)
  }

  /// The list of that name; `nil` once is reported why there is none.
  func list(named name: String, at range: SourceRange) -> CodeList? {
    guard names.contains(name) else {
      // Reported at each place, like any name.
      findings.error(
        .unknownCodeList, "there is no list of codes '\(name)'", at: range,
        suggestion: Suggestion.didYouMean(name, among: names)
          ?? (names.isEmpty
            ? "make codes/\(name).yaml" : "the folder 'codes' has \(names.prefix(20).map { "'\($0)'" }.joined(separator: ", "))"))
      return nil
    }
    if let known = lists[name] { return known }
    var list: CodeList?
    if lists.count >= LanguageLimits.codeLists {
      findings.error(.tooManyDeclarations, "a layout uses at most \(LanguageLimits.codeLists) lists of codes", at: range)
    } else if let file = library.text("codes/\(name).yaml", at: range) {
      var reader = CodeListReader(file, languages: languages, findings: findings)
      list = reader.list()
    }
    lists[name] = .some(list)
    return list
  }
}
