import Geometry
import Layout

/// How a page of an example is shown: the element and little paper.
///
/// Pictures are of two widths, by what is on the page, and as high as what is on it. Where the sheet is what is shown, such as a footer on it,
/// all of it is, with its edge.
struct ReferencePicture {
  /// Round what is shown.
  private static let margin = Length.mm(4)
  /// The two widths.
  private static let widths = [Length.mm(66), Length.mm(110)]

  /// The sheets in full, one beside the other.
  static func sheets(_ pages: [Frame]) -> Frame {
    var x = margin
    var items: [PlacedItem] = []
    let height = pages.map(\.size.height).max() ?? .zero
    for page in pages {
      let edge = Shape(
        .rectangle(page.size, radius: .zero), stroke: Shape.Stroke(width: .pt(0.5), color: Color(red: 0x8A, green: 0x8A, blue: 0x8A)))
      items += [PlacedItem(at: Point(x: x, y: margin), item: .frame(page)), PlacedItem(at: Point(x: x, y: margin), item: .shape(edge))]
      x = x + page.size.width + margin
    }
    return Frame(size: Size(width: x, height: height + margin * 2), items: items)
  }

  /// What is on the page, with a margin.
  static func cropped(_ page: Frame) -> Frame {
    guard let ink = ink(of: page) else { return page }
    let needed = ink.right + margin
    let width = widths.first { needed.fits($0) } ?? page.size.width
    let top = max(.zero, ink.top - margin)
    let bottom = min(page.size.height, ink.bottom + margin)
    return Frame(
      size: Size(width: width, height: bottom - top), items: [PlacedItem(at: Point(x: .zero, y: .zero - top), item: .frame(page))])
  }

  /// The upper, right and lower edge of what the page shows; `nil` for nothing.
  static func ink(of page: Frame) -> (top: Length, right: Length, bottom: Length)? {
    var found: (top: Length, right: Length, bottom: Length)?
    func add(_ top: Length, _ right: Length, _ bottom: Length) {
      guard let known = found else {
        found = (top, right, bottom)
        return
      }
      found = (min(known.top, top), max(known.right, right), max(known.bottom, bottom))
    }
    FrameWalker.walk(page) { step in
      guard case .item(let item, let at) = step else { return }
      switch item {
      case .run(let run, _):
        switch run.turn {
        case nil: add(at.y - run.size * 0.75, at.x + run.advance, at.y + run.size * 0.2)
        case .clockwise: add(at.y, at.x + run.size * 0.75, at.y + run.advance)
        case .counterclockwise: add(at.y - run.advance, at.x + run.size * 0.2, at.y)
        }
      case .image(let image): add(at.y, at.x + image.size.width, at.y + image.size.height)
      case .symbol(let symbol): add(at.y, at.x + symbol.size.width, at.y + symbol.size.height)
      case .shape(let shape):
        switch shape.outline {
        case .rectangle(let size, _): add(at.y, at.x + size.width, at.y + size.height)
        case .path(let segments):
          for segment in segments {
            let points: [Point] =
              switch segment {
              case .move(let point), .line(let point): [point]
              case .curve(let a, let b, let c): [a, b, c]
              case .close: []
              }
            for point in points { add(at.y + point.y, at.x + point.x, at.y + point.y) }
          }
        }
      case .late, .link, .anchor, .frame: break
      }
    }
    return found
  }
}
