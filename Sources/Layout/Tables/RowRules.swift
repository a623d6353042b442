internal import Vocabulary

/// Rules below every so many rows of a table, and below the last of each run of rows, that lead the eye from words to figures.
///
/// A run ends at a heading, a subtotal or a total and where the page or column ends; counting begins anew behind it. What belongs to the row
/// above, such as a note, stays with it.
public struct RowRules: Hashable, Sendable {
  /// Below how many rows a rule stands, at least 1.
  public var every: Int
  /// What is drawn.
  public var line: Shape.Stroke
  /// Whether rows with a role are counted, too, and end nothing.
  public var countsAll: Bool
  /// Makes rules.
  public init(every: Int, line: Shape.Stroke, countsAll: Bool = false) {
    (self.every, self.line, self.countsAll) = (max(1, every), line, countsAll)
  }
}

/// The rows counted since the last rule on this page.
struct RowCount {
  private(set) var rows = 0
  /// Where the rule stands among the table's items that divides one run of rows, while a single row stands below it.
  private(set) var divider: Int?

  /// The rule that belongs above a row, the rows before it being counted.
  func rule(above row: TableRow, _ rules: RowRules) -> Shape.Stroke? {
    guard rows > 0 else { return nil }
    if rules.countsAll { return rows >= rules.every ? rules.line : nil }
    return !row.belongsAbove && (row.endsRun || rows >= rules.every) ? rules.line : nil
  }

  /// Takes in a row that has been placed, with a rule above it or without.
  ///
  /// - Parameter rule: Where the rule above it stands among the table's items.
  mutating func pass(_ row: TableRow, rule: Int?, _ rules: RowRules) {
    let divides = rule != nil && row.ruleAbove == nil && !row.endsRun && rules.every >= Self.dividedRows
    if rule != nil || (!rules.countsAll && row.endsRun) { (rows, divider) = (0, divides ? rule : nil) }
    if rules.countsAll || (row.role == nil && !row.belongsAbove) { rows += 1 }
    if rows > 1 { divider = nil }
  }

  /// A single row between two rules looks like something else than the rows above: fewer rows than these between rules are never divided so.
  private static let dividedRows = 3
}

extension TableRow {
  /// Whether the row says more of the one above it.
  var belongsAbove: Bool { role == .note || (role == nil && keep.previous) }
  /// Whether it stands between two runs of rows that count.
  var endsRun: Bool {
    switch role {
    case .groupHeader, .subtotal, .total: true
    case .note, nil: false
    }
  }
}
