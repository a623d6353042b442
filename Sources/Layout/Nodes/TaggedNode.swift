public import Geometry

/// Gives what is inside a meaning, and a name where somebody looks for it. Every fragment of it carries the tag.
public final class TaggedNode: Node {
  let role: Tag.Role
  let landmark: Landmark?
  let child: any Node
  let origin: Origin
  /// What the pieces of what was broken have in common; `nil` for all of it.
  private var identity: TagIdentity?

  /// Makes a tagged node: a frame with the tag is put around the child's.
  public init(_ role: Tag.Role, landmark: Landmark? = nil, _ child: any Node, origin: Origin = .none) {
    (self.role, self.landmark, self.child, self.origin) = (role, landmark, child, origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { child.widths(in: context) }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { child.tokenBounds(in: context) }
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { child.missingWidth(at: width, in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    switch child.fill(region, in: context) {
    case .complete(let frame): return .complete(tagged(frame, next: nil))
    case .partial(let frame, let rest):
      let next = identity ?? TagIdentity()
      let remaining = TaggedNode(role, landmark: landmark, rest, origin: origin)
      remaining.identity = next
      return .partial(tagged(frame, next: next), rest: remaining)
    case .deferred(let need): return .deferred(need: need)
    }
  }

  /// The frame made `height` high; see ``Node/stretched(_:to:)``.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    guard frame.items.count == 1, case .frame(let inner) = frame.items[0].item else { return nil }
    return child.stretched(inner, to: height).map { higher in
      var result = tagged(higher, next: nil)
      if result.tag != nil { result.tag = frame.tag }
      return result
    }
  }

  private func tagged(_ frame: Frame, next: TagIdentity?) -> Frame {
    // Nothing has no meaning: an empty section leaves no trace.
    guard !frame.items.isEmpty else { return frame }
    return Frame(
      size: frame.size, baseline: frame.baseline, items: [PlacedItem(at: .zero, item: .frame(frame))],
      tag: Tag(role, source: origin.element, path: origin.path, landmark: landmark).piece(of: identity, next: next))
  }
}
