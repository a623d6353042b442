public import Geometry
public import Vocabulary

/// A chart of one series of values (bars, line), of two side by side or of several (stacked), from zero, without frame and legend.
///
/// It is as wide as its region and `height` high, labels included, and never breaks.
public final class ChartNode: Node {
  /// One place on the chart's axis: a month, a day.
  public struct Mark {
    /// The values, from the line outwards; one for bars and line, several for stacked bars, none for a gap in what is known.
    public var values: [Double]
    /// The value beside the first, in a chart that has such; `nil` for a gap.
    public var beside: Double?
    /// What the mark is called, under the axis.
    public var label: TextContent?
    /// The value in words, over the mark.
    public var valueLabel: TextContent?
    /// The second value in words, over its bar.
    public var besideLabel: TextContent?
    /// Which values give way where not all have room: those of a greater number. 0 never does.
    public var rank = 1
    /// A sign such as "E" under the label; the words come from the layout.
    public var note: TextContent?
    /// Drawn in the highlight colour.
    public var isHighlighted: Bool
    /// Estimated: hatched instead of filled.
    public var isEstimated: Bool
    /// Makes a mark.
    public init(
      values: [Double], label: TextContent? = nil, valueLabel: TextContent? = nil, note: TextContent? = nil,
      isHighlighted: Bool = false, isEstimated: Bool = false
    ) {
      self.values = values
      self.label = label
      self.valueLabel = valueLabel
      self.note = note
      self.isHighlighted = isHighlighted
      self.isEstimated = isEstimated
    }
  }

  /// A light line behind the marks at a round value, with its number at the start edge.
  public struct ScaleLine {
    /// Where it stands.
    public var value: Double
    /// The number in words.
    public var words: TextContent
    /// Makes a line.
    public init(value: Double, words: TextContent) { (self.value, self.words) = (value, words) }
  }

  /// The look of a chart.
  public struct Style: Hashable, Sendable {
    /// Of plain marks.
    public var color: Color
    /// Of highlighted marks.
    public var highlight: Color
    /// Of the further parts of stacked bars, from the second on; repeated when there are fewer than parts.
    public var partColors: [Color]
    /// Round every bar, so that pale bars keep an edge; `nil` for none.
    public var outline: Shape.Stroke?
    /// Round the bars of second values, which are not filled; in a line chart its colour is that of their line.
    public var beside: Shape.Stroke
    /// The line at zero.
    public var axis: Shape.Stroke
    /// Light lines behind the marks; `gridlines` of them over the greatest value, 0 for none.
    public var gridlines: Int
    /// The look of a gridline.
    public var gridStroke: Shape.Stroke
    /// The gap between two bars as a share of a bar.
    public var gapShare: Double
    /// Makes a look.
    public init(
      color: Color, highlight: Color, partColors: [Color] = [], outline: Shape.Stroke? = nil,
      beside: Shape.Stroke = Shape.Stroke(width: .pt(0.75), color: .black),
      axis: Shape.Stroke = Shape.Stroke(width: .pt(0.5), color: .black), gridlines: Int = 0,
      gridStroke: Shape.Stroke = Shape.Stroke(width: .pt(0.35), color: Color(red: 190, green: 190, blue: 190)), gapShare: Double = 0.45
    ) {
      self.color = color
      self.highlight = highlight
      self.partColors = partColors
      self.outline = outline
      self.beside = beside
      self.axis = axis
      self.gridlines = gridlines
      self.gridStroke = gridStroke
      self.gapShare = gapShare
    }
  }

  /// More marks than a page has room for: two to the point.
  ///
  /// - Stops: a chart of a million values.
  public static let markLimit = 2_000

  let kind: ChartKind
  let marks: [Mark]
  /// Whether each mark has a second value, if only a gap.
  let isPaired: Bool
  /// What the series are called, the first from the line outwards first; shorter than the series where some have no name.
  let names: [TextContent]
  /// Instead of the lines of the style; empty for those.
  let scale: [ScaleLine]
  let style: Style
  let height: Length
  /// What the chart says, for readers who cannot see it.
  let description: String
  let origin: Origin

  /// Makes a chart. Values that are not finite count as gaps, and no marks are shown beyond ``markLimit``.
  public init(
    kind: ChartKind, marks: [Mark], isPaired: Bool = false, names: [TextContent] = [], scale: [ScaleLine] = [], style: Style,
    height: Length, description: String, origin: Origin = .none
  ) {
    self.kind = kind
    self.isPaired = isPaired && kind != .stacked
    self.names = names
    self.scale = scale.filter(\.value.isFinite)
    self.marks = Array(
      marks.prefix(Self.markLimit).map { mark in
        var mark = mark
        mark.values = mark.values.allSatisfy(\.isFinite) ? mark.values : []
        mark.beside = mark.beside.flatMap { $0.isFinite ? $0 : nil }
        return mark
      })
    self.style = style
    self.height = height
    self.description = description
    self.origin = origin
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    WidthRange(minimum: .pt(4) * Double(marks.count), maximum: .pt(28) * Double(max(1, marks.count)))
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if !height.fits(region.size.height) {
      if region.mayBreak { return .deferred(need: height) }
      context.report(.tooHigh, origin, wanted: height, available: region.size.height)
    }
    // The grid is for running text.
    let grid = context.grid
    context.grid = nil
    defer { context.grid = grid }
    var drawing = ChartDrawing(chart: self, width: region.size.width, context: context)
    return .complete(drawing.frame())
  }
}
