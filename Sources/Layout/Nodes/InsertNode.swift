internal import Geometry

/// Marketing that is shown only where space would be left over on the page it stands on; it never moves anything to another page.
///
/// The paginator lays the bill out without inserts first, then offers the space left at each page's end to the inserts met on that page,
/// highest priority first, each in the first of its sizes that fits. A shown insert stays whole; one that is not takes no space and no gap.
public final class InsertNode: Node {
  /// The same message in several sizes, the preferred one first.
  let sizes: [any Node]
  /// Higher goes first; equal ones in the order they stand in.
  let priority: Int
  let origin: Origin

  /// Makes an insert.
  public init(sizes: [any Node], priority: Int = 0, origin: Origin = .none) {
    (self.sizes, self.priority, self.origin) = (sizes, priority, origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { .zero }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    context.bonds += 1
    guard let index = context.insertPlan[ObjectIdentifier(self)], sizes.indices.contains(index) else {
      if context.trialDepth == 0 {
        context.noteSlot(InsertSlot(insert: self, page: context.page, width: region.size.width))
      }
      return .complete(Frame(size: .zero))
    }
    let fragment = KeepNode(sizes[index], force: .absolute, origin: origin).fill(region, in: context)
    guard case .complete(var frame) = fragment else { return fragment }
    frame.isInsert = true
    return .complete(frame)
  }
}
