internal import Diagnostics
internal import Money
internal import Vocabulary

/// The arguments of a filter, matched to its parameters.
struct FilterArguments {
  var values: [Syntax?]
  var spec: FilterSpec
  var call: FilterCall

  subscript(name: String) -> Syntax? {
    spec.parameters.firstIndex { $0.name == name }.flatMap { values[$0] }
  }
}

/// The words of a period that is open at one end, where there are any.
private struct RangeWords {
  var operation: Operation?
}

extension ExpressionChecker {
  /// A value behind a bar.
  func filter(_ input: Syntax, _ call: FilterCall, _ range: Range<Int>) -> Typed {
    let typed = check(input)
    guard let name = FilterName(rawValue: call.name) else {
      error(.unknownFilter, "there is no filter '\(call.name)'", call.nameRange, suggestion: Habit.filter(call.name))
      return wrong(range)
    }
    guard let arguments = match(call, to: FilterRegistry.spec(name)), typed.type != .unknown else { return wrong(range) }
    if typed.divisor != nil, name != .round {
      error(
        .unroundedDivision, "a division seldom comes out even: round it before '\(name.rawValue)'", typed.range,
        suggestion: "write \(text(typed.range)) | round(2) | \(name.rawValue)")
      return wrong(range)
    }
    if typed.type == .late {
      reportLate(typed)
      return wrong(range)
    }
    guard let (operation, type) = apply(name, to: typed, arguments) else { return wrong(range) }
    // A filter behind an optional value gives an optional one, until a default comes.
    let isOpen = name == .range && typed.type.unwrapped == .date
    let staysAbsent = typed.type.isOptional && name != .default && name != .count && !isOpen
    return Typed(
      operation: operation, type: staysAbsent ? type.wrapped : type, range: range,
      tokens: tokens(of: name, typed, operation, arguments), absentRange: staysAbsent ? typed.absentRange ?? typed.range : nil)
  }

  /// What kind of token a filter makes of a value; `nil` where the type of the result tells.
  private func tokens(of name: FilterName, _ typed: Typed, _ operation: Operation, _ arguments: FilterArguments) -> TokenRule? {
    if let kind = name.tokenKind { return .token(kind) }
    if name == .default {
      guard case .fallback = operation, let argument = arguments["value"] else { return typed.tokens }
      // Looked at a second time: what is wrong with it has been reported.
      let other = ExpressionChecker(source: source, scope: scope, findings: Findings()).value(argument)
      return .fallback(tokens(of: typed), tokens(of: other))
    }
    return name.keepsIdentifiers && typed.tokens?.kind == .identifier ? .token(.identifier) : nil
  }

  // MARK: Arguments

  private func match(_ call: FilterCall, to spec: FilterSpec) -> FilterArguments? {
    var result = FilterArguments(values: Array(repeating: nil, count: spec.parameters.count), spec: spec, call: call)
    var isRight = true
    func fault(_ message: String, _ range: Range<Int>, suggestion: String? = nil) {
      error(.filterArgument, message, range, suggestion: suggestion)
      isRight = false
    }
    let positional = spec.parameters.indices.filter { spec.parameters[$0].isPositional }
    var next = 0
    for argument in call.arguments {
      let index: Int
      if let label = argument.label, let labelRange = argument.labelRange {
        guard let found = spec.parameters.firstIndex(where: { $0.name == label }) else {
          let names = spec.parameters.map(\.name)
          let message =
            names.isEmpty
            ? "'\(call.name)' takes no arguments"
            : "'\(call.name)' has no argument '\(label)'; it has \(names.map { "'\($0)'" }.joined(separator: ", "))"
          fault(message, labelRange, suggestion: Suggestion.didYouMean(label, among: names))
          continue
        }
        index = found
      } else {
        guard next < positional.count else {
          let named = spec.parameters.filter { !$0.isPositional }.map { "\($0.name): …" }
          fault(
            positional.isEmpty && named.isEmpty ? "'\(call.name)' takes no arguments" : "this argument of '\(call.name)' needs a name",
            argument.value.range, suggestion: named.isEmpty ? nil : "write \(named.joined(separator: " or "))")
          continue
        }
        index = positional[next]
        next += 1
      }
      guard result.values[index] == nil else {
        fault("'\(spec.parameters[index].name)' is given twice", argument.labelRange ?? argument.value.range)
        continue
      }
      result.values[index] = argument.value
      if !accepts(argument.value, spec.parameters[index], call) { isRight = false }
    }
    for (index, parameter) in spec.parameters.enumerated() where parameter.isRequired && result.values[index] == nil && isRight {
      fault("'\(call.name)' needs an argument '\(parameter.name)'", call.nameRange)
    }
    return isRight ? result : nil
  }

  private func accepts(_ value: Syntax, _ parameter: FilterSpec.Parameter, _ call: FilterCall) -> Bool {
    switch parameter.kind {
    case .choice(let words):
      if case .text(let word) = value.kind, words.contains(word) { return true }
      let list = words.map { "'\($0)'" }.joined(separator: ", ")
      var suggestion: String?
      switch value.kind {
      case .text(let word): suggestion = Suggestion.didYouMean(word, among: words)
      case .name(let word) where words.contains(word): suggestion = "write '\(word)' in quotes"
      default: break
      }
      error(.filterArgument, "'\(parameter.name)' of '\(call.name)' must be one of \(list)", value.range, suggestion: suggestion)
    case .integer(let bounds):
      if integer(value).map(bounds.contains) == true { return true }
      error(
        .filterArgument, "'\(parameter.name)' of '\(call.name)' must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)",
        value.range)
    case .text, .field:
      if case .text = value.kind { return true }
      var suggestion: String?
      if case .name(let word) = value.kind { suggestion = "write '\(word)' in quotes" }
      error(.filterArgument, "'\(parameter.name)' of '\(call.name)' must be a text in single quotes", value.range, suggestion: suggestion)
    case .expression: return true
    }
    return false
  }

  func integer(_ syntax: Syntax?) -> Int? {
    guard let syntax, case .number(let number) = syntax.kind, number.decimals == 0 else { return nil }
    return Int(exactly: number.normalized.mantissa)
  }

  func word(_ syntax: Syntax?) -> String? {
    if let syntax, case .text(let text) = syntax.kind { text } else { nil }
  }

  /// The decimals of `number` and `percent`: exactly, or at least and at most.
  private func decimals(_ arguments: FilterArguments) -> (ClosedRange<Int>?, isRight: Bool) {
    if let exact = integer(arguments["decimals"]) { return (exact...exact, true) }
    let (low, high) = (integer(arguments["min"]), integer(arguments["max"]))
    if low == nil, high == nil { return (nil, true) }
    let (least, most) = (low ?? 0, high ?? 9)
    guard least <= most else {
      error(.filterArgument, "'min' is greater than 'max'", arguments["min"]?.range ?? arguments.call.nameRange)
      return (nil, false)
    }
    return (least...most, true)
  }

  func refuse(_ typed: Typed, _ arguments: FilterArguments, suggestion: String? = nil) {
    error(
      .filterInput, "'\(arguments.call.name)' takes \(arguments.spec.input); '\(text(typed.range))' is \(typed.type.phrase)",
      arguments.call.nameRange,
      suggestion: suggestion)
  }

  // MARK: The filters

  private func apply(_ name: FilterName, to typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    let type = typed.type.unwrapped
    let input = typed.operation
    switch name {
    case .money:
      guard type == .amount || type == .number else {
        refuse(typed, arguments)
        return nil
      }
      var format = MoneyFormat(keepsDecimals: type == .number)
      if let decimals = integer(arguments["decimals"]) { format.decimals = decimals...decimals }
      if let negative = word(arguments["negative"]).flatMap(NegativeStyle.init(rawValue:)) { format.negative = negative }
      if let display = word(arguments["symbol"]).flatMap(CurrencyDisplay.init(rawValue:)) { format.display = display }
      return (.money(input, format), .text)
    case .number, .percent:
      guard type == .number || (type == .amount && name == .number) else {
        refuse(typed, arguments, suggestion: type == .amount ? "write | money" : nil)
        return nil
      }
      let (range, isRight) = decimals(arguments)
      guard isRight else { return nil }
      if name == .percent { return (.percent(input, range), .text) }
      return (.number(input, range, grouping: word(arguments["grouping"]) != "no"), .text)
    case .date:
      guard type == .date else {
        refuse(typed, arguments)
        return nil
      }
      return dateFormat(arguments["format"]).map { (.date(input, $0), .text) }
    case .upper, .lower, .title:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return (.letters(input, name == .upper ? .upper : name == .lower ? .lower : .title), .text)
    case .group:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return groupSizes(arguments["sizes"]).map { (.group(input, $0, separator: word(arguments["separator"]) ?? "\u{A0}"), .text) }
    case .range: return range(typed, arguments)
    case .iban:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return (.iban(input, other: word(arguments["other"])), .text)
    case .code:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return codeList(arguments["list"]).map { (.code(input, $0), .optional(.text)) }
    case .length:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return (.characters(input), .number)
    case .default: return fallback(typed, arguments)
    case .plural: return plural(typed, arguments)
    case .round:
      guard type == .number || type == .amount else {
        refuse(typed, arguments)
        return nil
      }
      let decimals = integer(arguments["decimals"]) ?? 0
      let rule = word(arguments["rule"]).flatMap(RoundingRule.init(rawValue:)) ?? .halfUp
      if let divisor = typed.divisor { return (.quotient(input, divisor, decimals, rule), type) }
      return (.round(input, decimals, rule), type)
    case .abs:
      guard type == .number || type == .amount else {
        refuse(typed, arguments)
        return nil
      }
      return (.magnitude(input), type)
    case .join, .sum, .count, .first, .last, .at, .back, .tail, .sort, .where, .min, .max: return listFilter(name, typed, arguments)
    case .address: return address(typed, arguments)
    case .sumProduct: return listFilter(name, typed, arguments)
    case .amount, .days, .digits, .percentChange: return calculation(name, typed, arguments)
    case .scanPart: return scanPart(typed, arguments)
    case .scanLine: return scanLine(typed, arguments)
    }
  }

  private func dateFormat(_ argument: Syntax?) -> DateFormat? {
    guard let argument, let text = word(argument) else { return .style(.medium) }
    if let style = DateStyle(rawValue: text) { return .style(style) }
    let letters = Set("yMdEQ".utf8)
    let skeleton = text.replacing(" ", with: "")
    if !skeleton.isEmpty, skeleton.utf8.count <= 16, skeleton.utf8.allSatisfy(letters.contains) { return .skeleton(skeleton) }
    if let near = Suggestion.didYouMean(text, among: DateStyle.allCases.map(\.rawValue)) {
      error(.filterArgument, "'\(text)' is not a form of date", argument.range, suggestion: near)
    } else {
      let kept = String(decoding: text.utf8.filter(letters.contains), as: UTF8.self)
      error(
        .filterArgument, "'\(text)' is not a form of date; it is 'full', 'long', 'medium', 'short' or made of the letters y, M, d, E, Q",
        argument.range, suggestion: kept.isEmpty ? nil : "write '\(kept)': the language puts the parts together")
    }
    return nil
  }

  private func codeList(_ argument: Syntax?) -> CodeList? {
    guard let argument, let name = word(argument) else { return nil }
    guard let codes = scope.codes else {
      error(.unknownCodeList, "there are no lists of codes here: they belong to a layout", argument.range)
      return nil
    }
    guard Lexer.isName(name) else {
      error(.filterArgument, "'\(name)' is not the name of a list; a name has letters, digits, '-' and '_', a letter first", argument.range)
      return nil
    }
    return codes.list(named: name, at: source.range(argument.range))
  }

  private func groupSizes(_ argument: Syntax?) -> [Int]? {
    guard let argument, let text = word(argument) else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }.filter { (1...99).contains($0) }
    if sizes.count == parts.count, sizes.count <= 20 { return sizes }
    error(.filterArgument, "'\(text)' is not a list of group sizes such as '4-4-2'", argument.range)
    return nil
  }

  private func fallback(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard let argument = arguments["value"] else { return nil }
    let other = value(argument)
    guard other.type != .unknown else { return nil }
    guard typed.type.isOptional else {
      findings.warning(
        .needlessDefault, "'\(text(typed.range))' is never absent; the default is never used", at: source.range(arguments.call.nameRange))
      return (typed.operation, typed.type)
    }
    if other.type == .late {
      reportLate(other)
      return nil
    }
    // A parameter that an include sets to words is there, whatever its declaration allows.
    if typed.operation.constant != nil { return (typed.operation, typed.type.unwrapped) }
    if case .string = typed.operation { return (typed.operation, typed.type.unwrapped) }
    if let (first, second) = comparable(typed, other) {
      let type = first.type.hasUnknown ? second.type.unwrapped : first.type.unwrapped
      return (.fallback(first.operation, second.operation), second.type.isOptional ? type.wrapped : type)
    }
    if other.type.unwrapped == .text, typed.type.unwrapped.isPrintable {
      return (.fallback(.printed(typed.operation), other.operation), other.type.isOptional ? .optional(.text) : .text)
    }
    error(
      .filterArgument, "the default of '\(text(typed.range))' must be \(typed.type.unwrapped.phrase), not \(other.type.phrase)", other.range
    )
    return nil
  }

  /// The two days of a period, and the words for one that is open.
  private func range(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard let format = dateFormat(arguments["format"]) else { return nil }
    let (first, last): (Operation, Operation)
    let (firstType, lastType): (ValueType, ValueType)
    switch typed.type.unwrapped {
    case .date:
      guard let argument = arguments["to"] else {
        error(.filterArgument, "'range' behind a date needs an argument 'to'", arguments.call.nameRange)
        return nil
      }
      let other = value(argument)
      guard other.type != .unknown else { return nil }
      guard other.type.unwrapped == .date else {
        error(.filterArgument, "'to' of 'range' must be a date, not \(other.type.phrase)", other.range)
        return nil
      }
      (first, last, firstType, lastType) = (typed.operation, other.operation, typed.type, other.type)
    case .record(let record):
      guard let (from, to) = periodEnds(record, typed, arguments) else { return nil }
      (first, last) = (.member(typed.operation, from), .member(typed.operation, to))
      (firstType, lastType) = (record.fields[from].type, record.fields[to].type)
    default:
      refuse(typed, arguments)
      return nil
    }
    guard let from = words("from", arguments, isNeeded: lastType.isOptional, "the last day"),
      let until = words("until", arguments, isNeeded: firstType.isOptional, "the first day")
    else { return nil }
    let isWhole = word(arguments["days"]) == "whole"
    return (.range(first, last, format, isWhole: isWhole, from: from.operation, until: until.operation), .text)
  }

  /// Words of `range`, where they are given; `nil` where something is wrong with them.
  private func words(
    _ name: String, _ arguments: FilterArguments, isNeeded: Bool, _ absent: String
  ) -> RangeWords? {
    guard let argument = arguments[name] else {
      guard isNeeded else { return RangeWords() }
      error(.filterArgument, "'range' needs an argument '\(name)': \(absent) may be absent", arguments.call.nameRange)
      return nil
    }
    let words = present(argument)
    guard words.type != .unknown else { return nil }
    guard words.type == .text else {
      error(.filterArgument, "'\(name)' of 'range' must be a text, not \(words.type.phrase)", words.range)
      return nil
    }
    return RangeWords(operation: words.operation)
  }

  private func plural(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard typed.type.unwrapped == .number else {
      refuse(typed, arguments)
      return nil
    }
    var forms: [Operation?] = []
    for category in PluralCategory.allCases {
      guard let argument = arguments[category.rawValue] else {
        forms.append(nil)
        continue
      }
      let form = present(argument)
      guard form.type == .text else {
        if form.type != .unknown {
          error(.filterArgument, "'\(category.rawValue)' of 'plural' must be a text, not \(form.type.phrase)", form.range)
        }
        return nil
      }
      forms.append(form.operation)
    }
    return (.plural(typed.operation, forms), .text)
  }
}
