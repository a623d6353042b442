internal import Campaigns
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The box that lists what the terms change; `nil` where they say so themselves, or there is nothing to say.
  func termsChanges(
    _ element: TermsChangesElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    guard let terms else { return Composed(nil) }
    let title = try element.title?.string(in: environment)
    changesTitle = title
    let document = terms.document
    guard let differences = terms.differences, !document.hasOpening, title.flatMap({ document.section(titled: $0) }) == nil else {
      return Composed(nil)
    }
    let origin = scope.origin(node)
    let style = scope.style
    let unchanged = try element.unchanged?.string(in: environment)
    if differences.clauses.isEmpty, unchanged == nil { return Composed(nil) }
    var result = Composed<[ColumnNode.Child]>([], smallest: style.text.properties.size)
    func text(_ words: String, _ context: StyleContext, _ role: Tag.Role = .paragraph) -> TextNode {
      var builder = SpanBuilder(direction: direction)
      builder.buffer.append(words: words)
      builder.flush(context.text, link: nil)
      return TextNode(content: finished(&builder, .plain, context), role: role, origin: origin, leastSize: scope.leastSize)
    }
    if let title, title.contains(where: { !$0.isWhitespace }) {
      let look = element.headingStyle.map { style.styled($0) } ?? style.bold
      result.content.append(ColumnNode.Child(text(title, look, .heading(level: element.level)), keep: KeepRules(next: 1)))
    }
    result.content += result.take(try blocks(node.children, scope, &environment))
    if differences.clauses.isEmpty {
      result.content.append(ColumnNode.Child(text(unchanged ?? "", style)))
    } else {
      let words: [ClauseChange.Kind: String] = [
        .changed: try element.changed.string(in: environment), .new: try element.new.string(in: environment),
        .removed: try element.removed.string(in: environment),
      ]
      var entries: [(word: String, name: String)] = []
      for kind in ClauseChange.Kind.allCases {
        for clause in differences.clauses where clause.kind == kind { entries.append((words[kind] ?? "", clause.name)) }
      }
      let rows = entries.map { entry in
        TableRow([TableCell(text: text(entry.word, style.bold)), TableCell(text: text(entry.name, style))], origin: origin)
      }
      var first = TableColumn(.auto)
      // One word stands for all clauses of its kind, and is read before each.
      first.suppressesRepeats = true
      let source = TableRows(count: rows.count, row: { rows[$0] })
      let look = TableStyle(columnGap: style.text.properties.size, minimumRows: 2)
      result.content.append(
        ColumnNode.Child(TableNode(columns: [first, TableColumn(.fraction(1))], source: source, style: look, origin: origin)))
    }
    return result.map {
      BoxNode(
        ColumnNode($0, gap: space(element.panel.gap, scope), origin: origin), style: look(element.panel),
        valign: attributes.valign ?? .top, origin: origin)
    }
  }
}
