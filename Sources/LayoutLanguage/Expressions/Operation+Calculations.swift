internal import Dates
internal import Money

extension Operation {
  /// The operations on figures and days beside plain arithmetic.
  func calculated(in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    switch self {
    case .asMoney(let operand):
      guard let value = try operand.value(in: environment).digits else { return .absent }
      return .amount(value.rounded(to: environment.currency.decimals, rule: .halfUp))
    case .days(let first, let last, let countsBoth):
      guard case .date(let from) = try first.value(in: environment), case .date(let to) = try last.value(in: environment) else {
        return .absent
      }
      let days = to.daysSinceEpoch - from.daysSinceEpoch
      return .number(Amount(mantissa: Int64(countsBoth ? days + (days < 0 ? -1 : 1) : days)))
    case .percentChange(let now, let before, let decimals):
      guard let value = try now.value(in: environment).digits, let earlier = try before.value(in: environment).digits, !earlier.isZero
      else { return .absent }
      do {
        let difference = try value.subtracting(earlier).multiplied(by: Amount(mantissa: 100))
        return .number(try difference.divided(by: try earlier.magnitude(), decimals: decimals, rule: .halfUp))
      } catch { throw .overflow }
    case .digits(let operand, let count):
      guard case .text(let text) = try operand.value(in: environment) else { return .absent }
      let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let count else { return .text(String(decoding: digits, as: UTF8.self)) }
      let kept = digits.suffix(count)
      return .text(String(repeating: "0", count: count - kept.count) + String(decoding: kept, as: UTF8.self))
    default: return .absent
    }
  }
}
