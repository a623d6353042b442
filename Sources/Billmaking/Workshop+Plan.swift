internal import Campaigns
internal import Composition
internal import Contract
internal import Diagnostics

extension Workshop {
  /// Reads campaign, rules of law and, where one is named, layout of a plan.
  ///
  /// - Throws: All that is wrong with them.
  static func preparePlan(_ options: JobOptions) throws(DiagnosticList) -> PreparedRun {
    let job = try PlanJob(options)
    return PreparedRun(
      layoutDigest: "", campaignDigest: nil, campaign: job.campaign.id, company: job.campaign.company, fontsDigest: "", keyCheck: nil,
      engines: [], payload: job.fingerprint, language: job.language, warnings: job.warnings)
  }

  /// Makes what counts bills in a worker, and says what it was made of.
  ///
  /// - Throws: All that is wrong with what it reads.
  static func makeForecaster(_ options: JobOptions) throws(DiagnosticList) -> MadeRenderer {
    let plan = try PlanJob(options)
    return MadeRenderer(BillForecaster(plan), payload: plan.fingerprint)
  }
}
