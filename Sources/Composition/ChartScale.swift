internal import Money

/// The round values by which heights are read in a chart.
enum ChartScale {
  /// Zero and the multiples of 1, 2 or 5 times a power of ten between the two bounds, `lines` of them at most on the longer side, in
  /// rising order; none where there is nothing to measure.
  static func values(from least: Double, to greatest: Double, lines: Int) -> [Amount] {
    let reach = max(greatest, -least)
    guard lines > 0, reach > 0, reach.isFinite, reach < 1e15 else { return [] }
    // From a step that is surely too small, so that it is the first with few enough lines.
    var exponent = -6
    var steps: [(mantissa: Int64, exponent: Int)] = []
    while exponent <= 15 {
      for mantissa: Int64 in [1, 2, 5] { steps.append((mantissa, exponent)) }
      exponent += 1
    }
    for step in steps {
      let size = value(step.mantissa, step.exponent).approximation
      guard (reach / size + 1e-9).rounded(.down) <= Double(lines) else { continue }
      let up = Int64((max(0, greatest) / size + 1e-9).rounded(.down))
      let down = Int64((max(0, -least) / size + 1e-9).rounded(.down))
      return (-down...up).map { value($0 * step.mantissa, step.exponent) }
    }
    return []
  }

  private static func value(_ mantissa: Int64, _ exponent: Int) -> Amount {
    guard exponent > 0 else { return Amount(mantissa: mantissa, scale: -exponent).normalized }
    var power: Int64 = 1
    for _ in 0..<exponent { power *= 10 }
    return Amount(mantissa: mantissa * power)
  }
}
