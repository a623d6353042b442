public import Geometry
public import Vocabulary

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
  init(thickness: Length, color: ColorReference?) { (self.thickness, self.color) = (thickness, color) }
}

/// A bar along one side: `4pt brand start`.
public struct BarValue: Hashable, Sendable {
  /// How thick, in points.
  public var thickness: Length
  /// `nil` where none is written: the text colour.
  public var color: ColorReference?
  /// Start where none is written.
  public var side: Edge
  init(thickness: Length, color: ColorReference?, side: Edge) {
    (self.thickness, self.color, self.side) = (thickness, color, side)
  }
}

/// The line along which a coupon is torn off: `0.5pt dashed brand sheet`.
public struct PerforationValue: Hashable, Sendable {
  /// How thick, in points; `nil` where no line is drawn.
  public var thickness: Length?
  /// `nil` where none is written: black.
  public var color: ColorReference?
  /// Dashed where nothing is written.
  public var line = PerforationLine.dashed
  /// Over the sheet where nothing is written.
  public var reach = PerforationReach.sheet
}

/// Rules between every so many rows of a table: `every-5 0.5pt line`.
public struct RowRulesValue: Hashable, Sendable {
  /// Below how many rows one stands.
  public var every: Int
  /// What is drawn.
  public var line: LineValue
  /// Whether rows with a role are counted, too.
  public var countsAll: Bool
}

/// The value of an attribute as the compiler reads it, before it becomes a field of its element.
enum AttributeValue {
  case length(Dimension)
  case lengths([Length])
  case insets(Insets)
  case integer(Int)
  /// One of the words the attribute takes.
  case keyword(String)
  /// Some of the words the attribute takes.
  case keywords([String])
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
  case perforation(PerforationValue)
  /// The names of zones, each once.
  case zones([String])
  case keep(KeepRules)
  case tabs([TabStop])
  case span(ColumnSpan)
  case rowRules(RowRulesValue)
  case rowSpan(RowSpan)
  case text(TextTemplate)
  case expression(Expression)
  case loop(Loop)
}
