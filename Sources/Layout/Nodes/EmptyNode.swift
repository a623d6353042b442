internal import Geometry

/// Nothing: no space, no gap around it.
public struct EmptyNode: Node {
  /// Makes nothing.
  public init() {}
  public func widths(in context: LayoutContext) -> WidthRange { .zero }
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { .complete(Frame(size: .zero)) }
}
