internal import Diagnostics

extension ExpressionChecker {
  /// `address`: finds the parts of an address among the fields of a record, by their names.
  func address(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard case .record(let record) = typed.type.unwrapped else {
      refuse(typed, arguments)
      return nil
    }
    func slot(_ name: String) -> Int? { record.slot(of: name).flatMap { record.fields[$0].type.unwrapped == .text ? $0 : nil } }
    let slots = AddressSlots(
      street: (1...9).compactMap { slot("line\($0)") }, city: slot("city"), code: slot("code"), region: slot("region"),
      country: slot("country"))
    guard !slots.isEmpty else {
      error(
        .filterInput, "'\(text(typed.range))' has no parts of an address, such as 'line1', 'city' or 'code'", typed.range,
        suggestion: Suggestion.didYouMean("city", among: record.fields.map(\.name)))
      return nil
    }
    var sender: Operation?
    if let argument = arguments["from"] {
      let country = value(argument)
      guard country.type.unwrapped == .text else {
        if country.type != .unknown {
          error(.filterArgument, "'from' of 'address' must be a text, not \(country.type.phrase)", country.range)
        }
        return nil
      }
      sender = country.operation
    }
    return (.address(typed.operation, slots, from: sender, isFull: word(arguments["form"]) == "full"), .list(.text))
  }
}
