import Campaigns
import Diagnostics
import Testing

/// Links that lead nowhere, and terms that are longer than any bill carries.
@Suite struct LinkTests {
  @Test func linksOfOtherSchemesAreWarningsWithTheirPlace() throws {
    let terms = """
      # Terms

      See [ours](https://a.example), [mail](mailto:a@b.example), [call](TEL:+1) or [plain](HTTP://a.example).

      > Run [this](javascript:alert(1)) or
      > fetch [that](ftp://a.example/x).

      - An [empty]() one, <urn:x:y> and [home](/index.html)

      [ref]

      [ref]: file:///etc/passwd
      """
    let loaded = try CampaignFolder(terms: terms).load()
    #expect(loaded.warnings.allSatisfy { $0.id == "link-left-out" && $0.severity == .warning })
    let places = loaded.warnings.map { warning -> String in
      guard let range = warning.range else { return "none" }
      let position = range.file.position(of: range.bytes.lowerBound)
      return "\(position.line):\(position.column) \(String(decoding: range.file.bytes[range.bytes], as: UTF8.self).prefix(30))"
    }
    #expect(
      places == [
        "5:14 javascript:alert(1)", "6:16 ftp://a.example/x", "8:1 - An [empty]() one, <urn:x:y> ", "8:22 urn:x:y", "8:42 /index.html",
        "12:8 file:///etc/passwd",
      ], "\(places)")
    #expect(loaded.warnings[0].range?.file.name.hasSuffix("terms/new.en.md") == true)
    #expect(loaded.warnings[0].message.contains("'javascript:alert(1)'") && loaded.warnings[0].message.contains("'mailto:'"))
  }

  @Test func linksInWordsAreLookedAtTooAndExpressionsAreNot() throws {
    let yaml = CampaignFolder.yaml.replacing(
      "action: Scan the code *today*", with: "action: \"Scan [it](gopher://x) or [that]({campaign.opt-in.show})\"", maxReplacements: 1)
    let warnings = try CampaignFolder(yaml).load().warnings
    #expect(warnings.map(\.id) == ["link-left-out"])
    let range = try #require(warnings.first?.range)
    #expect(String(decoding: range.file.bytes[range.bytes], as: UTF8.self) == "gopher://x")
    #expect(try CampaignFolder().load().warnings.isEmpty)
  }

  @Test func termsOfTooManyBlocksAreRefusedWithTheirLine() throws {
    for (terms, line) in [
      (String(repeating: "word\n\n", count: 50_000), 10_001), (String(repeating: "- word\n", count: 50_000), 2_500),
      (String(repeating: "# a\n\n- b\n\n  c\n\n", count: 20_000), 6_001),
    ] {
      let error = try #require(throws: DiagnosticList.self) { try CampaignFolder(terms: terms).load() }
      let fault = try #require(error.diagnostics.first)
      #expect(fault.id == "too-long" && fault.message.contains("\(MarkdownDocument.maximumBlocks)"), "\(fault)")
      let range = try #require(fault.range)
      #expect(range.file.name.hasSuffix("terms/new.en.md"))
      #expect(
        abs(range.file.position(of: range.bytes.lowerBound).line - line) <= 3, "\(range.file.position(of: range.bytes.lowerBound).line)")
    }
    #expect(throws: Never.self) { try CampaignFolder(terms: String(repeating: "word\n\n", count: 4_000)).load() }
  }

  /// A hang guard, too: joining what libcmark parts at every mark took the square of the length.
  @Test(.timeLimit(.minutes(1)), arguments: ["w", "*", "_a", "[", "`a", "<", "&", "a\n"])
  func paragraphsAreBounded(_ unit: String) throws {
    let long = String(repeating: unit, count: 300_000 / unit.utf8.count)
    _ = try? MarkdownDocument(parsing: long, expressions: false)
    let word = String(repeating: "w", count: MarkdownDocument.maximumParagraph + 1)
    let fault = try #require(throws: MarkdownFault.self) { try MarkdownDocument(parsing: "a\n\n\(word)\n", expressions: false) }
    #expect(fault.id == "too-long" && fault.line == 3)
  }
}
