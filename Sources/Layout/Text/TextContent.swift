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
  /// Where a stop stands.
  public enum Position: Hashable, Sendable {
    /// From the start edge.
    case fixed(Length)
    /// At the end edge of the measure.
    case end
    /// A share (0…1) of the measure.
    case share(Double)
  }
  /// Where it stands.
  public var position: Position
  /// How the text after the tab stands at the stop: `.start`, `.end`, `.center` or `.decimal`.
  public var alignment: TextAlignment
  /// Makes one of its parts.
  public init(_ position: Position, _ alignment: TextAlignment) { (self.position, self.alignment) = (position, alignment) }
}

/// One paragraph, unplaced: spans and everything that decides how they become lines.
public struct TextContent: Hashable, Sendable {
  /// In logical order.
  public var spans: [Span]
  /// How lines stand in their width.
  public var alignment: TextAlignment = .start
  /// Which way the paragraph runs.
  public var direction: Direction = .leftToRight
  /// The language as a BCP 47 tag: drives line breaking, hyphenation and localised glyph forms.
  public var language: String = "en"
  /// Whether words may be parted, where the language has patterns.
  public var hyphenates: Bool = false
  /// In order from the start edge.
  public var tabs: [TabStop] = []
  /// Added to the start edge of every line but the first (a hanging indent when positive).
  public var hangingIndent: Length = .zero
  /// Added to the start edge of the first line.
  public var firstLineIndent: Length = .zero
  /// The style that gives an empty paragraph its height.
  public var style: TextStyle

  /// Makes one of its parts.
  public init(spans: [Span], style: TextStyle) { (self.spans, self.style) = (spans, style) }

  /// Whether any span is only known when all pages are.
  public var hasLateValues: Bool { spans.contains { if case .late = $0 { true } else { false } } }
}

/// A line that is set again when its late values are known. The space for it was measured with the widest digits.
public struct LateText: Hashable, Sendable {
  /// The paragraph with its late values open.
  public var content: TextContent
  /// The room kept for it.
  public var size: Size
  /// Makes one of its parts.
  public init(content: TextContent, size: Size) { (self.content, self.size) = (content, size) }
}

/// Late values, known.
public struct LateValues: Hashable, Sendable {
  /// From 1.
  public var page: Int
  /// At least 1.
  public var pages: Int
  /// `nil` where the bill has no terms.
  public var termsPage: Int?
  /// Makes one of its parts.
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
