import Campaigns
import Diagnostics
import Testing

struct Fault: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let id: String
  /// What the caret stands under.
  let marked: String
  init(_ old: String, _ new: String, _ id: String, _ marked: String) { (self.old, self.new, self.id, self.marked) = (old, new, id, marked) }
  var testDescription: String { "\(old.prefix(40)) → \(new.prefix(60))" }
}

@Suite struct FindingTests {
  static let faults: [Fault] = [
    Fault("billfold: 1", "billfold: 2", "bad-value", "2"),
    Fault("billfold: 1\n", "", "missing-key", "i"),
    Fault("id: paperless-2027", "id: \"\"", "bad-value", "\"\""),
    Fault("id: paperless-2027", "id: two words", "bad-value", "two words"),
    Fault("mode: optional", "mode: optinal", "bad-value", "optinal"),
    Fault("mode: optional", "mod: optional", "unknown-key", "mod"),
    Fault("consent: before", "consent: [before]", "wrong-type", "["),
    Fault("languages: [en-US, es-US]", "languages: [en-US, es-US, en-us]", "duplicate-language", "en-us"),
    Fault("languages: [en-US, es-US]", "languages: [en-US, es-US, e]", "bad-language", "e"),
    Fault("languages: [en-US, es-US]", "languages: []", "bad-value", "["),
    Fault(", active: 2027-03-01}", "}", "missing-key", "{"),
    Fault("active: 2027-03-01}", "active: }", "missing-key", "active"),
    Fault("remind: 2027-01-01", "remind: 2026-10-01", "phases-out-of-order", "2026-10-01"),
    Fault("remind: 2027-01-01", "remind: 2026-11-01", "phases-out-of-order", "2026-11-01"),
    Fault("remind: 2027-01-01", "remind: 2027-02-29", "bad-date", "2027-02-29"),
    Fault("remind: 2027-01-01", "remind: 1 Jan 2027", "bad-date", "1 Jan 2027"),
    Fault("https://my", "ftp://my", "bad-url", "\"ftp://my.larkspur.example/p/{token}\""),
    Fault("/p/{token}", "/p/{tokn}", "bad-url", "\"https://my.larkspur.example/p/{tokn}\""),
    Fault("/p/{token}", "/ p/{token}", "bad-url", "\"https://my.larkspur.example/ p/{token}\""),
    Fault("      phone: \"+1 800 555 0142\"\n", "", "missing-key", "u"),
    Fault("en-US: terms/new.en.md", "en-US: ../x.md", "file-unreadable", "../x.md"),
    Fault("en-US: terms/new.en.md", "en-US: /etc/passwd", "file-unreadable", "/etc/passwd"),
    Fault("en-US: terms/new.en.md", "en-US: terms/none.md", "file-unreadable", "terms/none.md"),
    Fault("en-US: terms/new.en.md", "en-US: terms", "file-unreadable", "terms"),
    Fault(", es-US: terms/new.es.md}", "}", "missing-language", "{"),
    Fault("effective: 2027-03-01", "effective: soon", "bad-date", "soon"),
    Fault("area: 0.08", "area: 2", "bad-value", "2"),
    Fault("area: 0.08", "area: lots", "bad-value", "lots"),
    Fault("page: 1,", "page: 1.5,", "bad-value", "1.5"),
    Fault("contrast: 7", "contrst: 7", "unknown-key", "contrst"),
    Fault("      remind:\n", "      remnd:\n", "unknown-key", "remnd"),
    Fault("es-US: {heading", "es-MX: {heading", "unknown-language", "es-MX"),
    Fault("action: \"Escanee\", ", "", "missing-key", "{"),
    Fault("label: Important", "title: Important", "unknown-key", "title"),
    Fault("benefits: [Reminders", "benefits: [\"- Reminders\"", "not-one-paragraph", "\"- Reminders\""),
    Fault("action: Scan the code *today*", "action: Scan <b>now</b>", "markdown-html", "Scan <b>now</b>"),
    Fault("action: Scan the code *today*", "action: Scan ![now](x.png)", "markdown-image", "Scan ![now](x.png)"),
    Fault("{campaign.active | date('long')}\"", "{campaign.active\"", "bad-expression", "{"),
    Fault("id: paperless-2027", "id: &a paperless-2027", "yaml-alias", "&"),
    Fault("id: paperless-2027", "id: !!str paperless-2027", "yaml-tag", "!"),
    Fault("mode: optional", "mode: optional\nmode: required", "duplicate-key", "mode"),
    Fault("mode: optional", "mode: [", "yaml-syntax", ":"),
  ]

  @Test(arguments: faults) func faultIsNamedAndPlaced(_ fault: Fault) throws {
    var (old, new) = (fault.old, fault.new)
    // The raw literal's indentation is taken off in the file.
    if old.hasPrefix("      ") { (old, new) = (String(old.dropFirst(4)), new.isEmpty ? "" : String(new.dropFirst(4))) }
    let findings = try CampaignFolder.findings(old, new)
    let found = try #require(findings.first { $0.id == fault.id }, "\(findings)")
    let range = try #require(found.range)
    #expect(String(decoding: range.file.bytes[range.bytes], as: UTF8.self) == fault.marked)
    #expect(range.file.name.hasSuffix("campaign.yaml"))
    #expect(found.message.first?.isUppercase == false)
  }

  @Test func allFindingsComeInOneGoAndInTheOrderOfTheFile() throws {
    var text = CampaignFolder.yaml.replacing("mode: optional", with: "mode: optinal")
    text = text.replacing("remind: 2027-01-01", with: "remind: 2026-01-01").replacing("terms/new.es.md", with: "terms/nix.md")
    text = text.replacing("label: Important", with: "lable: Important", maxReplacements: 1)
    let findings = try CampaignFolder(text).findings
    #expect(findings.map(\.id) == ["bad-value", "phases-out-of-order", "file-unreadable", "unknown-key"])
    #expect(findings[0].suggestion == "did you mean 'optional'?")
    #expect(findings[3].suggestion == "did you mean 'label'?")
  }

  @Test func missingActiveDateIsNamed() throws {
    let findings = try CampaignFolder.findings(", active: 2027-03-01}", "}")
    #expect(findings.map(\.message) == ["'phases' lacks 'active'"])
  }

  @Test func wordsMissingForALanguageAreNamedForEachPhase() throws {
    let text = CampaignFolder.yaml.replacing("[en-US, es-US]", with: "[en-US, es-US, fr]")
    let findings = try CampaignFolder(text).findings.filter { $0.id == "missing-language" }
    // Four phases and the terms.
    #expect(findings.count == 5)
    #expect(findings.map(\.message).contains("the notices of phase 'final' lacks the language 'fr'"))
  }

  @Test func aliasesAreRefusedBeforeTheyCanMultiply() throws {
    var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (last, next) in zip("abcdefghijklmn", "bcdefghijklmno") {
      bomb += "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(try CampaignFolder(bomb + "? *o\n: 1\n").findings.map(\.id) == ["yaml-alias"])
  }

  @Test func deepNestingIsRefused() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try !CampaignFolder(deep).findings.isEmpty)
    let closed = "a: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(try CampaignFolder(closed).findings.contains { $0.message.contains("levels") })
  }

  @Test func otherYAMLThanOneMappingIsRefused() throws {
    #expect(try CampaignFolder("").findings.map(\.id) == ["yaml-syntax"])
    #expect(try CampaignFolder("- a").findings.map(\.id) == ["wrong-type"])
    #expect(try CampaignFolder(CampaignFolder.yaml + "\n---\na: 1\n").findings.map(\.id) == ["yaml-syntax"])
    let folder = try CampaignFolder()
    try folder.write("campaign.yaml", Array("id: ".utf8) + [0xFF, 0xFE])
    #expect(folder.findings.map(\.id) == ["invalid-utf8"])
    try folder.write("campaign.yaml", [UInt8](repeating: 0x20, count: Campaign.maximumLength + 1))
    #expect(folder.findings.map(\.id) == ["campaign-unreadable"])
  }

  @Test func missingCampaignIsNamed() {
    #expect(throws: DiagnosticList.self) { try Campaign.load("/nowhere/campaign.yaml") }
    do {
      _ = try Campaign.load("/nowhere/campaign.yaml")
    } catch {
      #expect(error.diagnostics.map(\.message) == ["the campaign file '/nowhere/campaign.yaml' does not exist"])
    }
  }

  @Test func linkOutOfTheFolderIsRefusedAndOneInsideIsNot() throws {
    let text = CampaignFolder.yaml.replacing("en-US: terms/new.en.md", with: "en-US: terms/link.md")
    let folder = try CampaignFolder(text)
    folder.link("terms/link.md", to: "/etc/passwd")
    #expect(
      folder.findings.map(\.message) == ["the file 'terms/link.md' of the terms' 'files' leads out of its folder through a symbolic link"])
    let inside = try CampaignFolder(text)
    inside.link("terms/link.md", to: "new.en.md")
    #expect(inside.findings.isEmpty)
  }

  @Test(arguments: [
    ("Pay {amount} now.", "terms-expression", 1), ("One.\n\n<div>x</div>", "markdown-html", 3), ("One ![x](y)", "markdown-image", 1),
    ("One.\n\n    code", "markdown-code", 3), (" \n", "bad-value", 0),
  ]) func termsAreChecked(terms: String, id: String, line: Int) throws {
    let folder = try CampaignFolder(terms: terms)
    let found = try #require(folder.findings.first)
    #expect(found.id == id)
    if line > 0 {
      let range = try #require(found.range)
      #expect(range.file.name.hasSuffix("terms/new.en.md"))
      #expect(range.file.position(of: range.bytes.lowerBound).line == line)
    }
  }

  @Test func bracesThatAreNoExpressionsMayStandInTerms() throws {
    #expect(try CampaignFolder(terms: "Set {1, 2} and { }.").findings.isEmpty)
  }
}
