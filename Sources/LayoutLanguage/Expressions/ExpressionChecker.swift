internal import Dates
internal import Diagnostics
internal import Money

/// Gives every part of an expression its type and turns names into slots.
///
/// What is wrong is reported once; the part then has the type ``ValueType/unknown``, which goes with everything.
struct ExpressionChecker {
  /// A checked part.
  struct Typed {
    var operation: Operation
    var type: ValueType
    var range: Range<Int>
    /// The path it is, for narrowing.
    var fact: Scope.Fact?
    /// The path in the record's own names, for the source map.
    var path: PlainPath?
    /// Set for a division: the value is `operation / divisor`, not yet rounded.
    var divisor: Operation?
    var late: LateName?
    /// The part that may be absent, where that is not the whole: what stands before filters.
    var absentRange: Range<Int>?

    /// Whether it is a number written out, which may also stand for money.
    var isNumberLiteral: Bool { if case .constant(.number) = operation { true } else { false } }
  }

  let source: SourceText
  let scope: Scope
  let findings: Findings

  /// The words of a part, for messages.
  func text(_ range: Range<Int>) -> String { String(decoding: source.bytes[range], as: UTF8.self) }

  func error(_ finding: LanguageFinding, _ message: String, _ range: Range<Int>, suggestion: String? = nil) {
    findings.error(finding, message, at: source.range(range), suggestion: suggestion)
  }

  /// A part already reported as wrong.
  func wrong(_ range: Range<Int>) -> Typed { Typed(operation: .constant(.text("")), type: .unknown, range: range) }

  // MARK: Whole expressions

  /// An expression whose value is used, optional or not.
  func value(_ syntax: Syntax) -> Typed {
    let typed = check(syntax)
    if typed.divisor != nil {
      error(
        .unroundedDivision, "a division seldom comes out even: say to how many decimals it is rounded", typed.range,
        suggestion: "write (\(text(typed.range))) | round(2)")
      return wrong(typed.range)
    }
    return typed
  }

  /// An expression that must give something on every bill.
  func present(_ syntax: Syntax) -> Typed {
    let typed = value(syntax)
    guard typed.type.isOptional else { return typed }
    reportOptional(typed)
    return wrong(typed.range)
  }

  func reportOptional(_ typed: Typed) {
    let range = typed.absentRange ?? typed.range
    error(
      .optionalValue, "'\(text(range))' may be absent; say what to do without it", range,
      suggestion: "add | default('…') or put an 'if' round it")
  }

  /// Makes the finished expression.
  func expression(_ typed: Typed) -> Expression {
    Expression(range: source.range(typed.range), type: typed.type, operation: typed.operation, plainPath: typed.path)
  }

  // MARK: Conditions

  /// A checked condition and what is known where it holds and where it does not.
  struct Condition {
    var operation: Operation
    var whenTrue: [Scope.Fact] = []
    var whenFalse: [Scope.Fact] = []
  }

  /// A condition: a flag, or something that may be absent or empty.
  func condition(_ syntax: Syntax) -> Condition {
    switch syntax.kind {
    case .not(let operand):
      let inner = condition(operand)
      return Condition(operation: .not(inner.operation), whenTrue: inner.whenFalse, whenFalse: inner.whenTrue)
    case .binary(.and, _, let left, let right):
      let first = condition(left)
      let second = scope.nested {
        scope.learn(first.whenTrue)
        return condition(right)
      }
      return Condition(
        operation: .and(first.operation, second.operation), whenTrue: first.whenTrue + second.whenTrue,
        whenFalse: first.whenFalse.filter { second.whenFalse.contains($0) })
    case .binary(.or, _, let left, let right):
      let first = condition(left)
      let second = scope.nested {
        scope.learn(first.whenFalse)
        return condition(right)
      }
      return Condition(
        operation: .or(first.operation, second.operation), whenTrue: first.whenTrue.filter { second.whenTrue.contains($0) },
        whenFalse: first.whenFalse + second.whenFalse)
    default:
      let typed = value(syntax)
      switch typed.type {
      case .flag, .text, .list, .unknown: break
      case .optional: return Condition(operation: typed.operation, whenTrue: typed.fact.map { [$0] } ?? [])
      case .number, .amount:
        error(
          .wrongType, "'\(text(typed.range))' is \(typed.type.phrase); a condition compares it", typed.range,
          suggestion: "write \(text(typed.range)) ne 0")
      case .date, .record:
        error(
          .wrongType, "'\(text(typed.range))' is \(typed.type.phrase) and always there; a condition needs a flag or a comparison",
          typed.range)
      case .late: reportLate(typed)
      }
      return Condition(operation: typed.operation)
    }
  }

  func reportLate(_ typed: Typed) {
    error(.lateValue, "'\(text(typed.range))' is only known when all pages are laid out: it can be printed, not used", typed.range)
  }

  // MARK: Parts

  func check(_ syntax: Syntax) -> Typed {
    let range = syntax.range
    switch syntax.kind {
    case .number(let number): return Typed(operation: .constant(.number(number)), type: .number, range: range)
    case .text(let text): return Typed(operation: .constant(.text(text)), type: .text, range: range)
    case .flag(let flag): return Typed(operation: .constant(.flag(flag)), type: .flag, range: range)
    case .name(let name): return self.name(name, range)
    case .member(let base, let name, let nameRange): return member(base, name, nameRange, range)
    case .negate(let operand): return negate(check(operand), range)
    case .not, .binary(.and, _, _, _), .binary(.or, _, _, _):
      return Typed(operation: condition(syntax).operation, type: .flag, range: range)
    case .binary(.compare(let comparison), _, let left, let right): return compare(comparison, value(left), value(right), range)
    case .binary(let symbol, let symbolRange, let left, let right): return arithmetic(symbol, symbolRange, check(left), check(right), range)
    case .filter(let input, let call): return filter(input, call, range)
    }
  }

  private func name(_ name: String, _ range: Range<Int>) -> Typed {
    if let local = scope.local(named: name) {
      if let constant = local.constant { return Typed(operation: constant, type: local.type, range: range) }
      let fact = Scope.Fact(root: .local(local.identity), slots: [])
      let type = scope.knows(fact) ? local.type.unwrapped : local.type
      return Typed(
        operation: .local(local.slot), type: type, range: range, fact: fact, path: PlainPath(root: .local(local.slot), names: []))
    }
    if let slot = scope.schema.slot(of: name) {
      let fact = Scope.Fact(root: .bill, slots: [slot])
      let type = scope.schema.fields[slot].type
      return Typed(
        operation: .member(.bill, slot), type: scope.knows(fact) ? type.unwrapped : type, range: range, fact: fact,
        path: PlainPath(root: .bill, names: [name]))
    }
    if name == "campaign" {
      let type = ValueType.record(BillSchema.campaign)
      return Typed(
        operation: .campaign, type: scope.hasCampaign ? type : type.wrapped, range: range, fact: Scope.Fact(root: .campaign, slots: []))
    }
    if let late = LateName(rawValue: name) { return Typed(operation: .constant(.text("")), type: .late, range: range, late: late) }
    if name == "t" {
      error(.unknownName, "'t' is not a value; a string is written 't.key'", range)
    } else if name == "sum" {
      error(.unknownName, "'sum' is not a value; a column's sum is written 'sum.column'", range)
    } else {
      let known = scope.localNames + scope.schema.fields.map(\.name) + ["t", "campaign", "sum"] + LateName.allCases.map(\.rawValue)
      // Every other name is near to one of a letter or two.
      var suggestion = name.utf8.count > 2 ? Suggestion.didYouMean(name, among: known) : nil
      if suggestion == nil, let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")), known.contains(String(name[..<dash])) {
        suggestion = "a minus needs white space on both sides"
      }
      if suggestion == nil, scope.schema.slot(of: "extra").map({ isField(name, of: scope.schema.fields[$0].type) }) == true {
        suggestion = "did you mean 'extra.\(name)'?"
      }
      error(.unknownName, "there is no '\(name)' here", range, suggestion: suggestion)
    }
    return wrong(range)
  }

  private func isField(_ name: String, of type: ValueType) -> Bool {
    if case .record(let record) = type.unwrapped { record.slot(of: name) != nil } else { false }
  }

  private func member(_ base: Syntax, _ name: String, _ nameRange: Range<Int>, _ range: Range<Int>) -> Typed {
    if case .name(let root) = base.kind, scope.local(named: root) == nil {
      if root == "t" { return string(name, nameRange, range) }
      if root == "sum" { return sum(name, nameRange, range) }
    }
    let typed = check(base)
    switch typed.type.unwrapped {
    case .unknown: return wrong(range)
    case .record(let record):
      guard let slot = record.slot(of: name) else {
        var suggestion = Suggestion.didYouMean(name, among: record.fields.map(\.name))
        if suggestion == nil, let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")), record.slot(of: String(name[..<dash])) != nil {
          suggestion = "a minus needs white space on both sides"
        }
        if suggestion == nil, record.name == "extra" { suggestion = "declare it with <field path=\"extra.\(name)\" type=\"…\"/>" }
        error(
          .unknownField, "'\(text(typed.range))' has no field '\(name)'", nameRange,
          suggestion: suggestion)
        return wrong(range)
      }
      var fact = typed.fact
      fact?.slots.append(slot)
      var path = typed.path
      path?.names.append(name)
      var type = record.fields[slot].type
      if typed.type.isOptional { type = type.wrapped }
      if let fact, scope.knows(fact) { type = type.unwrapped }
      return Typed(operation: .member(typed.operation, slot), type: type, range: range, fact: fact, path: path)
    case .list:
      error(
        .unknownField, "'\(text(typed.range))' is a list; its elements have fields, the list has none", nameRange,
        suggestion: name == "count" || name == "length" || name == "size" ? "write \(text(typed.range)) | count" : nil)
    default:
      error(.unknownField, "'\(text(typed.range))' is \(typed.type.phrase) and has no fields", nameRange)
    }
    return wrong(range)
  }

  private func string(_ key: String, _ keyRange: Range<Int>, _ range: Range<Int>) -> Typed {
    guard let use = StringUseChecker(scope: scope, findings: findings).use(key, at: source.range(keyRange), arguments: []) else {
      return wrong(range)
    }
    let isLate = scope.strings?.entries[use.number].hasLateValues ?? false
    return Typed(operation: .string(use), type: isLate ? .late : .text, range: range)
  }

  private func sum(_ name: String, _ nameRange: Range<Int>, _ range: Range<Int>) -> Typed {
    switch scope.sums {
    case .none(let reason): error(.sumNotHere, "there is no sum here: \(reason)", range)
    case .columns(let columns):
      if let column = columns.first(where: { $0.name == name }) {
        return Typed(operation: .sum(column.column), type: column.type, range: range)
      }
      error(
        .unknownSum, "no column named '\(name)' has a 'sum'", nameRange, suggestion: Suggestion.didYouMean(name, among: columns.map(\.name))
      )
    }
    return wrong(range)
  }

  // MARK: Arithmetic and comparison

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

  private func negate(_ operand: Typed, _ range: Range<Int>) -> Typed {
    guard isNumeric(operand, for: "a minus sign") else { return wrong(range) }
    if case .constant(.number(let number)) = operand.operation, let negated = try? number.negated() {
      return Typed(operation: .constant(.number(negated)), type: .number, range: range)
    }
    return Typed(operation: .negate(operand.operation), type: operand.type, range: range, divisor: operand.divisor)
  }

  private func arithmetic(
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

  private func compare(_ comparison: Comparison, _ left: Typed, _ right: Typed, _ range: Range<Int>) -> Typed {
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
    guard let fact = field.fact, case .constant(.text(let word)) = literal.operation, let words = BillSchema.words(of: fact) else { return }
    guard !words.contains(word) else { return }
    error(
      .wrongValue, "'\(text(field.range))' is never '\(word)'; it is \(words.map { "'\($0)'" }.joined(separator: ", "))", literal.range,
      suggestion: Suggestion.didYouMean(word, among: words))
  }
}
