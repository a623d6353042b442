import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct GridTests {
  private func baselines(_ page: Frame) -> [Double] {
    var found: [Double] = []
    FrameWalker.walk(page) { if case .item(.run, let at) = $0 { found.append(at.y.points) } }
    return found
  }

  @Test func bodyLinesStandOnTheGrid() {
    // Body: 10 pt a line, baseline at 8; grid of 5 with the body's phase.
    let bench = Bench(grid: BaselineGrid(step: .pt(5), phase: .pt(8)))
    let heading = TextNode(content: text("h", style: style(14, line: 17)))
    let body = column(heading, lines(2), Block("B", 7), lines(2), BoxNode(lines(1), style: BoxNode.Style(padding: Insets(all: .pt(3)))))
    let found = baselines(bench.pages(body)[0])
    #expect(found.count == 6)
    for y in found { #expect(abs((y - 8).truncatingRemainder(dividingBy: 5)) < 1e-6, "baseline at \(y)") }
    #expect(found == found.sorted())
  }

  @Test func linesKeepACommonGridAcrossColumnsAndPages() {
    let bench = Bench(grid: BaselineGrid(step: .pt(7), phase: .pt(8)))
    let row = RowNode([
      RowNode.Child(lines(9), width: .fraction(1)),
      RowNode.Child(column(Block("B", 3), lines(8)), width: .fraction(1)),
    ])
    let pages = bench.pages(row, height: 60)
    #expect(pages.count > 1)
    for page in pages {
      for y in baselines(page) { #expect(abs((y - 8).truncatingRemainder(dividingBy: 7)) < 1e-6, "baseline at \(y)") }
    }
  }

  @Test func gridLeavesBodyTextAsItIs() {
    let plainPages = Bench().pages(lines(12))
    let gridPages = Bench(grid: BaselineGrid(step: .pt(5), phase: .pt(8))).pages(lines(12))
    #expect(trace(plainPages) == trace(gridPages))
  }

  /// Over a page break, too; what follows is on the grid again.
  @Test func whatIsTakenOffTheGridStandsAsWithoutOne() {
    let bench = Bench(grid: BaselineGrid(step: .pt(7), phase: .pt(8)))
    let free = OffGridNode(BoxNode(lines(4), style: BoxNode.Style(padding: Insets(all: .pt(3)))))
    let found = bench.pages(column(lines(1), free, lines(1)), height: 45).map { baselines($0) }
    #expect(found == [[8, 21, 31], [11, 21, 36]])
  }

  @Test func headersAndPlacesAreOffTheGrid() {
    let bench = Bench(grid: BaselineGrid(step: .pt(50), phase: .zero))
    let pages = bench.pages(EmptyNode(), header: lines(2))
    #expect(baselines(pages[0]) == [8, 18])
  }
}
