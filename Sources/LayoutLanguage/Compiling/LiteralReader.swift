internal import Diagnostics
internal import Geometry
internal import Vocabulary

/// Reads the literal values of attributes: lengths, colours, names and the like.
struct LiteralReader {
  let value: SourceText
  /// The attribute's name, for messages.
  let name: String
  let names: DeclaredNames
  let findings: Findings

  /// A word of the value and its place in it.
  struct Word {
    var text: String
    var range: Range<Int>
  }

  func error(_ finding: LanguageFinding, _ message: String, _ range: Range<Int>? = nil, suggestion: String? = nil) {
    findings.error(finding, message, at: range.map { value.range($0) } ?? value.range, suggestion: suggestion)
  }

  /// The words between white space, or between `separator`s with the white space round them taken off.
  func words(separatedBy separator: UInt8? = nil) -> [Word] {
    var words: [Word] = []
    var start = 0
    let bytes = value.bytes
    func add(_ range: Range<Int>) {
      var range = range
      while let first = range.first, Lexer.isSpace(bytes[first]) { range = range.dropFirst() }
      while let last = range.last, Lexer.isSpace(bytes[last]) { range = range.dropLast() }
      if !range.isEmpty { words.append(Word(text: String(decoding: bytes[range], as: UTF8.self), range: range)) }
    }
    for (index, byte) in bytes.enumerated() where separator.map({ $0 == byte }) ?? Lexer.isSpace(byte) {
      add(start..<index)
      start = index + 1
    }
    add(start..<bytes.count)
    return words
  }

  /// The only word of the value; reports none or several.
  func word(_ phrase: String, _ finding: LanguageFinding) -> Word? {
    let words = words()
    guard words.count == 1 else {
      // A unit set apart from its number.
      let joined = words.count == 2 && finding == .wrongLength && quantity(words[0].text)?.unit == "" ? words[0].text + words[1].text : nil
      wrong(finding, phrase, suggestion: joined.map { "write \($0)" })
      return nil
    }
    return words[0]
  }

  /// Reports a value that is not what the attribute takes.
  func wrong(_ finding: LanguageFinding, _ phrase: String, _ word: Word? = nil, suggestion: String? = nil) {
    let text = word?.text ?? value.string
    error(
      finding, text.utf8.allSatisfy(Lexer.isSpace) ? "'\(name)' is empty; it takes \(phrase)" : "'\(text)' is not \(phrase)", word?.range,
      suggestion: suggestion)
  }

  // MARK: Values

  /// The value read as `type`, which is neither text nor an expression; `nil` once a fault is reported.
  func read(_ type: AttributeType) -> AttributeValue? {
    switch type {
    case .length(let forms): return word(type.phrase, .wrongLength).flatMap { length($0, forms, type.phrase) }.map { .length($0) }
    case .lengths: return fixedLengths(1...8, type.phrase).map { .lengths($0) }
    case .insets: return insets(type.phrase).map { .insets($0) }
    case .integer(let bounds): return integer(bounds, type.phrase).map { .integer($0) }
    case .keyword(let words): return keyword(words).map { .keyword($0) }
    case .keywords(let words): return keywords(words, type.phrase).map { .keywords($0) }
    case .flag:
      guard let word = word(type.phrase, .wrongKeyword) else { return nil }
      switch word.text {
      case "yes": return .flag(true)
      case "no": return .flag(false)
      default:
        wrong(
          .wrongKeyword, type.phrase, word,
          suggestion: word.text == "true" || word.text == "1"
            ? "write 'yes'" : word.text == "false" || word.text == "0" ? "write 'no'" : nil)
        return nil
      }
    case .label: return .name(value.string)
    case .declaration: return declaration(type.phrase).map { .name($0.text) }
    case .style: return style().map { .style($0) }
    case .color: return word(type.phrase, .wrongColor).flatMap(color).map { .color($0) }
    case .line: return line(type.phrase).map { .line($0) }
    case .bar: return bar(type.phrase).map { .bar($0) }
    case .zones: return zones().map { .zones($0) }
    case .perforation: return perforation(type.phrase).map { .perforation($0) }
    case .tabs: return tabs(type.phrase).map { .tabs($0) }
    case .span: return span(type.phrase).map { .span($0) }
    case .rowRules: return rowRules(type.phrase).map { .rowRules($0) }
    case .rowSpan: return rowSpan(type.phrase).map { .rowSpan($0) }
    case .keep: return keep(type.phrase).map { .keep($0) }
    case .lineHeight, .weight, .share, .hexColor, .format, .language, .formats, .features, .families, .fieldPath, .path, .paper, .fitSteps,
      .text,
      .loop,
      .expression:
      return nil
    }
  }

  /// A number with its unit split off; `nil` where it does not begin with a number.
  private func quantity(_ text: String) -> (Double, unit: String)? {
    let bytes = Array(text.utf8)
    var end = 0
    var hasDigit = false
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
    var seenPoint = false
    while end < bytes.count {
      if Lexer.isDigit(bytes[end]) {
        hasDigit = true
      } else if bytes[end] == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      end += 1
    }
    guard hasDigit, end <= 24, let number = Double(String(decoding: bytes[..<end], as: UTF8.self)) else { return nil }
    return (number, String(decoding: bytes[end...], as: UTF8.self))
  }

  func length(_ word: Word, _ forms: AttributeType.LengthForms, _ phrase: String) -> Dimension? {
    if word.text == "auto", forms.contains(.auto) { return .auto }
    guard let (number, unit) = quantity(word.text) else {
      wrong(.wrongLength, phrase, word)
      return nil
    }
    let points: Length
    switch unit {
    case "pt": points = .pt(number)
    case "mm": points = .mm(number)
    case "cm": points = .mm(number * 10)
    case "in": points = .inches(number)
    case "" where number == 0: points = .zero
    case "%" where forms.contains(.share) && number >= 0 && number <= 100: return .share(number / 100)
    case "fr" where forms.contains(.fraction) && number > 0 && number <= 1000: return .fraction(number)
    case "": return refuse(word, "'\(word.text)' has no unit", "write \(word.text)pt or \(word.text)mm")
    case "px": return refuse(word, "'px' is not a unit of paper", "write pt, mm, cm or in")
    case "em", "rem": return refuse(word, "'\(unit)' is not known here; lengths are absolute", "write pt, mm, cm or in")
    case "%": return refuse(word, forms.contains(.share) ? "a share is from 0% to 100%" : "'\(name)' takes no percentage", nil)
    case "fr": return refuse(word, forms.contains(.fraction) ? "a fraction is greater than 0" : "'\(name)' takes no fraction", nil)
    default:
      let near = Suggestion.nearest(to: unit, among: ["pt", "mm", "cm", "in"])
      wrong(.wrongLength, phrase, word, suggestion: near.map { "did you mean '\(word.text.dropLast(unit.count))\($0)'?" })
      return nil
    }
    if points < .zero, !forms.contains(.negative) { return refuse(word, "'\(name)' cannot be negative", nil) }
    guard abs(points.points) <= LanguageLimits.length else { return refuse(word, "'\(word.text)' is longer than any paper", nil) }
    return .fixed(points)
  }

  private func refuse(_ word: Word, _ message: String, _ suggestion: String?) -> Dimension? {
    error(.wrongLength, message, word.range, suggestion: suggestion)
    return nil
  }

  /// A length in points and nothing else.
  func fixed(_ word: Word, _ phrase: String, negative: Bool = false) -> Length? {
    guard case .fixed(let length) = length(word, negative ? [.negative] : [], phrase) else { return nil }
    return length
  }

  private func fixedLengths(_ counts: ClosedRange<Int>, _ phrase: String) -> [Length]? {
    let words = words()
    guard counts.contains(words.count) else {
      wrong(.wrongLength, phrase)
      return nil
    }
    let lengths = words.map { fixed($0, phrase) }
    return lengths.contains(nil) ? nil : lengths.compactMap { $0 }
  }

  func insets(_ phrase: String) -> Insets? {
    guard let sides = fixedLengths(1...4, phrase) else { return nil }
    switch sides.count {
    case 1: return Insets(all: sides[0])
    case 2: return Insets(top: sides[0], right: sides[1], bottom: sides[0], left: sides[1])
    case 3: return Insets(top: sides[0], right: sides[1], bottom: sides[2], left: sides[1])
    default: return Insets(top: sides[0], right: sides[1], bottom: sides[2], left: sides[3])
    }
  }

  func integer(_ bounds: ClosedRange<Int>, _ phrase: String) -> Int? {
    guard let word = word(phrase, .wrongNumber) else { return nil }
    guard word.text.utf8.allSatisfy(Lexer.isDigit), let number = Int(word.text), bounds.contains(number) else {
      wrong(.wrongNumber, phrase, word)
      return nil
    }
    return number
  }

  /// One of the words; `nil` once anything else is reported.
  func keyword(_ words: [String]) -> String? {
    let phrase = AttributeType.list(words)
    guard let word = word(phrase, .wrongKeyword) else { return nil }
    if words.contains(word.text) { return word.text }
    wrong(.wrongKeyword, phrase, word, suggestion: Habit.keyword(word.text, among: words))
    return nil
  }

  /// One or several of the words; `nil` once anything else is reported.
  private func keywords(_ words: [String], _ phrase: String) -> [String]? {
    let written = self.words()
    if written.isEmpty { wrong(.wrongKeyword, phrase) }
    for word in written where !words.contains(word.text) {
      wrong(.wrongKeyword, phrase, word, suggestion: Habit.keyword(word.text, among: words))
      return nil
    }
    return written.isEmpty ? nil : written.map(\.text)
  }

  /// One of the words of a type; `nil` once anything else is reported.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type = Word.self) -> Word? { word(among: Array(Word.allCases)) }

  /// One of some words of a type.
  func word<Word: RawRepresentable<String>>(among words: [Word]) -> Word? {
    keyword(words.map(\.rawValue)).flatMap { Word(rawValue: $0) }
  }

  func declaration(_ phrase: String) -> Word? {
    guard let word = word(phrase, .wrongName) else { return nil }
    guard Lexer.isName(word.text), word.text.utf8.count <= 64 else {
      wrong(.wrongName, phrase, word)
      return nil
    }
    return word
  }

  // MARK: Names

  func style() -> Int? {
    guard let word = word("the name of a style", .wrongName) else { return nil }
    if let index = names.styles[word.text] { return index }
    error(
      .unknownStyle, "no style is named '\(word.text)'", word.range, suggestion: Suggestion.didYouMean(word.text, among: names.styleNames))
    return nil
  }

  func color(_ word: Word) -> ColorReference? {
    if word.text.utf8.first == UInt8(ascii: "#") {
      if let color = Color(hex: word.text) { return .literal(color) }
      error(.wrongColor, "'\(word.text)' is not a colour such as '#0B6E4F'", word.range)
      return nil
    }
    if let index = names.colors[word.text] { return .named(index) }
    switch word.text {
    case "black": return .literal(.black)
    case "white": return .literal(.white)
    default:
      error(
        .unknownColor, "no colour is named '\(word.text)'", word.range,
        suggestion: Suggestion.didYouMean(word.text, among: names.colorNames + ["black", "white"]))
      return nil
    }
  }

  // MARK: Composed values

  private func line(_ phrase: String) -> LineValue? {
    let words = words()
    guard (1...2).contains(words.count) else {
      wrong(.wrongValue, phrase)
      return nil
    }
    guard let thickness = fixed(words[0], "a thickness such as '0.75pt'") else { return nil }
    guard words.count == 2 else { return LineValue(thickness: thickness, color: nil) }
    return color(words[1]).map { LineValue(thickness: thickness, color: $0) }
  }

  private func bar(_ phrase: String) -> BarValue? {
    let words = words()
    guard (1...3).contains(words.count) else {
      wrong(.wrongValue, phrase)
      return nil
    }
    guard let thickness = fixed(words[0], "a thickness such as '4pt'") else { return nil }
    var bar = BarValue(thickness: thickness, color: nil, side: .start)
    for (index, word) in words.dropFirst().enumerated() {
      if let side = Edge(rawValue: word.text) {
        bar.side = side
      } else if index == 0 {
        guard let color = color(word) else { return nil }
        bar.color = color
      } else {
        wrong(
          .wrongKeyword, AttributeType.list(Edge.allCases.map(\.rawValue)), word,
          suggestion: Habit.keyword(word.text, among: Edge.allCases.map(\.rawValue)))
        return nil
      }
    }
    return bar
  }

  private func tabs(_ phrase: String) -> [TabStop]? {
    var tabs: [TabStop] = []
    for stop in words(separatedBy: UInt8(ascii: ",")) {
      let parts = LiteralReader(value: value.slice(stop.range), name: name, names: names, findings: findings)
      let words = parts.words()
      guard (1...2).contains(words.count), tabs.count < 50 else {
        wrong(.wrongValue, phrase, stop)
        return nil
      }
      var tab: TabStop
      if words[0].text == "end" {
        tab = TabStop(.end, .end)
      } else {
        switch parts.length(words[0], [.share], "a tab stop such as '40mm' or 'end'") {
        case .fixed(let length): tab = TabStop(.fixed(length), .start)
        case .share(let share): tab = TabStop(.share(share), .start)
        default: return nil
        }
      }
      if words.count == 2 {
        let alignments: [TextAlignment] = [.start, .end, .center, .decimal]
        guard let alignment = TextAlignment(rawValue: words[1].text), alignments.contains(alignment) else {
          parts.wrong(
            .wrongKeyword, AttributeType.list(alignments.map(\.rawValue)), words[1],
            suggestion: Habit.keyword(words[1].text, among: alignments.map(\.rawValue)))
          return nil
        }
        tab.alignment = alignment
      }
      tabs.append(tab)
    }
    guard !tabs.isEmpty else {
      wrong(.wrongValue, phrase)
      return nil
    }
    return tabs
  }

  private func span(_ phrase: String) -> ColumnSpan? {
    guard let word = word(phrase, .wrongNumber) else { return nil }
    if word.text == "all" { return .all }
    return integer(1...LanguageLimits.tableColumns, phrase).map { .columns($0) }
  }

  private func keep(_ phrase: String) -> KeepRules? {
    var keep = KeepRules()
    let words = words()
    if words.isEmpty {
      wrong(.wrongKeyword, phrase)
      return nil
    }
    for word in words {
      switch word.text {
      case "together": keep.together = true
      case "previous": keep.previous = true
      case "next": keep.next = max(keep.next, 1)
      default:
        if word.text.hasPrefix("next-"), let count = Int(word.text.dropFirst(5)), (1...20).contains(count) {
          keep.next = max(keep.next, count)
        } else {
          wrong(
            .wrongKeyword, phrase, word, suggestion: Suggestion.didYouMean(word.text, among: ["together", "next", "previous", "next-2"]))
          return nil
        }
      }
    }
    return keep
  }
}
