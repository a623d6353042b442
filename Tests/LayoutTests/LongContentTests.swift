import Geometry
import Layout
import TestSupport
import Testing
internal import Vocabulary

/// What is higher than its room: kept groups, rows over pages, and what stands with the end of something.
@Suite struct LongContentTests {
  private func kept(_ node: any Node, _ keep: KeepRules) -> ColumnNode.Child { ColumnNode.Child(node, keep: keep) }

  @Test func keptBlockThatFitsOnTheNextPageMovesWhole() {
    let pages = Bench().pages(column(Block("A", 60), KeepNode(Slab("S", 6, each: 10))))
    #expect(!trace(pages[0]).contains("S1") && trace(pages[1]).contains("S6"))
  }

  @Test func keptBlockHigherThanAPageIsBrokenWhereItStands() {
    let bench = Bench()
    let pages = bench.pages(column(Block("A", 60), KeepNode(Slab("S", 12, each: 10))))
    #expect(pages.count == 2)
    #expect(trace(pages[0]).contains("S4") && trace(pages[1]).contains("S5"))
    #expect(bench.causes == [.keepBroken])
  }

  @Test func keptBlockWaitsForAHigherPage() {
    let masters = PageMasters(first: master(100, 60), next: master(100, 150))
    let pages = Bench().pages(Document(masters: masters, body: column(Block("A", 20), KeepNode(Slab("S", 12, each: 10)))))
    #expect(!trace(pages[0]).contains("S1") && trace(pages[1]).contains("S12"))
  }

  @Test func headingIsNotLeftAloneAboveAKeptBlock() {
    // Heading and block fit on no page together, the block alone does.
    let body = ColumnNode([
      kept(Block("A", 50), .none), kept(Block("H", 20), KeepRules(next: 1)), kept(Slab("S", 9, each: 10), KeepRules(together: true)),
    ])
    let pages = Bench().pages(body)
    #expect(pages.contains { trace($0).contains("H ") && trace($0).contains("S1 ") })
  }

  @Test func lastRowsGoAlongWithWhatIsKeptWithThem() {
    let body = ColumnNode([
      kept(Block("A", 20), .none), kept(table(8, header: 10), .none), kept(Block("T", 30), KeepRules(together: true, previous: true)),
    ])
    let pages = Bench().pages(body, height: 110)
    #expect(trace(pages[0]).contains("r5 ") && !trace(pages[0]).contains("r6 "))
    #expect(trace(pages[1]).hasPrefix("H+ 0,0") && trace(pages[1]).contains("r6 ") && trace(pages[1]).contains("T "))
  }

  @Test func keptRowsHigherThanAPageAreBrokenBetweenRows() {
    let rows = TableRows(count: 15, header: { _ in [row("H", 10)] }) { row("r\($0)", 10, keep: KeepRules(together: true, next: 1)) }
    let pages = Bench().pages(column(Block("A", 40), TableNode(columns: [TableColumn(.fraction(1))], source: rows)))
    #expect(trace(pages[0]).contains("r0 "))
    #expect(pages.allSatisfy { !trace($0).contains("r") || trace($0).contains("H ") })
  }

  /// In a table with tall rows what is carried is what has been printed.
  @Test(arguments: 0..<60) func carriedIsWhatHasBeenPrinted(_ seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    let heights = (0..<Int.random(in: 3...14, using: &random)).map { _ in Int.random(in: 1...18, using: &random) }
    let columns = [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(30)), standsAtEnd: true)]
    let source = TableRows(
      count: heights.count, header: { _ in [row("H", 10)] }, brought: { [row("B\($0.completed)")] },
      carried: { [row("C\($0.completed)")] }
    ) { index in
      TableRow([TableCell(Slab("s\(index)_", heights[index], each: 10)), TableCell(Block("amount\(index)", 10))])
    }
    let pages = Bench().pages(TableNode(columns: columns, source: source), height: 100)
    var printed = 0
    for (number, page) in pages.enumerated() {
      let names = trace(page).split(separator: "\n").map { $0.prefix { $0 != " " } }
      if number > 0, printed > 0 { #expect(names.contains("B\(printed)")) }
      printed += names.count { $0.hasPrefix("amount") }
      if number + 1 < pages.count, printed > 0 { #expect(names.contains("C\(printed)")) }
      #expect(names.contains("H"))
    }
    #expect(printed == heights.count)
  }
}
