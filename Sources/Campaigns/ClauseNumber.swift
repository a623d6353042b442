/// The number that opens a heading: `3.`, `3)`, `(3)`, `3.1`, `§ 3`, `IV.`, `b)`.
///
/// It says where a clause stands, not what it says. Digits of every script count (`٣.`). A number with nothing behind it but white space
/// (`3 Payment`) is one only where it goes on from the headings before it: "30 days to pay" begins with a figure of the clause.
struct ClauseNumber: Equatable {
  /// As it is written, without white space at its ends.
  let text: Substring
  /// Its figures, such as 3 and 1 of `3.1`; empty for letters.
  let parts: [Int]
  /// Whether a sign shows that it is a number of a clause.
  let isMarked: Bool
  /// What follows it.
  let rest: Substring

  /// The most digits of a figure: four are a year.
  ///
  /// - Stops: years and figures of contracts, which are words of a heading.
  private static let maximumDigits = 3

  /// Reads the number at the beginning of a text; `nil` where there is none, or nothing follows it.
  init?(opening text: some StringProtocol) {
    let text = Substring(text)
    var at = text.startIndex
    var (isMarked, isOpen) = (false, false)
    func skipSpace() { while at < text.endIndex, text[at].isWhitespace { at = text.index(after: at) } }
    func next() -> Character? { at < text.endIndex ? text[at] : nil }
    skipSpace()
    let start = at
    while next() == "§" {
      isMarked = true
      at = text.index(after: at)
    }
    if isMarked { skipSpace() }
    if next() == "(" {
      isOpen = true
      at = text.index(after: at)
    }
    var parts: [Int] = []
    while let figure = Self.figure(text[at...]) {
      parts.append(figure.value)
      at = figure.end
      let behind = text.index(at, offsetBy: 1, limitedBy: text.endIndex)
      guard next() == ".", let behind, Self.figure(text[behind...]) != nil else { break }
      at = behind
    }
    let isLetters = parts.isEmpty && !isMarked
    if isLetters {
      let letters = text[at...].prefix { $0.isASCII && $0.isLetter }
      let isRoman = letters.count <= 6 && letters.allSatisfy { "IVXLC".contains($0) }
      guard letters.count == 1 || isRoman && !letters.isEmpty else { return nil }
      at = letters.endIndex
    } else if parts.isEmpty {
      return nil
    }
    let closers: Set<Character> = isOpen ? [")"] : [".", ")", ":"]
    if let sign = next(), closers.contains(sign) {
      isMarked = true
      at = text.index(after: at)
    } else if isOpen || isLetters {
      return nil
    }
    let end = at
    guard let space = next(), space.isWhitespace else { return nil }
    skipSpace()
    guard at < text.endIndex else { return nil }
    (self.text, self.parts, self.isMarked, rest) = (text[start..<end], parts, isMarked, text[at...])
  }

  private static func figure(_ text: Substring) -> (value: Int, end: Substring.Index)? {
    let digits = text.prefix { $0.isNumber && $0.wholeNumberValue != nil }
    guard (1...maximumDigits).contains(digits.count) else { return nil }
    return (digits.reduce(0) { $0 * 10 + ($1.wholeNumberValue ?? 0) }, digits.endIndex)
  }

  /// Whether it is the next one behind `last`, or the first of a level below.
  func follows(_ last: [Int]) -> Bool {
    guard let own = parts.last, parts.dropLast().elementsEqual(last.prefix(parts.count - 1)) else { return false }
    return own == (last.count >= parts.count ? last[parts.count - 1] : 0) + 1
  }
}

extension MarkdownDocument {
  /// The numbers that open headings among the blocks, as they are written, by the block's index.
  ///
  /// - Complexity: O(length of the headings).
  public var headingNumbers: [Int: String] {
    var last: [Int] = []
    var numbers: [Int: String] = [:]
    for (index, block) in blocks.enumerated() {
      guard case .heading(_, let inlines) = block.content, case .text(let words)? = inlines.first,
        let number = ClauseNumber(opening: inlines.count == 1 ? words : words + "x"), number.isMarked || number.follows(last)
      else { continue }
      if !number.parts.isEmpty { last = number.parts }
      numbers[index] = String(number.text)
    }
    return numbers
  }
}

extension [MarkdownInline] {
  /// A heading's words without the number that opens it.
  public func withoutNumber(_ number: String) -> [MarkdownInline] {
    guard case .text(let words)? = first, words.drop(while: \.isWhitespace).hasPrefix(number) else { return self }
    let rest = words.drop(while: \.isWhitespace).dropFirst(number.count).drop(while: \.isWhitespace)
    return (rest.isEmpty ? [] : [.text(String(rest))]) + dropFirst()
  }

  /// The bold words a passage begins with; `nil` where it begins otherwise.
  var runIn: [MarkdownInline]? {
    for inline in self {
      switch inline {
      case .strong(let inner): return inner.plainText.contains { !$0.isWhitespace } ? inner : nil
      case .text(let text) where text.allSatisfy(\.isWhitespace): continue
      case .softBreak: continue
      default: return nil
      }
    }
    return nil
  }
}
