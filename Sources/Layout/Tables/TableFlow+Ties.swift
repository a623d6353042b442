internal import Geometry
internal import Vocabulary

/// Rows that a cell over several of them ties to one another.
extension TableFlow {
  struct TiedRow {
    var row: TableRow
    var frame: Frame
  }

  /// How high tied rows are, and how far their cells reach below their own rows.
  private struct TiePlan {
    var heights: [Length]
    var gaps: [Length]
    /// Of each row's cells that cover rows below: by index, how far down.
    var reaches: [[Int: Length]]

    func reach(from first: Int, through last: Int) -> Length {
      guard last > first else { return .zero }
      return (first + 1...last).reduce(.zero) { $0 + heights[$1] + gaps[$1] }
    }
  }

  /// The rows at their final heights, cells that cover several of them stretched over these.
  func tie(_ rows: [TableRow], _ standing: Standing = .body, _ kind: RowKind = .body) -> [TiedRow] {
    let plan = plan(rows, standing, kind)
    return rows.indices.compactMap { index in
      var row = rows[index]
      row.minHeight = plan.heights[index]
      guard
        case .whole(let frame) = lay(row, half: nil, room: .infinity, mayBreak: false, kind: kind, reaches: plan.reaches[index])
      else { return nil }
      return TiedRow(row: row, frame: frame)
    }
  }

  /// How high the rows are together, the space above them included; `nil` where one of them is higher than a page.
  func tiedHeight(_ rows: [TableRow]) -> Length? {
    let plan = plan(rows, .body, .body)
    guard plan.heights.allSatisfy({ $0.fits(fullHeight) }) else { return nil }
    return zip(plan.heights, plan.gaps).reduce(.zero) { $0 + $1.0 + $1.1 }
  }

  private func plan(_ rows: [TableRow], _ standing: Standing, _ kind: RowKind) -> TiePlan {
    var plan = TiePlan(heights: [], gaps: [], reaches: [])
    var trial = self
    for row in rows {
      var height = row.minHeight
      if case .whole(let frame) = context.trial({
        lay(row, half: nil, room: .infinity, mayBreak: false, kind: kind, reaches: [:])
      }).result {
        height = frame.size.height
      }
      plan.heights.append(height)
      plan.gaps.append(trial.gap(above: row, standing))
      trial.place(Frame(size: Size(width: .zero, height: max(height, .pt(1)))), of: row, gap: .zero, standing)
    }
    plan.reaches = [[Int: Length]](repeating: [:], count: rows.count)
    // A cell that begins above and ends here comes first: what it wants is known to those that begin here.
    for (first, row) in rows.enumerated() {
      for (index, cell) in row.cells.enumerated() where cell.rows > 1 && cell.above == 0 {
        let last = min(first + cell.rows, rows.count) - 1
        let below = plan.reach(from: first, through: last)
        let wanted = height(of: cell, in: row, at: index)
        let lacking = wanted - plan.heights[first] - below
        if lacking > .zero { plan.heights[last] = plan.heights[last] + lacking }
      }
    }
    for (first, row) in rows.enumerated() {
      for (index, cell) in row.cells.enumerated() where cell.rows > 1 && cell.above == 0 {
        plan.reaches[first][index] = plan.reach(from: first, through: min(first + cell.rows, rows.count) - 1)
      }
    }
    return plan
  }

  /// The height a cell wants for itself.
  private func height(of cell: TableCell, in row: TableRow, at index: Int) -> Length {
    let column = row.column(of: index)
    guard column < geometry.widths.count else { return .zero }
    let inset = cell.padding ?? row.padding ?? style.padding
    let (_, width) = geometry.extent(column, span: min(cell.span, geometry.widths.count - column))
    let room = Region(size: Size(width: max(.zero, width - inset.horizontal), height: .infinity), fullHeight: .infinity, mayBreak: false)
    guard case .complete(let frame) = context.trial({ cell.node.fill(room, in: context) }).result else { return .zero }
    return frame.size.height + inset.vertical
  }
}

extension TableRow {
  /// The first column of the cell at `index`.
  func column(of index: Int) -> Int { cells[..<index].reduce(0) { $0 + min($1.span, Int(Int16.max)) } }
}

extension TableGeometry {
  /// The parts of the width that no cell from above covers; `nil` for all of it.
  func clear(of row: TableRow) -> [(left: Length, width: Length)]? {
    guard row.cells.contains(where: { $0.above > 0 }) else { return nil }
    var parts: [(left: Length, width: Length)] = []
    var column = 0
    var start: Int?
    func close(before end: Int) {
      if let first = start, end > first { parts.append(part(first, span: end - first, reach: .zero)) }
      start = nil
    }
    for cell in row.cells where column < widths.count {
      if cell.above > 0 { close(before: column) } else if start == nil { start = column }
      column += min(cell.span, widths.count - column)
    }
    close(before: column)
    return parts
  }

  /// The same, and how far fills reach beyond the table.
  func parts(of row: TableRow, reach: Length) -> [(left: Length, width: Length)] {
    guard let parts = clear(of: row) else { return [(.zero - reach, width + reach * 2)] }
    return parts.map { reaching($0, reach) }
  }

  /// Some columns with the gap behind them, and how far fills reach beyond the table.
  func part(_ column: Int, span: Int, reach: Length) -> (left: Length, width: Length) {
    var part = extent(column, span: span)
    if column + span < widths.count {
      // Behind the last of them, whichever way the lines run.
      if lefts[column + span] < part.left { part.left = part.left - gap }
      part.width = part.width + gap
    }
    return reaching(part, reach)
  }

  private func reaching(_ part: (left: Length, width: Length), _ reach: Length) -> (left: Length, width: Length) {
    let left = part.left <= .zero ? part.left - reach : part.left
    let right = part.left + part.width + .pt(0.01) < width ? part.left + part.width : width + reach
    return (left, right - left)
  }
}
