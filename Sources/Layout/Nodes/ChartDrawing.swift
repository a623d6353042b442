internal import Geometry
internal import Vocabulary

/// The geometry of one ``ChartNode`` at one width: scale and marks. Its words are set in extensions.
struct ChartDrawing {
  /// The lowest bar that is still seen: a value that is not zero never looks like none.
  static let leastBar = Length.pt(1)
  /// Between a bar and the words over it.
  static let labelGap = Length.pt(2)
  private static let hatchStep = 4.0
  /// Of a highlighted point.
  private static let dotRadius = Length.pt(3)
  /// A narrower bar is hardly seen as one.
  private static let narrowestBar = Length.pt(1)

  /// The bar, the stack or the point of a value.
  struct Column {
    /// The mark it belongs to.
    var index: Int
    /// Whether it is that of the second value.
    var isBeside: Bool
    /// The left edge.
    var x: Length
    var width: Length
    /// How far it reaches above zero and below it.
    var up = Length.zero
    var down = Length.zero
    /// Whether its sum is below zero: its words stand under it.
    var isNegative = false
    var centre: Length { x + width / 2 }
  }

  let chart: ChartNode
  let width: Length
  let context: LayoutContext
  var result: Frame
  /// The room of the marks between the words at both edges.
  var plotX = Length.zero
  var plotWidth: Length
  /// Where zero is.
  var zero = Length.zero
  /// Points for one of a value.
  private var scale = 1.0
  var columns: [Column] = []
  var labels: [Int: Frame] = [:]
  /// The marks whose label is shown, signs such as "E" left out of account.
  var keptLabels: Set<Int> = []
  /// The words of values, by column.
  var valueLabels: [Int: Frame] = [:]
  /// The greatest width of words that were left out.
  var droppedWidth: Length?

  init(chart: ChartNode, width: Length, context: LayoutContext) {
    (self.chart, self.width, self.context) = (chart, width, context)
    plotWidth = width
    result = Frame(
      size: Size(width: width, height: chart.height),
      tag: Tag(.figure, source: chart.origin.element, path: chart.origin.path).described(chart.description))
  }

  var slot: Length { plotWidth / Double(max(1, chart.marks.count)) }
  var isLeftToRight: Bool { context.direction == .leftToRight }

  mutating func frame() -> Frame {
    guard !chart.marks.isEmpty, width > .zero else { return result }
    var (above, below) = (0.0, 0.0)
    for mark in chart.marks {
      let values = chart.kind == .stacked ? mark.values : Array(mark.values.prefix(1))
      above = max(above, values.reduce(0) { $0 + max(0, $1) }, mark.beside ?? 0)
      below = min(below, values.reduce(0) { $0 + min(0, $1) }, mark.beside ?? 0)
    }
    if !(above - below).isFinite || above == below { (above, below) = (1, 0) }
    let scaleWords = chart.scale.filter { $0.value <= above * 1.0001 && $0.value >= below * 1.0001 }.map { ($0.value, set($0.words)) }
    let edgeNames = takeEdges(scaleWords.map(\.1))
    makeColumns()
    setLabels()
    setValues()
    let topNames = topNames()

    // From the top: names, value labels, plot, value labels of negative marks, labels.
    let valueRoom = valueLabels.values.reduce(Length.zero) { max($0, $1.size.height) }
    let hasNegativeLabels = valueLabels.keys.contains { columns[$0].isNegative }
    let hasPositiveLabels = valueLabels.keys.contains { !columns[$0].isNegative }
    let labelRoom = labels.values.reduce(Length.zero) { max($0, $1.size.height) }
    let numberRoom = scaleWords.reduce(Length.zero) { max($0, $1.1.size.height / 2) }
    let nameRoom = topNames.isEmpty ? .zero : topNames.reduce(Length.zero) { max($0, $1.y + $1.frame.size.height) } + Self.labelGap * 2
    let top = max(nameRoom + (hasPositiveLabels ? valueRoom + Self.labelGap : .zero), numberRoom)
    let bottom = max(
      (labelRoom > .zero ? labelRoom + Self.labelGap : .zero) + (hasNegativeLabels ? valueRoom + Self.labelGap : .zero), numberRoom)
    // Dots on a line reach beyond their points.
    let margin = chart.kind == .line ? Self.dotRadius : .zero
    let plot = max(.pt(1), chart.height - top - bottom - margin * 2)
    scale = plot.points / (above - below)
    zero = top + margin + Length(above * scale)
    measureColumns()

    let values = placedValues(below: nameRoom, above: chart.height - labelRoom)
    if chart.scale.isEmpty { gridlines(above: above, below: below) } else { scaleLines(scaleWords, round: gaps(round: values)) }
    switch chart.kind {
    case .bars, .stacked:
      for column in columns { bar(column) }
      if let narrowest = columns.first?.width, narrowest < Self.narrowestBar, chart.kind != .line {
        context.report(.chartCrowded, chart.origin, wanted: width * (Self.narrowestBar / narrowest), available: width)
      }
    case .line: lines()
    }
    let axis = chart.style.axis
    if axis.width > .zero {
      result.add(
        .shape(Shape(.rectangle(Size(width: plotWidth, height: axis.width), radius: .zero), fill: axis.color)),
        at: Point(x: plotX, y: zero - axis.width / 2))
    }
    place(values, labelTop: chart.height - labelRoom)
    for name in topNames { place(name, over: values.values.map(\.rect)) }
    place(edgeNames)
    if let droppedWidth { context.report(.labelsDropped, chart.origin, wanted: droppedWidth, available: slot) }
    return result
  }

  // MARK: Columns

  /// Left edge of a mark's slot; the first mark stands at the start edge.
  func slotX(_ index: Int) -> Length {
    let place = isLeftToRight ? index : chart.marks.count - 1 - index
    return plotX + slot * Double(place)
  }

  private mutating func makeColumns() {
    let barWidth = slot / (1 + max(0, chart.style.gapShare))
    for index in chart.marks.indices {
      let x = slotX(index) + (slot - barWidth) / 2
      guard chart.isPaired, chart.kind == .bars else {
        columns.append(Column(index: index, isBeside: false, x: x, width: barWidth))
        continue
      }
      let half = barWidth / 2
      columns.append(Column(index: index, isBeside: true, x: isLeftToRight ? x : x + half, width: half))
      columns.append(Column(index: index, isBeside: false, x: isLeftToRight ? x + half : x, width: half))
    }
    for place in columns.indices { columns[place].isNegative = values(of: columns[place]).reduce(0, +) < 0 }
  }

  /// The values drawn in a column; empty for a gap.
  func values(of column: Column) -> ArraySlice<Double> {
    let mark = chart.marks[column.index]
    if column.isBeside { return mark.beside.map { [$0] } ?? [] }
    return chart.kind == .stacked ? mark.values[...] : mark.values.prefix(1)
  }

  private mutating func measureColumns() {
    for place in columns.indices {
      for value in values(of: columns[place]) where value != 0 {
        let height = max(Self.leastBar, Length(abs(value) * scale))
        if value > 0 { columns[place].up = columns[place].up + height } else { columns[place].down = columns[place].down + height }
      }
    }
  }

  // MARK: Lines behind

  private mutating func gridlines(above: Double, below: Double) {
    guard chart.style.gridlines > 0 else { return }
    let count = min(chart.style.gridlines, 20)
    let step = max(above, -below) / Double(count)
    for line in 1...count {
      for sign in [1.0, -1.0] {
        let value = step * Double(line) * sign
        guard value <= above * 1.0001, value >= below * 1.0001, value != 0 else { continue }
        gridline(at: value)
      }
    }
  }

  /// A line over the width of the marks, but for what it would cross of `gaps`.
  mutating func gridline(at value: Double, round gaps: [Rect] = []) {
    let stroke = chart.style.gridStroke
    let y = y(of: value)
    func piece(_ start: Length, _ end: Length) {
      guard end > start else { return }
      result.add(
        .shape(Shape(.rectangle(Size(width: end - start, height: stroke.width), radius: .zero), fill: stroke.color)),
        at: Point(x: start, y: y - stroke.width / 2))
    }
    var x = plotX
    for gap in gaps.filter({ $0.minY < y && y < $0.maxY }).sorted(by: { $0.minX < $1.minX }) {
      piece(x, gap.minX)
      x = max(x, gap.maxX)
    }
    piece(x, plotX + plotWidth)
  }

  func y(of value: Double) -> Length { zero - Length(value * scale) }

  // MARK: Marks

  private func color(_ mark: ChartNode.Mark, part: Int) -> Color {
    if part > 0, !chart.style.partColors.isEmpty { return chart.style.partColors[(part - 1) % chart.style.partColors.count] }
    return mark.isHighlighted ? chart.style.highlight : chart.style.color
  }

  private mutating func bar(_ column: Column) {
    let mark = chart.marks[column.index]
    let values = values(of: column)
    guard !values.isEmpty else {
      // Nothing is known: a dash on the line.
      result.add(
        .shape(Shape(.rectangle(Size(width: column.width / 3, height: .pt(0.75)), radius: .zero), fill: chart.style.axis.color)),
        at: Point(x: column.x + column.width / 3, y: zero - .pt(4)))
      return
    }
    var (up, down) = (Length.zero, Length.zero)
    for (part, value) in values.enumerated() where value != 0 {
      let height = max(Self.leastBar, Length(abs(value) * scale))
      let y: Length
      if value > 0 {
        up = up + height
        y = zero - up
      } else {
        y = zero + down
        down = down + height
      }
      let size = Size(width: column.width, height: height)
      let at = Point(x: column.x, y: y)
      if column.isBeside {
        outline(size, chart.style.beside, at: at)
        continue
      }
      let ink = color(mark, part: part)
      if mark.isEstimated {
        result.add(.shape(hatch(size, ink)), at: at)
      } else {
        result.add(.shape(Shape(.rectangle(size, radius: .zero), fill: ink)), at: at)
      }
      if let stroke = chart.style.outline ?? (mark.isEstimated ? Shape.Stroke(width: .pt(0.5), color: ink) : nil) {
        outline(size, stroke, at: at)
      }
    }
  }

  /// A line along the inside of a bar's edges.
  private mutating func outline(_ size: Size, _ stroke: Shape.Stroke, at point: Point) {
    let inner = Size(width: max(.zero, size.width - stroke.width), height: max(.zero, size.height - stroke.width))
    result.add(
      .shape(Shape(.rectangle(inner, radius: .zero), stroke: stroke)),
      at: Point(x: point.x + stroke.width / 2, y: point.y + stroke.width / 2))
  }

  /// Diagonal lines inside a rectangle, as one path.
  private func hatch(_ size: Size, _ ink: Color) -> Shape {
    let (w, h) = (size.width.points, size.height.points)
    var segments: [Shape.Segment] = []
    var offset = Self.hatchStep / 2
    while offset < w + h, segments.count < 2 * ChartNode.markLimit {
      // The line x + y = offset, cut to the rectangle.
      let from = offset <= h ? Point(x: .zero, y: Length(offset)) : Point(x: Length(offset - h), y: Length(h))
      let to = offset <= w ? Point(x: Length(offset), y: .zero) : Point(x: Length(w), y: Length(offset - w))
      segments.append(.move(from))
      segments.append(.line(to))
      offset += Self.hatchStep
    }
    return Shape(.path(segments), stroke: Shape.Stroke(width: .pt(0.75), color: ink))
  }

  private mutating func lines() {
    if chart.isPaired {
      let stroke = Shape.Stroke(width: .pt(1), color: chart.style.beside.color, dashes: [.pt(3), .pt(2)])
      result.add(.shape(Shape(.path(path(chart.marks.map(\.beside)).segments), stroke: stroke)), at: .zero)
    }
    let (segments, points) = path(chart.marks.map(\.values.first))
    result.add(.shape(Shape(.path(segments), stroke: Shape.Stroke(width: .pt(1.5), color: chart.style.color))), at: .zero)
    for (index, point) in points {
      let mark = chart.marks[index]
      let radius = mark.isHighlighted ? Self.dotRadius : .pt(1.75)
      let ink = mark.isHighlighted ? chart.style.highlight : chart.style.color
      let size = Size(width: radius * 2, height: radius * 2)
      let shape =
        mark.isEstimated
        ? Shape(.rectangle(size, radius: radius), fill: .white, stroke: Shape.Stroke(width: .pt(0.75), color: ink))
        : Shape(.rectangle(size, radius: radius), fill: ink)
      result.add(.shape(shape), at: Point(x: point.x - radius, y: point.y - radius))
    }
  }

  /// One path with a piece for each unbroken run of known values: a missing month is a gap.
  private func path(_ values: [Double?]) -> (segments: [Shape.Segment], points: [(Int, Point)]) {
    var segments: [Shape.Segment] = []
    var points: [(Int, Point)] = []
    var isOpen = false
    for (index, value) in values.enumerated() {
      guard let value else {
        isOpen = false
        continue
      }
      let point = Point(x: slotX(index) + slot / 2, y: y(of: value))
      segments.append(isOpen ? .line(point) : .move(point))
      isOpen = true
      points.append((index, point))
    }
    return (segments, points)
  }
}
