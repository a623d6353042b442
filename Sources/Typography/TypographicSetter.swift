public import Geometry
public import Layout
internal import Vocabulary

/// Sets text with the faces of a font book: HarfBuzz shapes it, ICU says where lines may end and in which order they run.
///
/// - Shaping is unhinted, in font units scaled to points. A face is chosen for each grapheme cluster along the style's stack.
/// - Lines are filled greedily (UAX #14 for the opportunities); white space at a line's end hangs; a word wider than the measure breaks between
///   grapheme clusters.
/// - Order follows UAX #9; spans from data and late values are isolated as if between FSI and PDI, without such characters in the text.
/// - Soft hyphens, zero-width spaces and bidi marks do their work and are left out of the runs' text. A hyphen that parts a word stands for U+00AD.
/// - A justified line's word spaces take 80–150 % of their width; a line that would need more stays ragged.
///
/// Results are kept: for good when all of a paragraph is the layout's or the campaign's own text, else in a bounded store. They are the same whether
/// kept or not. One setter per worker; not safe to share between threads.
public final class TypographicSetter: TextSetter {
  private let book: FontBook
  private let shaper: Shaper
  private let paragraphs: ParagraphBuilder
  private let lineBuilder: LineBuilder
  private var styles: StyleTable
  private var languages: LanguageTable
  private var cache: KeyedCache<Paragraph>
  private let key = KeyBytes()
  private var asked = AskedContents()
  private var missing: [MissingGlyph] = []

  /// The most paragraphs with data kept; a worker's next hundred bills repeat about as many.
  ///
  /// - Stops: data without repetition, all of it kept.
  public static let keptParagraphs = 20_000
  /// The most memory they take, in bytes, about.
  ///
  /// - Stops: the same by its size.
  public static let keptParagraphCost = 16 << 20

  /// Makes a setter for the faces of `book`. Styles whose families the book cannot resolve (see ``FontBook/resolve(_:weight:slant:)``, which compiling a
  /// layout calls for every style) set nothing, and every cluster in them is reported as missing.
  public init(book: FontBook) {
    self.book = book
    shaper = Shaper()
    paragraphs = ParagraphBuilder(shaper: shaper)
    lineBuilder = LineBuilder(shaper: shaper)
    styles = StyleTable(book: book)
    languages = LanguageTable(book: book)
    cache = KeyedCache(entries: TypographicSetter.keptParagraphs, cost: TypographicSetter.keptParagraphCost)
  }

  /// How many stretches of text HarfBuzz has shaped so far.
  public var shapedStretches: Int { shaper.count }

  /// The narrowest and widest useful widths; O(1) for a paragraph that is kept.
  public func widths(of content: TextContent) -> WidthRange {
    let paragraph = paragraph(content, late: nil)
    if let known = paragraph.widths { return known }
    let range: WidthRange
    if paragraph.isUnbreakable, let line = naturalLine(paragraph) {
      let indent = max(0, paragraph.firstLineIndent, paragraph.hangingIndent)
      range = WidthRange(
        minimum: Length(line.width.points + indent),
        maximum: Length(max(line.width.points + paragraph.firstLineIndent, line.width.points + indent)))
    } else {
      range = breaker(paragraph, width: .infinity, isJustified: false).widths()
    }
    paragraph.widths = range
    return range
  }

  /// The widths of the paragraph's tokens; O(1) for a paragraph that is kept.
  public func tokenWidths(of content: TextContent) -> TokenWidths {
    guard content.hasTokens else { return .zero }
    let paragraph = paragraph(content, late: nil)
    if let known = paragraph.tokenWidths { return known }
    let widths = breaker(paragraph, width: .infinity, isJustified: false).tokenWidths()
    paragraph.tokenWidths = widths
    return widths
  }

  /// The lines from a position on; O(1) for a paragraph that is kept and was set at that width before.
  public func lines(of content: TextContent, from start: TextPosition, width: Length) -> [TextLine] {
    lines(paragraph(content, late: nil), from: start, width: width.points, alignment: content.alignment)
  }

  /// All lines with late values filled in.
  public func lines(of content: TextContent, late: LateValues, width: Length) -> [TextLine] {
    lines(paragraph(content, late: late), from: .start, width: width.points, alignment: content.alignment)
  }

  /// The clusters without a glyph met since the last call, in the order they were met, each once for each stack of families.
  public func takeMissingGlyphs() -> [MissingGlyph] {
    guard !missing.isEmpty else { return [] }
    defer { missing.removeAll() }
    return missing
  }

  // MARK: Paragraphs

  private func paragraph(_ content: TextContent, late: LateValues?) -> Paragraph {
    if styles.isFull { forget() }
    guard late == nil else { return keptParagraph(content, late: late) }
    if let known = asked.paragraph(of: content) {
      if !known.missing.isEmpty { report(known.missing) }
      return known
    }
    let paragraph = keptParagraph(content, late: nil)
    asked.remember(paragraph, of: content)
    return paragraph
  }

  private func keptParagraph(_ content: TextContent, late: LateValues?) -> Paragraph {
    let language = languages.find(content.language)
    let isData = writeKey(content, late, language)
    let found = cache.entry(for: key, isData: isData) {
      paragraphs.paragraph(content, late: late, key: $0, styles: &styles, language: language)
    }
    if !found.missing.isEmpty { report(found.missing) }
    return found
  }

  private func report(_ glyphs: [MissingGlyph]) {
    for glyph in glyphs where !missing.contains(glyph) { missing.append(glyph) }
  }

  /// Styles are numbered: with the numbers everything under them goes.
  private func forget() {
    styles.removeAll()
    cache.removeAll()
    asked.removeAll()
    paragraphs.removeAll()
  }

  /// Writes everything that decides how a paragraph is shaped and broken; tells whether any of it is data.
  @inline(__always) private func writeKey(_ content: TextContent, _ late: LateValues?, _ language: SetterLanguage) -> Bool {
    key.clear()
    key.append(UInt8((content.direction == .rightToLeft ? 1 : 0) | (content.hyphenates ? 2 : 0) | (content.hasTokens ? 4 : 0)))
    key.append(language.index)
    key.append(content.firstLineIndent.points)
    key.append(content.hangingIndent.points)
    var isData = false
    let spans = content.spans
    var hasLineBreaks = false
    for span in spans {
      switch span {
      case .text(let text, let style, let link, let isFromData):
        key.append(UInt8(isFromData ? 1 : 0) | (link == nil ? 0 : 2))
        key.append(styles.find(style).index)
        if let link { key.append(link) }
        key.append(text)
        // An address may hold a customer's token though the words over it are the layout's.
        isData = isData || isFromData || link != nil
      case .lineBreak:
        key.append(UInt8(6))
        hasLineBreaks = true
      default: isData = writeSpecial(span, late) || isData
      }
    }
    if content.hasTokens { for token in content.tokens { writeToken(token) } }
    if spans.isEmpty || content.hasTabs || hasLineBreaks { writeRest(content) }
    key.finish()
    return isData
  }

  private func writeSpecial(_ span: Span, _ late: LateValues?) -> Bool {
    switch span {
    case .late(let value, let style, let link):
      key.append(UInt8(4))
      key.append(styles.find(style).index)
      key.append(link ?? "")
      key.append(late?.text(for: value) ?? "")
      return late != nil
    case .tab(let leader, let style):
      key.append(UInt8(5))
      key.append(styles.find(style).index)
      key.append(leader ?? "")
    case .picture(let picture, let style, let link):
      writePicture(picture, style, link)
      // Its words and its path may be a bill's own.
      return true
    case .text, .lineBreak: break
    }
    return false
  }

  /// Lines hold the picture's frame: everything in it tells paragraphs apart.
  private func writePicture(_ picture: InlinePicture, _ style: TextStyle, _ link: String?) {
    key.append(UInt8(3))
    key.append(styles.find(style).index)
    key.append(link ?? "")
    key.append(UInt32(truncatingIfNeeded: picture.image))
    key.append(picture.size.width.points)
    key.append(picture.size.height.points)
    key.append(UInt8(picture.alignment.number))
    key.append(UInt8(picture.description == nil ? 0 : 1))
    key.append(picture.description ?? "")
    key.append(UInt32(truncatingIfNeeded: picture.element))
    key.append(picture.path)
  }

  @inline(__always) private func writeToken(_ token: Token) {
    key.append(UInt8(8 + token.kind.number) | (token.isFirm ? 0 : 32))
    key.append(UInt32(truncatingIfNeeded: token.start.span))
    key.append(UInt32(truncatingIfNeeded: token.start.offset))
    key.append(UInt32(truncatingIfNeeded: token.end.span))
    key.append(UInt32(truncatingIfNeeded: token.end.offset))
  }

  private func writeRest(_ content: TextContent) {
    key.append(UInt8(7))
    key.append(styles.find(content.style).index)
    for tab in content.tabs {
      switch tab.position {
      case .fixed(let length): key.append(length.points)
      case .end: key.append(-1.0)
      case .share(let share): key.append(-2 - share)
      }
      key.append(UInt8(tab.alignment.number))
    }
  }

  // MARK: Lines

  private func lines(_ paragraph: Paragraph, from start: TextPosition, width: Double, alignment: TextAlignment) -> [TextLine] {
    if let known = paragraph.lines(from: start, width: width, alignment: alignment) { return known }
    let lines = makeLines(paragraph, from: start, width: width, alignment: alignment)
    paragraph.keep(Paragraph.Result(start: start, width: width, alignment: alignment, lines: lines))
    return lines
  }

  private func makeLines(_ paragraph: Paragraph, from start: TextPosition, width: Double, alignment: TextAlignment) -> [TextLine] {
    if start == .start, !paragraph.isWider(than: width - paragraph.firstLineIndent), let line = naturalLine(paragraph),
      line.width.points + paragraph.firstLineIndent <= width + Length.slack.points
    {
      let left = LineBuilder.left(
        ink: line.width.points, indent: paragraph.firstLineIndent, width: width, alignment: alignment,
        isRightToLeft: paragraph.isRightToLeft)
      return [line.moved(by: left)]
    }
    let isJustified = alignment == .justify && width.isFinite
    let breaker = breaker(paragraph, width: width, isJustified: isJustified)
    let offset = paragraph.offset(of: start)
    var isFirst = offset == 0
    return breaker.lines(from: offset).map { extent in
      defer { isFirst = false }
      let indent = isFirst ? paragraph.firstLineIndent : paragraph.hangingIndent
      var line = lineBuilder.line(extent, of: paragraph, indent: indent, width: width, alignment: alignment)
      line.passedStop = extent.passed?.stop
      return line
    }
  }

  private func breaker(_ paragraph: Paragraph, width: Double, isJustified: Bool) -> LineBreaker {
    let units = paragraph.units ?? paragraphs.units(of: paragraph)
    paragraph.units = units
    return LineBreaker(paragraph: paragraph, units: units, width: width, isJustified: isJustified, builder: lineBuilder)
  }

  /// All of a paragraph on one line, its text at zero; `nil` where tabs or forced breaks make more of it.
  private func naturalLine(_ paragraph: Paragraph) -> TextLine? {
    if let line = paragraph.natural { return line }
    guard !paragraph.hasTabs, !paragraph.hasLineBreaks else { return nil }
    let length = paragraph.text.count
    let line =
      lineBuilder.simpleLine(of: paragraph)
      ?? lineBuilder.line(
        LineExtent(start: 0, end: length, next: length, isLast: true), of: paragraph, indent: 0, width: .infinity, alignment: .start)
    paragraph.natural = line
    return line
  }
}

extension TextLine {
  /// The line with everything on it moved to the right.
  func moved(by distance: Double) -> TextLine {
    guard distance != 0 else { return self }
    var line = self
    for index in line.items.indices { line.items[index].at.x.points += distance }
    line.start.points += distance
    return line
  }
}

extension Token.Kind {
  fileprivate var number: Int {
    switch self {
    case .whole: 0
    case .groups: 1
    case .identifier: 2
    }
  }
}

extension PictureAlignment {
  fileprivate var number: Int {
    switch self {
    case .baseline: 0
    case .middle: 1
    case .xMiddle: 2
    case .top: 3
    case .bottom: 4
    }
  }
}

extension TextAlignment {
  fileprivate var number: Int {
    switch self {
    case .start: 0
    case .end: 1
    case .center: 2
    case .justify: 3
    case .decimal: 4
    }
  }
}
