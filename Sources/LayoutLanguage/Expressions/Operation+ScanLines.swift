internal import Dates
internal import Money

extension Operation {
  /// The parts of a scan line, and the line.
  ///
  /// - Throws: ``EvaluationFault/unscannable(_:)`` for what does not go into it; nothing is cut.
  func scanned(in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    switch self {
    case .scanPart(let operand, let part):
      let value = try operand.value(in: environment)
      if value.isAbsent { return .absent }
      var text: String
      switch (part.form, value) {
      case (.date(let parts), .date(let date)): text = Operation.scanned(date, parts)
      case (.width(let width), .text(let words)): text = try Operation.padded(try Operation.scanned(words), width)
      case (.width(let width), .amount(let amount)):
        text = try Operation.padded(try Operation.scanned(amount, decimals: environment.currency.decimals), width)
      case (.width(let width), .number(let number)): text = try Operation.padded(try Operation.scanned(number, decimals: 0), width)
      default: return .absent
      }
      if part.check != .none { text += try Operation.checkDigit(part.check, of: text) }
      return .text(text)
    case .scanLine(let parts, let check, let separator):
      var texts: [String] = []
      for part in parts {
        guard case .text(let text) = try part.value(in: environment) else { return .absent }
        if let other = text.first(where: { !ScanPart.isCounted($0) && !ScanPart.signs.contains($0) }) {
          throw .unscannable("has '\(other)', which a scan line does not; it has digits, the letters A to Z and the signs < > + # - . /")
        }
        texts.append(text)
      }
      if check != .none { texts.append(try Operation.checkDigit(check, of: texts.joined())) }
      return .text(texts.joined(separator: separator))
    default: return .absent
    }
  }

  private static func checkDigit(_ check: CheckDigit, of text: String) throws(EvaluationFault) -> String {
    guard let digit = check.digit(of: text) else {
      throw .unscannable("has no check digit '\(check.rawValue)' for '\(text)': that one is over digits only")
    }
    return String(UnicodeScalar(digit))
  }

  private static func padded(_ text: String, _ width: Int) throws(EvaluationFault) -> String {
    guard text.count <= width else {
      throw .unscannable("has \(text.count) characters, '\(text)', in a part of a scan line with \(width); nothing is cut off")
    }
    return String(repeating: "0", count: width - text.count) + text
  }

  private static func scanned(_ words: String) throws(EvaluationFault) -> String {
    let text = words.filter { !ScanPart.grouping.contains($0) }
    if let other = text.first(where: { !ScanPart.isCounted($0) }) {
      throw .unscannable("has '\(other)' in '\(words.prefix(60))'; a part of a scan line has digits and the letters A to Z")
    }
    if text.isEmpty { throw .unscannable("has nothing for its part of a scan line") }
    return text
  }

  private static func scanned(_ number: Amount, decimals: Int) throws(EvaluationFault) -> String {
    if number.isNegative { throw .unscannable("is \(number.description), and a scan line has no negative figures") }
    guard number.decimals <= decimals else {
      throw .unscannable("is \(number.description), with more than \(decimals) decimals; round it before it goes into a scan line")
    }
    let digits = number.description(decimals: decimals).filter { $0 != "." }
    let kept = digits.drop { $0 == "0" }
    return String(kept.isEmpty ? "0" : kept)
  }

  private static func scanned(_ date: PlainDate, _ parts: [ScanPart.DatePart]) -> String {
    // `YYYY-MM-DD`.
    let iso = date.iso
    return parts.map { part in
      switch part {
      case .year: String(iso.prefix(4))
      case .shortYear: String(iso.prefix(4).suffix(2))
      case .month: String(iso.dropFirst(5).prefix(2))
      case .day: String(iso.suffix(2))
      }
    }.joined()
  }
}
