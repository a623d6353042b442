import Geometry
import Layout
import Testing
internal import Vocabulary

@Suite struct RowTests {
  private func cell(_ name: String, _ height: Double, _ width: Dimension, valign: VerticalAlignment? = nil) -> RowNode.Child {
    RowNode.Child(Block(name, height), width: width, valign: valign)
  }

  @Test func tracksShareTheWidth() {
    let row = RowNode(
      [cell("A", 10, .fixed(.pt(20))), cell("B", 10, .fraction(1)), cell("C", 10, .fraction(2)), cell("D", 10, .share(0.1))], gap: .pt(5))
    #expect(
      trace(Bench().whole(row)) == """
        A 0,0 20x10
        B 25,0 18.33x10
        C 48.33,0 36.67x10
        D 90,0 10x10
        """)
  }

  @Test func tracksMirrorInRightToLeft() {
    let row = RowNode([cell("A", 10, .fixed(.pt(20))), cell("B", 10, .fraction(1))], gap: .pt(10))
    #expect(
      trace(Bench(direction: .rightToLeft).whole(row)) == """
        A 80,0 20x10
        B 0,0 70x10
        """)
  }

  @Test func autoTracksAreAsWideAsTheirContent() {
    let row = RowNode([
      RowNode.Child(paragraph("label")), RowNode.Child(Block("A", 10), width: .fraction(1)), RowNode.Child(Block("B", 10, width: 15)),
    ])
    #expect(
      trace(Bench().whole(row)) == """
        "label" 0,8
        A 50,0 35x10
        B 85,0 15x10
        """)
  }

  @Test func leastAndGreatestWidthsHold() {
    let row = RowNode([
      RowNode.Child(Block("A", 10), width: .fraction(1), minWidth: .pt(60)), RowNode.Child(Block("B", 10), width: .fraction(1)),
      RowNode.Child(Block("C", 10), width: .fraction(1), maxWidth: .pt(5)),
    ])
    #expect(
      trace(Bench().whole(row)) == """
        A 0,0 60x10
        B 60,0 35x10
        C 95,0 5x10
        """)
  }

  @Test func fractionWithAWordWiderThanThePageStaysInside() {
    let bench = Bench()
    let row = RowNode(
      [RowNode.Child(paragraph("unbreakable-word"), width: .fraction(1)), RowNode.Child(paragraph("ab"), width: .fraction(1))], gap: .pt(10)
    )
    #expect(
      trace(bench.whole(row, width: 70)) == """
        "unb" 0,8
        "rea" 0,18
        "kab" 0,28
        "le-" 0,38
        "wor" 0,48
        "d" 0,58
        "ab" 40,8
        """)
    #expect(bench.causes == [])
  }

  @Test func autoTracksGiveWayDownToTheirLongestWord() {
    let row = RowNode([RowNode.Child(paragraph("one two three")), RowNode.Child(paragraph("four"))])
    #expect(
      trace(Bench().whole(row, width: 100)) == """
        "one" 0,8
        "two" 0,18
        "three" 0,28
        "four" 60,8
        """)
  }

  @Test func fixedTracksWiderThanTheRegionAreReported() {
    let bench = Bench()
    _ = bench.whole(RowNode([cell("A", 10, .fixed(.pt(80))), cell("B", 10, .fixed(.pt(60)))], origin: Origin(element: 2)))
    #expect(bench.context.findings == [LayoutFinding(.tooWide, origin: Origin(element: 2), wanted: .pt(140), available: .pt(100))])
  }

  @Test func childrenStandAsTheirAlignmentSays() {
    let row = RowNode([
      cell("T", 10, .fixed(.pt(20))), cell("M", 10, .fixed(.pt(20)), valign: .middle), cell("B", 10, .fixed(.pt(20)), valign: .bottom),
      cell("X", 40, .fixed(.pt(20))),
    ])
    #expect(
      trace(Bench().whole(row)) == """
        T 0,0 20x10
        M 20,15 20x10
        B 40,30 20x10
        X 60,0 20x40
        """)
  }

  @Test func baselinesMeet() {
    let row = RowNode(
      [
        RowNode.Child(TextNode(content: text("a", style: style(10, line: 10))), width: .fixed(.pt(20))),
        RowNode.Child(TextNode(content: text("b", style: style(20, line: 30))), width: .fixed(.pt(40))),
      ], valign: .baseline)
    #expect(
      trace(Bench().whole(row)) == """
        "a" 0,21
        "b" 20,21
        """)
  }

  @Test func panelsStretchToTheRowsHeight() {
    let panel = BoxNode(Block("P", 10), style: BoxNode.Style(fill: .black, padding: Insets(all: .pt(2))))
    let row = RowNode([RowNode.Child(panel, width: .fixed(.pt(30))), cell("X", 40, .fraction(1))])
    #expect(
      trace(Bench().whole(row)) == """
        rect 0,0 30x40 #000000
        P 2,2 26x10
        X 30,0 70x40
        """)
  }

  @Test func verticalRuleReachesDownTheRow() {
    let row = RowNode([
      cell("A", 25, .fraction(1)), RowNode.Child(RuleNode(thickness: .pt(1), axis: .vertical)), cell("B", 10, .fraction(1)),
    ])
    #expect(
      trace(Bench().whole(row, width: 101)) == """
        A 0,0 50x25
        rect 50,0 1x25 #000000
        B 51,0 50x10
        """)
  }

  @Test func rowBreaksWhereItsChildrenBreak() {
    let row = RowNode([
      RowNode.Child(Slab("L", 4, each: 15), width: .fraction(1)), RowNode.Child(Slab("R", 3, each: 20), width: .fraction(1)),
    ])
    #expect(
      trace(Bench().pages(row, height: 40)) == """
        -- 1
        L1 0,0 50x15
        L2 0,15 50x15
        R1 50,0 50x20
        R2 50,20 50x20
        -- 2
        L3 0,0 50x15
        L4 0,15 50x15
        R3 50,0 50x20
        """)
  }

  @Test func rowWithAnUnbreakableChildMovesWhole() {
    let row = RowNode([RowNode.Child(Slab("L", 3, each: 15), width: .fraction(1)), cell("R", 45, .fraction(1))])
    #expect(
      trace(Bench().pages(column(Block("A", 20), row), height: 60)) == """
        -- 1
        A 0,0 100x20
        -- 2
        L1 0,0 50x15
        L2 0,15 50x15
        L3 0,30 50x15
        R 50,0 50x45
        """)
  }

  @Test func shortChildOfABrokenRowStaysAtItsTop() {
    let row = RowNode([RowNode.Child(lines(6), width: .fraction(1)), cell("X", 10, .fraction(1))])
    #expect(
      trace(Bench().pages(row, height: 40)) == """
        -- 1
        "a1" 0,8
        "a2" 0,18
        "a3" 0,28
        "a4" 0,38
        X 50,0 50x10
        -- 2
        "a5" 0,8
        "a6" 0,18
        """)
  }

  @Test func nestedRowsBreakTogether() {
    let inner = RowNode([
      RowNode.Child(Slab("P", 3, each: 20), width: .fraction(1)), RowNode.Child(Slab("Q", 2, each: 20), width: .fraction(1)),
    ])
    let row = RowNode([RowNode.Child(inner, width: .fraction(2)), RowNode.Child(Slab("R", 1, each: 20), width: .fraction(1))])
    #expect(
      trace(Bench().pages(row, width: 90, height: 40)) == """
        -- 1
        P1 0,0 30x20
        P2 0,20 30x20
        Q1 30,0 30x20
        Q2 30,20 30x20
        R1 60,0 30x20
        -- 2
        P3 0,0 30x20
        """)
  }

  @Test func panelsStretchThroughWhatIsRoundThem() {
    let panel = BoxNode(Block("P", 10), style: BoxNode.Style(fill: .black))
    let wrapped = TaggedNode(.group, SizedNode(KeepNode(panel), limits: SizeLimits(minHeight: .pt(12))))
    let row = RowNode([RowNode.Child(wrapped, width: .fraction(1)), cell("X", 40, .fraction(1))])
    #expect(
      trace(Bench().whole(row)) == """
        rect 0,0 50x40 #000000
        P 0,0 50x10
        X 50,0 50x40
        """)
  }

  @Test func blocksStandBelowOneAnotherWhereAWordWouldBeBroken() {
    func pair(_ first: String, _ second: String) -> WrappingNode {
      let blocks = [paragraph(first), paragraph(second)]
      return WrappingNode(
        RowNode(blocks.map { RowNode.Child($0, width: .fraction(1)) }, gap: .pt(20)), else: column(blocks[0], blocks[1], gap: 5))
    }
    #expect(
      trace(Bench().whole(pair("aaaa bb", "cc"))) == """
        "aaaa" 0,8
        "bb" 0,18
        "cc" 60,8
        """)
    #expect(
      trace(Bench().whole(pair("aaaaa bb", "cc"))) == """
        "aaaaa bb" 0,8
        "cc" 0,23
        """)
    // Neither asks for more than the wider of its blocks.
    #expect(pair("aaaaa bb", "cc").widths(in: Bench().context).minimum == .pt(50))
  }
}
