internal import Money

extension Operation {
  /// The operations on lists.
  func listValue(in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    switch self {
    case .count(let operand): return .number(Amount(mantissa: Int64(try operand.list(in: environment)?.count ?? 0)))
    case .first(let operand):
      guard let list = try operand.list(in: environment), list.count > 0 else { return .absent }
      return list.value(at: 0)
    case .last(let operand):
      guard let list = try operand.list(in: environment), list.count > 0 else { return .absent }
      return list.value(at: list.count - 1)
    case .element(let operand, let place, let isFromEnd):
      guard let list = try operand.list(in: environment), let place = try place.wholeNumber(in: environment) else { return .absent }
      guard (isFromEnd ? 0..<list.count : 1..<list.count + 1).contains(place) else { return .absent }
      return list.value(at: isFromEnd ? list.count - 1 - place : place - 1)
    case .tail(let operand, let count):
      guard let list = try operand.list(in: environment) else { return .absent }
      let count = max(0, min(list.count, try count.wholeNumber(in: environment) ?? 0))
      try Operation.walk(list, in: environment)
      return .list(ValueArray((list.count - count..<list.count).map { list.value(at: $0) }))
    case .total(let operand, let field, let isMoney):
      guard let list = try operand.list(in: environment) else { return .absent }
      try Operation.walk(list, in: environment)
      var total = Amount.zero
      for index in 0..<list.count {
        guard let value = list.value(at: index).field(field).digits else { continue }
        do { total = try total.adding(value) } catch { throw .overflow }
      }
      return isMoney ? .amount(total) : .number(total)
    case .productSum(let operand, let first, let second, let isMoney):
      guard let list = try operand.list(in: environment) else { return .absent }
      try Operation.walk(list, in: environment)
      var total = Amount.zero
      for index in 0..<list.count {
        let element = list.value(at: index)
        guard let a = element.field(first).digits, let b = element.field(second).digits else { continue }
        do { total = try total.adding(try a.multiplied(by: b)) } catch { throw .overflow }
      }
      return isMoney ? .amount(total) : .number(total)
    case .least(let operand, let field): return try operand.extreme(.lt, field: field, in: environment)
    case .greatest(let operand, let field): return try operand.extreme(.gt, field: field, in: environment)
    case .sort(let operand, let field, let descending):
      guard let list = try operand.list(in: environment) else { return .absent }
      try Operation.walk(list, in: environment)
      let elements = (0..<list.count).map { list.value(at: $0) }
      let keys = elements.map { $0.field(field) }
      let order = elements.indices.sorted { a, b in
        let (first, second) = (keys[a], keys[b])
        // Absent keys go last whatever the order; equal keys keep the order of the record.
        if first.isAbsent || second.isAbsent { return first.isAbsent == second.isAbsent ? a < b : second.isAbsent }
        if Comparison.lt.holds(first, second) { return !descending }
        if Comparison.lt.holds(second, first) { return descending }
        return a < b
      }
      return .list(ValueArray(order.map { elements[$0] }))
    case .matching(let operand, let field, let comparison, let other):
      guard let list = try operand.list(in: environment) else { return .absent }
      try Operation.walk(list, in: environment)
      let right = try other?.value(in: environment)
      var kept: [Value] = []
      for index in 0..<list.count {
        let element = list.value(at: index)
        let value = element.field(field)
        let isKept: Bool
        if let comparison, let right { isKept = !value.isAbsent && comparison.holds(value, right) } else { isKept = value.isTrue }
        if isKept { kept.append(element) }
      }
      return .list(ValueArray(kept))
    default: return .absent
    }
  }

  /// The number it gives; `nil` where it is absent or no whole one.
  private func wholeNumber(in environment: borrowing Environment) throws(EvaluationFault) -> Int? {
    guard let number = try value(in: environment).digits?.normalized, number.scale == 0 else { return nil }
    return Int(exactly: number.mantissa)
  }

  private func list(in environment: borrowing Environment) throws(EvaluationFault) -> (any ValueList)? {
    if case .list(let list) = try value(in: environment) { list } else { nil }
  }

  /// The first of the elements' values that no other precedes in the order of `comparison`.
  private func extreme(_ comparison: Comparison, field: Int?, in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    guard let list = try list(in: environment) else { return .absent }
    try Operation.walk(list, in: environment)
    var best = Value.absent
    for index in 0..<list.count {
      let value = list.value(at: index).field(field)
      if value.isAbsent { continue }
      if best.isAbsent || comparison.holds(value, best) { best = value }
    }
    return best
  }
}
