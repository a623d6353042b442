import Diagnostics
import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct FactsTests {
  private let news: Landmark = "news"
  private let headline: Landmark = "headline"
  private let conditions: Landmark = "conditions"
  private let amber = Color(red: 255, green: 200, blue: 0)

  private var page: Frame {
    let heading = TextNode(content: text("News", style: style(20, line: 20)), role: .heading(level: 2), landmark: headline)
    let panel = TaggedNode(
      .section, landmark: news,
      KeepNode(
        BoxNode(column(heading, paragraph("body words")), style: BoxNode.Style(fill: amber, padding: Insets(all: .pt(5)))), force: .absolute
      ),
      origin: Origin(element: 4))
    let body = column(paragraph("some plain text here", source: 2), panel, TaggedNode(.section, landmark: conditions, paragraph("terms")))
    let footer = TextNode(content: text("f", style: style(5, line: 10)))
    return Bench().pages(body, width: 200, height: 200, footer: footer)[0]
  }

  @Test func areasAreFoundByMeaning() {
    let facts = PageFacts(page: page)
    let panel = facts.areas(of: news)
    #expect(panel.map(\.rect) == [Rect(x: .zero, y: .pt(10), width: .pt(200), height: .pt(40))])
    #expect(panel.first?.tag.source == 4)
    #expect(facts.areas(of: conditions).map(\.rect.minY) == [.pt(50)])
    #expect(facts.areas(of: headline).map(\.tag.role) == [.heading(level: 2)])
  }

  @Test func textKnowsItsBackgroundAndWhatItStandsIn() {
    let facts = PageFacts(page: page)
    #expect(facts.texts.map(\.run.text) == ["some plain text here", "News", "body words", "terms", "f"])
    #expect(facts.texts.map(\.background) == [.white, amber, amber, .white, .white])
    #expect(facts.texts.map { $0.within.contains(news) } == [false, true, true, false, false])
    #expect(facts.texts[1].within.landmarks == [news, headline])
    #expect(facts.texts.map(\.within.isInHeading) == [false, true, false, false, false])
    #expect(facts.texts.map(\.within.artifact) == [nil, nil, nil, nil, .footer])
    #expect(facts.texts[0].contrast == 21)
    #expect(facts.texts[1].contrast < 21)
  }

  /// Words over a watermark are judged on what they stand out from least; where a panel lies over the mark, on the panel.
  @Test func watermarkCountsAsGroundWhereItIsSeen() {
    let grey = Color(red: 222, green: 222, blue: 222)
    func run(_ words: String, _ color: Color, _ x: Double, _ y: Double, size: Double = 10) -> PlacedItem {
      let frame = Bench().whole(TextNode(content: text(words, style: style(size, line: size, color: color))))
      return PlacedItem(at: Point(x: .pt(x), y: .pt(y)), item: .frame(frame))
    }
    func mark(_ item: PlacedItem) -> PlacedItem {
      PlacedItem(at: .zero, item: .frame(Frame(size: .zero, items: [item], tag: Tag(.artifact(.watermark)))))
    }
    let panel = PlacedItem(
      at: Point(x: .zero, y: .pt(60)),
      item: .shape(Shape(.rectangle(Size(width: .pt(200), height: .pt(40)), radius: .zero), fill: .black)))
    let page = Frame(
      size: Size(width: .pt(200), height: .pt(200)),
      items: [
        mark(run("COPY", grey, 0, 0, size: 100)), panel, run("marked", .black, 5, 45), run("panelled", .white, 5, 75),
        run("beside", .black, 5, 180),
      ])
    let texts = PageFacts(page: page).texts.filter { $0.within.artifact == nil }
    #expect(texts.map(\.background) == [grey, .black, .white])
    #expect(PageFacts(page: page).texts[0].background == .white)
  }

  @Test func commonSizeIsTheOneMostGlyphsHave() {
    #expect(PageFacts(page: page).commonSize { !$0.contains(news) } == .pt(10))
    #expect(PageFacts(page: Frame(size: .zero)).commonSize { _ in true } == nil)
  }

  @Test func framesTellWhereTheyComeFrom() {
    let path = DataPath(step: .key("sections"))
    let node = TextNode(content: text("a"), role: .heading(level: 2), origin: Origin(element: 5, path: path))
    #expect(Bench().whole(node).tag == Layout.Tag(.heading(level: 2), source: 5, path: path))
  }

  @Test func tableIsTaggedByRowAndCell() {
    let source = TableRows(count: 3, header: { _ in [TableRow([TableCell(text: TextNode(content: text("h")))])] }) { _ in
      TableRow([TableCell(text: TextNode(content: text("a")))])
    }
    let table = TableNode(columns: [TableColumn(.fraction(1))], source: source, style: TableStyle(minimumRows: 1))
    let header = Layout.Tag.Role.cell(CellPlace(column: 0, scope: .column))
    let data = Layout.Tag.Role.cell(CellPlace(column: 0))
    func roles(_ page: Frame) -> [Layout.Tag.Role] {
      var roles: [Layout.Tag.Role] = []
      FrameWalker.walk(page) { if case .enter(let frame, _) = $0, let tag = frame.tag { roles.append(tag.role) } }
      return roles
    }
    let pages = Bench().pages(table, height: 30)
    #expect(roles(pages[0]) == [.table(columns: 1), .tableRow(.head), header, .tableRow(.body), data, .tableRow(.body), data])
    #expect(roles(pages[1]).prefix(2) == [.table(columns: 1), .artifact(.repeatedHead)])
  }

  @Test func walkerKeepsAbsolutePositions() {
    let frame = Bench().whole(BoxNode(column(Block("A", 10), Block("B", 10)), style: BoxNode.Style(padding: Insets(all: .pt(3)))))
    var points: [Point] = []
    FrameWalker.walk(frame, at: Point(x: .pt(100), y: .pt(200))) { if case .item(_, let at) = $0 { points.append(at) } }
    #expect(points == [Point(x: .pt(103), y: .pt(203)), Point(x: .pt(103), y: .pt(213))])
  }
}
