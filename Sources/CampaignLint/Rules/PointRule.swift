internal import Campaigns
internal import Diagnostics
internal import Jurisdictions
internal import Languages

/// Every point that the law asks, and those that every campaign is asked for, is mapped in every language.
struct PointRule: LintRule {
  static let code = "point-unmapped"

  func check(_ scene: LintScene, _ report: inout LintReport) {
    let campaign = scene.campaign
    let own = scene.book.everyCampaign
    for rule in own + scene.law.rules {
      // The program was not looked up anywhere.
      let reference = own.contains(rule) ? RuleReference(rule.id, source: rule.source) : rule.reference
      let place = campaign.places.disclosures ?? scene.place(of: rule) ?? campaign.places.file
      guard !campaign.disclosures.isEmpty else {
        guard !rule.points.isEmpty else { continue }
        let names = rule.points.map { "'\($0.id)'" }.joined(separator: ", ")
        report.add(
          Diagnostic(
            .warning, id: "point-unmapped", "no disclosure says where the points that '\(rule.id)' asks are said: \(names)", at: place),
          reference)
        continue
      }
      for point in rule.points {
        let missing = campaign.languages.filter { language in
          !campaign.disclosures.contains { $0.id == point.id && $0.text(language) != nil }
        }
        guard !missing.isEmpty else { continue }
        let entry = campaign.disclosures.first { $0.id == point.id }
        report.add(
          Diagnostic(
            .warning, id: "point-unmapped",
            "no disclosure says '\(point.id)' in \(missing.map(\.text).joined(separator: ", ")), which '\(rule.id)' asks: \(point.asks)",
            at: entry?.range ?? place), reference)
      }
    }
    let known = scene.book.pointIDs
    for disclosure in campaign.disclosures where !known.contains(disclosure.id) {
      report.add(
        Diagnostic(
          .note, id: "disclosure-unknown", "no known rule asks the point '\(disclosure.id)'", at: disclosure.range,
          suggestion: Suggestion.didYouMean(disclosure.id, among: known)), DisclosureRule.rule)
    }
  }
}
