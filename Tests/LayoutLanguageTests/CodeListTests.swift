import Diagnostics
import LayoutLanguage
import Reporting
import Testing

/// Lists of codes: what the filter `code` makes of them, and what is said of faulty ones.
@Suite struct CodeListTests {
  static let head = "list: Colours\nsource: a painter\nversion: \"1\"\n"

  /// A layout in German and English that prints `expression`, with one list, `colours`.
  private func layout(_ list: String, _ expression: String = "customer.name | code('colours') | default('none')") -> Layout {
    Layout(
      body: "<text>{\(expression)}</text>",
      files: ["codes/colours.yaml": list, "strings/de.yaml": "{}\n", "strings/en-US.yaml": "{}\n"])
  }

  private func printed(_ list: String, _ expression: String, language: Int = 1) throws -> String {
    let package = layout(list, expression).load()
    guard let template = package.template else { return package.diagnostics.map(\.id).joined(separator: " ") }
    var environment = Environment.sample(template)
    environment.strings = template.strings[language]
    return String(try Outline.text(template, environment).dropFirst(6).dropLast()).replacing("⟨", with: "").replacing("⟩", with: "")
  }

  static let colours = head + "codes:\n  R: {de: rot, en: red}\n  \"08\": {de: blau, en: blue}\n  'b 1': {de: schwarz, en: \" black \"}\n"

  @Test(arguments: [
    ("'R' | code('colours') | default('?')", "red", "rot"), ("'r' | code('colours') | default('?')", "red", "rot"),
    ("'  r ' | code('colours') | default('?')", "red", "rot"), ("'08' | code('colours') | default('?')", "blue", "blau"),
    ("'8' | code('colours') | default('?')", "?", "?"), ("'B 1' | code('colours') | default('?')", "black", "schwarz"),
    ("'' | code('colours') | default('?')", "?", "?"),
    ("customer.email | code('colours') | default('no address')", "no address", "no address"),
    ("('R' | code('colours') | default('?')) | upper", "RED", "ROT"), ("'R' | code(list: 'colours') | default('?')", "red", "rot"),
  ])
  func codesAreLookedUpInTheBillsLanguage(_ expression: String, _ english: String, _ german: String) throws {
    #expect(try printed(Self.colours, expression) == english)
    #expect(try printed(Self.colours, expression, language: 0) == german)
  }

  @Test func languagesFallBackOnTheListsOwn() throws {
    let list = Self.head + "fallback: en\ncodes: {R: red, G: {en: green, de-AT: grün}, B: {en-US: blue, en: azure, de: blau}}\n"
    for (code, english, german) in [("R", "red", "red"), ("G", "green", "green"), ("B", "blue", "blau")] {
      #expect(try printed(list, "'\(code)' | code('colours') | default('?')") == english)
      #expect(try printed(list, "'\(code)' | code('colours') | default('?')", language: 0) == german)
    }
  }

  @Test(arguments: [
    // What is wrong with the use.
    (colours, "'R' | code('colors') | default('')", "unknown-code-list", "layout.xml:5:19", "did you mean 'colours'?"),
    (colours, "'R' | code('colours')", "optional-value", "layout.xml:5:8", "add | default('…')"),
    (colours, "totals.due | code('colours') | default('')", "filter-input", "layout.xml:5:21", "'code' takes a text"),
    (colours, "'R' | code | default('')", "filter-argument", "layout.xml:5:14", "'code' needs an argument 'list'"),
    (colours, "'R' | code('../x') | default('')", "filter-argument", "layout.xml:5:19", "'../x' is not the name of a list"),
    (colours, "'R' | code('shapes') | default('')", "unknown-code-list", "layout.xml:5:19", "the folder 'codes' has 'colours'"),
    (colours, "'R' | code('colours', 'de') | default('')", "filter-argument", "layout.xml:5:30", "needs a name"),
    // What is wrong with the file.
    ("", "", "yaml-syntax", "codes/colours.yaml", "the file is empty"),
    ("a: [", "", "yaml-syntax", "codes/colours.yaml:1", "not YAML"),
    ("- R\n", "", "code-list-form", "codes/colours.yaml:1:1", "begins with 'list:', 'source:', 'version:' and 'codes:'"),
    ("list: x\nversion: y\ncodes: {R: {de: rot, en: red}}\n", "", "code-list-form", "codes/colours.yaml:1:1", "the list lacks 'source'"),
    (head, "", "code-list-form", "codes/colours.yaml:1:1", "the list has no 'codes'"),
    (head + "codes: []\n", "", "code-list-form", "codes/colours.yaml:4:1", "'codes' must be a mapping"),
    (head + "codes: {}\n", "", "code-list-form", "codes/colours.yaml:4:1", "'codes' must be a mapping"),
    (head + "code:\n  R: {de: rot, en: red}\n", "", "code-list-form", "codes/colours.yaml:4:1", "did you mean 'codes'?"),
    (head + "fallback: 12\ncodes: {R: red}\n", "", "invalid-language-tag", "codes/colours.yaml:4:11", "'fallback' must be a language tag"),
    (
      head + "codes:\n  R: {de: rot, en: red}\n  r: {de: rot, en: red}\n", "", "duplicate-code", "codes/colours.yaml:6:3",
      "'r' stands twice"
    ),
    (head + "codes:\n  R: {de: rot, en: red}\n  R: {de: rot, en: red}\n", "", "duplicate-key", "codes/colours.yaml:", "'R' stands twice"),
    (head + "codes:\n  R: {de: rot}\n", "", "missing-words", "codes/colours.yaml:5:3", "'R' has no words in 'en-US'"),
    (head + "fallback: en\ncodes:\n  R: {de: rot}\n", "", "missing-words", "codes/colours.yaml:6:3", "'R' has no words in 'en'"),
    (head + "codes:\n  R: red\n", "", "code-list-form", "codes/colours.yaml:5:6", "must say their language"),
    (head + "codes:\n  R: {de: rot, en: ''}\n", "", "code-list-form", "codes/colours.yaml:5:20", "'R' has no words"),
    (head + "codes:\n  R: {de: rot, en: [red]}\n", "", "code-list-form", "codes/colours.yaml:5:20", "must be one text, not a list"),
    (head + "codes:\n  R: [rot, red]\n", "", "code-list-form", "codes/colours.yaml:5:6", "not a list"),
    (head + "codes:\n  R: {de: rot, english_: red}\n", "", "invalid-language-tag", "codes/colours.yaml:5:16", "is not a language tag"),
    (
      head + "codes:\n  R: {de: rot, en: \"a\\nb\"}\n", "", "code-list-form", "codes/colours.yaml:5:20", "a control character or a line end"
    ),
    (head + "codes:\n  R: &x {de: rot, en: red}\n  S: *x\n", "", "yaml-alias", "codes/colours.yaml", "aliases are not allowed"),
    (head + "codes:\n  R: !!str red\n", "", "yaml-tag", "codes/colours.yaml:5:6", "tags are not allowed"),
  ])
  func faultsAreToldWithTheirPlace(_ list: String, _ expression: String, _ id: String, _ place: String, _ words: String) {
    let layout = expression.isEmpty ? layout(list) : layout(list, expression)
    let found = layout.findings()
    #expect(found.contains { $0.contains("[\(id)]") && $0.contains(place) && $0.contains(words) }, "\(found.joined(separator: "\n"))")
    #expect(layout.load().template == nil)
  }

  @Test func listsHaveBounds() {
    let long = String(repeating: "x", count: LanguageLimits.codeWordBytes + 1)
    let many = (0...LanguageLimits.codes).map { "  \"\($0)\": {de: a, en: b}\n" }.joined()
    for (list, words) in [
      (Self.head + "codes: {R: {de: rot, en: \(long)}}\n", "at most \(LanguageLimits.codeWordBytes) bytes"),
      (Self.head + "codes: {\(long): {de: rot, en: red}}\n", "at most \(LanguageLimits.codeBytes) bytes"),
      (Self.head + "codes:\n" + many, "at most \(LanguageLimits.codes) codes"),
    ] {
      let found = layout(list).findings()
      #expect(found.contains { $0.contains(words) }, "\(found.joined(separator: "\n"))")
    }
    var files = ["strings/en-US.yaml": "{}\n"]
    let names = (0...LanguageLimits.codeLists).map { "l\($0)" }
    for name in names { files["codes/\(name).yaml"] = Self.head + "codes: {R: {en: red}}\n" }
    let body = names.map { "<text>{'R' | code('\($0)') | default('')}</text>" }.joined()
    #expect(Layout(body: body, files: files).findings().contains { $0.contains("at most \(LanguageLimits.codeLists) lists") })
  }

  /// A list that no expression names is not read, whatever it holds; one that is named belongs to the layout's digest.
  @Test func onlyListsInUseBelongToTheLayout() {
    var layout = layout(Self.colours)
    layout.files["codes/broken.yaml"] = "]"
    let package = layout.load()
    #expect(package.template != nil)
    #expect(package.files.map(\.path) == ["codes/colours.yaml", "layout.xml", "strings/de.yaml", "strings/en-US.yaml"])
  }

  @Test func wordsApartFromALayoutHaveNoLists() {
    let text = "Dear {customer.name | code('colours') | default('')}"
    let file = SourceFile(name: "words", bytes: Array(text.utf8))
    var diagnostics: [Diagnostic] = []
    _ = TextTemplate.compile(SourceText(file: file, range: 0..<text.utf8.count), schema: BillSchema.standard, into: &diagnostics)
    #expect(diagnostics.map(\.id) == ["unknown-code-list"])
  }
}
