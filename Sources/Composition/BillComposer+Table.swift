internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage

extension BillComposer {
  /// A `table`: columns and look now, rows when pages ask for them.
  func table(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> any Node {
    var columns: [TableColumn] = []
    var columnNodes: [TemplateNode] = []
    for column in node.children(of: .tableColumn) {
      let alignment: TextAlignment = column.overrides?.align == .decimal ? .decimal : .start
      columns.append(
        TableColumn(
          column.length(.width)?.dimension ?? .auto, minWidth: column.points(.minWidth) ?? .zero,
          maxWidth: column.points(.maxWidth) ?? .infinity, alignment: alignment))
      columnNodes.append(column)
    }
    let source = try ComposedTable(node, columns: columnNodes, context: context, composer: self, environment: environment)
    var style = TableStyle(
      columnGap: node.points(.gap) ?? .pt(6), rowGap: node.points(.rowGap) ?? .zero, padding: node.insets(.padding) ?? .zero,
      rule: stroke(node.line(.rule), context), headerRule: stroke(node.line(.headerRule), context),
      repeatsHeader: node.flag(.repeatHeader) ?? true)
    if style.headerRule == nil { style.headerRule = stroke(source.headerNode?.line(.rule), context) }
    return TableNode(columns: columns, source: source, style: style, origin: origin)
  }

  func stroke(_ line: LineValue?, _ context: StyleContext) -> Shape.Stroke? {
    line.map { Shape.Stroke(width: $0.thickness, color: book.color($0.color, or: context.text.properties.color)) }
  }

  /// One row of a table in an environment whose variables are set.
  func tableRow(
    _ node: TemplateNode, columns: [TemplateNode], _ outer: StyleContext, group: Int, isHeader: Bool = false, in table: TemplateNode?,
    _ environment: inout Environment
  ) throws(Diagnostic) -> TableRow {
    var cells: [TableCell] = []
    var column = 0
    let origin = origin(node)
    try walk(node.children, &environment) { (cell, environment) throws(Diagnostic) in
      guard cell.kind == .cell, column < columns.count else { return }
      let context = outer.entering(cell: cell, row: node, column: columns[column], index: column)
      let span =
        switch cell.span {
        case .all: columns.count - column
        case .columns(let count): min(count, columns.count - column)
        }
      let valign = cell.keyword(.valign)?.vertical
      let padding = cell.insets(.padding)
      let fill = book.color(cell.color(.fill))
      if cell.holdsBlocks {
        let content = ColumnNode(try blocks(cell.children, context, &environment), gap: cell.points(.gap) ?? .zero, origin: origin)
        cells.append(TableCell(content, span: span, valign: valign, padding: padding, fill: fill))
      } else if cell.children.isEmpty {
        cells.append(TableCell(EmptyNode(), span: span, valign: valign, padding: padding, fill: fill))
      } else {
        var content = try content(of: cell, context, &environment)
        // A heading has no figures to line up; it stands over the end of its column.
        if isHeader, content.alignment == .decimal { content.alignment = .end }
        cells.append(
          TableCell(
            text: TextNode(
              content: content, origin: Origin(element: cell.id, path: origin.path),
              leastSize: cell.points(.minSize) ?? columns[column].points(.minSize) ?? leastSize), span: span, valign: valign,
            padding: padding, fill: fill))
      }
      column += span
    }
    let keep = node.keep
    let role: TableRow.Role? =
      switch node.keyword(.role) {
      case .groupHeader: .groupHeader
      case .subtotal: .subtotal
      case .total: .total
      case .note: .note
      default: nil
      }
    return TableRow(
      cells, role: role, keep: KeepRules(together: keep.together, next: keep.next, previous: keep.previous), group: group,
      fill: book.color(node.color(.fill)), ruleAbove: isHeader ? nil : stroke(node.line(.rule), outer.entering(node)),
      padding: node.insets(.padding), valign: node.keyword(.valign)?.vertical, minHeight: node.points(.minHeight) ?? .zero, origin: origin)
  }
}
