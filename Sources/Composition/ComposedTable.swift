internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Vocabulary

/// The rows of one `table` of one bill, composed one at a time.
///
/// What is kept is a list of stretches: a row element with the environment it stands in, and the list it repeats over. A table of 90,000 lines
/// in one section is one stretch.
final class ComposedTable: TableSource {
  /// One row element, as often as its loop says.
  private struct Stretch {
    let row: TableRowElement
    let node: TemplateNode
    let environment: Environment
    let list: (any ValueList)?
    let path: DataPath?
    /// The elements that meet the row's condition; `nil` for all of them.
    let chosen: [Int32]?
    /// The number of the first of its rows.
    let start: Int
    let count: Int
    let group: Int
    /// Outside the row's own loop.
    let scope: Scope

    /// The scope of the element shown in row `index`.
    func rowScope(_ index: Int) -> Scope {
      guard let path else { return scope }
      var inner = scope
      let place = index - start
      inner.path = path.index(chosen.map { Int($0[place]) } ?? place)
      return inner
    }
  }
  /// The rows of a group, subtotals and headings included.
  private struct Group {
    var start: Int
    var end: Int
    /// Of the group's element: kept together, and with what stands before and behind it.
    let keep: KeepRules
    /// The first row of the outermost group it is in.
    let top: Int
  }
  /// Sums over all counted rows before ``row``.
  private struct Checkpoint {
    var row: Int
    var sums: [Amount]
  }
  /// Every so many rows the sums are remembered, so that a page's sums cost at most that many rows.
  private static let checkpointStep = 256

  /// A header, footer, brought or carried element: its look and its cells or rows.
  private struct Band {
    let look: RowLook
    let node: TemplateNode
  }

  /// The look of the header where it stands on every bill.
  let headerLook: RowLook?
  private let columns: [TemplateColumn]
  /// Of the table.
  private let scope: Scope
  private let composer: BillComposer
  private var environment: Environment
  private var stretches: [Stretch] = []
  private var groups: [Group] = []
  private(set) var count = 0
  private var headers: [Band] = []
  private var brought: Band?
  private var carried: Band?
  private var footers: [Band] = []
  /// By column: whether its sum is money; `nil` for columns without one.
  private var sumTypes: [Bool?]
  private var checkpoints: [Checkpoint]
  private var lastStretch = 0
  let hasRowSpans: Bool
  /// What cells cover of the row behind the one composed last.
  private var lastSpans = RowSpans()

  init(
    _ table: TableElement, _ node: TemplateNode, scope: Scope, composer: BillComposer, environment: Environment
  ) throws(Diagnostic) {
    columns = table.columns
    self.scope = scope
    self.composer = composer
    self.environment = environment
    headerLook =
      node.children.lazy.compactMap { content in
        if case .node(let child) = content, case .tablePart(.header(let look)) = child.element { look } else { nil }
      }.first
    hasRowSpans = node.children.contains(where: \.holdsRowSpan)
    sumTypes = [Bool?](repeating: nil, count: columns.count)
    checkpoints = [Checkpoint(row: 0, sums: [Amount](repeating: .zero, count: columns.count))]
    var walking = environment
    try collect(node.children, scope, group: -1, &walking)
  }

  /// Which columns some row adds to a sum.
  var summed: [Bool] { sumTypes.map { $0 != nil } }

  private func collect(
    _ contents: [TemplateContent], _ scope: Scope, group: Int, _ environment: inout Environment
  ) throws(Diagnostic) {
    for content in contents {
      switch content {
      case .text: continue
      case .node(let child): try collect(child, scope, group: group, &environment)
      case .choice(let branches):
        if let branch = try composer.chosen(branches, environment) {
          try collect(branch.contents, scope, group: group, &environment)
        }
      case .repeat(let loop, let contents):
        try composer.forEach(loop, scope, &environment) { (scope, environment) throws(Diagnostic) in
          try collect(contents, scope, group: group, &environment)
        }
      case .scope(let bindings, let contents):
        try environment.enter(bindings)
        try collect(contents, scope, group: group, &environment)
      }
    }
  }

  private func collect(_ child: TemplateNode, _ scope: Scope, group: Int, _ environment: inout Environment) throws(Diagnostic) {
    // The registry lets nothing else stand in a table.
    guard case .tablePart(let part) = child.element else { return }
    switch part {
    case .row(let row): try add(row, child, scope, group: group, &environment)
    case .group(let keep):
      try composer.visit(child, scope, &environment) { (child, scope, environment) throws(Diagnostic) in
        let number = groups.count
        groups.append(Group(start: count, end: count, keep: keep, top: groups.indices.contains(group) ? groups[group].top : count))
        try collect(child.children, scope, group: number, &environment)
        groups[number].end = count
      }
    case .header(let look): if try applies(child, environment) { headers.append(Band(look: look, node: child)) }
    case .brought(let look): if try applies(child, environment) { brought = Band(look: look, node: child) }
    case .carried(let look): if try applies(child, environment) { carried = Band(look: look, node: child) }
    case .footer(let look): if try applies(child, environment) { footers.append(Band(look: look, node: child)) }
    case .column, .cell: break
    }
  }

  /// Whether a band stands on this bill; the language gives bands no loop.
  private func applies(_ band: TemplateNode, _ environment: borrowing Environment) throws(Diagnostic) -> Bool {
    try band.condition?.isTrue(in: environment) ?? true
  }

  private func add(
    _ row: TableRowElement, _ node: TemplateNode, _ scope: Scope, group: Int, _ environment: inout Environment
  ) throws(Diagnostic) {
    var stretch: Stretch
    if let loop = node.each {
      let (list, path) = try environment.list(of: loop)
      var chosen: [Int32]?
      if let condition = node.condition {
        var kept: [Int32] = []
        for index in 0..<list.count {
          try environment.enter(loop, element: index, of: list, path: path)
          if try condition.isTrue(in: environment) { kept.append(Int32(index)) }
        }
        chosen = kept
      } else {
        try environment.count(loop, elements: list.count)
      }
      stretch = Stretch(
        row: row, node: node, environment: environment, list: list, path: path, chosen: chosen, start: count,
        count: chosen?.count ?? list.count, group: group, scope: scope)
    } else {
      if let condition = node.condition, try !condition.isTrue(in: environment) { return }
      stretch = Stretch(
        row: row, node: node, environment: environment, list: nil, path: nil, chosen: nil, start: count, count: 1, group: group,
        scope: scope)
    }
    guard stretch.count > 0 else { return }
    for (column, sum) in row.sums.enumerated() where sum != nil { sumTypes[column] = sum?.type.unwrapped == .amount }
    count += stretch.count
    stretches.append(stretch)
  }

  // MARK: Rows

  private func stretch(holding index: Int) -> Stretch {
    let last = stretches[lastStretch]
    if index >= last.start, index < last.start + last.count { return last }
    var (low, high) = (0, stretches.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if stretches[middle].start <= index { low = middle } else { high = middle - 1 }
    }
    lastStretch = low
    return stretches[low]
  }

  /// The environment in which a row stands, its loop variable set.
  private func environment(of index: Int, in stretch: Stretch) -> Environment {
    var environment = stretch.environment
    if let loop = stretch.node.each, let list = stretch.list {
      let place = index - stretch.start
      environment.revisit(loop, element: stretch.chosen.map { Int($0[place]) } ?? place, of: list, path: stretch.path)
    }
    return environment
  }

  func row(at index: Int) -> TableRow {
    let stretch = stretch(holding: index)
    do throws(Diagnostic) {
      var environment = environment(of: index, in: stretch)
      if stretch.row.role == .subtotal { environment.sums = try groupSums(stretch.group) }
      var spans = hasRowSpans ? try self.spans(before: index) : RowSpans()
      var row = try composer.tableRow(
        stretch.row, stretch.node, columns: columns, stretch.rowScope(index), group: stretch.group, isHeader: false,
        spans: &spans, rowsLeft: rowsLeft(index, in: stretch.group), &environment)
      if hasRowSpans { lastSpans = spans }
      if groups.indices.contains(stretch.group) { keep(&row, at: index, by: groups[stretch.group]) }
      return row
    } catch {
      composer.fail(error)
      return TableRow([])
    }
  }

  // MARK: Cells over several rows

  /// How many rows a cell of a row may cover: to the end of its group, or of the table.
  private func rowsLeft(_ index: Int, in group: Int) -> Int {
    (groups.indices.contains(group) ? groups[group].end : min(count, index + LanguageLimits.spannedRows)) - index
  }

  /// What cells of the rows above one cover of it. Rows asked for in order cost nothing more; any other costs a look at those above it in
  /// its group.
  private func spans(before index: Int) throws(Diagnostic) -> RowSpans {
    if lastSpans.row == index { return lastSpans }
    let group = stretch(holding: index).group
    var spans = RowSpans()
    let first = groups.indices.contains(group) ? groups[group].top : max(0, index - LanguageLimits.spannedRows)
    spans.row = first
    for above in first..<index {
      let stretch = stretch(holding: above)
      var environment = environment(of: above, in: stretch)
      spans.beginRow()
      var column = 0
      var cells: [TableCell] = []
      try composer.walk(stretch.node.children, stretch.rowScope(above), &environment) { (child, _, _) throws(Diagnostic) in
        guard case .tablePart(.cell(let cell)) = child.element else { return }
        spans.skipCovered(&column, &cells)
        guard column < columns.count else { return }
        let span = try spans.span(cell, at: column, of: columns.count, range: nil)
        _ = spans.cover(cell, at: column, span: span, rowsLeft: rowsLeft(above, in: stretch.group))
        column += span
      }
      spans.endRow(&column, &cells)
    }
    return spans
  }

  /// What a group keeps together its rows keep, one with the next.
  private func keep(_ row: inout TableRow, at index: Int, by group: Group) {
    if group.keep.together {
      row.keep.together = true
      if index + 1 < group.end { row.keep.next = max(row.keep.next, 1) }
    }
    if group.keep.previous, index == group.start { row.keep.previous = true }
    if index + 1 == group.end { row.keep.next = max(row.keep.next, group.keep.next) }
  }

  func header(isContinuation: Bool) -> [TableRow] {
    headers.flatMap { dressedRows($0, isHeader: true, sums: nil) }
  }

  func brought(_ rows: RunningRows) -> [TableRow] {
    brought.map { dressedRows($0, isHeader: false, sums: rows.completed) } ?? []
  }

  func carried(_ rows: RunningRows) -> [TableRow] {
    carried.map { dressedRows($0, isHeader: false, sums: rows.completed) } ?? []
  }

  func footer() -> [TableRow] { footers.flatMap { dressedRows($0, isHeader: false, sums: count) } }

  /// The rows of a header, footer, brought or carried element in its look: what it says of rows holds for each that says nothing else; the line
  /// above it is above the first.
  private func dressedRows(_ band: Band, isHeader: Bool, sums completed: Int?) -> [TableRow] {
    var rows = fixedRows(band, isHeader: isHeader, sums: completed)
    for index in rows.indices {
      rows[index].fill = rows[index].fill ?? composer.book.color(band.look.fill)
      rows[index].padding = rows[index].padding ?? band.look.padding
      rows[index].valign = rows[index].valign ?? band.look.valign
    }
    if !isHeader, !rows.isEmpty {
      rows[0].ruleAbove = rows[0].ruleAbove ?? composer.stroke(band.look.rule, scope.style.entering(band.node))
    }
    return rows
  }

  /// The rows of a header, footer, brought or carried element: its `row`s, or itself as one row.
  private func fixedRows(_ band: Band, isHeader: Bool, sums completed: Int?) -> [TableRow] {
    var rows: [TableRow] = []
    var spans = RowSpans()
    do throws(Diagnostic) {
      var environment = environment
      if let completed, sumTypes.contains(where: { $0 != nil }) { environment.sums = try values(sums(before: completed)) }
      try composer.walk(band.node.children, scope.inside(band.node), &environment) { (child, scope, environment) throws(Diagnostic) in
        guard case .tablePart(.row(let row)) = child.element else { return }
        rows.append(
          try composer.tableRow(
            row, child, columns: columns, scope, group: -1, isHeader: isHeader, spans: &spans, rowsLeft: LanguageLimits.spannedRows,
            &environment))
      }
      if rows.isEmpty {
        rows.append(
          try composer.tableRow(
            .plain(band.look), band.node, columns: columns, scope, group: -1, isHeader: isHeader, spans: &spans, rowsLeft: 1,
            &environment))
      }
    } catch {
      composer.fail(error)
    }
    return rows
  }

  // MARK: Sums

  private func values(_ sums: [Amount]) -> [Value] {
    zip(sums, sumTypes).map { sum, isMoney in
      switch isMoney {
      case true?: .amount(sum)
      case false?: .number(sum)
      case nil: .absent
      }
    }
  }

  /// The sums of the columns over the counted rows before `end`.
  private func sums(before end: Int) throws(Diagnostic) -> [Amount] {
    var start = checkpoints[min(end / Self.checkpointStep, checkpoints.count - 1)]
    while start.row < end {
      let next = min(end, (start.row / Self.checkpointStep + 1) * Self.checkpointStep)
      start.sums = try sums(of: start.row..<next, onto: start.sums)
      start.row = next
      if next == checkpoints.count * Self.checkpointStep { checkpoints.append(start) }
    }
    return start.sums
  }

  private func groupSums(_ group: Int) throws(Diagnostic) -> [Value] {
    guard sumTypes.contains(where: { $0 != nil }), groups.indices.contains(group) else { return [] }
    let zero = [Amount](repeating: .zero, count: columns.count)
    return values(try sums(of: groups[group].start..<groups[group].end, onto: zero))
  }

  private func sums(of rows: Range<Int>, onto sums: [Amount]) throws(Diagnostic) -> [Amount] {
    var sums = sums
    var index = rows.lowerBound
    while index < rows.upperBound {
      let stretch = stretch(holding: index)
      let end = min(rows.upperBound, stretch.start + stretch.count)
      defer { index = end }
      guard stretch.row.role == nil, stretch.row.sums.contains(where: { $0 != nil }) else { continue }
      for row in index..<end {
        let environment = environment(of: row, in: stretch)
        for (column, expression) in stretch.row.sums.enumerated() {
          guard let expression else { continue }
          switch try expression.evaluate(in: environment) {
          case .amount(let amount), .number(let amount):
            do throws(AmountError) { sums[column] = try sums[column].adding(amount) } catch {
              throw Diagnostic(id: "number-overflow", "the sum of '\(expression.text)' goes beyond 18 digits", at: expression.range)
            }
          default: continue
          }
        }
      }
    }
    return sums
  }
}

extension TemplateContent {
  /// Whether a cell over several rows stands in it.
  fileprivate var holdsRowSpan: Bool {
    switch self {
    case .text: false
    case .node(let node):
      if case .tablePart(.cell(let cell)) = node.element { cell.rows != .rows(1) } else { node.children.contains(where: \.holdsRowSpan) }
    case .choice(let branches): branches.contains { $0.contents.contains(where: \.holdsRowSpan) }
    case .repeat(_, let contents), .scope(_, let contents): contents.contains(where: \.holdsRowSpan)
    }
  }
}
