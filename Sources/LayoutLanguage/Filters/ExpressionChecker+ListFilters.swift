internal import Diagnostics

extension ExpressionChecker {
  /// The slot and type of the field an argument names; slot `nil` where none is named and the elements count themselves.
  private func field(_ argument: Syntax?, of element: ValueType, _ arguments: FilterArguments) -> (slot: Int?, type: ValueType)? {
    guard let argument, let name = word(argument) else {
      if case .record(let record) = element {
        error(
          .filterArgument, "'\(arguments.call.name)' must say which field of the records it takes", arguments.call.nameRange,
          suggestion: record.fields.first.map { "such as \(arguments.call.name)('\($0.name)')" })
        return nil
      }
      return (nil, element)
    }
    guard case .record(let record) = element else {
      error(.filterArgument, "the elements of this list have no fields; '\(arguments.call.name)' takes them as they are", argument.range)
      return nil
    }
    guard let slot = record.slot(of: name) else {
      error(
        .filterArgument, "the elements of this list have no field '\(name)'", argument.range,
        suggestion: Suggestion.didYouMean(name, among: record.fields.map(\.name)))
      return nil
    }
    return (slot, record.fields[slot].type)
  }

  func listFilter(_ name: FilterName, _ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    let type = typed.type.unwrapped
    guard case .list(let element) = type else {
      if name == .min || name == .max, type == .number || type == .amount || type == .date { return extreme(name, typed, arguments) }
      refuse(typed, arguments)
      return nil
    }
    if element == .unknown { return nil }
    let input = typed.operation
    switch name {
    case .count: return (.count(input), .number)
    case .first: return (.first(input), element.wrapped)
    case .last: return (.last(input), element.wrapped)
    case .at, .back, .tail:
      guard let number = place(name, arguments) else { return nil }
      switch name {
      case .at: return (.element(input, number, isFromEnd: false), element.wrapped)
      case .back: return (.element(input, number, isFromEnd: true), element.wrapped)
      default: return (.tail(input, number), type)
      }
    case .sum:
      guard let (slot, fieldType) = field(arguments["field"], of: element, arguments) else { return nil }
      guard fieldType.unwrapped == .number || fieldType.unwrapped == .amount else {
        error(
          .filterArgument, "'sum' adds numbers or amounts, and this field is \(fieldType.unwrapped.phrase)",
          arguments["field"]?.range ?? typed.range)
        return nil
      }
      return (.total(input, field: slot, isMoney: fieldType.unwrapped == .amount), fieldType.unwrapped)
    case .min, .max:
      guard let argument = arguments["other"] else {
        guard let (_, fieldType) = field(nil, of: element, arguments), isOrdered(fieldType, typed.range, name) else { return nil }
        return (name == .min ? .least(input, field: nil) : .greatest(input, field: nil), fieldType.wrapped)
      }
      guard word(argument) != nil else {
        error(.filterArgument, "behind a list '\(name.rawValue)' takes the name of a field in quotes", argument.range)
        return nil
      }
      guard let (slot, fieldType) = field(argument, of: element, arguments), isOrdered(fieldType, argument.range, name) else { return nil }
      return (name == .min ? .least(input, field: slot) : .greatest(input, field: slot), fieldType.wrapped)
    case .sort:
      guard let (slot, fieldType) = field(arguments["field"], of: element, arguments),
        isOrdered(fieldType, arguments["field"]?.range ?? typed.range, name)
      else { return nil }
      return (.sort(input, field: slot, descending: word(arguments["order"]) == "falling"), type)
    case .join:
      guard let argument = arguments["separator"] else { return nil }
      let separator = present(argument)
      guard separator.type == .text else {
        if separator.type != .unknown {
          error(.filterArgument, "the separator must be a text, not \(separator.type.phrase)", separator.range)
        }
        return nil
      }
      guard let (slot, fieldType) = field(arguments["field"], of: element, arguments) else { return nil }
      guard fieldType.unwrapped.isPrintable else {
        error(.filterArgument, "\(fieldType.unwrapped.phrase) cannot be printed", arguments["field"]?.range ?? typed.range)
        return nil
      }
      return (.join(input, separator: separator.operation, field: slot), .text)
    case .sumProduct:
      guard let (first, firstType) = factor("first", of: element, arguments),
        let (second, secondType) = factor("second", of: element, arguments)
      else { return nil }
      if firstType == .amount, secondType == .amount {
        error(
          .filterArgument, "'sum-product' cannot multiply two amounts of money; one of them must be a number",
          arguments["second"]?.range ?? typed.range)
        return nil
      }
      let isMoney = firstType == .amount || secondType == .amount
      return (.productSum(input, first, second, isMoney: isMoney), isMoney ? .amount : .number)
    case .where: return matching(typed, element, arguments)
    default: return nil
    }
  }

  /// The slot and type of a field that `sum-product` multiplies.
  private func factor(_ name: String, of element: ValueType, _ arguments: FilterArguments) -> (slot: Int, type: ValueType)? {
    guard let argument = arguments[name], let (slot, type) = field(argument, of: element, arguments), let slot else { return nil }
    guard type.unwrapped == .number || type.unwrapped == .amount else {
      error(.filterArgument, "'sum-product' multiplies numbers or amounts, and this field is \(type.unwrapped.phrase)", argument.range)
      return nil
    }
    return (slot, type.unwrapped)
  }

  /// The number that says a place in a list or how much of it is wanted.
  private func place(_ name: FilterName, _ arguments: FilterArguments) -> Operation? {
    guard let parameter = arguments.spec.parameters.first, let argument = arguments[parameter.name] else { return nil }
    let number = present(argument)
    if number.type == .number { return number.operation }
    if number.type != .unknown {
      error(.filterArgument, "'\(name.rawValue)' takes a number, not \(number.type.phrase)", number.range)
    }
    return nil
  }

  private func isOrdered(_ type: ValueType, _ range: Range<Int>, _ name: FilterName) -> Bool {
    switch type.unwrapped {
    case .number, .amount, .date: return true
    case .text where name == .sort: return true
    default:
      error(.filterArgument, "'\(name.rawValue)' cannot order \(type.unwrapped.phrase)", range)
      return false
    }
  }

  /// `min` and `max` of two values.
  private func extreme(_ name: FilterName, _ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard let argument = arguments["other"] else {
      error(.filterArgument, "behind a single value '\(name.rawValue)' needs the other one", arguments.call.nameRange)
      return nil
    }
    let other = present(argument)
    guard other.type != .unknown else { return nil }
    guard let (first, second) = comparable(typed, other) else {
      error(
        .filterArgument, "'\(text(typed.range))' is \(typed.type.phrase) and cannot be compared with \(other.type.phrase)", other.range)
      return nil
    }
    let (a, b) = (first.operation, second.operation)
    return (name == .min ? .lesser(a, b) : .greater(a, b), first.type.unwrapped)
  }

  private func matching(_ typed: Typed, _ element: ValueType, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard let (slot, fieldType) = field(arguments["field"], of: element, arguments), let fieldArgument = arguments["field"] else {
      return nil
    }
    let asked = Comparison.allCases.compactMap { comparison in arguments[comparison.rawValue].map { (comparison, $0) } }
    guard asked.count <= 1 else {
      error(.filterArgument, "'where' takes one comparison; put another 'where' behind it", asked[1].1.range)
      return nil
    }
    guard let (comparison, argument) = asked.first else {
      switch fieldType {
      case .flag, .text, .optional, .list: return (.matching(typed.operation, field: slot, nil, nil), typed.type.unwrapped)
      default:
        error(.filterArgument, "'\(word(fieldArgument) ?? "")' is always there; say what it is compared with", fieldArgument.range)
        return nil
      }
    }
    let other = present(argument)
    guard other.type != .unknown else { return nil }
    let probe = Typed(operation: .local(0), type: fieldType.unwrapped, range: fieldArgument.range)
    guard let (_, second) = comparable(probe, other), !comparison.isOrdering || isOrdered(fieldType, fieldArgument.range, .sort) else {
      error(
        .filterArgument, "'\(word(fieldArgument) ?? "")' is \(fieldType.unwrapped.phrase) and cannot be compared with \(other.type.phrase)",
        other.range)
      return nil
    }
    return (.matching(typed.operation, field: slot, comparison, second.operation), typed.type.unwrapped)
  }
}
