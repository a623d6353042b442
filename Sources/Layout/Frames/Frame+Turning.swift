internal import Geometry

extension Frame {
  /// The frame of a paragraph turned by a quarter: its width is its former height. Lines, links, rules and pictures turn with it;
  /// what else stands in it only moves.
  func turned(_ turn: QuarterTurn) -> Frame {
    var result = self
    result.size = Size(width: size.height, height: size.width)
    result.baseline = nil
    result.items = items.map { placed in
      switch placed.item {
      case .run(let run, let color): PlacedItem(at: turn.point(placed.at, in: size), item: .run(run.turned(turn), color))
      case .frame(let inner): PlacedItem(at: turn.corner(of: inner.size, at: placed.at, in: size), item: .frame(inner.turned(turn)))
      case .late(var text):
        PlacedItem(
          at: turn.corner(of: text.size, at: placed.at, in: size),
          item: .late(
            {
              text.turn = turn
              return text
            }()))
      case .link(var link):
        PlacedItem(
          at: turn.corner(of: link.size, at: placed.at, in: size),
          item: .link(
            {
              link.size = Size(width: link.size.height, height: link.size.width)
              return link
            }()))
      case .shape(let shape): turn.placed(shape, at: placed.at, in: size)
      case .image(let image):
        PlacedItem(
          at: turn.corner(of: image.size, at: placed.at, in: size),
          item: .image(ImageItem(image: image.image, size: Size(width: image.size.height, height: image.size.width), turn: turn)))
      case .symbol, .anchor: PlacedItem(at: turn.point(placed.at, in: size), item: placed.item)
      }
    }
    return result
  }
}

extension QuarterTurn {
  /// Where a point of a frame of that size comes to stand in the turned frame.
  fileprivate func point(_ point: Point, in size: Size) -> Point {
    switch self {
    case .clockwise: Point(x: size.height - point.y, y: point.x)
    case .counterclockwise: Point(x: point.y, y: size.width - point.x)
    }
  }

  /// Where the top left corner of a turned rectangle comes to stand.
  fileprivate func corner(of inner: Size, at point: Point, in size: Size) -> Point {
    switch self {
    case .clockwise: self.point(Point(x: point.x, y: point.y + inner.height), in: size)
    case .counterclockwise: self.point(Point(x: point.x + inner.width, y: point.y), in: size)
    }
  }

  fileprivate func placed(_ shape: Shape, at point: Point, in size: Size) -> PlacedItem {
    var turned = shape
    switch shape.outline {
    case .rectangle(let inner, let radius):
      turned.outline = .rectangle(Size(width: inner.height, height: inner.width), radius: radius)
      return PlacedItem(at: corner(of: inner, at: point, in: size), item: .shape(turned))
    case .path(let segments):
      func turn(_ p: Point) -> Point { self == .clockwise ? Point(x: -p.y, y: p.x) : Point(x: p.y, y: -p.x) }
      turned.outline = .path(
        segments.map { segment in
          switch segment {
          case .move(let p): .move(turn(p))
          case .line(let p): .line(turn(p))
          case .curve(let a, let b, let p): .curve(turn(a), turn(b), turn(p))
          case .close: .close
          }
        })
      return PlacedItem(at: self.point(point, in: size), item: .shape(turned))
    }
  }
}
