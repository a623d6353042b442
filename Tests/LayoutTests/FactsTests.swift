import Diagnostics
import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct FactsTests {
  private let amber = Color(red: 255, green: 200, blue: 0)

  private var page: Frame {
    let heading = TextNode(content: text("News", style: style(20, line: 20)), role: .noticeHeading)
    let notice = TaggedNode(
      .notice,
      KeepNode(
        BoxNode(column(heading, paragraph("body words")), style: BoxNode.Style(fill: amber, padding: Insets(all: .pt(5)))), force: .absolute
      ),
      origin: Origin(element: 4))
    let body = column(paragraph("some plain text here", source: 2), notice, TaggedNode(.terms, paragraph("terms")))
    let footer = TextNode(content: text("f", style: style(5, line: 10)))
    return Bench().pages(body, width: 200, height: 200, footer: footer)[0]
  }

  @Test func areasAreFoundByMeaning() {
    let facts = PageFacts(page: page)
    let notice = facts.areas { $0 == .notice }
    #expect(notice.map(\.rect) == [Rect(x: .zero, y: .pt(10), width: .pt(200), height: .pt(40))])
    #expect(notice.first?.tag.source == 4)
    #expect(facts.areas { $0 == .terms }.map(\.rect.minY) == [.pt(50)])
    #expect(facts.areas { $0 == .noticeHeading }.count == 1)
  }

  @Test func textKnowsItsBackgroundAndWhatItStandsIn() {
    let facts = PageFacts(page: page)
    #expect(facts.texts.map(\.run.text) == ["some plain text here", "News", "body words", "terms", "f"])
    #expect(facts.texts.map(\.background) == [.white, amber, amber, .white, .white])
    #expect(facts.texts.map { $0.within.contains(.notice) } == [false, true, true, false, false])
    #expect(facts.texts[1].within.contains(.noticeHeading))
    #expect(facts.texts[4].within == .artifact)
    #expect(facts.texts[0].contrast == 21)
    #expect(facts.texts[1].contrast < 21)
  }

  @Test func commonSizeIsTheOneMostGlyphsHave() {
    #expect(PageFacts(page: page).commonSize(outside: .notice) == .pt(10))
    #expect(PageFacts(page: Frame(size: .zero)).commonSize(outside: []) == nil)
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
    func roles(_ page: Frame) -> [Layout.Tag.Role] {
      var roles: [Layout.Tag.Role] = []
      FrameWalker.walk(page) { if case .enter(let frame, _) = $0, let tag = frame.tag { roles.append(tag.role) } }
      return roles
    }
    let pages = Bench().pages(table, height: 30)
    #expect(roles(pages[0]) == [.table, .tableRow, .headerCell, .tableRow, .dataCell, .tableRow, .dataCell])
    #expect(roles(pages[1]).prefix(2) == [.table, .artifact])
  }

  @Test func walkerKeepsAbsolutePositions() {
    let frame = Bench().whole(BoxNode(column(Block("A", 10), Block("B", 10)), style: BoxNode.Style(padding: Insets(all: .pt(3)))))
    var points: [Point] = []
    FrameWalker.walk(frame, at: Point(x: .pt(100), y: .pt(200))) { if case .item(_, let at) = $0 { points.append(at) } }
    #expect(points == [Point(x: .pt(103), y: .pt(203)), Point(x: .pt(103), y: .pt(213))])
  }
}
