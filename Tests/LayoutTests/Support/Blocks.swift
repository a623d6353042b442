import Geometry
import Layout

/// A named rectangle that cannot be broken.
final class Block: Node {
  let name: String
  let width: Length?
  let height: Length
  let origin: Origin
  nonisolated(unsafe) static var fills = 0

  init(_ name: String, _ height: Double, width: Double? = nil, origin: Origin = .none) {
    (self.name, self.height, self.width, self.origin) = (name, Length(height), width.map { Length($0) }, origin)
  }

  func widths(in context: LayoutContext) -> WidthRange {
    WidthRange(minimum: width ?? .pt(1), maximum: width ?? .pt(20))
  }

  func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if !height.fits(region.size.height) {
      if region.mayBreak { return .deferred(need: height) }
      context.report(.tooHigh, origin, wanted: height, available: region.size.height)
    }
    let size = Size(width: min(width ?? region.size.width, region.size.width), height: height)
    return .complete(Frame(size: size, items: [PlacedItem(at: .zero, item: .link(LinkArea(size: size, uri: name)))]))
  }
}

/// A named block that breaks between pieces of equal height: `A1`, `A2`…
final class Slab: Node {
  let name: String
  let pieces: Range<Int>
  let height: Length
  let origin: Origin

  convenience init(_ name: String, _ count: Int, each height: Double, origin: Origin = .none) {
    self.init(name, 1..<(count + 1), Length(height), origin)
  }
  private init(_ name: String, _ pieces: Range<Int>, _ height: Length, _ origin: Origin) {
    (self.name, self.pieces, self.height, self.origin) = (name, pieces, height, origin)
  }

  func widths(in context: LayoutContext) -> WidthRange { WidthRange(minimum: .pt(1), maximum: .pt(20)) }

  func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    var frame = Frame(size: Size(width: region.size.width, height: .zero))
    for piece in pieces {
      if !(frame.size.height + height).fits(region.size.height) {
        if frame.items.isEmpty {
          if region.mayBreak { return .deferred(need: height) }
          context.report(.tooHigh, origin, wanted: height, available: region.size.height)
        } else {
          return .partial(frame, rest: Slab(name, piece..<pieces.upperBound, height, origin))
        }
      }
      let size = Size(width: region.size.width, height: height)
      frame.add(.link(LinkArea(size: size, uri: "\(name)\(piece)")), at: Point(x: .zero, y: frame.size.height))
      frame.size.height = frame.size.height + height
    }
    return .complete(frame)
  }
}
