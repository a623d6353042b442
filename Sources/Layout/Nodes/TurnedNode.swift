public import Geometry

/// A paragraph turned by a quarter: its lines run down the page or up, and its width is the height of its lines.
///
/// It is never broken. Its lines are as long as the stated length, else as long as its words, but no longer than the region is high.
public final class TurnedNode: Node {
  private let child: any Node
  private let turn: QuarterTurn
  private let length: Length?
  private let origin: Origin

  /// Makes a turned paragraph.
  ///
  /// - Parameter length: Of its lines, which is its height on the page; `nil` for that of its words.
  public init(_ child: any Node, turn: QuarterTurn, length: Length?, origin: Origin = .none) {
    (self.child, self.turn, self.length, self.origin) = (child, turn, length, origin)
  }

  private func lines(_ length: Length, _ context: LayoutContext) -> Frame {
    // The grid is for lines that run across the page.
    let grid = context.grid
    context.grid = nil
    defer { context.grid = grid }
    guard case .complete(let frame) = child.fill(.endless(width: length), in: context) else { return Frame(size: .zero) }
    return frame
  }

  /// As wide as its lines are high; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    let height = context.trial { lines(length ?? child.widths(in: context).maximum, context).size.height }.result
    return WidthRange(minimum: height, maximum: height)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    let range = child.widths(in: context)
    let wanted = length ?? (region.size.height.isFinite ? min(range.maximum, max(range.minimum, region.size.height)) : range.maximum)
    if !wanted.fits(region.size.height) {
      if region.mayBreak { return .deferred(need: wanted) }
      context.report(.tooHigh, origin, wanted: wanted, available: region.size.height)
    }
    let frame = lines(wanted, context)
    if !frame.size.height.fits(region.size.width) {
      context.report(.tooWide, origin, wanted: frame.size.height, available: region.size.width)
    }
    return .complete(frame.turned(turn))
  }
}
