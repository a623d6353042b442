internal import Geometry
internal import Vocabulary

/// How wide the tokens in a table's cells are at most, by where the cells stand.
struct TableTokens {
  struct Cell: Hashable {
    var column: Int
    var span: Int
  }
  let setter: ObjectIdentifier
  /// The room on one line, padding included, of the widest cell with a token; endless for blocks, which are asked at their true width.
  private(set) var widest: [Cell: Length] = [:]

  init(setter: ObjectIdentifier) { self.setter = setter }

  mutating func note(_ cell: TableCell, _ column: Int, _ span: Int, _ padding: Length, _ context: LayoutContext) {
    let width: Length
    if let text = cell.text {
      if !text.content.hasTokens { return }
      width = text.widths(in: context).maximum + padding
    } else {
      guard cell.node.missingWidth(at: .zero, in: context) > .zero else { return }
      width = .infinity
    }
    let place = Cell(column: column, span: span)
    if let known = widest[place], known >= width { return }
    widest[place] = width
  }
}

/// How far the numbers of a column reach to both sides of their separator.
struct DecimalExtent {
  var before: Length
  var after: Length

  static func widen(_ extent: inout DecimalExtent?, by line: TextLine) {
    let after = max(.zero, line.width - line.decimal)
    guard let known = extent else {
      extent = DecimalExtent(before: line.decimal, after: after)
      return
    }
    extent = DecimalExtent(before: max(known.before, line.decimal), after: max(known.after, after))
  }

  /// The same by the number of a cell over several columns: before its separator it has the room of the others.
  static func widen(_ extent: inout DecimalExtent?, behind line: TextLine) {
    let after = max(.zero, line.width - line.decimal)
    extent = DecimalExtent(before: extent?.before ?? .zero, after: max(extent?.after ?? .zero, after))
  }
}

/// Where the columns of a table stand.
struct TableGeometry {
  var widths: [Length]
  /// Left edges, physical.
  var lefts: [Length]
  /// Where a decimal column has its separator, from the column's left edge.
  var decimals: [Length?]
  var width: Length
  /// How much wider than its region the table is.
  var lacking = Length.zero
  let gap: Length

  init(widths: [Length], gap: Length, direction: Direction) {
    self.widths = widths
    self.gap = gap
    width = widths.reduce(.zero, +) + gap * Double(max(0, widths.count - 1))
    lefts = []
    lefts.reserveCapacity(widths.count)
    var x = Length.zero
    for column in widths {
      lefts.append(direction == .leftToRight ? x : width - x - column)
      x = x + column + gap
    }
    decimals = [Length?](repeating: nil, count: widths.count)
  }

  /// The left edge and width of `span` columns from `column` on.
  func extent(_ column: Int, span: Int) -> (left: Length, width: Length) {
    if span == 1 { return (lefts[column], widths[column]) }
    let last = column + span - 1
    let left = min(lefts[column], lefts[last])
    let right = max(lefts[column] + widths[column], lefts[last] + widths[last])
    return (left, right - left)
  }
}
