public import Geometry

/// Empty room. A region's end swallows what does not fit, and what follows a break begins at the region's top without it.
public final class SpaceNode: Node {
  let width: Length
  let height: Length

  /// Makes a space, as high as `height` in a column and as wide as `width` in a row.
  public init(width: Length = .zero, height: Length = .zero) { (self.width, self.height) = (width, height) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { WidthRange(minimum: width, maximum: width) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    .complete(Frame(size: Size(width: min(width, region.size.width), height: min(height, region.size.height))))
  }
}
