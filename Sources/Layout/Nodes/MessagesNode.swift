public import Geometry

/// The message section: notice, terms and inserts where the layout puts them. A column that takes no space when nothing in it applies.
///
/// The notice is a `KeepNode(…, force: .absolute)` inside a `TaggedNode(.notice, …)`, the terms flow on inside a
/// `TaggedNode(.terms, …)`; neither depends on left-over room. Only ``InsertNode`` children do.
public final class MessagesNode: Node {
  private let column: ColumnNode

  /// Makes a section of these blocks.
  public init(_ children: [ColumnNode.Child], gap: Length = .zero, origin: Origin = .none) {
    column = ColumnNode(children, gap: gap, origin: origin)
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { column.widths(in: context) }
  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length { column.missingWidth(at: width, in: context) }
  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { column.fill(region, in: context) }
}
