/// How a value between two representable ones is rounded.
public enum RoundingRule: String, Sendable, CaseIterable {
  /// To the nearest, halves away from zero: what invoices and EN 16931 use.
  case halfUp = "half-up"
  /// To the nearest, halves to the even neighbour (IEEE 754 default).
  case halfEven = "half-even"
  /// Towards zero.
  case down
  /// Away from zero.
  case up

  /// The rounded integer quotient. `denominator` is not zero.
  func quotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    guard remainder != 0 else { return quotient }
    let direction: Int128 = (numerator < 0) == (denominator < 0) ? 1 : -1
    let left = denominator.magnitude - remainder.magnitude
    let away: Bool =
      switch self {
      case .down: false
      case .up: true
      case .halfUp: remainder.magnitude >= left
      case .halfEven: remainder.magnitude > left || (remainder.magnitude == left && quotient % 2 != 0)
      }
    return away ? quotient + direction : quotient
  }
}
