public import Geometry

/// A length as layouts write it: `12pt`, `4mm`, `1in`, `50%`, `2fr`, `auto`.
public enum LengthValue: Hashable, Sendable {
  /// As large as the content.
  case auto
  case fixed(Length)
  /// A share of what contains it; 1 is all of it.
  case share(Double)
  /// A part of what is left after the others have taken theirs.
  case fraction(Double)
}

/// A colour as layouts write it: literal, or a declared name whose value a variant may change.
public enum ColorReference: Hashable, Sendable {
  case literal(Color)
  /// An index into ``StyleSheet/colors``.
  case named(Int)
}

/// A line round something or between rows: `0.75pt brand`.
public struct LineValue: Hashable, Sendable {
  /// How thick, in points.
  public var thickness: Length
  /// `nil` where only a thickness is written: the text colour.
  public var color: ColorReference?
  /// Makes a line.
  public init(thickness: Length, color: ColorReference?) { (self.thickness, self.color) = (thickness, color) }
}

/// A bar along one side: `4pt brand start`.
public struct BarValue: Hashable, Sendable {
  /// How thick, in points.
  public var thickness: Length
  /// `nil` where none is written: the text colour.
  public var color: ColorReference?
  /// `.start`, `.end`, `.top`, `.bottom`, `.left` or `.right`; start where none is written.
  public var side: Keyword
  /// Makes a bar.
  public init(thickness: Length, color: ColorReference?, side: Keyword) {
    (self.thickness, self.color, self.side) = (thickness, color, side)
  }
}

/// What must stay together: `together next-2`.
public struct KeepValue: Hashable, Sendable {
  /// Not to be broken inside.
  public var together = false
  /// How many following blocks or rows must begin on the same page.
  public var next = 0
  /// Whether it must stay with what stands before it.
  public var previous = false
  /// Keeps nothing.
  public init(together: Bool = false, next: Int = 0, previous: Bool = false) {
    (self.together, self.next, self.previous) = (together, next, previous)
  }
}

/// A tab stop: `40mm`, `end`, `60mm decimal`, `50%`.
public struct TabValue: Hashable, Sendable {
  /// Where a tab jumps to.
  public enum Position: Hashable, Sendable {
    case fixed(Length)
    case share(Double)
    case end
  }
  /// Where it is.
  public var position: Position
  /// `.start`, `.end`, `.center` or `.decimal`; a stop at the end is `.end` unless another is written.
  public var alignment: Keyword
  /// Makes a tab stop.
  public init(_ position: Position, _ alignment: Keyword) { (self.position, self.alignment) = (position, alignment) }
}

/// How many columns a cell takes.
public enum SpanValue: Hashable, Sendable {
  case columns(Int)
  /// All columns from its own to the table's last.
  case all
}

/// The value of an attribute, read and checked.
public enum AttributeValue: Sendable {
  case length(LengthValue)
  case lengths([Length])
  case insets(Insets)
  case integer(Int)
  case keyword(Keyword)
  /// A free name, or one that has been looked up already.
  case name(String)
  case color(ColorReference)
  case flag(Bool)
  /// An index into ``Template/images``.
  case image(Int)
  /// An index into ``StyleSheet/styles``.
  case style(Int)
  case line(LineValue)
  case bar(BarValue)
  case keep(KeepValue)
  case tabs([TabValue])
  case span(SpanValue)
  case text(TextTemplate)
  case expression(Expression)
  case loop(Loop)
}
