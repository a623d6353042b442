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

  /// Places the next row with those that one of its cells covers; `false` where there is no such cell.
  mutating func placeTied(_ progress: inout Progress, reserve: Length) -> Bool {
    let start = progress.index
    guard core.source.hasRowSpans, start != state.next || state.half == nil else { return false }
    let end = core.tieEnd(from: start)
    guard end > start + 1 || core.row(start).cells.contains(where: { $0.above > 0 }) else { return false }
    let isFirst = start == state.next
    let rows = tiedRows(start..<end, isFirst: isFirst)
    // One that is higher than a page is broken inside like any other.
    guard let sum = tiedHeight(rows) else { return false }
    if (y + sum).fits(height) {
      for tied in tie(rows) {
        place(tied.frame, of: tied.row, gap: gap(above: tied.row), isTied: progress.index > start)
        if progress.index + 1 < end {
          progress.links.pass(tied.row, progress.index, core)
          progress.index += 1
        } else {
          pass(tied.row, &progress, reserve: reserve)
        }
      }
      return true
    }
    if sum.fits(fullHeight * Self.tieShare), !isFirst || region.mayBreak {
      progress.isFull = true
      return true
    }
    var count = rows.count - 1
    while count > 0, !(y + (tiedHeight(Array(rows[..<count])) ?? .infinity) + reserve).fits(height) { count -= 1 }
    guard count >= (isFirst ? 1 : core.style.minimumRows) else {
      progress.isFull = true
      return !isFirst
    }
    for tied in tie(Array(rows[..<count])) {
      place(tied.frame, of: tied.row, gap: gap(above: tied.row))
      progress.links.pass(tied.row, progress.index, core)
      progress.index += 1
    }
    progress.anyStop = stop(before: progress.index)
    (progress.lastStop, progress.tall, progress.fairStop, progress.isFull) = (progress.anyStop, nil, nil, true)
    return true
  }

  /// The rows of a tie as they stand on this page: what covers them from a page before stands in the first of them again.
  private func tiedRows(_ range: Range<Int>, isFirst: Bool) -> [TableRow] {
    range.map { index in
      var row = index == state.next ? core.row(index) : core.silenced(index)
      guard isFirst, index == range.lowerBound else { return row }
      for place in row.cells.indices where row.cells[place].above > 0 {
        if let cell = core.cell(covering: row.cells[place], column: row.column(of: place), from: index) { row.cells[place] = cell }
      }
      return row
    }
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
