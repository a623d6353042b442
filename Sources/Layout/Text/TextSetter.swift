public import Geometry

/// The narrowest and the widest useful width of something.
public struct WidthRange: Hashable, Sendable {
  /// The widest part that cannot be broken (min-content).
  public var minimum: Length
  /// The width at which nothing need be broken (max-content).
  public var maximum: Length
  package init(minimum: Length, maximum: Length) { (self.minimum, self.maximum) = (minimum, maximum) }
  /// Nothing to show.
  public static let zero = WidthRange(minimum: .zero, maximum: .zero)
}

/// How wide the values of a paragraph are that lines must not part (see ``Token``), indents included.
public struct TokenWidths: Hashable, Sendable {
  /// The widest on one line, an identifier by its parts.
  public var whole: Length
  /// The widest part of one that cannot be parted.
  public var part: Length
  /// The same of those that are firm.
  public var firmPart: Length
  package init(whole: Length, part: Length, firmPart: Length) {
    (self.whole, self.part, self.firmPart) = (whole, part, firmPart)
  }
  /// No tokens.
  public static let zero = TokenWidths(whole: .zero, part: .zero, firmPart: .zero)
}

/// Where a line of a paragraph begins or ends: the span and the UTF-8 offset within its text.
public struct TextPosition: Hashable, Sendable, Comparable {
  /// An index into the spans.
  public var span: Int
  /// UTF-8 bytes into that span's text.
  public var offset: Int
  package init(span: Int, offset: Int) { (self.span, self.offset) = (span, offset) }
  /// The paragraph's beginning.
  public static let start = TextPosition(span: 0, offset: 0)
  /// Whether `a` comes first.
  public static func < (a: TextPosition, b: TextPosition) -> Bool { (a.span, a.offset) < (b.span, b.offset) }
}

/// A tab stop that the words before its tab reach beyond.
public struct PassedStop: Hashable, Sendable {
  /// Where the stop would have to be for what follows the tab to stand at it, from the start edge.
  public var reached: Length
  /// The stop, from the start edge.
  public var stop: Length
  package init(reached: Length, stop: Length) { (self.reached, self.stop) = (reached, stop) }
}

/// One set line. Items are relative to the line's top left; runs stand on ``baseline``.
public struct TextLine: Hashable, Sendable {
  /// What is drawn on it, in logical order.
  public var items: [PlacedItem]
  /// The line's whole height (the greatest line height on it).
  public var height: Length
  /// From the line's top to its baseline.
  public var baseline: Length
  /// From the left edge of the measure to the left end of the ink-carrying text (after alignment).
  public var start: Length
  /// The advance of the text on it, trailing white space left out.
  public var width: Length
  /// From `start` to the decimal separator of the line's (last) number, or to the end of its digits where it has none; for decimal
  /// alignment.
  public var decimal: Length
  /// The first tab stop on it that what follows its tab does not stand at.
  public var passedStop: PassedStop?
  /// Where the next line begins.
  public var end: TextPosition
  /// Whether a forced break or the paragraph's end follows.
  public var isLast: Bool
  /// Whether the line ends inside a word, or a number, that is wider than the measure.
  public var isCut: Bool
  /// How high it would be without the pictures that make it higher; `nil` for nearly all lines.
  public var plainHeight: Length?
  /// How the line's end parts a token; `nil` where it parts none, or one at a joint.
  public var tokenBreak: TokenBreak?
  /// Which of its items are links, in the order of the items; empty for nearly all lines.
  public var links: [LinkedText] = []
  package init(
    items: [PlacedItem], height: Length, baseline: Length, start: Length, width: Length, decimal: Length, end: TextPosition, isLast: Bool,
    isCut: Bool = false, tokenBreak: TokenBreak? = nil
  ) {
    self.items = items
    self.height = height
    self.baseline = baseline
    self.start = start
    self.width = width
    self.decimal = decimal
    self.end = end
    self.isLast = isLast
    self.isCut = isCut
    self.tokenBreak = tokenBreak
  }
}

/// A cluster that no face has a glyph for, neither one of the stack nor another.
public struct MissingGlyph: Hashable, Sendable {
  /// The characters nothing shows.
  public var cluster: String
  /// The stack that was asked.
  public var families: [String]
  /// Its compatibility form, where faces have that: it is set in its place. Else a box is.
  public var standIn: String?
  package init(cluster: String, families: [String], standIn: String? = nil) {
    (self.cluster, self.families, self.standIn) = (cluster, families, standIn)
  }
}

/// Turns paragraphs into lines. The engine knows fonts only through this.
///
/// Implementations give the same lines for the same paragraph, position and width, whether from a cache or not.
public protocol TextSetter: AnyObject {
  /// The min-content and max-content widths of the paragraph. Late values count with the widest digits (three of them).
  func widths(of content: TextContent) -> WidthRange
  /// How wide the paragraph's tokens are.
  func tokenWidths(of content: TextContent) -> TokenWidths
  /// All lines from `start` on, each at most `width` wide; a word wider than that is broken between grapheme clusters, a token first
  /// where its kind allows it.
  ///
  /// Never empty: a paragraph without text gives one empty line.
  func lines(of content: TextContent, from start: TextPosition, width: Length) -> [TextLine]
  /// The same with late values filled in.
  func lines(of content: TextContent, late: LateValues, width: Length) -> [TextLine]
  /// Clusters without a glyph met since the last call, each once.
  func takeMissingGlyphs() -> [MissingGlyph]
}
