internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// A `table`: columns and look now, rows when pages ask for them.
  func table(
    _ table: TableElement, _ node: TemplateNode, _ scope: Scope, _ environment: borrowing Environment
  ) throws(Diagnostic) -> any Node {
    let source = try ComposedTable(table, node, scope: scope, composer: self, environment: copy environment)
    let columns = zip(table.columns, source.summed).map { column, isSummed in
      TableColumn(
        column.element.width, minWidth: column.element.minWidth, maxWidth: column.element.maxWidth,
        alignment: column.node.overrides?.align == .decimal ? .decimal : .start, standsAtEnd: isSummed)
    }
    var style = TableStyle(
      columnGap: table.gap, rowGap: table.rowGap, padding: table.padding, rule: stroke(table.rule, scope.style),
      headerRule: stroke(table.headerRule, scope.style), repeatsHeader: table.repeatsHeader)
    if style.headerRule == nil { style.headerRule = stroke(source.headerLook?.rule, scope.style) }
    return TableNode(columns: columns, source: source, style: style, origin: scope.origin(node))
  }

  func stroke(_ line: LineValue?, _ style: StyleContext) -> Shape.Stroke? {
    line.map { Shape.Stroke(width: $0.thickness, color: book.color($0.color, or: style.text.properties.color)) }
  }

  /// One row of a table in an environment whose variables are set.
  ///
  /// - Parameters:
  ///   - node: Whose children are the cells: a `row`, or a band that is one row.
  ///   - scope: Outside the row.
  func tableRow(
    _ row: TableRowElement, _ node: TemplateNode, columns: [TemplateColumn], _ scope: Scope, group: Int, isHeader: Bool,
    _ environment: inout Environment
  ) throws(Diagnostic) -> TableRow {
    var cells: [TableCell] = []
    var column = 0
    let origin = scope.origin(node)
    try walk(node.children, scope.keepingSpace, &environment) { (child, scope, environment) throws(Diagnostic) in
      guard case .tablePart(.cell(let cell)) = child.element, column < columns.count else { return }
      let span =
        switch cell.span {
        case .all: columns.count - column
        case .columns(let count): min(count, columns.count - column)
        }
      var inner = scope.styled(scope.style.entering(cell: child, row: node, column: columns[column].node, index: column))
      let content: TableCell
      switch cell.content {
      case .blocks(let gap):
        content = TableCell(ColumnNode(try blocks(child.children, inner, &environment).content, gap: gap, origin: origin))
      case .paragraph where child.children.isEmpty: content = TableCell(EmptyNode())
      case .paragraph(let lines):
        var text = try self.content(of: child, lines, inner, &environment)
        // A heading has no figures to line up; it stands over the end of its column.
        if isHeader, text.alignment == .decimal { text.alignment = .end }
        if let size = cell.minSize ?? columns[column].element.minSize { inner.leastSize = size }
        content = TableCell(text: TextNode(content: text, origin: scope.origin(child), leastSize: inner.leastSize))
      }
      var placed = content
      (placed.span, placed.valign, placed.padding, placed.fill) = (max(1, span), cell.valign, cell.padding, book.color(cell.fill))
      cells.append(placed)
      column += span
    }
    let style = scope.style.entering(node)
    return TableRow(
      cells, role: row.role, keep: row.keep, group: group, fill: book.color(row.look.fill),
      ruleAbove: isHeader ? nil : stroke(row.look.rule, style), padding: row.look.padding, valign: row.look.valign,
      minHeight: row.minHeight, origin: origin)
  }
}
