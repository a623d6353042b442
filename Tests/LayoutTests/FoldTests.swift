import Geometry
import Layout
import Testing
import Vocabulary

/// Bodies that keep clear of folds by themselves.
@Suite struct FoldTests {
  private static let small = style(6, line: 12)

  private func master(folds: [Double], margin: Double = 3, size: Double = 100, isAvoided: Bool = true) -> PageMaster {
    let sheet = Size(width: .pt(100), height: .pt(size))
    var master = PageMaster(size: sheet, margin: Insets(all: .pt(2)))
    master.zones = folds.enumerated().map {
      .fold("fold-\($0.offset)", y: .pt($0.element), across: sheet, avoided: isAvoided ? .pt(margin) : nil)
    }
    return master
  }

  private func pages(_ body: any Node, _ master: PageMaster, on bench: Bench = Bench()) -> [Frame] {
    bench.pages(Document(masters: PageMasters(first: master), body: body))
  }

  /// `count` paragraphs of one line, six points high and twelve points apart.
  private func lines(_ count: Int, _ name: String = "a") -> [ColumnNode.Child] {
    (1...count).map { ColumnNode.Child(TextNode(content: text("\(name)\($0)", style: Self.small))) }
  }

  /// The words of a page and their baselines.
  private func words(_ page: Frame) -> [(text: String, y: Double)] {
    var found: [(String, Double)] = []
    FrameWalker.walk(page) { if case .item(.run(let run, _), let at) = $0 { found.append((run.text, at.y.points)) } }
    return found
  }

  private func expectClear(_ page: Frame, of fold: Double, margin: Double = 3) {
    for (text, y) in words(page) {
      #expect(y + 1.2 <= fold - margin + 1e-3 || y - 5.5 >= fold + margin - 1e-3, "'\(text)' at \(y), fold at \(fold)")
    }
  }

  @Test(arguments: [11.0, 20, 47.3, 50, 77, 95]) func noLineStandsOnAFold(fold: Double) {
    let pages = pages(ColumnNode(lines(20)), master(folds: [fold]))
    #expect(pages.count > 2)
    for page in pages {
      expectClear(page, of: fold)
      #expect(words(page).allSatisfy { $0.y <= 98 })
    }
    #expect(pages.flatMap(words).map(\.text) == (1...20).map { "a\($0)" })
  }

  @Test func severalFoldsAreClear() {
    let pages = pages(ColumnNode(lines(20)), master(folds: [70, 30], margin: 2))
    for page in pages {
      expectClear(page, of: 30, margin: 2)
      expectClear(page, of: 70, margin: 2)
    }
    #expect(pages.flatMap(words).count == 20)
  }

  @Test func otherFoldsMoveNothing() {
    let plain = pages(ColumnNode(lines(20)), master(folds: []))
    #expect(trace(pages(ColumnNode(lines(20)), master(folds: [50], isAvoided: false))) == trace(plain))
    // Nor does one that nothing reaches down to.
    let few = pages(ColumnNode(lines(3)), master(folds: []))
    #expect(trace(pages(ColumnNode(lines(3)), master(folds: [50]))) == trace(few))
  }

  @Test func headingGoesAlongWithWhatItHeads() throws {
    let heading = ColumnNode.Child(
      TextNode(content: text("h", style: Self.small)), keep: KeepRules(next: 1), spaceBefore: .pt(3))
    // The line below the heading would stand on the fold, the heading just above it.
    let body = ColumnNode(lines(2) + [heading] + lines(2, "b"))
    let plain = words(try #require(pages(body, master(folds: [])).first))
    let fold = try #require(plain.first { $0.text == "b1" }).y - 2
    let found = words(try #require(pages(body, master(folds: [fold])).first))
    #expect(try #require(found.first { $0.text == "h" }).y > fold + 3)
    #expect(try #require(found.first { $0.text == "a2" }).y < fold)
  }

  @Test func keptBlockMovesWhole() throws {
    let kept = ColumnNode.Child(ColumnNode(lines(3, "k")), keep: KeepRules(together: true))
    let found = words(try #require(pages(ColumnNode(lines(2) + [kept]), master(folds: [50])).first))
    let block = found.filter { $0.text.hasPrefix("k") }.map(\.y)
    #expect(block.count == 3 && block.allSatisfy { $0 > 53 })
    #expect(abs(block[1] - block[0] - 12) < 1e-6 && abs(block[2] - block[1] - 12) < 1e-6)
  }

  /// Moved whole it would begin a second page.
  @Test func keptBlockIsPartedWhereThatSavesAPage() throws {
    let kept = ColumnNode.Child(ColumnNode(lines(4, "k")), keep: KeepRules(together: true))
    let pages = pages(ColumnNode(lines(2) + [kept]), master(folds: [60]))
    #expect(pages.count == 1)
    let page = try #require(pages.first)
    expectClear(page, of: 60)
    let block = words(page).filter { $0.text.hasPrefix("k") }.map(\.y)
    #expect(block.count == 4 && block[0] < 57 && block[3] > 63)
  }

  /// A label stays with its value where the block that both stand in is parted.
  @Test func whatIsTiedStaysTogetherInAPartedBlock() throws {
    var block = lines(4, "k")
    block[1].keep = KeepRules(next: 1)
    let pages = pages(
      ColumnNode(lines(2) + [ColumnNode.Child(ColumnNode(block), keep: KeepRules(together: true))]), master(folds: [60]))
    #expect(pages.count == 1)
    let page = try #require(pages.first)
    expectClear(page, of: 60)
    let found = words(page).filter { $0.text.hasPrefix("k") }.map(\.y)
    #expect(found.count == 4 && found[0] < 57 && found[1] > 63 && abs(found[2] - found[1] - 12) < 1e-6)
  }

  @Test func rulesAndGroundsGoWithWhatTheyBelongTo() throws {
    var panel = BoxNode.Style(padding: Insets(all: .pt(2)))
    panel.fill = .black
    let body = ColumnNode(lines(2) + [ColumnNode.Child(BoxNode(ColumnNode(lines(2, "p")), style: panel), spaceBefore: .pt(8))])
    let page = try #require(pages(body, master(folds: [45])).first)
    expectClear(page, of: 45)
    // The panel's ground is below the fold too, as high as it was.
    let traced = trace(page)
    #expect(traced.contains("rect 2,48 96x28"), "\(traced)")
  }

  @Test func whatIsKeptAndHigherThanAnyHoleIsParted() throws {
    let tall = KeepNode(ColumnNode(lines(20, "k")))
    let page = try #require(pages(tall, master(folds: [150], size: 300)).first)
    expectClear(page, of: 150)
    #expect(words(page).count == 20)
  }

  /// Rows are sixteen points apart. What the row on the fold would leave above it is shared out among the rows over it.
  @Test(arguments: [150.0, 152, 154, 156, 158, 160, 162, 164]) func rowsShareOutTheWhiteAboveAFold(fold: Double) throws {
    let rows = TableRows(count: 20) { index in
      var row = TableRow([TableCell(text: TextNode(content: text("r\(index)", style: Self.small)))])
      row.padding = Insets(top: .pt(2), right: .zero, bottom: .pt(2), left: .zero)
      return row
    }
    let table = TableNode(columns: [TableColumn(.fraction(1))], source: rows)
    let page = try #require(pages(table, master(folds: [fold], margin: 4, size: 400)).first)
    expectClear(page, of: fold, margin: 4)
    let feeds = zip(words(page).dropFirst(), words(page)).map { $0.y - $1.y }
    let hole = try #require(feeds.max())
    // The fold's eight points, a line's height, and what the six rows above cannot take unseen.
    #expect(hole <= 8 + 7.2 + 7, "\(feeds)")
    #expect(feeds.count == 19 && feeds.count { $0 > 17.5 + 1e-6 } <= 1 && feeds.allSatisfy { $0 > 16 - 1e-6 }, "\(feeds)")
    #expect(abs(feeds[18] - 16) < 1e-6)
  }

  @Test func linesStayOnTheGrid() {
    let bench = Bench(grid: BaselineGrid(step: .pt(5), phase: .pt(8)))
    for page in pages(ColumnNode(lines(20)), master(folds: [50]), on: bench) {
      expectClear(page, of: 50)
      for (_, y) in words(page) { #expect(abs((y - 10).truncatingRemainder(dividingBy: 5)) < 1e-6, "baseline at \(y)") }
    }
  }
}
