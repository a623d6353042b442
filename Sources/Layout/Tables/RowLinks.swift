internal import Vocabulary

/// What the rows of a table placed so far want on their page, besides what the table's own rules say.
struct RowLinks {
  /// The last row that some row above wants on its page, and the group of the row that wants it. Moved on by a row that reaches further,
  /// taken back to the row just passed where another group begins; -1 while no row wants any.
  private var through = -1
  private var group = -1

  /// Takes in the row at `index`.
  mutating func pass(_ row: TableRow, _ index: Int, _ core: TableCore) {
    if through > index, group >= 0, row.group != group { through = index }
    let reach = core.reach(row)
    if reach > 0, index + reach > through { (through, group) = (index + min(reach, core.count), row.group) }
  }

  /// Whether the rules forbid a page to end before the row at `index`, the one above it being passed.
  func isChained(before index: Int, _ core: TableCore) -> Bool {
    if index < core.count, through >= index, group < 0 || core.row(index).group == group { return true }
    return core.isLinked(after: index - 1)
  }
}
