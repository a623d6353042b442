internal import Diagnostics

/// Reads expressions: loosest to tightest `|`, `or`, `and`, `not`, comparison, `+ -`, `* /`, unary minus, `.name`, `()`.
///
/// The first fault of an expression is reported and ends it: what follows would only be guesses.
struct ExpressionParser {
  private let source: SourceText
  private var lexer: Lexer
  private var token: Token
  private var parts = 0
  private var depth = 0
  private let findings: Findings

  private struct Stop: Error {}

  /// Reads the whole of `source`, or a range of it.
  init(_ source: SourceText, _ range: Range<Int>? = nil, findings: Findings) {
    self.source = source
    self.findings = findings
    lexer = Lexer(source.bytes, range ?? 0..<source.bytes.count)
    token = lexer.next()
  }

  /// A whole expression; `nil` once a fault is reported.
  mutating func expression() -> Syntax? {
    do {
      if token.kind == .end {
        findings.error(.emptyExpression, "an expression is missing here", at: source.range(token.range))
        return nil
      }
      let syntax = try filtered()
      guard token.kind == .end else { throw unexpected("an operator or the end of the expression") }
      try check(length: syntax.range)
      return syntax
    } catch {
      return nil
    }
  }

  /// `x in list` or `x, i in list`.
  mutating func loop() -> LoopSyntax? {
    do {
      let (name, nameRange) = try name("the name of a loop variable, as in 'line in section.lines'")
      var index: (name: String, range: Range<Int>)?
      if token.kind == .comma {
        advance()
        index = try self.name("the name of the index")
      }
      guard token.kind == .name("in") else { throw unexpected("'in' and a list, as in 'line in section.lines'") }
      advance()
      let list = try filtered()
      guard token.kind == .end else { throw unexpected("an operator or the end of the expression") }
      try check(length: list.range)
      return LoopSyntax(name: name, nameRange: nameRange, index: index?.name, indexRange: index?.range, list: list)
    } catch {
      return nil
    }
  }

  private mutating func name(_ expected: String) throws(Stop) -> (name: String, range: Range<Int>) {
    guard case .name(let name) = token.kind, !ExpressionParser.isReserved(name) else { throw unexpected(expected) }
    defer { advance() }
    return (name, token.range)
  }

  /// Words of the language that cannot name anything.
  static func isReserved(_ name: String) -> Bool {
    switch name {
    case "and", "or", "not", "in", "true", "false", "lt", "le", "gt", "ge", "eq", "ne": true
    default: false
    }
  }

  private mutating func advance() { token = lexer.next() }

  private func check(length range: Range<Int>) throws(Stop) {
    guard range.count > LanguageLimits.expressionBytes else { return }
    findings.error(
      .expressionTooLong, "this expression has more than \(LanguageLimits.expressionBytes) bytes", at: source.range(range))
    throw Stop()
  }

  private func unexpected(_ expected: String) -> Stop {
    switch token.kind {
    case .wrong(let message, let suggestion):
      findings.error(.expressionSyntax, message, at: source.range(token.range), suggestion: suggestion)
    case .end:
      findings.error(.expressionSyntax, "the expression ends where \(expected) was expected", at: source.range(token.range))
    default:
      let text = String(decoding: source.bytes[token.range], as: UTF8.self)
      var suggestion: String?
      if case .name(let name) = token.kind {
        switch name {
        case "is": suggestion = "write 'eq'"
        default: suggestion = Suggestion.didYouMean(name, among: ["and", "or", "eq", "ne", "lt", "le", "gt", "ge"])
        }
      }
      findings.error(
        .expressionSyntax, "'\(text)' stands where \(expected) was expected", at: source.range(token.range), suggestion: suggestion)
    }
    return Stop()
  }

  private mutating func node(_ kind: Syntax.Kind, _ range: Range<Int>) throws(Stop) -> Syntax {
    parts += 1
    guard parts <= LanguageLimits.expressionParts else {
      findings.error(
        .expressionTooLong, "this expression has more than \(LanguageLimits.expressionParts) parts", at: source.range(range))
      throw Stop()
    }
    return Syntax(kind: kind, range: range)
  }

  private mutating func deeper<Result>(_ body: (inout ExpressionParser) throws(Stop) -> Result) throws(Stop) -> Result {
    depth += 1
    guard depth <= LanguageLimits.expressionDepth else {
      findings.error(
        .expressionTooLong, "parentheses and signs are nested more than \(LanguageLimits.expressionDepth) deep",
        at: source.range(token.range))
      throw Stop()
    }
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func filtered() throws(Stop) -> Syntax {
    var left = try disjunction()
    while token.kind == .bar {
      advance()
      guard case .name(let name) = token.kind else { throw unexpected("the name of a filter") }
      var call = FilterCall(name: name, nameRange: token.range, arguments: [], end: token.range)
      advance()
      if token.kind == .open {
        advance()
        call = try arguments(of: call)
      }
      left = try node(.filter(left, call), left.range.lowerBound..<call.end.upperBound)
    }
    return left
  }

  private mutating func arguments(of call: FilterCall) throws(Stop) -> FilterCall {
    var call = call
    while token.kind != .close {
      if !call.arguments.isEmpty {
        guard token.kind == .comma else { throw unexpected("',' or ')'") }
        advance()
      }
      if case .comparison(let comparison) = token.kind {
        // A label such as `gt:` reads like an operator.
        let range = token.range
        advance()
        guard token.kind == .colon else { throw unexpected("':' and a value") }
        advance()
        let value = try deeper { (parser) throws(Stop) in try parser.filtered() }
        call.arguments.append(FilterCall.Argument(label: comparison.rawValue, labelRange: range, value: value))
        continue
      }
      var argument = FilterCall.Argument(value: try deeper { (parser) throws(Stop) in try parser.filtered() })
      if token.kind == .colon, case .name(let label) = argument.value.kind {
        advance()
        argument = FilterCall.Argument(
          label: label, labelRange: argument.value.range, value: try deeper { (parser) throws(Stop) in try parser.filtered() })
      }
      call.arguments.append(argument)
    }
    call.end = token.range
    advance()
    return call
  }

  private mutating func disjunction() throws(Stop) -> Syntax {
    var left = try conjunction()
    while token.kind == .name("or") {
      let range = token.range
      advance()
      let right = try conjunction()
      left = try node(.binary(.or, range, left, right), left.range.lowerBound..<right.range.upperBound)
    }
    return left
  }

  private mutating func conjunction() throws(Stop) -> Syntax {
    var left = try negation()
    while token.kind == .name("and") {
      let range = token.range
      advance()
      let right = try negation()
      left = try node(.binary(.and, range, left, right), left.range.lowerBound..<right.range.upperBound)
    }
    return left
  }

  private mutating func negation() throws(Stop) -> Syntax {
    guard token.kind == .name("not") else { return try comparison() }
    let start = token.range.lowerBound
    advance()
    let operand = try deeper { (parser) throws(Stop) in try parser.negation() }
    return try node(.not(operand), start..<operand.range.upperBound)
  }

  private mutating func comparison() throws(Stop) -> Syntax {
    let left = try sum()
    guard case .comparison(let comparison) = token.kind else { return left }
    let range = token.range
    advance()
    let right = try sum()
    if case .comparison = token.kind { throw unexpected("'and' or 'or' (comparisons do not chain)") }
    return try node(.binary(.compare(comparison), range, left, right), left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func sum() throws(Stop) -> Syntax {
    var left = try product()
    while token.kind == .plus || token.kind == .minus {
      let sign = token
      advance()
      if sign.kind == .minus, !sign.spaceBefore || !token.spaceBefore, token.kind != .end {
        findings.error(.expressionSyntax, "a minus needs white space on both sides", at: source.range(sign.range))
        throw Stop()
      }
      let right = try product()
      left = try node(
        .binary(sign.kind == .plus ? .add : .subtract, sign.range, left, right), left.range.lowerBound..<right.range.upperBound)
    }
    return left
  }

  private mutating func product() throws(Stop) -> Syntax {
    var left = try unary()
    while token.kind == .star || token.kind == .slash {
      let sign = token
      advance()
      let right = try unary()
      left = try node(
        .binary(sign.kind == .star ? .multiply : .divide, sign.range, left, right), left.range.lowerBound..<right.range.upperBound)
    }
    return left
  }

  private mutating func unary() throws(Stop) -> Syntax {
    guard token.kind == .minus else { return try member() }
    let start = token.range.lowerBound
    advance()
    let operand = try deeper { (parser) throws(Stop) in try parser.unary() }
    return try node(.negate(operand), start..<operand.range.upperBound)
  }

  private mutating func member() throws(Stop) -> Syntax {
    var left = try primary()
    while token.kind == .dot {
      advance()
      // After a dot any word is a field's name, `and` too.
      let name: String
      switch token.kind {
      case .name(let word): name = word
      case .comparison: name = String(decoding: source.bytes[token.range], as: UTF8.self)
      default: throw unexpected("the name of a field")
      }
      let range = token.range
      advance()
      left = try node(.member(left, name, range), left.range.lowerBound..<range.upperBound)
    }
    return left
  }

  private mutating func primary() throws(Stop) -> Syntax {
    let range = token.range
    switch token.kind {
    case .number(let number):
      advance()
      return try node(.number(number), range)
    case .text(let text):
      advance()
      return try node(.text(text), range)
    case .name("true"), .name("false"):
      let flag = token.kind == .name("true")
      advance()
      return try node(.flag(flag), range)
    case .name(let name) where !ExpressionParser.isReserved(name):
      advance()
      guard name == "page-of", token.kind == .open else { return try node(.name(name), range) }
      advance()
      guard case .text(let anchor) = token.kind else { throw unexpected("the name of an anchor in single quotes, as in page-of('terms')") }
      let anchorRange = token.range
      advance()
      guard token.kind == .close else { throw unexpected("')'") }
      let whole = range.lowerBound..<token.range.upperBound
      advance()
      return try node(.pageOf(anchor, anchorRange), whole)
    case .open:
      advance()
      let inner = try deeper { (parser) throws(Stop) in try parser.filtered() }
      guard token.kind == .close else { throw unexpected("')'") }
      let whole = range.lowerBound..<token.range.upperBound
      advance()
      return Syntax(kind: inner.kind, range: whole)
    default: throw unexpected("a name, a number or a text in single quotes")
    }
  }
}
