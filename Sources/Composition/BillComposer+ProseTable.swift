internal import Campaigns
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// What stands beside a row of a table that differs from the previous terms.
  struct RowMark {
    var word: String?
    var bar: RowBar?
  }

  /// A table of the terms: heads in bold over a rule, which stand again where the table is broken, thin rules between the rows, columns aligned as
  /// the text says.
  ///
  /// - Parameter marks: One a row, that of the heads first; or none.
  func proseTable(
    _ table: CompiledWords.Table, _ looks: ProseLooks, _ origin: Origin, _ environment: borrowing Environment, marks: [RowMark] = []
  ) throws(Diagnostic) -> Composed<any Node> {
    let alignments = table.alignments.map { alignment -> TextAlignment in
      switch alignment {
      case .start, nil: .start
      case .center: .center
      case .end: .end
      }
    }
    var result = Composed<[TableRow]>([])
    for (number, cells) in ([table.header] + table.rows).enumerated() {
      let mark = marks.indices.contains(number) ? marks[number] : RowMark()
      var row = TableRow([], origin: origin)
      for (column, inlines) in cells.enumerated() {
        let alignment = alignments.indices.contains(column) ? alignments[column] : .start
        // Figures that end together stand under one another.
        var context = alignment == .end ? looks.text.tabular : looks.text
        if number == 0 { context = context.bold }
        var content = result.take(
          try paragraph(inlines, context, environment, leading: column == 0 ? mark.word : nil))
        content.alignment = alignment
        row.cells.append(TableCell(text: TextNode(content: content, origin: origin, leastSize: looks.leastSize)))
      }
      row.bar = mark.bar
      result.content.append(row)
    }
    let type = looks.text.text.properties
    // A table of heads alone is a row: a table without rows takes no space.
    let hasRows = !table.rows.isEmpty
    let style = TableStyle(
      columnGap: type.size * 1.2,
      padding: Insets(top: type.lineHeight * 0.15, right: .zero, bottom: type.lineHeight * 0.15, left: .zero),
      rule: Shape.Stroke(width: .pt(0.5), color: type.color), headerRule: Shape.Stroke(width: .pt(0.75), color: type.color))
    var columns = alignments.map { TableColumn(.auto, alignment: $0) }
    // Bars at the far edge stand with those beside other passages where the table is as wide as they are.
    let isFull = marks.contains { $0.bar?.isLeft == (direction == .rightToLeft) }
    if isFull, let last = columns.indices.last { columns[last].width = .fraction(1) }
    return result.map { rows in
      let body = hasRows ? Array(rows.dropFirst()) : rows
      let source = TableRows(count: body.count, header: { _ in hasRows ? Array(rows.prefix(1)) : [] }, row: { body[$0] })
      let node = TableNode(columns: columns, source: source, style: style, origin: origin)
      return direction == .leftToRight || isFull ? node : SizedNode(node, align: .start, origin: origin)
    }
  }

  /// The word that says what became of a table, on a line above it.
  func markLine(
    _ word: String, _ looks: ProseLooks, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> Composed<ColumnNode.Child> {
    try paragraph([], looks.text, environment, leading: word).map { content in
      ColumnNode.Child(TextNode(content: content, origin: origin, leastSize: looks.leastSize), keep: KeepRules(next: 1))
    }
  }
}
