import Billing
import Diagnostics
import Jurisdictions
import Reporting
import TestSupport
import Testing

/// Rules of law as data: what the program brings, what a company adds, what is wrong with a file.
@Suite struct JurisdictionTests {
  @Test func unitedStates() throws {
    let book = try JurisdictionBook.load()
    for code in ["US", "US-OR", "US-NY-NYC"] {
      let law = book.law(of: [code])
      #expect(law.consentSources == ["web", "email", "app"] && law.paperKinds == [.termination] && law.unchecked.isEmpty, "\(code)")
      #expect(law.rules.map(\.id) == ["us-esign-consent", "us-esign-exceptions"])
    }
    let points = book.law(of: ["US"]).rules.flatMap(\.points)
    #expect(points.contains { $0.id == "right-to-paper" } && points.count == 8 && points.allSatisfy { !$0.asks.isEmpty })
    #expect(book.ownDigest == nil)
  }

  /// A place nobody wrote rules for is told, and limits nothing; no place at all is nothing to check.
  @Test func unknownPlaceIsNotChecked() throws {
    let book = try JurisdictionBook.load()
    for code in ["XX", "USA", "us", "", "-", "U"] {
      let law = book.law(of: [code])
      #expect(law.unchecked == [code] && law.rules.isEmpty && law.consentSources == nil)
    }
    let both = book.law(of: ["XX", "US-OR", "US", "AA"])
    #expect(both.unchecked == ["AA", "XX"] && both.rules.count == 2)
    #expect(book.law(of: []) == ApplicableLaw())
  }

  private static func rule(_ id: String, _ more: String = "") -> String {
    "  - {id: \(id), title: Own, source: House rule, seen: 2026-11-28, confirmed: no\(more)}\n"
  }

  private static func file(_ code: String, _ rules: String...) -> String {
    "billfold: 1\njurisdiction: \(code)\nname: Somewhere\nrules:\n\(rules.joined())"
  }

  @Test func companyAddsItsOwn() throws {
    let folder = try TemporaryFolder([
      "US.yaml": Self.file("US", Self.rule("own", ", consent-sources: [web, form], paper-kinds: [final]")),
      "US-OR.yaml": Self.file("US-OR", Self.rule("oregon", ", points: [{id: fee, asks: What paper costs.}]")),
      "RS.yaml": "\u{FEFF}" + Self.file("RS", Self.rule("serbia", ", consent-sources: [form]")), "notes.txt": "nothing",
    ])
    let book = try JurisdictionBook.load(folder.path)
    // What every rule accepts; what any keeps on paper.
    #expect(book.law(of: ["US"]).consentSources == ["web"] && book.law(of: ["US"]).paperKinds == [.termination, .final])
    #expect(book.law(of: ["US-OR"]).rules.map(\.id) == ["oregon", "us-esign-consent", "us-esign-exceptions", "own"])
    #expect(book.law(of: ["RS"]).rules.first?.isConfirmed == false && book.law(of: ["RS"]).consentSources == ["form"])
    #expect(book.law(of: ["RS", "US"]).consentSources == [])
    let digest = try #require(book.ownDigest)
    #expect(try JurisdictionBook.load(folder.path).ownDigest == digest)
    try folder.write("RS.yaml", Self.file("RS", Self.rule("serbia")))
    #expect(try JurisdictionBook.load(folder.path).ownDigest != digest)
  }

  /// Files, and what is said of them.
  private static let faults: [(String, String, String)] = [
    ("RS.yaml", file("DE", rule("a")), "error: 'jurisdiction' is 'DE', but the file's name says 'RS' [bad-value]"),
    ("RS.yaml", file("RS", rule("a"), rule("a")), "error: the rule 'a' stands twice [bad-value]"),
    ("RS.yaml", file("RS", rule("a")).replacing("1", with: "2"), "error: 'billfold' must be 1, the version of this format [bad-value]"),
    ("RS.yaml", file("RS", "  - {id: a}\n"), "error: a rule lacks 'title' [missing-key]"),
    ("RS.yaml", file("RS", rule("a", ", source-of-consent: [web]")), "error: unknown key 'source-of-consent' in a rule [unknown-key]"),
    ("RS.yaml", file("RS", rule("a", ", paper-kinds: [terminations]")), "error: a kind of bill must be one of"),
    ("RS.yaml", file("RS", rule("a", ", paper-kinds: termination")), "error: 'paper-kinds' must be a list, found a text [wrong-type]"),
    ("RS.yaml", file("RS", rule("a").replacing("2026-11-28", with: "2026-11-31")), "error: 'seen' must be a day of the form YYYY-MM-DD"),
    (
      "RS.yaml", file("RS", rule("a").replacing("confirmed: no", with: "confirmed: true")),
      "error: 'confirmed' must be one of yes, no, found 'true'"
    ),
    ("RS.yaml", file("RS", rule("us-esign-consent")), "error: the rule 'us-esign-consent' of "),
    ("RS.yaml", "", "error: the file is empty [yaml-syntax]"), ("RS.txt", "x", "error: the folder of rules "),
    ("RS.yaml", file("RS", rule("a", ", points: [{id: p}]")), "error: a point lacks 'asks' [missing-key]"),
    (
      "RS.yaml", file("RS", rule(String(repeating: "a", count: 101))),
      "error: 'id' has 101 characters, more than the 100 allowed [too-long]"
    ),
  ]

  @Test(arguments: faults.indices) func faultyFileIsTold(_ index: Int) throws {
    let (name, text, expected) = Self.faults[index]
    let folder = try TemporaryFolder([name: text])
    do throws(DiagnosticList) {
      _ = try JurisdictionBook.load(folder.path)
      Issue.record("nothing is found in \(text)")
    } catch {
      let told = error.diagnostics.map { DiagnosticRenderer.text($0) }.joined(separator: "\n")
      #expect(told.contains(expected), "\(told)")
    }
  }

  @Test func folderMustBeThere() throws {
    let folder = try TemporaryFolder(["file": ""])
    for path in [folder.path("none"), folder.path("file")] {
      #expect(throws: DiagnosticList.self) { try JurisdictionBook.load(path) }
    }
  }
}
