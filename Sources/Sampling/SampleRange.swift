internal import Money

/// A range of decimals, `0.11..0.17`, or one value.
struct SampleRange: Sendable {
  /// The bounds in units of `10^-decimals`.
  let bounds: ClosedRange<Int>
  let decimals: Int

  /// The largest value of a range: with what a line may come to it keeps every sum of a bill within 64 bits.
  ///
  /// - Stops: a price range whose sums overflow.
  static let largest = 10_000_000
  /// The most decimals of a range: with the largest value they keep every sum of a bill within 64 bits.
  ///
  /// - Stops: the same by its decimals.
  static let mostDecimals = 6

  /// Reads a range; `nil` where it is none, or too wide to reckon with.
  init?(_ text: String) {
    let parts: [Substring]
    if let dots = text.firstRange(of: "..") {
      parts = [text[..<dots.lowerBound], text[dots.upperBound...]]
    } else {
      parts = [text[...], text[...]]
    }
    let amounts = parts.compactMap { part -> Amount? in
      try? Amount(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }
    guard amounts.count == 2 else { return nil }
    let decimals = amounts.map { Int($0.scale) }.max() ?? 0
    let largest = Amount(mantissa: Int64(SampleRange.largest))
    guard decimals <= SampleRange.mostDecimals, amounts[0] <= amounts[1],
      amounts.allSatisfy({ $0 <= largest && $0 >= Amount(mantissa: -largest.mantissa) })
    else { return nil }
    let values = amounts.map { amount in (Int(amount.scale)..<decimals).reduce(Int(amount.mantissa)) { value, _ in value * 10 } }
    bounds = values[0]...values[1]
    self.decimals = decimals
  }

  /// The largest value without its sign, rounded up.
  var magnitude: Int {
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    return (max(abs(bounds.lowerBound), abs(bounds.upperBound)) + power - 1) / power
  }

  func pick(_ random: inout SampleRandom) -> Int { random.inside(bounds) }
}
