import Geometry
import Layout
import Testing
internal import Vocabulary

@Suite struct TableTests {
  private func cells(_ words: String..., alignment: TextAlignment = .start) -> TableRow {
    TableRow(words.map { TableCell(text: TextNode(content: text($0, alignment))) })
  }

  @Test func headerStandsOnEachPage() {
    #expect(
      trace(Bench().pages(table(5, header: 15), height: 40)) == """
        -- 1
        H 0,0 100x15
        r0 0,15 100x10
        r1 0,25 100x10
        -- 2
        H+ 0,0 100x15
        r2 0,15 100x10
        -- 3
        H+ 0,0 100x15
        r3 0,15 100x10
        r4 0,25 100x10
        """)
  }

  @Test func headerStandsOnceWhereItIsNotToRepeat() {
    #expect(
      trace(Bench().pages(table(5, header: 15, style: TableStyle(repeatsHeader: false)), height: 40)) == """
        -- 1
        H 0,0 100x15
        r0 0,15 100x10
        r1 0,25 100x10
        -- 2
        r2 0,0 100x10
        r3 0,10 100x10
        r4 0,20 100x10
        """)
  }

  @Test func tableWithRoomForItsHeaderOnlyMovesOn() {
    let pages = Bench().pages(column(Block("A", 20), table(3, header: 15)), height: 40)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x20
        -- 2
        H 0,0 100x15
        r0 0,15 100x10
        r1 0,25 100x10
        -- 3
        H+ 0,0 100x15
        r2 0,15 100x10
        """)
  }

  @Test func oneRowIsNotLeftAloneWhereTwoFit() {
    let pages = Bench().pages(column(Block("A", 20), table(4, header: 10)), height: 40)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x20
        -- 2
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        -- 3
        H+ 0,0 100x10
        r2 0,10 100x10
        r3 0,20 100x10
        """)
  }

  @Test func lastRowIsNotLeftAlone() {
    #expect(
      trace(Bench().pages(table(4), height: 30)) == """
        -- 1
        r0 0,0 100x10
        r1 0,10 100x10
        -- 2
        r2 0,0 100x10
        r3 0,10 100x10
        """)
  }

  @Test func exactlyFullPageEndsTheTable() {
    #expect(
      trace(Bench().pages(table(3, header: 10), height: 40)) == """
        -- 1
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        r2 0,30 100x10
        """)
  }

  @Test func emptyTableTakesNoSpaceAndNoGap() {
    #expect(
      trace(Bench().pages(column(Block("A", 10), table(0, header: 10), Block("B", 10), gap: 5))) == """
        -- 1
        A 0,0 100x10
        B 0,15 100x10
        """)
  }

  @Test func emptyTableWithAFooterShowsIt() {
    #expect(
      trace(Bench().pages(table(0, header: 10, footer: true))) == """
        -- 1
        H 0,0 100x10
        F 0,10 100x10
        """)
  }

  @Test func footerStandsAtTheEndOnlyAndNeverAlone() {
    #expect(
      trace(Bench().pages(table(4, header: 10, footer: true), height: 50)) == """
        -- 1
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        -- 2
        H+ 0,0 100x10
        r2 0,10 100x10
        r3 0,20 100x10
        F 0,30 100x10
        """)
  }

  @Test func sumsAreCarriedAndBroughtAndTheirRoomIsGivenBack() {
    #expect(
      trace(Bench().pages(table(7, header: 10, brought: true, carried: true), height: 50)) == """
        -- 1
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        r2 0,30 100x10
        C3 0,40 100x10
        -- 2
        H+ 0,0 100x10
        B3 0,10 100x10
        r3 0,20 100x10
        r4 0,30 100x10
        C5 0,40 100x10
        -- 3
        H+ 0,0 100x10
        B5 0,10 100x10
        r5 0,20 100x10
        r6 0,30 100x10
        """)
  }

  @Test func tableThatFitsWholeCarriesNothing() {
    #expect(
      trace(Bench().pages(table(4, header: 10, brought: true, carried: true), height: 50)) == """
        -- 1
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        r2 0,30 100x10
        r3 0,40 100x10
        """)
  }

  @Test func subtotalIsNeverAloneOnAPage() {
    let rows: [TableRow] = (0..<5).map { row("r\($0)") } + [row("S", role: .subtotal), row("T", role: .total)]
    let node = TableNode(columns: [TableColumn(.fraction(1))], source: TableRows(count: rows.count) { rows[$0] })
    #expect(
      trace(Bench().pages(node, height: 50)) == """
        -- 1
        r0 0,0 100x10
        r1 0,10 100x10
        r2 0,20 100x10
        -- 2
        r3 0,0 100x10
        r4 0,10 100x10
        S 0,20 100x10
        T 0,30 100x10
        """)
  }

  @Test func groupHeaderStaysWithItsFirstTwoRows() {
    let rows: [TableRow] =
      (0..<3).map { row("a\($0)", group: 1) }
      + [row("G", role: .groupHeader, group: 2), row("b0", group: 2), row("b1", group: 2), row("b2", group: 2)]
    let node = TableNode(columns: [TableColumn(.fraction(1))], source: TableRows(count: rows.count) { rows[$0] })
    #expect(
      trace(Bench().pages(node, height: 50)) == """
        -- 1
        a0 0,0 100x10
        a1 0,10 100x10
        a2 0,20 100x10
        -- 2
        G 0,0 100x10
        b0 0,10 100x10
        b1 0,20 100x10
        b2 0,30 100x10
        """)
  }

  @Test func keepRulesEndWithTheGroup() {
    // "next-5" of a group of one row does not reach into the next group.
    let rows: [TableRow] =
      [row("a0", group: 1), row("a1", group: 1), row("G", keep: KeepRules(next: 5), group: 2), row("b0", group: 2)]
      + (0..<4).map { row("c\($0)", group: 3) }
    let node = TableNode(columns: [TableColumn(.fraction(1))], source: TableRows(count: rows.count) { rows[$0] })
    #expect(
      trace(Bench().pages(node, height: 40)) == """
        -- 1
        a0 0,0 100x10
        a1 0,10 100x10
        G 0,20 100x10
        b0 0,30 100x10
        -- 2
        c0 0,0 100x10
        c1 0,10 100x10
        c2 0,20 100x10
        c3 0,30 100x10
        """)
  }

  @Test func continuedHeadingStandsOnLaterPagesOnly() {
    let rows: [TableRow] = [row("G", role: .groupHeader, group: 1)] + (0..<6).map { row("r\($0)", group: 1) }
    let node = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(
        count: rows.count, header: { [row($0 ? "H+" : "H"), row("h")] }, repeated: { _ in [row("G+")] }, row: { rows[$0] }))
    #expect(
      trace(Bench().pages(node, height: 70)) == """
        -- 1
        H 0,0 100x10
        h 0,10 100x10
        G 0,20 100x10
        r0 0,30 100x10
        r1 0,40 100x10
        r2 0,50 100x10
        r3 0,60 100x10
        -- 2
        H+ 0,0 100x10
        h 0,10 100x10
        G+ 0,20 100x10
        r4 0,30 100x10
        r5 0,40 100x10
        """)
  }

  @Test func lowRowMovesWholeAndHighRowBreaksInside() {
    let rows = [
      TableRow([TableCell(Block("a", 20)), TableCell(Block("x", 10))]),
      TableRow([TableCell(Slab("low", 2, each: 10)), TableCell(Block("y", 10))]),
      TableRow([TableCell(Slab("high", 11, each: 10)), TableCell(Block("z", 10))]),
    ]
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))], source: TableRows(count: 3) { rows[$0] },
      style: TableStyle(minimumRows: 1))
    #expect(
      trace(Bench().pages(node)) == """
        -- 1
        a 0,0 50x20
        x 50,0 50x10
        low1 0,20 50x10
        low2 0,30 50x10
        y 50,20 50x10
        high1 0,40 50x10
        high2 0,50 50x10
        high3 0,60 50x10
        high4 0,70 50x10
        high5 0,80 50x10
        high6 0,90 50x10
        z 50,40 50x10
        -- 2
        high7 0,0 50x10
        high8 0,10 50x10
        high9 0,20 50x10
        high10 0,30 50x10
        high11 0,40 50x10
        """)
  }

  @Test func tallNoteThatFitsButLeavesNoRoomForWhatFollowsBreaksInside() {
    // The note would have room, but then nothing would for what is carried; with its item moved on, the page would stand empty.
    let rows: [TableRow] = [
      row("r0"), TableRow([TableCell(Slab("S", 7, each: 10))], role: .note), row("r1"), row("r2"), row("r3"),
    ]
    let table = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(
        count: rows.count, header: { _ in [] }, brought: { [row("B\($0.completed)")] }, carried: { [row("C\($0.completed)")] },
        footer: { [] }, row: { rows[$0] }), style: TableStyle())
    #expect(
      trace(Bench().pages(column(Block("X", 15), table), height: 100)) == """
        -- 1
        X 0,0 100x15
        r0 0,15 100x10
        S1 0,25 100x10
        S2 0,35 100x10
        S3 0,45 100x10
        S4 0,55 100x10
        S5 0,65 100x10
        S6 0,75 100x10
        C1 0,85 100x10
        -- 2
        B1 0,0 100x10
        S7 0,10 100x10
        r1 0,20 100x10
        r2 0,30 100x10
        r3 0,40 100x10
        """)
  }

  @Test func rowThatIsToStayTogetherMoves() {
    let rows = [
      TableRow([TableCell(Block("a", 60))]), TableRow([TableCell(Slab("s", 5, each: 10))], keep: KeepRules(together: true)),
      TableRow([TableCell(Block("b", 10))]),
    ]
    let node = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: 3) { rows[$0] }, style: TableStyle(minimumRows: 1))
    #expect(
      trace(Bench().pages(node)) == """
        -- 1
        a 0,0 100x60
        -- 2
        s1 0,0 100x10
        s2 0,10 100x10
        s3 0,20 100x10
        s4 0,30 100x10
        s5 0,40 100x10
        b 0,50 100x10
        """)
  }

  @Test func splitRowCountsWhereItEnds() {
    let rows = [
      TableRow([TableCell(Block("a", 10))]), TableRow([TableCell(Slab("s", 9, each: 10))]), TableRow([TableCell(Block("b", 10))]),
    ]
    let node = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(
        count: 3, brought: { [row("B\($0.completed)")] }, carried: { [row("C\($0.completed)")] }, row: { rows[$0] }),
      style: TableStyle(minimumRows: 1))
    #expect(
      trace(Bench().pages(node, height: 60)) == """
        -- 1
        a 0,0 100x10
        s1 0,10 100x10
        s2 0,20 100x10
        s3 0,30 100x10
        s4 0,40 100x10
        C1 0,50 100x10
        -- 2
        B1 0,0 100x10
        s5 0,10 100x10
        s6 0,20 100x10
        s7 0,30 100x10
        s8 0,40 100x10
        C1 0,50 100x10
        -- 3
        B1 0,0 100x10
        s9 0,10 100x10
        b 0,20 100x10
        """)
  }

  @Test func rowHigherThanAPageIsReportedAndTheTableGoesOn() {
    let bench = Bench()
    let rows = [row("a", 10), row("X", 150), row("b", 10), row("c", 10)]
    let node = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: 4, header: { _ in [row("H", 10)] }) { rows[$0] },
      origin: Origin(element: 9))
    #expect(
      trace(bench.pages(node)) == """
        -- 1
        H 0,0 100x10
        a 0,10 100x10
        -- 2
        X 0,0 100x150
        -- 3
        H 0,0 100x10
        b 0,10 100x10
        c 0,20 100x10
        """)
    #expect(bench.causes == [.tooHigh])
  }

  @Test func headerHigherThanAPageEndsInAFinding() {
    let bench = Bench()
    #expect(
      trace(bench.pages(table(3, header: 130))) == """
        -- 1
        H 0,0 100x130
        r0 0,130 100x10
        -- 2
        r1 0,0 100x10
        r2 0,10 100x10
        """)
    #expect(bench.context.findings.contains { $0.cause == .tooHigh })
  }

  @Test func groupHeaderHigherThanAPageEndsInAFinding() {
    let bench = Bench()
    let rows = [row("a", 10), row("G", 130, role: .groupHeader), row("b", 10), row("c", 10)]
    let node = TableNode(columns: [TableColumn(.fraction(1))], source: TableRows(count: 4, header: { _ in [row("H", 10)] }) { rows[$0] })
    #expect(
      trace(bench.pages(node)) == """
        -- 1
        H 0,0 100x10
        a 0,10 100x10
        -- 2
        G 0,0 100x130
        -- 3
        H 0,0 100x10
        b 0,10 100x10
        c 0,20 100x10
        """)
    #expect(bench.context.findings.contains { $0.cause == .tooHigh })
  }

  @Test func headerAndRowThatEachFillAPageStandOnTwo() {
    let bench = Bench()
    #expect(
      trace(bench.pages(table(2, height: 80, header: 70))) == """
        -- 1
        H 0,0 100x70
        -- 2
        r0 0,0 100x80
        -- 3
        r1 0,0 100x80
        """)
    #expect(bench.causes == [.keepBroken])
  }

  @Test func repeatedHeaderGivesWayToARowThatNeedsThePage() {
    let rows = [row("a", 10), row("b", 95), row("c", 10)]
    let node = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: 3, header: { _ in [row("H", 10)] }) { rows[$0] },
      style: TableStyle(minimumRows: 1))
    let bench = Bench()
    #expect(
      trace(bench.pages(node)) == """
        -- 1
        H 0,0 100x10
        a 0,10 100x10
        -- 2
        b 0,0 100x95
        -- 3
        H 0,0 100x10
        c 0,10 100x10
        """)
    #expect(bench.causes == [])
  }

  @Test func cellsSpanColumns() {
    let rows = [
      TableRow([TableCell(Block("all", 10), span: TableCell.allColumns)]),
      TableRow([TableCell(Block("two", 10), span: 2), TableCell(Block("one", 10))]),
      TableRow([TableCell(Block("a", 10)), TableCell(Block("b", 10)), TableCell(Block("c", 10))]),
    ]
    let columns = [TableColumn(.fixed(.pt(20))), TableColumn(.fraction(1)), TableColumn(.fixed(.pt(30)))]
    let node = TableNode(columns: columns, source: TableRows(count: 3) { rows[$0] }, style: TableStyle(columnGap: .pt(5)))
    #expect(
      trace(Bench().whole(node)) == """
        all 0,0 100x10
        two 0,10 65x10
        one 70,10 30x10
        a 0,20 20x10
        b 25,20 40x10
        c 70,20 30x10
        """)
    #expect(
      trace(Bench(direction: .rightToLeft).whole(node)) == """
        all 0,0 100x10
        two 35,10 65x10
        one 0,10 30x10
        a 80,20 20x10
        b 35,20 40x10
        c 0,20 30x10
        """)
  }

  @Test func autoColumnsAreMeasuredOverAllRows() {
    let rows = [cells("a", "bb"), cells("aaa", "b")]
    let node = TableNode(
      columns: [TableColumn(.auto), TableColumn(.auto), TableColumn(.fraction(1))],
      source: TableRows(count: 2) { TableRow(rows[$0].cells + [TableCell(Block("r\($0)", 10))]) }, style: TableStyle(columnGap: .pt(5)))
    #expect(
      trace(Bench().whole(node, width: 120)) == """
        "a" 0,8
        "bb" 35,8
        r0 60,0 60x10
        "aaa" 0,18
        "b" 35,18
        r1 60,10 60x10
        """)
  }

  @Test func amountsStandOnTheirSeparatorOverAllPages() {
    let amounts = ["1.5", "12.25", "100", "3.333"]
    let node = TableNode(
      columns: [TableColumn(.fixed(.pt(100)), alignment: .decimal)],
      source: TableRows(count: 4, header: { _ in [cells("sum", alignment: .end)] }) { cells(amounts[$0], alignment: .decimal) })
    #expect(
      trace(Bench().pages(node, height: 30)) == """
        -- 1
        "sum" 70,8
        "1.5" 50,18
        "12.25" 40,28
        -- 2
        "sum" 70,8
        "100" 30,18
        "3.333" 50,28
        """)
  }

  @Test func totalsInRightToLeftTextStandAtTheLeft() {
    func amount(_ words: String) -> TableRow {
      var content = text(words, .decimal)
      content.direction = .rightToLeft
      var label = text("sum", .start)
      label.direction = .rightToLeft
      return TableRow([TableCell(text: TextNode(content: label)), TableCell(text: TextNode(content: content))])
    }
    let amounts = ["1.5", "12.25"]
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60)), alignment: .decimal)],
      source: TableRows(count: 2, footer: { [amount("13.75")] }) { amount(amounts[$0]) })
    #expect(
      trace(Bench(direction: .rightToLeft).whole(node)) == """
        "sum" 70,8
        "1.5" 10,8
        "sum" 70,18
        "12.25" 0,18
        "sum" 70,28
        "13.75" 0,28
        """)
  }

  @Test func rulesStandBetweenRowsAndUnderTheHeader() {
    let style = TableStyle(
      rowGap: .pt(2), rule: Shape.Stroke(width: .pt(0.5), color: .black), headerRule: Shape.Stroke(width: .pt(1), color: .black))
    #expect(
      trace(Bench().pages(table(3, header: 10, footer: true, style: style), height: 60)) == """
        -- 1
        H 0,0 100x10
        rect 0,10.5 100x1 #000000
        r0 0,12 100x10
        rect 0,22.75 100x0.5 #000000
        r1 0,24 100x10
        rect 0,34.75 100x0.5 #000000
        r2 0,36 100x10
        F 0,48 100x10
        """)
  }

  @Test func rowsAndCellsHaveFillsAndPadding() {
    let grey = Color(red: 0xEE, green: 0xEE, blue: 0xEE)
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))],
      source: TableRows(count: 1) { _ in
        TableRow([TableCell(Block("a", 10), valign: .bottom), TableCell(Block("b", 20), fill: .white)], fill: grey)
      }, style: TableStyle(padding: Insets(all: .pt(3))))
    #expect(
      trace(Bench().whole(node)) == """
        rect 0,0 100x26 #EEEEEE
        a 3,13 44x10
        rect 50,0 50x26 #FFFFFF
        b 53,3 44x20
        """)
  }

  @Test func nestedTableBreaksInsideItsRow() {
    let inner = table(6, header: 10)
    let rows = [
      TableRow([TableCell(Block("left", 10)), TableCell(inner)]), TableRow([TableCell(Block("b", 10)), TableCell(Block("c", 10))]),
    ]
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))], source: TableRows(count: 2) { rows[$0] },
      style: TableStyle(minimumRows: 1))
    #expect(
      trace(Bench().pages(node, height: 50)) == """
        -- 1
        left 0,0 50x10
        H 50,0 50x10
        r0 50,10 50x10
        r1 50,20 50x10
        r2 50,30 50x10
        r3 50,40 50x10
        -- 2
        H+ 50,0 50x10
        r4 50,10 50x10
        r5 50,20 50x10
        b 0,30 50x10
        c 50,30 50x10
        """)
  }

  @Test func tableInColumnsAndBoxesBreaksToo() {
    let body = BoxNode(table(8), style: BoxNode.Style(padding: Insets(all: .pt(5))))
    let pages = Bench().pages(body, height: 50)
    #expect(
      trace(pages) == """
        -- 1
        r0 5,5 90x10
        r1 5,15 90x10
        r2 5,25 90x10
        r3 5,35 90x10
        -- 2
        r4 5,5 90x10
        r5 5,15 90x10
        r6 5,25 90x10
        r7 5,35 90x10
        """)
  }

  @Test func carriedRowsThatGrowAskForMoreRoom() {
    // Carried rows are measured for the whole table; here the first page's is higher than that.
    let node = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(count: 8, carried: { [row("C\($0.completed)", $0.completed == 8 ? 10 : 20)] }) { row("r\($0)") })
    let bench = Bench()
    #expect(
      trace(bench.pages(node, height: 60)) == """
        -- 1
        r0 0,0 100x10
        r1 0,10 100x10
        r2 0,20 100x10
        r3 0,30 100x10
        C4 0,40 100x20
        -- 2
        r4 0,0 100x10
        r5 0,10 100x10
        r6 0,20 100x10
        r7 0,30 100x10
        """)
    #expect(bench.causes == [])
  }

  @Test func rowsAreAskedForLazilyAndMemoryHoldsAPageOfThem() {
    final class Counter: TableSource {
      let count = 20_000
      var asked = 0
      func row(at index: Int) -> TableRow {
        asked += 1
        return TableRow([TableCell(Block("r\(index)", 10))])
      }
    }
    let counter = Counter()
    let node = TableNode(columns: [TableColumn(.fraction(1))], source: counter)
    guard
      case .partial = node.fill(
        Region(size: Size(width: .pt(100), height: .pt(500)), fullHeight: .pt(500), mayBreak: false), in: Bench().context)
    else {
      Issue.record("the table does not fit on one page")
      return
    }
    #expect(counter.asked < 80)
  }

  @Test func keptTableOfAnyLengthCostsAFewPages() {
    var asked = 0
    let source = TableRows(count: 50_000) { index in
      asked += 1
      return row("r\(index)")
    }
    let kept = KeepNode(TableNode(columns: [TableColumn(.fraction(1))], source: source))
    let fragment = kept.fill(
      Region(size: Size(width: .pt(100), height: .pt(500)), fullHeight: .pt(500), mayBreak: false), in: Bench().context)
    guard case .partial = fragment else {
      Issue.record("the table does not fit on one page")
      return
    }
    #expect(asked < 1_500)
  }

  @Test func columnsTooWideAreReportedWhereTheTableIsPlaced() {
    // Measured in a trial first: the finding must not be lost with it.
    let bench = Bench()
    let node = TableNode(
      columns: [TableColumn(.fixed(.pt(80))), TableColumn(.fixed(.pt(60)))],
      source: TableRows(count: 2) { TableRow([TableCell(Block("a\($0)", 10)), TableCell(Block("b\($0)", 10))]) }, origin: Origin(element: 5)
    )
    _ = bench.pages(AlternativesNode([KeepNode(node)]))
    #expect(bench.context.findings.contains { $0.cause == .tooWide && $0.origin.element == 5 && $0.wanted == .pt(140) })
  }

  @Test func pagesAreTheSameWhateverWasLaidOutBefore() {
    // The carried row of page 3 is higher than all others: the pages before it must not know.
    let node = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(
        count: 30, carried: { [row("C\($0.completed)", $0.completed == 15 ? 20 : 10)] }, row: { row("r\($0)") }))
    let document = Document(masters: PageMasters(first: master(100, 60)), body: node)
    let kept = Bench().pages(document)
    #expect(kept.count > 5)
    #expect(Bench().pages(document) == kept)
    #expect(Bench().pages(document, keeping: 0) == kept)
  }
}
