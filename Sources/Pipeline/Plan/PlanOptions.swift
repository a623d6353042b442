public import Contract

/// What `campaign plan` and `ledger coverage` are asked.
public struct PlanOptions: Sendable {
  /// With the purpose ``JobOptions/Purpose/plan`` or ``JobOptions/Purpose/coverage``, and the campaign.
  public var job: JobOptions
  /// Files, folders, or `-`.
  public var data: [String]
  /// The campaign's dates.
  public var calendar: CampaignCalendar
  /// Whether the campaign sends postcards.
  public var sendsCards: Bool
  /// Whether it sends e-mails.
  public var sendsEmails: Bool
  /// What each customer must have had by mail before paper stops; `nil` where the campaign does not say.
  public var coverage: Coverage?
  /// How many workers at most.
  public var jobs: Int
  /// Bounds of each.
  public var limits: WorkerLimits
  /// For tests only.
  public var faults: [TestFault]

  /// What a campaign asks for.
  public struct Coverage: Sendable, Hashable {
    /// Bills with a notice.
    public var bills: Int
    /// Postcards.
    public var postcards: Int

    /// Asks for so many.
    public init(bills: Int, postcards: Int = 0) { (self.bills, self.postcards) = (bills, postcards) }
  }

  /// Asks.
  public init(
    _ job: JobOptions, data: [String], calendar: CampaignCalendar, sendsCards: Bool = false, sendsEmails: Bool = false,
    coverage: Coverage?,
    jobs: Int = RenderOptions.defaultJobs,
    limits: WorkerLimits = WorkerLimits(), faults: [TestFault] = []
  ) {
    (self.job, self.data, self.calendar, self.coverage) = (job, data, calendar, coverage)
    (self.sendsCards, self.sendsEmails) = (sendsCards, sendsEmails)
    (self.jobs, self.limits, self.faults) = (jobs, limits, faults)
  }
}
