import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct PageTests {
  private func shown(_ masters: PageMasters, _ body: any Node, coupons: [CouponNode] = []) -> String {
    trace(Bench().pages(Document(masters: masters, body: body, coupons: coupons)))
  }

  @Test func headerBodyAndFooterShareThePage() {
    let master = PageMaster(
      size: Size(width: .pt(100), height: .pt(100)), margin: Insets(top: .pt(5), right: .pt(6), bottom: .pt(7), left: .pt(8)),
      header: Block("H", 10), footer: Block("F", 12))
    #expect(
      shown(PageMasters(first: master), column(Slab("S", 4, each: 20))) == """
        -- 1
        H 8,5 86x10
        S1 8,15 86x20
        S2 8,35 86x20
        S3 8,55 86x20
        F 8,81 86x12
        -- 2
        H 8,5 86x10
        S4 8,15 86x20
        F 8,81 86x12
        """)
  }

  @Test func mastersFollowThePage() {
    func named(_ name: String) -> PageMaster { master(header: Block(name, 10)) }
    let masters = PageMasters(first: named("first"), next: named("next"), last: named("last"), left: named("left"), right: named("right"))
    #expect(
      shown(masters, Slab("S", 9, each: 45)) == """
        -- 1
        first 0,0 100x10
        S1 0,10 100x45
        S2 0,55 100x45
        -- 2
        left 0,0 100x10
        S3 0,10 100x45
        S4 0,55 100x45
        -- 3
        right 0,0 100x10
        S5 0,10 100x45
        S6 0,55 100x45
        -- 4
        left 0,0 100x10
        S7 0,10 100x45
        S8 0,55 100x45
        -- 5
        last 0,0 100x10
        S9 0,10 100x45
        """)
  }

  @Test func lastMasterWithAHigherFooterMovesContentOn() {
    let masters = PageMasters(first: master(), next: master(footer: Block("f", 10)), last: master(footer: Block("L", 40)))
    #expect(
      shown(masters, Slab("S", 8, each: 20)) == """
        -- 1
        S1 0,0 100x20
        S2 0,20 100x20
        S3 0,40 100x20
        S4 0,60 100x20
        S5 0,80 100x20
        -- 2
        S6 0,0 100x20
        S7 0,20 100x20
        S8 0,40 100x20
        L 0,60 100x40
        """)
  }

  @Test func lastMasterIsLeftAsideWhereItsFooterLeavesNoRoom() {
    let masters = PageMasters(first: master(), last: master(footer: Block("L", 60)))
    #expect(
      shown(masters, column(Block("A", 90), Block("B", 90))) == """
        -- 1
        A 0,0 100x90
        -- 2
        B 0,0 100x90
        """)
  }

  @Test func firstPageThatIsTheLastUsesTheFirstMaster() {
    let masters = PageMasters(first: master(header: Block("first", 10)), last: master(header: Block("last", 10)))
    #expect(
      shown(masters, Block("A", 10)) == """
        -- 1
        first 0,0 100x10
        A 0,10 100x10
        """)
  }

  @Test func couponStandsAtTheFootOfTheLastPage() {
    #expect(
      shown(
        PageMasters(first: master(footer: Block("F", 5))), Slab("S", 8, each: 20), coupons: [CouponNode(Block("slip", 30), gap: .pt(2))])
          == """
          -- 1
          S1 0,0 100x20
          S2 0,20 100x20
          S3 0,40 100x20
          S4 0,60 100x20
          F 0,95 100x5
          -- 2
          S5 0,0 100x20
          S6 0,20 100x20
          S7 0,40 100x20
          F 0,95 100x5
          -- 3
          S8 0,0 100x20
          slip 0,70 100x30
          F 0,63 100x5
          """)
  }

  @Test func couponThatNoLongerFitsTakesContentWithIt() {
    #expect(
      shown(PageMasters(first: master()), Slab("S", 5, each: 20), coupons: [CouponNode(Block("slip", 30))]) == """
        -- 1
        S1 0,0 100x20
        S2 0,20 100x20
        S3 0,40 100x20
        -- 2
        S4 0,0 100x20
        S5 0,20 100x20
        slip 0,70 100x30
        """)
  }

  @Test func couponGetsAPageOfItsOwnWhereNothingFitsBesideIt() {
    #expect(
      shown(PageMasters(first: master()), Block("A", 90), coupons: [CouponNode(Block("slip", 50))]) == """
        -- 1
        A 0,0 100x90
        -- 2
        slip 0,50 100x50
        """)
  }

  @Test func couponOfTheFirstPageTakesItsRoomThere() {
    #expect(
      shown(PageMasters(first: master()), Slab("S", 6, each: 20), coupons: [CouponNode(Block("slip", 50), page: .first)]) == """
        -- 1
        S1 0,0 100x20
        S2 0,20 100x20
        slip 0,50 100x50
        -- 2
        S3 0,0 100x20
        S4 0,20 100x20
        S5 0,40 100x20
        S6 0,60 100x20
        """)
  }

  @Test func couponHigherThanAPageEndsInAFinding() {
    let bench = Bench()
    let pages = bench.pages(Slab("S", 3, each: 20), coupons: [CouponNode(Block("slip", 120), origin: Origin(element: 8))])
    #expect(pages.count < 4)
    #expect(bench.context.findings.contains { $0.cause == .tooHigh && $0.origin.element == 8 })
  }

  @Test func headerAndFooterThatFillThePageEndInAFinding() {
    let bench = Bench()
    let pages = bench.pages(Slab("S", 12, each: 20), header: Block("H", 60), footer: Block("F", 60))
    #expect(pages.count == 3)
    #expect(Set(bench.causes) == [.tooHigh])
  }

  @Test func placesStandWhereTheySayOnThePage() {
    let window = PlaceNode(
      Block("window", 10, width: 20), at: PlaceNode.Position(left: .fixed(.pt(30)), top: .fixed(.pt(40)), width: .fixed(.pt(20))))
    let corner = PlaceNode(
      Block("corner", 10),
      at: PlaceNode.Position(right: .share(0.1), bottom: .fixed(.pt(5)), width: .fixed(.pt(25)), height: .fixed(.pt(20))),
      valign: .bottom)
    let inner = BoxNode(column(Block("B", 10), corner), style: BoxNode.Style(padding: Insets(all: .pt(5))))
    #expect(
      shown(
        PageMasters(first: master(places: [window]), next: master()),
        column(Block("A", 90), RowNode([RowNode.Child(inner, width: .fraction(1))]))) == """
          -- 1
          window 30,40 20x10
          A 0,0 100x90
          -- 2
          B 5,5 90x10
          corner 65,85 25x10
          """)
  }

  @Test func placeIsNotMirrored() {
    let place = PlaceNode(Block("P", 10), at: PlaceNode.Position(left: .fixed(.pt(5)), top: .fixed(.pt(6)), width: .fixed(.pt(20))))
    let bench = Bench(direction: .rightToLeft)
    #expect(
      trace(bench.pages(Document(masters: PageMasters(first: master()), body: column(Block("A", 10), place)))) == """
        -- 1
        A 0,0 100x10
        P 5,6 20x10
        """)
  }

  @Test func placeOffThePageIsReported() {
    let bench = Bench()
    let place = PlaceNode(Block("P", 50), at: PlaceNode.Position(left: .fixed(.pt(90)), top: .fixed(.pt(60)), width: .fixed(.pt(20))))
    _ = bench.pages(Document(masters: PageMasters(first: master(places: [place])), body: EmptyNode()))
    #expect(Set(bench.causes) == [.tooHigh, .tooWide])
  }

  @Test func pageLimitEndsARunaway() {
    let bench = Bench()
    let pages = bench.pages(Slab("S", 30, each: 90), limit: 7)
    #expect(pages.count == 7)
    #expect(bench.context.findings.map(\.cause) == [.tooManyPages])
    #expect(bench.context.findings.first?.available == Length(7))
  }

  @Test func blockWaitsForAHigherPage() {
    let masters = PageMasters(first: master(100, 40), next: master())
    #expect(
      shown(masters, column(Block("A", 60), Block("B", 10))) == """
        -- 1
        blank
        -- 2
        A 0,0 100x60
        B 0,60 100x10
        """)
  }

  @Test func blockTooHighForEveryPageStaysOnTheFirst() {
    let bench = Bench()
    let masters = PageMasters(first: master(100, 40), next: master())
    #expect(
      trace(bench.pages(Document(masters: masters, body: Block("A", 160)))) == """
        -- 1
        A 0,0 100x160
        """)
    #expect(bench.causes == [.tooHigh])
  }

  @Test func pageThatWouldOnlyHoldWhiteSpaceIsTheLastOneLess() {
    let masters = PageMasters(
      first: master(header: Block("first", 10)), next: master(header: Block("next", 10)), last: master(header: Block("last", 10)))
    #expect(
      shown(masters, column(Block("A", 90), Block("B", 90), PageBreakNode(), SpaceNode(height: .pt(30)))) == """
        -- 1
        first 0,0 100x10
        A 0,10 100x90
        -- 2
        last 0,0 100x10
        B 0,10 100x90
        """)
  }

  @Test func longBillIsDeliveredTwiceAlike() throws {
    let body = column(Block("A", 30), table(200, header: 10, brought: true, carried: true, footer: true), Slab("S", 9, each: 30))
    let document = Document(
      masters: PageMasters(
        first: master(
          footer: TextNode(content: TextContent(spans: [.late(.page, plain), .text("/", plain), .late(.pages, plain)], style: plain)))),
      body: body)
    func pages(keeping: Int) throws -> [String] {
      let pagination = Paginator(document, context: Bench().context).paginate(keeping: keeping)
      #expect((pagination.frames == nil) == (keeping < 10))
      var result: [String] = []
      try pagination.forEachPage { number, frame in
        #expect(number == result.count + 1)
        result.append(trace(frame))
      }
      #expect(result.count == pagination.count)
      return result
    }
    let kept = try pages(keeping: 200)
    #expect(kept.count > 20)
    #expect(try pages(keeping: 3) == kept)
  }

  @Test func errorOfTheReceiverEndsTheRun() {
    struct Full: Error {}
    let document = Document(masters: PageMasters(first: master()), body: Slab("S", 30, each: 90))
    for keeping in [0, 200] {
      var seen = 0
      #expect(throws: Full.self) {
        try Paginator(document, context: Bench().context).paginate(keeping: keeping).forEachPage { _, _ in
          seen += 1
          if seen == 4 { throw Full() }
        }
      }
      #expect(seen == 4)
    }
  }
}
