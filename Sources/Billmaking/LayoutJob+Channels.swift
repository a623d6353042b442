internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import LayoutLanguage

extension LayoutJob {
  /// What is missing for the postcards and e-mails that a command asks for: errors where they are to be made, warnings for those who look for
  /// faults.
  static func channelFindings(
    _ options: JobOptions, _ campaign: CampaignBinding?, hasPostcard: Bool, hasEmail: Bool
  ) -> [Diagnostic] {
    guard let campaign = campaign?.campaign else { return [] }
    let severity: Severity = options.purpose == .print ? .error : .warning
    func finding(_ kind: PieceKind, isSent: Bool, hasLayout: Bool, _ words: (plural: String, id: String, none: String)) -> Diagnostic? {
      guard options.pieces.contains(kind) else { return nil }
      if !isSent {
        // Who looks for faults asks for whatever there is.
        guard options.purpose == .print else { return nil }
        return Diagnostic(
          severity, id: "channel-missing",
          "\(words.plural) are asked for, and the campaign does not say who gets one; expected '\(kind.rawValue)' under 'channels' in '\(CampaignPath.file(options.campaign ?? ""))'"
        )
      }
      guard !hasLayout else { return nil }
      return Diagnostic(
        severity, id: words.id, "the campaign sends \(words.plural), and the layout has \(words.none) in the layout's folder")
    }
    return [
      finding(
        .postcard, isSent: campaign.postcard != nil, hasLayout: hasPostcard,
        (plural: "postcards", id: "postcard-missing", none: "none; expected 'postcard.xml'")),
      finding(
        .email, isSent: campaign.email != nil, hasLayout: hasEmail,
        (plural: "e-mails", id: "email-missing", none: "no templates for them; expected 'email.html' and 'email.txt'")),
    ].compactMap(\.self)
  }
}
