import Geometry
import Testing

@testable import Layout

/// How far shapes reach.
@Suite struct ShapeBoundsTests {
  private static func point(_ x: Double, _ y: Double) -> Point { Point(x: .pt(x), y: .pt(y)) }
  private static func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Rect {
    Rect(x: .pt(x), y: .pt(y), width: .pt(width), height: .pt(height))
  }
  /// A quarter of a circle's circumference, as four curves draw it.
  private static let kappa = 0.5522847498

  static let cases: [(what: String, outline: Shape.Outline, bounds: Rect?)] = [
    ("rectangle", .rectangle(Size(width: .pt(3), height: .pt(4)), radius: .pt(1)), rect(0, 0, 3, 4)),
    ("line", .path([.move(point(5, 7)), .line(point(2, 7))]), rect(2, 7, 3, 0)),
    ("left of and above its origin", .path([.move(point(-4, -2)), .line(point(-1, -6)), .line(point(-3, 1)), .close]), rect(-4, -6, 3, 7)),
    ("nothing", .path([]), nil),
    ("a point that nothing leads from", .path([.move(point(1, 1)), .line(point(2, 2)), .move(point(90, 90))]), rect(1, 1, 1, 1)),
    ("on from where it was closed", .path([.move(point(1, 1)), .line(point(2, 2)), .close, .line(point(0, 3))]), rect(0, 1, 2, 2)),
    // Its control points lie at 12; it turns half way, at three quarters of that.
    ("arch", .path([.move(point(0, 0)), .curve(point(0, 12), point(8, 12), point(8, 0))]), rect(0, 0, 8, 9)),
    ("curve without a turn", .path([.move(point(0, 0)), .curve(point(1, 1), point(2, 2), point(3, 3))]), rect(0, 0, 3, 3)),
    (
      "circle about its origin",
      .path([
        .move(point(1, 0)), .curve(point(1, kappa), point(kappa, 1), point(0, 1)), .curve(point(-kappa, 1), point(-1, kappa), point(-1, 0)),
        .curve(point(-1, -kappa), point(-kappa, -1), point(0, -1)), .curve(point(kappa, -1), point(1, -kappa), point(1, 0)), .close,
      ]), rect(-1, -1, 2, 2)
    ),
  ]

  @Test(arguments: cases) func boundsAreThoseOfTheOutline(_ what: String, _ outline: Shape.Outline, _ expected: Rect?) {
    let found = Shape(outline, fill: .black).bounds
    guard let found, let expected else {
      #expect((found == nil) == (expected == nil))
      return
    }
    let pairs = [
      (found.minX, expected.minX), (found.minY, expected.minY), (found.maxX, expected.maxX), (found.maxY, expected.maxY),
    ]
    #expect(pairs.allSatisfy { abs(($0 - $1).points) < 1e-6 }, "\(found)")
  }
}
