import Geometry
import Layout
import Testing
internal import Vocabulary

/// What helps the eye through a table: rules every few rows, values said once, cells over several rows, figures on one line.
@Suite struct TableReadingTests {
  private func cell(_ words: String, _ alignment: TextAlignment = .start, span: Int = 1, rows: Int = 1) -> TableCell {
    var cell = TableCell(text: TextNode(content: text(words, alignment)), span: span)
    cell.rows = rows
    return cell
  }
  private func rules(_ every: Int, all: Bool = false) -> RowRules {
    RowRules(every: every, line: Shape.Stroke(width: .pt(0.5), color: .black), countsAll: all)
  }
  private let line = Shape.Stroke(width: .pt(0.5), color: .black)

  /// The tops of all rules, page by page.
  private func tops(_ pages: [Frame]) -> [[Double]] {
    pages.map { page in
      var tops: [Double] = []
      FrameWalker.walk(page) { step in
        if case .item(.shape, let at) = step { tops.append((at.y.points * 100).rounded() / 100 + 0.25) }
      }
      return tops
    }
  }

  // MARK: Rules

  @Test(arguments: [
    // Below every third and below the last; a single last row is not divided off.
    (3, 6, [30.0, 60]), (3, 8, [30, 60, 80]), (3, 7, [30, 70]), (5, 4, [40]), (1, 3, [10, 20, 30]), (2, 3, [20, 30]),
  ]) func ruleStandsBelowEveryFewRowsAndTheLast(_ every: Int, _ count: Int, _ expected: [Double]) {
    #expect(tops(Bench().pages(table(count, style: ruled(rules(every))), height: 200)) == [expected])
  }

  private func ruled(_ rules: RowRules, space: Double = 0) -> TableStyle {
    var style = TableStyle()
    (style.rules, style.ruleSpace) = (rules, .pt(space))
    return style
  }

  @Test func countingBeginsAnewOnEachPage() {
    let pages = Bench().pages(table(14, header: 10, style: ruled(rules(3))), height: 90)
    #expect(tops(pages) == [[40, 70, 90], [40, 70]])
  }

  @Test func carriedRowAndFooterHaveTheRuleAboveThem() {
    let pages = Bench().pages(table(10, brought: true, carried: true, footer: true, style: ruled(rules(4))), height: 80)
    // Seven rows and the carried one; brought, three rows, the footer.
    #expect(tops(pages) == [[40, 70], [40]])
  }

  @Test func runEndsAtHeadingsAndSubtotalsAndNotesStayWithTheirRows() {
    let rows = [
      row("h", role: .groupHeader), row("a"), row("b"), row("n", role: .note), row("c"), row("d", keep: KeepRules(previous: true)),
      row("s", role: .subtotal), row("h", role: .groupHeader), row("e"),
    ]
    let node = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: rows.count) { rows[$0] }, style: ruled(rules(2)))
    #expect(tops(Bench().pages(node, height: 200)) == [[40, 60, 90]])
    let all = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: rows.count) { rows[$0] }, style: ruled(rules(2, all: true)))
    #expect(tops(Bench().pages(all, height: 200)) == [[20, 40, 60, 80, 90]])
  }

  @Test func rowsOwnRuleStandsAlone() {
    var rows = (0..<5).map { row("r\($0)") }
    rows[3].ruleAbove = line
    let node = TableNode(
      columns: [TableColumn(.fraction(1))],
      source: TableRows(
        count: 5,
        footer: {
          var total = row("t")
          total.ruleAbove = Shape.Stroke(width: .pt(0.5), color: .black)
          return [total]
        }
      ) { rows[$0] }, style: ruled(rules(3)))
    #expect(tops(Bench().pages(node, height: 200)) == [[30, 50]])
  }

  @Test func rowsKeepClearOfRulesThatHaveRoom() {
    let pages = Bench().pages(table(4, header: 10, style: ruled(rules(2), space: 2)), height: 200)
    #expect(
      trace(pages) == """
        -- 1
        H 0,0 100x10
        r0 0,10 100x10
        r1 0,20 100x10
        rect 0,32 100x0.5 #000000
        r2 0,34.5 100x10
        r3 0,44.5 100x10
        rect 0,56.5 100x0.5 #000000
        """)
    // The rule below the last row counts where the page is full.
    #expect(Bench().pages(table(4, style: ruled(rules(4), space: 2)), height: 41).count == 2)
    #expect(Bench().pages(table(4, style: ruled(rules(4), space: 2)), height: 43).count == 1)
  }

  // MARK: Repeats

  private func dated(_ rows: [(String, group: Int, role: RowRole?)]) -> TableNode {
    var column = TableColumn(.fraction(1))
    column.suppressesRepeats = true
    return TableNode(
      columns: [column, TableColumn(.fraction(1))],
      source: TableRows(count: rows.count) { index in
        TableRow([self.cell(rows[index].0), self.cell("\(index)")], role: rows[index].role, group: rows[index].group)
      })
  }

  @Test func valueOfTheRowAboveIsPaintedOnceAPageAndGroup() {
    let rows: [(String, group: Int, role: RowRole?)] = [
      ("d1", 0, nil), ("d1", 0, nil), ("", 0, .note), ("d1", 0, nil), ("d2", 0, nil), ("d2", 0, nil), ("d2", 1, nil), ("d2", 1, nil),
      ("d2", 1, .subtotal), ("d2", 1, nil),
    ]
    let pages = Bench().pages(dated(rows), height: 60)
    let words = pages.map { page in
      trace(page).split(separator: "\n").map { String($0.split(separator: " ")[0]) }.filter { $0.hasPrefix("\"d") }
    }
    #expect(words == [["\"d1\"", "\"d2\""], ["\"d2\"", "\"d2\"", "\"d2\""]])
  }

  @Test func silentCellSaysItsValueInTheStructure() {
    let tree = StructureTree(of: Bench().pages(dated([("d1", 0, nil), ("d1", 0, nil)]), height: 60), language: "en")
    let cells = tree.all { if case .cell = $0.kind { true } else { false } }
    #expect(cells.map(\.replacement) == [nil, nil, "d1", nil])
    #expect(cells[2].children.isEmpty)
  }

  // MARK: Cells over several rows

  private func spanned(_ count: Int, height: Double = 10, tall: Double = 10, style: TableStyle = TableStyle()) -> TableNode {
    TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))],
      source: TableRows(count: count, hasRowSpans: true) { index in
        var first = TableCell(Block("S", tall))
        first.rows = count
        return TableRow([index == 0 ? first : .covered(above: index, rows: count - index), TableCell(Block("r\(index)", height))])
      }, style: style)
  }

  @Test func cellCoversRowsAndRulesLeaveItOut() {
    #expect(
      trace(Bench().pages(spanned(3, style: TableStyle(columnGap: .pt(4), rule: line)), height: 100)) == """
        -- 1
        S 0,0 48x10
        r0 52,0 48x10
        rect 52,9.75 48x0.5 #000000
        r1 52,10 48x10
        rect 52,19.75 48x0.5 #000000
        r2 52,20 48x10
        """)
  }

  @Test func lastRowGrowsUnderAHigherCell() {
    let frame = Bench().pages(column(spanned(2, tall: 35), Block("B", 5)), height: 100)
    #expect(trace(frame).contains("r1 50,10 50x10\nB 0,35 100x5"), "\(trace(frame))")
  }

  @Test func tiedRowsMoveTogetherAndLongOnesRepeatTheCell() {
    let moved = Bench().pages(column(Block("A", 75), spanned(3)), height: 100)
    #expect(trace(moved).contains("-- 2\nS 0,0 50x10"), "\(trace(moved))")
    let pages = Bench().pages(spanned(25), height: 100)
    #expect(pages.count == 3)
    #expect(pages.allSatisfy { trace($0).hasPrefix("S 0,0 50x10") })
    #expect(trace(pages).split(separator: "\n").count(where: { $0.hasPrefix("r") }) == 25)
    // Read once, over all rows.
    let tree = StructureTree(of: pages, language: "en")
    #expect(tree.fault(on: pages) == nil)
  }

  @Test func structureKnowsCoveredColumns() {
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))],
      source: TableRows(count: 3, hasRowSpans: true) { index in
        switch index {
        case 0: TableRow([self.cell("S", rows: 2), self.cell("a")])
        case 1: TableRow([.covered(above: 1, rows: 1), self.cell("b")])
        default: TableRow([.empty, self.cell("c")])
        }
      })
    let text = StructureText.text(of: Bench().pages(node, height: 100), language: "en", direction: .leftToRight)
    let rows = text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.filter { $0.hasPrefix("T") }
    #expect(
      rows.map { String($0) } == ["Table", "TBody", "TR", "TD rows 2 \"S\"", "TD \"a\"", "TR", "TD \"b\"", "TR", "TD", "TD \"c\""])
  }

  @Test func tieHigherThanAPageEnds() {
    for height in [5.0, 12, 30, 1000] {
      let pages = Bench().pages(spanned(40, tall: height), height: 50)
      #expect(pages.count < 45)
      let rows = trace(pages).split(separator: "\n").filter { $0.hasPrefix("r") }
      #expect(rows.count == 40, "\(height)")
    }
  }

  @Test func fillOfARowReachesBehindTheCellAndBeyondTheColumns() {
    let grey = Color(red: 0xEE, green: 0xEE, blue: 0xEE)
    var style = TableStyle(columnGap: .pt(4), rowGap: .pt(2))
    style.fillReach = .pt(3)
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1))],
      source: TableRows(
        count: 1, hasRowSpans: true,
        header: { _ in
          var tall = TableCell(Block("S", 10))
          tall.rows = 2
          return [
            TableRow([tall, TableCell(Block("a", 10))], fill: grey),
            TableRow([.covered(above: 1, rows: 1), TableCell(Block("b", 10))], fill: grey),
          ]
        }
      ) { _ in row("r") }, style: style)
    #expect(
      trace(Bench().whole(node)) == """
        rect -3,0 106x10 #EEEEEE
        rect -3,10 55x12 #EEEEEE
        S 0,0 48x10
        a 52,0 48x10
        rect 52,10 51x2 #EEEEEE
        rect 52,12 51x10 #EEEEEE
        b 52,12 48x10
        r 0,24 48x10
        """)
  }

  // MARK: Decimals

  @Test func totalOverSeveralColumnsStandsOnTheLastOnesSeparator() {
    let node = TableNode(
      columns: [TableColumn(.fixed(.pt(100))), TableColumn(.fixed(.pt(100)), alignment: .decimal)],
      source: TableRows(count: 1, footer: { [TableRow([self.cell("99.25", .decimal, span: 2)])] }) { _ in
        TableRow([self.cell("a"), self.cell("1.5", .decimal)])
      })
    // Both separators at 170.
    #expect(trace(Bench().whole(node, width: 200)) == "\"a\" 0,8\n\"1.5\" 160,8\n\"99.25\" 150,18")
  }

  @Test func columnsOfAGroupStandOnOneSeparatorOverTables() {
    let group = DecimalGroup()
    func node(_ amounts: [String], width: Dimension) -> TableNode {
      TableNode(
        columns: [TableColumn(.fraction(1)), TableColumn(width, alignment: .decimal)],
        source: TableRows(count: amounts.count) { TableRow([self.cell("a"), self.cell(amounts[$0], .decimal)]) },
        decimalGroups: [nil, group])
    }
    let both = column(node(["1.5"], width: .auto), node(["10.125", "7"], width: .fixed(.pt(90))), node(["3"], width: .auto))
    let figures = trace(Bench().whole(both, width: 200)).split(separator: "\n").filter { !$0.hasPrefix("\"a") }
    // Every separator, or number's end, at 160: the widest number has three decimals.
    #expect(figures == ["\"1.5\" 150,8", "\"10.125\" 140,18", "\"7\" 150,28", "\"3\" 150,38"])
  }

  // MARK: Far figures

  private func finding(_ words: [String], width: Double = 400, style: TableStyle = TableStyle(), fill: Color? = nil) -> [LayoutFinding] {
    let bench = Bench()
    let node = TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60)), alignment: .end)],
      source: TableRows(count: words.count) {
        TableRow([self.cell(words[$0]), self.cell("\($0)", .end)], fill: $0 % 4 == 0 ? fill : nil)
      }, style: style)
    _ = bench.pages(node, width: width, height: 100)
    return bench.context.findings.filter { $0.cause == .figureFar }
  }

  @Test func figureFarFromItsWordsIsToldOnceWithTheDistance() throws {
    let found = finding(Array(repeating: "word", count: 25))
    #expect(found.count == 1)
    // From the end of four characters of 10 pt to the figure's, the last of 400 pt.
    #expect(try #require(found.first).wanted == .pt(350) && found[0].page == 1)
    #expect(finding(["word"], width: 210).isEmpty)
    #expect(finding(Array(repeating: String(repeating: "w", count: 30), count: 25), width: 400).isEmpty)
  }

  @Test func ruleOrFillWithinFiveRowsLeads() {
    let words = Array(repeating: "word", count: 25)
    #expect(finding(words, style: ruled(rules(5))).isEmpty)
    #expect(finding(words, style: TableStyle(rule: line)).isEmpty)
    // Below the tenth and last row of the page alone.
    #expect(finding(words, style: ruled(rules(20))).count == 1)
    #expect(finding(words, fill: Color(red: 0xEE, green: 0xEE, blue: 0xEE)).isEmpty)
    #expect(finding(words, fill: .white).count == 1)
  }
}
