public import Geometry

/// A barcode with its quiet zone, never broken and never scaled.
public final class SymbolNode: Node {
  let symbol: Symbol
  /// The printed size without the quiet zone.
  let size: Size
  /// The clear room around it.
  let quiet: Insets
  let color: Color
  /// A patch laid under code and quiet zone; `nil` for none.
  let background: Color?
  let description: String
  let origin: Origin

  /// Makes a barcode; what it takes is `size` plus `quiet`.
  public init(
    symbol: Symbol, size: Size, quiet: Insets, color: Color = .black, background: Color? = .white, description: String,
    origin: Origin = .none
  ) {
    self.symbol = symbol
    self.size = size
    self.quiet = quiet
    self.color = color
    self.background = background
    self.description = description
    self.origin = origin
  }

  private var outerSize: Size { Size(width: size.width + quiet.horizontal, height: size.height + quiet.vertical) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { WidthRange(minimum: outerSize.width, maximum: outerSize.width) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    let outer = outerSize
    let isTooHigh = !outer.height.fits(region.size.height)
    if isTooHigh, region.mayBreak { return .deferred(need: outer.height) }
    if !outer.width.fits(region.size.width) { context.report(.tooWide, origin, wanted: outer.width, available: region.size.width) }
    if isTooHigh { context.report(.tooHigh, origin, wanted: outer.height, available: region.size.height) }
    var frame = Frame(size: outer, tag: Tag(.figure, source: origin.element, path: origin.path).described(description))
    if let background { frame.add(.shape(Shape(.rectangle(outer, radius: .zero), fill: background)), at: .zero) }
    frame.add(.symbol(SymbolItem(symbol: symbol, size: size, color: color)), at: Point(x: quiet.left, y: quiet.top))
    return .complete(frame)
  }
}
