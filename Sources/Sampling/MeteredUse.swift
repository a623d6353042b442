internal import Money

/// One made-up bill's use, and what follows from it.
struct MeteredUse {
  /// A charge by the unit beside the tariffs, for the list of prices.
  struct Charge {
    var name: [UInt8]
    /// In units of `10^-decimals`.
    var price: Int
    var decimals: Int
  }

  /// Of this month, the last of the history.
  var now = 0
  /// Of thirteen months, this one the last; fewer for a new customer. `nil` where a month was not read.
  var history: [Int?] = []
  var multiplier = 1
  var isEstimated = false
  /// By tariff, this month.
  var quantities: [Int] = []
  /// By tariff, the month before.
  var lastQuantities: [Int] = []
  /// Charges on the use, in the order they stand.
  var charges: [Charge] = []
  /// What stands on the bill whatever is used, in minor units.
  var fixed = 0
  /// Rates of the taxes with their decimals.
  var taxes: [(rate: Int, decimals: Int)] = []
  /// The new charges of the last bill and of the one a year ago, in minor units.
  var lastCharges = 0
  var lastYearCharges = 0

  /// The use of the month before; `nil` on a first bill.
  var last: Int? { history.count > 1 ? history[history.count - 2] : nil }
  /// The use a year ago.
  var lastYear: Int? { history.count == 13 ? history[0] : nil }

  /// `total` in whole parts of one or more in proportion to `weights`, which are positive; zeros where there is too little for that.
  static func parted(_ total: Int, _ weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    let least = total >= weights.count ? 1 : 0
    let rest = total - least * weights.count
    var (seen, given) = (0, 0)
    return weights.map { weight in
      seen += weight
      let upTo = Int(Int128(rest) * Int128(seen) / Int128(sum))
      defer { given = upTo }
      return upTo - given + least
    }
  }
}
