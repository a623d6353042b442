public import Geometry

// What a paragraph does so that its tokens stay whole, and how it is shown in part.
extension TextNode {
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    guard content.hasTokens, !widths(in: context).maximum.fits(width) else { return .zero }
    let tokens = tokenWidths(in: context)
    if width <= .zero { return tokens.whole }
    // Indents count for some lines only: the lines have the last word.
    guard !tokens.whole.fits(width), lines(at: width, in: context).contains(where: { $0.tokenBreak != nil }) else { return .zero }
    return tokens.whole - width
  }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds {
    let minimum = widths(in: context).minimum
    let tokens = tokenWidths(in: context)
    // Where something is wider than all tokens it is a word, and words are not made smaller. What is not firm is broken before firm tokens are.
    let words = minimum > tokens.whole + .slack ? minimum : .zero
    let indent = max(.zero, content.firstLineIndent, content.hangingIndent)
    let floor = content.smallestTokenSize.map { min(1, leastSize / $0) } ?? 1
    return TokenBounds(
      parted: max(words, tokens.firmPart), smallest: max(words, indent + (tokens.firmPart - indent) * floor),
      tokens: max(tokens.firmPart, min(minimum, TrackSizing.brokenWidth)))
  }

  /// Whether a line of that width would tear a token.
  func isTorn(at width: Length, in context: LayoutContext) -> Bool {
    lines(at: width, in: context).withUnsafeBufferPointer { all in
      all.indices.contains { all[$0].tokenBreak == .torn || all[$0].tokenBreak == .loosely }
    }
  }

  /// The paragraph as it is set at that width: itself, or in smaller type where it would tear a token. Where the smallest is no help, it is in
  /// that if a firm token is torn.
  func whole(at width: Length, in context: LayoutContext) -> TextNode {
    let setter = ObjectIdentifier(context.text)
    if !content.hasTokens || (settledWidth.map { $0 == (setter, width) } ?? false) { return self }
    guard isTorn(at: width, in: context) else { return self }
    if let smaller, smaller.setter == setter, smaller.width == width { return smaller.node }
    // What has been shrunk to the least size comes out a hair above or below it.
    guard let size = content.smallestTokenSize, size > leastSize * 1.0001, size.isFinite else { return self }
    let floor = max(0.01, leastSize / size)
    func scaled(_ step: Int) -> TextNode { self.scaled(by: floor + (1 - floor) * Double(step) / Double(FitNode.shrinkSteps)) }
    var best = scaled(0)
    if !best.isTorn(at: width, in: context) {
      // The largest step that fits, full size being known not to.
      var (low, high) = (0, FitNode.shrinkSteps)
      while high - low > 1 {
        let middle = (low + high) / 2
        let candidate = scaled(middle)
        if candidate.isTorn(at: width, in: context) { high = middle } else { (best, low) = (candidate, middle) }
      }
    } else if !best.lines(at: width, in: context).contains(where: { $0.tokenBreak == .torn }) {
      // Only what may be broken at last is too wide: at any size, so it keeps its own.
      best = self
    }
    smaller = (setter, width, best)
    return best
  }

  /// The paragraph in `limit` lines with an ellipsis at the end; `nil` where it has no more than that, or cannot be cut.
  func cut(to limit: Int, at width: Length, in context: LayoutContext) -> TextNode? {
    let lines = lines(at: width, in: context)
    // A token that would be torn is cut where it leaves its first line, so that nobody takes its part for the whole.
    let torn = lines.firstIndex { $0.tokenBreak == .torn || $0.tokenBreak == .loosely }.map { $0 - lines.startIndex + 1 }
    let limit = min(limit, torn ?? limit)
    guard limit > 0, lines.count > limit, !content.hasLateValues else { return nil }
    var end = lines[lines.startIndex + limit - 1].end
    let first = limit > 1 ? lines[lines.startIndex + limit - 2].end : start
    for _ in 0..<Self.cutTries {
      let candidate = content.cut(at: end, mark: "…")
      if context.text.lines(of: candidate, from: start, width: width).count <= limit { return with(candidate) }
      guard let before = content.position(before: end), first < before else { break }
      end = before
    }
    return with(content.cut(at: end, mark: "…"))
  }

  /// Characters taken off a line at most until the ellipsis has room.
  ///
  /// - Stops: a value of thousands of characters cut one by one.
  private static let cutTries = 40
}

extension TextContent {
  /// The place before the character, or the whole span that is no text, that ends at a position; `nil` at the paragraph's beginning.
  func position(before end: TextPosition) -> TextPosition? {
    if spans.indices.contains(end.span), case .text(let text, _, _, _) = spans[end.span], end.offset > 0 {
      let kept = String(decoding: text.utf8.prefix(end.offset), as: UTF8.self)
      return TextPosition(span: end.span, offset: String(kept.dropLast()).utf8.count)
    }
    guard end.span > 0 else { return nil }
    guard case .text(let text, _, _, _) = spans[end.span - 1] else { return TextPosition(span: end.span - 1, offset: 0) }
    return position(before: TextPosition(span: end.span - 1, offset: text.utf8.count))
  }
}
