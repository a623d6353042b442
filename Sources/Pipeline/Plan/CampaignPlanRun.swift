internal import Billing
public import Contract
internal import Dates
public import Diagnostics
internal import GRDB
internal import Ledger

/// Counts what the bills of some data would bring on a day, and looks ahead: what `billfold campaign plan` does. Writes nothing.
public struct CampaignPlanRun {
  private let options: PlanOptions
  private let report: (Diagnostic) -> Void

  /// Prepares a plan.
  ///
  /// - Parameter report: Gets what is found wrong with records and data, equal findings once.
  public init(_ options: PlanOptions, report: @escaping (Diagnostic) -> Void) { (self.options, self.report) = (options, report) }

  /// Makes the plan.
  ///
  /// Call once per process, on the main thread: the process's signals and its children become the plan's. Memory does not grow with
  /// the number of records.
  ///
  /// - Parameters:
  ///   - prepared: What was found good before.
  ///   - tell: Gets the plan, and what gives each customer who will have had too few notices, by the accounts' bytes.
  /// - Returns: `found` where there are such customers, else `success`; how the process must end instead.
  public func run(
    _ prepared: PreparedRun, tell: (CampaignPlan, _ customers: ((CampaignPlan.Customer) throws -> Void) throws -> Void) throws -> Void
  ) -> Ending {
    PlanDatabase.ending(report) { db, groups in
      let data = try PlanData(options, prepared, db, report: report)
      let facts = try data.scan()
      guard let day = options.job.asOf ?? facts.issued else {
        throw RunFailure(
          .data, id: "no-issue-date",
          "no record of the data says when it was issued, so that there is no day to plan for; expected '--as-of DATE'")
      }
      let calendar = options.calendar
      var plan = CampaignPlan(calendar: calendar, day: day, cycles: calendar.cycles(day))
      if let cycles = plan.cycles, cycles.count > JobOptions.maximumCycles {
        throw RunFailure(
          .configuration, id: "cycles-too-many",
          "more than \(JobOptions.maximumCycles) cycles lie between \(day.iso) and the active date \(calendar.active.iso); "
            + "expected fewer, or another '--as-of'"
        )
      }
      (plan.records, plan.hasLedger, plan.hasLayout) = (facts.records, options.job.ledger != nil, options.job.hasLayout)
      if options.coverage == nil { plan.missing.append(.coverage) }
      if plan.cycles == nil { plan.missing.append(.cycles) }
      let book = try PlanBook(db)
      if let path = options.job.ledger {
        let ledger = try LedgerReader(path, company: prepared.company)
        defer { ledger.close() }
        try book.read(
          ledger, campaign: calendar.campaign, asOf: day, active: calendar.active, exceptOwnCycle: true, signals: data.signals)
      }
      var job = options.job
      job.asOf = day
      try decide(job, prepared, data, book, &plan, groups)
      if try !plan.missing.contains(.cycles) && book.hasShared { try lookAhead(job, prepared, data, book, plan) }
      groups.tell()
      guard let asked = options.coverage, plan.missing.isEmpty else {
        try tell(plan) { _ in }
        return .success
      }
      let condition = "mailed + planned + coming < ?"
      let (customers, short) = try book.count(condition, [asked.bills])
      plan.coverage = CampaignPlan.Coverage(bills: asked.bills, customers: customers, short: short)
      try tell(plan) { each in
        try book.forEach(condition, [asked.bills]) { account, name, mailed, _, planned, coming in
          try each(CampaignPlan.Customer(account: account, name: name, mailed: mailed, planned: planned, coming: coming))
        }
      }
      return short > 0 ? .found : .success
    }
  }

  /// This cycle: counts all bills, and of accounts with one bill what the cycles to come bring.
  private func decide(
    _ job: JobOptions, _ prepared: PreparedRun, _ data: PlanData, _ book: PlanBook, _ plan: inout CampaignPlan, _ groups: RecordFindings
  ) throws {
    var (counts, rejects, unread): ([CampaignPlan.Kind: Int], [String: Int], Int) = ([:], [:], 0)
    let active = options.calendar.active
    try data.ask(WorkerJob(options: job, payload: prepared.payload)) { identity, place in
      guard let identity else { return .ask(facts: []) }
      if let fault = try data.duplicate(at: place, identity) { return .settle(fault) }
      return .ask(facts: try book.account(identity).facts)
    } settle: { record, verdict in
      let fault: RecordFault?
      switch verdict {
      case .fault(let why):
        fault = why
        if !why.isDuplicate { unread += 1 }
      case .bill(let outlook, let why):
        fault = why
        if why == nil { counts[CampaignPlan.Kind(outlook), default: 0] += 1 }
        if let identity = record.identity {
          try book.add(outlook, of: identity, isMailed: why == nil && outlook.isNotice && job.asOf.map { $0 < active } ?? false)
        }
      }
      guard let fault else { return }
      rejects[fault.code.rawValue, default: 0] += 1
      groups.add(fault, of: record)
    }
    (plan.counts, plan.rejects, plan.unread) = (counts, rejects, unread)
  }

  /// The cycles to come, of accounts with several bills: what one of them brings counts for the others behind it.
  private func lookAhead(_ job: JobOptions, _ prepared: PreparedRun, _ data: PlanData, _ book: PlanBook, _ plan: CampaignPlan) throws {
    try book.endCycle(plan.day)
    for cycle in plan.cycles ?? [] {
      var later = job
      (later.purpose, later.asOf) = (.forecast, cycle)
      try data.ask(WorkerJob(options: later, payload: prepared.payload)) { identity, place in
        guard let identity else { return .leave }
        let account = try book.account(identity)
        guard account.bills > 1, try data.duplicate(at: place, identity) == nil else { return .leave }
        return .ask(facts: account.facts)
      } settle: { record, verdict in
        // What is wrong with a record was told in its own cycle.
        guard case .bill(let outlook, nil) = verdict, outlook.isNotice, let identity = record.identity else { return }
        try book.addComing(of: identity)
      }
      try book.endCycle(cycle)
    }
  }
}

extension RecordFault {
  /// Whether it says of a record that its bill is that of another record.
  var isDuplicate: Bool { [.duplicate, .duplicateDiffers].contains(code) }
}

extension CampaignPlan.Kind {
  init(_ outlook: BillOutlook) {
    self.init(
      rule: outlook.rule, phase: outlook.phase, language: outlook.language, channel: outlook.channel.rawValue, notice: outlook.notice,
      variant: outlook.variant, terms: outlook.terms)
  }
}
