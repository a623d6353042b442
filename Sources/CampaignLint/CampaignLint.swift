internal import Campaigns
internal import Composition
package import Diagnostics
internal import Formats
internal import Jurisdictions
internal import Languages
internal import LayoutLanguage

/// Holds a campaign's words, dates and disclosures against the law of its places and against good practice.
///
/// What it finds is advice to counsel, and no legal advice.
package struct CampaignLint {
  /// What a finding means for who asks.
  package enum Audience {
    /// Whoever lays out bills: a point that no disclosure maps is a warning; of a campaign without disclosures only where law asks it.
    case printing
    /// Counsel: such a point is an error.
    case counsel
  }

  private let scene: LintScene
  private let audience: Audience

  /// Evaluates all words of a campaign.
  ///
  /// - Throws: What is wrong with expressions of words or disclosures.
  package init(_ subject: LintSubject, for audience: Audience) throws(DiagnosticList) {
    scene = try LintScene(subject)
    self.audience = audience
  }

  /// Applies every rule.
  ///
  /// - Returns: The findings in the order of the campaign file, each with its rule; errors are what a rule of law forbids or what the campaign
  ///   itself promises and does not keep.
  package func run() -> [Diagnostic] {
    var report = LintReport()
    for rule in Self.rules { rule.check(scene, &report) }
    var findings = report.findings(campaign: scene.campaign.places.file.file)
    switch audience {
    case .counsel: for index in findings.indices where findings[index].id == PointRule.code { findings[index].severity = .error }
    case .printing:
      // Who maps nothing, and whose law asks nothing, has not begun to; that is told to counsel.
      if scene.campaign.disclosures.isEmpty {
        let own = Set(scene.book.everyCampaign.map(\.id))
        findings.removeAll { $0.id == PointRule.code && $0.rule.map { own.contains($0.id) } == true }
      }
    }
    return findings
  }

  /// The line that every report ends with.
  package static let advice = "This is advice to counsel, and no legal advice; what is marked unconfirmed was not seen in its source."

  static let rules: [any LintRule] = [
    PlaceRule(), ConsentRule(), FeeRule(), FormRule(), PointRule(), DisclosureRule(), PaperCostRule(), ReachRule(), SlotRule(), DateRule(),
    ContactRule(), PageReferenceRule(), LengthRule(), ReadabilityRule(), ClaimRule(), ChannelModeRule(), EmailRule(),
  ]
}

/// One thing that the lint looks for.
protocol LintRule: Sendable {
  /// Looks for it in the whole campaign.
  func check(_ scene: LintScene, _ report: inout LintReport)
}
