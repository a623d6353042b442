internal import Campaigns
internal import Diagnostics
internal import Jurisdictions

/// What the law asks of the form, the campaign asks of its notice, so that every bill is measured against it.
struct FormRule: LintRule {
  func check(_ scene: LintScene, _ report: inout LintReport) {
    let prominence = scene.campaign.prominence
    func plain(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
    for rule in scene.law.rules {
      guard let form = rule.form else { continue }
      func tell(_ what: String, _ asked: String, _ expected: String) {
        report.add(
          Diagnostic(
            .warning, id: "form-not-asked",
            "'\(rule.id)' asks \(asked), and the campaign's 'prominence' asks \(what); expected '\(expected)'",
            at: scene.campaign.places.prominence ?? scene.place(of: rule)), rule.reference)
      }
      if let text = form.text, prominence.text ?? 0 < text {
        tell(prominence.text.map { "\(plain($0))pt" } ?? "no type size", "type of \(plain(text)) points or more", "text: \(plain(text))pt")
      }
      if let contrast = form.contrast, prominence.contrast < contrast {
        tell(plain(prominence.contrast), "a contrast of \(plain(contrast)) or more", "contrast: \(plain(contrast))")
      }
      if let page = form.page, prominence.page > page { tell("\(prominence.page)", "page \(page) at the latest", "page: \(page)") }
    }
  }
}
