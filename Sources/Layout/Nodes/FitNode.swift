internal import Geometry

/// What to do with content that does not fit into a stated size.
public enum FitPolicy {
  /// A `doesNotFit` finding rejects the bill.
  case reject
  /// The block becomes as high as its content; a `grown` finding notes it.
  case grow
  /// The content is made smaller, never under `floor` (0…1) of its size; a `shrunk` finding notes it. `scaled` gives the content at a factor:
  /// the composer builds it anew with smaller styles.
  case shrink(floor: Double, scaled: (Double) -> any Node)
}

/// Content fitted into the region it is offered, by a policy. It does not break and it does not move on: a region is what it is to fit into.
///
/// ``SizedNode`` and ``PlaceNode`` do this for stated heights.
public final class FitNode: Node {
  /// Between full size and the floor content is tried in this many equal steps, so that equal bills shrink equally.
  static let shrinkSteps = 32

  public let child: any Node
  public let policy: FitPolicy
  public let origin: Origin

  public init(_ child: any Node, policy: FitPolicy, origin: Origin = .none) { (self.child, self.policy, self.origin) = (child, policy, origin) }

  /// What may shrink asks for no more width than it has at its smallest.
  public func widths(in context: LayoutContext) -> WidthRange {
    var range = child.widths(in: context)
    if case .shrink(let floor, _) = policy { range.minimum = range.minimum * floor }
    return range
  }

  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if region.isEndless { return child.fill(region, in: context) }
    return .complete(Self.fitted(child, into: region, policy: policy, origin: origin, in: context))
  }

  /// The content's frame, whole. Its height exceeds the region's only after a finding said so.
  static func fitted(
    _ child: any Node, into region: Region, policy: FitPolicy, origin: Origin, in context: LayoutContext
  ) -> Frame {
    let mark = context.mark
    let natural = whole(child, region, context)
    let isNarrow = narrowest(child, region, policy, context)
    if natural.size.height.fits(region.size.height), !isNarrow { return natural }
    switch policy {
    case .reject:
      if !natural.size.height.fits(region.size.height) {
        context.report(.doesNotFit, origin, wanted: natural.size.height, available: region.size.height)
      }
      return natural
    case .grow:
      context.report(.grown, origin, wanted: natural.size.height, available: region.size.height)
      return natural
    case .shrink(let floor, let scaled):
      let least = min(1, max(0.01, floor.isFinite ? floor : 1))
      func fitting(step: Int) -> (any Node)? {
        let candidate = scaled(least + (1 - least) * Double(step) / Double(shrinkSteps))
        let (frame, isClean) = context.trial { whole(candidate, region, context) }
        let fits = isClean && frame.size.height.fits(region.size.height) && !narrowest(candidate, region, policy, context)
        return fits ? candidate : nil
      }
      context.rewind(to: mark)
      guard var best = fitting(step: 0) else {
        let smallest = whole(scaled(least), region, context)
        let isTooHigh = !smallest.size.height.fits(region.size.height)
        context.report(
          .doesNotFit, origin, wanted: isTooHigh ? smallest.size.height : child.widths(in: context).minimum,
          available: isTooHigh ? region.size.height : region.size.width)
        return smallest
      }
      // The largest step that fits, full size being known not to: what fits at one size fits at every smaller one.
      var (low, high) = (0, shrinkSteps)
      while high - low > 1 {
        let middle = (low + high) / 2
        if let candidate = fitting(step: middle) { (best, low) = (candidate, middle) } else { high = middle }
      }
      context.report(.shrunk, origin, wanted: natural.size.height, available: region.size.height)
      return whole(best, region, context)
    }
  }

  private static func whole(_ node: any Node, _ region: Region, _ context: LayoutContext) -> Frame {
    return switch node.fill(region.endless, in: context) {
    case .complete(let frame), .partial(let frame, _): frame
    case .deferred: Frame(size: .zero)
    }
  }

  /// Whether the region is narrower than the longest word; only shrinking cares, elsewhere words are broken.
  private static func narrowest(_ node: any Node, _ region: Region, _ policy: FitPolicy, _ context: LayoutContext) -> Bool {
    guard case .shrink = policy else { return false }
    return !node.widths(in: context).minimum.fits(region.size.width)
  }
}
