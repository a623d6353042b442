import Diagnostics
import Reporting
import Testing

/// Findings as people read them.
@Suite struct DiagnosticRendererTests {
  private let file: SourceFile
  private let text = "<bill>\n\t<text stile=\"a\" colour=\"red\">é</text>\n</bill>\n"

  init() { file = SourceFile(name: "l/layout.xml", path: "layout.xml", bytes: Array(text.utf8)) }

  private func range(_ words: String, in file: SourceFile? = nil) throws -> SourceRange {
    let file = file ?? self.file
    let found = try #require(file.bytes.firstRange(of: Array(words.utf8)))
    return SourceRange(file: file, bytes: found)
  }

  @Test func oneFindingHasItsPlaceAnExcerptAndACaret() throws {
    let finding = Diagnostic(
      id: "unknown-attribute", "unknown attribute 'stile'", at: try range("stile"), suggestion: "did you mean 'style'?")
    let told = """
      l/layout.xml:2:8: error: unknown attribute 'stile' [unknown-attribute]
          2 |     <text stile="a" colour="red">é</text>
            |           ^~~~~ did you mean 'style'?
      """
    #expect(DiagnosticRenderer.text(finding) == told)
    #expect(DiagnosticRenderer.text([finding]) == told)
    #expect(DiagnosticRenderer.text([]) == "")
  }

  @Test func neighboursOnALineShareAnExcerpt() throws {
    let first = Diagnostic(id: "a", "one", at: try range("stile"), suggestion: "did you mean 'style'?")
    let second = Diagnostic(.warning, id: "b", "two", at: try range("colour"))
    let third = Diagnostic(id: "c", "three", at: try range("</bill>"))
    #expect(
      DiagnosticRenderer.text([first, second, third]) == """
        l/layout.xml:2:8: error: one [a] (did you mean 'style'?)
        l/layout.xml:2:18: warning: two [b]
            2 |     <text stile="a" colour="red">é</text>
              |           ^~~~~     ^~~~~~
        l/layout.xml:3:1: error: three [c]
            3 | </bill>
              | ^~~~~~~
        """)
    // Two places that overlap, in any order, and one twice.
    let whole = Diagnostic(id: "d", "four", at: try range("text stile=\"a\""))
    let marks = DiagnosticRenderer.text([first, whole, first]).split(separator: "\n").last
    #expect(marks == "      |      ^~~~~^~~~~~~~~")
  }

  /// In a file of XML the line, of other data the record.
  @Test(arguments: [
    ("a.xml", 9, 830, "a.xml:9:830: /Invoice: error: one [a]"), ("z.zip/A.XML", 2, 1, "z.zip/A.XML:2:1: /Invoice: error: one [a]"),
    ("a.xml", nil, nil, "a.xml:3: /Invoice: error: one [a]"), ("a.pdf", 9, 830, "a.pdf:3: /Invoice: error: one [a]"),
    ("d.jsonl", nil, nil, "d.jsonl:3: /Invoice: error: one [a]"),
  ])
  func placesInData(_ file: String, _ line: Int?, _ column: Int?, _ expected: String) {
    let finding = Diagnostic(id: "a", "one", place: DataPlace(file: file, record: 3, path: "/Invoice", line: line, column: column))
    #expect(DiagnosticRenderer.text(finding) == expected)
    let json = DiagnosticRenderer.json(finding)
    #expect(
      json.contains("\"line\":\(line.map { "\($0)" } ?? "null"),\"column\":\(column.map { "\($0)" } ?? "null"),\"end_line\":null"),
      "\(json)")
  }

  @Test func whatHasMoreToShowStandsByItself() throws {
    let plain = Diagnostic(id: "a", "one", at: try range("stile"))
    let noted = Diagnostic(id: "b", "two", at: try range("colour"), notes: [Diagnostic.Note("declared here", at: try range("bill"))])
    let reading = Diagnostic(id: "c", "three", at: try range("colour"), place: DataPlace(file: "d.jsonl", record: 3))
    let other = SourceFile(name: "other.xml", bytes: file.bytes)
    let elsewhere = Diagnostic(id: "d", "four", at: try range("colour", in: other))
    let placeless = Diagnostic(id: "e", "five")
    let all = [plain, noted, plain, reading, plain, elsewhere, plain, placeless, plain]
    #expect(DiagnosticRenderer.text(all) == all.map { DiagnosticRenderer.text($0) }.joined(separator: "\n"))
  }

  /// Of a long line each place has a part of its own; only those that show the same part are told together.
  @Test func longLinesAreShownInParts() throws {
    let long = SourceFile(
      name: "l.xml", bytes: Array((String(repeating: "x", count: 200) + "<a/>" + String(repeating: "y", count: 200) + "<b/>").utf8))
    let (near, far) = (
      Diagnostic(id: "a", "one", at: try range("<a/>", in: long)), Diagnostic(id: "b", "two", at: try range("<b/>", in: long))
    )
    #expect(DiagnosticRenderer.text([near, far]) == [near, far].map { DiagnosticRenderer.text($0) }.joined(separator: "\n"))
    let lines = DiagnosticRenderer.text(near).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[1].hasPrefix("    1 | xxx") && lines[2] == "      | " + String(repeating: " ", count: 60) + "^~~~")
  }

  /// Places are put into the sentence when it is told, and nowhere else.
  @Test func statementsAreToldWithTheirPlaces() throws {
    let place = SourcePlace(try range("text"))
    let block = FindingOrigin.block(LayoutBlock(element: "text", label: "facts", place: place))
    #expect(
      FindingStatement("does not fit into its place", origin: block, page: 2, figures: "height 3 pt wanted, 2 pt available").text
        == "<text> 'facts' (layout.xml:2:3) does not fit into its place on page 2: height 3 pt wanted, 2 pt available")
    #expect(FindingStatement("'x' divides by zero", origin: .source(place)).text == "'x' divides by zero (layout.xml:2:3)")
    #expect(
      FindingStatement("no end", origin: .document(DocumentPlace(line: 3, column: 7, excerpt: "<a>"))).text
        == "no end (line 3, column 7: `<a>`)")
    #expect(FindingStatement("plain").text == "plain")
    let fault = RecordFault("c", FindingStatement("'x' divides by zero", origin: .source(place)), path: "$.x")
    let told = fault.diagnostic(file: "d.jsonl", record: 7)
    #expect(told.statement.origin?.source == place)
    #expect(DiagnosticRenderer.text(told) == "d.jsonl:7: $.x: error: 'x' divides by zero (layout.xml:2:3) [c]")
  }
}
