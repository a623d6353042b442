/// A text cut into letters, digits and what stands between them.
struct TextRun {
  enum Kind { case letters, digits, other }

  let kind: Kind
  let text: Substring
  /// Of up to nine digits in any script; `nil` for everything else.
  let number: Int?

  /// The runs of a text, in order.
  static func all(_ text: String) -> [TextRun] {
    var runs: [TextRun] = []
    var start = text.startIndex
    while start < text.endIndex {
      let kind = kind(of: text[start])
      var end = text.index(after: start)
      while end < text.endIndex, self.kind(of: text[end]) == kind { end = text.index(after: end) }
      let part = text[start..<end]
      var number: Int?
      if kind == .digits, part.count <= 9 { number = part.reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) } }
      runs.append(TextRun(kind: kind, text: part, number: number))
      start = end
    }
    return runs
  }

  private static func kind(of character: Character) -> Kind {
    if character.isLetter { return .letters }
    if let digit = character.wholeNumberValue, (0...9).contains(digit), character.isNumber { return .digits }
    return .other
  }
}

/// A text in which whole words are looked for, whatever their case.
struct WordText {
  private let text: String
  private let characters: [Character]

  init(_ text: String) {
    self.text = text
    let lower = Array(text.lowercased())
    // Lower case may have other characters than the text; then places cannot be told apart, and the text is compared as it is.
    characters = lower.count == text.count ? lower : Array(text)
  }

  /// Where a phrase in lower case stands as whole words.
  func range(of phrase: String) -> Range<String.Index>? {
    let wanted = Array(phrase)
    guard let first = wanted.first, wanted.count <= characters.count else { return nil }
    func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
    for start in 0...(characters.count - wanted.count) where characters[start] == first {
      let end = start + wanted.count
      guard characters[start..<end].elementsEqual(wanted) else { continue }
      if start > 0, isPart(characters[start - 1]) { continue }
      if end < characters.count, isPart(characters[end]) { continue }
      return text.index(text.startIndex, offsetBy: start)..<text.index(text.startIndex, offsetBy: end)
    }
    return nil
  }
}

extension String {
  /// Where a phrase stands as whole words, whatever its case: both are compared in lower case.
  func wordRange(of phrase: String) -> Range<String.Index>? { WordText(self).range(of: phrase) }

  /// The first of some words that stands in the text.
  func firstWord(of words: [String]) -> Substring? {
    let text = WordText(self)
    return words.lazy.compactMap { text.range(of: $0) }.first.map { self[$0] }
  }
}
