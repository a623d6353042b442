internal import Geometry
public import Vocabulary

/// Ends the region. At the top of a fresh one it does nothing, so two in a row, or one at the very end, give no blank page.
public final class PageBreakNode: Node {
  let target: PageBreakTarget

  /// Makes a break.
  public init(to target: PageBreakTarget = .next) { self.target = target }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { .zero }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if region.isEndless { return .complete(Frame(size: .zero)) }
    if target == .right { context.bonds += 1 }
    // An untouched region may break where the next one is higher, or where a page is filled again as the last one: that is no reason to leave it.
    if region.mayBreak, !region.isUntouched { return .deferred(need: .infinity) }
    if target == .right, context.page > 0, context.page.isMultiple(of: 2) { return .partial(Frame(size: .zero), rest: self) }
    return .complete(Frame(size: .zero))
  }
}
