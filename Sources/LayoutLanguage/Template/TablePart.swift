public import Geometry
public import Vocabulary

/// A `table`; its rows are its children.
public struct TableElement: Sendable {
  /// From the start edge on.
  public var columns: [TemplateColumn]
  /// Between two columns.
  public var gap: Length
  /// Between two rows.
  public var rowGap: Length
  /// In each cell.
  public var padding: Insets
  /// Between body rows.
  public var rule: LineValue?
  /// Below the header.
  public var headerRule: LineValue?
  /// Whether the header stands on every page of the table.
  public var repeatsHeader: Bool
  /// Between every so many rows.
  public var rules: RowRulesValue?
  /// Kept free on both sides of each of its rules.
  public var ruleSpace: Length
  /// How far fills of rows reach beyond the columns.
  public var fillReach: Length
}

/// A column among those of its table.
public struct TemplateColumn: Sendable {
  /// The node of the element: its style is that of the column's cells.
  public var node: TemplateNode
  /// What it says.
  public var element: TableColumnElement
}

/// A `column` of a table.
public struct TableColumnElement: Sendable {
  /// `auto` for that of its content.
  public var width: Dimension
  /// The least width.
  public var minWidth: Length
  /// The greatest width.
  public var maxWidth: Length
  /// The size its values are never shrunk below; `nil` for that of the table.
  public var minSize: Length?
  /// Which values are not painted; `nil` for all that are there.
  public var suppress: Suppression?
  /// The name of the columns, in whatever tables, whose separators stand equally far from their end edges.
  public var decimalGroup: String?
}

/// Which values of a column are not painted.
public enum Suppression: String, CaseIterable, Hashable, Sendable {
  /// Those that the row above has, too.
  case `repeat`
}

/// What stands in a table.
public enum TablePart: Sendable {
  case column(TableColumnElement)
  /// The band at the top, repeated on every page.
  case header(RowLook)
  /// The band at the end.
  case footer(RowLook)
  /// The band below the header of a following page.
  case brought(RowLook)
  /// The band at the foot of a page that the table goes on from.
  case carried(RowLook)
  /// Rows that belong together.
  case group(keep: KeepRules)
  case row(TableRowElement)
  case cell(CellElement)

  var kind: ElementKind {
    switch self {
    case .column: .tableColumn
    case .header: .tableHeader
    case .footer: .tableFooter
    case .brought: .tableBrought
    case .carried: .tableCarried
    case .group: .tableGroup
    case .row: .tableRow
    case .cell: .cell
    }
  }
}

/// The look of a row, or of all rows of a band; `nil` where nothing is written.
public struct RowLook: Sendable {
  /// Behind the cells.
  public var fill: ColorReference?
  /// Above the row, or above the first row of a band.
  public var rule: LineValue?
  /// In each cell.
  public var padding: Insets?
  /// Where lower cells stand.
  public var valign: VerticalAlignment?
}

/// A `row` of a table.
public struct TableRowElement: Sendable {
  /// `nil` for a line that is summed up.
  public var role: RowRole?
  /// What must stay together over page breaks.
  public var keep: KeepRules
  /// The least height.
  public var minHeight: Length
  /// Its look.
  public var look: RowLook
  /// What each column of the table sums up in this row, by column; empty where no column sums, and in rows with a role.
  public var sums: [Expression?]

  /// A row that has a look and says nothing else of itself.
  public static func plain(_ look: RowLook) -> TableRowElement {
    TableRowElement(role: nil, keep: .none, minHeight: .zero, look: look, sums: [])
  }
}

/// How many columns a cell takes.
public enum ColumnSpan: Hashable, Sendable {
  case columns(Int)
  /// All columns from its own to the table's last.
  case all
}

/// How many rows a cell covers.
public enum RowSpan: Hashable, Sendable {
  case rows(Int)
  /// All that are left of its group.
  case group
}

/// A `cell`.
public struct CellElement: Sendable {
  /// How many columns it takes.
  public var span: ColumnSpan
  /// How many rows it takes.
  public var rows: RowSpan
  /// A second line below the words of a heading.
  public var unit: TextTemplate?
  /// The style of that line.
  public var unitStyle: Int?
  /// Where lower content stands; `nil` for the row's.
  public var valign: VerticalAlignment?
  /// Round the content; `nil` for the row's.
  public var padding: Insets?
  /// Behind the content.
  public var fill: ColorReference?
  /// The size its values are never shrunk below; `nil` for that of the column.
  public var minSize: Length?
  /// What it holds.
  public var content: Content

  /// What a cell holds.
  public enum Content: Sendable {
    case blocks(gap: Length)
    case paragraph(LineShape)
  }
}
