public import Geometry

/// The whole content of a place that shows it in part; nothing while the place holds it all.
///
/// It stands in the body, which is filled after the places of its page.
public final class MovedNode: Node {
  private let place: PlaceNode
  /// Only made where it is needed.
  private let make: () -> any Node
  private var made: (any Node)?

  /// Makes the node; `content` is asked for once at most.
  public init(of place: PlaceNode, content: @escaping () -> any Node) { (self.place, make) = (place, content) }

  private func content(in context: LayoutContext) -> (any Node)? {
    guard context.movedPlaces.contains(ObjectIdentifier(place)) else { return nil }
    if let made { return made }
    let content = make()
    made = content
    return content
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { content(in: context)?.widths(in: context) ?? .zero }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    content(in: context)?.missingWidth(at: width, in: context) ?? .zero
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    guard let content = content(in: context) else { return .complete(Frame(size: .zero)) }
    return content.fill(region, in: context)
  }
}
