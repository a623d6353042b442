internal import Campaigns
internal import Diagnostics
internal import Formats
internal import Languages
internal import Money

/// The figure in the words on the cost of paper is the campaign's fee; where there is none, the words name no other.
struct PaperCostRule: LintRule {
  private static let id = "paper-cost"
  private static let rule = RuleReference("paper-cost", source: "the campaign's own 'paper.fee'")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for (disclosure, phrases) in zip(scene.campaign.disclosures, scene.phrases) where disclosure.id == Self.id {
      for language in scene.campaign.languages {
        guard let phrase = phrases[language], let voice = scene.voices[language] else { continue }
        let place = disclosure.text(language)?.range ?? disclosure.range
        guard let paper = scene.campaign.paper else {
          report.add(
            Diagnostic(
              .warning, id: "paper-cost-differs",
              "the words on the cost of paper cannot be held against a fee: the campaign does not say one; expected 'paper: {fee: …}'",
              at: place), Self.rule)
          continue
        }
        let found = AmountFinder(voice.formats, paper.currency).amounts(in: phrase.text)
        let fee = "\(paper.fee.description(decimals: paper.currency.decimals)) \(paper.currency.code)"
        if let other = found.first(where: { $0.amount != paper.fee }) {
          report.add(
            Diagnostic(
              id: "paper-cost-differs",
              "the words on the cost of paper in \(language) say '\(other.text)', and 'paper' has a fee of \(fee)",
              at: place), Self.rule)
        } else if found.isEmpty, !paper.fee.isZero {
          report.add(
            Diagnostic(
              id: "paper-cost-differs",
              "the words on the cost of paper in \(language) name no amount, and 'paper' has a fee of \(fee): '\(phrase.text.shown)'",
              at: place), Self.rule)
        }
      }
    }
  }
}
