import Geometry
import Layout
import Testing
internal import Vocabulary

@Suite struct ColumnTests {
  @Test func blocksStandUnderOneAnotherWithGaps() {
    let pages = Bench().pages(column(Block("A", 20), Block("B", 30), gap: 5))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x20
        B 0,25 100x30
        """)
  }

  @Test func blockThatDoesNotFitOpensTheNextPage() {
    let pages = Bench().pages(column(Block("A", 60), Block("B", 60), Block("C", 40)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x60
        -- 2
        B 0,0 100x60
        C 0,60 100x40
        """)
  }

  @Test func exactlyFullPageHasNoBlankPageAfterIt() {
    let pages = Bench().pages(column(Block("A", 50), Block("B", 50)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x50
        B 0,50 100x50
        """)
  }

  @Test func breakableBlockFillsThePageToItsFoot() {
    let pages = Bench().pages(column(Block("A", 55), Slab("S", 8, each: 20)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x55
        S1 0,55 100x20
        S2 0,75 100x20
        -- 2
        S3 0,0 100x20
        S4 0,20 100x20
        S5 0,40 100x20
        S6 0,60 100x20
        S7 0,80 100x20
        -- 3
        S8 0,0 100x20
        """)
  }

  @Test func spacesCollapseBetweenBlocksAndVanishAtPageTops() {
    let body = ColumnNode(
      [
        ColumnNode.Child(Block("A", 40), spaceBefore: .pt(9), spaceAfter: .pt(10)),
        ColumnNode.Child(Block("B", 40), spaceBefore: .pt(4), spaceAfter: .pt(10)),
        ColumnNode.Child(Block("C", 40), spaceBefore: .pt(12)),
      ], gap: .pt(1))
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x40
        B 0,51 100x40
        -- 2
        C 0,0 100x40
        """)
  }

  @Test func spaceNodesVanishAfterABreak() {
    let pages = Bench().pages(column(Block("A", 95), SpaceNode(height: .pt(20)), Block("B", 10), SpaceNode(height: .pt(5)), Block("C", 10)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x95
        -- 2
        B 0,0 100x10
        C 0,15 100x10
        """)
  }

  @Test func headingMovesWithTheBlockItIsKeptWith() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 70)), ColumnNode.Child(Block("H", 10), keep: KeepRules(next: 1)), ColumnNode.Child(Block("B", 30)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x70
        -- 2
        H 0,0 100x10
        B 0,10 100x30
        """)
  }

  @Test func headingStaysWhenTheNextBlockCanBegin() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 70)), ColumnNode.Child(Block("H", 10), keep: KeepRules(next: 1)),
      ColumnNode.Child(Slab("S", 3, each: 10)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x70
        H 0,70 100x10
        S1 0,80 100x10
        S2 0,90 100x10
        -- 2
        S3 0,0 100x10
        """)
  }

  @Test func keepNextTwoHoldsThreeBlocksTogether() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 70)), ColumnNode.Child(Block("H", 10), keep: KeepRules(next: 2)), ColumnNode.Child(Block("B", 10)),
      ColumnNode.Child(Block("C", 20)), ColumnNode.Child(Block("D", 10)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x70
        -- 2
        H 0,0 100x10
        B 0,10 100x10
        C 0,20 100x20
        D 0,40 100x10
        """)
  }

  @Test func keepPreviousDrawsTheBlockAboveAlong() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 60)), ColumnNode.Child(Block("B", 30)), ColumnNode.Child(Block("T", 20), keep: KeepRules(previous: true)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x60
        -- 2
        B 0,0 100x30
        T 0,30 100x20
        """)
  }

  @Test func chainHigherThanAPageIsPartedWhereItOverflows() {
    let bench = Bench()
    let body = ColumnNode((1...5).map { ColumnNode.Child(Block("K\($0)", 40), keep: KeepRules(next: 1)) })
    #expect(
      trace(bench.pages(body)) == """
        -- 1
        K1 0,0 100x40
        K2 0,40 100x40
        -- 2
        K3 0,0 100x40
        K4 0,40 100x40
        -- 3
        K5 0,0 100x40
        """)
    #expect(bench.causes == [])
  }

  @Test func chainReachesOverBlocksWithoutHeight() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 85)), ColumnNode.Child(Block("H", 10), keep: KeepRules(next: 1)), ColumnNode.Child(EmptyNode()),
      ColumnNode.Child(SpaceNode(height: .pt(2))), ColumnNode.Child(Block("B", 30)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x85
        -- 2
        H 0,0 100x10
        B 0,12 100x30
        """)
  }

  @Test func keptBlockStaysWhole() {
    let body = ColumnNode([
      ColumnNode.Child(Block("A", 30)), ColumnNode.Child(Slab("S", 4, each: 20), keep: KeepRules(together: true)),
      ColumnNode.Child(Block("B", 10)),
    ])
    #expect(
      trace(Bench().pages(body)) == """
        -- 1
        A 0,0 100x30
        -- 2
        S1 0,0 100x20
        S2 0,20 100x20
        S3 0,40 100x20
        S4 0,60 100x20
        B 0,80 100x10
        """)
  }

  @Test func keptBlockHigherThanAPageBreaksAndSaysSo() {
    let bench = Bench()
    let pages = bench.pages(KeepNode(Slab("S", 6, each: 20), origin: Origin(element: 7)))
    #expect(pages.count == 2)
    #expect(
      bench.context.findings == [
        LayoutFinding(.keepBroken, origin: Origin(element: 7), page: 1, wanted: .pt(120), available: .pt(100))
      ])
  }

  @Test func absolutelyKeptBlockOverflowsAndRejects() {
    let bench = Bench()
    let body = column(Block("A", 10), KeepNode(Slab("S", 6, each: 20), force: .absolute, origin: Origin(element: 7)), Block("B", 10))
    #expect(
      trace(bench.pages(body)) == """
        -- 1
        A 0,0 100x10
        -- 2
        S1 0,0 100x20
        S2 0,20 100x20
        S3 0,40 100x20
        S4 0,60 100x20
        S5 0,80 100x20
        S6 0,100 100x20
        -- 3
        B 0,0 100x10
        """)
    #expect(
      bench.context.findings == [
        LayoutFinding(.tooHigh, origin: Origin(element: 7), page: 2, wanted: .pt(120), available: .pt(100))
      ])
  }

  @Test func unbreakableBlockHigherThanAPageIsReportedAndTheRunGoesOn() {
    let bench = Bench()
    let pages = bench.pages(column(Block("A", 10), Block("X", 130, origin: Origin(element: 3)), Block("B", 10)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x10
        -- 2
        X 0,0 100x130
        -- 3
        B 0,0 100x10
        """)
    #expect(
      bench.context.findings == [
        LayoutFinding(.tooHigh, origin: Origin(element: 3), page: 2, wanted: .pt(130), available: .pt(100))
      ])
  }

  @Test func pageBreakOpensAPageAndNeverABlankOne() {
    let pages = Bench().pages(
      column(PageBreakNode(), Block("A", 10), PageBreakNode(), PageBreakNode(), Block("B", 10), SpaceNode(height: .pt(5)), PageBreakNode()))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x10
        -- 2
        B 0,0 100x10
        """)
  }

  @Test func breakToARightHandPageLeavesTheLeftBlank() {
    let pages = Bench().pages(column(Block("A", 10), PageBreakNode(to: .right), Block("B", 10)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x10
        -- 2
        blank
        -- 3
        B 0,0 100x10
        """)
  }

  @Test func emptyBodyIsOnePage() {
    #expect(Bench().pages(column()).count == 1)
    #expect(Bench().pages(EmptyNode()).count == 1)
  }

  @Test func nestedColumnDefersAsAWholeWhenItsChainFindsNoRoom() {
    let inner = ColumnNode([ColumnNode.Child(Block("H", 20), keep: KeepRules(next: 1)), ColumnNode.Child(Block("B", 50))])
    let pages = Bench().pages(column(Block("A", 50), inner, Block("C", 10)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x50
        -- 2
        H 0,0 100x20
        B 0,20 100x50
        C 0,70 100x10
        """)
  }
}
