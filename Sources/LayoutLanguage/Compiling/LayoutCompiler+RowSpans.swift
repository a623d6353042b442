internal import Diagnostics

extension LayoutCompiler {
  /// Reports cells for which the cells over several rows above them leave no column, as far as that does not depend on data.
  func checkRowSpans(_ rows: [TemplateContent], _ columns: Int, isInGroup: Bool) {
    guard columns > 0 else { return }
    // How many rows below are covered, by column; `nil` once a condition or a loop decides.
    var covered: [Int]? = [Int](repeating: 0, count: columns)
    for content in rows {
      switch content {
      case .node(let node):
        guard case .tablePart(let part) = node.element else { continue }
        switch part {
        case .row:
          checkGroupSpan(node, isInGroup: isInGroup)
          let isCertain = node.condition == nil
          guard isCertain else { covered = nil; continue }
          // A row that is repeated follows itself.
          for _ in 0..<(node.each == nil ? 1 : 2) { covered = covered.flatMap { place(node, in: $0) } }
          if node.each != nil { covered = nil }
        case .group:
          checkRowSpans(node.children, columns, isInGroup: true)
          covered = nil
        case .header, .footer, .brought, .carried, .column, .cell: continue
        }
      case .choice(let branches):
        for branch in branches { checkRowSpans(branch.contents, columns, isInGroup: isInGroup) }
        covered = nil
      case .repeat(_, let contents), .scope(_, let contents):
        checkRowSpans(contents, columns, isInGroup: isInGroup)
        covered = nil
      case .text: continue
      }
    }
  }

  /// The columns covered below a row; `nil` where that depends on data, or after a report.
  private func place(_ row: TemplateNode, in covered: [Int]) -> [Int]? {
    var below = covered.map { max(0, $0 - 1) }
    var column = 0
    for content in row.children {
      guard case .node(let node) = content, case .tablePart(.cell(let cell)) = node.element, node.each == nil, node.condition == nil else {
        if case .text = content { continue }
        return nil
      }
      while column < covered.count, covered[column] > 0 { column += 1 }
      let width: Int =
        switch cell.span {
        case .columns(let count): count
        case .all: max(1, (covered[min(column, covered.count)...].firstIndex { $0 > 0 } ?? covered.count) - column)
        }
      guard column + width <= covered.count, covered[column..<(column + width)].allSatisfy({ $0 == 0 }) else {
        // Without covered columns it has been reported as one cell too many.
        if covered.contains(where: { $0 > 0 }) {
          findings.error(
            .tooManyCells, "a cell of a row above covers this cell's column", at: nodes[node.id].nameRange,
            suggestion: "leave the cell out, or give the one above fewer 'rows'")
        }
        return nil
      }
      switch cell.rows {
      case .rows(let rows): for index in column..<(column + width) { below[index] = rows - 1 }
      case .group: for index in column..<(column + width) { below[index] = LanguageLimits.spannedRows }
      }
      column += width
    }
    return below
  }

  private func checkGroupSpan(_ row: TemplateNode, isInGroup: Bool) {
    guard !isInGroup else { return }
    for case .node(let node) in row.children {
      guard case .tablePart(.cell(let cell)) = node.element, cell.rows == .group else { continue }
      findings.error(
        .misplacedElement, "a cell over its 'group' stands in none", at: nodes[node.id].nameRange,
        suggestion: "put the rows into a <group>, or write how many 'rows' it takes")
    }
  }
}
