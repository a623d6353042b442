internal import Geometry

/// Tries its children in order and shows the first that fits whole into the room there is.
///
/// Where none does, the block moves to the next region and all are tried again; in an untouched region the last child is taken as it is.
public final class AlternativesNode: Node {
  let children: [any Node]
  let origin: Origin

  /// Makes a choice among `children`, the preferred one first.
  public init(_ children: [any Node], origin: Origin = .none) { (self.children, self.origin) = (children, origin) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    // Any child will do at the least; the first decides what is wished for.
    guard let first = children.first else { return .zero }
    let least = children.map { $0.widths(in: context).minimum }.min() ?? .zero
    return WidthRange(minimum: least, maximum: first.widths(in: context).maximum)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    guard let last = children.last else { return .complete(Frame(size: .zero)) }
    for (index, child) in children.enumerated() where child.widths(in: context).minimum.fits(region.size.width) {
      let fitting = context.attempt { () -> Frame? in
        let errors = context.errorsMet
        guard let frame = child.whole(in: region, context), errors == context.errorsMet else { return nil }
        return frame
      }
      guard let frame = fitting else { continue }
      if index > 0 { note(region, context) }
      return .complete(frame)
    }
    if region.mayBreak {
      return .deferred(need: children.map { $0.heightAtLeast(in: region, context) }.min() ?? .zero)
    }
    if children.count > 1 { note(region, context) }
    return last.fill(region, in: context)
  }

  private func note(_ region: Region, _ context: LayoutContext) {
    let width = children.first?.widths(in: context).minimum ?? .zero
    guard width.fits(region.size.width) else {
      return context.report(.alternative, origin, wanted: width, available: region.size.width, measure: .width)
    }
    let wanted = children.first?.heightAtLeast(in: region, context) ?? .zero
    context.report(.alternative, origin, wanted: wanted, available: region.size.height)
  }
}
