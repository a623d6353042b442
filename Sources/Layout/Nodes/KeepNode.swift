public import Geometry

/// Keeps what is inside on one page.
///
/// It moves to the next page where it fits there whole. What is higher than a page gains nothing by moving: it is broken where it stands, behind
/// the first lines that have room.
public final class KeepNode: Node {
  /// What happens where no region can hold the content.
  public enum Force: Hashable, Sendable {
    /// Where not even an untouched region can hold it, it is broken after all and a `keepBroken` finding says so.
    case preferred
    /// Never broken: where no region can hold it, it overflows and a `tooHigh` finding rejects the bill (a notice, a coupon).
    case absolute
  }
  let child: any Node
  let force: Force
  let origin: Origin

  /// Keeps `child` whole.
  public init(_ child: any Node, force: Force = .preferred, origin: Origin = .none) {
    (self.child, self.force, self.origin) = (child, force, origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { child.widths(in: context) }
  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? { child.stretched(frame, to: height) }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { child.tokenBounds(in: context) }
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { child.missingWidth(at: width, in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if region.isEndless { return child.fill(region, in: context) }
    if var frame = child.whole(in: region, context) {
      frame.isKept = true
      return .complete(frame)
    }
    if region.mayBreak {
      guard force == .preferred, !stands(in: region.roomiest, context) else {
        return .deferred(need: child.heightAtLeast(in: region, context))
      }
      return context.attempt {
        let fragment = child.fill(region, in: context)
        if case .partial = fragment { reportBroken(region, context) }
        return fragment
      }
    }
    // Nowhere else to go. What makes itself smaller for an untouched region still has room.
    let accepted = context.attempt { () -> Fragment? in
      let fragment = child.fill(region, in: context)
      if case .complete(let frame) = fragment, frame.size.height.fits(region.size.height) { return fragment }
      if force == .absolute { return nil }
      reportBroken(region, context)
      return fragment
    }
    if let accepted { return accepted }
    let fragment = child.fill(region.endless, in: context)
    if case .complete(let frame) = fragment {
      context.report(.tooHigh, origin, wanted: frame.size.height, available: region.size.height)
    }
    return fragment
  }

  /// Whether an untouched page holds it whole, made smaller if need be.
  private func stands(in page: Region, _ context: LayoutContext) -> Bool {
    let (fits, isClean) = context.trial { () -> Bool in
      guard case .complete(let frame) = child.fill(page, in: context) else { return false }
      return frame.size.height.fits(page.size.height)
    }
    return fits && isClean
  }

  private func reportBroken(_ region: Region, _ context: LayoutContext) {
    context.report(
      .keepBroken, origin, wanted: child.heightAtLeast(in: region, context), available: region.roomiest.size.height)
  }
}
