extension ExpressionChecker {
  /// `amount`, `days`, `digits` and `percent-change`.
  func calculation(_ name: FilterName, _ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    let type = typed.type.unwrapped
    switch name {
    case .amount:
      guard type == .number else {
        refuse(typed, arguments, suggestion: type == .amount ? "it is money already: leave '| amount' out" : nil)
        return nil
      }
      return (.asMoney(typed.operation), .amount)
    case .days: return days(typed, arguments)
    case .digits:
      guard type == .text else {
        refuse(typed, arguments)
        return nil
      }
      return (.digits(typed.operation, integer(arguments["count"])), .text)
    case .percentChange:
      guard type == .number || type == .amount else {
        refuse(typed, arguments)
        return nil
      }
      guard let argument = arguments["from"] else { return nil }
      let earlier = present(argument)
      guard earlier.type != .unknown else { return nil }
      guard let (now, before) = balanced(typed, earlier), now.type.unwrapped == before.type.unwrapped else {
        error(.filterArgument, "'from' of 'percent-change' must be \(type.phrase), not \(earlier.type.phrase)", earlier.range)
        return nil
      }
      return (.percentChange(now.operation, before.operation, integer(arguments["decimals"]) ?? 0), .optional(.number))
    default: return nil
    }
  }

  /// The days of a record with `from` and `to`, or from a date to another.
  private func days(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    let countsBoth = word(arguments["ends"]) != "one"
    switch typed.type.unwrapped {
    case .date:
      guard let argument = arguments["to"] else {
        error(.filterArgument, "'days' behind a date needs an argument 'to'", arguments.call.nameRange)
        return nil
      }
      let other = value(argument)
      guard other.type != .unknown else { return nil }
      guard let (first, last) = comparable(typed, other), last.type.unwrapped == .date else {
        error(.filterArgument, "'to' of 'days' must be a date, not \(other.type.phrase)", other.range)
        return nil
      }
      return (.days(first.operation, last.operation, countsBoth: countsBoth), last.type.isOptional ? .optional(.number) : .number)
    case .record(let record):
      guard let (from, to) = periodEnds(record, typed, arguments) else { return nil }
      let isOpen = record.fields[from].type.isOptional || record.fields[to].type.isOptional
      let days = Operation.days(.member(typed.operation, from), .member(typed.operation, to), countsBoth: countsBoth)
      return (days, isOpen ? .optional(.number) : .number)
    default:
      refuse(typed, arguments)
      return nil
    }
  }

  /// The slots of a period's first and last day; `nil` where the record is no period, or where 'to' is given as well: both are reported.
  func periodEnds(_ record: RecordType, _ typed: Typed, _ arguments: FilterArguments) -> (from: Int, to: Int)? {
    guard let from = record.slot(of: "from"), let to = record.slot(of: "to"), record.fields[from].type.unwrapped == .date,
      record.fields[to].type.unwrapped == .date
    else {
      refuse(typed, arguments)
      return nil
    }
    if let argument = arguments["to"] {
      let name = arguments.spec.name.rawValue
      error(.filterArgument, "'\(name)' takes the last day from '\(text(typed.range))'; leave out 'to'", argument.range)
      return nil
    }
    return (from, to)
  }
}
