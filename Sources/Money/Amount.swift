/// An exact decimal: `mantissa × 10^-scale`. Compares and hashes by value, so `1.50 == 1.5`.
///
/// Intermediate products use 128 bits; a result that does not fit 64 bits throws ``AmountError/overflow`` instead of rounding.
public struct Amount: Sendable {
  /// The digits with their sign.
  public let mantissa: Int64
  /// How many of the digits stand behind the decimal point, 0…18.
  public let scale: UInt8

  /// The most decimals an amount can have.
  ///
  /// - Stops: amounts of a thousand decimals, which no 64 bits hold.
  public static let maximumScale = 18

  /// Makes `mantissa × 10^-scale`. `scale` beyond ``maximumScale`` is a programming error.
  public init(mantissa: Int64, scale: Int = 0) {
    precondition((0...Amount.maximumScale).contains(scale), "scale out of range")
    self.mantissa = mantissa
    self.scale = UInt8(scale)
  }

  /// Nothing.
  public static let zero = Amount(mantissa: 0)
  /// One.
  public static let one = Amount(mantissa: 1)

  /// Reads `-?[0-9]+(\.[0-9]+)?` in ASCII, the only form of the bill record: no exponent, no plus, no bare point.
  ///
  /// - Throws: ``AmountError/malformed`` or ``AmountError/overflow`` (more than 18 significant decimals or 64 bits).
  public init(parsing bytes: some Collection<UInt8>) throws(AmountError) {
    var index = bytes.startIndex
    let negative = index != bytes.endIndex && bytes[index] == UInt8(ascii: "-")
    if negative { index = bytes.index(after: index) }
    var value: Int128 = 0
    var (digits, decimals, zeros) = (0, 0, 0)
    var inFraction = false
    while index != bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "."), !inFraction, digits > 0 {
        inFraction = true
        digits = 0
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits += 1
        // Trailing zeros of the fraction are held back: they add nothing and must not overflow.
        if inFraction, byte == UInt8(ascii: "0") {
          zeros += 1
        } else {
          for _ in 0..<(inFraction ? zeros + 1 : 1) {
            value *= 10
            if value > Int128(Int64.max) * 10 { throw .overflow }
          }
          if inFraction {
            decimals += zeros + 1
            zeros = 0
          }
          value += Int128(byte - UInt8(ascii: "0"))
        }
      } else {
        throw .malformed
      }
      index = bytes.index(after: index)
    }
    guard digits > 0 else { throw .malformed }
    guard decimals <= Amount.maximumScale else { throw .overflow }
    var scale = decimals
    // Written zeros are kept for display where they fit, so that 1.50 prints as it came.
    while zeros > 0, scale < Amount.maximumScale, value * 10 <= Int128(Int64.max) {
      value *= 10
      scale += 1
      zeros -= 1
    }
    guard let mantissa = Int64(exactly: negative ? -value : value) else { throw .overflow }
    self.mantissa = mantissa
    self.scale = UInt8(scale)
  }

  /// Reads a text like ``init(parsing:)``.
  ///
  /// - Throws: ``AmountError``, as that one does.
  public init(_ text: String) throws(AmountError) { try self.init(parsing: text.utf8) }

  /// The value without needless zeros at its end.
  public var normalized: Amount {
    var (mantissa, scale) = (mantissa, Int(scale))
    while scale > 0, mantissa % 10 == 0 {
      mantissa /= 10
      scale -= 1
    }
    return Amount(mantissa: mantissa, scale: scale)
  }

  /// How many decimals the value needs; trailing zeros do not count.
  public var decimals: Int { Int(normalized.scale) }
  /// Whether it is nothing.
  public var isZero: Bool { mantissa == 0 }
  /// Whether it is below zero.
  public var isNegative: Bool { mantissa < 0 }
  /// The sign: -1, 0 or 1.
  public var signum: Int { Int(mantissa.signum()) }

  static func powerOfTen(_ exponent: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  private init(wide value: Int128, scale: Int) throws(AmountError) {
    var (value, scale) = (value, scale)
    while scale > Amount.maximumScale || Int64(exactly: value) == nil, scale > 0, value % 10 == 0 {
      value /= 10
      scale -= 1
    }
    guard scale <= Amount.maximumScale, let mantissa = Int64(exactly: value) else { throw .overflow }
    self.init(mantissa: mantissa, scale: scale)
  }

  private static func aligned(_ a: Amount, _ b: Amount) -> (Int128, Int128, Int) {
    if a.scale == b.scale { return (Int128(a.mantissa), Int128(b.mantissa), Int(a.scale)) }
    let scale = max(a.scale, b.scale)
    return (
      Int128(a.mantissa) * powerOfTen(Int(scale - a.scale)), Int128(b.mantissa) * powerOfTen(Int(scale - b.scale)), Int(scale)
    )
  }

  /// The exact sum.
  ///
  /// - Throws: ``AmountError`` for a result out of range.
  public func adding(_ other: Amount) throws(AmountError) -> Amount {
    if scale == other.scale {
      let (sum, overflow) = mantissa.addingReportingOverflow(other.mantissa)
      if !overflow { return Amount(mantissa: sum, scale: Int(scale)) }
    }
    let (a, b, scale) = Amount.aligned(self, other)
    return try Amount(wide: a + b, scale: scale)
  }

  /// The exact difference.
  ///
  /// - Throws: ``AmountError`` for a result out of range.
  public func subtracting(_ other: Amount) throws(AmountError) -> Amount {
    let (a, b, scale) = Amount.aligned(self, other)
    return try Amount(wide: a - b, scale: scale)
  }

  /// The exact product.
  ///
  /// - Throws: ``AmountError`` for a result out of range.
  public func multiplied(by other: Amount) throws(AmountError) -> Amount {
    try Amount(wide: Int128(mantissa) * Int128(other.mantissa), scale: Int(scale) + Int(other.scale))
  }

  /// The quotient rounded to `decimals`.
  ///
  /// - Throws: ``AmountError`` for a division by zero and for a result out of range.
  public func divided(by other: Amount, decimals: Int, rule: RoundingRule) throws(AmountError) -> Amount {
    guard other.mantissa != 0 else { throw .divisionByZero }
    guard (0...Amount.maximumScale).contains(decimals) else { throw .overflow }
    // a/10^s ÷ b/10^t at d decimals = a·10^(t+d-s) ÷ b.
    let exponent = Int(other.scale) + decimals - Int(scale)
    var numerator = Int128(mantissa)
    var denominator = Int128(other.mantissa)
    if exponent >= 0 {
      let (product, overflow) = numerator.multipliedReportingOverflow(by: Amount.powerOfTen(exponent))
      if overflow { throw .overflow }
      numerator = product
    } else {
      let (product, overflow) = denominator.multipliedReportingOverflow(by: Amount.powerOfTen(-exponent))
      if overflow { throw .overflow }
      denominator = product
    }
    return try Amount(wide: rule.quotient(numerator, denominator), scale: decimals)
  }

  /// The value rounded to `decimals`; unchanged where it has no more than that.
  public func rounded(to decimals: Int, rule: RoundingRule) -> Amount {
    guard decimals < Int(scale) else { return self }
    let quotient = rule.quotient(Int128(mantissa), Amount.powerOfTen(Int(scale) - max(0, decimals)))
    return Amount(mantissa: Int64(quotient), scale: max(0, decimals))
  }

  /// The value with its sign turned.
  ///
  /// - Throws: ``AmountError`` for a result out of range.
  public func negated() throws(AmountError) -> Amount {
    guard mantissa != .min else { throw .overflow }
    return Amount(mantissa: -mantissa, scale: Int(scale))
  }

  /// The value without its sign.
  ///
  /// - Throws: ``AmountError`` for a result out of range.
  public func magnitude() throws(AmountError) -> Amount { isNegative ? try negated() : self }

  /// The nearest `Double`, for drawing only: charts need proportions, never sums.
  public var approximation: Double {
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(mantissa) / divisor
  }
}

extension Amount: Hashable, Comparable, CustomStringConvertible {
  /// Whether both have the same value, whatever their scales.
  public static func == (a: Amount, b: Amount) -> Bool {
    let (left, right, _) = aligned(a, b)
    return left == right
  }

  /// Whether `a` has the smaller value.
  public static func < (a: Amount, b: Amount) -> Bool {
    let (left, right, _) = aligned(a, b)
    return left < right
  }

  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    let value = normalized
    hasher.combine(value.mantissa)
    hasher.combine(value.scale)
  }

  /// The plain decimal with all its digits, such as `-1.50`.
  public var description: String {
    let digits = String(mantissa.magnitude)
    let sign = mantissa < 0 ? "-" : ""
    guard scale > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.count)) + digits
    return sign + padded.dropLast(Int(scale)) + "." + padded.suffix(Int(scale))
  }

  /// The plain decimal with at least `decimals` decimals.
  public func description(decimals: Int) -> String {
    let value = normalized
    guard value.scale < decimals else { return value.description }
    return value.description + (value.scale == 0 ? "." : "") + String(repeating: "0", count: decimals - Int(value.scale))
  }
}

/// Why an amount could not be made.
public enum AmountError: Error, Sendable, Equatable {
  /// Not of the form `-?[0-9]+(\.[0-9]+)?`.
  case malformed
  /// More digits than 64 bits or 18 decimals hold.
  case overflow
  /// A quotient with a divisor of zero.
  case divisionByZero
}
