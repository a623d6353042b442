import Geometry
import Layout
import Testing
import Vocabulary

/// Slips that are torn off: where they stand beside the footer, and what stays clear of the perforation.
@Suite struct CouponTests {
  private static let clear = Perforation.clearance.points

  private func master(footer: (any Node)? = Block("F", 5), margin: Double = 10) -> PageMaster {
    PageMaster(size: Size(width: .pt(100), height: .pt(100)), margin: Insets(all: .pt(margin)), footer: footer)
  }

  private func slip(
    _ height: Double = 20, page: CouponPage = .first, aboveFooter: Bool = false, line: Double? = 1, crossesSheet: Bool = true,
    edge: Double? = nil, valign: VerticalAlignment = .top, gap: Double = 0, _ child: (any Node)? = nil
  ) -> CouponNode {
    var form = CouponNode.Form()
    form.isAboveFooter = aboveFooter
    form.perforation = Perforation(
      line.map { Shape.Stroke(width: .pt($0), color: .black, dashes: [.pt(3), .pt(3)]) }, crossesSheet: crossesSheet)
    (form.edge, form.valign, form.gap) = (edge.map { .pt($0) }, valign, .pt(gap))
    return CouponNode(child ?? Block("slip", height), page: page, form: form, origin: Origin(element: 8))
  }

  private func shown(_ coupon: CouponNode, footer: (any Node)? = Block("F", 5), body: any Node = Block("A", 10)) -> String {
    trace(Bench().pages(Document(masters: PageMasters(first: master(footer: footer)), body: body, coupons: [coupon])))
  }

  @Test func footerStandsAboveTheSlipUnlessItIsToStandBelow() {
    // 90 is where the margin begins; the line is 1 thick, and half of that counts to its clear zone: 9.004.
    #expect(
      shown(slip()) == """
        -- 1
        A 10,10 80x10
        path 0,61 2 segments
        slip 10,70 80x20
        F 10,46.99 80x5
        """)
    #expect(
      shown(slip(aboveFooter: true)) == """
        -- 1
        A 10,10 80x10
        F 10,85 80x5
        path 0,56 2 segments
        slip 10,65 80x20
        """)
  }

  @Test(arguments: [false, true]) func nothingStandsWithinThreeMillimetresOfTheLine(aboveFooter: Bool) {
    // A body that fills the page to its end, over several pages: the slip is on the first.
    let coupon = slip(aboveFooter: aboveFooter, edge: 50)
    let pages = Bench().pages(
      Document(masters: PageMasters(first: master(margin: 0)), body: Slab("S", 60, each: 1), coupons: [coupon]))
    #expect(pages.count == 2)
    let line = 50.0
    var found = 0
    FrameWalker.walk(pages[0]) { step in
      guard case .item(.link(let block), let at) = step else { return }
      found += 1
      #expect(at.y.points + block.size.height.points <= line - Self.clear || at.y.points >= line + Self.clear, "\(block.uri)")
    }
    // As many as have room.
    #expect(found == (aboveFooter ? 42 : 37))
    #expect(trace(pages).contains("path 0,50"))
  }

  @Test(arguments: [
    (VerticalAlignment.top, "slip 10,59 80x20"), (.middle, "slip 10,64.5 80x20"), (.bottom, "slip 10,70 80x20"),
  ]) func edgeIsMeasuredFromTheFootOfTheSheet(valign: VerticalAlignment, slip line: String) {
    let trace = shown(slip(edge: 50, valign: valign), footer: nil)
    #expect(trace.contains("path 0,50 2 segments"))
    #expect(trace.contains(line))
  }

  @Test func whatIsLeftOverGoesToSpacesThatTakeIt() {
    let content = ColumnNode(nodes: [Block("top", 5), SpaceNode(width: .zero, height: .zero, share: 1), Block("foot", 5)])
    let trace = shown(slip(edge: 50, content), footer: nil)
    #expect(trace.contains("top 10,59 80x5"))
    #expect(trace.contains("foot 10,85 80x5"))
  }

  @Test func lineIsAsLongAsTheBodyWhereAsked() {
    #expect(shown(slip(crossesSheet: false)).contains("path 10,61 2 segments"))
  }

  @Test func perforatedPaperHasItsClearZoneWithoutALine() {
    let trace = shown(slip(line: nil))
    #expect(!trace.contains("path"))
    #expect(trace.contains("F 10,47.99 80x5"))
  }

  @Test func greaterGapThanTheClearZoneHolds() {
    #expect(shown(slip(gap: 12)).contains("F 10,44 80x5"))
  }

  @Test func contentHigherThanItsEdgeAllowsEndsInAFinding() {
    let bench = Bench()
    let coupon = slip(40, edge: 50)
    let pages = bench.pages(Document(masters: PageMasters(first: master(footer: nil)), body: Block("A", 5), coupons: [coupon]))
    #expect(pages.count == 1)
    #expect(bench.context.findings.map(\.cause) == [.tooHigh])
    #expect(bench.context.findings.first?.origin.element == 8)
    #expect(bench.context.findings.first?.wanted == .pt(40))
  }

  @Test(arguments: [CouponPage.first, .last]) func bodyOfManyPagesFlowsAboveTheSlip(page: CouponPage) {
    let pages = Bench().pages(
      Document(
        masters: PageMasters(first: master(footer: nil, margin: 0)), body: Slab("S", 20, each: 20), coupons: [slip(page: page, edge: 50)]))
    let shown = pages.map { trace($0) }
    let number = page == .first ? 0 : pages.count - 1
    #expect(pages.count == (page == .first ? 5 : 6))
    for (index, text) in shown.enumerated() { #expect(text.contains("slip") == (index == number)) }
    #expect(shown[number].contains("path 0,50"))
    let pieces = shown.joined(separator: "\n").split(separator: "\n").filter { $0.hasPrefix("S") }
    #expect(pieces.count == 20)
  }
}
