/// A point, in points from the top left, y down.
public struct Point: Hashable, Sendable {
  /// The distance from the left edge.
  public var x: Length
  /// The distance from the top edge.
  public var y: Length

  /// Makes the point (x, y).
  @inlinable public init(x: Length, y: Length) { (self.x, self.y) = (x, y) }
  /// The top left corner.
  @inlinable public static var zero: Point { Point(x: .zero, y: .zero) }
  /// `a` moved by `b`.
  @inlinable public static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
  /// The way from `b` to `a`.
  @inlinable public static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
}

/// A width and a height in points.
public struct Size: Hashable, Sendable {
  /// The extent to the right.
  public var width: Length
  /// The extent downwards.
  public var height: Length

  /// Makes a size.
  @inlinable public init(width: Length, height: Length) { (self.width, self.height) = (width, height) }
  /// The empty size.
  @inlinable public static var zero: Size { Size(width: .zero, height: .zero) }
}

/// A rectangle: its top left corner and its size.
public struct Rect: Hashable, Sendable {
  /// The top left corner.
  public var origin: Point
  /// Width and height.
  public var size: Size

  /// Makes a rectangle.
  @inlinable public init(origin: Point, size: Size) { (self.origin, self.size) = (origin, size) }
  /// Makes a rectangle from its left and top edges, width and height.
  @inlinable public init(x: Length, y: Length, width: Length, height: Length) {
    self.init(origin: Point(x: x, y: y), size: Size(width: width, height: height))
  }
  /// The left edge.
  @inlinable public var minX: Length { origin.x }
  /// The top edge.
  @inlinable public var minY: Length { origin.y }
  /// The right edge.
  @inlinable public var maxX: Length { origin.x + size.width }
  /// The bottom edge.
  @inlinable public var maxY: Length { origin.y + size.height }
  /// The rectangle made smaller by `insets` on each side.
  @inlinable public func inset(by insets: Insets) -> Rect {
    Rect(
      x: minX + insets.left, y: minY + insets.top, width: size.width - insets.left - insets.right,
      height: size.height - insets.top - insets.bottom)
  }
  /// Whether the two share more than an edge.
  public func overlaps(_ other: Rect) -> Bool {
    minX + .slack < other.maxX && other.minX + .slack < maxX && minY + .slack < other.maxY && other.minY + .slack < maxY
  }
}

/// Distances from the four edges inwards.
public struct Insets: Hashable, Sendable {
  /// From the top edge down.
  public var top: Length
  /// From the right edge to the left.
  public var right: Length
  /// From the bottom edge up.
  public var bottom: Length
  /// From the left edge to the right.
  public var left: Length

  /// Makes insets from the four distances.
  public init(top: Length, right: Length, bottom: Length, left: Length) {
    (self.top, self.right, self.bottom, self.left) = (top, right, bottom, left)
  }
  /// Makes the same inset on all sides.
  public init(all: Length) { self.init(top: all, right: all, bottom: all, left: all) }
  /// No inset at all.
  public static let zero = Insets(all: .zero)
  /// Left plus right.
  public var horizontal: Length { left + right }
  /// Top plus bottom.
  public var vertical: Length { top + bottom }
}
