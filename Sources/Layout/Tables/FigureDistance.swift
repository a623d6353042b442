internal import Geometry
internal import Vocabulary

/// How far the figures of a finished table stand from the words they belong to.
///
/// The eye finds the row again over a gap of ``limit`` at most, or along a rule or the edge of a filled row that at most five rows stand before. The words
/// of a figure are the nearest before it in its row, so that a quantity between a description and an amount leads on.
enum FigureDistance {
  static let limit = Length.mm(60)
  /// By how many rows a rule may stand above or below one: its own counted.
  private static let reach = 6

  private struct Row {
    var middle: Length
    /// The widest gap before a figure, physical, where it is beyond the limit.
    var gap: ClosedRange<Length>?
    var isFilled = false
  }

  /// The widest gap before a figure that nothing leads over; `nil` where none is wider than ``limit``. Complexity: O(what the table paints), and
  /// nothing for tables that are no wider.
  static func farthest(in table: Frame, _ columns: [TableColumn], _ direction: Direction) -> Length? {
    guard table.size.width > limit, columns.contains(where: \.holdsFigures) else { return nil }
    var rows: [Row] = []
    rows.reserveCapacity(table.items.count)
    var cells: [Ink] = []
    for placed in table.items {
      guard case .frame(let frame) = placed.item else { continue }
      cells.removeAll(keepingCapacity: true)
      for item in frame.items { if let ink = Ink(item) { cells.append(ink) } }
      cells.sort { direction == .leftToRight ? $0.left < $1.left : $0.right > $1.right }
      rows.append(
        Row(
          middle: placed.at.y + frame.size.height / 2, gap: gap(in: cells, columns, direction),
          isFilled: frame.items.contains { $0.rule != nil && !$0.isWhite }))
    }
    guard rows.contains(where: { $0.gap != nil }) else { return nil }
    // By how many rows stand above them.
    var edges: [(row: Int, span: ClosedRange<Length>)] = []
    for placed in table.items {
      guard let rule = placed.rule, !placed.isWhite else { continue }
      edges.append((rows.count(where: { $0.middle < placed.at.y }), rule))
    }
    for (index, row) in rows.enumerated() where row.isFilled {
      let width = Length.zero...table.size.width
      edges += [(index, width), (index + 1, width)]
    }
    var farthest: Length?
    for (index, row) in rows.enumerated() {
      guard let gap = row.gap else { continue }
      let isLed = edges.contains { edge in
        edge.row > index - reach && edge.row <= index + reach && edge.span.lowerBound <= gap.lowerBound + .pt(1)
          && edge.span.upperBound >= gap.upperBound - .pt(1)
      }
      if !isLed { farthest = max(farthest ?? .zero, gap.upperBound - gap.lowerBound) }
    }
    return farthest
  }

  /// The widest gap before a figure among cells in the order they are read in.
  private static func gap(in sorted: [Ink], _ columns: [TableColumn], _ direction: Direction) -> ClosedRange<Length>? {
    guard sorted.count > 1 else { return nil }
    var widest: ClosedRange<Length>?
    for index in 1..<sorted.count {
      let (words, figure) = (sorted[index - 1], sorted[index])
      let (from, to) = direction == .leftToRight ? (words.right, figure.left) : (figure.right, words.left)
      // What is said of the gap is asked before what is said of the words: few are so wide.
      guard to - from > limit, to - from > (widest.map { $0.upperBound - $0.lowerBound } ?? .zero) else { continue }
      guard columns.indices.contains(figure.column), columns[figure.column].holdsFigures, figure.frame.hasDigit else { continue }
      widest = from...to
    }
    return widest
  }

  /// ASCII is judged by itself: a look at the tables of Unicode costs as much as a dozen of these.
  fileprivate static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.numericType == .decimal
  }

  /// What a cell shows of text.
  private struct Ink {
    /// The last column it covers.
    var column: Int
    var left = Length.infinity
    var right = Length.zero - .infinity
    let frame: Frame

    /// `nil` for what is no cell or shows no text.
    init?(_ placed: PlacedItem) {
      guard case .frame(let frame) = placed.item, case .cell(let place) = frame.tag?.role else { return nil }
      column = place.column + place.columnSpan - 1
      self.frame = frame
      collect(frame, at: placed.at.x)
      guard left < right else { return nil }
    }

    private mutating func collect(_ frame: Frame, at x: Length) {
      for item in frame.items {
        switch item.item {
        case .frame(let inner): collect(inner, at: x + item.at.x)
        case .run(let run, _):
          if run.text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { continue }
          left = min(left, x + item.at.x)
          right = max(right, x + item.at.x + run.advance)
        default: continue
        }
      }
    }
  }
}

extension Frame {
  /// Whether some text in it has a digit, of whatever script.
  fileprivate var hasDigit: Bool {
    items.contains { placed in
      switch placed.item {
      case .frame(let inner): inner.hasDigit
      case .run(let run, _): run.text.unicodeScalars.contains(where: FigureDistance.isDigit)
      default: false
      }
    }
  }
}

extension TableColumn {
  /// Whether its values stand at its end edge or on their separators.
  fileprivate var holdsFigures: Bool { alignment == .decimal || alignment == .end }
}

extension PlacedItem {
  /// From where to where a filled rectangle or a level line runs; `nil` for anything else.
  fileprivate var rule: ClosedRange<Length>? {
    guard case .shape(let shape) = item else { return nil }
    switch shape.outline {
    case .rectangle(let size, _): return size.width >= .zero ? at.x...(at.x + size.width) : nil
    case .path(let segments):
      guard segments.count == 2, case .move(let start) = segments[0], case .line(let end) = segments[1], start.y == end.y else {
        return nil
      }
      return at.x + min(start.x, end.x)...at.x + max(start.x, end.x)
    }
  }
  fileprivate var isWhite: Bool { if case .shape(let shape) = item { shape.fill == .white } else { false } }
}
