public import Geometry

/// Takes what is inside off the baseline grid: its lines stand as they would without one. What follows is on the grid again.
public final class OffGridNode: Node {
  let child: any Node

  /// Takes `child` off the grid.
  public init(_ child: any Node) { self.child = child }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { child.widths(in: context) }
  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { child.tokenBounds(in: context) }
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { child.missingWidth(at: width, in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    let grid = context.grid
    context.grid = nil
    defer { context.grid = grid }
    switch child.fill(region, in: context) {
    case .complete(let frame): return .complete(frame)
    case .partial(let frame, let rest): return .partial(frame, rest: OffGridNode(rest))
    case .deferred(let need): return .deferred(need: need)
    }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? { child.stretched(frame, to: height) }
}
