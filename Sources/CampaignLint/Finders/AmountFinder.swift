internal import Formats
internal import Money

/// Finds amounts of money in running text: numbers as the language writes them, with a currency beside them.
struct AmountFinder {
  /// An amount as it is written.
  struct Found {
    let amount: Amount
    let text: Substring
  }

  private let decimal: Character
  private let grouping: Character?
  private let symbol: String

  /// - Parameter currency: The one whose own sign, such as `kr`, is known beside all codes and signs.
  init(_ formats: LocaleFormats, _ currency: Currency) {
    let sample = (try? Amount("1234567.5")).map { formats.number($0, minimumDecimals: 1) } ?? ""
    let marks = sample.filter { $0.wholeNumberValue == nil }
    decimal = marks.last ?? "."
    grouping = marks.count > 1 ? marks.first : nil
    symbol = formats.money(.one, currency: currency, decimals: 0).filter { $0.wholeNumberValue == nil && !$0.isWhitespace }
  }

  /// The amounts of a text, in order.
  func amounts(in text: String) -> [Found] {
    let characters = Array(text)
    var found: [Found] = []
    var place = 0
    while place < characters.count {
      guard digit(characters[place]) != nil else {
        place += 1
        continue
      }
      let start = place
      var digits = ""
      var decimals = false
      while place < characters.count {
        if let value = digit(characters[place]) {
          digits += String(value)
        } else if !decimals, characters[place] == decimal, place + 1 < characters.count, digit(characters[place + 1]) != nil {
          digits += "."
          decimals = true
        } else if isGrouping(characters[place]), !decimals, isGroup(characters, after: place) {
        } else {
          break
        }
        place += 1
      }
      guard let amount = try? Amount(digits), let whole = withCurrency(characters, start..<place) else { continue }
      let range = text.index(text.startIndex, offsetBy: whole.lowerBound)..<text.index(text.startIndex, offsetBy: whole.upperBound)
      found.append(Found(amount: amount, text: text[range]))
    }
    return found
  }

  private func digit(_ character: Character) -> Int? {
    character.isNumber ? character.wholeNumberValue.flatMap { (0...9).contains($0) ? $0 : nil } : nil
  }

  private func isGrouping(_ character: Character) -> Bool {
    // One language has several customs: Austria sets a space in numbers and a full stop in amounts.
    (grouping.map { $0.isWhitespace && character.isWhitespace } ?? false) || character != decimal && ".,'’".contains(character)
      || character == grouping
  }

  /// Whether three digits and no fourth follow.
  private func isGroup(_ characters: [Character], after place: Int) -> Bool {
    guard place + 3 < characters.count, (1...3).allSatisfy({ digit(characters[place + $0]) != nil }) else { return false }
    return place + 4 >= characters.count || digit(characters[place + 4]) == nil
  }

  /// The number with the currency right beside it, a space between them allowed; `nil` where there is none.
  private func withCurrency(_ characters: [Character], _ range: Range<Int>) -> Range<Int>? {
    var end = range.lowerBound
    if end > 0, characters[end - 1].isWhitespace { end -= 1 }
    if let start = mark(characters[..<end].reversed().prefix { !$0.isWhitespace && digit($0) == nil }.reversed(), isBefore: true) {
      return end - start..<range.upperBound
    }
    var start = range.upperBound
    if start < characters.count, characters[start].isWhitespace { start += 1 }
    if let length = mark(characters[start...].prefix { !$0.isWhitespace && digit($0) == nil }, isBefore: false) {
      return range.lowerBound..<start + length
    }
    return nil
  }

  /// How many characters a word next to a number has, if it is a currency; punctuation on its other side is passed over.
  private func mark(_ word: some Sequence<Character>, isBefore: Bool) -> Int? {
    let all = Array(word)
    var core = isBefore ? Array(all.drop { "([«\"“-–".contains($0) }) : all
    while !isBefore, let last = core.last, ".,;:!?)]»\"”".contains(last), String(core) != symbol { core.removeLast() }
    guard !core.isEmpty else { return nil }
    let text = String(core)
    let isSign = core.contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .currencySymbol } }
    return isSign || text == symbol || Currency(code: text) != nil ? all.count : nil
  }
}
