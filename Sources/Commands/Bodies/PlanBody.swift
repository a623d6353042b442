internal import Billmaking
internal import Campaigns
internal import Contract
internal import Diagnostics
internal import Pipeline
internal import Reporting

/// Does `campaign plan` and `ledger coverage`.
struct PlanBody {
  let makers: Makers
  let reporter: Reporter

  /// Counts what is planned, and names who will have been told too little.
  func plan(_ job: JobOptions, data: [String], jobs: Int, limits: WorkerLimits, faults: [TestFault]) -> Ending {
    begun(job) { campaign, prepared, ledger in
      let options = PlanOptions(
        job, data: data, calendar: CampaignCalendar(campaign), sendsCards: campaign.postcard != nil, sendsEmails: campaign.email != nil,
        coverage: campaign.coverage.map { PlanOptions.Coverage($0) }, jobs: jobs, limits: limits, faults: faults)
      return CampaignPlanRun(options) { reporter.report($0) }.run(prepared, ledger: ledger) { plan, customers in
        switch reporter.format {
        case .json:
          reporter.result(bytes: plan.jsonLine)
          try customers { reporter.result(bytes: plan.jsonLine($0)) }
        case .text:
          for line in plan.lines(columns: reporter.resultColumns) { reporter.result(line) }
          reporter.result("")
          try customers { reporter.result(plan.line($0)) }
          for line in plan.verdict { reporter.result(line) }
        }
      }
    }
  }

  /// Names whom the campaign has told too little, by what was mailed.
  func coverage(_ job: JobOptions, data: [String], jobs: Int, limits: WorkerLimits, faults: [TestFault]) -> Ending {
    begun(job) { campaign, prepared, ledger in
      guard let coverage = campaign.coverage else {
        reporter.report(
          Diagnostic(
            id: "coverage-missing",
            "the campaign does not say what each customer must have had by mail; expected 'coverage: {bills: N}' in "
              + "'\(CampaignPath.file(job.campaign ?? ""))'"))
        return .code(.configuration)
      }
      let options = PlanOptions(
        job, data: data, calendar: CampaignCalendar(campaign), coverage: PlanOptions.Coverage(coverage), jobs: jobs, limits: limits,
        faults: faults)
      return LedgerCoverageRun(options) { reporter.report($0) }.run(prepared, ledger: ledger) { tally, customers in
        switch reporter.format {
        case .json:
          reporter.result(bytes: tally.jsonLine)
          try customers { reporter.result(bytes: tally.jsonLine($0)) }
        case .text:
          try customers { reporter.result(tally.line($0)) }
          reporter.result(tally.verdict)
        }
      }
    }
  }

  /// Makes sure that everything but the data can be used.
  private func begun(_ job: JobOptions, _ body: (Campaign, PreparedRun, LedgerInput?) -> Ending) -> Ending {
    let (campaign, prepared, ledger): (Campaign, PreparedRun, LedgerInput?)
    do throws(RunFailure) {
      prepared = job.hasLayout ? try makers.prepareAfterTrial(job) : try prepare(job)
      ledger = try LedgerInput(job, prepared)
      do throws(DiagnosticList) { campaign = try Campaign.load(CampaignPath.file(job.campaign ?? "")).campaign } catch {
        throw RunFailure(.configuration, error.diagnostics)
      }
    } catch {
      reporter.report(error.diagnostics)
      return .code(error.code)
    }
    reporter.report(prepared.warnings)
    return body(campaign, prepared, ledger)
  }

  private func prepare(_ job: JobOptions) throws(RunFailure) -> PreparedRun {
    do throws(DiagnosticList) { return try makers.prepare(job) } catch { throw RunFailure(.configuration, error.diagnostics) }
  }
}

extension PlanOptions.Coverage {
  fileprivate init(_ coverage: Campaigns.Coverage) { self.init(bills: coverage.bills, postcards: coverage.postcards) }
}

extension CampaignCalendar {
  /// The days of a campaign.
  init(_ campaign: Campaign) {
    let phases = campaign.phases
    var days = [
      Day(.announce, phases.announce), Day(.remind, phases.remind), Day(.final, phases.final), Day(.active, phases.active),
      Day(.terms, campaign.terms.effective),
    ]
    if let last = campaign.keep?.by { days.append(Day(.keepBy, last)) }
    self.init(campaign: campaign.id, days: days, active: phases.active) {
      campaign.cyclesToCome(after: $0, limit: JobOptions.maximumCycles + 1)
    }
  }
}
