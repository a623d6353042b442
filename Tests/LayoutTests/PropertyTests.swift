import Geometry
import Layout
import TestSupport
import Testing
internal import Vocabulary

/// What holds for every layout, tried on seeded random trees.
///
/// The count is for every run of the tests; `swift test -c release -Xswiftc -DSOAK -Xswiftc -enable-testing --filter
/// LayoutTests.PropertyTests` tries 20,000.
@Suite struct PropertyTests {
  #if SOAK
    static let trees = 20_000
  #else
    static let trees = 500
  #endif

  private struct Sheet {
    var width: Double
    var height: Double
  }

  /// The tree of a seed, and the page it is laid out on.
  private func tree(_ seed: Int) -> (node: any Node, sheet: Sheet) {
    var trees = RandomTree(seed: UInt64(seed))
    let node = trees.node(depth: 2 + seed % 3)
    return (node, Sheet(width: [120, 200, 300][seed % 3], height: [60, 100, 180][(seed / 3) % 3]))
  }

  @Test(arguments: 0..<8) func fragmentsAreTheUnbrokenContent(part: Int) {
    for seed in stride(from: part, to: Self.trees, by: 8) {
      let (node, sheet) = tree(seed)
      let grid = seed % 7 == 0 ? BaselineGrid(step: .pt(5), phase: .pt(9)) : nil
      let bench = Bench(direction: seed % 5 == 0 ? .rightToLeft : .leftToRight, grid: grid)
      var unbroken = Shown()
      unbroken.add(bench.whole(node, width: sheet.width))
      let pages = bench.pages(node, width: sheet.width, height: sheet.height, limit: 2_000)

      var joined = Shown()
      for (index, page) in pages.enumerated() {
        var alone = Shown()
        alone.add(page)
        // A header is new where it stands for the first time.
        let hasNews = alone.hasNews || alone.byLeaf.keys.contains { joined.byLeaf[$0] == nil }
        joined.add(page)
        if !hasNews, pages.count > 1 { Issue.record("seed \(seed): page \(index + 1) of \(pages.count) shows nothing new") }
        let isSound = bench.context.findings.allSatisfy { !$0.isError }
        if isSound, let (a, b) = alone.overlap {
          Issue.record(
            "seed \(seed): page \(index + 1): \(a.label) at \(short(a.rect.origin)) lies over \(b.label) at \(short(b.rect.origin))")
        }
        if isSound {
          let outside = alone.pieces.first {
            $0.rect.minX.points < -0.5 || $0.rect.minY.points < -0.5 || $0.rect.maxX.points > sheet.width + 0.5
              || $0.rect.maxY.points > sheet.height + 0.5
          }
          if let outside {
            Issue.record("seed \(seed): page \(index + 1): \(outside.label) at \(short(outside.rect.origin)) lies off the page")
          }
        }
      }
      if joined.news != unbroken.news {
        let names = Set(joined.news.keys).union(unbroken.news.keys).sorted()
        for leaf in names where joined.news[leaf] != unbroken.news[leaf] {
          Issue.record("seed \(seed): \(leaf) is \(joined.news[leaf] ?? "lost") and not \(unbroken.news[leaf] ?? "nothing")")
          break
        }
      }
      if bench.context.findings.contains(where: { $0.cause == .tooManyPages }) { Issue.record("seed \(seed): no end") }
    }
  }

  /// What is put off will find the same where it is placed: found here it would be told of a page on which it does not stand.
  @Test(arguments: 0..<4) func whatIsPutOffHasFoundNothing(part: Int) {
    var putOff = 0
    for seed in stride(from: part, to: Self.trees, by: 4) {
      // Narrow, so that there is something to find.
      for (width, height) in [(8.0, 5.0), (15, 25), (30, 45)] {
        let bench = Bench()
        var rest: (any Node)? = tree(seed).node
        for number in 0..<20 {
          guard let node = rest else { break }
          let size = Size(width: .pt(width), height: .pt(height))
          let found = bench.context.findings
          switch node.fill(Region(size: size, fullHeight: .pt(60), mayBreak: number % 2 == 0), in: bench.context) {
          case .complete: rest = nil
          case .partial(_, let more): rest = more
          case .deferred:
            putOff += 1
            if bench.context.findings != found { Issue.record("seed \(seed), \(width) pt wide: findings of what is not placed") }
          }
        }
      }
    }
    #expect(putOff > 100)
  }

  /// Masters of several sizes, a payment slip, inserts: the content is all there, in order, the slip stands once, on the last page, and
  /// inserts add no page.
  @Test(arguments: 0..<4) func documentsHoldTheirContentTheirSlipAndNoBlankPage(part: Int) {
    for seed in stride(from: part, to: Self.trees, by: 4) {
      var random = SeededNumbers(seed: UInt64(seed) &+ 1_000_000)
      func roll(_ range: ClosedRange<Int>) -> Double { Double(Int.random(in: range, using: &random)) }
      let (node, _) = tree(seed)
      func page(_ footer: Double) -> PageMaster {
        master(200 + roll(0...1) * 60, 100 + roll(0...8) * 10, footer: footer > 0 ? SpaceNode(height: .pt(footer)) : nil)
      }
      let masters = PageMasters(
        first: page(roll(0...20)), next: page(roll(0...10)), last: roll(0...1) > 0 ? page(roll(0...60)) : nil,
        left: roll(0...3) > 2 ? page(0) : nil)
      let insert = InsertNode(sizes: [Block("i-large", roll(10...60)), Block("i-small", roll(2...20))])
      let slip = roll(0...1) > 0 ? [CouponNode(Block("slip", roll(10...70)), gap: .pt(3))] : []
      func lay(_ body: any Node) -> (pages: [Frame], bench: Bench) {
        let bench = Bench()
        return (bench.pages(Document(masters: masters, body: body, coupons: slip, pageLimit: 3_000)), bench)
      }
      let (pages, bench) = lay(column(Block("top", 10), ColumnNode(nodes: [insert]), node))
      let bare = lay(column(Block("top", 10), node)).pages

      var (unbroken, joined) = (Shown(), Shown())
      unbroken.add(Bench().whole(node, width: 200))
      for (index, page) in pages.enumerated() {
        var alone = Shown()
        alone.add(page)
        let isLast = index == pages.count - 1
        if (alone.byLeaf["slip"] != nil) != (isLast && !slip.isEmpty) {
          Issue.record("seed \(seed): slip on page \(index + 1) of \(pages.count)")
        }
        if !alone.hasNews, isLast, pages.count > 1 { Issue.record("seed \(seed): last page is blank") }
        joined.add(page)
        if bench.context.findings.allSatisfy({ !$0.isError }), let (a, b) = alone.overlap {
          Issue.record("seed \(seed): page \(index + 1): \(a.label) lies over \(b.label)")
        }
      }
      let names = Set(unbroken.news.keys)
      for leaf in names.sorted() where joined.byLeaf[leaf] != unbroken.byLeaf[leaf] {
        Issue.record("seed \(seed): \(leaf) is \(joined.byLeaf[leaf] ?? "lost") and not \(unbroken.byLeaf[leaf] ?? "nothing")")
        break
      }
      if pages.count != bare.count { Issue.record("seed \(seed): \(pages.count) pages with inserts and \(bare.count) without") }
      if bench.context.findings.contains(where: { $0.cause == .tooManyPages }) { Issue.record("seed \(seed): no end") }
    }
  }

  @Test func sameTreeGivesTheSamePages() {
    for seed in stride(from: 0, to: Self.trees, by: 10) {
      let (a, sheet) = tree(seed)
      let (b, _) = tree(seed)
      let bench = Bench()
      let first = bench.pages(a, width: sheet.width, height: sheet.height)
      #expect(first == bench.pages(a, width: sheet.width, height: sheet.height), "seed \(seed)")
      #expect(first == Bench().pages(b, width: sheet.width, height: sheet.height), "seed \(seed)")
      // Laid out twice, no page kept.
      let document = Document(masters: PageMasters(first: master(sheet.width, sheet.height)), body: b)
      #expect(first == Bench().pages(document, keeping: 0), "seed \(seed)")
    }
  }

  @Test func cachedTreeGivesTheSamePages() {
    for seed in stride(from: 0, to: Self.trees, by: 10) {
      let (node, sheet) = tree(seed)
      let expected = Bench().pages(node, width: sheet.width, height: sheet.height)
      let cache = FrameCache()
      for _ in 1...2 {
        let cached = CachedNode(node, key: SubtreeKey(element: 0))
        #expect(expected == Bench(cache: cache).pages(cached, width: sheet.width, height: sheet.height), "seed \(seed)")
      }
    }
  }

  @Test func narrowerNeverGivesFewerLines() {
    for seed in 0..<Self.trees {
      var trees = RandomTree(seed: UInt64(seed))
      let node = trees.paragraph()
      let bench = Bench()
      var last = 0.0
      for width in stride(from: 200.0, through: 10, by: -13) {
        let height = bench.whole(node, width: width).size.height.points
        #expect(height >= last, "seed \(seed), \(width) pt")
        last = height
      }
    }
  }

  @Test func workIsLinearInContent() {
    func work(_ scale: Int) -> Int {
      var trees = RandomTree(seed: 7)
      let paragraphs = (0..<(20 * scale)).map { _ in ColumnNode.Child(trees.paragraph(), keep: KeepRules(next: scale % 2)) }
      let rows = (0..<(40 * scale)).map { _ in TableRow([TableCell(text: trees.paragraph(5)), TableCell(text: trees.paragraph(5))]) }
      let table = TableNode(
        columns: [TableColumn(.fraction(1)), TableColumn(.auto)],
        source: TableRows(
          count: rows.count, carried: { _ in [row("C")] },
          row: { TableRow(rows[$0].cells.map { TableCell(text: TextNode(content: ($0.node as? TextNode)?.content ?? text(""))) }) }))
      let body = column(KeepNode(ColumnNode(paragraphs)), table, ColumnsNode(ColumnNode(paragraphs), count: 2, gap: .pt(6)))
      let bench = Bench()
      _ = bench.pages(body, width: 200, height: 180, limit: 5_000)
      #expect(bench.context.findings.allSatisfy { !$0.isError })
      return bench.setter.linesSet
    }
    let (one, two, four) = (work(16), work(32), work(64))
    #expect(Double(two) < Double(one) * 2.3)
    #expect(Double(four) < Double(two) * 2.3)
  }
}
