internal import Dates
internal import Diagnostics
internal import Money

extension Operation {
  /// What it gives. Absence goes through every operation but ``fallback(_:_:)`` and the truth of conditions.
  func value(in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    switch self {
    case .constant(let constant):
      switch constant {
      case .text(let text): return .text(text)
      case .number(let number): return .number(number)
      case .amount(let amount): return .amount(amount)
      case .flag(let flag): return .flag(flag)
      case .date(let date): return .date(date)
      }
    case .bill: return .record(environment.bill)
    case .campaign: return environment.campaign
    case .local(let slot): return environment.locals[slot]
    case .sum(let column): return column < environment.sums.count ? environment.sums[column] : .amount(.zero)
    case .member(let base, let slot):
      if case .bill = base { return environment.bill.value(at: slot) }
      guard case .record(let record) = try base.value(in: environment) else { return .absent }
      return record.value(at: slot)
    case .string, .printed, .money, .number, .percent, .date, .letters, .group, .iban, .code, .join, .plural:
      return try formatted(in: environment)
    case .characters(let operand):
      guard case .text(let text) = try operand.value(in: environment) else { return .absent }
      return .number(Amount(mantissa: Int64(text.count)))
    case .range: return try formatted(in: environment)
    case .negate(let operand):
      return try operand.value(in: environment).mapped { (value) throws(AmountError) in try value.negated() }
    case .arithmetic(let symbol, let left, let right):
      return try Operation.calculate(symbol, try left.value(in: environment), try right.value(in: environment))
    case .ratioNumerator(let operand): return try operand.value(in: environment).digits.map { .number($0) } ?? .absent
    case .quotient(let numerator, let denominator, let decimals, let rule):
      guard let divisor = try denominator.value(in: environment).digits else { return .absent }
      return try numerator.value(in: environment).mapped { (value) throws(AmountError) in
        try value.divided(by: divisor, decimals: decimals, rule: rule)
      }
    case .comparison(let comparison, let left, let right):
      let (a, b) = (try left.value(in: environment), try right.value(in: environment))
      return .flag(comparison.holds(a, b))
    case .not(let operand): return .flag(!(try operand.value(in: environment).isTrue))
    case .and(let left, let right):
      return .flag(try left.value(in: environment).isTrue ? try right.value(in: environment).isTrue : false)
    case .or(let left, let right):
      return .flag(try left.value(in: environment).isTrue ? true : try right.value(in: environment).isTrue)
    case .fallback(let first, let second):
      let value = try first.value(in: environment)
      return value.isAbsent ? try second.value(in: environment) : value
    case .round(let operand, let decimals, let rule):
      return try operand.value(in: environment).mapped { $0.rounded(to: decimals, rule: rule) }
    case .magnitude(let operand):
      return try operand.value(in: environment).mapped { (value) throws(AmountError) in try value.magnitude() }
    case .lesser(let left, let right):
      return Operation.pick(.lt, try left.value(in: environment), try right.value(in: environment))
    case .greater(let left, let right):
      return Operation.pick(.gt, try left.value(in: environment), try right.value(in: environment))
    case .address(let operand, let slots, let sender, let isFull):
      return try Operation.addressLines(operand, slots, from: sender, isFull: isFull, in: environment)
    case .asMoney, .days, .percentChange, .digits: return try calculated(in: environment)
    case .scanPart, .scanLine: return try scanned(in: environment)
    case .productSum, .count, .total, .least, .greatest, .first, .last, .element, .tail, .sort, .matching:
      return try listValue(in: environment)
    }
  }

  private static func calculate(_ symbol: ArithmeticOperator, _ left: Value, _ right: Value) throws(EvaluationFault) -> Value {
    guard let a = left.digits, let b = right.digits else { return .absent }
    var isMoney = false
    if case .amount = left { isMoney = true }
    if case .amount = right { isMoney = true }
    let result: Amount
    do {
      switch symbol {
      case .add: result = try a.adding(b)
      case .subtract: result = try a.subtracting(b)
      case .multiply: result = try a.multiplied(by: b)
      }
    } catch { throw .overflow }
    return isMoney ? .amount(result) : .number(result)
  }

  private static func pick(_ comparison: Comparison, _ left: Value, _ right: Value) -> Value {
    if left.isAbsent { return left }
    return comparison.holds(right, left) ? right : left
  }

  /// Whether it is the same for all bills of one language.
  var isConstant: Bool {
    switch self {
    case .constant: true
    case .string(let use): use.isConstant
    default: false
    }
  }
}

extension Value {
  /// The number or amount.
  var digits: Amount? {
    switch self {
    case .number(let value), .amount(let value): value
    default: nil
    }
  }

  /// The number or amount changed; anything else is absent.
  func mapped(_ change: (Amount) throws(AmountError) -> Amount) throws(EvaluationFault) -> Value {
    do {
      switch self {
      case .number(let value): return .number(try change(value))
      case .amount(let value): return .amount(try change(value))
      default: return .absent
      }
    } catch {
      throw error == .divisionByZero ? .divisionByZero : .overflow
    }
  }

  /// A field of a record, or the value itself where no field is named.
  func field(_ slot: Int?) -> Value {
    guard let slot else { return self }
    if case .record(let record) = self { return record.value(at: slot) }
    return .absent
  }
}

extension Comparison {
  /// Whether the two compare so. Absent equals only absent and has no order. Texts compare by their bytes.
  func holds(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.text(let a), .text(let b)):
      switch self {
      case .eq: return a.utf8.elementsEqual(b.utf8)
      case .ne: return !a.utf8.elementsEqual(b.utf8)
      default: return holds(a.utf8.lexicographicallyPrecedes(b.utf8), b.utf8.lexicographicallyPrecedes(a.utf8))
      }
    case (.date(let a), .date(let b)): return holds(a < b, b < a)
    case (.flag(let a), .flag(let b)): return self == .eq ? a == b : self == .ne ? a != b : false
    case (.absent, .absent): return self == .eq
    default:
      if let a = a.digits, let b = b.digits { return holds(a < b, b < a) }
      return self == .ne
    }
  }

  private func holds(_ isLess: Bool, _ isGreater: Bool) -> Bool {
    switch self {
    case .lt: isLess
    case .le: !isGreater
    case .gt: isGreater
    case .ge: !isLess
    case .eq: !isLess && !isGreater
    case .ne: isLess || isGreater
    }
  }
}
