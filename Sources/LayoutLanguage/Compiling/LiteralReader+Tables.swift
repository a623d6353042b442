internal import Geometry

extension LiteralReader {
  /// The rules between rows: how many rows, then thickness and colour, `all` at the end where rows with a role count.
  func rowRules(_ phrase: String) -> RowRulesValue? {
    var words = words()
    guard let first = words.first, first.text.hasPrefix("every-"), let every = Int(first.text.dropFirst(6)),
      (1...LanguageLimits.ruledRows).contains(every)
    else {
      wrong(.wrongValue, phrase, words.first)
      return nil
    }
    words.removeFirst()
    let countsAll = words.last?.text == "all"
    if countsAll { words.removeLast() }
    guard words.count <= 2 else {
      wrong(.wrongValue, phrase)
      return nil
    }
    var line = LineValue(thickness: .pt(0.5), color: nil)
    if let word = words.first {
      guard let thickness = fixed(word, "a thickness such as '0.5pt'") else { return nil }
      line.thickness = thickness
    }
    if words.count == 2 {
      guard let color = color(words[1]) else { return nil }
      line.color = color
    }
    return RowRulesValue(every: every, line: line, countsAll: countsAll)
  }

  /// How many rows a cell covers.
  func rowSpan(_ phrase: String) -> RowSpan? {
    guard let word = word(phrase, .wrongNumber) else { return nil }
    if word.text == "group" { return .group }
    return integer(2...LanguageLimits.spannedRows, phrase).map { .rows($0) }
  }
}
