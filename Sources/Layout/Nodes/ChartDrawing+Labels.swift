internal import Geometry
internal import Vocabulary

/// The words under the marks and over their bars.
extension ChartDrawing {
  /// The words of values and where they stand, by column.
  typealias PlacedValues = [Int: (frame: Frame, rect: Rect)]

  // MARK: Labels of marks

  /// Sets the words under the marks. Where not all have room, those of highlighted marks, of marks whose value is shown, of the last and of
  /// the first come before the others, which are thinned out evenly.
  mutating func setLabels() {
    let texts = chart.marks.map(\.label)
    let widest = texts.compactMap { $0.map { context.text.widths(of: $0).maximum } }.reduce(Length.zero, max)
    let every = widest > .zero ? max(1, Int((widest.points / max(0.01, slot.points) - 1e-6).rounded(.up))) : 1
    for (index, mark) in chart.marks.enumerated() {
      if let note = mark.note { labels[index] = set(note, width: every > 1 ? nil : slot) }
    }
    if every == 1 {
      for (index, mark) in chart.marks.enumerated() { if let label = mark.label { keep(label, of: index, width: slot) } }
      return
    }
    let anchor = (chart.marks.firstIndex { $0.isHighlighted } ?? chart.marks.count - 1) % every
    var taken: [(start: Length, end: Length)] = []
    for index in labelOrder(every: every, anchor: anchor) {
      guard let label = chart.marks[index].label else { continue }
      let width = context.text.widths(of: label).maximum
      let start = inside(slotX(index) + slot / 2 - width / 2, width)
      if taken.contains(where: { start < $0.end + Self.labelGap && $0.start < start + width + Self.labelGap }) { continue }
      taken.append((start, start + width))
      // No wider than its words, so that labels at the ends are moved inside no more than they must.
      keep(label, of: index, width: width)
    }
    let isDropped = chart.marks.indices.contains { chart.marks[$0].label != nil && !keptLabels.contains($0) }
    if isDropped { droppedWidth = widest }
  }

  private func labelOrder(every: Int, anchor: Int) -> [Int] {
    let all = chart.marks.indices
    let chosen = all.filter { chart.marks[$0].valueLabel != nil }.sorted { (chart.marks[$0].rank, $0) < (chart.marks[$1].rank, $1) }
    let ends = [chart.marks.count - 1, 0]
    // A chart that shows all its values chooses none.
    let isChoice = chosen.count < chart.marks.count
    return all.filter { chart.marks[$0].isHighlighted } + (isChoice ? chosen : []) + ends + all.filter { $0 % every == anchor }
  }

  private mutating func keep(_ label: TextContent, of index: Int, width: Length) {
    let note = chart.marks[index].note
    var lines = set(label, width: width)
    if let note { lines = stack(lines, set(note, width: max(width, context.text.widths(of: note).maximum))) }
    labels[index] = lines
    keptLabels.insert(index)
  }

  // MARK: Values

  mutating func setValues() {
    for (place, column) in columns.enumerated() {
      let mark = chart.marks[column.index]
      guard let label = column.isBeside ? mark.besideLabel : mark.valueLabel else { continue }
      valueLabels[place] = set(label, width: min(plotWidth, max(column.isBeside ? .zero : slot, context.text.widths(of: label).maximum)))
    }
  }

  /// Puts the words of marks and values where they stand.
  mutating func place(_ values: PlacedValues, labelTop: Length) {
    for (place, column) in columns.enumerated() {
      let isFirstOfMark = place == 0 || columns[place - 1].index != column.index
      if isFirstOfMark, let label = labels[column.index] {
        let centre = slotX(column.index) + slot / 2
        result.add(.frame(label), at: Point(x: inside(centre - label.size.width / 2, label.size.width), y: labelTop))
      }
      if let (label, rect) = values[place] { result.add(.frame(label), at: rect.origin) }
    }
  }

  /// What a line behind the marks does not cross: values and bars that are not filled.
  func gaps(round values: PlacedValues) -> [Rect] {
    values.map { inkOf($0.key, $0.value.rect) } + columns.filter(\.isBeside).map { rect(of: $0) }
  }

  /// The values that are shown and where. One that would touch another or a bar moves aside or away from its bar, or is left out, the
  /// more important ones first in their places.
  ///
  /// - Parameters:
  ///   - top: Above it is no room for values.
  ///   - bottom: Where the labels of marks begin.
  mutating func placedValues(below top: Length, above bottom: Length) -> PlacedValues {
    let bars = chart.kind == .line ? [] : columns.map { rect(of: $0) }
    var placed: PlacedValues = [:]
    let order = valueLabels.keys.sorted {
      let (a, b) = (columns[$0], columns[$1])
      return (chart.marks[a.index].rank, a.isBeside ? 1 : 0, $0) < (chart.marks[b.index].rank, b.isBeside ? 1 : 0, $1)
    }
    for place in order {
      guard let label = valueLabels[place] else { continue }
      let column = columns[place]
      let home = home(of: label, column)
      // The frame of a value may be as wide as its slot; what must not touch is its words.
      let words = min(label.size.width, wordsWidth(column))
      var found: Rect?
      search: for away in [0, 0.5, 1, 1.5] {
        for aside in [0, 0.17, -0.17, 0.33, -0.33, 0.45, -0.45] {
          let distance = label.size.height * away
          let y = column.isNegative ? home.y + distance : home.y - distance
          let rect = Rect(
            x: inside(home.x + words * aside, label.size.width), y: y, width: label.size.width, height: label.size.height)
          guard y + .slack >= top || away == 0, y <= bottom - label.size.height + .slack || away == 0 else { continue }
          let ink = inkOf(place, rect)
          if placed.contains(where: { ink.overlaps(inkOf($0.key, $0.value.rect)) }) { continue }
          if bars.enumerated().contains(where: { $0.offset != place && ink.overlaps($0.element) }) { continue }
          found = rect
          break search
        }
      }
      if let rect = found ?? (chart.marks[column.index].rank == 0 && !column.isBeside ? Rect(origin: home, size: label.size) : nil) {
        placed[place] = (label, rect)
      } else {
        droppedWidth = max(droppedWidth ?? .zero, words)
      }
    }
    return placed
  }

  private func wordsWidth(_ column: Column) -> Length {
    let mark = chart.marks[column.index]
    return (column.isBeside ? mark.besideLabel : mark.valueLabel).map { context.text.widths(of: $0).maximum } ?? .zero
  }

  private func inkOf(_ place: Int, _ rect: Rect) -> Rect {
    let words = min(rect.size.width, wordsWidth(columns[place]))
    return Rect(
      x: rect.minX + (rect.size.width - words) / 2 - Self.labelGap / 2, y: rect.minY + rect.size.height * 0.15,
      width: words + Self.labelGap, height: rect.size.height * 0.7)
  }

  private func home(of label: Frame, _ column: Column) -> Point {
    let y =
      column.isNegative
      ? zero + max(Self.leastBar, column.down) + Self.labelGap
      : zero - column.up - Self.labelGap - label.size.height
    return Point(x: inside(column.centre - label.size.width / 2, label.size.width), y: y)
  }

  func rect(of column: Column) -> Rect {
    Rect(x: column.x, y: zero - column.up, width: column.width, height: column.up + column.down)
  }

  // MARK: Words

  /// Words at the ends of the chart stay inside it.
  func inside(_ x: Length, _ wide: Length) -> Length { min(max(plotX, x), max(plotX, plotX + plotWidth - wide)) }

  /// The words on one line, or as wide as stated.
  func set(_ text: TextContent, width: Length? = nil) -> Frame {
    var text = text
    text.alignment = .center
    let width = width ?? context.text.widths(of: text).maximum
    let fragment = TextNode(content: text, role: .artifact(.layout), origin: chart.origin).fill(.endless(width: width), in: context)
    guard case .complete(let frame) = fragment else { return Frame(size: .zero) }
    return frame
  }

  private func stack(_ upper: Frame, _ lower: Frame) -> Frame {
    let width = max(upper.size.width, lower.size.width)
    var frame = Frame(
      size: Size(width: width, height: upper.size.height + lower.size.height), baseline: upper.baseline, items: [], tag: upper.tag)
    for (part, top) in [(upper, Length.zero), (lower, upper.size.height)] {
      let x = (width - part.size.width) / 2
      for item in part.items { frame.items.append(PlacedItem(at: Point(x: item.at.x + x, y: item.at.y + top), item: item.item)) }
    }
    return frame
  }
}
