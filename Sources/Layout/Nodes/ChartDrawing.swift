internal import Geometry
internal import Vocabulary

/// The geometry of one ``ChartNode`` at one width: scale, marks, labels.
struct ChartDrawing {
  /// The lowest bar that is still seen: a value that is not zero never looks like none.
  private static let leastBar = Length.pt(1)
  /// Between a bar and the words over it.
  private static let labelGap = Length.pt(2)
  private static let hatchStep = 4.0
  /// Of a highlighted point.
  private static let dotRadius = Length.pt(3)

  let chart: ChartNode
  let width: Length
  let context: LayoutContext
  private var result: Frame
  private var labels: [Int: Frame] = [:]
  /// The marks whose label is shown, signs such as "E" left out of account.
  private var keptLabels: Set<Int> = []
  private var valueLabels: [Int: Frame] = [:]

  init(chart: ChartNode, width: Length, context: LayoutContext) {
    (self.chart, self.width, self.context) = (chart, width, context)
    result = Frame(
      size: Size(width: width, height: chart.height),
      tag: Tag(.figure, source: chart.origin.element, path: chart.origin.path).described(chart.description))
  }

  private var slot: Length { width / Double(max(1, chart.marks.count)) }

  mutating func frame() -> Frame {
    guard !chart.marks.isEmpty, width > .zero else { return result }
    var (above, below) = (0.0, 0.0)
    for mark in chart.marks {
      let values = chart.kind == .stacked ? mark.values : Array(mark.values.prefix(1))
      above = max(above, values.reduce(0) { $0 + max(0, $1) })
      below = min(below, values.reduce(0) { $0 + min(0, $1) })
    }
    if !(above - below).isFinite || above == below { (above, below) = (1, 0) }
    setLabels()

    // From the top: value labels, plot, value labels of negative marks, labels.
    let valueRoom = valueLabels.values.reduce(Length.zero) { max($0, $1.size.height) }
    let hasNegativeLabels = valueLabels.keys.contains { isNegative(chart.marks[$0]) }
    let hasPositiveLabels = valueLabels.keys.contains { !isNegative(chart.marks[$0]) }
    let labelRoom = labels.values.reduce(Length.zero) { max($0, $1.size.height) }
    let top = hasPositiveLabels ? valueRoom + Self.labelGap : .zero
    let bottom =
      (labelRoom > .zero ? labelRoom + Self.labelGap : .zero) + (hasNegativeLabels ? valueRoom + Self.labelGap : .zero)
    // Dots on a line reach beyond their points.
    let margin = chart.kind == .line ? Self.dotRadius : .zero
    let plot = max(.pt(1), chart.height - top - bottom - margin * 2)
    let scale = plot.points / (above - below)
    let zero = top + margin + Length(above * scale)

    gridlines(zero: zero, above: above, below: below, scale: scale)
    switch chart.kind {
    case .bars, .stacked: for index in chart.marks.indices { bar(index, zero: zero, scale: scale) }
    case .line: line(zero: zero, scale: scale)
    }
    let axis = chart.style.axis
    if axis.width > .zero {
      result.add(
        .shape(Shape(.rectangle(Size(width: width, height: axis.width), radius: .zero), fill: axis.color)),
        at: Point(x: .zero, y: zero - axis.width / 2))
    }
    place(zero: zero, scale: scale, labelTop: chart.height - labelRoom)
    return result
  }

  private func isNegative(_ mark: ChartNode.Mark) -> Bool { mark.values.reduce(0, +) < 0 }

  /// Left edge of a mark's slot; the first mark stands at the start edge.
  private func slotX(_ index: Int) -> Length {
    let place = context.direction == .leftToRight ? index : chart.marks.count - 1 - index
    return slot * Double(place)
  }

  private mutating func gridlines(zero: Length, above: Double, below: Double, scale: Double) {
    guard chart.style.gridlines > 0 else { return }
    let count = min(chart.style.gridlines, 20)
    let step = max(above, -below) / Double(count)
    let stroke = chart.style.gridStroke
    for line in 1...count {
      for sign in [1.0, -1.0] {
        let value = step * Double(line) * sign
        guard value <= above * 1.0001, value >= below * 1.0001, value != 0 else { continue }
        result.add(
          .shape(Shape(.rectangle(Size(width: width, height: stroke.width), radius: .zero), fill: stroke.color)),
          at: Point(x: .zero, y: zero - Length(value * scale) - stroke.width / 2))
      }
    }
  }

  private func color(_ mark: ChartNode.Mark, part: Int) -> Color {
    if part > 0, !chart.style.partColors.isEmpty { return chart.style.partColors[(part - 1) % chart.style.partColors.count] }
    return mark.isHighlighted ? chart.style.highlight : chart.style.color
  }

  private mutating func bar(_ index: Int, zero: Length, scale: Double) {
    let mark = chart.marks[index]
    let barWidth = slot / (1 + max(0, chart.style.gapShare))
    let x = slotX(index) + (slot - barWidth) / 2
    guard !mark.values.isEmpty else {
      // Nothing is known: a dash on the line.
      result.add(
        .shape(Shape(.rectangle(Size(width: barWidth / 3, height: .pt(0.75)), radius: .zero), fill: chart.style.axis.color)),
        at: Point(x: x + barWidth / 3, y: zero - .pt(4)))
      return
    }
    var (up, down) = (Length.zero, Length.zero)
    let values = chart.kind == .stacked ? mark.values[...] : mark.values.prefix(1)
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
      let size = Size(width: barWidth, height: height)
      let ink = color(mark, part: part)
      if mark.isEstimated {
        result.add(.shape(hatch(size, ink)), at: Point(x: x, y: y))
      } else {
        result.add(.shape(Shape(.rectangle(size, radius: .zero), fill: ink)), at: Point(x: x, y: y))
      }
      if let outline = mark.isEstimated ? chart.style.outline ?? ink : chart.style.outline {
        let inner = Size(width: max(.zero, barWidth - .pt(0.5)), height: max(.zero, height - .pt(0.5)))
        result.add(
          .shape(Shape(.rectangle(inner, radius: .zero), stroke: Shape.Stroke(width: .pt(0.5), color: outline))),
          at: Point(x: x + .pt(0.25), y: y + .pt(0.25)))
      }
    }
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

  private mutating func line(zero: Length, scale: Double) {
    // One path per unbroken run of known values: a missing month is a gap.
    var segments: [Shape.Segment] = []
    var dots: [(Point, ChartNode.Mark)] = []
    var isOpen = false
    for (index, mark) in chart.marks.enumerated() {
      guard let value = mark.values.first else {
        isOpen = false
        continue
      }
      let point = Point(x: slotX(index) + slot / 2, y: zero - Length(value * scale))
      segments.append(isOpen ? .line(point) : .move(point))
      isOpen = true
      dots.append((point, mark))
    }
    result.add(.shape(Shape(.path(segments), stroke: Shape.Stroke(width: .pt(1.5), color: chart.style.color))), at: .zero)
    for (point, mark) in dots {
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

  /// Sets the words. Labels that would touch are thinned out evenly, counted so that a highlighted mark keeps its own.
  private mutating func setLabels() {
    defer { reportDropped() }
    let texts = chart.marks.map(\.label)
    let widest = texts.compactMap { $0.map { context.text.widths(of: $0).maximum } }.reduce(Length.zero, max)
    let every = widest > .zero ? max(1, Int((widest.points / max(0.01, slot.points) - 1e-6).rounded(.up))) : 1
    let anchor = (chart.marks.firstIndex { $0.isHighlighted } ?? chart.marks.count - 1) % every
    for (index, mark) in chart.marks.enumerated() {
      if index % every == anchor, var label = mark.label {
        label.alignment = .center
        // No wider than its words, so that labels at the ends are moved inside no more than they must.
        var lines = set(label, width: every > 1 ? min(slot * Double(every), context.text.widths(of: label).maximum) : slot)
        if let note = mark.note { lines = stack(lines, set(centred(note), width: slot * Double(every))) }
        labels[index] = lines
        keptLabels.insert(index)
      } else if let note = mark.note {
        labels[index] = set(centred(note), width: slot)
      }
      if let label = mark.valueLabel {
        let room = min(width, max(slot, context.text.widths(of: label).maximum))
        valueLabels[index] = set(centred(label), width: room)
      }
    }
    if every > 1 { dropTouchingLabels() }
  }

  /// Takes away labels that touch their neighbours once those at the ends are moved inside; that of a highlighted mark stays.
  private mutating func dropTouchingLabels() {
    var last: (index: Int, end: Length)?
    for index in chart.marks.indices {
      guard let label = labels[index] else { continue }
      let start = inside(slotX(index) + slot / 2 - label.size.width / 2, label)
      if let previous = last, start < previous.end + Self.labelGap {
        let dropped = chart.marks[index].isHighlighted ? previous.index : index
        keptLabels.remove(dropped)
        labels[dropped] = chart.marks[dropped].note.map { set(centred($0), width: slot) }
        if dropped == index { continue }
      }
      last = (index, start + label.size.width)
    }
  }

  private func reportDropped() {
    let dropped = chart.marks.indices.filter { chart.marks[$0].label != nil && !keptLabels.contains($0) }
    guard let first = dropped.first, let label = chart.marks[first].label else { return }
    let widest = chart.marks.compactMap { $0.label.map { context.text.widths(of: $0).maximum } }.reduce(
      context.text.widths(of: label).maximum, max)
    context.report(.labelsDropped, chart.origin, wanted: widest, available: slot)
  }

  private func centred(_ text: TextContent) -> TextContent {
    var text = text
    text.alignment = .center
    return text
  }

  private func set(_ text: TextContent, width: Length) -> Frame {
    let fragment = TextNode(content: text, role: .artifact(.layout), origin: chart.origin).fill(.endless(width: width), in: context)
    guard case .complete(let frame) = fragment else { return Frame(size: .zero) }
    return frame
  }

  private func stack(_ upper: Frame, _ lower: Frame) -> Frame {
    var frame = Frame(
      size: Size(width: max(upper.size.width, lower.size.width), height: upper.size.height + lower.size.height), baseline: upper.baseline,
      items: upper.items, tag: upper.tag)
    for item in lower.items {
      frame.items.append(PlacedItem(at: Point(x: item.at.x, y: item.at.y + upper.size.height), item: item.item))
    }
    return frame
  }

  private mutating func place(zero: Length, scale: Double, labelTop: Length) {
    for index in chart.marks.indices {
      let mark = chart.marks[index]
      let centre = slotX(index) + slot / 2
      if let label = labels[index] {
        result.add(.frame(label), at: Point(x: inside(centre - label.size.width / 2, label), y: labelTop))
      }
      guard let label = valueLabels[index] else { continue }
      let values = chart.kind == .stacked ? mark.values[...] : mark.values.prefix(1)
      let up = values.reduce(0) { $0 + max(0, $1) }
      let down = values.reduce(0) { $0 + min(0, $1) }
      let y =
        isNegative(mark)
        ? zero + max(Self.leastBar, Length(-down * scale)) + Self.labelGap
        : zero - (up > 0 ? max(Self.leastBar, Length(up * scale)) : .zero) - Self.labelGap - label.size.height
      result.add(.frame(label), at: Point(x: inside(centre - label.size.width / 2, label), y: y))
    }
  }

  /// Words at the ends of the chart stay inside it.
  private func inside(_ x: Length, _ label: Frame) -> Length { min(max(.zero, x), max(.zero, width - label.size.width)) }
}
