internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Languages

/// No words claim that going without paper is good for the environment and leave it at that.
struct ClaimRule: LintRule {
  private static let rule = RuleReference("environmental-claims", source: "FTC Green Guides, 16 CFR 260.4, seen 2026-11-28")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      guard let list = scene.list(text.scene.language) else { continue }
      for part in text.own {
        for sentence in part.paragraphs.flatMap({ TextBreaks.sentences($0, language: text.scene.language.text) }) {
          guard let claim = String(sentence).firstWord(of: list.environmental).map(String.init) else { continue }
          report.add(
            Diagnostic(
              .note, id: "environmental-claim",
              "'\(claim)' claims a benefit for the environment, which deceives where nothing says which one and proves it",
              at: part.range(of: claim)), Self.rule, in: text.scene)
        }
      }
    }
  }
}
