public import Geometry

/// Marks where a part begins that links lead to and whose page is printed elsewhere.
public final class AnchorNode: Node {
  private let name: Landmark
  private let child: any Node

  /// Makes the mark of `child`; the name is one of ``Landmark/anchor(_:)``.
  public init(_ name: Landmark, _ child: any Node) { (self.name, self.child) = (name, child) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { child.widths(in: context) }
  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { child.tokenBounds(in: context) }
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { child.missingWidth(at: width, in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``. The mark stands in the first fragment that shows anything.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    switch child.fill(region, in: context) {
    case .complete(let frame): .complete(marked(frame))
    case .partial(let frame, let rest) where frame.isBlank: .partial(frame, rest: AnchorNode(name, rest))
    case .partial(let frame, let rest): .partial(marked(frame), rest: rest)
    case .deferred(let need): .deferred(need: need)
    }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    guard frame.items.count == 2, case .frame(let inner) = frame.items[0].item, case .anchor = frame.items[1].item else { return nil }
    return child.stretched(inner, to: height).map(marked)
  }

  private func marked(_ frame: Frame) -> Frame {
    var result = Frame(size: frame.size, baseline: frame.baseline, items: [PlacedItem(at: .zero, item: .frame(frame))])
    result.flex = frame.flex
    result.add(.anchor(name), at: .zero)
    return result
  }
}
