internal import Campaigns
internal import Diagnostics

/// What a notice must say is there once its expressions are filled in.
struct SlotRule: LintRule {
  private static let rule = RuleReference("slots", source: "the contract of notices: heading, body, action and keep-paper")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      let required = text.scene.isStandard || text.scene.teller == .postcard ? ["heading", "body", "action", "keep-paper"] : ["body"]
      for slot in required {
        let parts = text.parts.filter { $0.slot == slot }
        // What a card takes from the notice is empty there, too.
        if let place = parts.first?.source.range, text.taken.contains(place) { continue }
        guard parts.allSatisfy({ $0.plain.isEmpty && $0.late.isEmpty }) else { continue }
        report.add(
          Diagnostic(id: "slot-empty", "the slot '\(slot)' says nothing once its expressions are filled in", at: parts.first?.source.range),
          Self.rule, in: text.scene)
      }
    }
  }
}
