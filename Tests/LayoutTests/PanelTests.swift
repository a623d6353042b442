import Geometry
import Layout
import Testing
internal import Vocabulary

@Suite struct PanelTests {
  private let grey = Color(red: 0xEE, green: 0xEE, blue: 0xEE)

  @Test func panelSurroundsItsContent() {
    let panel = BoxNode(
      Block("A", 20),
      style: BoxNode.Style(
        fill: grey, border: BoxNode.Border(width: .pt(1), color: .black), radius: .pt(3),
        padding: Insets(top: .pt(1), right: .pt(2), bottom: .pt(3), left: .pt(4))))
    #expect(
      trace(Bench().whole(panel)) == """
        rect 0,0 100x24 #EEEEEE radius 3
        rect 0.5,0.5 99x23 stroke 1 #000000 radius 2.5
        A 4,1 94x20
        """)
  }

  @Test func barStandsAtTheStartInBothDirections() {
    let panel = BoxNode(
      Block("A", 20),
      style: BoxNode.Style(fill: grey, bars: [BoxNode.Bar(thickness: .pt(4), color: .black, side: .start)], padding: Insets(all: .pt(2))))
    #expect(
      trace(Bench().whole(panel)) == """
        rect 0,0 100x24 #EEEEEE
        rect 0,0 4x24 #000000
        A 6,2 92x20
        """)
    #expect(
      trace(Bench(direction: .rightToLeft).whole(panel)) == """
        rect 0,0 100x24 #EEEEEE
        rect 96,0 4x24 #000000
        A 2,2 92x20
        """)
  }

  @Test func physicalAndLevelBarsStandWhereTheySay() {
    func bar(_ side: Edge) -> BoxNode.Bar { BoxNode.Bar(thickness: .pt(3), color: .black, side: side) }
    let panel = BoxNode(Block("A", 10), style: BoxNode.Style(bars: [bar(.top), bar(.right), bar(.bottom)]))
    #expect(
      trace(Bench().whole(panel)) == """
        rect 0,0 100x3 #000000
        rect 97,0 3x16 #000000
        rect 0,13 100x3 #000000
        A 0,3 97x10
        """)
  }

  /// Upright lines stand between level ones; a line of no width is none; corners are square.
  @Test func edgesThatDifferAreDrawnOneByOne() {
    let red = Color(red: 255, green: 0, blue: 0)
    let sides = BoxNode.Sides(
      top: BoxNode.Border(width: .pt(2), color: red), right: BoxNode.Border(width: .pt(1), color: .black),
      bottom: BoxNode.Border(width: .zero, color: red))
    let panel = BoxNode(
      Block("A", 20),
      style: BoxNode.Style(
        fill: grey, border: BoxNode.Border(width: .pt(9), color: .black), sides: sides, radius: .pt(4), padding: Insets(all: .pt(3))))
    #expect(
      trace(Bench().whole(panel)) == """
        rect 0,0 100x26 #EEEEEE
        rect 0,0 100x2 #FF0000
        rect 99,2 1x24 #000000
        A 3,3 94x20
        """)
  }

  @Test func edgesReachAsFarAsAStretchedPanel() {
    let sides = BoxNode.Sides(bottom: BoxNode.Border(width: .pt(1), color: .black), left: BoxNode.Border(width: .pt(2), color: .black))
    let row = RowNode([
      RowNode.Child(BoxNode(Block("A", 10), style: BoxNode.Style(sides: sides)), width: .fixed(.pt(40))),
      RowNode.Child(Block("B", 30), width: .fixed(.pt(40))),
    ])
    #expect(
      trace(Bench().whole(row)) == """
        rect 0,29 40x1 #000000
        rect 0,0 2x29 #000000
        A 0,0 40x10
        B 40,0 40x30
        """)
  }

  @Test func brokenPanelIsAPanelOnEachPage() {
    let panel = BoxNode(Slab("S", 4, each: 20), style: BoxNode.Style(fill: grey, padding: Insets(all: .pt(5))))
    #expect(
      trace(Bench().pages(column(Block("A", 40), panel))) == """
        -- 1
        A 0,0 100x40
        rect 0,40 100x50 #EEEEEE
        S1 5,45 90x20
        S2 5,65 90x20
        -- 2
        rect 0,0 100x50 #EEEEEE
        S3 5,5 90x20
        S4 5,25 90x20
        """)
  }

  @Test func panelMovesWhenOnlyItsPaddingHasRoom() {
    let panel = BoxNode(Block("B", 20), style: BoxNode.Style(fill: grey, padding: Insets(all: .pt(5))))
    #expect(
      trace(Bench().pages(column(Block("A", 75), panel))) == """
        -- 1
        A 0,0 100x75
        -- 2
        rect 0,0 100x30 #EEEEEE
        B 5,5 90x20
        """)
  }

  @Test func statedHeightStretchesThePanelAndPlacesItsContent() {
    let panel = BoxNode(Block("A", 10), style: BoxNode.Style(fill: grey), valign: .middle)
    #expect(
      trace(Bench().whole(SizedNode(panel, limits: SizeLimits(height: .fixed(.pt(40)))))) == """
        rect 0,0 100x40 #EEEEEE
        A 0,15 100x10
        """)
  }

  @Test func narrowerBlockStandsAsAligned() {
    func sized(_ align: HorizontalAlignment) -> SizedNode {
      SizedNode(Block("A", 10), limits: SizeLimits(width: .fixed(.pt(30))), align: align)
    }
    #expect(
      trace(Bench().whole(column(sized(.start), sized(.center), sized(.end)))) == """
        A 0,0 30x10
        A 35,10 30x10
        A 70,20 30x10
        """)
    #expect(
      trace(Bench(direction: .rightToLeft).whole(column(sized(.start), sized(.end)))) == """
        A 70,0 30x10
        A 0,10 30x10
        """)
  }

  @Test func leastHeightHoldsAndGreatestHeightIsAMatterOfFit() {
    let bench = Bench()
    let frame = bench.whole(
      column(
        SizedNode(Block("A", 10), limits: SizeLimits(minHeight: .pt(25)), valign: .bottom),
        SizedNode(Block("B", 30), limits: SizeLimits(maxHeight: .pt(20)), origin: Origin(element: 5)), Block("C", 5)))
    #expect(
      trace(frame) == """
        A 0,15 100x10
        B 0,25 100x30
        C 0,55 100x5
        """)
    #expect(bench.context.findings == [LayoutFinding(.doesNotFit, origin: Origin(element: 5), wanted: .pt(30), available: .pt(20))])
  }

  @Test func blockWiderThanItsRoomIsReported() {
    let bench = Bench()
    _ = bench.whole(SizedNode(Block("A", 10), limits: SizeLimits(width: .fixed(.pt(130))), origin: Origin(element: 6)))
    #expect(bench.causes == [.tooWide])
  }

  @Test func rulesAreThinRectangles() {
    let body = column(
      Block("A", 10), RuleNode(thickness: .pt(0.5)), Block("B", 10), RuleNode(thickness: .pt(1), dashes: [.pt(2), .pt(1)], length: .pt(40)))
    #expect(
      trace(Bench().whole(body)) == """
        A 0,0 100x10
        rect 0,10 100x0.5 #000000
        B 0,10.5 100x10
        path 0,20.5 2 segments
        """)
  }
}
