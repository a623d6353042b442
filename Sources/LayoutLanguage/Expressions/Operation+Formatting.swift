internal import Dates
internal import Money
internal import Vocabulary

extension Operation {
  /// What it prints: texts as they are, other values in the language's default form, nothing where absent.
  func text(in environment: borrowing Environment) throws(EvaluationFault) -> String {
    Operation.printed(try value(in: environment), in: environment)
  }

  /// The operations that make a text.
  func formatted(in environment: borrowing Environment) throws(EvaluationFault) -> Value {
    switch self {
    case .string(let use):
      do { return .text(try use.string(in: environment)) } catch { throw .reported(error) }
    case .printed(let operand):
      let value = try operand.value(in: environment)
      return value.isAbsent ? .absent : .text(Operation.printed(value, in: environment))
    case .money(let operand, let format):
      guard let value = try operand.value(in: environment).digits else { return .absent }
      let currency = environment.currency
      var decimals = format.decimals
      if decimals == nil, format.keepsDecimals { decimals = currency.decimals...max(currency.decimals, value.decimals) }
      return .text(
        environment.formatter.money(value, currency: currency, decimals: decimals, negative: format.negative, display: format.display))
    case .number(let operand, let decimals, let grouping):
      guard let value = try operand.value(in: environment).digits else { return .absent }
      return .text(environment.formatter.number(value, decimals: decimals, grouping: grouping))
    case .percent(let operand, let decimals):
      guard let value = try operand.value(in: environment).digits else { return .absent }
      return .text(environment.formatter.percent(value, decimals: decimals))
    case .date(let operand, let format):
      guard case .date(let date) = try operand.value(in: environment) else { return .absent }
      return .text(environment.formatter.date(date, format: format))
    case .letters(let operand, let letters):
      guard case .text(let text) = try operand.value(in: environment) else { return .absent }
      switch letters {
      case .upper: return .text(environment.formatter.uppercase(text))
      case .lower: return .text(environment.formatter.lowercase(text))
      case .title: return .text(environment.formatter.titlecase(text))
      }
    case .group(let operand, let sizes, let separator):
      guard case .text(let text) = try operand.value(in: environment) else { return .absent }
      return .text(Operation.grouped(text, sizes, separator))
    case .iban(let operand, let other):
      guard case .text(let text) = try operand.value(in: environment) else { return .absent }
      return .text(IBAN(text)?.grouped ?? other ?? text)
    case .code(let operand, let list):
      guard case .text(let code) = try operand.value(in: environment),
        let words = list.words(of: code, in: environment.strings.language)
      else { return .absent }
      return .text(words)
    case .join(let operand, let separator, let field):
      guard case .list(let list) = try operand.value(in: environment) else { return .absent }
      let between = try separator.text(in: environment)
      try Operation.walk(list, in: environment)
      var result = ""
      var isFirst = true
      for index in 0..<list.count {
        let element = list.value(at: index).field(field)
        if element.isAbsent { continue }
        if !isFirst { result += between }
        isFirst = false
        result += Operation.printed(element, in: environment)
      }
      return .text(result)
    case .range(let first, let last, let format, let isWhole, let from, let until):
      switch (try first.value(in: environment), try last.value(in: environment)) {
      case (.date(let first), .date(let last)):
        guard isWhole, first != last else { return .text(environment.formatter.range(first, last, format: format)) }
        let (begin, end) = (environment.formatter.date(first, format: format), environment.formatter.date(last, format: format))
        return .text("\(begin)\u{A0}– \(end)")
      case (.date(let first), _): return .text(try Operation.halfOpen(first, format, from, in: environment))
      case (_, .date(let last)): return .text(try Operation.halfOpen(last, format, until, in: environment))
      default: return .text("")
      }
    case .plural(let operand, let forms):
      guard let value = try operand.value(in: environment).digits else { return .absent }
      let index = PluralCategory.allCases.firstIndex(of: environment.formatter.pluralCategory(of: value)) ?? 5
      guard let form = forms[index] ?? forms[5] else { return .absent }
      return .text(try form.text(in: environment))
    default: return .absent
    }
  }

  static func printed(_ value: Value, in environment: borrowing Environment) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): environment.formatter.number(number, decimals: nil, grouping: true)
    case .amount(let amount):
      environment.formatter.money(amount, currency: environment.currency, decimals: nil, negative: .minus, display: .symbol)
    case .date(let date): environment.formatter.date(date, format: .style(.medium))
    case .absent, .flag, .list, .record: ""
    }
  }

  /// The words of a period of which one end is open, with the date of the other in the place of their ellipsis, or behind them.
  private static func halfOpen(
    _ date: PlainDate, _ format: DateFormat, _ words: Operation?, in environment: borrowing Environment
  ) throws(EvaluationFault) -> String {
    let day = environment.formatter.date(date, format: format)
    let words = try words?.text(in: environment) ?? ""
    guard let place = words.firstIndex(of: "…") else { return words.isEmpty ? day : "\(words) \(day)" }
    return words[..<place] + day + words[words.index(after: place)...]
  }

  /// The letters and digits of `text` in groups of `sizes`, the last size repeated; a mark of its own ends a group as a separator does.
  static func grouped(_ text: String, _ sizes: [Int], _ separator: String) -> String {
    guard !sizes.isEmpty else { return text }
    var result = ""
    var (group, taken) = (0, 0)
    for character in text {
      guard character.isLetter || character.isNumber else {
        if taken > 0 { (group, taken) = (min(group + 1, sizes.count - 1), 0) }
        result.append(character)
        continue
      }
      if taken == sizes[group] {
        result += separator
        (group, taken) = (min(group + 1, sizes.count - 1), 0)
      }
      result.append(character)
      taken += 1
    }
    return result
  }

  /// Counts a walk over `list` against the bill's steps.
  static func walk(_ list: any ValueList, in environment: borrowing Environment) throws(EvaluationFault) {
    guard list.count <= LanguageLimits.listElements else { throw .listTooLong }
    guard environment.steps.take(list.count) else { throw .tooManySteps }
  }
}
