internal import Diagnostics
internal import Vocabulary

/// The columns of the table being compiled.
final class TableColumns {
  struct Column {
    var name: String?
    var sum: XMLAttribute?
    var type: ValueType?
  }
  var columns: [Column]
  init(_ columns: [Column]) { self.columns = columns }
}

extension LayoutCompiler {
  /// What sums up, and where it may be read: by name, with the type its first row gives it.
  private func sums(of table: TableColumns) -> Scope.Sums {
    .columns(
      table.columns.enumerated().compactMap { index, column in
        guard let name = column.name, column.sum != nil else { return nil }
        return (name, column.type ?? .unknown, index)
      })
  }

  func readTable(_ element: XMLElement, _ place: Place, _ parts: inout NodeParts) {
    var place = place
    let columnElements = element.elements.filter { $0.isLayout && $0.name == ElementKind.tableColumn.tag }
    if columnElements.isEmpty {
      error(
        .tableWithoutColumns, "a table begins with its columns", place.file, element.nameRange, suggestion: "add <column width=\"1fr\"/>")
    } else if columnElements.count > LanguageLimits.tableColumns {
      error(
        .tooManyDeclarations, "a table has at most \(LanguageLimits.tableColumns) columns", place.file,
        columnElements[LanguageLimits.tableColumns].nameRange)
    }
    let columns = TableColumns(columnElements.map { TableColumns.Column(name: declaredName($0), sum: $0["sum"]) })
    var seen: [String: Range<Int>] = [:]
    for column in columnElements {
      guard let name = column["name"], let word = declaredName(column) else { continue }
      if let first = seen[word] {
        error(
          .duplicateName, "two columns are named '\(word)'", place.file, name.valueRange,
          notes: [Diagnostic.Note("the first one", at: range(place.file, first))])
      }
      seen[word] = name.valueRange
    }
    for column in columnElements where column["sum"] != nil && column["name"] == nil {
      error(.missingAttribute, "a column with a 'sum' needs a 'name' to read it by", place.file, column.nameRange)
    }
    place.table = columns
    findings.muted { findTypes(element, columns) }
    parts.children = contents(of: element, place)
    checkRowSpans(parts.children, columnElements.count, isInGroup: false)
  }

  /// Finds the types of sums in the first row without a role, before anything that prints them is compiled.
  private func findTypes(_ element: XMLElement, _ table: TableColumns) {
    guard table.columns.contains(where: { $0.sum != nil && $0.type == nil }) else { return }
    for child in element.elements where child.isLayout {
      guard ["row", "group", "if", "else", "each"].contains(child.name) else { continue }
      scope.nested {
        if let each = child["each"] { _ = loop(each) }
        if let test = child["if"] ?? child["test"], let condition = condition(test) { scope.learn(condition.whenTrue) }
        guard child.name == "row" else { return findTypes(child, table) }
        guard child["role"] == nil else { return }
        for index in table.columns.indices where table.columns[index].type == nil {
          guard let sum = table.columns[index].sum, let syntax = parse(sum) else { continue }
          let type = checker(sum.value).value(syntax).type.unwrapped
          if type == .number || type == .amount { table.columns[index].type = type }
        }
      }
    }
  }

  // MARK: Rows

  func readRow(_ element: XMLElement, _ place: Place, _ parts: inout NodeParts) {
    guard let table = place.table else { return }
    switch parts.attributes.word(.role, RowRole.self) {
    case nil where element["role"] == nil: parts.columnSums = columnSums(table, row: element, place)
    case .subtotal where place.isInGroup: scope.sums = sums(of: table)
    case .subtotal: scope.sums = .none(reason: "a subtotal sums up its 'group', and this row stands in none")
    default: break
    }
    parts.children = contents(of: element, place)
    checkCells(parts.children, table)
  }

  private func columnSums(_ table: TableColumns, row: XMLElement, _ place: Place) -> [Expression?] {
    guard table.columns.contains(where: { $0.sum != nil }) else { return [] }
    return table.columns.map { column in
      guard let sum = column.sum else { return nil }
      let trial = Findings()
      var parser = ExpressionParser(sum.value, findings: trial)
      var expression: Expression?
      if let syntax = parser.expression() {
        let checker = ExpressionChecker(source: sum.value, scope: scope, findings: trial)
        let typed = checker.present(syntax)
        switch typed.type {
        case .number, .amount: expression = checker.expression(typed)
        case .unknown: break
        default:
          checker.error(
            .wrongType, "'\(checker.text(typed.range))' is \(typed.type.phrase); only numbers and amounts are summed up", typed.range)
        }
        if let expression, let type = column.type, expression.type != type {
          checker.error(.wrongType, "'sum' is \(expression.type.phrase) in this row and \(type.phrase) in another", typed.range)
        }
      }
      for var diagnostic in trial.all {
        diagnostic.notes.append(
          Diagnostic.Note("evaluated in this row; a row that is not summed up has a role", at: self.range(place.file, row.nameRange)))
        findings.add(diagnostic)
      }
      return expression
    }
  }

  /// A header, footer, brought or carried part: cells, or rows of cells.
  func readBand(_ element: XMLElement, _ kind: ElementKind, _ place: Place, _ parts: inout NodeParts) {
    var place = place
    if let table = place.table {
      scope.sums = kind == .tableHeader ? .none(reason: "a header stands before anything is summed up") : sums(of: table)
    }
    // Either form; the first element decides.
    let first = element.elements.first { $0.isLayout && ($0.name == "cell" || $0.name == "row") }
    if first?.name == "row" {
      place.content = .rows
      parts.children = bandRows(element, place)
    } else {
      place.content = .cells
      parts.children = contents(of: element, place)
      if let table = place.table { checkCells(parts.children, table) }
    }
  }

  private func bandRows(_ element: XMLElement, _ place: Place) -> [TemplateContent] {
    var place = place
    for child in element.elements where child.isLayout && child.name == "group" {
      error(.misplacedElement, "'group' cannot stand in '\(element.name)'", place.file, child.nameRange)
    }
    // Rows of a band are never summed up; a table of their own says so to the rows.
    let table = place.table
    place.table = table.map { TableColumns($0.columns.map { TableColumns.Column(name: $0.name, sum: nil, type: $0.type) }) }
    let rows = contents(of: element, place)
    if let table { checkRowSpans(rows, table.columns.count, isInGroup: false) }
    return rows
  }

  // MARK: Cells

  /// Reports the first cell of a row that has no column left, on the longest way through its conditions.
  private func checkCells(_ cells: [TemplateContent], _ table: TableColumns) {
    guard !table.columns.isEmpty else { return }
    _ = end(of: cells, from: 0, table)
  }

  /// How many columns are taken after `cells`, on the longest way; `nil` where a loop makes it depend on data, or after a report.
  private func end(of cells: [TemplateContent], from start: Int, _ table: TableColumns) -> Int? {
    var taken = start
    for content in cells {
      switch content {
      case .node(let node):
        guard case .tablePart(.cell(let cell)) = node.element, node.each == nil else { return nil }
        let count = table.columns.count
        var width = 1
        switch cell.span {
        case .columns(let columns): width = columns
        case .all: width = max(1, count - taken)
        }
        if taken + width > count {
          let origin = nodes[node.id]
          let words = width == 1 ? "this is cell \(taken + 1)" : "this cell takes columns \(taken + 1) to \(taken + width)"
          findings.error(
            .tooManyCells, "\(words) of a table with \(count) column\(count == 1 ? "" : "s")", at: origin.nameRange)
          return nil
        }
        taken += width
      case .choice(let branches):
        var longest = taken
        for branch in branches {
          guard let end = end(of: branch.contents, from: taken, table) else { return nil }
          longest = max(longest, end)
        }
        taken = longest
      case .repeat, .scope, .text: return nil
      }
    }
    return taken
  }
}
