internal import Diagnostics
internal import Geometry
internal import Vocabulary

extension LiteralReader {
  /// Puts a style attribute into `overrides`.
  func read(_ attribute: AttributeName, into overrides: inout StyleOverrides) {
    switch attribute {
    case .font: overrides.families = families()
    case .size:
      guard let word = word("a type size such as '10pt'", .wrongLength), let size = fixed(word, "a type size such as '10pt'") else {
        return
      }
      guard size >= .pt(1), size <= .pt(500) else {
        error(.wrongLength, "a type size is from 1pt to 500pt", word.range)
        return
      }
      overrides.size = size
    case .lineHeight: overrides.lineHeight = lineHeight()
    case .weight: overrides.weight = weight()
    case .slant: overrides.isItalic = word(SlantWord.self).map { $0 == .italic }
    case .color: overrides.color = word("the name of a colour, or '#RRGGBB'", .wrongColor).flatMap(color)
    case .figures: overrides.hasTabularFigures = word(FigureWord.self).map { $0 == .tabular }
    case .features: overrides.features = features()
    case .letterSpacing: overrides.letterSpacing = small("letter-spacing", 50)
    case .rise: overrides.rise = small("rise", 500)
    case .underline: if case .flag(let flag) = read(.flag) { overrides.isUnderlined = flag }
    case .nowrap: overrides.nowrap = word(NoWrap.self)
    case .balance: if case .flag(let flag) = read(.flag) { overrides.isBalanced = flag }
    case .hyphenate: if case .flag(let flag) = read(.flag) { overrides.hyphenates = flag }
    case .align: overrides.align = word(TextAlignment.self)
    case .spaceAfter: overrides.spaceAfter = word("a length such as '6pt'", .wrongLength).flatMap { fixed($0, "a length such as '6pt'") }
    default: break
    }
  }

  private func small(_ what: String, _ limit: Double) -> Length? {
    guard let word = word("a length such as '0.2pt'", .wrongLength), let length = fixed(word, "a length such as '0.2pt'", negative: true)
    else {
      return nil
    }
    guard abs(length.points) <= limit else {
      error(.wrongLength, "'\(what)' is at most \(Int(limit))pt", word.range)
      return nil
    }
    return length
  }

  /// The families, each a name without quotes.
  func families() -> [String]? {
    let words = words(separatedBy: UInt8(ascii: ","))
    guard (1...LanguageLimits.families).contains(words.count),
      !words.contains(where: { $0.text.utf8.count > LanguageLimits.familyBytes })
    else {
      wrong(.wrongValue, "a list of font families such as 'Inter, Noto Sans Arabic'")
      return nil
    }
    return words.map(\.text)
  }

  private func lineHeight() -> StyleOverrides.LineHeight? {
    let phrase = AttributeType.lineHeight.phrase
    guard let word = word(phrase, .wrongLength) else { return nil }
    if word.text.utf8.allSatisfy({ Lexer.isDigit($0) || $0 == UInt8(ascii: ".") }), let factor = Double(word.text) {
      guard (0.5...5).contains(factor) else {
        error(
          .wrongLength, "a line height without a unit is a multiple of the size, from 0.5 to 5", word.range,
          suggestion: factor > 5 ? "write \(word.text)pt" : nil)
        return nil
      }
      return .factor(factor)
    }
    guard let length = fixed(word, phrase) else { return nil }
    guard length >= .pt(1), length <= .pt(1000) else {
      error(.wrongLength, "a line height is from 1pt to 1000pt", word.range)
      return nil
    }
    return .fixed(length)
  }

  private func weight() -> Int? {
    let phrase = AttributeType.weight.phrase
    guard let word = word(phrase, .wrongKeyword) else { return nil }
    switch word.text {
    case "regular": return 400
    case "medium": return 500
    case "semibold": return 600
    case "bold": return 700
    default:
      if let weight = Int(word.text), (100...900).contains(weight) { return weight }
      let known = ["regular", "medium", "semibold", "bold"]
      // The names of CSS and of font files for what has a number only.
      let numbers = ["thin": 100, "hairline": 100, "extralight": 200, "light": 300, "extrabold": 800, "heavy": 900, "black": 900]
      wrong(
        .wrongKeyword, phrase, word,
        suggestion: word.text == "normal" || word.text == "book"
          ? "write 'regular'"
          : numbers[word.text.lowercased()].map { "write \($0)" } ?? Suggestion.didYouMean(word.text, among: known))
      return nil
    }
  }

  private func features() -> [String]? {
    let words = words()
    for word in words {
      let tag = word.text.hasPrefix("-") ? String(word.text.dropFirst()) : word.text
      guard tag.utf8.count == 4, tag.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "-") }) else {
        wrong(.wrongValue, "an OpenType feature of four characters, such as 'ss01' or '-liga'", word)
        return nil
      }
    }
    guard (1...20).contains(words.count) else {
      wrong(.wrongValue, AttributeType.features.phrase)
      return nil
    }
    return words.map(\.text)
  }

  /// A percentage as a share, 0…1.
  func share() -> Double? {
    guard let word = word(AttributeType.share.phrase, .wrongNumber) else { return nil }
    guard word.text.hasSuffix("%"), case .share(let share) = length(word, [.share], AttributeType.share.phrase) else {
      if !word.text.hasSuffix("%") { wrong(.wrongNumber, AttributeType.share.phrase, word) }
      return nil
    }
    return share
  }

  /// A paper size by name or by width and height.
  func paper() -> PaperSize? {
    let words = words()
    let phrase = AttributeType.paper.phrase
    switch words.count {
    case 1:
      if let paper = PaperSize.named(words[0].text) { return paper }
      wrong(.wrongValue, phrase, words[0], suggestion: Suggestion.didYouMean(words[0].text, among: PaperSize.all.map(\.name)))
      return nil
    case 2:
      guard let width = fixed(words[0], phrase), let height = fixed(words[1], phrase) else { return nil }
      guard width >= .pt(36), height >= .pt(36), width <= .pt(14_400), height <= .pt(14_400) else {
        error(.wrongValue, "a sheet is from half an inch to 200 inches wide and high")
        return nil
      }
      return PaperSize(name: value.string, size: Size(width: width, height: height))
    default:
      wrong(.wrongValue, phrase)
      return nil
    }
  }
}
