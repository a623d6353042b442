internal import Campaigns
internal import Diagnostics
internal import Jurisdictions

/// Who gets the standard notice without the terms does not get what is said in the terms only.
struct ReachRule: LintRule {
  func check(_ scene: LintScene, _ report: inout LintReport) {
    let campaign = scene.campaign
    let asked = Set((scene.book.everyCampaign + scene.law.rules).flatMap { $0.points.map(\.id) })
    let inNotice = Set(campaign.disclosures.filter { $0.place == .notice }.map(\.id))
    var unreached: [String] = []
    for disclosure in campaign.disclosures
    where disclosure.place == .terms && asked.contains(disclosure.id) && !inNotice.contains(disclosure.id) {
      if !unreached.contains(disclosure.id) { unreached.append(disclosure.id) }
    }
    guard !unreached.isEmpty else { return }
    for rule in campaign.audience where rule.notice == Notice.standardName && rule.terms == .none {
      report.add(
        Diagnostic(
          .warning, id: "disclosure-unreached",
          "the rule '\(rule.name)' sends no terms, so that its customers are not told \(unreached.map { "'\($0)'" }.joined(separator: ", ")); "
            + "they are where counsel says so, or with 'terms: bill'", at: rule.places.terms ?? rule.places.notice), DisclosureRule.rule)
    }
  }
}
