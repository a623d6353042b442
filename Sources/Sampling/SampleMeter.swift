internal import Dates

/// What makes made-up bills those of a metered service: their lines, readings, history and the bill before come of one month's use.
struct SampleMeter: Sendable {
  /// On which days a tariff holds.
  enum Days: String, Sendable, CaseIterable {
    case any, weekdays, weekends
  }

  /// One price, now and on the last bill.
  struct Tariff: Sendable {
    let days: Days
    /// Of what is used on such a day.
    let share: Int
    /// One value, as a range.
    let price: SampleRange
    /// One value.
    let lastPrice: SampleRange

    /// Whether the price is another than on the last bill.
    var isChanged: Bool {
      let places = max(price.decimals, lastPrice.decimals)
      func units(_ range: SampleRange) -> Int { (range.decimals..<places).reduce(range.bounds.lowerBound) { value, _ in value * 10 } }
      return units(price) != units(lastPrice)
    }
  }

  /// What a language calls a tariff.
  struct Words: Sendable {
    let name: [UInt8]
    /// Parts of a day, for bills with more lines than days and tariffs.
    let blocks: [[UInt8]]
  }

  let number: SamplePattern
  /// Of what is used, such as kWh.
  let unit: [UInt8]
  /// Of the register.
  let digits: Int
  /// Of organisations' meters.
  let multiplier: Int
  /// Estimated readings in a hundred.
  let estimated: Int
  /// Days from one reading to the next.
  let next: Int
  /// Month × 100 + day of days that count as weekends.
  let holidays: Set<Int>
  let tariffs: [Tariff]

  /// Whether a tariff holds on a day.
  func holds(_ tariff: Int, on day: PlainDate) -> Bool {
    // 1970-01-01 was a Thursday: counted from Monday, day 3.
    let weekday = ((day.daysSinceEpoch + 3) % 7 + 7) % 7
    let isFree = weekday > 4 || holidays.contains(day.month * 100 + day.day)
    return switch tariffs[tariff].days {
    case .any: true
    case .weekdays: !isFree
    case .weekends: isFree
    }
  }
}

/// Where energy lines can stand in a period: each a day and what holds on it.
struct SampleCalendar: Sendable {
  /// A line's place.
  struct Spot: Sendable {
    /// Index of the day in the period; `nil` for a total of the month.
    var day: Int?
    var tariff: Int
    /// Index of the part of the day.
    var block: Int?
  }

  /// Totals of the month: the tariffs that hold on some day of the period.
  private(set) var totals: [Spot] = []
  /// One a day.
  private(set) var days: [Spot] = []
  /// One for each day and tariff.
  private(set) var daysAndTariffs: [Spot] = []
  /// One for each day and part of a day.
  private(set) var blocks: [Spot] = []

  /// - Parameter blockCounts: How many parts of a day each tariff has.
  init(_ meter: SampleMeter, from: PlainDate, days count: Int, blockCounts: [Int]) {
    for tariff in meter.tariffs.indices {
      let holds = (0..<count).contains { day in from.adding(days: day).map { meter.holds(tariff, on: $0) } ?? false }
      if holds { totals.append(Spot(tariff: tariff)) }
    }
    for day in 0..<count {
      guard let date = from.adding(days: day) else { continue }
      let held = meter.tariffs.indices.filter { meter.holds($0, on: date) }
      if held.isEmpty { continue }
      days.append(Spot(day: day, tariff: held[day % held.count]))
      for tariff in held {
        daysAndTariffs.append(Spot(day: day, tariff: tariff))
        for block in 0..<blockCounts[tariff] { blocks.append(Spot(day: day, tariff: tariff, block: block)) }
      }
    }
  }

  /// Places for `count` lines, in the order of days: totals, days, tariffs of days or parts of days, whichever has enough of them.
  func spots(_ count: Int) -> [Spot] {
    if count <= totals.count { return Array(totals.suffix(count)) }
    let all = [days, daysAndTariffs, blocks].first { $0.count >= count } ?? (blocks.count > daysAndTariffs.count ? blocks : daysAndTariffs)
    guard !all.isEmpty else { return [] }
    // A bill with more lines than there are places has some of them twice.
    return (0..<count).map { all[$0 * all.count / count] }
  }
}
