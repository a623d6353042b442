internal import Geometry
public import Layout

/// Walks finished frames and draws what is in them. It measures nothing and decides nothing.
public enum Painter {
  /// Paints one page.
  ///
  /// - Throws: ``PaintingError/unboundLateText(page:)`` when late values were not bound before; else the first error the canvas met.
  /// - Complexity: O(items + glyphs).
  public static func paint(_ page: Frame, on canvas: some Canvas, number: Int = 1) throws(PaintingError) {
    canvas.beginPage(size: page.size)
    try walk(page, at: .zero, on: canvas, page: number)
    try canvas.endPage()
  }

  private static func walk(_ frame: Frame, at origin: Point, on canvas: some Canvas, page: Int) throws(PaintingError) {
    let tag = frame.tag
    if let tag { canvas.enter(tag, frame: Rect(origin: origin, size: frame.size)) }
    for placed in frame.items {
      let point = origin + placed.at
      switch placed.item {
      case .run(let run, let color): canvas.draw(run, at: point, color: color)
      case .shape(let shape): canvas.draw(shape, at: point)
      case .frame(let inner): try walk(inner, at: point, on: canvas, page: page)
      case .image(let image): canvas.draw(image, at: point)
      case .symbol(let symbol): canvas.draw(symbol, at: point)
      case .link(let link): if !link.uri.isEmpty { canvas.add(link, at: point) }
      case .anchor(let name): canvas.mark(name, at: point)
      case .late: throw .unboundLateText(page: page)
      }
    }
    if let tag { canvas.leave(tag) }
  }
}
