public import Geometry
public import Vocabulary

/// What a late value will be: printed, never compared.
public enum LateValue: Hashable, Sendable {
  /// The number of this page within the bill, from 1.
  case page
  /// The number of pages of the bill.
  case pages
  /// The number of the page on which a landmark begins.
  case pageOf(Landmark)
}

/// A stretch of a paragraph.
public enum Span: Hashable, Sendable {
  /// Text in one style. `isData` marks text from outside, which is bidi-isolated (UAX #9, FSI … PDI).
  case text(String, TextStyle, link: String?, isData: Bool)
  case late(LateValue, TextStyle, link: String? = nil)
  /// A jump to the next tab stop; `leader` is repeated to fill the way, such as `.`.
  case tab(leader: String?, TextStyle)
  /// A forced line end.
  case lineBreak
  /// A picture among the words; the style is that of the words around it.
  case picture(InlinePicture, TextStyle, link: String?)

  /// Plain text in a style.
  public static func text(_ text: String, _ style: TextStyle) -> Span { .text(text, style, link: nil, isData: false) }
}

/// The direction a paragraph runs in.
public enum Direction: Hashable, Sendable { case leftToRight, rightToLeft }

/// A value within a paragraph that a line's end must not part as it parts words.
public struct Token: Hashable, Sendable {
  /// Where lines may end in it.
  public enum Kind: Hashable, Sendable {
    /// Nowhere: amounts, numbers, dates, codes.
    case whole
    /// Between its groups of letters and digits, where it does not fit on a line: an IBAN.
    case groups
    /// After white space and after `- / . _ : @`: account and invoice numbers, addresses of e-mail.
    case identifier
  }
  /// Its first character.
  public var start: TextPosition
  /// Behind its last character.
  public var end: TextPosition
  /// Where lines may end in it.
  public var kind: Kind
  /// Whether to part it elsewhere is an error; else it is broken like a word where not even the smallest type holds it.
  public var isFirm: Bool
  /// Makes a token.
  public init(start: TextPosition, end: TextPosition, kind: Kind, isFirm: Bool = true) {
    (self.start, self.end, self.kind, self.isFirm) = (start, end, kind, isFirm)
  }
}

/// How a line's end parts a ``Token``.
public enum TokenBreak: Hashable, Sendable {
  /// Between two of its groups, because it is wider than the line.
  case groups
  /// Where it must not be parted.
  case torn
  /// The same, in a token that is not firm.
  case loosely
}

/// One paragraph, unplaced: spans and everything that decides how they become lines.
///
/// A value that is one reference wide: a paragraph is asked for its widths and its lines many times, and made once.
public struct TextContent: Hashable, Sendable {
  private var parts: Parts

  /// What a paragraph is made of; shared by copies until one of them changes.
  ///
  /// - Invariant: Only a ``TextContent`` that is its single owner writes to it, so that what others see never changes.
  private final class Parts: @unchecked Sendable {
    var spans: [Span]
    var tokens: [Token] = []
    var alignment: TextAlignment = .start
    var direction: Direction = .leftToRight
    var language: String = "en"
    var hyphenates: Bool = false
    var isBalanced: Bool = false
    var tabs: [TabStop] = []
    var hangingIndent: Length = .zero
    var firstLineIndent: Length = .zero
    var style: TextStyle

    init(spans: [Span], style: TextStyle) { (self.spans, self.style) = (spans, style) }

    init(_ other: Parts) {
      (spans, tokens, alignment, direction) = (other.spans, other.tokens, other.alignment, other.direction)
      (language, hyphenates, isBalanced, tabs) = (other.language, other.hyphenates, other.isBalanced, other.tabs)
      (hangingIndent, firstLineIndent, style) = (other.hangingIndent, other.firstLineIndent, other.style)
    }
  }

  private mutating func own() { if !isKnownUniquelyReferenced(&parts) { parts = Parts(parts) } }

  /// In logical order.
  public var spans: [Span] {
    get { parts.spans }
    _modify {
      own()
      yield &parts.spans
    }
  }
  /// The values in them that are not parted like words, in order; they do not overlap.
  public var tokens: [Token] {
    get { parts.tokens }
    _modify {
      own()
      yield &parts.tokens
    }
  }
  /// How lines stand in their width.
  public var alignment: TextAlignment {
    get { parts.alignment }
    _modify {
      own()
      yield &parts.alignment
    }
  }
  /// Which way the paragraph runs.
  public var direction: Direction {
    get { parts.direction }
    _modify {
      own()
      yield &parts.direction
    }
  }
  /// The language as a BCP 47 tag: drives line breaking, hyphenation and localised glyph forms.
  public var language: String {
    get { parts.language }
    _modify {
      own()
      yield &parts.language
    }
  }
  /// Whether words may be parted, where the language has patterns.
  public var hyphenates: Bool {
    get { parts.hyphenates }
    _modify {
      own()
      yield &parts.hyphenates
    }
  }
  /// Whether two to four lines are made about equally long.
  public var isBalanced: Bool {
    get { parts.isBalanced }
    _modify {
      own()
      yield &parts.isBalanced
    }
  }
  /// In order from the start edge.
  public var tabs: [TabStop] {
    get { parts.tabs }
    _modify {
      own()
      yield &parts.tabs
    }
  }
  /// Added to the start edge of every line but the first (a hanging indent when positive).
  public var hangingIndent: Length {
    get { parts.hangingIndent }
    _modify {
      own()
      yield &parts.hangingIndent
    }
  }
  /// Added to the start edge of the first line.
  public var firstLineIndent: Length {
    get { parts.firstLineIndent }
    _modify {
      own()
      yield &parts.firstLineIndent
    }
  }
  /// The style that gives an empty paragraph its height.
  public var style: TextStyle {
    get { parts.style }
    _modify {
      own()
      yield &parts.style
    }
  }

  /// Whether there are ``tokens``.
  package var hasTokens: Bool { !parts.tokens.isEmpty }
  /// Whether there are ``tabs``.
  package var hasTabs: Bool { !parts.tabs.isEmpty }

  /// A number that no other paragraph has while this one is held and unchanged; copies of it have the same. For memories that hold it.
  package var identity: ObjectIdentifier { ObjectIdentifier(parts) }

  package init(spans: [Span], style: TextStyle) { parts = Parts(spans: spans, style: style) }

  /// Makes a paragraph of all it consists of.
  package init(
    spans: [Span], tokens: [Token], style: TextStyle, alignment: TextAlignment, direction: Direction, language: String, hyphenates: Bool,
    isBalanced: Bool, tabs: [TabStop], hangingIndent: Length, firstLineIndent: Length
  ) {
    parts = Parts(spans: spans, style: style)
    (parts.tokens, parts.alignment, parts.direction, parts.language) = (tokens, alignment, direction, language)
    (parts.hyphenates, parts.isBalanced, parts.tabs) = (hyphenates, isBalanced, tabs)
    (parts.hangingIndent, parts.firstLineIndent) = (hangingIndent, firstLineIndent)
  }

  /// Whether both are equal in value; copies of one paragraph are compared at once.
  public static func == (a: TextContent, b: TextContent) -> Bool {
    let (a, b) = (a.parts, b.parts)
    return a === b
      || (a.spans == b.spans && a.tokens == b.tokens && a.alignment == b.alignment && a.direction == b.direction
        && a.language == b.language && a.hyphenates == b.hyphenates && a.isBalanced == b.isBalanced && a.tabs == b.tabs
        && a.hangingIndent == b.hangingIndent && a.firstLineIndent == b.firstLineIndent && a.style == b.style)
  }
  /// Equal values hash alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(spans)
    hasher.combine(alignment)
    hasher.combine(language)
    hasher.combine(style)
  }

  /// The paragraph with all its type `factor` times as large. Equal styles stay identical to one another.
  func scaled(by factor: Double) -> TextContent {
    var known: [ObjectIdentifier: TextStyle] = [:]
    func scaled(_ style: TextStyle) -> TextStyle {
      if let style = known[ObjectIdentifier(style)] { return style }
      let smaller = style.scaled(by: factor)
      known[ObjectIdentifier(style)] = smaller
      return smaller
    }
    var result = self
    result.style = scaled(style)
    result.spans = spans.map { span in
      switch span {
      case .text(let text, let style, let link, let isData): .text(text, scaled(style), link: link, isData: isData)
      case .late(let value, let style, let link): .late(value, scaled(style), link: link)
      case .tab(let leader, let style): .tab(leader: leader, scaled(style))
      case .lineBreak: .lineBreak
      case .picture(let picture, let style, let link): .picture(picture.scaled(by: factor), scaled(style), link: link)
      }
    }
    return result
  }

  /// The smallest type size of what holds a token; `nil` without tokens.
  var smallestTokenSize: Length? {
    var smallest: Length?
    for token in tokens {
      for index in token.start.span...max(token.start.span, token.end.span) where spans.indices.contains(index) {
        guard case .text(_, let style, _, _) = spans[index] else { continue }
        smallest = min(smallest ?? .infinity, style.properties.size)
      }
    }
    return smallest
  }

  /// The paragraph up to a position, with `mark` behind it in the style of what stands there.
  func cut(at end: TextPosition, mark: String) -> TextContent {
    var result = self
    result.tokens = tokens.filter { $0.start < end }.map { token in
      var kept = token
      kept.end = min(token.end, end)
      return kept
    }
    result.spans = Array(spans.prefix(end.span))
    var last = style
    var (link, isData) = (String?.none, false)
    if spans.indices.contains(end.span), case .text(let text, let style, let uri, let fromOutside) = spans[end.span] {
      var kept = String(decoding: text.utf8.prefix(end.offset), as: UTF8.self)
      while kept.utf8.last == UInt8(ascii: " ") { kept.removeLast() }
      result.spans.append(.text(kept + mark, style, link: uri, isData: fromOutside))
      return result
    }
    for span in result.spans {
      if case .text(_, let style, let uri, let fromOutside) = span { (last, link, isData) = (style, uri, fromOutside) }
    }
    result.spans.append(.text(mark, last, link: link, isData: isData))
    return result
  }

  /// Whether any span is only known when all pages are.
  public var hasLateValues: Bool { spans.contains { if case .late = $0 { true } else { false } } }
}

/// A line that is set again when its late values are known. The space for it was measured with the widest digits.
public struct LateText: Hashable, Sendable {
  /// The paragraph with its late values open.
  public var content: TextContent
  /// The room kept for it, before it is turned.
  public var size: Size
  /// Which way it is turned on the page.
  public var turn: QuarterTurn?
  package init(content: TextContent, size: Size) { (self.content, self.size) = (content, size) }
}

/// Late values, known.
public struct LateValues: Hashable, Sendable {
  /// From 1.
  public var page: Int
  /// At least 1.
  public var pages: Int
  /// The page on which each landmark begins.
  public var landmarks: [Landmark: Int]
  package init(page: Int, pages: Int, landmarks: [Landmark: Int] = [:]) {
    (self.page, self.pages, self.landmarks) = (page, pages, landmarks)
  }

  /// The number to print for `value`; for the page of a landmark that is not there an en dash.
  public func text(for value: LateValue) -> String {
    switch value {
    case .page: String(page)
    case .pages: String(pages)
    case .pageOf(let landmark): landmarks[landmark].map { String($0) } ?? "–"
    }
  }
}
