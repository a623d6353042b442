public import Geometry
public import Vocabulary

/// A picture, never broken.
public final class ImageNode: Node {
  /// The number in the layout's image table.
  let image: Int
  /// The picture's own size in points; its ratio is always kept.
  let naturalSize: Size
  let width: Dimension
  let height: Dimension
  /// What it shows, for readers who cannot see it; `nil` for ornament.
  let description: String?
  let origin: Origin

  /// Makes a picture. With both dimensions `auto` it has its natural size, made smaller where the region is smaller; with one given the
  /// other follows; with both given it fits into that room, standing at its middle.
  public init(
    image: Int, naturalSize: Size, width: Dimension = .auto, height: Dimension = .auto, description: String?, origin: Origin = .none
  ) {
    self.image = image
    self.naturalSize = naturalSize
    self.width = width
    self.height = height
    self.description = description
    self.origin = origin
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    if case .fixed(let width) = width { return WidthRange(minimum: width, maximum: width) }
    if case .fixed(let height) = height, naturalSize.height > .zero {
      let width = naturalSize.width * (height / naturalSize.height)
      return WidthRange(minimum: width, maximum: width)
    }
    return WidthRange(minimum: .zero, maximum: naturalSize.width)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    guard naturalSize.width > .zero, naturalSize.height > .zero else { return .complete(Frame(size: .zero)) }
    let ratio = naturalSize.height / naturalSize.width
    let (statedWidth, statedHeight) = (width.length(of: region.size.width), height.length(of: region.fullHeight))
    var room = naturalSize
    switch (statedWidth, statedHeight) {
    case (let width?, let height?): room = Size(width: width, height: height)
    case (let width?, nil): room = Size(width: width, height: width * ratio)
    case (nil, let height?): room = Size(width: height / ratio, height: height)
    case (nil, nil):
      let width = min(naturalSize.width, region.size.width)
      room = Size(width: width, height: width * ratio)
      // Where not even an untouched region can hold it, a picture of no stated size becomes smaller.
      if !region.mayBreak, !region.isEndless, !room.height.fits(region.size.height), region.size.height > .zero {
        room = Size(width: region.size.height / ratio, height: region.size.height)
      }
    }
    let isTooHigh = !room.height.fits(region.size.height)
    if isTooHigh, region.mayBreak { return .deferred(need: room.height) }
    if !room.width.fits(region.size.width) { context.report(.tooWide, origin, wanted: room.width, available: region.size.width) }
    if isTooHigh { context.report(.tooHigh, origin, wanted: room.height, available: region.size.height) }
    var size = Size(width: room.width, height: room.width * ratio)
    if !size.height.fits(room.height) { size = Size(width: room.height / ratio, height: room.height) }
    var frame = Frame(size: room, tag: .picture(description, origin))
    frame.add(
      .image(ImageItem(image: image, size: size)),
      at: Point(x: (room.width - size.width) / 2, y: (room.height - size.height) / 2))
    return .complete(frame)
  }
}
