internal import Geometry
internal import Vocabulary

/// Rows put below one another, with the rules, gaps and fills between them.
extension TableFlow {
  /// How a row stands among the others, for the rules between them.
  enum Standing {
    case body
    /// Carried and brought rows: ruled like the body, and not counted.
    case sums
    /// Header and footer.
    case fixed
  }

  var rowGap: Length { y > .zero ? style.rowGap : .zero }

  /// The room between two rows with a rule between them.
  func ruleGap(_ rule: Shape.Stroke) -> Length {
    style.ruleSpace > .zero && rule.width > .zero ? max(style.rowGap, style.ruleSpace * 2 + rule.width) : style.rowGap
  }

  /// The rule above a row that is placed next.
  private func rule(above row: TableRow, _ standing: Standing) -> Shape.Stroke? {
    if let rule = row.ruleAbove { return rule }
    guard isBelowRow else { return nil }
    if let rules = style.rules, let rule = standing == .body ? counted.rule(above: row, rules) : closingRule { return rule }
    return standing == .fixed ? nil : style.rule
  }

  /// The rule below the last row of a page or table, where nothing that follows brings one.
  var closingRule: Shape.Stroke? {
    guard let rules = style.rules, isBelowRow, counted.rows > 0 else { return nil }
    return rules.line
  }
  /// The room a rule below the last row takes.
  var closingRoom: Length {
    guard let rules = style.rules, style.ruleSpace > .zero else { return .zero }
    return style.ruleSpace + rules.line.width
  }

  /// The room above a row that is placed next.
  func gap(above row: TableRow, _ standing: Standing = .body) -> Length {
    let rule = rule(above: row, standing)
    guard style.ruleSpace > .zero else { return rowGap }
    guard y > .zero else { return rule.map { $0.width + style.ruleSpace } ?? .zero }
    return max(rowGap, rule.map(ruleGap) ?? .zero, ruleBelow.map(ruleGap) ?? .zero)
  }

  /// The same of a row of which it is not known what stands above it.
  func leastGap(above row: TableRow) -> Length { (row.ruleAbove ?? style.rule).map(ruleGap) ?? style.rowGap }

  mutating func place(_ row: Frame, of source: TableRow, gap: Length, _ standing: Standing = .body, isTied: Bool = false) {
    var placed = row
    placed.isTied = isTied
    place(placed, as: source, gap: gap, standing)
  }

  private mutating func place(_ placed: Frame, as row: TableRow, gap: Length, _ standing: Standing) {
    if let fill = row.fill, fill == lastFill, gap > .zero {
      let reach = style.fillReach
      for part in geometry.parts(of: row, reach: reach) {
        let seam = Shape(.rectangle(Size(width: part.width, height: gap), radius: .zero), fill: fill)
        frame.add(.shape(seam), at: Point(x: part.left, y: y))
      }
    }
    let rule = rule(above: row, standing)
    if rule != nil, row.ruleAbove != nil || row.endsRun || standing != .body { takeDivider() }
    let ruleItem = rule == nil ? nil : frame.items.count
    if let rule {
      let clear = geometry.clear(of: row)
      if y <= .zero, gap > .zero { drawRule(rule, at: .zero, over: clear) } else { drawRule(rule, gap: gap, over: clear) }
    }
    frame.add(.frame(placed), at: Point(x: .zero, y: y + gap))
    if frame.baseline == nil, let baseline = placed.baseline { frame.baseline = y + gap + baseline }
    y = y + gap + placed.size.height
    isBelowRow = standing != .fixed
    (lastFill, ruleBelow) = (row.fill, nil)
    if standing != .body { counted = RowCount() } else if let rules = style.rules { counted.pass(row, rule: ruleItem, rules) }
  }

  /// Takes back the rule above a single row that another one follows.
  mutating func takeDivider() {
    guard let index = counted.divider, frame.items.indices.contains(index) else { return }
    frame.items[index].item = .frame(Frame(size: .zero))
  }

  /// Rows that never break: header, brought, carried, footer.
  mutating func placeFixed(_ rows: [TableRow], as kind: RowKind) {
    let standing = kind == .sums ? Standing.sums : .fixed
    if core.source.hasRowSpans, rows.contains(where: { $0.cells.contains { $0.rows > 1 } }) {
      for tied in tie(rows, standing, kind) { place(tied.frame, of: tied.row, gap: gap(above: tied.row, standing), standing) }
      return
    }
    for row in rows {
      let gap = gap(above: row, standing)
      guard case .whole(let placed) = lay(row, half: nil, room: .infinity, mayBreak: false, kind: kind) else { continue }
      place(placed, of: row, gap: gap, standing, isTied: y > .zero)
    }
  }

  /// A rule centred in the gap below what was placed last.
  mutating func drawRule(_ rule: Shape.Stroke, gap: Length, over parts: [(left: Length, width: Length)]? = nil) {
    drawRule(rule, at: y + gap / 2 - rule.width / 2, over: parts)
  }

  /// A rule with its upper edge at `top`, over the whole width or over those parts of it.
  mutating func drawRule(_ rule: Shape.Stroke, at top: Length, over parts: [(left: Length, width: Length)]? = nil) {
    guard rule.width > .zero else { return }
    for part in parts ?? [(.zero, geometry.width)] {
      let at = Point(x: part.left, y: top)
      let size = Size(width: part.width, height: rule.width)
      if rule.dashes.isEmpty {
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: rule.color)), at: at)
      } else {
        let middle = rule.width / 2
        frame.add(
          .shape(Shape(.path([.move(Point(x: .zero, y: middle)), .line(Point(x: size.width, y: middle))]), stroke: rule)), at: at)
      }
    }
  }
}
