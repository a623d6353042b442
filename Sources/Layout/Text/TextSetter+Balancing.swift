internal import Geometry
internal import Vocabulary

extension TextContent {
  /// Texts of more lines are read line by line, and nobody sees how long the last one is.
  private static let mostBalancedLines = 4

  /// Whether `lines`, its lines at some width, are to be made about equally long, and can be: no line depends on the width otherwise, and nothing is
  /// broken that should not be.
  func balances(_ lines: [TextLine]) -> Bool {
    guard isBalanced, alignment != .justify, alignment != .decimal, (2...Self.mostBalancedLines).contains(lines.count),
      !lines.contains(where: \.isBroken)
    else { return false }
    return spans.enumerated().allSatisfy { place, span in
      switch span {
      case .text, .lineBreak, .picture: true
      case .tab: place == 1 && isHung
      case .late: false
      }
    }
  }

  /// Whether a tab behind its first span leads to where all other lines begin: a number hung beside a heading.
  private var isHung: Bool { tabs == [TabStop(.fixed(hangingIndent), .start)] && firstLineIndent == .zero }

  /// Whether the end of a line parts what is written as one word: behind a hyphen, a dash or a slash.
  fileprivate func partsWord(at line: TextLine) -> Bool {
    guard !line.isLast else { return false }
    // What stands before the beginning of a span is the end of the one before.
    for place in stride(from: min(line.end.span, spans.count - 1), through: 0, by: -1) {
      guard case .text(let text, _, _, _) = spans[place] else { return false }
      let before = place == line.end.span ? text.utf8.prefix(line.end.offset) : text.utf8[...]
      if let last = Substring(before).unicodeScalars.last {
        return "-/\u{2010}\u{2012}\u{2013}\u{2014}".unicodeScalars.contains(last)
      }
    }
    return false
  }

  /// How much of the width a line leaves stands at its left, 0…1.
  fileprivate var leftShare: Double {
    switch alignment {
    case .center: 0.5
    case .end: direction == .leftToRight ? 1 : 0
    case .start, .justify, .decimal: direction == .leftToRight ? 0 : 1
    }
  }
}

extension TextSetter {
  /// Halvings of the width: a measure as wide as a page is known to less than half a point.
  ///
  /// - Stops: a heading that is set hundreds of times.
  private var balancingSteps: Int { 11 }

  /// All lines of a paragraph; as many as ever, about equally long, where it asks for that and has few.
  ///
  /// The longest line is made as short as it can be, then the longest of those behind the first one, and so on: a long line that must be does not
  /// keep the ones below it from sharing their words.
  func balancedLines(of content: TextContent, width: Length) -> [TextLine] {
    let plain = lines(of: content, from: .start, width: width)
    guard width.isFinite, content.balances(plain) else { return plain }
    // Words are parted to fill lines, and these are not to be full.
    var whole = content
    whole.hyphenates = false
    let mayPart = plain.contains { content.partsWord(at: $0) }
    var result: [TextLine] = []
    var start = TextPosition.start
    while result.count < plain.count {
      guard let line = shortestFirstLine(of: whole, from: start, count: plain.count - result.count, width: width, mayPart: mayPart) else {
        return plain
      }
      result.append(line)
      start = line.end
    }
    return result
  }

  /// The first line of a paragraph that is set in so many lines as narrow as they can be; `nil` where not even the full width holds them.
  ///
  /// - Parameter mayPart: Whether lines may end behind the hyphen of a word: only where they do so anyway.
  private func shortestFirstLine(
    of content: TextContent, from start: TextPosition, count: Int, width: Length, mayPart: Bool
  ) -> TextLine? {
    func fits(_ lines: [TextLine]) -> Bool {
      lines.count <= count && !lines.contains { $0.isBroken || !mayPart && content.partsWord(at: $0) }
    }
    var best = lines(of: content, from: start, width: width)
    guard fits(best) else { return nil }
    var (low, high) = (Length.zero, width)
    if count > 1 {
      for _ in 0..<balancingSteps {
        let middle = (low + high) / 2
        let lines = lines(of: content, from: start, width: middle)
        if fits(lines) { (best, high) = (lines, middle) } else { low = middle }
      }
    }
    return best.first?.moved(by: (width - high) * content.leftShare)
  }
}

extension TextLine {
  /// Whether its end parts a word or a token.
  fileprivate var isBroken: Bool { isCut || tokenBreak != nil }

  fileprivate func moved(by distance: Length) -> TextLine {
    guard distance > .zero else { return self }
    var line = self
    for index in line.items.indices { line.items[index].at.x = line.items[index].at.x + distance }
    line.start = line.start + distance
    return line
  }
}
