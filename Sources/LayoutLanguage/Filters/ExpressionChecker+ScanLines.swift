extension ExpressionChecker {
  private func checkDigit(_ arguments: FilterArguments) -> CheckDigit {
    word(arguments["check"]).flatMap(CheckDigit.init(rawValue:)) ?? .none
  }

  /// `scan-part`: a width for texts and figures, a form for dates.
  func scanPart(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard let argument = arguments["width"] else { return nil }
    let check = checkDigit(arguments)
    switch typed.type.unwrapped {
    case .text, .amount, .number:
      guard let width = integer(argument), (1...40).contains(width) else {
        error(.filterArgument, "'width' of 'scan-part' must be a whole number from 1 to 40", argument.range)
        return nil
      }
      return (.scanPart(typed.operation, ScanPart(form: .width(width), check: check)), .text)
    case .date:
      guard let form = word(argument), let parts = ScanPart.dateParts(form) else {
        error(
          .filterArgument, "a date stands in a scan line in a form such as 'MMddyy', of yyyy, yy, MM and dd", argument.range,
          suggestion: word(argument).flatMap { ScanPart.dateParts($0.replacing("D", with: "d").replacing("Y", with: "y")) }.map {
            "write '\($0.map(\.rawValue).joined())'"
          })
        return nil
      }
      return (.scanPart(typed.operation, ScanPart(form: .date(parts), check: check)), .text)
    default:
      refuse(typed, arguments)
      return nil
    }
  }

  /// `scan-line`: the parts behind each other.
  func scanLine(_ typed: Typed, _ arguments: FilterArguments) -> (Operation, ValueType)? {
    guard typed.type.unwrapped == .text else {
      refuse(typed, arguments, suggestion: typed.type.unwrapped.isPrintable ? "put | scan-part(…) before it" : nil)
      return nil
    }
    var parts = [typed.operation]
    for name in (2...8).map({ "part\($0)" }) {
      guard let argument = arguments[name] else { continue }
      let part = present(argument)
      guard part.type == .text else {
        if part.type != .unknown {
          error(
            .filterArgument, "a part of a scan line must be a text, not \(part.type.phrase)", part.range,
            suggestion: part.type.isPrintable ? "write \(text(part.range)) | scan-part(…)" : nil)
        }
        return nil
      }
      parts.append(part.operation)
    }
    let separator = word(arguments["separator"]) ?? ""
    guard separator.count <= 3, separator.allSatisfy(ScanPart.signs.contains) else {
      error(
        .filterArgument, "between the parts of a scan line stand at most three spaces or signs of < > + # - . /",
        arguments["separator"]?.range ?? arguments.call.nameRange)
      return nil
    }
    return (.scanLine(parts, checkDigit(arguments), separator: separator), .text)
  }
}
