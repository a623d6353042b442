internal import Billing
public import Contract
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
  /// Call once per process, on the main thread, as ``CampaignPlanRun/run(_:tell:)``.
  ///
  /// - Parameters:
  ///   - prepared: What was found good before.
  ///   - tell: Gets the counts, and what gives each customer who has had too little, by the accounts' bytes.
  /// - Returns: `found` where there are such customers, else `success`; how the process must end instead.
  public func run(
    _ prepared: PreparedRun, tell: (CoverageTally, _ customers: ((CoverageTally.Customer) throws -> Void) throws -> Void) throws -> Void
  ) -> Ending {
    PlanDatabase.ending(report) { db, findings in
      let calendar = options.calendar
      let day = options.job.asOf ?? calendar.active
      guard let path = options.job.ledger, let asked = options.coverage else {
        throw RunFailure(.defect, id: "defect", "coverage without a ledger, or of a campaign that asks for nothing")
      }
      let data = try PlanData(options, prepared, db, report: report)
      var tally = CoverageTally(calendar: calendar, day: day, asked: asked)
      tally.records = try data.scan().records
      let book = try PlanBook(db)
      do {
        let ledger = try LedgerReader(path, company: prepared.company)
        defer { ledger.close() }
        try book.read(
          ledger, campaign: calendar.campaign, asOf: day, active: calendar.active, exceptOwnCycle: false, signals: data.signals)
      }
      var (job, rejects, unread): (JobOptions, [String: Int], Int) = (options.job, [:], 0)
      job.asOf = day
      try data.ask(WorkerJob(options: job, payload: prepared.payload)) { identity, place in
        guard let identity else { return .ask(facts: []) }
        if let fault = try data.duplicate(at: place, identity) { return .settle(fault) }
        return .ask(facts: try book.account(identity).facts)
      } settle: { record, verdict in
        switch verdict {
        case .fault(let fault):
          rejects[fault.code.rawValue, default: 0] += 1
          if !fault.isDuplicate { unread += 1 }
          findings.add(fault, of: record)
        case .bill(let outlook, _):
          if let identity = record.identity { try book.add(outlook, of: identity, isMailed: false) }
        }
      }
      findings.tell()
      (tally.rejects, tally.unread) = (rejects, unread)
      let (condition, arguments) = ("(mailed < ? OR cards < ?)", [asked.bills, asked.postcards])
      (tally.customers, tally.short) = try book.count(condition, arguments)
      try tell(tally) { each in
        try book.forEach(condition, arguments) { account, name, bills, postcards, _, _ in
          try each(CoverageTally.Customer(account: account, name: name, bills: bills, postcards: postcards))
        }
      }
      return tally.short > 0 ? .found : .success
    }
  }
}
