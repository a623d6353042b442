internal import Campaigns
internal import Diagnostics
internal import Languages

/// A postcard that words of its own make shorter still says whether customers choose: in the very words that the notice says it in.
struct CardModeRule: LintRule {
  private static let id = "mode"
  private static let rule = RuleReference("postcard-mode", source: "Billfold's own rule: a card says what the bill says, in fewer words")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words where text.scene.teller == .postcard && !text.own.isEmpty {
      let language = text.scene.language
      let due = zip(scene.campaign.disclosures, scene.phrases).filter { disclosure, phrases in
        disclosure.id == Self.id && disclosure.place == .notice && disclosure.phases.contains(text.scene.phase) && phrases[language] != nil
      }
      for (disclosure, phrases) in due {
        guard let phrase = phrases[language], !phrase.isEmpty, !text.parts.contains(where: { PlainWords($0.plain).contains(phrase) }) else {
          continue
        }
        report.add(
          Diagnostic(
            .warning, id: "mode-missing", "the postcard does not say, as the notice does, '\(phrase.text.shown)'",
            at: text.range(of: "body"),
            notes: [Diagnostic.Note("the words of the disclosure '\(disclosure.id)'", at: disclosure.text(language)?.range)]), Self.rule,
          in: text.scene)
      }
    }
  }
}
