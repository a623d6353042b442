internal import Billing
package import Contract
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
  ///   - ledger: That of the options.
  ///   - tell: Gets the plan, and what gives each customer who will have had too few notices, by the accounts' bytes.
  /// - Returns: `found` where there are such customers, else `success`; how the process must end instead.
  package func run(
    _ prepared: PreparedRun, ledger: LedgerInput?,
    tell: (CampaignPlan, _ customers: ((CampaignPlan.Customer) throws -> Void) throws -> Void) throws -> Void
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
      (plan.hasLedger, plan.hasLayout) = (ledger != nil, options.job.hasLayout)
      let none = CampaignPlan.Messages(toCome: Array(repeating: 0, count: plan.cycles?.count ?? 0))
      (plan.cards, plan.emails) = (options.sendsCards ? none : nil, options.sendsEmails ? none : nil)
      if options.coverage == nil { plan.missing.append(.coverage) }
      if plan.cycles == nil { plan.missing.append(.cycles) }
      let book = try PlanBook(db)
      try ledger?.readWhole {
        try book.read($0, campaign: calendar.campaign, asOf: day, active: calendar.active, exceptOwnCycle: true, signals: data.signals)
      }
      var job = options.job
      job.asOf = day
      var (counts, cards, emails): ([CampaignPlan.Kind: Int], CampaignPlan.Messages?, CampaignPlan.Messages?)
      (counts, cards, emails) = ([:], plan.cards, plan.emails)
      plan.data = try data.askAll(WorkerJob(options: job, payload: prepared.payload), book, facts.tally, groups) {
        outlook, identity, isMade in
        if isMade { counts[CampaignPlan.Kind(outlook), default: 0] += 1 }
        if isMade, let rule = outlook.card { cards?.rules[rule, default: 0] += 1 }
        if isMade, let rule = outlook.email { emails?.rules[rule, default: 0] += 1 }
        guard let identity else { return }
        let isInTime = isMade && day < calendar.active
        try book.add(
          outlook, of: identity, isMailed: isInTime && outlook.isNotice, sendsCard: isInTime && outlook.card != nil,
          sendsEmail: isMade && outlook.email != nil)
        guard try book.account(identity).bills == 1 else { return }
        for place in outlook.comingCards { cards?.toCome[place] += 1 }
        for place in outlook.comingEmails { emails?.toCome[place] += 1 }
      }
      (plan.counts, plan.cards, plan.emails) = (counts, cards, emails)
      if try !plan.missing.contains(.cycles) && book.hasShared { try lookAhead(job, prepared, data, book, &plan) }
      groups.tell()
      guard let asked = options.coverage, plan.missing.isEmpty else {
        try tell(plan) { _ in }
        return .success
      }
      let demand = PlanBook.Demand(asked: asked, countsPlans: true)
      let tally = try book.tally(demand)
      plan.coverage = CampaignPlan.Coverage(
        bills: asked.bills, postcards: asked.postcards, customers: tally.customers, short: tally.short, lacking: tally.lacking)
      try tell(plan) { each in
        try book.forEachShort(of: demand) { customer in
          let (bills, cards) = (customer.bills, customer.cards)
          var told = CampaignPlan.Customer(
            account: customer.account, name: customer.name, mailed: bills.mailed, planned: bills.planned, coming: bills.coming)
          told.cards = CampaignPlan.Customer.Cards(mailed: cards.mailed, planned: cards.planned, coming: cards.coming)
          try each(told)
        }
      }
      return tally.short > 0 ? .found : .success
    }
  }

  /// The cycles to come, of accounts with several bills: what one of them brings counts for the others behind it.
  private func lookAhead(_ job: JobOptions, _ prepared: PreparedRun, _ data: PlanData, _ book: PlanBook, _ plan: inout CampaignPlan) throws
  {
    var (cards, emails) = (plan.cards, plan.emails)
    defer { (plan.cards, plan.emails) = (cards, emails) }
    try book.endCycle(plan.day)
    for (index, cycle) in (plan.cycles ?? []).enumerated() {
      var later = job
      (later.purpose, later.asOf) = (.forecast, cycle)
      try data.ask(WorkerJob(options: later, payload: prepared.payload)) { identity, place in
        guard let identity else { return .leave }
        let account = try book.account(identity)
        guard account.bills > 1, try data.duplicate(at: place, identity) == nil else { return .leave }
        return .ask(facts: account.facts, isFirst: account.isFirst(place))
      } settle: { record, verdict in
        // What is wrong with a record was told in its own cycle.
        guard case .bill(let outlook, let faults) = verdict, !faults.contains(where: { $0.kind == .bill }), let identity = record.identity
        else { return }
        guard outlook.isNotice || outlook.card != nil || outlook.email != nil else { return }
        try book.addComing(outlook, of: identity)
        if outlook.card != nil { cards?.toCome[index] += 1 }
        if outlook.email != nil { emails?.toCome[index] += 1 }
      }
      try book.endCycle(cycle)
    }
  }
}

extension CampaignPlan.Kind {
  init(_ outlook: BillOutlook) {
    self.init(
      rule: outlook.rule, phase: outlook.phase, language: outlook.language, channel: outlook.channel.rawValue, notice: outlook.notice,
      variant: outlook.variant, terms: outlook.terms)
  }
}
