public import Dates

/// Where the campaign stands on a day.
public enum Phase: String, Sendable, CaseIterable, Comparable {
  case announce, remind, final, active

  private var rank: Int {
    switch self {
    case .announce: 0
    case .remind: 1
    case .final: 2
    case .active: 3
    }
  }

  /// By their order in time.
  public static func < (a: Phase, b: Phase) -> Bool { a.rank < b.rank }
}

/// The first day of each phase, rising.
public struct PhaseDates: Sendable, Hashable {
  /// The move is announced from this day on.
  public let announce: PlainDate
  /// Customers are reminded.
  public let remind: PlainDate
  /// The last reminder.
  public let final: PlainDate
  /// Paper stops on this day.
  public let active: PlainDate

  /// Makes the dates; `nil` unless each is later than the one before.
  public init?(announce: PlainDate, remind: PlainDate, final: PlainDate, active: PlainDate) {
    guard announce < remind, remind < final, final < active else { return nil }
    (self.announce, self.remind, self.final, self.active) = (announce, remind, final, active)
  }

  /// The first day of a phase.
  public subscript(phase: Phase) -> PlainDate {
    switch phase {
    case .announce: announce
    case .remind: remind
    case .final: final
    case .active: active
    }
  }

  /// The phase on a day; `nil` before the first. From ``active`` on it stays `active`.
  public func phase(on day: PlainDate) -> Phase? { Phase.allCases.last { self[$0] <= day } }
}
