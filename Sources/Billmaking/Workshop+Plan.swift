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

  /// Makes what counts bills in a worker.
  ///
  /// - Throws: ``WorkerStartFailure``, where inputs are faulty or not those of the beginning.
  static func makeForecaster(_ job: WorkerJob) throws(WorkerStartFailure) -> any BillRenderer {
    let plan: PlanJob
    do throws(DiagnosticList) { plan = try PlanJob(job.options) } catch { throw WorkerStartFailure(.inputsChanged, error.diagnostics) }
    guard plan.fingerprint == job.payload else {
      throw WorkerStartFailure(
        .inputsChanged, [Diagnostic(id: "inputs-changed", "layout, campaign, rules, fonts or key have changed since the command began")])
    }
    return BillForecaster(plan)
  }
}
