internal import Billing
internal import Campaigns
internal import Composition
internal import Consents
internal import Contract
internal import Diagnostics
internal import Languages
internal import LayoutLanguage

/// The standard notice measured on made-up bills, one in each phase, language, format and delivery, as every real bill is measured.
struct NoticeSurvey {
  private static let rule = RuleReference("notice-form", source: "the campaign's 'prominence' and 'disclosures', measured on made-up bills")
  /// What bills are rejected or warned for that is about the notice.
  private static let codes: Set<RecordFault.Code> = ["disclosure-missing", "keep-paper-faint", "notice-not-prominent", "zone-notice"]
  private let job: LayoutJob
  private var found = SurveyFindings()

  /// Lays the bills out.
  ///
  /// - Returns: What is wrong with their notices; each finding once, with the bills it was found on.
  static func findings(_ job: LayoutJob) -> [Diagnostic] {
    var survey = NoticeSurvey(job)
    guard let campaign = job.campaign?.campaign else { return [] }
    let maker = BillMaker(job)
    for language in campaign.languages where job.template.languageIndex(for: language.text) != nil {
      for (format, bill) in MadeBills.whole(job, in: language.text) {
        for phase in Phase.allCases {
          for delivery in [Bill.Delivery.paper, .electronic] {
            survey.measure(bill, campaign, phase, delivery, maker, "\(language), \(phase.rawValue), \(format), \(delivery.rawValue)")
          }
        }
      }
    }
    return survey.found.told("bills").map { finding in
      var finding = finding
      finding.rule = rule
      return finding
    }
  }

  private init(_ job: LayoutJob) { self.job = job }

  private mutating func measure(
    _ bill: Bill, _ campaign: Campaign, _ phase: Phase, _ delivery: Bill.Delivery, _ maker: BillMaker, _ name: String
  ) {
    var bill = bill
    bill.delivery = delivery
    let occasion = Occasion(
      asOf: campaign.phases[phase], state: delivery == .electronic ? .agreed : .undecided, notice: .named(Notice.standardName))
    var warnings: [RecordWarning] = []
    let place = campaign.places.prominence ?? campaign.places.file
    do throws(RecordFault) {
      let composed = try maker.compose(bill, occasion, &warnings)
      let laidOut = try maker.settled(composed, smallest: try maker.layOut(composed), &warnings)
      _ = try maker.finish(laidOut, &warnings, paints: false)
    } catch {
      if Self.codes.contains(error.code) {
        found.add(Diagnostic(id: error.code.rawValue, error.statement, at: place), name)
      } else {
        found.add(
          Diagnostic(
            .note, id: "notice-not-measured",
            "the notice was not measured, since the bill cannot be made: \(error.message) [\(error.code)]",
            at: place), name)
      }
    }
    for warning in warnings where Self.codes.contains(warning.code) {
      found.add(Diagnostic(.warning, id: warning.code.rawValue, warning.statement, at: place), name)
    }
  }
}
