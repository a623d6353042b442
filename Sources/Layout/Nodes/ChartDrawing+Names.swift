internal import Geometry
internal import Vocabulary

/// The words at the edges of a chart: the numbers of its scale and what its series are called.
extension ChartDrawing {
  /// Between the marks and the words at an edge.
  private static let edgeGap = Length.pt(4)

  /// The name of a series over one of its bars.
  struct TopName {
    var frame: Frame
    var x: Length
    var y: Length
    /// The column whose name it is.
    var column: Int
  }

  /// The name of a series at the end edge, level with one of its values.
  struct EdgeName {
    var frame: Frame
    var series: Int
  }

  // MARK: Edges

  /// Takes the room of the words at both edges; the names that stand at the end edge.
  mutating func takeEdges(_ numbers: [Frame]) -> [EdgeName] {
    let start = numbers.reduce(Length.zero) { max($0, $1.size.width) }
    if start > .zero { take(start + Self.edgeGap, atStart: true) }
    guard chart.kind != .bars, !chart.names.isEmpty else { return [] }
    let names = chart.names.prefix(chart.kind == .line ? 2 : .max).enumerated().map { EdgeName(frame: set($1), series: $0) }
    let end = names.reduce(Length.zero) { max($0, $1.frame.size.width) }
    // Names that take more than a third leave the marks too little.
    guard end <= width / 3 else {
      droppedWidth = end
      return []
    }
    take(end + Self.edgeGap, atStart: false)
    return names
  }

  private mutating func take(_ room: Length, atStart: Bool) {
    plotWidth = max(.pt(1), plotWidth - room)
    if atStart == isLeftToRight { plotX = plotX + room }
  }

  mutating func scaleLines(_ lines: [(value: Double, words: Frame)], round gaps: [Rect]) {
    for (value, words) in lines {
      if value != 0 { gridline(at: value, round: gaps) }
      let x = isLeftToRight ? plotX - Self.edgeGap - words.size.width : plotX + plotWidth + Self.edgeGap
      result.add(.frame(words), at: Point(x: x, y: y(of: value) - words.size.height / 2))
    }
  }

  /// Puts names at the end edge, level with the last mark that has a value and no two of them at the same height.
  mutating func place(_ names: [EdgeName]) {
    var wanted: [(name: EdgeName, y: Length)] = []
    for name in names { if let middle = level(of: name.series) { wanted.append((name, middle - name.frame.size.height / 2)) } }
    wanted.sort { ($0.y, $0.name.series) < ($1.y, $1.name.series) }
    // Down where they would touch, then up again where that leads out of the chart.
    for place in wanted.indices.dropFirst() {
      wanted[place].y = max(wanted[place].y, wanted[place - 1].y + wanted[place - 1].name.frame.size.height)
    }
    var floor = chart.height
    for place in wanted.indices.reversed() {
      wanted[place].y = min(wanted[place].y, floor - wanted[place].name.frame.size.height)
      floor = wanted[place].y
    }
    for (name, y) in wanted {
      let x = isLeftToRight ? plotX + plotWidth + Self.edgeGap : plotX - Self.edgeGap - name.frame.size.width
      result.add(.frame(name.frame), at: Point(x: x, y: max(.zero, y)))
    }
  }

  /// The height of a series at its last value.
  private func level(of series: Int) -> Length? {
    if chart.kind == .line {
      let values = chart.marks.map { series == 0 ? $0.values.first : $0.beside }
      return values.compactMap { $0 }.last.map { y(of: $0) }
    }
    guard let parts = chart.marks.last(where: { !$0.values.isEmpty })?.values, parts.indices.contains(series) else { return nil }
    let value = parts[series]
    let below = parts[..<series].filter { ($0 < 0) == (value < 0) }.reduce(0, +)
    return y(of: below + value / 2)
  }

  // MARK: Names over bars

  /// The name of the values over their last bar, and that of the second values over their first; one below the other where they touch.
  mutating func topNames() -> [TopName] {
    guard chart.kind == .bars, !chart.names.isEmpty else { return [] }
    var names: [TopName] = []
    let last = columns.lastIndex { !$0.isBeside && !values(of: $0).isEmpty }
    let first = chart.isPaired ? columns.firstIndex { $0.isBeside && !values(of: $0).isEmpty } : nil
    for (series, place) in [(0, last), (1, first)] {
      guard chart.names.indices.contains(series), let place else { continue }
      let frame = set(chart.names[series])
      guard frame.size.width <= plotWidth else {
        droppedWidth = max(droppedWidth ?? .zero, frame.size.width)
        continue
      }
      let column = columns[place]
      let growsLeft = (series == 0) == isLeftToRight
      let x = growsLeft ? column.x + column.width - frame.size.width : column.x
      names.append(TopName(frame: frame, x: inside(x, frame.size.width), y: .zero, column: place))
    }
    if names.count == 2 {
      let (a, b) = (names[0], names[1])
      let touches = a.x < b.x + b.frame.size.width + Self.edgeGap && b.x < a.x + a.frame.size.width + Self.edgeGap
      if touches { names[0].y = b.frame.size.height }
    }
    return names
  }

  /// The name with a fine line down to its bar, or to the value over that.
  mutating func place(_ name: TopName, over words: [Rect]) {
    result.add(.frame(name.frame), at: Point(x: name.x, y: name.y))
    let column = columns[name.column]
    let top = name.y + name.frame.size.height
    var end = zero - column.up - Self.labelGap / 2
    for rect in words where rect.minX <= column.centre && rect.maxX >= column.centre && rect.minY >= top { end = min(end, rect.minY) }
    guard end > top + .pt(1) else { return }
    let stroke = chart.style.axis
    result.add(
      .shape(Shape(.rectangle(Size(width: .pt(0.5), height: end - top), radius: .zero), fill: stroke.color)),
      at: Point(x: column.centre - .pt(0.25), y: top))
  }
}
