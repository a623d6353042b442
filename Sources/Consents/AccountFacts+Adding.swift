public import Dates

extension AccountFacts {
  /// Adds bills with a notice that are taken to be mailed on a day. Complexity: O(n).
  public mutating func add(_ notices: Int, on day: PlainDate) {
    guard notices > 0 else { return }
    if let index = mailings.firstIndex(where: { $0.date >= day }) {
      if mailings[index].date == day {
        mailings[index].notices += notices
      } else {
        mailings.insert(Mailing(day, notices: notices), at: index)
      }
    } else {
      mailings.append(Mailing(day, notices: notices))
    }
  }
}
