public import Geometry
public import Vocabulary

/// A panel: background, border and bars round its content. Broken over regions, each piece is a whole panel of its own.
///
/// It is as wide as its region and as high as its content; ``SizedNode`` around it gives it other measures, and a ``RowNode`` stretches it.
public final class BoxNode: Node {
  /// A thick line along one edge. It takes its thickness as room, outside the padding.
  public struct Bar: Hashable, Sendable {
    /// Across the edge.
    public var thickness: Length
    /// The ink.
    public var color: Color
    /// Where it stands.
    public var side: Edge
    /// Makes a bar.
    public init(thickness: Length, color: Color, side: Edge) { (self.thickness, self.color, self.side) = (thickness, color, side) }
  }
  /// A line along all four edges, drawn just inside them; it takes no room.
  public struct Border: Hashable, Sendable {
    /// Of the line.
    public var width: Length
    /// The ink.
    public var color: Color
    /// Makes a border.
    public init(width: Length, color: Color) { (self.width, self.color) = (width, color) }
  }
  /// Lines along single edges, drawn just inside them as the border is; `nil` for none. Of the page, not of the direction of text.
  public struct Sides: Hashable, Sendable {
    /// Along the top edge.
    public var top: Border?
    /// Along the right edge.
    public var right: Border?
    /// Along the bottom edge.
    public var bottom: Border?
    /// Along the left edge.
    public var left: Border?
    /// Makes the lines.
    public init(top: Border? = nil, right: Border? = nil, bottom: Border? = nil, left: Border? = nil) {
      (self.top, self.right, self.bottom, self.left) = (top, right, bottom, left)
    }
  }
  /// The look of a panel.
  public struct Style: Hashable, Sendable {
    /// Behind everything.
    public var fill: Color?
    /// Round everything.
    public var border: Border?
    /// Where edges differ, instead of the border.
    public var sides: Sides?
    /// Along single edges.
    public var bars: [Bar]
    /// Of the corners; ignored where a bar stands on an edge, or where edges differ.
    public var radius: Length
    /// Between the edges (or bars) and the content.
    public var padding: Insets
    /// Makes a look.
    public init(
      fill: Color? = nil, border: Border? = nil, sides: Sides? = nil, bars: [Bar] = [], radius: Length = .zero, padding: Insets = .zero
    ) {
      (self.fill, self.border, self.sides, self.bars) = (fill, border, sides, bars)
      (self.radius, self.padding) = (radius, padding)
    }
  }

  let child: any Node
  let style: Style
  /// How the content stands in a panel made higher than it.
  let valign: VerticalAlignment
  let origin: Origin

  /// Makes a panel; several blocks inside go into a ``ColumnNode``.
  public init(_ child: any Node, style: Style, valign: VerticalAlignment = .top, origin: Origin = .none) {
    (self.child, self.style, self.valign, self.origin) = (child, style, valign, origin)
  }

  /// Padding plus bars, physical.
  private func insets(_ direction: Direction) -> Insets {
    var insets = style.padding
    for bar in style.bars {
      switch (bar.side, direction) {
      case (.top, _): insets.top = insets.top + bar.thickness
      case (.bottom, _): insets.bottom = insets.bottom + bar.thickness
      case (.left, _), (.start, .leftToRight), (.end, .rightToLeft): insets.left = insets.left + bar.thickness
      case (.right, _), (.end, .leftToRight), (.start, .rightToLeft): insets.right = insets.right + bar.thickness
      }
    }
    return insets
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    let inner = child.widths(in: context)
    let extra = insets(context.direction).horizontal
    return WidthRange(minimum: inner.minimum + extra, maximum: inner.maximum + extra)
  }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds {
    child.tokenBounds(in: context).widened(by: insets(context.direction).horizontal)
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    child.missingWidth(at: max(.zero, width - insets(context.direction).horizontal), in: context)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { context.attempt { filled(region, context) } }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    let insets = insets(context.direction)
    if !insets.horizontal.fits(region.size.width) {
      context.report(.tooWide, origin, wanted: insets.horizontal, available: region.size.width)
    }
    let inner = Region(
      size: Size(
        width: max(.zero, region.size.width - insets.horizontal), height: max(.zero, region.size.height - insets.vertical)),
      fullHeight: max(.zero, region.fullHeight - insets.vertical), mayBreak: region.mayBreak, top: region.top + insets.top,
      nextHeight: max(.zero, region.nextHeight - insets.vertical))
    switch child.fill(inner, in: context) {
    case .complete(let content):
      let height = content.size.height + insets.vertical
      if !height.fits(region.size.height), content.size.height.fits(inner.size.height) {
        // The padding alone is too high.
        if region.mayBreak { return .deferred(need: height) }
        context.report(.tooHigh, origin, wanted: height, available: region.size.height)
      }
      return .complete(panel(content, height: height, width: region.size.width, insets))
    case .partial(let content, let rest):
      if content.size.height <= .zero, content.items.isEmpty, region.mayBreak { return .deferred(need: insets.vertical) }
      return .partial(
        panel(content, height: content.size.height + insets.vertical, width: region.size.width, insets),
        rest: BoxNode(rest, style: style, valign: valign, origin: origin))
    case .deferred(let need):
      return .deferred(need: need + insets.vertical)
    }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    guard frame.size.height < height, let last = frame.items.last, case .frame(let content) = last.item else { return nil }
    let spare = height - frame.size.height
    var result = decorated(Size(width: frame.size.width, height: height), contentX: last.at.x)
    if let higher = child.stretched(content, to: content.size.height + spare) {
      result.add(.frame(higher), at: last.at)
      (result.baseline, result.tag) = (frame.baseline, frame.tag)
      return result
    }
    let drop =
      switch valign {
      case .top, .baseline: Length.zero
      case .middle: spare / 2
      case .bottom: spare
      }
    result.add(.frame(content), at: Point(x: last.at.x, y: last.at.y + drop))
    result.baseline = frame.baseline.map { $0 + drop }
    result.tag = frame.tag
    return result
  }

  private func panel(_ content: Frame, height: Length, width: Length, _ insets: Insets) -> Frame {
    var frame = decorated(Size(width: width, height: height), contentX: insets.left)
    frame.add(.frame(content), at: Point(x: insets.left, y: insets.top))
    frame.baseline = content.baseline.map { $0 + insets.top }
    frame.tag = Tag(.group, source: origin.element, path: origin.path)
    return frame
  }

  /// Background, border and bars. Which edge a logical bar stands on is told by where the content begins, so that a panel can be
  /// stretched without a context.
  private func decorated(_ size: Size, contentX: Length) -> Frame {
    var frame = Frame(size: size)
    let radius = style.bars.isEmpty && style.sides == nil ? min(style.radius, min(size.width, size.height) / 2) : .zero
    if let fill = style.fill { frame.add(.shape(Shape(.rectangle(size, radius: radius), fill: fill)), at: .zero) }
    if let sides = style.sides {
      add(sides, to: &frame)
    } else if let border = style.border, border.width > .zero {
      let inset = border.width / 2
      let inner = Size(width: max(.zero, size.width - border.width), height: max(.zero, size.height - border.width))
      frame.add(
        .shape(
          Shape(
            .rectangle(inner, radius: max(.zero, radius - inset)), stroke: Shape.Stroke(width: border.width, color: border.color))),
        at: Point(x: inset, y: inset))
    }
    let isMirrored = contentX != insets(.leftToRight).left
    for bar in style.bars {
      let upright = Size(width: min(bar.thickness, size.width), height: size.height)
      let level = Size(width: size.width, height: min(bar.thickness, size.height))
      let (barSize, at): (Size, Point) =
        switch (bar.side, isMirrored) {
        case (.top, _): (level, .zero)
        case (.bottom, _): (level, Point(x: .zero, y: size.height - level.height))
        case (.left, _), (.start, false), (.end, true): (upright, .zero)
        case (.right, _), (.end, false), (.start, true): (upright, Point(x: size.width - upright.width, y: .zero))
        }
      frame.add(.shape(Shape(.rectangle(barSize, radius: .zero), fill: bar.color)), at: at)
    }
    return frame
  }

  /// Lines as filled rectangles; upright ones stand between level ones, so that no corner is painted twice.
  private func add(_ sides: Sides, to frame: inout Frame) {
    let size = frame.size
    func height(_ line: Border?) -> Length { min(line?.width ?? .zero, size.height) }
    let (top, bottom) = (height(sides.top), height(sides.bottom))
    func add(_ line: Border?, _ rect: Rect) {
      guard let line, line.width > .zero, rect.size.width > .zero, rect.size.height > .zero else { return }
      frame.add(.shape(Shape(.rectangle(rect.size, radius: .zero), fill: line.color)), at: rect.origin)
    }
    add(sides.top, Rect(origin: .zero, size: Size(width: size.width, height: top)))
    add(sides.bottom, Rect(origin: Point(x: .zero, y: size.height - bottom), size: Size(width: size.width, height: bottom)))
    let upright = max(.zero, size.height - top - bottom)
    let left = min(sides.left?.width ?? .zero, size.width)
    let right = min(sides.right?.width ?? .zero, size.width)
    add(sides.left, Rect(origin: Point(x: .zero, y: top), size: Size(width: left, height: upright)))
    add(sides.right, Rect(origin: Point(x: size.width - right, y: top), size: Size(width: right, height: upright)))
  }
}
