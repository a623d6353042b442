public import Geometry

extension Shape {
  /// The least rectangle around what its outline encloses and runs along, from the shape's own origin, without the width of its line;
  /// `nil` where there is nothing to draw.
  ///
  /// Curves count as far as they reach, not their control points. Complexity: O(segments).
  public var bounds: Rect? {
    switch outline {
    case .rectangle(let size, _): return Rect(origin: .zero, size: size)
    case .path(let segments):
      var extent = Extent()
      var start = Point.zero
      var pen = Point.zero
      for segment in segments {
        switch segment {
        case .move(let point): (start, pen) = (point, point)
        case .line(let end):
          extent.add(pen, end)
          pen = end
        case .curve(let first, let second, let end):
          extent.add(pen, end)
          for t in Extent.turns(pen.x, first.x, second.x, end.x) + Extent.turns(pen.y, first.y, second.y, end.y) {
            let point = Point(
              x: Extent.curve(pen.x, first.x, second.x, end.x, at: t), y: Extent.curve(pen.y, first.y, second.y, end.y, at: t))
            extent.add(point, point)
          }
          pen = end
        case .close: pen = start
        }
      }
      return extent.rect
    }
  }
}

/// How far a path has reached.
private struct Extent {
  private(set) var rect: Rect?

  mutating func add(_ a: Point, _ b: Point) {
    let (left, right) = (min(a.x, b.x, rect?.minX ?? a.x), max(a.x, b.x, rect?.maxX ?? a.x))
    let (top, foot) = (min(a.y, b.y, rect?.minY ?? a.y), max(a.y, b.y, rect?.maxY ?? a.y))
    rect = Rect(x: left, y: top, width: right - left, height: foot - top)
  }

  /// Where within 0…1 a cubic curve stops rising or falling along one axis: the roots of its derivative.
  static func turns(_ start: Length, _ first: Length, _ second: Length, _ end: Length) -> [Double] {
    let a = (end - start + (first - second) * 3).points
    let b = (start - first * 2 + second).points * 2
    let c = (first - start).points
    var roots: [Double] = []
    // A vanishing square term would divide by nothing.
    if abs(a) < 1e-9 * (abs(b) + abs(c)) || a == 0 {
      if b != 0 { roots = [-c / b] }
    } else {
      let square = b * b - 4 * a * c
      if square >= 0 { roots = [(-b + square.squareRoot()) / (2 * a), (-b - square.squareRoot()) / (2 * a)] }
    }
    return roots.filter { $0 > 0 && $0 < 1 }
  }

  /// The curve at `t`.
  static func curve(_ start: Length, _ first: Length, _ second: Length, _ end: Length, at t: Double) -> Length {
    let u = 1 - t
    return start * (u * u * u) + first * (3 * u * u * t) + second * (3 * u * t * t) + end * (t * t * t)
  }
}
