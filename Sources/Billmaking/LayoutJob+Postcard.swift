internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import LayoutLanguage

extension LayoutJob {
  /// What is missing for the postcards that a command asks for: errors where they are to be printed, warnings for those who look for faults.
  static func postcardFindings(_ options: JobOptions, _ campaign: CampaignBinding?, hasLayout: Bool) -> [Diagnostic] {
    guard options.pieces.contains(.postcard), let campaign = campaign?.campaign else { return [] }
    let severity: Severity = options.purpose == .print ? .error : .warning
    if campaign.postcard == nil {
      // Who looks for faults asks for whatever there is.
      guard options.purpose == .print else { return [] }
      return [
        Diagnostic(
          severity, id: "channel-missing",
          "postcards are asked for, and the campaign does not say who gets one; expected 'postcard' under 'channels' in '\(CampaignPath.file(options.campaign ?? ""))'"
        )
      ]
    }
    guard !hasLayout else { return [] }
    return [
      Diagnostic(
        severity, id: "postcard-missing",
        "the campaign sends postcards, and the layout has none; expected 'postcard.xml' in the layout's folder")
    ]
  }
}
