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
    for code in ["US", "US-OR", "US-OR-PDX"] {
      let law = book.law(of: [code])
      #expect(law.consentSources == ["web", "email", "app"] && law.paperKinds == [.termination] && law.unchecked.isEmpty, "\(code)")
      #expect(law.rules.map(\.id) == ["us-esign-consent", "us-esign-exceptions"])
      #expect(law.consentRules.map(\.id) == ["us-esign-consent"] && law.feeRules.isEmpty)
    }
    let points = book.law(of: ["US"]).rules.flatMap(\.points)
    #expect(points.contains { $0.id == "right-to-paper" } && points.count == 8 && points.allSatisfy { !$0.asks.isEmpty })
    #expect(book.ownDigest == nil)
  }

  /// A place's own file, and each shorter one's: what is asked, and whether somebody saw it.
  @Test func placesOfTheProgram() throws {
    let book = try JurisdictionBook.load()
    func ids(_ codes: String...) -> [String] { book.law(of: codes).rules.map(\.id) }
    let federal = ["us-esign-consent", "us-esign-exceptions"]
    #expect(ids("US-NY") == ["us-ny-paper-fee"] + federal && ids("US-NY-NYC") == ids("US-NY"))
    #expect(ids("US-PA", "US-NY") == ["us-ny-paper-fee"] + federal + ["us-pa-electronic-billing", "us-pa-paper-fee"])
    #expect(book.law(of: ["US-PA"]).consentRules.map(\.id) == ["us-pa-electronic-billing", "us-esign-consent"])
    #expect(book.law(of: ["US-NY"]).feeRules.map(\.id) == ["us-ny-paper-fee"])
    // Members of the European Union do not bring its law along: a campaign names it.
    #expect(ids("AT") == ["at-telecom-paper", "at-energy-paper"] && ids("EU") == ["eu-contract-summary"])
    #expect(Set(ids("AT", "EU")) == ["at-telecom-paper", "at-energy-paper", "eu-contract-summary"])
    let form = try #require(book.law(of: ["EU"]).rules.first?.form)
    #expect(form.text == 10 && form.contrast == 4.5 && form.page == 1)
    for (code, isConfirmed) in [("US", true), ("US-NY", true), ("US-PA", true), ("AT", false), ("GB", false), ("EU", false)] {
      let law = book.law(of: [code])
      #expect(law.unchecked.isEmpty && law.rules.allSatisfy { $0.isConfirmed == isConfirmed && $0.reference.isConfirmed == isConfirmed })
      #expect(law.rules.allSatisfy { isConfirmed == $0.reference.source.hasSuffix(", seen 2026-11-28") }, "\(code)")
    }
    #expect(book.everyCampaign.flatMap(\.points).map(\.id) == ["mode", "if-nothing", "keep-paper", "paper-cost"])
    #expect(book.law(of: ["every-campaign"]).unchecked == ["every-campaign"])
    #expect(Set(book.pointIDs).isSuperset(of: ["mode", "right-to-paper", "electronic-consent", "accessible-formats"]))
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
      "DE.yaml": Self.file("DE", Self.rule("germany", ", consent: before, paper-fee: forbidden, form: {text: 9.5pt, page: 2}")),
      "RS.yaml": "\u{FEFF}" + Self.file("RS", Self.rule("serbia", ", consent-sources: [form]")), "notes.txt": "nothing",
    ])
    let book = try JurisdictionBook.load(folder.path)
    // What every rule accepts; what any keeps on paper.
    #expect(book.law(of: ["US"]).consentSources == ["web"] && book.law(of: ["US"]).paperKinds == [.termination, .final])
    #expect(book.law(of: ["US-OR"]).rules.map(\.id) == ["oregon", "us-esign-consent", "us-esign-exceptions", "own"])
    #expect(book.law(of: ["RS"]).rules.first?.isConfirmed == false && book.law(of: ["RS"]).consentSources == ["form"])
    #expect(book.law(of: ["RS", "US"]).consentSources == [])
    let german = try #require(book.law(of: ["DE"]).rules.first)
    #expect(german.asksConsent && german.forbidsPaperFee && german.form == LawRule.Form(text: 9.5, contrast: nil, page: 2))
    #expect(book.law(of: ["RS"]).consentRules.isEmpty && book.law(of: ["RS"]).feeRules.isEmpty)
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
    ("RS.yaml", file("RS", rule("a", ", consent: after")), "error: 'consent' of a rule must be one of before, found 'after'"),
    ("RS.yaml", file("RS", rule("a", ", paper-fee: no")), "error: 'paper-fee' must be one of forbidden, found 'no'"),
    ("RS.yaml", file("RS", rule("a", ", form: {}")), "error: 'form' has none of 'text', 'contrast' and 'page' [missing-key]"),
    ("RS.yaml", file("RS", rule("a", ", form: {size: 9pt}")), "error: unknown key 'size' in 'form' [unknown-key]"),
    ("RS.yaml", file("RS", rule("a", ", form: {text: 10}")), "error: 'text' must be a type size from 4pt to 72pt, found '10' [bad-value]"),
    ("RS.yaml", file("RS", rule("a", ", form: {text: 3.9pt}")), "error: 'text' must be a type size from 4pt to 72pt, found '3.9pt'"),
    ("RS.yaml", file("RS", rule("a", ", form: {contrast: 22}")), "error: 'contrast' must be a number from 1 to 21, found '22' [bad-value]"),
    ("RS.yaml", file("RS", rule("a", ", form: {page: 1.5}")), "error: 'page' must be a whole number from 1 to 50, found '1.5' [bad-value]"),
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
