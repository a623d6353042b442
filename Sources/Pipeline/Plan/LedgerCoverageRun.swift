internal import Billing
package import Contract
internal import Dates
public import Diagnostics
internal import GRDB
internal import Ledger

/// Says whom a campaign has told too little, by what was mailed: what `billfold ledger coverage` does. Writes nothing.
public struct LedgerCoverageRun {
  private let options: PlanOptions
  private let report: (Diagnostic) -> Void

  /// Prepares it.
  ///
  /// - Parameter report: Gets what is found wrong with records and data, equal findings once.
  public init(_ options: PlanOptions, report: @escaping (Diagnostic) -> Void) { (self.options, self.report) = (options, report) }

  /// Counts.
  ///
  /// Call once per process, on the main thread, as ``CampaignPlanRun/run(_:ledger:tell:)``.
  ///
  /// - Parameters:
  ///   - prepared: What was found good before.
  ///   - ledger: That of the options; without one nothing counts as mailed.
  ///   - tell: Gets the counts, and what gives each customer who has had too little, by the accounts' bytes.
  /// - Returns: `found` where there are such customers, else `success`; how the process must end instead.
  package func run(
    _ prepared: PreparedRun, ledger: LedgerInput?,
    tell: (CoverageTally, _ customers: ((CoverageTally.Customer) throws -> Void) throws -> Void) throws -> Void
  ) -> Ending {
    PlanDatabase.ending(report) { db, findings in
      let calendar = options.calendar
      let day = options.job.asOf ?? calendar.active
      guard let asked = options.coverage else {
        throw RunFailure(.defect, id: "defect", "coverage of a campaign that asks for nothing")
      }
      let data = try PlanData(options, prepared, db, report: report)
      let facts = try data.scan()
      let book = try PlanBook(db)
      try ledger?.readWhole {
        try book.read($0, campaign: calendar.campaign, asOf: day, active: calendar.active, exceptOwnCycle: false, signals: data.signals)
      }
      var job = options.job
      job.asOf = day
      var tally = CoverageTally(calendar: calendar, day: day, asked: asked)
      tally.data = try data.askAll(WorkerJob(options: job, payload: prepared.payload), book, facts.tally, findings) {
        outlook, identity, _ in
        if let identity { try book.add(outlook, of: identity, isMailed: false) }
      }
      findings.tell()
      let demand = PlanBook.Demand(asked: asked, countsPlans: false)
      let counted = try book.tally(demand)
      (tally.customers, tally.short, tally.lacking) = (counted.customers, counted.short, counted.lacking)
      try tell(tally) { each in
        try book.forEachShort(of: demand) { customer in
          try each(
            CoverageTally.Customer(
              account: customer.account, name: customer.name, bills: customer.bills.mailed, postcards: customer.cards.mailed))
        }
      }
      return tally.short > 0 ? .found : .success
    }
  }
}
