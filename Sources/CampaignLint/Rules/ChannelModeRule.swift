internal import Campaigns
internal import Diagnostics
internal import Languages

/// A postcard or an e-mail with words of its own still says whether customers choose: in the very words that the notice says it in.
struct ChannelModeRule: LintRule {
  private static let id = "mode"
  private static let rules: [LintReport.Teller: RuleReference] = [
    .postcard: RuleReference("postcard-mode", source: "Billfold's own rule: a card says what the bill says, in fewer words"),
    .email: RuleReference("email-mode", source: "Billfold's own rule: an e-mail says what the bill says"),
  ]

  func check(_ scene: LintScene, _ report: inout LintReport) {
    for text in scene.words where !text.own.isEmpty {
      guard let rule = Self.rules[text.scene.teller] else { continue }
      let language = text.scene.language
      let due = zip(scene.campaign.disclosures, scene.phrases).filter { disclosure, phrases in
        disclosure.id == Self.id && disclosure.place == .notice && disclosure.phases.contains(text.scene.phase) && phrases[language] != nil
      }
      for (disclosure, phrases) in due {
        guard let phrase = phrases[language], !phrase.isEmpty, !text.shown.contains(where: { PlainWords($0.plain).contains(phrase) }) else {
          continue
        }
        report.add(
          Diagnostic(
            .warning, id: "mode-missing", "\(text.scene.teller.name) does not say, as the notice does, '\(phrase.text.shown)'",
            at: text.range(of: "body"),
            notes: [Diagnostic.Note("the words of the disclosure '\(disclosure.id)'", at: disclosure.text(language)?.range)]), rule,
          in: text.scene)
      }
    }
  }
}
