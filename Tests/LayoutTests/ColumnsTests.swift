import Geometry
import Layout
import Testing
internal import Vocabulary

@Suite struct ColumnsTests {
  @Test func lastPageIsBalanced() {
    let body = column(Block("A", 60), ColumnsNode(Slab("S", 12, each: 10), count: 2, gap: .pt(10)))
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x60
        S1 0,60 45x10
        S2 0,70 45x10
        S3 0,80 45x10
        S4 0,90 45x10
        S5 55,60 45x10
        S6 55,70 45x10
        S7 55,80 45x10
        S8 55,90 45x10
        -- 2
        S9 0,0 45x10
        S10 0,10 45x10
        S11 55,0 45x10
        S12 55,10 45x10
        """)
  }

  @Test func columnsStartInMidPageAndBalanceThere() {
    let body = column(Block("A", 20), ColumnsNode(lines(6), count: 3, gap: .pt(5)), Block("B", 20))
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x20
        "a1" 0,28
        "a2" 0,38
        "a3" 35,28
        "a4" 35,38
        "a5" 70,28
        "a6" 70,38
        B 0,40 100x20
        """)
  }

  @Test func unbalancedColumnsFillOneAfterTheOther() {
    let body = ColumnsNode(Slab("S", 5, each: 30), count: 2, gap: .pt(10), isBalanced: false)
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        S1 0,0 45x30
        S2 0,30 45x30
        S3 0,60 45x30
        S4 55,0 45x30
        S5 55,30 45x30
        """)
  }

  @Test func headingIsNotLeftAtAColumnsFoot() {
    let flow = ColumnNode([
      ColumnNode.Child(Slab("S", 3, each: 10)), ColumnNode.Child(Block("H", 10), keep: KeepRules(next: 1)),
      ColumnNode.Child(Slab("T", 3, each: 10)),
    ])
    #expect(
      trace(Bench().pages(ColumnsNode(flow, count: 2, gap: .pt(10)), height: 40)) == """
        -- 1
        S1 0,0 45x10
        S2 0,10 45x10
        S3 0,20 45x10
        H 55,0 45x10
        T1 55,10 45x10
        T2 55,20 45x10
        T3 55,30 45x10
        """)
  }

  @Test func unbreakableBlocksBalanceAsWellAsTheyCan() {
    let flow = column(Block("A", 30), Block("B", 30), Block("C", 50))
    #expect(
      trace(Bench().pages(ColumnsNode(flow, count: 2, gap: .pt(10)))) == """
        -- 1
        A 0,0 45x30
        B 0,30 45x30
        C 55,0 45x50
        """)
  }

  @Test func columnsRunFromTheRightInRightToLeft() {
    let body = ColumnsNode(Slab("S", 2, each: 10), count: 2, gap: .pt(10))
    #expect(
      trace(Bench(direction: .rightToLeft).pages(body)) == """
        -- 1
        S1 55,0 45x10
        S2 0,0 45x10
        """)
  }

  @Test func gapsWiderThanTheRegionAreReported() {
    let bench = Bench()
    _ = bench.pages(ColumnsNode(Slab("S", 2, each: 10), count: 3, gap: .pt(60), origin: Origin(element: 1)))
    #expect(bench.causes == [.tooWide])
  }

  @Test func columnsBeginOnOneLineInMidPage() {
    let flow = ColumnNode((1...4).map { ColumnNode.Child(Block("S\($0)", 10), spaceBefore: .pt(5)) })
    #expect(
      trace(Bench().pages(column(Block("A", 20), ColumnsNode(flow, count: 2, gap: .pt(10))))) == """
        -- 1
        A 0,0 100x20
        S1 0,20 45x10
        S2 0,35 45x10
        S3 55,20 45x10
        S4 55,35 45x10
        """)
  }

  @Test func contentHigherThanTheRegionIsReportedFromInsideColumns() {
    let bench = Bench()
    _ = bench.pages(ColumnsNode(Block("X", 130, origin: Origin(element: 2)), count: 2, gap: .pt(10)))
    #expect(
      bench.context.findings == [
        LayoutFinding(.tooHigh, origin: Origin(element: 2), page: 1, wanted: .pt(130), available: .pt(100))
      ])
  }
}
