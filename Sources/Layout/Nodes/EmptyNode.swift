internal import Geometry

/// Nothing: no space, no gap around it.
public final class EmptyNode: Node {
  /// Makes nothing.
  public init() {}
  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { .zero }
  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { .complete(Frame(size: .zero)) }
}
