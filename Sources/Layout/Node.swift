public import Diagnostics
public import Geometry

/// Something that can be laid out. Immutable: filling it twice gives the same answer twice.
public protocol Node {
  /// The narrowest and widest useful widths (min-content, max-content), in points.
  func widths(in context: LayoutContext) -> WidthRange
  /// Fills one region and hands back whatever did not fit.
  ///
  /// Where `region.mayBreak` is false the node accepts the region and places something new, overflowing it if need be; the overflow is a diagnostic.
  func fill(_ region: Region, in context: LayoutContext) -> Fragment
}

/// The result of filling a region.
public enum Fragment {
  /// All of it is in the frame.
  case complete(Frame)
  /// Continue with `rest` in the next region.
  case partial(Frame, rest: any Node)
  /// Nothing placed; a region with more room would help.
  case deferred(need: Length)
}

/// Space offered to a node: a page body, a column, a cell.
public struct Region: Hashable, Sendable {
  /// What is left here. An infinite height means "as high as you like" and never breaks.
  public var size: Size
  /// Of the whole region: the base for percentages of the height.
  public var fullHeight: Length
  /// Whether a break here would lead to a region with more room. False in an untouched region (unless the next one is taller).
  public var mayBreak: Bool
  public init(size: Size, fullHeight: Length, mayBreak: Bool) { (self.size, self.fullHeight, self.mayBreak) = (size, fullHeight, mayBreak) }
}

/// What a length in a layout may be.
public enum Dimension: Hashable, Sendable {
  /// As large as the content.
  case auto
  case fixed(Length)
  /// A share of the containing region, 1 = all of it.
  case share(Double)
  /// A part of what is left after the others have taken theirs.
  case fraction(Double)
}

/// Where a node comes from: the layout element and the record path. Every node that can overflow or be reported carries one.
public struct Origin: Hashable, Sendable {
  /// The number of the layout element; -1 for none.
  public var element: Int
  public var path: DataPath?
  public init(element: Int = -1, path: DataPath? = nil) { (self.element, self.path) = (element, path) }
}
