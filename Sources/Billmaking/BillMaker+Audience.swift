internal import Billing
internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics
internal import Languages
internal import LayoutLanguage

extension BillMaker {
  /// Decides what a bill carries of the campaign.
  ///
  /// - Parameters:
  ///   - record: The bill as conditions see it.
  ///   - language: The place among the layout's languages in which the bill is set.
  /// - Returns: `nil` without a campaign, and on days before its first phase.
  /// - Throws: `language-not-offered`; a condition that cannot be evaluated on this bill.
  func decision(
    for bill: Bill, _ record: any RecordValue, _ occasion: Occasion, language index: Int
  ) throws(RecordFault) -> Decision? {
    guard let binding = job.campaign else { return nil }
    let template = job.template
    return try binding.campaign.decision(
      for: bill, asOf: occasion.asOf, language: occasion.language.flatMap { LanguageTag($0) }
    ) { (rule, facts) throws(RecordFault) in
      do throws(Diagnostic) {
        return try binding.holds(
          rule, facts, bill: record, currency: bill.currency, formatter: job.formats(template.languages[index]),
          strings: template.strings[index])
      } catch {
        throw error.recordFault
      }
    }
  }

  /// Refuses to send a bill without paper to a customer who has not agreed to that.
  ///
  /// - Returns: How the bill travels: printed, too, where such a reject is accepted.
  /// - Throws: `no-consent`.
  func channel(
    of bill: Bill, _ decision: Decision?, _ warnings: inout [RecordWarning]
  ) throws(RecordFault) -> PieceKind.Channel {
    if bill.isPrinted { return .print }
    guard let campaign = job.campaign?.campaign, campaign.consent == .before else { return .electronic }
    let state = decision?.state ?? CustomerState(of: bill, AccountHistory())
    if state == .agreed { return .electronic }
    let fault = RecordFault(
      .noConsent,
      "the bill is to be delivered electronically, and the customer, who is '\(state.rawValue)', has not agreed to that; "
        + "the campaign asks for consent before paper stops", path: "$.delivery")
    guard job.options.isAccepted(.noConsent) else { throw fault }
    warnings.append(
      RecordWarning(
        "no-consent-printed", "the bill is printed instead of being delivered electronically: the customer has not agreed to that",
        path: "$.delivery"))
    return .print
  }
}
