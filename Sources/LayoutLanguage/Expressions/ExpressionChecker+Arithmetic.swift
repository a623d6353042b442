internal import Dates
internal import Diagnostics
internal import Money

extension ExpressionChecker {
  /// Whether the part is a present number or amount; reports it if not.
  private func isNumeric(_ typed: Typed, for purpose: String) -> Bool {
    switch typed.type {
    case .number, .amount: return true
    case .unknown: return false
    case .optional(.number), .optional(.amount): reportOptional(typed)
    case .late: reportLate(typed)
    default: error(.wrongType, "'\(text(typed.range))' is \(typed.type.phrase); \(purpose) needs numbers or amounts", typed.range)
    }
    return false
  }

  func negate(_ operand: Typed, _ range: Range<Int>) -> Typed {
    guard isNumeric(operand, for: "a minus sign") else { return wrong(range) }
    if case .constant(.number(let number)) = operand.operation, let negated = try? number.negated() {
      return Typed(operation: .constant(.number(negated)), type: .number, range: range)
    }
    return Typed(operation: .negate(operand.operation), type: operand.type, range: range, divisor: operand.divisor)
  }

  func arithmetic(
    _ symbol: BinaryOperator, _ symbolRange: Range<Int>, _ left: Typed, _ right: Typed, _ range: Range<Int>
  ) -> Typed {
    let purpose = "'\(text(symbolRange))'"
    if symbolRange.count == 1, left.type == .text || right.type == .text, case .add = symbol {
      error(.wrongType, "'+' adds numbers; texts are put side by side, as in {a} {b}", range)
      return wrong(range)
    }
    let areNumeric = [isNumeric(left, for: purpose), isNumeric(right, for: purpose)]
    guard areNumeric[0], areNumeric[1] else { return wrong(range) }
    switch symbol {
    case .multiply:
      if left.type == .amount, right.type == .amount {
        error(.wrongType, "two amounts of money cannot be multiplied; one of them must be a number", range)
        return wrong(range)
      }
      if left.divisor != nil, right.divisor != nil {
        error(.unroundedDivision, "two divisions are multiplied; round one of them first", range)
        return wrong(range)
      }
      let type: ValueType = left.type == .amount || right.type == .amount ? .amount : .number
      return Typed(
        operation: fold(.multiply, left.operation, right.operation), type: type, range: range, divisor: left.divisor ?? right.divisor)
    case .divide:
      if right.divisor != nil {
        error(.unroundedDivision, "this division is not rounded yet; round it before dividing by it", right.range)
        return wrong(range)
      }
      if left.type == .number, right.type == .amount, !left.isNumberLiteral {
        error(.wrongType, "'\(text(left.range))' is a number and cannot be divided by an amount", range)
        return wrong(range)
      }
      if case .constant(.number(let number)) = right.operation, number.isZero {
        error(.wrongType, "this divides by zero", right.range)
        return wrong(range)
      }
      // Money by money is a plain ratio; the numerator decides what a quotient is at run time, so it is turned into a number.
      let isRatio = left.type == .amount && right.type == .amount
      let divisor = left.divisor.map { fold(.multiply, $0, right.operation) } ?? right.operation
      return Typed(
        operation: isRatio ? .ratioNumerator(left.operation) : left.operation, type: isRatio ? .number : left.type, range: range,
        divisor: divisor)
    case .add, .subtract:
      for side in [left, right] where side.divisor != nil {
        error(
          .unroundedDivision, "a division is rounded before anything is added to it", side.range,
          suggestion: "write (\(text(side.range)) | round(2))")
        return wrong(range)
      }
      guard let (a, b) = balanced(left, right) else {
        error(
          .wrongType,
          "'\(text(left.range))' is \(left.type.phrase) and '\(text(right.range))' is \(right.type.phrase); only alike things add up",
          range)
        return wrong(range)
      }
      var isAddition = false
      if case .add = symbol { isAddition = true }
      return Typed(operation: fold(isAddition ? .add : .subtract, a.operation, b.operation), type: a.type, range: range)
    default: return wrong(range)
    }
  }

  /// The two parts with one type: a number written out becomes money beside money. `nil` where they do not go together.
  func balanced(_ left: Typed, _ right: Typed) -> (Typed, Typed)? {
    if left.type.unwrapped == right.type.unwrapped { return (left, right) }
    if left.type.unwrapped.fits(right.type.unwrapped) { return (left, right) }
    if left.type.unwrapped == .amount, right.isNumberLiteral { return (left, money(right)) }
    if right.type.unwrapped == .amount, left.isNumberLiteral { return (money(left), right) }
    return nil
  }

  private func money(_ literal: Typed) -> Typed {
    guard case .constant(.number(let number)) = literal.operation else { return literal }
    return Typed(operation: .constant(.amount(number)), type: .amount, range: literal.range)
  }

  /// The operation, calculated now where both sides are written out.
  private func fold(_ symbol: ArithmeticOperator, _ left: Operation, _ right: Operation) -> Operation {
    guard case .constant(.number(let a)) = left, case .constant(.number(let b)) = right else { return .arithmetic(symbol, left, right) }
    let result: Amount? =
      switch symbol {
      case .add: try? a.adding(b)
      case .subtract: try? a.subtracting(b)
      case .multiply: try? a.multiplied(by: b)
      }
    return result.map { .constant(.number($0)) } ?? .arithmetic(symbol, left, right)
  }

  func compare(_ comparison: Comparison, _ left: Typed, _ right: Typed, _ range: Range<Int>) -> Typed {
    if left.type == .unknown || right.type == .unknown { return Typed(operation: .constant(.flag(false)), type: .flag, range: range) }
    for side in [left, right] {
      if side.type.isOptional {
        reportOptional(side)
        return wrong(range)
      }
      if side.type == .late {
        reportLate(side)
        return wrong(range)
      }
    }
    guard let (a, b) = comparable(left, right) else {
      error(
        .wrongType,
        "'\(text(left.range))' is \(left.type.phrase) and '\(text(right.range))' is \(right.type.phrase); only alike things compare",
        range)
      return wrong(range)
    }
    if a.type == .unknown || b.type == .unknown { return wrong(range) }
    switch a.type {
    case .text:
      checkWord(a, b)
      checkWord(b, a)
    case .flag where comparison.isOrdering: error(.wrongType, "a flag has no order; it equals (eq) or differs (ne)", range)
    case .list, .record: error(.wrongType, "\(a.type.phrase) cannot be compared", range)
    default: break
    }
    return Typed(operation: .comparison(comparison, a.operation, b.operation), type: .flag, range: range)
  }

  /// The two sides with one type; a text written out beside a date is read as a day.
  func comparable(_ left: Typed, _ right: Typed) -> (Typed, Typed)? {
    if let pair = balanced(left, right) { return pair }
    if left.type.unwrapped == .date, let date = date(right) { return (left, date) }
    if right.type.unwrapped == .date, let date = date(left) { return (date, right) }
    return nil
  }

  private func date(_ literal: Typed) -> Typed? {
    guard case .constant(.text(let text)) = literal.operation else { return nil }
    guard let date = PlainDate(text) else {
      error(.wrongType, "'\(text)' is not a day of the form '2027-03-01'", literal.range)
      return wrong(literal.range)
    }
    return Typed(operation: .constant(.date(date)), type: .date, range: literal.range)
  }

  /// Reports a word that a field with few words never has, such as `kind eq 'Credit'`.
  private func checkWord(_ field: Typed, _ literal: Typed) {
    guard let fact = field.fact, case .constant(.text(let word)) = literal.operation, let words = scope.words(of: fact) else { return }
    guard !words.contains(word) else { return }
    error(
      .wrongValue, "'\(text(field.range))' is never '\(word)'; it is \(words.map { "'\($0)'" }.joined(separator: ", "))", literal.range,
      suggestion: Suggestion.didYouMean(word, among: words))
  }
}
