public import Geometry
public import Vocabulary

/// One cell of a table row.
public struct TableCell {
  /// A span over all columns that are left.
  public static let allColumns = Int.max

  /// What stands in the cell.
  public let node: any Node
  /// The node, where it is a single paragraph: the common case, and the only one that stands on a decimal separator.
  let text: TextNode?
  /// How many columns it covers, at least 1.
  public var span: Int
  /// How it stands in the row's height; `nil` for the row's rule.
  public var valign: VerticalAlignment?
  /// `nil` for the row's padding.
  public var padding: Insets?
  /// Behind the cell or row; `nil` for none.
  public var fill: Color?
  /// How many rows it covers, its own included: at least 1, and never beyond the table's end.
  public var rows = 1
  /// How many rows above this one the cell begins that covers the place: the place itself is empty then. 0 for a cell of this row.
  public private(set) var above = 0
  /// What it says where that is not painted, since the row above says the same; `nil` for a cell that is.
  var replacement: String?
  /// Whether it begins on a page before and only stands here once more.
  var isRepeated = false

  /// A cell with any content.
  public init(
    _ node: any Node, span: Int = 1, valign: VerticalAlignment? = nil, padding: Insets? = nil, fill: Color? = nil
  ) {
    self.node = node
    text = node as? TextNode
    (self.span, self.valign, self.padding, self.fill) = (max(1, span), valign, padding, fill)
  }

  /// A cell with a paragraph. In a column aligned `.decimal` a paragraph aligned `.decimal` stands with its separator on the column's.
  public init(
    text: TextNode, span: Int = 1, valign: VerticalAlignment? = nil, padding: Insets? = nil, fill: Color? = nil
  ) {
    node = text
    self.text = text
    (self.span, self.valign, self.padding, self.fill) = (max(1, span), valign, padding, fill)
  }

  /// An empty cell.
  public static var empty: TableCell { TableCell(EmptyNode()) }

  /// The place of a cell that begins `above` rows further up and covers `rows` rows from this one on.
  public static func covered(above: Int, rows: Int, span: Int = 1) -> TableCell {
    var cell = TableCell(EmptyNode(), span: span)
    (cell.above, cell.rows) = (max(1, above), max(1, rows))
    return cell
  }

  /// The cell with nothing painted in it, as the row above says the same.
  func silenced(_ words: String) -> TableCell {
    var cell = TableCell(EmptyNode(), span: span, valign: valign, padding: padding, fill: fill)
    (cell.rows, cell.replacement) = (rows, words)
    return cell
  }
}

/// A bar beside a row, outside the table's columns.
public struct RowBar: Hashable, Sendable {
  /// Across it.
  public var thickness: Length
  /// The ink.
  public var color: Color
  /// Whether it stands before the left edge; else behind the right one.
  public var isLeft: Bool
  /// Between it and the columns.
  public var distance: Length
  /// Makes a bar.
  public init(thickness: Length, color: Color, isLeft: Bool, distance: Length) {
    (self.thickness, self.color, self.isLeft, self.distance) = (thickness, color, isLeft, distance)
  }
}

/// One row of a table's body, header, footer or of the rows that carry sums over pages.
public struct TableRow {
  /// From the start edge on.
  public var cells: [TableCell]
  /// `nil` for a row that counts in the running sums.
  public var role: RowRole?
  /// `together` forbids a break inside the row; `next` and `previous` hold within the row's group.
  public var keep: KeepRules
  /// A number that is the same for all rows of a group; -1 for none.
  public var group: Int
  /// Behind the cell or row; `nil` for none.
  public var fill: Color?
  /// A line above the row, in place of the table's own.
  public var ruleAbove: Shape.Stroke?
  /// Of the cells; `nil` for the table's padding.
  public var padding: Insets?
  /// How cells stand in the row's height; `nil` for the table's rule.
  public var valign: VerticalAlignment?
  /// The least height, padding included.
  public var minHeight: Length
  /// Where the row comes from.
  public var origin: Origin
  /// Beside each piece of it, as high as that.
  public var bar: RowBar?

  /// Makes it; what is not given is as the table has it.
  public init(
    _ cells: [TableCell], role: RowRole? = nil, keep: KeepRules = .none, group: Int = -1, fill: Color? = nil,
    ruleAbove: Shape.Stroke? = nil,
    padding: Insets? = nil, valign: VerticalAlignment? = nil, minHeight: Length = .zero, origin: Origin = .none
  ) {
    self.cells = cells
    self.role = role
    self.keep = keep
    self.group = group
    self.fill = fill
    self.ruleAbove = ruleAbove
    self.padding = padding
    self.valign = valign
    self.minHeight = minHeight
    self.origin = origin
  }
}

/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  /// As in a ``RowNode``.
  public var width: Dimension
  /// The least width, whatever the content.
  public var minWidth: Length
  /// The greatest width, whatever the content.
  public var maxWidth: Length
  /// Whether cells of rows that count stand where their row ends: what a sum over the column carries to the next page is then printed before it.
  public var standsAtEnd: Bool
  /// A column aligned `.decimal` is measured once over all rows, header left out; one aligned so or `.end` holds figures.
  public var alignment: TextAlignment
  /// Whether a value that the row above has as well is not painted again.
  public var suppressesRepeats = false
  /// Makes a column.
  public init(
    _ width: Dimension, minWidth: Length = .zero, maxWidth: Length = .infinity, alignment: TextAlignment = .start,
    standsAtEnd: Bool = false
  ) {
    (self.width, self.minWidth, self.maxWidth, self.alignment, self.standsAtEnd) = (width, minWidth, maxWidth, alignment, standsAtEnd)
  }
}

/// The look and the manners of a table.
public struct TableStyle: Hashable, Sendable {
  /// Between columns.
  public var columnGap: Length
  /// Between rows, header and footer included.
  public var rowGap: Length
  /// Of cells.
  public var padding: Insets
  /// Between body rows. Rules take no room: they are drawn on the boundary.
  public var rule: Shape.Stroke?
  /// Under the header.
  public var headerRule: Shape.Stroke?
  /// Whether the header stands on every page of the table.
  public var repeatsHeader: Bool
  /// The least number of body rows at the beginning and at the end of a table that stand together, where a page can hold them.
  public var minimumRows: Int
  /// How cells stand in their row's height.
  public var valign: VerticalAlignment
  /// Rules between every so many rows; `nil` for none.
  public var rules: RowRules?
  /// Kept free on both sides of each rule of the table, whatever its rows have besides.
  public var ruleSpace = Length.zero
  /// How far the fills of rows reach beyond the columns on either side.
  public var fillReach = Length.zero
  /// Makes it; what is not given is as the table has it.
  public init(
    columnGap: Length = .zero, rowGap: Length = .zero, padding: Insets = .zero, rule: Shape.Stroke? = nil,
    headerRule: Shape.Stroke? = nil, repeatsHeader: Bool = true, minimumRows: Int = 2, valign: VerticalAlignment = .top
  ) {
    self.columnGap = columnGap
    self.rowGap = rowGap
    self.padding = padding
    self.rule = rule
    self.headerRule = headerRule
    self.repeatsHeader = repeatsHeader
    self.minimumRows = max(1, minimumRows)
    self.valign = valign
  }
}
