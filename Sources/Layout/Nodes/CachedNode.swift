public import Geometry

/// An expression-free subtree: laid out once per region, then reused from bill to bill.
///
/// The composer promises that everything inside depends on nothing but the key: no bill, no page, no loop. Fragments with findings, missing
/// glyphs, places or inserts are not kept, so that every bill has its own.
public final class CachedNode: Node {
  let key: SubtreeKey
  let child: any Node
  private let fragment: Int

  /// Makes the node; without ``LayoutContext/cache`` it is the child.
  public convenience init(_ child: any Node, key: SubtreeKey) { self.init(child, key: key, fragment: 0) }

  private init(_ child: any Node, key: SubtreeKey, fragment: Int) { (self.child, self.key, self.fragment) = (child, key, fragment) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    guard let cache = context.cache else { return child.widths(in: context) }
    return cache.widths(key) { child.widths(in: context) }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? { child.stretched(frame, to: height) }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { child.missingWidth(at: width, in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    guard let cache = context.cache else { return child.fill(region, in: context) }
    var shape = region
    if let grid = context.grid {
      shape.top = Length((region.top.points).truncatingRemainder(dividingBy: grid.step.points))
    } else {
      shape.top = .zero
    }
    let key = FrameCache.Key(subtree: key, fragment: fragment, region: shape, direction: context.direction, grid: context.grid)
    if let known = cache.fragment(key) { return known }
    context.noteMissingGlyphs()
    let before = context.bonds
    var result = child.fill(region, in: context)
    if context.noteMissingGlyphs() || before != context.bonds { return result }
    if case .partial(let frame, let rest) = result {
      result = .partial(frame, rest: CachedNode(rest, key: self.key, fragment: cache.nextFragment()))
    }
    cache.store(result, for: key)
    return result
  }
}
