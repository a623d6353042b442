public import Geometry

/// What to do with content that does not fit into a stated size.
public enum FitPolicy {
  /// A `doesNotFit` finding rejects the bill.
  case reject
  /// The block becomes as high as its content; a `grown` finding notes it.
  case grow
  /// The content is made smaller, never under `floor` (0…1) of its size; a `shrunk` finding notes it. `scaled` gives the content at a
  /// factor: the composer builds it anew with smaller styles.
  case shrink(floor: Double, scaled: (Double) -> any Node)
}

/// Content fitted into its region by a policy. It does not break.
///
/// What is too high here but not for an untouched region moves on, as it is; only there the policy decides. What has a word wider than the
/// region is shrunk wherever it stands. ``SizedNode`` and ``PlaceNode`` fit content into stated heights in the same way.
public final class FitNode: Node {
  /// Between full size and the floor content is tried in this many equal steps, so that equal bills shrink equally.
  static let shrinkSteps = 32

  /// The steps down to a least size: those down to half the size, or more of the same height.
  static func steps(to floor: Double) -> Int { max(shrinkSteps, Int(((1 - floor) * 64).rounded())) }

  let child: any Node
  let policy: FitPolicy
  let origin: Origin

  /// Fits `child` into its regions.
  public init(_ child: any Node, policy: FitPolicy, origin: Origin = .none) {
    (self.child, self.policy, self.origin) = (child, policy, origin)
  }

  /// What may shrink asks for no more width than it has at its smallest.
  public func widths(in context: LayoutContext) -> WidthRange { policy.narrowed(child.widths(in: context)) }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``. What may shrink takes no room from its neighbours.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    if case .shrink = policy { .zero } else { child.missingWidth(at: width, in: context) }
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if region.mayBreak {
      // By width alone: a lack of height is no reason to shrink while a page with more room follows.
      return context.attempt {
        let frame = Self.fitted(child, into: region.endless, policy: policy, origin: origin, in: context)
        return frame.size.height.fits(region.size.height) ? .complete(frame) : .deferred(need: frame.size.height)
      }
    }
    return .complete(Self.fitted(child, into: region, policy: policy, origin: origin, in: context))
  }

  /// The content's frame, whole. Its height exceeds the region's only after a finding said so.
  ///
  /// - Parameter mayCut: Whether content that not even its least size makes fit is shown in part, an ellipsis where a paragraph is cut. Its
  ///   words may then be broken, too.
  static func fitted(
    _ child: any Node, into region: Region, policy: FitPolicy, origin: Origin, mayCut: Bool = false, in context: LayoutContext
  ) -> Frame {
    let isTooNarrow = isTorn(child, region, policy, context)
    var height = Length.zero  // Of the content as it is.
    let fitting = context.attempt { () -> Frame? in
      let natural = whole(child, region, context)
      height = natural.size.height
      return height.fits(region.size.height) && !isTooNarrow ? natural : nil
    }
    if let fitting { return fitting }
    if !isTooNarrow {
      // Alternatives choose by the room there is, which an endless region does not tell them.
      var room = region
      room.mayBreak = false
      if let frame = child.whole(in: room, context) { return frame }
    }
    switch policy {
    case .reject:
      let natural = whole(child, region, context)
      if mayCut, let frame = cut(child, into: region, wanted: natural.size.height, origin, context) { return frame }
      context.report(.doesNotFit, origin, wanted: natural.size.height, available: region.size.height)
      return natural
    case .grow:
      let natural = whole(child, region, context)
      context.report(.grown, origin, wanted: natural.size.height, available: region.size.height)
      return natural
    case .shrink(_, let scaled):
      // A finding says what was too much: the width, where a word would have been torn.
      let wanted = isTooNarrow ? child.widths(in: context).minimum : height
      let available = isTooNarrow ? region.size.width : region.size.height
      let least = policy.floor
      let steps = Self.steps(to: least)
      func fitting(step: Int) -> (any Node)? {
        let candidate = scaled(least + (1 - least) * Double(step) / Double(steps))
        let (frame, isClean) = context.trial { whole(candidate, region, context) }
        let fits = isClean && frame.size.height.fits(region.size.height) && !isTorn(candidate, region, policy, context)
        return fits ? candidate : nil
      }
      let measure: LayoutFinding.Measure = isTooNarrow ? .width : .height
      guard var best = fitting(step: 0) else {
        // Not on unbroken lines at any size: identifiers may still break at their joints.
        if let (candidate, isFull) = parted(child, scaled, least, region, allowsWords: mayCut, context) {
          if !isFull { context.report(.shrunk, origin, wanted: wanted, available: available, measure: measure) }
          return whole(candidate, region, context)
        }
        let smallest = scaled(least)
        if mayCut, let frame = cut(smallest, into: region, wanted: wanted, origin, context, measure) { return frame }
        let errors = context.errorsMet
        let frame = whole(smallest, region, context)
        if !frame.size.height.fits(region.size.height) {
          context.report(.doesNotFit, origin, wanted: frame.size.height, available: region.size.height)
        } else if errors == context.errorsMet {
          // A token that was torn has said so itself.
          context.report(
            .doesNotFit, origin, wanted: smallest.widths(in: context).minimum, available: region.size.width, measure: .width)
        }
        return frame
      }
      // The largest step that fits, full size being known not to: what fits at one size fits at every smaller one.
      var (low, high) = (0, steps)
      while high - low > 1 {
        let middle = (low + high) / 2
        if let candidate = fitting(step: middle) { (best, low) = (candidate, middle) } else { high = middle }
      }
      context.report(.shrunk, origin, wanted: wanted, available: available, measure: measure)
      return whole(best, region, context)
    }
  }

  /// The content at the largest size at which it fits with its identifiers parted at their joints, and whether that is its full size.
  ///
  /// - Parameter allowsWords: Whether plain words may be broken as well.
  private static func parted(
    _ child: any Node, _ scaled: (Double) -> any Node, _ least: Double, _ region: Region, allowsWords: Bool, _ context: LayoutContext
  ) -> (node: any Node, isFull: Bool)? {
    let steps = Self.steps(to: least)
    func fitting(step: Int) -> (any Node)? {
      let candidate = step == steps ? child : scaled(least + (1 - least) * Double(step) / Double(steps))
      let words = context.brokenWordsMet
      let (frame, isClean) = context.trial { whole(candidate, region, context) }
      let isRight = isClean && frame.size.height.fits(region.size.height) && (allowsWords || words == context.brokenWordsMet)
      return isRight ? candidate : nil
    }
    if let full = fitting(step: steps) { return (full, true) }
    guard var best = fitting(step: 0) else { return nil }
    var (low, high) = (0, steps)
    while high - low > 1 {
      let middle = (low + high) / 2
      if let candidate = fitting(step: middle) { (best, low) = (candidate, middle) } else { high = middle }
    }
    return (best, false)
  }

  /// The content with each paragraph in as few lines as it takes, the most that fit; beyond that, as many paragraphs as fit.
  private static func cut(
    _ node: any Node, into region: Region, wanted: Length, _ origin: Origin, _ context: LayoutContext,
    _ measure: LayoutFinding.Measure = .height
  ) -> Frame? {
    let outer = context.lineLimit
    defer { context.lineLimit = outer }
    context.report(
      .cut, origin, wanted: wanted, available: measure == .width ? region.size.width : region.size.height, measure: measure)
    for limit in stride(from: mostLines, through: 1, by: -1) {
      context.lineLimit = limit
      let (frame, isClean) = context.trial { whole(node, region, context) }
      if isClean, frame.size.height.fits(region.size.height) { return whole(node, region, context) }
    }
    var bounded = region
    bounded.mayBreak = false
    return switch node.fill(bounded, in: context) {
    case .complete(let frame), .partial(let frame, _): frame
    case .deferred: Frame(size: .zero)
    }
  }

  /// More lines than this no paragraph of a place that is shown in part has.
  ///
  /// - Stops: a place with a text of thousands of lines, measured line by line.
  private static let mostLines = 12

  private static func whole(_ node: any Node, _ region: Region, _ context: LayoutContext) -> Frame {
    return switch node.fill(region.endless, in: context) {
    case .complete(let frame), .partial(let frame, _): frame
    case .deferred: Frame(size: .zero)
    }
  }

  /// Whether a word would have to be torn; only shrinking cares, elsewhere words are broken.
  private static func isTorn(_ node: any Node, _ region: Region, _ policy: FitPolicy, _ context: LayoutContext) -> Bool {
    guard case .shrink = policy else { return false }
    return !node.widths(in: context).minimum.fits(region.size.width)
  }
}

extension FitPolicy {
  /// The least size content may be shrunk to, 0.01…1; 1 where it may not.
  var floor: Double {
    guard case .shrink(let floor, _) = self, floor.isFinite else { return 1 }
    return min(1, max(0.01, floor))
  }

  /// What content of these widths asks for under the policy.
  func narrowed(_ range: WidthRange) -> WidthRange { WidthRange(minimum: range.minimum * floor, maximum: range.maximum) }
}
