public import Geometry

/// The line along which a slip is torn off.
public struct Perforation: Hashable, Sendable {
  /// Nothing stands nearer to the line, on either side: a sheet is torn and cut with that tolerance.
  public static let clearance = Length.mm(3)

  /// How the line is drawn; `nil` for paper that has it already.
  public var stroke: Shape.Stroke?
  /// Whether it runs over the whole sheet, not only as wide as the body.
  public var crossesSheet: Bool
  /// Makes a perforation.
  public init(_ stroke: Shape.Stroke?, crossesSheet: Bool = true) { (self.stroke, self.crossesSheet) = (stroke, crossesSheet) }

  /// The room kept free on each side of the line's middle.
  var margin: Length { Self.clearance + (stroke?.width ?? .zero) / 2 }

  /// The line from `left` to `right`; `nil` where none is drawn. Its origin is the left end.
  func frame(from left: Length, to right: Length, origin: Origin) -> Frame? {
    guard let stroke else { return nil }
    let width = max(.zero, right - left)
    var frame = Frame(
      size: Size(width: width, height: .zero), tag: Tag(.artifact(.layout), source: origin.element, path: origin.path))
    frame.add(.shape(Shape(.path([.move(.zero), .line(Point(x: width, y: .zero))]), stroke: stroke)), at: .zero)
    return frame
  }
}
