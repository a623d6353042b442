internal import Diagnostics

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
    /// What kind of token it is, where the type does not tell; of a list what its elements are.
    var tokens: TokenRule?
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
    Expression(
      range: source.range(typed.range), type: typed.type, operation: typed.operation, plainPath: typed.path, tokens: tokens(of: typed))
  }

  /// What kind of token a part prints.
  func tokens(of typed: Typed) -> TokenRule {
    if let tokens = typed.tokens { return tokens }
    return switch typed.type.unwrapped {
    case .number, .amount, .date: .token(.whole)
    default: .plain
    }
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
    case .pageOf(let anchor, let anchorRange):
      guard AnchorUse(scope: scope, findings: findings).isKnown(anchor, at: source.range(anchorRange), whole: text(range)) else {
        return wrong(range)
      }
      return Typed(operation: .constant(.text("")), type: .late, range: range, late: .pageOf(anchor))
    case .member(let base, let name, let nameRange): return member(base, name, nameRange, range)
    case .negate(let operand): return negate(check(operand), range)
    case .not, .binary(.and, _, _, _), .binary(.or, _, _, _):
      return Typed(operation: condition(syntax).operation, type: .flag, range: range)
    case .binary(.compare(let comparison), _, let left, let right): return compare(comparison, value(left), value(right), range)
    case .binary(let symbol, let symbolRange, let left, let right): return arithmetic(symbol, symbolRange, check(left), check(right), range)
    case .filter(let input, let call): return filter(input, call, range)
    }
  }

  func name(_ name: String, _ range: Range<Int>) -> Typed {
    if let local = scope.local(named: name) {
      if let constant = local.constant { return Typed(operation: constant, type: local.type, range: range) }
      let fact = Scope.Fact(root: .local(local.identity), slots: [])
      let type = scope.knows(fact) ? local.type.unwrapped : local.type
      return Typed(
        operation: .local(local.slot), type: type, range: range, fact: fact, path: PlainPath(root: .local(local.slot), names: []),
        tokens: local.tokens.kind.map { .token($0) })
    }
    if let slot = scope.schema.slot(of: name) {
      if reportWithheld(scope.schema.fields[slot], range, range) { return wrong(range) }
      let fact = Scope.Fact(root: .bill, slots: [slot])
      let type = scope.schema.fields[slot].type
      return Typed(
        operation: .member(.bill, slot), type: scope.knows(fact) ? type.unwrapped : type, range: range, fact: fact,
        path: PlainPath(root: .bill, names: [name]), tokens: scope.schema.fields[slot].isIdentifier ? .token(.identifier) : nil)
    }
    if name == "campaign" {
      let type = ValueType.record(scope.campaign)
      return Typed(
        operation: .campaign, type: scope.hasCampaign ? type : type.wrapped, range: range, fact: Scope.Fact(root: .campaign, slots: []))
    }
    if let late = LateName(rawValue: name) { return Typed(operation: .constant(.text("")), type: .late, range: range, late: late) }
    if name == "t" {
      error(.unknownName, "'t' is not a value; a string is written 't.key'", range)
    } else if name == "sum" {
      error(.unknownName, "'sum' is not a value; a column's sum is written 'sum.column'", range)
    } else if name == "page-of" {
      error(.unknownName, "'page-of' is not a value; the page of an anchor is written page-of('terms')", range)
    } else {
      let known =
        scope.localNames + scope.schema.fields.filter { $0.withheld == nil }.map(\.name) + ["t", "campaign", "sum"]
        + LateName.words.map(\.rawValue)
      // Every other name is near to one of a letter or two.
      var suggestion = name.utf8.count > 2 ? Suggestion.didYouMean(name, among: known) : nil
      if suggestion == nil, let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")), known.contains(String(name[..<dash])) {
        suggestion = "a minus needs white space on both sides"
      }
      if suggestion == nil,
        scope.schema.slot(of: "extra").map({ scope.schema.fields[$0].withheld == nil && isField(name, of: scope.schema.fields[$0].type) })
          == true
      {
        suggestion = "did you mean 'extra.\(name)'?"
      }
      error(.unknownName, "there is no '\(name)' here", range, suggestion: suggestion)
    }
    return wrong(range)
  }

  /// Reports a field that must not be named here, and why; whether it is one.
  private func reportWithheld(_ field: RecordType.Field, _ nameRange: Range<Int>, _ whole: Range<Int>) -> Bool {
    guard let reason = field.withheld else { return false }
    error(.withheldField, "'\(text(whole))' cannot be used here: \(reason)", nameRange)
    return true
  }

  func isField(_ name: String, of type: ValueType) -> Bool {
    if case .record(let record) = type.unwrapped { record.slot(of: name) != nil } else { false }
  }

  func member(_ base: Syntax, _ name: String, _ nameRange: Range<Int>, _ range: Range<Int>) -> Typed {
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
      if reportWithheld(record.fields[slot], nameRange, range) { return wrong(range) }
      var fact = typed.fact
      fact?.slots.append(slot)
      var path = typed.path
      path?.names.append(name)
      var type = record.fields[slot].type
      if typed.type.isOptional { type = type.wrapped }
      if let fact, scope.knows(fact) { type = type.unwrapped }
      return Typed(
        operation: .member(typed.operation, slot), type: type, range: range, fact: fact, path: path,
        tokens: record.fields[slot].isIdentifier ? .token(.identifier) : nil)
    case .list:
      error(
        .unknownField, "'\(text(typed.range))' is a list; its elements have fields, the list has none", nameRange,
        suggestion: name == "count" || name == "length" || name == "size" ? "write \(text(typed.range)) | count" : nil)
    default:
      error(.unknownField, "'\(text(typed.range))' is \(typed.type.phrase) and has no fields", nameRange)
    }
    return wrong(range)
  }

  func string(_ key: String, _ keyRange: Range<Int>, _ range: Range<Int>) -> Typed {
    guard let use = StringUseChecker(scope: scope, findings: findings).use(key, at: source.range(keyRange), arguments: []) else {
      return wrong(range)
    }
    let isLate = scope.strings?.entries[use.number].hasLateValues ?? false
    return Typed(operation: .string(use), type: isLate ? .late : .text, range: range)
  }

  func sum(_ name: String, _ nameRange: Range<Int>, _ range: Range<Int>) -> Typed {
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
}
