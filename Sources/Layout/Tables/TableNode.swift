public import Geometry

/// A table over as many pages as it needs.
///
/// - Header, repeated group headings and brought rows stand at the top of each page of it, carried rows at the foot of each but
///   the last, the footer at the end. They are never "new": a page holds at least one row, or a piece of one, besides them.
/// - Rows break between one another where the keep rules allow, and inside only when they are higher than a quarter of a page.
/// - The room for carried rows is kept while rows are placed and given back on the page where the table ends.
/// - Column widths and decimal positions are measured once, over all rows, when the first page is filled; fixed widths cost no measuring.
/// - An empty table takes no space, unless it has a footer.
/// - Rows tied by a cell that covers several stand on one page unless they are higher than half of one; broken, the cell stands again.
/// - A value that the row above has too is not painted again in columns that say so, but on each page anew.
///
/// Complexity: O(rows on the page) for each page, plus once O(rows) where a column is `auto` or decimal. Memory does not grow with the
/// rows.
public final class TableNode: Node {
  let core: TableCore
  let state: State

  /// Where in the table a page begins.
  struct State {
    /// The first row not yet complete.
    var next = 0
    /// What is left of it when it was broken.
    var half: RowRest?
    var isContinuation = false
    /// The header stood alone on the page before.
    var skipsHeader = false
    /// What the table's pieces have in common; `nil` for all of it.
    var identity: TagIdentity?
  }

  /// Makes a table.
  /// - Parameter decimalGroups: Of each column the one whose separators its own stand with; `nil`, or nothing, for none.
  public convenience init(
    columns: [TableColumn], source: any TableSource, style: TableStyle = TableStyle(), origin: Origin = .none,
    decimalGroups: [DecimalGroup?] = []
  ) {
    self.init(
      core: TableCore(columns: columns, source: source, style: style, origin: origin, decimalGroups: decimalGroups), state: State())
  }

  init(core: TableCore, state: State) { (self.core, self.state) = (core, state) }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange { core.widths(in: context) }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds { core.tokenBounds(in: context) }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    core.count == 0 && core.footer.isEmpty ? .zero : core.missingWidth(at: width, in: context)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment {
    if core.count == 0, core.footer.isEmpty { return .complete(Frame(size: .zero)) }
    return context.attempt { filled(region, context) }
  }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    let lacking = core.geometry(region.size.width, in: context).lacking
    if lacking > .zero { context.report(.tooWide, core.origin, wanted: region.size.width + lacking, available: region.size.width) }
    // A carried row that turns out higher than the room kept for it asks for another try with more room; the next page begins
    // with the usual room again, so that a page is the same whatever was laid out before it.
    var reserve = Length.zero
    for _ in 0..<3 {
      var flow = TableFlow(self, region, context)
      flow.leastReserve = reserve
      switch context.attempt({ flow.run() }, isKept: { if case .finished = $0 { true } else { false } }) {
      case .finished(let fragment): return fragment
      case .deferred(let need): return .deferred(need: need)
      case .carriedHigher(let height): reserve = max(reserve, height)
      }
    }
    var flow = TableFlow(self, region, context)
    flow.leastReserve = reserve
    flow.acceptsCarriedOverflow = true
    guard case .finished(let fragment) = flow.run() else { return .deferred(need: region.size.height) }
    return fragment
  }
}
