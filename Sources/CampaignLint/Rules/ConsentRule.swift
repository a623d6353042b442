internal import Campaigns
internal import Diagnostics
internal import Jurisdictions

/// Where the law asks a customer's consent, nobody is moved without it.
struct ConsentRule: LintRule {
  func check(_ scene: LintScene, _ report: inout LintReport) {
    let (campaign, places) = (scene.campaign, scene.campaign.places)
    for rule in scene.law.consentRules {
      let notes = scene.place(of: rule).map { [Diagnostic.Note("the place whose law asks it", at: $0)] } ?? []
      if campaign.mode == .required {
        report.add(
          Diagnostic(
            id: "mode-against-consent",
            "'mode: required' is against '\(rule.id)', by which a customer must have agreed before paper stops; expected 'mode: optional'",
            at: places.mode, notes: notes), rule.reference)
      } else if campaign.consent == .none {
        report.add(
          Diagnostic(
            .warning, id: "consent-not-asked",
            "'consent: none' lets bills go out electronically without the consent that '\(rule.id)' asks; expected 'consent: before'",
            at: places.consent, notes: notes), rule.reference)
      }
    }
  }
}
