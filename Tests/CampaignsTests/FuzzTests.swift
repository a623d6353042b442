import Campaigns
import ConfigurationFiles
import Diagnostics
import Foundation
import Reporting
import TestSupport
import Testing

/// Changes campaign files and terms a little and reads them: nothing traps, hangs, or points outside its file.
/// `FUZZ_SECONDS` sets how long each reader is tried.
@Suite(.serialized) struct FuzzTests {
  static let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 6

  static func mutate(_ bytes: [UInt8], _ words: [String], _ generator: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 0...30, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
      case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      case 3: bytes.insert(contentsOf: (words.randomElement(using: &generator) ?? "").utf8, at: place)
      case 4:
        let word = Array((words.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...40, using: &generator) { bytes.insert(contentsOf: word, at: place) }
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  /// Tries `body` on mutations for a while; none may take longer than two seconds.
  private func run(_ name: String, seed: UInt64, _ start: [String], _ words: [String], _ body: ([UInt8]) throws -> Void) rethrows {
    var generator = SeededNumbers(seed: seed)
    let clock = ContinuousClock()
    let begin = clock.now
    let origins = start.map { Array($0.utf8) }
    var pool = origins
    var count = 0
    while clock.now - begin < .seconds(Self.seconds) {
      let bytes = Self.mutate(pool.randomElement(using: &generator) ?? [], words, &generator)
      let before = clock.now
      try body(bytes)
      #expect(clock.now - before < .seconds(2), "slow: \(String(decoding: bytes, as: UTF8.self))")
      count += 1
      if bytes.count < 20_000, count % 7 == 0 { pool.append(bytes) }
      if pool.count > 60 { pool = origins }
    }
    #expect(count > 0)
    print("fuzz \(name): \(count) mutations")
  }

  private func check(_ findings: [Diagnostic]) {
    #expect(!findings.isEmpty)
    for finding in findings {
      #expect(!finding.id.isEmpty && !finding.message.isEmpty)
      if let range = finding.range { #expect(range.bytes.lowerBound >= 0 && range.bytes.upperBound <= range.file.bytes.count) }
      #expect(!DiagnosticRenderer.text(finding).isEmpty)
    }
  }

  private static let yamlWords = [
    "- ", "? ", ": ", "\n  ", "\n", "\t", "&a ", "*a ", "!!str ", "!x ", "|\n", ">-\n", "[", "]", "{", "}", "'", "\"", "\\x", "# ", "---\n",
    "...\n", "%YAML 1.2\n", "<<: ", "\u{FEFF}", "\u{85}", "null", "2027-02-30", "{campaign.active | date('long')}", "{{", "{a", "../",
    "/etc/",
  ]

  @Test func yaml() {
    run("yaml", seed: 11, [CampaignFolder.yaml, "a: [b, {c: d}]\ne: |\n  f\n  g\n", "'a''b': \"c\\nd\"\n"], Self.yamlWords) { bytes in
      do throws(DiagnosticList) { _ = try YAMLParser.parse(SourceFile(name: "f.yaml", bytes: bytes)) } catch { check(error.diagnostics) }
    }
  }

  /// A campaign with a postcard.
  private static let withPostcard =
    CampaignFolder.yaml.replacing(
      "  hours:", with: "  open: {url: \"https://my.larkspur.example/paperless\", show: my.larkspur.example/paperless}\n  hours:"
    ) + """

      coverage: {bills: 3, postcards: 1}
      channels:
        postcard:
          audience:
            - {rule: settled, when: "customer-state eq 'agreed'", card: none}
            - {when: "(mailed.days | default(99)) gt 20"}
          once: cycle
          words:
            remind: {en-US: {heading: "Still on paper?", benefits: [A], label: B}}
            active: {same-as: remind, es-US: {body: C}}

      """

  @Test func campaigns() throws {
    let folder = try CampaignFolder()
    try folder.write("campaign.yaml", Array(Self.withPostcard.utf8))
    #expect(folder.findings.isEmpty)
    try run("campaigns", seed: 12, [CampaignFolder.yaml, Self.withPostcard], Self.yamlWords) { bytes in
      try folder.write("campaign.yaml", bytes)
      do throws(DiagnosticList) { _ = try folder.load() } catch { check(error.diagnostics) }
    }
  }

  @Test func markdown() {
    let words = [
      "> ", "- ", "1. ", "# ", "**", "*", "_", "`", "```\n", "    ", "\n\n", "[a](b)", "![", "](", "<b>", "<!--", "&amp;", "&#0;", "\\",
      "---\n",
      "{a}", "{{", "}", "|", "|-|-|\n", "| a | b |\n|:-|-:|\n", "\\|", "\t", "\u{0}", "\r\n", "\u{2028}", "[x]: y\n", "<http://a.b>",
      "  \n", "\u{E000}",
    ]
    let start = [
      CampaignFolder.newTerms, CampaignFolder.oldTerms,
      "## 1. Fees\n\n| A | B |\n|:--|--:|\n| c | d |\n\n## 2. End\n\n1. **One.** x\n2. y\n",
      "Pay **now** {campaign.active | date('long')}, *or* [later](https://a.b).\n",
    ]
    run("markdown", seed: 13, start, words) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      for expressions in [true, false] {
        do throws(MarkdownFault) {
          let document = try MarkdownDocument(parsing: text, expressions: expressions)
          // Comparing two versions is part of reading terms.
          let changes = TermsChanges.between(document, and: document)
          #expect(changes.clauses.isEmpty && changes.blocks.allSatisfy { $0.mark == .unchanged }, "\(text)")
          _ = document.section(titled: "Pay")
        } catch {
          #expect(!error.message.isEmpty && error.line >= 1)
          if let range = error.range { #expect(range.upperBound <= text.utf8.count) }
        }
      }
    }
  }
}
