internal import Geometry
public import Vocabulary

/// Content at a fixed place of the page, measured from the trim edges and never mirrored. It takes no space in the flow: in a page master
/// it stands on every page of that master, in the body on the page where it is met.
public final class PlaceNode: Node {
  /// Where the place is. Of each pair of edges give one, or both and no extent; shares are of the page.
  public struct Position: Hashable, Sendable {
    /// From the page's left edge to the place's.
    public var left: Dimension?
    /// From the place's right edge to the page's.
    public var right: Dimension?
    /// From the page's top edge to the place's.
    public var top: Dimension?
    /// From the place's bottom edge to the page's.
    public var bottom: Dimension?
    /// `auto` for the content's width.
    public var width: Dimension
    /// `auto` for the content's height.
    public var height: Dimension
    /// Makes a position.
    public init(
      left: Dimension? = nil, right: Dimension? = nil, top: Dimension? = nil, bottom: Dimension? = nil, width: Dimension = .auto,
      height: Dimension = .auto
    ) {
      self.left = left
      self.right = right
      self.top = top
      self.bottom = bottom
      self.width = width
      self.height = height
    }
  }

  /// What becomes of content that the fit policy cannot make fit.
  public enum Excess: Hashable, Sendable {
    /// It rejects the bill.
    case reject
    /// The place shows it in part, an ellipsis at each cut; a `cut` finding notes it.
    case cut
    /// The same, and a ``MovedNode`` of this place shows all of it.
    case move
  }

  let child: any Node
  let position: Position
  let valign: VerticalAlignment
  /// What happens to content higher than a stated height.
  let fit: FitPolicy
  /// What happens where that does not help.
  let excess: Excess
  let origin: Origin
  /// The same on every page that shows the place.
  let identity = TagIdentity()

  /// Makes a place. Without a width it is as wide as its content, at most to the page's edge; without a height as high as it.
  public init(
    _ child: any Node, at position: Position, valign: VerticalAlignment = .top, fit: FitPolicy = .reject, excess: Excess = .reject,
    origin: Origin = .none
  ) {
    (self.child, self.position, self.valign, self.fit, self.excess, self.origin) = (child, position, valign, fit, excess, origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { .zero }

  /// A frame without size whose only item is a frame marked ``Frame/pagePosition``; the paginator moves it to its place.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    let (content, point) = onPage(in: context)
    var placed = context.movedPlaces.contains(ObjectIdentifier(self)) ? content.marked(Tag(.artifact(.repeated))) : content
    placed.pagePosition = point
    context.hasPlaces = true
    context.bonds += 1
    return .complete(Frame(size: .zero, items: [PlacedItem(at: .zero, item: .frame(placed))]))
  }

  /// The place's frame and its top left on the page of ``LayoutContext/pageSize``.
  func onPage(in context: LayoutContext) -> (frame: Frame, at: Point) {
    let page = context.pageSize
    let (left, right) = (position.left?.length(of: page.width), position.right?.length(of: page.width))
    let (top, bottom) = (position.top?.length(of: page.height), position.bottom?.length(of: page.height))
    var width = position.width.length(of: page.width)
    if width == nil, let left, let right { width = page.width - left - right }
    let widest = max(.zero, page.width - (left ?? .zero) - (right ?? .zero))
    let used = max(.zero, width ?? min(widest, child.widths(in: context).maximum))
    var height = position.height.length(of: page.height)
    if height == nil, let top, let bottom { height = page.height - top - bottom }

    // The grid belongs to the body.
    let grid = context.grid
    context.grid = nil
    defer { context.grid = grid }
    let room = Region(
      size: Size(width: used, height: max(.zero, height ?? .infinity)), fullHeight: height ?? page.height, mayBreak: false)
    var content: Frame
    if room.isEndless {
      content = FitNode.fitted(child, into: room, policy: .grow, origin: origin, in: context)
    } else {
      let cuts = context.cutsMet
      content = FitNode.fitted(child, into: room, policy: fit, origin: origin, mayCut: excess != .reject, in: context)
      if excess == .move, context.cutsMet > cuts { context.movedPlaces.insert(ObjectIdentifier(self)) }
    }
    var inset = Length.zero
    if let height, content.size.height < height {
      if let stretched = child.stretched(content, to: height) {
        content = stretched
      } else if valign == .middle {
        inset = (height - content.size.height) / 2
      } else if valign == .bottom {
        inset = height - content.size.height
      }
    }
    let extent = max(height ?? content.size.height, content.size.height)
    let x = left ?? right.map { page.width - $0 - used } ?? .zero
    let y = top ?? bottom.map { page.height - $0 - extent } ?? .zero
    if page.height > .zero, !(y + extent).fits(page.height + context.bleed) {
      context.report(.tooHigh, origin, wanted: y + extent, available: page.height)
    }
    if page.width > .zero, !(x + used).fits(page.width + context.bleed) {
      context.report(.tooWide, origin, wanted: x + used, available: page.width)
    }
    return (content, Point(x: x, y: y + inset))
  }
}
