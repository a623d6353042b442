public import Geometry

/// Empty room. A region's end swallows what does not fit, and what follows a break begins at the region's top without it.
public final class SpaceNode: Node {
  let width: Length
  let height: Length
  let share: Double

  /// Makes a space, as high as `height` in a column and as wide as `width` in a row.
  ///
  /// With a `share` its column, where that is made higher than its content, gives it so many parts of the height left over.
  public init(width: Length = .zero, height: Length = .zero, share: Double = 0) {
    (self.width, self.height, self.share) = (width, height, share.isFinite ? max(0, share) : 0)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { WidthRange(minimum: width, maximum: width) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    var frame = Frame(size: Size(width: min(width, region.size.width), height: min(height, region.size.height)))
    frame.flex = share
    return .complete(frame)
  }
}
