internal import Campaigns
internal import Diagnostics
internal import MailAddresses

/// What stands in lists of messages says whose the message is and what it is about, and is not cut.
struct EmailRule: LintRule {
  private static let sender = RuleReference("email-sender", source: "Billfold's own rule: a list of messages says whose one is")
  private static let length = RuleReference("email-subject", source: "Billfold's own rule: subjects of 60 characters")
  private static let preheader = RuleReference("email-preheader", source: "Billfold's own rule: what stands behind a subject adds to it")

  func check(_ scene: LintScene, _ report: inout LintReport) {
    guard let email = scene.campaign.email else { return }
    if email.from.name == nil {
      report.add(
        Diagnostic(
          .warning, id: "sender-unnamed",
          "'from' has no name, so that lists of messages show '\(email.from.address.text)'; expected 'NAME <\(email.from.address.text)>'",
          at: email.fromRange), Self.sender)
    }
    for text in scene.words where text.scene.teller == .email {
      let subject = text.parts.first { $0.slot == "subject" }
      if let subject, subject.plain.count > EmailChannel.shownSubject {
        report.add(
          Diagnostic(
            .warning, id: "subject-long",
            "the subject has \(subject.plain.count) characters, more than \(EmailChannel.shownSubject): '\(subject.plain.shown)'",
            at: subject.source.range), Self.length, in: text.scene)
      }
      if let preheader = text.parts.first(where: { $0.slot == "preheader" }), let subject, !subject.plain.isEmpty,
        preheader.plain == subject.plain
      {
        report.add(
          Diagnostic(.note, id: "preheader-repeats", "the preheader says again what the subject says", at: preheader.source.range),
          Self.preheader, in: text.scene)
      }
    }
  }
}
