public import Dates

/// The days of a campaign that a plan shows.
public struct CampaignCalendar: Sendable {
  /// What happens on a day of the timeline; days of one date stand in this order.
  public enum Event: String, Sendable, CaseIterable {
    case announce, remind, final, active
    case keepBy = "keep-by"
    case terms
    case plan, cycle

    /// Whether it is the first day of a phase.
    public var isPhase: Bool { [.announce, .remind, .final, .active].contains(self) }

    fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// A day of the timeline.
  public struct Day: Sendable, Hashable {
    /// The day.
    public var date: PlainDate
    /// What happens on it.
    public var event: Event

    /// Makes a day.
    public init(_ event: Event, _ date: PlainDate) { (self.event, self.date) = (event, date) }
  }

  /// The campaign's id.
  public var campaign: String
  /// The first days of its phases, and what else the campaign says.
  public var days: [Day]
  /// Paper stops.
  public var active: PlainDate
  /// The days of the cycles between a day and the active date; `nil` where the campaign does not say how often bills are made.
  public var cycles: @Sendable (PlainDate) -> [PlainDate]?

  /// Makes a calendar.
  public init(campaign: String, days: [Day], active: PlainDate, cycles: @escaping @Sendable (PlainDate) -> [PlainDate]?) {
    (self.campaign, self.days, self.active, self.cycles) = (campaign, days, active, cycles)
  }

  /// The phase on a day; `nil` before the first.
  public func phase(on day: PlainDate) -> Event? {
    days.filter { $0.event.isPhase && $0.date <= day }.max { $0.date < $1.date }?.event
  }

  /// The days with that of a plan and the cycles to come, in their order.
  public func timeline(asOf day: PlainDate, cycles: [PlainDate]) -> [Day] {
    (days + [Day(.plan, day)] + cycles.map { Day(.cycle, $0) }).sorted {
      $0.date == $1.date ? $0.event.rank < $1.event.rank : $0.date < $1.date
    }
  }
}
