internal import Campaigns
internal import Diagnostics

/// What a notice must say is there once its expressions are filled in.
struct SlotRule: LintRule {
  private static let rule = RuleReference("slots", source: "the contract of notices: heading, body, action and keep-paper")
  private static let emailRule = RuleReference(
    "slots", source: "the contract of e-mails: subject, preheader, and of a notice heading, body, action and keep-paper")
  private static let complete = ["heading", "body", "action", "keep-paper"]

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words {
      let isEmail = text.scene.teller == .email
      let required = (isEmail ? ["subject", "preheader"] : []) + (text.scene.isStandard || text.scene.isChannel ? Self.complete : ["body"])
      for slot in required {
        let parts = text.parts.filter { $0.slot == slot }
        // What a card or an e-mail takes from the notice is empty there, too.
        if let place = parts.first?.source.range, text.taken.contains(place) { continue }
        guard parts.allSatisfy({ $0.plain.isEmpty && $0.late.isEmpty }) else { continue }
        report.add(
          Diagnostic(id: "slot-empty", "the slot '\(slot)' says nothing once its expressions are filled in", at: parts.first?.source.range),
          isEmail ? Self.emailRule : Self.rule, in: text.scene)
      }
    }
  }
}
