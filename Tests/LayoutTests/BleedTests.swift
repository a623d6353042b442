import Geometry
import Layout
import Testing
import Vocabulary

/// What is drawn on beyond the edge of the sheet.
@Suite struct BleedTests {
  private func pages(_ bleed: Double, places: [PlaceNode], bench: Bench = Bench()) -> [Frame] {
    var document = Document(masters: PageMasters(first: master(places: places)), body: Block("A", 5))
    document.bleed = .pt(bleed)
    return bench.pages(document)
  }

  private func panel(
    x: Double, y: Double, width: Double, height: Double,
    style: BoxNode.Style = {
      var style = BoxNode.Style()
      style.fill = .black
      return style
    }()
  ) -> PlaceNode {
    PlaceNode(
      SizedNode(BoxNode(ColumnNode([]), style: style), limits: SizeLimits(height: .fixed(.pt(height)))),
      at: PlaceNode.Position(left: .fixed(.pt(x)), top: .fixed(.pt(y)), width: .fixed(.pt(width))))
  }

  struct Fill: Sendable {
    var x: Double, y: Double, width: Double, height: Double
    var drawn: String
  }

  @Test(arguments: [
    Fill(x: 0, y: 0, width: 100, height: 20, drawn: "rect -3,-3 106x23 #000000"),
    Fill(x: 0, y: 80, width: 10, height: 20, drawn: "rect -3,80 13x23 #000000"),
    Fill(x: 95, y: 10, width: 5, height: 20, drawn: "rect 95,10 8x20 #000000"),
    // Inside it stays as it is, and so does what reaches into the bleed by itself.
    Fill(x: 1, y: 1, width: 98, height: 98, drawn: "rect 1,1 98x98 #000000"),
    Fill(x: -3, y: -3, width: 106, height: 20, drawn: "rect -3,-3 106x20 #000000"),
    // What reaches into it in part is drawn on to its end.
    Fill(x: -1, y: 30, width: 20, height: 20, drawn: "rect -3,30 22x20 #000000"),
  ]) func fillsThatReachAnEdgeAreDrawnOn(fill: Fill) {
    let bench = Bench()
    let found = trace(pages(3, places: [panel(x: fill.x, y: fill.y, width: fill.width, height: fill.height)], bench: bench)[0])
    #expect(found.split(separator: "\n").first.map(String.init) == fill.drawn)
    #expect(bench.causes.isEmpty)
  }

  @Test func withoutABleedNothingChanges() {
    #expect(trace(pages(0, places: [panel(x: 0, y: 0, width: 100, height: 20)])[0]).hasPrefix("rect 0,0 100x20 #000000"))
  }

  @Test func bordersAndRoundedCornersAreNotDrawnOn() {
    var style = BoxNode.Style()
    (style.fill, style.radius) = (.black, .pt(4))
    #expect(trace(pages(3, places: [panel(x: 0, y: 0, width: 100, height: 20, style: style)])[0]).hasPrefix("rect 0,0 100x20"))
  }

  @Test func placesBeyondTheBleedEndInAFinding() {
    let bench = Bench()
    _ = pages(3, places: [panel(x: 0, y: 90, width: 50, height: 14)], bench: bench)
    #expect(bench.causes == [.tooHigh])
  }

  @Test func perforationsCrossTheBleedToo() {
    var form = CouponNode.Form()
    form.perforation = Perforation(Shape.Stroke(width: .pt(1), color: .black))
    var document = Document(
      masters: PageMasters(first: master()), body: Block("A", 5), coupons: [CouponNode(Block("slip", 20), form: form)])
    document.bleed = .pt(3)
    #expect(trace(Bench().pages(document)[0]).contains("path -3,71 2 segments"))
  }
}
