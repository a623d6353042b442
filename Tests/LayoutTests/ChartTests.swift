import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct ChartTests {
  private func chart(_ kind: ChartKind, _ marks: [ChartNode.Mark], gridlines: Int = 0) -> ChartNode {
    ChartNode(
      kind: kind, marks: marks,
      style: ChartNode.Style(
        color: Color(red: 170, green: 170, blue: 170), highlight: .black, partColors: [Color(red: 1, green: 2, blue: 3)],
        axis: Shape.Stroke(width: .pt(1), color: .black), gridlines: gridlines, gapShare: 1),
      height: .pt(60), description: "use by month")
  }
  private func mark(_ value: Double?, _ label: String? = nil, words: String? = nil, highlighted: Bool = false, estimated: Bool = false)
    -> ChartNode.Mark
  {
    ChartNode.Mark(
      values: value.map { [$0] } ?? [], label: label.map { text($0) }, valueLabel: words.map { text($0) }, isHighlighted: highlighted,
      isEstimated: estimated)
  }

  @Test func barsStandOnZeroAndNegativeOnesHangBelow() {
    #expect(
      trace(Bench().whole(chart(.bars, [mark(40), mark(-20), mark(20, highlighted: true)]), width: 60)) == """
        rect 5,0 10x40 #AAAAAA
        rect 25,40 10x20 #AAAAAA
        rect 45,20 10x20 #000000
        rect 0,39.5 60x1 #000000
        """)
  }

  @Test func gapIsADashAndSmallValuesAreSeen() {
    #expect(
      trace(Bench().whole(chart(.bars, [mark(60), mark(nil), mark(0.001), mark(0)]), width: 80)) == """
        rect 5,0 10x60 #AAAAAA
        rect 28.33,56 3.33x0.75 #000000
        rect 45,59 10x1 #AAAAAA
        rect 0,59.5 80x1 #000000
        """)
  }

  @Test func labelsStandUnderAndValuesOverTheBars() {
    #expect(
      trace(Bench().whole(chart(.bars, [mark(28, "a", words: "28"), mark(14, "b")]), width: 80)) == """
        rect 10,12 20x36 #AAAAAA
        rect 50,30 20x18 #AAAAAA
        rect 0,47.5 80x1 #000000
        "a" 15,58
        "28" 10,8
        "b" 55,58
        """)
  }

  @Test func labelsThatWouldTouchAreThinnedRoundTheHighlight() {
    let marks = (0..<6).map { mark(1, "m\($0)", highlighted: $0 == 4) }
    let shown = trace(Bench().whole(chart(.bars, marks), width: 90)).split(separator: "\n").filter { $0.hasPrefix("\"") }
    #expect(shown.map { $0.prefix(4) } == ["\"m0\"", "\"m2\"", "\"m4\""])
  }

  @Test func estimatedBarIsHatched() {
    let shown = trace(Bench().whole(chart(.bars, [mark(60, estimated: true)]), width: 20))
    #expect(shown.hasPrefix("path 5,0 "))
  }

  @Test func stackedBarsAddUp() {
    let marks = [ChartNode.Mark(values: [30, 20, -10]), ChartNode.Mark(values: [10])]
    #expect(
      trace(Bench().whole(chart(.stacked, marks), width: 40)) == """
        rect 5,20 10x30 #AAAAAA
        rect 5,0 10x20 #010203
        rect 5,50 10x10 #010203
        rect 25,40 10x10 #AAAAAA
        rect 0,49.5 40x1 #000000
        """)
  }

  @Test func lineHasGapsAndDots() {
    #expect(
      trace(Bench().whole(chart(.line, [mark(54), mark(27), mark(nil), mark(54)]), width: 80)) == """
        path 0,0 3 segments
        rect 8.25,1.25 3.5x3.5 #AAAAAA radius 1.75
        rect 28.25,28.25 3.5x3.5 #AAAAAA radius 1.75
        rect 68.25,1.25 3.5x3.5 #AAAAAA radius 1.75
        rect 0,56.5 80x1 #000000
        """)
  }

  @Test func firstMarkStandsAtTheRightInRightToLeft() {
    #expect(
      trace(Bench(direction: .rightToLeft).whole(chart(.bars, [mark(60), mark(30)]), width: 40)) == """
        rect 25,0 10x60 #AAAAAA
        rect 5,30 10x30 #AAAAAA
        rect 0,59.5 40x1 #000000
        """)
  }

  @Test func gridlinesStandBehindTheBars() {
    #expect(
      trace(Bench().whole(chart(.bars, [mark(60)], gridlines: 2), width: 20)) == """
        rect 0,29.83 20x0.35 #BEBEBE
        rect 0,-0.18 20x0.35 #BEBEBE
        rect 5,0 10x60 #AAAAAA
        rect 0,59.5 20x1 #000000
        """)
  }

  @Test func oddValuesDoNotReachThePage() {
    let frame = Bench().whole(chart(.line, [mark(.nan), mark(.infinity), mark(0), mark(1e300), mark(-1e300)]), width: 50)
    var isFinite = true
    FrameWalker.walk(frame) { step in
      if case .item(_, let at) = step { isFinite = isFinite && at.x.isFinite && at.y.isFinite }
    }
    #expect(isFinite)
    #expect(trace(Bench().whole(chart(.bars, []))) == "")
  }

  // MARK: Pairs

  private func pair(_ value: Double?, _ beside: Double?, words: String? = nil, besideWords: String? = nil, rank: Int = 1) -> ChartNode.Mark
  {
    var mark = mark(value, words: words)
    (mark.beside, mark.besideLabel, mark.rank) = (beside, besideWords.map { text($0) }, rank)
    return mark
  }

  private func pairs(
    _ marks: [ChartNode.Mark], names: [String] = [], scale: [ChartNode.ScaleLine] = [], height: Double = 60, gapShare: Double = 1
  ) -> ChartNode {
    ChartNode(
      kind: .bars, marks: marks, isPaired: true, names: names.map { text($0) }, scale: scale,
      style: ChartNode.Style(
        color: Color(red: 170, green: 170, blue: 170), highlight: .black, beside: Shape.Stroke(width: .pt(1), color: .black),
        axis: Shape.Stroke(width: .pt(1), color: .black), gapShare: gapShare), height: .pt(height), description: "two years")
  }

  @Test(arguments: [
    (
      Direction.leftToRight,
      """
      rect 10.5,40.5 9x19 stroke 1 #000000
      rect 20,20 10x40 #AAAAAA
      rect 50.5,0.5 9x59 stroke 1 #000000
      rect 63.33,56 3.33x0.75 #000000
      rect 0,59.5 80x1 #000000
      """
    ),
    (
      .rightToLeft,
      """
      rect 60.5,40.5 9x19 stroke 1 #000000
      rect 50,20 10x40 #AAAAAA
      rect 20.5,0.5 9x59 stroke 1 #000000
      rect 13.33,56 3.33x0.75 #000000
      rect 0,59.5 80x1 #000000
      """
    ),
  ]) func secondValuesStandBeforeTheFirstAndAreOutlinedOnly(_ direction: Direction, _ expected: String) {
    #expect(trace(Bench(direction: direction).whole(pairs([pair(40, 20), pair(nil, 60)]), width: 80)) == expected)
  }

  @Test func seriesHaveTheirNamesOverABarEach() {
    let shown = trace(Bench().whole(pairs([pair(10, 20), pair(30, 36)], names: ["now", "old"], height: 50), width: 200))
    // The second values' name begins at their first bar, the values' ends with their last one; a line leads down to each.
    #expect(shown.contains("\"old\" 25,8\n") && shown.contains("\"now\" 145,8\n"), "\(shown)")
    #expect(shown.contains("rect 37.25,10 0.5x19 #000000") && shown.contains("rect 162.25,10 0.5x9 #000000"), "\(shown)")
    // Where they would touch, they stand one below the other.
    let narrow = trace(Bench().whole(pairs([pair(10, 20), pair(30, 36)], names: ["now", "old"], height: 50), width: 60))
    #expect(narrow.contains("\"old\" 7.5,8\n") && narrow.contains(",18\n"), "\(narrow)")
  }

  @Test func linesOfTheScaleStopAtWords() {
    let scale = [0.0, 10, 20].map { ChartNode.ScaleLine(value: $0, words: text("\(Int($0))")) }
    let shown = trace(Bench().whole(pairs([pair(8, nil, words: "8"), pair(24, nil)], scale: scale, height: 64), width: 104))
    let lines = shown.split(separator: "\n").filter { $0.contains("x0.35 #BEBEBE") }
    // Numbers take 20 pt and a gap of 4; the line at 10 stops before the words over the bar of 8 and goes on behind them, that at 20 does not.
    #expect(lines.count == 3 && lines.filter { $0.contains(" 80x0.35") }.count == 1, "\(shown)")
  }

  // MARK: Room

  /// Words that are shown, with the rectangles of their ink in the squares of the test's type.
  private func words(_ frame: Frame) -> [(text: String, rect: Rect)] {
    trace(frame).split(separator: "\n").compactMap { line in
      guard line.first == "\"", let end = line.dropFirst().firstIndex(of: "\"") else { return nil }
      let text = String(line[line.index(after: line.startIndex)..<end])
      let place = line[line.index(end, offsetBy: 2)...].split(separator: ",").compactMap { Double($0) }
      guard place.count == 2 else { return nil }
      return (text, Rect(x: .pt(place[0]), y: .pt(place[1] - 8 + 1.5), width: .pt(Double(text.count) * 10), height: .pt(7)))
    }
  }

  @Test(arguments: [(1, 60), (3, 90), (5, 100), (8, 200), (12, 160), (13, 300), (13, 420), (14, 500)])
  func valuesNeverTouchAndWhatIsLeftOutIsSaid(_ count: Int, _ width: Int) {
    for seed in 0..<12 {
      let marks = (0..<count).map { index -> ChartNode.Mark in
        let value = Double((index * 37 + seed * 61) % 100) - (seed % 3 == 0 ? 30 : 0)
        return pair(
          value, seed % 2 == 0 ? Double((index * 53 + seed * 17) % 90) : nil, words: "\(Int(value) % 7)", besideWords: "8",
          rank: index == 2 ? 0 : 4)
      }
      let bench = Bench()
      let shown = words(bench.whole(pairs(marks, height: 90, gapShare: 0.4), width: Double(width)))
      for (place, word) in shown.enumerated() {
        #expect(word.rect.minX.points >= -0.01 && word.rect.maxX.points <= Double(width) + 0.01 && word.rect.minY.points >= -0.01)
        for other in shown[..<place] { #expect(!word.rect.overlaps(other.rect), "\(count) \(width) \(seed): \(word) \(other)") }
      }
      let asked = marks.count + marks.filter { $0.besideLabel != nil }.count
      #expect((shown.count < asked) == bench.causes.contains(.labelsDropped), "\(count) \(width) \(seed)")
      if count > 2 { #expect(shown.contains { $0.text == "\(Int(marks[2].values[0]) % 7)" }) }
    }
  }

  @Test func labelsOfChosenMarksAndOfBothEndsComeFirst() {
    var marks = (0..<9).map { mark(Double($0 + 1), "m\($0)") }
    marks[4].valueLabel = text("5")
    let bench = Bench()
    let shown = words(bench.whole(chart(.bars, marks), width: 100)).map(\.text)
    #expect(shown == ["m0", "m4", "5", "m8"])
    #expect(bench.causes == [.labelsDropped])
  }

  @Test(arguments: [(30, 100.0, false), (60, 100.0, true)]) func barsThatAreHardlyLinesAreSaid(
    _ count: Int, _ width: Double, _ isSaid: Bool
  ) {
    let bench = Bench()
    _ = bench.whole(chart(.bars, (0..<count).map { _ in mark(1) }), width: width)
    #expect(bench.causes.contains(.chartCrowded) == isSaid)
  }

  @Test func partsHaveTheirNamesAtTheirHeight() {
    let node = ChartNode(
      kind: .stacked, marks: [ChartNode.Mark(values: [30, 30])], names: [text("a"), text("b")],
      style: ChartNode.Style(color: .black, highlight: .black), height: .pt(60), description: "parts")
    let shown = trace(Bench().whole(node, width: 60))
    #expect(shown.contains("\"a\" 50,48") && shown.contains("\"b\" 50,18"), "\(shown)")
  }

  @Test func chartMovesWhole() {
    #expect(trace(Bench().pages(column(Block("A", 50), chart(.bars, [mark(1)]))).map { $0 }.last ?? Frame(size: .zero)).contains("rect"))
  }
}
