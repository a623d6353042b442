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
      var made = TableColumn(
        column.element.width, minWidth: column.element.minWidth, maxWidth: column.element.maxWidth,
        alignment: column.node.overrides?.align ?? .start, standsAtEnd: isSummed)
      made.suppressesRepeats = column.element.suppress == .repeat
      return made
    }
    var style = TableStyle(
      columnGap: table.gap, rowGap: table.rowGap, padding: table.padding, rule: stroke(table.rule, scope.style),
      headerRule: stroke(table.headerRule, scope.style), repeatsHeader: table.repeatsHeader)
    if let rules = table.rules, let line = stroke(rules.line, scope.style) {
      style.rules = RowRules(every: rules.every, line: line, countsAll: rules.countsAll)
    }
    (style.ruleSpace, style.fillReach) = (table.ruleSpace, table.fillReach)
    if style.headerRule == nil { style.headerRule = stroke(source.headerLook?.rule, scope.style) }
    return TableNode(
      columns: columns, source: source, style: style, origin: scope.origin(node),
      decimalGroups: table.columns.map { $0.element.decimalGroup.map(decimalGroup) })
  }

  func stroke(_ line: LineValue?, _ style: StyleContext) -> Shape.Stroke? {
    line.map { Shape.Stroke(width: $0.thickness, color: book.color($0.color, or: style.text.properties.color)) }
  }

  /// One row of a table in an environment whose variables are set.
  ///
  /// - Parameters:
  ///   - node: Whose children are the cells: a `row`, or a band that is one row.
  ///   - scope: Outside the row.
  ///   - spans: What cells of rows above cover; afterwards what is covered below.
  ///   - rowsLeft: How many rows a cell may cover, from this one on.
  func tableRow(
    _ row: TableRowElement, _ node: TemplateNode, columns: [TemplateColumn], _ scope: Scope, group: Int, isHeader: Bool,
    spans: inout RowSpans, rowsLeft: Int, _ environment: inout Environment
  ) throws(Diagnostic) -> TableRow {
    var cells: [TableCell] = []
    cells.reserveCapacity(columns.count)
    var column = 0
    let origin = scope.origin(node)
    spans.beginRow()
    try walk(node.children, scope.keepingSpace, &environment) { (child, scope, environment) throws(Diagnostic) in
      guard case .tablePart(.cell(let cell)) = child.element else { return }
      spans.skipCovered(&column, &cells)
      guard column < columns.count else {
        if spans.isCovering { throw spans.clash(at: stock.template.nodes[child.id].nameRange) }
        return
      }
      let span = try spans.span(cell, at: column, of: columns.count, range: stock.template.nodes[child.id].nameRange)
      var inner = scope.styled(scope.style.entering(cell: child, row: node, column: columns[column].node, index: column))
      var placed: TableCell
      switch cell.content {
      case .blocks(let gap):
        placed = TableCell(ColumnNode(try blocks(child.children, inner, &environment).content, gap: gap, origin: origin))
      case .paragraph where child.children.isEmpty && cell.unit == nil: placed = TableCell(EmptyNode())
      case .paragraph(let lines):
        var text = try self.content(of: child, lines, inner, &environment)
        // A heading has no figures to line up; it stands over the end of its column.
        if isHeader, text.alignment == .decimal { text.alignment = .end }
        if let unit = cell.unit { try add(unit, in: inner.style.unit(cell.unitStyle), to: &text, environment) }
        if let size = cell.minSize ?? columns[column].element.minSize { inner.leastSize = size }
        placed = TableCell(text: TextNode(content: text, origin: scope.origin(child), leastSize: inner.leastSize))
      }
      (placed.span, placed.valign, placed.padding, placed.fill) = (max(1, span), cell.valign, cell.padding, book.color(cell.fill))
      placed.rows = spans.cover(cell, at: column, span: span, rowsLeft: rowsLeft)
      cells.append(placed)
      column += span
    }
    spans.endRow(&column, &cells)
    let style = scope.style.entering(node)
    return TableRow(
      cells, role: row.role, keep: row.keep, group: group, fill: book.color(row.look.fill),
      ruleAbove: isHeader ? nil : stroke(row.look.rule, style), padding: row.look.padding, valign: row.look.valign,
      minHeight: row.minHeight, origin: origin)
  }

  /// The words of a heading with its unit below them.
  private func add(
    _ unit: TextTemplate, in style: StyleContext, to text: inout TextContent, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    var builder = SpanBuilder(direction: direction)
    try unit.append(to: &builder.buffer, in: environment)
    builder.flush(style.text, link: nil, wrapping: style.wrapping)
    let spans = builder.finish()
    guard !spans.isEmpty else { return }
    if !text.spans.isEmpty { text.spans.append(.lineBreak) }
    let first = text.spans.count
    text.spans += spans
    text.tokens += builder.tokens.map { token in
      var moved = token
      (moved.start.span, moved.end.span) = (token.start.span + first, token.end.span + first)
      return moved
    }
  }
}
