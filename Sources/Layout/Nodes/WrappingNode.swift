public import Geometry

/// Blocks beside one another, or below one another where side by side a word would be broken or a ``Token`` parted.
public final class WrappingNode: Node {
  private let row: RowNode
  private let column: ColumnNode

  /// Makes a choice between two arrangements of the same blocks.
  public init(_ row: RowNode, else column: ColumnNode) { (self.row, self.column) = (row, column) }

  private func arrangement(at width: Length, _ context: LayoutContext) -> any Node {
    row.isTight(at: width, in: context) ? column : row
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    WidthRange(minimum: column.widths(in: context).minimum, maximum: row.widths(in: context).maximum)
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    arrangement(at: width, context).missingWidth(at: width, in: context)
  }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { column.tokenBounds(in: context) }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    arrangement(at: region.size.width, context).fill(region, in: context)
  }
}
