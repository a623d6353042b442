internal import Diagnostics
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Vocabulary

extension BillComposer {
  /// A `chart` over its list.
  func chart(
    _ chart: ChartElement, _ attributes: BlockAttributes, _ scope: Scope, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    let labelStyle = scope.style.styled(chart.labelStyle)
    let valueStyle = scope.style.styled(chart.valueStyle)
    let smallest = labelStyle.text.properties.size
    var marks: [ChartNode.Mark] = []
    var description = try attributes.description?.line(in: environment) ?? ""
    let showsChosenOnly = chart.shownValues.isSubset(of: [.highlight, .none])
    var isMoney = false
    let (list, path) = try environment.list(of: chart.series)
    guard list.count <= ChartNode.markLimit else {
      throw Diagnostic(
        id: "list-too-long", "a chart shows \(ChartNode.markLimit) marks at most, and '\(chart.series.list.text)' has \(list.count)",
        at: chart.series.list.range, suggestion: "show the last ones: \(chart.series.list.text) | tail(24)")
    }
    for index in 0..<list.count {
      try environment.enter(chart.series, element: index, of: list, path: path)
      let (parts, total) = try ChartValue.read(try chart.value.evaluate(in: environment), chart.value)
      if case .amount = total { isMoney = true }
      var mark = ChartNode.Mark(values: parts)
      if let label = chart.label {
        mark.label = centered(TextCheck.onOneLine(try label.string(in: environment)), labelStyle)
      }
      mark.isHighlighted = try chart.highlight?.isTrue(in: environment) ?? false
      mark.isEstimated = try chart.estimate?.isTrue(in: environment) ?? false
      if mark.isEstimated, let sign = try chart.markSign?.line(in: environment), !sign.isEmpty { mark.note = centered(sign, labelStyle) }
      var besideValue = Value.absent
      if let beside = chart.beside {
        besideValue = try beside.evaluate(in: environment)
        mark.beside = try ChartValue.read(besideValue, beside).parts.first
      }
      if !showsChosenOnly || mark.isHighlighted, !chart.shownValues.contains(.none) {
        let text =
          if let label = chart.valueLabel { TextCheck.onOneLine(try label.string(in: environment)) } else { environment.printed(total) }
        if !text.isEmpty { mark.valueLabel = centered(text, valueStyle) }
        let besideText =
          if let label = chart.besideLabel, mark.beside != nil {
            TextCheck.onOneLine(try label.string(in: environment))
          } else { environment.printed(besideValue) }
        if !besideText.isEmpty { mark.besideLabel = centered(besideText, valueStyle) }
      }
      if let item = try itemDescription(of: mark, chart)?.line(in: environment), !item.isEmpty {
        description += (description.isEmpty ? "" : " ") + item
      }
      marks.append(mark)
    }
    guard !marks.isEmpty else { return Composed(nil, smallest: smallest) }
    Self.choose(chart.shownValues, of: &marks)
    return Composed(
      ChartNode(
        kind: chart.kind, marks: marks, isPaired: chart.beside != nil, names: try names(of: chart, labelStyle, environment),
        scale: try scale(of: chart, marks, isMoney: isMoney, labelStyle, environment), style: look(of: chart, scope),
        height: attributes.height.fixed ?? .mm(32), description: description, origin: origin), smallest: smallest)
  }

  /// What is said of a mark to readers who cannot see it.
  private func itemDescription(of mark: ChartNode.Mark, _ chart: ChartElement) -> TextTemplate? {
    if mark.values.isEmpty, let gap = chart.gapDescription { return gap }
    if mark.isEstimated, let marked = chart.markedDescription { return marked }
    return chart.itemDescription
  }

  private func look(of chart: ChartElement, _ scope: Scope) -> ChartNode.Style {
    let ink = scope.style.text.properties.color
    // Beside an outlined bar a filled one must not be pale.
    var style = ChartNode.Style(
      color: book.color(chart.color, or: ink.tint(chart.beside == nil ? 0.4 : 0.65)), highlight: book.color(chart.highlightColor, or: ink))
    style.axis = Shape.Stroke(width: .pt(0.5), color: ink)
    style.gridlines = chart.gridlines ?? 0
    style.partColors = [style.highlight, ink.tint(0.15), ink.tint(0.7)]
    if let outline = chart.outline {
      style.outline = Shape.Stroke(width: outline.thickness, color: book.color(outline.color, or: ink))
    }
    let seen = [style.color, style.highlight].first { Color.contrast($0, .white) >= 3 } ?? ink
    style.beside = style.outline ?? Shape.Stroke(width: .pt(0.75), color: seen)
    return style
  }

  /// Takes the values away from the marks that are not chosen, and says which of the others matter most.
  private static func choose(_ words: Set<ShownValues>, of marks: inout [ChartNode.Mark]) {
    let totals = marks.map { $0.values.isEmpty ? nil : $0.values.reduce(0, +) }
    var ranks = [Int?](repeating: words.contains(.all) ? 6 : nil, count: marks.count)
    func rank(_ index: Int?, _ rank: Int) { if let index, ranks.indices.contains(index) { ranks[index] = min(ranks[index] ?? rank, rank) } }
    if words.contains(.lowest), let least = totals.compactMap({ $0 }).min() { rank(totals.firstIndex(of: least), 5) }
    if words.contains(.peak), let most = totals.compactMap({ $0 }).max() { rank(totals.firstIndex(of: most), 4) }
    if words.contains(.first) { rank(0, 3) }
    if words.contains(.yearBefore) { rank(marks.count - 13, 2) }
    if words.contains(.last) { rank(marks.count - 1, 1) }
    for index in marks.indices {
      if marks[index].isHighlighted, words.contains(.highlight) || words.contains(.all) { rank(index, 0) }
      guard let rank = ranks[index] else {
        (marks[index].valueLabel, marks[index].besideLabel) = (nil, nil)
        continue
      }
      marks[index].rank = rank
    }
  }

  /// The names of the series, between bars.
  private func names(
    of chart: ChartElement, _ style: StyleContext, _ environment: borrowing Environment
  ) throws(Diagnostic) -> [TextContent] {
    guard let names = try chart.names?.line(in: environment) else { return [] }
    return names.split(separator: "|", omittingEmptySubsequences: false).map { centered(String($0.trimmingWhiteSpace), style) }
  }

  /// The lines at round values and their numbers.
  private func scale(
    of chart: ChartElement, _ marks: [ChartNode.Mark], isMoney: Bool, _ style: StyleContext, _ environment: borrowing Environment
  ) throws(Diagnostic) -> [ChartNode.ScaleLine] {
    guard chart.hasScale else { return [] }
    var (least, greatest) = (0.0, 0.0)
    for mark in marks {
      let values = chart.kind == .stacked ? mark.values[...] : mark.values.prefix(1)
      greatest = max(greatest, values.reduce(0) { $0 + max(0, $1) }, mark.beside ?? 0)
      least = min(least, values.reduce(0) { $0 + min(0, $1) }, mark.beside ?? 0)
    }
    let unit = try chart.unit?.line(in: environment) ?? ""
    let values = ChartScale.values(from: least, to: greatest, lines: chart.gridlines ?? 3)
    // All with the decimals that the finest of them needs.
    let decimals = values.map(\.decimals).max() ?? 0
    var lines: [ChartNode.ScaleLine] = []
    for value in values {
      let number =
        isMoney
        ? environment.formatter.money(
          value, currency: environment.currency, decimals: decimals == 0 ? 0...0 : nil, negative: .minus, display: .symbol)
        : environment.formatter.number(value, decimals: decimals...decimals, grouping: true)
      let words = value == values.last && !unit.isEmpty ? number + "\u{A0}" + unit : number
      lines.append(ChartNode.ScaleLine(value: value.approximation, words: centered(words, style)))
    }
    return lines
  }

  private func centered(_ text: String, _ context: StyleContext) -> TextContent {
    var content = TextContent(spans: [.text(text, context.text, link: nil, isData: true)], style: context.text)
    content.alignment = .center
    content.direction = direction
    content.language = language
    return content
  }
}
