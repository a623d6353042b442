import Geometry
import Layout
import Testing

@Suite struct MessageTests {
  private func messages(_ inserts: InsertNode..., notice: Double = 20) -> ColumnNode {
    ColumnNode(
      [ColumnNode.Child(TaggedNode(.section, landmark: "news", KeepNode(Block("notice", notice), force: .absolute)))]
        + inserts.map { ColumnNode.Child($0) },
      gap: .pt(2))
  }
  private func insert(_ name: String, _ heights: Double..., priority: Int = 0) -> InsertNode {
    InsertNode(sizes: heights.enumerated().map { Block("\(name)\($0.offset)", $0.element) }, priority: priority)
  }

  @Test func insertTakesSpaceThatIsLeftOver() {
    #expect(
      trace(Bench().pages(column(messages(insert("ad", 30)), Block("A", 40)))) == """
        -- 1
        notice 0,0 100x20
        ad0 0,22 100x30
        A 0,52 100x40
        """)
  }

  @Test func insertIsLeftOutWhereItWouldMoveAnything() {
    #expect(
      trace(Bench().pages(column(messages(insert("ad", 30)), Block("A", 60)))) == """
        -- 1
        notice 0,0 100x20
        A 0,20 100x60
        """)
  }

  @Test func smallerSizeIsTakenWhereTheLargerHasNoRoom() {
    #expect(
      trace(Bench().pages(column(messages(insert("ad", 60, 15)), Block("A", 60)))) == """
        -- 1
        notice 0,0 100x20
        ad1 0,22 100x15
        A 0,37 100x60
        """)
  }

  @Test func higherPriorityGoesFirst() {
    #expect(
      trace(Bench().pages(column(messages(insert("low", 40), insert("high", 40, priority: 5)), Block("A", 30)))) == """
        -- 1
        notice 0,0 100x20
        high0 0,22 100x40
        A 0,62 100x30
        """)
  }

  @Test func insertNeverAddsAPage() {
    // The gap round the insert is what would be too much.
    #expect(
      trace(Bench().pages(column(messages(insert("ad", 20)), Block("A", 60)))) == """
        -- 1
        notice 0,0 100x20
        A 0,20 100x60
        """)
  }

  @Test func insertOnAFullPageDoesNotUseTheNextPagesRoom() {
    #expect(
      trace(Bench().pages(column(messages(insert("ad", 20)), Slab("S", 5, each: 20)))) == """
        -- 1
        notice 0,0 100x20
        S1 0,20 100x20
        S2 0,40 100x20
        S3 0,60 100x20
        S4 0,80 100x20
        -- 2
        S5 0,0 100x20
        """)
  }

  @Test func noticeMovesWhole() {
    let pages = Bench().pages(column(Block("A", 70), messages(notice: 50)))
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x70
        -- 2
        notice 0,0 100x50
        """)
  }

  @Test func emptySectionTakesNoSpaceAndNoGap() {
    let empty = ColumnNode([ColumnNode.Child(insert("ad", 500))])
    #expect(
      trace(Bench().pages(column(Block("A", 10), empty, Block("B", 10), gap: 6))) == """
        -- 1
        A 0,0 100x10
        B 0,16 100x10
        """)
  }

  @Test func pagesOfLandmarksAreKnown() {
    let terms = TaggedNode(.section, landmark: "conditions", ColumnsNode(Slab("T", 6, each: 40), count: 2, gap: .pt(4)))
    let document = Document(
      masters: PageMasters(first: master()),
      body: column(Block("A", 90), messages(notice: 30), Block("B", 60), ColumnNode(nodes: [terms])))
    let pagination = Paginator(document, context: Bench().context).paginate()
    #expect(pagination.page(of: "news") == 2)
    #expect(pagination.page(of: "conditions") == 3)
    #expect(pagination.page(of: "nowhere") == nil)
    #expect(pagination.lateValues(page: 1) == LateValues(page: 1, pages: 4, landmarks: ["news": 2, "conditions": 3]))
  }
}
