/// Which rows a running sum is over.
public struct RunningRows: Hashable, Sendable {
  /// The rows `0..<completed` of the source end on this page or before it (carried), or before this page (brought). Rows with a role are
  /// among them but do not count. A row split over pages is complete where it ends.
  public var completed: Int
  /// The page, from 1; 0 outside pagination.
  public var page: Int
  /// Makes the extent of a sum.
  public init(completed: Int, page: Int) { (self.completed, self.page) = (completed, page) }
}

/// Where a table gets its rows from: made one by one when they are wanted, so that a table of any length takes no more memory than a page.
///
/// Asked for the same row again the source gives an equal one. The engine knows nothing of what sums are: it says which rows they are over,
/// and the source, which keeps exact prefix sums, makes the row.
public protocol TableSource: AnyObject {
  /// How many rows the body has, those with a role included.
  var count: Int { get }
  /// The body's row at `index`, 0..<count.
  func row(at index: Int) -> TableRow
  /// The rows of the header, at the beginning of the table and, with `isContinuation`, on its later pages.
  func header(isContinuation: Bool) -> [TableRow]
  /// The rows that stand under the header when a page begins with row `index`: the headings of the groups that row is in the middle of,
  /// outermost first. Not asked for the table's beginning.
  func repeatedHeaders(above index: Int) -> [TableRow]
  /// The rows at the top of each later page: sums over what came before.
  func brought(_ rows: RunningRows) -> [TableRow]
  /// The rows at the foot of each page but the last: sums up to there.
  func carried(_ rows: RunningRows) -> [TableRow]
  /// The rows at the very end, kept with the last rows of the body.
  func footer() -> [TableRow]
  /// Whether some cell may cover several rows: others are not looked at for it.
  var hasRowSpans: Bool { get }
}

extension TableSource {
  /// No cell covers several rows; see ``TableSource/hasRowSpans``.
  public var hasRowSpans: Bool { false }
  /// The header; see ``TableSource/header(isContinuation:)``.
  public func header(isContinuation: Bool) -> [TableRow] { [] }
  /// The headings above row `index`; see ``TableSource/repeatedHeaders(above:)``.
  public func repeatedHeaders(above index: Int) -> [TableRow] { [] }
  /// The rows at a page's top; see ``TableSource/brought(_:)``.
  public func brought(_ rows: RunningRows) -> [TableRow] { [] }
  /// The rows at a page's foot; see ``TableSource/carried(_:)``.
  public func carried(_ rows: RunningRows) -> [TableRow] { [] }
  /// The rows at the end; see ``TableSource/footer()``.
  public func footer() -> [TableRow] { [] }
}

/// A source made of closures, for small tables and tests.
public final class TableRows: TableSource {
  /// How many rows the body has.
  public let count: Int
  private let make: (Int) -> TableRow
  private let makeHeader: (Bool) -> [TableRow]
  private let makeRepeated: (Int) -> [TableRow]
  private let makeBrought: (RunningRows) -> [TableRow]
  private let makeCarried: (RunningRows) -> [TableRow]
  private let makeFooter: () -> [TableRow]
  /// Whether some cell may cover several rows; see ``TableSource/hasRowSpans``.
  public let hasRowSpans: Bool

  /// Makes a source of `count` rows.
  public init(
    count: Int, hasRowSpans: Bool = false, header: @escaping (Bool) -> [TableRow] = { _ in [] },
    repeated: @escaping (Int) -> [TableRow] = { _ in [] },
    brought: @escaping (RunningRows) -> [TableRow] = { _ in [] }, carried: @escaping (RunningRows) -> [TableRow] = { _ in [] },
    footer: @escaping () -> [TableRow] = { [] }, row: @escaping (Int) -> TableRow
  ) {
    self.count = max(0, count)
    self.hasRowSpans = hasRowSpans
    make = row
    makeHeader = header
    makeRepeated = repeated
    makeBrought = brought
    makeCarried = carried
    makeFooter = footer
  }

  /// The row at `index`; see ``TableSource/row(at:)``.
  public func row(at index: Int) -> TableRow { make(index) }
  /// The header; see ``TableSource/header(isContinuation:)``.
  public func header(isContinuation: Bool) -> [TableRow] { makeHeader(isContinuation) }
  /// The headings above row `index`; see ``TableSource/repeatedHeaders(above:)``.
  public func repeatedHeaders(above index: Int) -> [TableRow] { makeRepeated(index) }
  /// The rows at a page's top; see ``TableSource/brought(_:)``.
  public func brought(_ rows: RunningRows) -> [TableRow] { makeBrought(rows) }
  /// The rows at a page's foot; see ``TableSource/carried(_:)``.
  public func carried(_ rows: RunningRows) -> [TableRow] { makeCarried(rows) }
  /// The rows at the end; see ``TableSource/footer()``.
  public func footer() -> [TableRow] { makeFooter() }
}
