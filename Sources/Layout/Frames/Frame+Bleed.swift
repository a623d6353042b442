internal import Geometry

extension Frame {
  /// The finished page with every filled rectangle that reaches an edge of it drawn on as far as it is bled, so that no white shows where it
  /// is trimmed. Complexity: O(items).
  func bled(by bleed: Length) -> Frame { bled(by: bleed, on: size, at: .zero) ?? self }

  /// `nil` where nothing in the frame reaches an edge.
  private func bled(by bleed: Length, on page: Size, at origin: Point) -> Frame? {
    var result: Frame?
    for (index, placed) in items.enumerated() {
      let at = origin + placed.at
      switch placed.item {
      case .frame(let inner):
        guard let inner = inner.bled(by: bleed, on: page, at: at) else { continue }
        result = result ?? self
        result?.items[index].item = .frame(inner)
      case .shape(let shape):
        guard let (shape, shift) = shape.bled(by: bleed, on: page, at: at) else { continue }
        result = result ?? self
        result?.items[index] = PlacedItem(at: placed.at - shift, item: .shape(shape))
      case .run, .image, .symbol, .late, .link: continue
      }
    }
    return result
  }
}

extension Shape {
  /// The shape drawn on beyond the edges it reaches, and how far its origin moves left and up; `nil` where it reaches none.
  fileprivate func bled(by bleed: Length, on page: Size, at: Point) -> (Shape, Point)? {
    guard fill != nil, stroke == nil, case .rectangle(let size, radius: .zero) = outline else { return nil }
    // What lies beyond the page altogether, or stays inside, is as it was meant.
    func growth(_ low: Length, _ high: Length, _ end: Length) -> (before: Length, after: Length) {
      guard high > .zero, end > low else { return (.zero, .zero) }
      return (low.fits(.zero) ? max(.zero, low + bleed) : .zero, end.fits(high) ? max(.zero, end + bleed - high) : .zero)
    }
    let across = growth(at.x, at.x + size.width, page.width)
    let down = growth(at.y, at.y + size.height, page.height)
    guard across.before + across.after + down.before + down.after > .zero else { return nil }
    var result = self
    result.outline = .rectangle(
      Size(width: size.width + across.before + across.after, height: size.height + down.before + down.after), radius: .zero)
    return (result, Point(x: across.before, y: down.before))
  }
}
