public import Dates

/// How often bills are made.
public enum Cadence: Sendable, Hashable {
  /// On the same day of each month, or the last of one that is shorter.
  case monthly
  /// Every so many weeks: 1…52.
  case weeks(Int)

  /// The days of the cycles between two days, neither of them included, counted from the first.
  ///
  /// - Parameter limit: So many at most are given.
  public func days(after start: PlainDate, before end: PlainDate, limit: Int) -> [PlainDate] {
    var days: [PlainDate] = []
    for number in 1...max(1, limit) {
      guard let day = day(number, after: start), day < end, days.count < limit else { break }
      days.append(day)
    }
    return days
  }

  /// `nil` where the calendar ends.
  private func day(_ number: Int, after start: PlainDate) -> PlainDate? {
    switch self {
    case .weeks(let weeks): return start.adding(days: 7 * weeks * number)
    case .monthly:
      let months = start.month - 1 + number
      let (year, month) = (start.year + months / 12, months % 12 + 1)
      return PlainDate(year: year, month: month, day: min(start.day, PlainDate.days(in: month, of: year)))
    }
  }
}

extension Campaign {
  /// The days of the cycles that follow one and lie before the active date; `nil` where the campaign does not say how often bills are made,
  /// and there may be some.
  ///
  /// - Parameter limit: So many at most are given.
  public func cyclesToCome(after day: PlainDate, limit: Int) -> [PlainDate]? {
    if day >= phases.active { return [] }
    return cycles?.days(after: day, before: phases.active, limit: limit)
  }
}
