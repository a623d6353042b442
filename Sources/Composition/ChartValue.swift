internal import Diagnostics
internal import LayoutLanguage
internal import Money

/// What the `value` of a chart comes to at one mark.
enum ChartValue {
  /// The parts from the line outwards, empty where nothing is known, and their sum as it is printed above the mark.
  ///
  /// A part that is absent keeps its place, so that those behind it keep their colour.
  static func read(_ value: Value, _ expression: Expression) throws(Diagnostic) -> (parts: [Double], total: Value) {
    switch value {
    case .number(let number), .amount(let number): return ([number.approximation], value)
    case .list(let list):
      var parts: [Double] = []
      var (sum, isMoney, isKnown) = (Amount.zero, false, false)
      for index in 0..<list.count {
        switch list.value(at: index) {
        case .number(let part), .amount(let part):
          if case .amount = list.value(at: index) { isMoney = true }
          isKnown = true
          parts.append(part.approximation)
          do throws(AmountError) { sum = try sum.adding(part) } catch {
            throw Diagnostic(id: "number-overflow", "the sum of '\(expression.text)' goes beyond 18 digits", at: expression.range)
          }
        default: parts.append(0)
        }
      }
      return isKnown ? (parts, isMoney ? .amount(sum) : .number(sum)) : ([], .absent)
    default: return ([], .absent)
    }
  }
}
