public import Geometry

/// What a late value will be: printed, never compared.
public enum LateValue: Hashable, Sendable {
  /// The number of this page within the bill, from 1.
  case page
  /// The number of pages of the bill.
  case pages
  /// The page on which the terms begin.
  case termsPage
}

/// A stretch of a paragraph.
public enum Span: Hashable, Sendable {
  /// Text in one style. `isData` marks text from outside, which is bidi-isolated (UAX #9, FSI … PDI).
  case text(String, TextStyle, link: String?, isData: Bool)
  case late(LateValue, TextStyle)
  /// A jump to the next tab stop; `leader` is repeated to fill the way, such as `.`.
  case tab(leader: String?, TextStyle)
  /// A forced line end.
  case lineBreak

  /// Plain text in a style.
  public static func text(_ text: String, _ style: TextStyle) -> Span { .text(text, style, link: nil, isData: false) }
}

/// How lines stand in their width. Start and end follow the paragraph's direction.
public enum TextAlignment: Hashable, Sendable {
  case start, end, center, justify
  /// On the decimal separator; only a table column gives this a meaning, elsewhere it is `end`.
  case decimal
}

/// The direction a paragraph runs in.
public enum Direction: Hashable, Sendable { case leftToRight, rightToLeft }

/// A place a tab jumps to.
public struct TabStop: Hashable, Sendable {
  public enum Position: Hashable, Sendable {
    /// From the start edge.
    case fixed(Length)
    /// At the end edge of the measure.
    case end
    /// A share (0…1) of the measure.
    case share(Double)
  }
  public var position: Position
  /// How the text after the tab stands at the stop: `.start`, `.end`, `.center` or `.decimal`.
  public var alignment: TextAlignment
  public init(_ position: Position, _ alignment: TextAlignment) { (self.position, self.alignment) = (position, alignment) }
}

/// One paragraph, unplaced: spans and everything that decides how they become lines.
public struct TextContent: Hashable, Sendable {
  public var spans: [Span]
  public var alignment: TextAlignment = .start
  public var direction: Direction = .leftToRight
  /// The language as a BCP 47 tag: drives line breaking, hyphenation and localised glyph forms.
  public var language: String = "en"
  public var hyphenates: Bool = false
  public var tabs: [TabStop] = []
  /// Added to the start edge of every line but the first (a hanging indent when positive).
  public var hangingIndent: Length = .zero
  /// Added to the start edge of the first line.
  public var firstLineIndent: Length = .zero
  /// The style that gives an empty paragraph its height.
  public var style: TextStyle

  public init(spans: [Span], style: TextStyle) { (self.spans, self.style) = (spans, style) }

  /// Whether any span is only known when all pages are.
  public var hasLateValues: Bool { spans.contains { if case .late = $0 { true } else { false } } }
}

/// A line that is set again when its late values are known. The space for it was measured with the widest digits.
public struct LateText: Hashable, Sendable {
  public var content: TextContent
  public var size: Size
  public init(content: TextContent, size: Size) { (self.content, self.size) = (content, size) }
}

/// Late values, known.
public struct LateValues: Hashable, Sendable {
  public var page: Int
  public var pages: Int
  public var termsPage: Int?
  public init(page: Int, pages: Int, termsPage: Int?) { (self.page, self.pages, self.termsPage) = (page, pages, termsPage) }

  /// The number to print for `value`; a bill without terms prints an en dash for their page.
  public func text(for value: LateValue) -> String {
    switch value {
    case .page: String(page)
    case .pages: String(pages)
    case .termsPage: termsPage.map { String($0) } ?? "–"
    }
  }
}
