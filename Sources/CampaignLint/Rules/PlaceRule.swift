internal import Campaigns
internal import Diagnostics
internal import Jurisdictions
internal import Languages

/// What the report stands on: rules of law that nobody has confirmed, and languages whose words are unknown.
struct PlaceRule: LintRule {
  private static let lists = RuleReference("word-lists", source: "the program's lists of words")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for rule in scene.law.rules where !rule.isConfirmed {
      report.add(
        Diagnostic(
          .note, id: "rule-unconfirmed", "what '\(rule.id)' asks was not found in its source as it is applied here: \(rule.title)",
          at: scene.place(of: rule)), rule.reference)
    }
    for language in scene.campaign.languages where scene.list(language) == nil {
      report.add(
        Diagnostic(
          .note, id: "words-not-checked",
          "no words are known for '\(language)': charges, environmental claims, typed page numbers and LIX were not looked at in it",
          at: scene.campaign.places.file), Self.lists)
    }
  }
}
