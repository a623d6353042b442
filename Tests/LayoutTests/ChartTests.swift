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

  @Test func chartMovesWhole() {
    #expect(trace(Bench().pages(column(Block("A", 50), chart(.bars, [mark(1)]))).map { $0 }.last ?? Frame(size: .zero)).contains("rect"))
  }
}
