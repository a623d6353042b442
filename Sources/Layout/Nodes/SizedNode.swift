public import Geometry
public import Vocabulary

/// Stated measures of a block.
public struct SizeLimits: Hashable, Sendable {
  /// `auto` for all the room there is.
  public var width: Dimension
  /// `auto` for the content's height; shares are of the whole region.
  public var height: Dimension
  /// The least width.
  public var minWidth: Length
  /// The greatest width.
  public var maxWidth: Length
  /// The least height.
  public var minHeight: Length
  /// The greatest height; what is higher is a matter of the fit policy.
  public var maxHeight: Length
  /// Makes limits; by default there are none.
  public init(
    width: Dimension = .auto, height: Dimension = .auto, minWidth: Length = .zero, maxWidth: Length = .infinity,
    minHeight: Length = .zero, maxHeight: Length = .infinity
  ) {
    self.width = width
    self.height = height
    self.minWidth = minWidth
    self.maxWidth = maxWidth
    self.minHeight = minHeight
    self.maxHeight = maxHeight
  }
  /// Whether the height is stated in some way.
  var hasHeight: Bool { height != .auto || minHeight > .zero || maxHeight < .infinity }
}

/// Gives a block a width, a height, least and greatest measures, and a place in its room.
///
/// A least height is room for something: where nothing stands in the block, it has none. With a stated `height` or `maxHeight` the block is unbreakable and what does not fit into it is a matter of the fit policy.
public final class SizedNode: Node {
  let child: any Node
  let limits: SizeLimits
  /// `nil` leaves the block at the start and, where no width is stated, as wide as the region.
  let align: HorizontalAlignment?
  let valign: VerticalAlignment
  let fit: FitPolicy
  /// Whether content that does not fit even so is shown in part.
  let mayCut: Bool
  let origin: Origin

  /// Makes a sized block. With `align` and no width the block is as wide as its content.
  public init(
    _ child: any Node, limits: SizeLimits = SizeLimits(), align: HorizontalAlignment? = nil, valign: VerticalAlignment = .top,
    fit: FitPolicy = .reject, mayCut: Bool = false, origin: Origin = .none
  ) {
    (self.child, self.limits, self.align, self.valign, self.fit, self.mayCut, self.origin) = (
      child, limits, align, valign, fit, mayCut, origin
    )
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    var range = fit.narrowed(child.widths(in: context))
    if case .fixed(let width) = limits.width { range = WidthRange(minimum: width, maximum: width) }
    let top = max(limits.maxWidth, limits.minWidth)
    return WidthRange(minimum: min(max(range.minimum, limits.minWidth), top), maximum: min(max(range.maximum, limits.minWidth), top))
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``. A stated width is the block's own.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    guard case .auto = limits.width, limits.minWidth <= width else { return .zero }
    if case .shrink = fit, limits.hasHeight { return .zero }
    return min(child.missingWidth(at: min(width, limits.maxWidth), in: context), max(.zero, limits.maxWidth - width))
  }

  private func width(in region: Region, _ context: LayoutContext) -> Length {
    var width = limits.width.length(of: region.size.width) ?? region.size.width
    if align != nil, limits.width == .auto { width = min(width, child.widths(in: context).maximum) }
    width = min(max(width, limits.minWidth), max(limits.maxWidth, limits.minWidth))
    if !width.fits(region.size.width) {
      if limits.width.length(of: region.size.width) != nil || limits.minWidth > region.size.width {
        context.report(.tooWide, origin, wanted: width, available: region.size.width)
      }
      return limits.width == .auto ? region.size.width : width
    }
    return width
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { context.attempt { filled(region, context) } }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    let width = width(in: region, context)
    let stated = limits.height.length(of: region.fullHeight)
    let ceiling = min(stated ?? .infinity, limits.maxHeight)
    let floor = min(max(stated ?? .zero, limits.minHeight), max(ceiling, limits.minHeight))
    guard ceiling < .infinity else { return fillOpen(region, width, floor: floor, context) }

    // A block of stated height moves whole.
    let room = Region(size: Size(width: width, height: ceiling), fullHeight: ceiling, mayBreak: true, top: region.top)
    let content = FitNode.fitted(child, into: room, policy: fit, origin: origin, mayCut: mayCut, in: context)
    if stated == nil, content.size.height <= .zero, content.isBlank { return .complete(content) }
    let frame = sized(content, width: width, height: max(floor, content.size.height), region, context)
    if !frame.size.height.fits(region.size.height) {
      if region.mayBreak { return .deferred(need: frame.size.height) }
      context.report(.tooHigh, origin, wanted: frame.size.height, available: region.size.height)
    }
    return .complete(frame)
  }

  /// Without a ceiling the block breaks as its content does; a least height holds for the whole and for the last piece.
  private func fillOpen(_ region: Region, _ width: Length, floor: Length, _ context: LayoutContext) -> Fragment {
    var inner = region
    inner.size.width = width
    var width = width
    // A picture's width may be a share of the room, so it is only known when it is placed.
    let isPicture = align != nil && limits.width == .auto && child is ImageNode
    if isPicture { inner.size.width = region.size.width }
    switch child.fill(inner, in: context) {
    case .complete(let content):
      if isPicture { width = min(content.size.width, region.size.width) }
      if content.size.height <= .zero, content.isBlank { return .complete(content) }
      let height = max(floor, content.size.height)
      if content.size.height.fits(region.size.height), !height.fits(region.size.height) {
        if region.mayBreak { return .deferred(need: height) }
        context.report(.tooHigh, origin, wanted: height, available: region.size.height)
      }
      return .complete(sized(content, width: width, height: height, region, context))
    case .partial(let content, let rest):
      var less = limits
      less.minHeight = max(.zero, less.minHeight - content.size.height)
      return .partial(
        sized(content, width: width, height: content.size.height, region, context),
        rest: SizedNode(rest, limits: less, align: align, valign: valign, fit: fit, mayCut: mayCut, origin: origin))
    case .deferred(let need):
      return .deferred(need: max(need, floor))
    }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    // Only where the height is the content's own: then the frame is the child's, perhaps moved within the room.
    guard limits.height == .auto, limits.maxHeight == .infinity, frame.size.height < height else { return nil }
    guard frame.items.count == 1, case .frame(let content) = frame.items[0].item,
      let inner = child.stretched(content, to: height)
    else { return nil }
    var result = frame
    result.items[0].item = .frame(inner)
    result.size.height = height
    result.baseline = inner.baseline
    return result
  }

  private func sized(_ content: Frame, width: Length, height: Length, _ region: Region, _ context: LayoutContext) -> Frame {
    var inner = content
    var y = Length.zero
    if content.size.height < height {
      if let stretched = child.stretched(content, to: height) {
        inner = stretched
      } else if valign == .middle {
        y = (height - content.size.height) / 2
      } else if valign == .bottom {
        y = height - content.size.height
      }
    }
    let spare = region.size.width - width
    let isStart = align == nil || align == .start
    let x: Length =
      align == .center ? spare / 2 : (isStart == (context.direction == .leftToRight)) ? .zero : spare
    var frame = Frame(size: Size(width: max(width, region.size.width), height: height), baseline: inner.baseline.map { y + $0 })
    frame.add(.frame(inner), at: Point(x: x, y: y))
    return frame
  }
}
