public import Geometry
public import Vocabulary

/// A line across its region, or, in a row, down the row's height.
public final class RuleNode: Node {
  let stroke: Shape.Stroke
  let axis: Axis
  /// Along the line; `nil` for all the room there is.
  let length: Length?
  let origin: Origin

  /// Makes a rule. It takes its thickness as room: height when horizontal, width when vertical.
  public init(
    thickness: Length = .pt(0.5), color: Color = .black, dashes: [Length] = [], axis: Axis = .horizontal, length: Length? = nil,
    origin: Origin = .none
  ) {
    stroke = Shape.Stroke(width: thickness, color: color, dashes: dashes)
    (self.axis, self.length, self.origin) = (axis, length, origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    switch axis {
    case .horizontal: WidthRange(minimum: length ?? .zero, maximum: length ?? .zero)
    case .vertical: WidthRange(minimum: stroke.width, maximum: stroke.width)
    }
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    let size =
      switch axis {
      case .horizontal: Size(width: min(length ?? region.size.width, region.size.width), height: stroke.width)
      case .vertical: Size(width: stroke.width, height: length ?? .zero)
      }
    if !size.height.fits(region.size.height) {
      if region.mayBreak { return .deferred(need: size.height) }
      context.report(.tooHigh, origin, wanted: size.height, available: region.size.height)
    }
    return .complete(frame(size))
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    guard axis == .vertical, length == nil else { return nil }
    return self.frame(Size(width: stroke.width, height: height))
  }

  private func frame(_ size: Size) -> Frame {
    var frame = Frame(size: size, tag: Tag(.artifact(.layout), source: origin.element, path: origin.path))
    if stroke.dashes.isEmpty {
      // A filled rectangle: no path to allocate, and the same edge on every device.
      if size.height > .zero { frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: stroke.color)), at: .zero) }
    } else {
      let (from, to) =
        axis == .horizontal
        ? (Point(x: .zero, y: size.height / 2), Point(x: size.width, y: size.height / 2))
        : (Point(x: size.width / 2, y: .zero), Point(x: size.width / 2, y: size.height))
      frame.add(.shape(Shape(.path([.move(from), .line(to)]), stroke: stroke)), at: .zero)
    }
    return frame
  }
}
