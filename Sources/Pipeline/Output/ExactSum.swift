internal import Money

/// A sum of any number of amounts, exact where ``Amount`` would overflow: a cycle's total in a currency of small units.
///
/// Holds a sum for each number of decimals; with 2^63 for the largest amount, 2^40 of them fit 128 bits.
struct ExactSum: Equatable {
  private var sums = [Int128](repeating: 0, count: Amount.maximumScale + 1)

  /// Adds an amount.
  mutating func add(_ amount: Amount) { sums[Int(amount.scale)] += Int128(amount.mantissa) }

  /// The plain decimal with at least `decimals` decimals and no needless zeros beyond.
  func description(decimals: Int) -> String {
    // Whole units and 10^-18 apart: neither can overflow.
    let one = Int128(1_000_000_000_000_000_000)
    var (whole, fraction): (Int128, Int128) = (0, 0)
    var unit: Int128 = 1
    for sum in sums {
      whole += sum / unit
      fraction += sum % unit * (one / unit)
      unit *= 10
    }
    whole += fraction / one
    fraction %= one
    // Both of one sign.
    if whole > 0, fraction < 0 { (whole, fraction) = (whole - 1, fraction + one) }
    if whole < 0, fraction > 0 { (whole, fraction) = (whole + 1, fraction - one) }
    let isNegative = whole < 0 || fraction < 0
    var digits = String(fraction.magnitude)
    digits = String(repeating: "0", count: Amount.maximumScale - digits.count) + digits
    while digits.count > decimals, digits.last == "0" { digits.removeLast() }
    return (isNegative ? "-" : "") + String(whole.magnitude) + (digits.isEmpty ? "" : "." + digits)
  }
}
