import Geometry
import Layout
import Testing
import Vocabulary

/// The logical structure found on finished pages.
@Suite struct StructureTests {
  private func structure(_ pages: [Frame], language: String = "en", direction: Direction = .leftToRight) -> String {
    StructureText.text(of: pages, language: language, direction: direction)
  }
  private func tree(_ pages: [Frame]) -> StructureTree { StructureTree(of: pages, language: "en") }
  /// The structure without the document's own line and without artifacts.
  private func body(_ pages: [Frame]) -> String {
    structure(pages).split(separator: "\n").filter { !$0.hasPrefix("Document") && !$0.hasPrefix("artifact") }.map { $0.dropFirst(2) }
      .joined(separator: "\n")
  }

  // MARK: Over pages

  @Test func paragraphOverAPageBreakIsOneElement() {
    let pages = Bench().pages(column(lines(4, "a"), lines(8, "b"), lines(2, "c")), height: 60)
    #expect(pages.count == 3)
    #expect(
      body(pages) == """
        P "a1" "a2" "a3" "a4"
        P "b1" "b2" "b3" @2 "b4" "b5" "b6" "b7" "b8"
        P "c1" @3 "c2"
        """)
    let paragraphs = tree(pages).all { $0.kind == .paragraph }
    #expect(paragraphs.map(\.children.count) == [4, 8, 2])
    #expect(Set(paragraphs[1].children.compactMap(\.page)) == [1, 2])
  }

  @Test func paragraphOverThreePagesInColumnsIsOneElement() {
    let flow = ColumnsNode(lines(30, "a"), count: 2, gap: .pt(4))
    let found = tree(Bench().pages(flow, height: 50)).all { $0.kind == .paragraph }
    #expect(found.map(\.children.count) == [30])
    #expect(Set(found[0].children.compactMap(\.page)) == [1, 2, 3])
  }

  @Test func sectionOverPagesKeepsItsName() {
    let pages = Bench().pages(column(Block("A", 80), TaggedNode(.section, landmark: "news", column(lines(4, "x"), lines(6, "y")))))
    #expect(pages.count == 2)
    let found = tree(pages).all { $0.landmark == "news" }
    #expect(found.map(\.kind) == [.section])
    #expect(found.map(\.children.count) == [2])
  }

  @Test func blocksBesideOneAnotherAreReadOneAfterTheOther() {
    let pages = Bench().pages(
      RowNode([RowNode.Child(lines(5, "a"), width: .fraction(1)), RowNode.Child(lines(5, "b"), width: .fraction(1))]), height: 30)
    #expect(pages.count == 2)
    #expect(
      body(pages) == """
        Div
          P "a1" "a2" "a3" "a4" @2 "a5"
        Div
          P "b1" @1 "b2" "b3" "b4" @2 "b5"
        """)
  }

  @Test func cachedPartThatStandsTwiceIsTwoElements() {
    let (cache, nine) = (FrameCache(), lines(9, "n"))
    func cached() -> CachedNode { CachedNode(nine, key: SubtreeKey(element: 1)) }
    for _ in 1...2 {
      let side = Bench(cache: cache).pages(
        RowNode([RowNode.Child(cached(), width: .fraction(1)), RowNode.Child(cached(), width: .fraction(1))]), height: 40)
      #expect(side.count == 3)
      #expect(tree(side).all { $0.kind == .paragraph }.map(\.children.count) == [9, 9])
      let below = Bench(cache: cache).pages(column(cached(), cached()), height: 40)
      #expect(tree(below).all { $0.kind == .paragraph }.map(\.children.count) == [9, 9])
    }
  }

  // MARK: Tables

  private func cell(_ words: String, span: Int = 1) -> TableCell { TableCell(text: TextNode(content: text(words)), span: span) }

  private func wide(_ rows: [TableRow], repeats: Bool = true) -> TableNode {
    TableNode(
      columns: [TableColumn(.fraction(1)), TableColumn(.fraction(1)), TableColumn(.fraction(1))],
      source: TableRows(
        count: rows.count, header: { _ in [TableRow([self.cell("H1"), self.cell("H2", span: 2)])] },
        carried: { _ in [TableRow([self.cell("C"), self.cell("9")])] }, footer: { [TableRow([self.cell("F"), .empty, self.cell("8")])] },
        row: { rows[$0] }), style: TableStyle(repeatsHeader: repeats, minimumRows: 1))
  }

  @Test func rowSplitOverTwoPagesIsOneRowOfWholeCells() throws {
    let split = TableRow([TableCell(lines(6, "s")), cell("t"), TableCell(lines(7, "u"))])
    let pages = Bench().pages(wide([TableRow([cell("a"), cell("b"), cell("c")]), split]), width: 120, height: 60)
    #expect(pages.count == 2)
    #expect(
      body(pages) == """
        Table
          THead
            TR
              TH column "H1"
              TH column span 2 "H2"
          TBody
            TR
              TD "a"
              TD "b"
              TD "c"
            TR
              TD "s1" "s2" "s3" "s4" @2 "s5" "s6"
              TD "t" @1
              TD "u1" "u2" "u3" "u4" @2 "u5" "u6" "u7"
            TR
              TH row "C" @1
              TD "9"
              TD
          TFoot
            TR
              TH row "F" @2
              TD
              TD "8"
        """)
    let rows = tree(pages).all { $0.kind == .tableRow }
    #expect(rows.count == 5)
    #expect(structure(pages).contains("artifact repeatedHead @2 \"H1\" \"H2\""))
    #expect(!structure(pages).contains("artifact repeatedHead @1"))
  }

  @Test func rowWhoseCellsAreBlocksIsOneRowTooWhateverIsPutOff() {
    // The second cell has no room at all on the first page.
    let split = TableRow([TableCell(Slab("S", 6, each: 10)), TableCell(column(Block("B", 30), lines(2, "x"))), cell("t")])
    let pages = Bench().pages(wide([split], repeats: false), width: 120, height: 50)
    #expect(pages.count == 2)
    let row = tree(pages).all { $0.kind == .tableRow }[1]
    #expect(row.children.count == 3)
    let columns = row.children.compactMap { child -> Int? in
      guard case .element(let id) = child, case .cell(let place)? = tree(pages)[id]?.kind else { return nil }
      return place.column
    }
    #expect(columns == [0, 1, 2])
  }

  @Test func rowsThatStandForOthersHaveAHeaderOfTheirOwn() {
    let rows = [
      TableRow([cell("G", span: 3)], role: .groupHeader), TableRow([cell("a"), cell("1")]),
      TableRow([.empty, cell("T"), cell("1")], role: .subtotal), TableRow([cell("n", span: 3)], role: .note),
    ]
    let found = body(Bench().pages(wide(rows), width: 120, height: 200))
    for line in ["TH row span 3 \"G\"", "TD \"a\"", "TH row \"T\"", "TD span 3 \"n\"", "TH row \"F\""] {
      #expect(found.contains(line), "\(line)")
    }
    // The table's width is the same in every row.
    let tree = tree(Bench().pages(wide(rows), width: 120, height: 200))
    for row in tree.all(where: { $0.kind == .tableRow }) {
      let width = row.children.reduce(0) { sum, child in
        guard case .element(let id) = child, case .cell(let place)? = tree[id]?.kind else { return sum }
        return sum + place.columnSpan
      }
      #expect(width == 3)
    }
  }

  @Test func tableInACellIsATableOfItsOwn() {
    let inner = table(3, header: 10)
    let outer = TableNode(
      columns: [TableColumn(.fraction(1))], source: TableRows(count: 1) { _ in TableRow([TableCell(inner)]) })
    let tree = tree(Bench().pages(outer, height: 200))
    let tables = tree.all { $0.kind == .table }
    #expect(tables.count == 2)
    #expect(tree.all { $0.kind == .tableRow }.count == 5)
  }

  // MARK: Lists

  private func item(_ sign: String, _ words: String, isFirst: Bool = false) -> TextNode {
    let content = TextContent(spans: [.text(sign, plain), .text(words, plain)], style: plain)
    return TextNode(content: content, role: .listItem(ListItemPlace(sign: sign, isFirst: isFirst)))
  }

  @Test func itemsHaveALabelAndABody() {
    let pages = Bench().pages(column(item("1.", "a", isFirst: true), item("2.", "b"), paragraph("p"), item("•", "c", isFirst: true)))
    #expect(
      body(pages) == """
        L
          LI
            Lbl "1."
            LBody "a"
          LI
            Lbl "2."
            LBody "b"
        P "p"
        L
          LI
            Lbl "•"
            LBody "c"
        """)
  }

  @Test func listsInItemsAreNestedAndGoOnOverPages() {
    let nested = TaggedNode(
      .listItemRest, BoxNode(column(item("•", "x", isFirst: true), item("•", "y"), paragraph("rest")), style: BoxNode.Style()))
    let body = column(item("1.", "a b c d e f", isFirst: true), nested, item("2.", "z"), item("1.", "o", isFirst: true))
    let whole = self.body(Bench().pages(body, width: 60, height: 500))
    #expect(
      whole
        == """
        L
          LI
            Lbl "1."
            LBody "a b" "c d e" "f"
              L
                LI
                  Lbl "•"
                  LBody "x"
                LI
                  Lbl "•"
                  LBody "y"
              P "rest"
          LI
            Lbl "2."
            LBody "z"
        L
          LI
            Lbl "1."
            LBody "o"
        """)
    for height in stride(from: 20.0, through: 80, by: 10) {
      let parted = self.body(Bench().pages(body, width: 60, height: height))
      #expect(parted.replacing(#/ @\d+/#, with: "") == whole, "\(height)")
    }
  }

  // MARK: Text

  private func linked(_ parts: (String, String?)...) -> TextNode {
    TextNode(content: TextContent(spans: parts.map { .text($0.0, plain, link: $0.1, isData: false) }, style: plain))
  }

  @Test func linkOverTwoLinesIsOneElementWithBothAreas() throws {
    let node = linked(("see ", nil), ("our long ", "x:a"), ("page", "x:a"), (" or ", nil), ("this", "x:b"))
    let pages = Bench().pages(node, width: 100)
    #expect(
      body(pages) == """
        P "see "
          Link <x:a> "our" area "long page" area
          "or "
          Link <x:b> "this" area
        """)
    // Over a page's end too.
    let parted = tree(Bench().pages(column(Block("A", 80), TextNode(content: node.content, widows: 1, orphans: 1))))
    let links = parted.all { $0.kind == .link && $0.address == "x:a" }
    #expect(links.count == 1)
  }

  @Test func quotationInOtherLettersSaysItsLanguage() {
    let pages = Bench().pages(paragraph("to شارع 5 الملك, City"), width: 400)
    #expect(
      body(pages) == """
        P "to "
          Span lang=ar "شارع 5 الملك"
          ", City"
        """)
    #expect(!structure(pages, language: "ar").contains("Span"))
    #expect(!structure(pages, language: "fa-IR").contains("Span"))
    #expect(structure(Bench().pages(paragraph("Müller č ½ € —"), width: 400)).contains("P \"Müller č ½ € —\""))
  }

  @Test func paragraphOfAnotherLanguageSaysSo() {
    var content = text("bonjour")
    content.language = "fr"
    let setter = SquareSetter()
    let context = LayoutContext(text: setter, language: "en")
    guard case .complete(let frame) = column(TextNode(content: content), paragraph("hello")).fill(.endless(width: .pt(100)), in: context)
    else {
      Issue.record("not whole")
      return
    }
    let page = Frame(size: frame.size, items: [PlacedItem(at: .zero, item: .frame(frame))])
    #expect(body([page]) == "P lang=fr \"bonjour\"\nP \"hello\"")
  }

  @Test func headingsBeginAtOneAndSkipNone() {
    func heading(_ level: Int) -> TextNode { TextNode(content: text("h\(level)"), role: .heading(level: level)) }
    let found = body(Bench().pages(column(heading(2), heading(4), heading(4), heading(1), heading(3))))
    #expect(found == "H1 \"h2\"\nH2 \"h4\"\nH3 \"h4\"\nH1 \"h1\"\nH2 \"h3\"")
  }

  // MARK: The page

  @Test func placesAreReadFirstAndSlipsLast() {
    func place(_ name: String, x: Double, y: Double) -> PlaceNode {
      PlaceNode(paragraph(name), at: PlaceNode.Position(left: .fixed(.pt(x)), top: .fixed(.pt(y)), width: .fixed(.pt(60))))
    }
    let (address, title, logo) = (place("addr", x: 0, y: 20), place("title", x: 0, y: 50), place("logo", x: 40, y: 0))
    let masters = PageMasters(
      first: master(header: paragraph("head"), footer: paragraph("foot"), places: [address, title, logo]),
      next: master(footer: paragraph("foot"), places: [place("again", x: 0, y: 0)]), last: master(places: [place("end", x: 0, y: 80)]))
    let slip = CouponNode(paragraph("slip"), page: .first)
    let document = Document(masters: masters, body: lines(20, "b"), coupons: [slip])
    let pages = Bench().pages(document)
    #expect(pages.count == 3)
    let order = body(pages).split(separator: "\n").filter { $0.contains("\"") }.map { $0.trimmingCharacters(in: " ") }
    #expect(order.prefix(4) == ["P \"logo\"", "P \"addr\"", "P \"title\"", "P \"end\" @3"])
    #expect(order.last == "P \"slip\" @1")
    #expect(order.count == 6)
    let all = structure(pages)
    #expect(all.contains("artifact header @1 \"head\""))
    #expect(all.contains("artifact footer @1 \"foot\""))
    #expect(all.contains("artifact repeated @2 \"again\""))
  }

  @Test func placesOfThePagesBeforeAreReadOnce() {
    let logo = PlaceNode(paragraph("logo"), at: PlaceNode.Position(left: .fixed(.zero), top: .fixed(.zero)))
    let pages = Bench().pages(Document(masters: PageMasters(first: master(places: [logo])), body: lines(25, "b")))
    #expect(pages.count == 3)
    let all = structure(pages)
    #expect(
      all.split(separator: "\n").filter { $0.contains("\"logo\"") } == [
        "    P \"logo\"", "artifact repeated @2 \"logo\"", "artifact repeated @3 \"logo\"",
      ])
  }

  @Test func whatIsReadInTheBodyIsNotReadInItsPlaceToo() {
    let place = PlaceNode(
      paragraph("one two three four five"),
      at: PlaceNode.Position(left: .fixed(.zero), top: .fixed(.zero), width: .fixed(.pt(50)), height: .fixed(.pt(20))),
      excess: .move)
    let moved = MovedNode(of: place) { paragraph("one two three four five") }
    let pages = Bench().pages(Document(masters: PageMasters(first: master(places: [place])), body: column(moved, paragraph("b"))))
    let paragraphs = tree(pages).all { $0.kind == .paragraph }
    #expect(paragraphs.count == 2)
    #expect(structure(pages).contains("artifact repeated @1"))
  }

  @Test func runningMatterIsMarkedOnce() {
    let header = TaggedNode(.group, column(paragraph("head"), RuleNode()))
    let page = Bench().pages(paragraph("b"), header: header, footer: header)[0]
    var depth = 0
    FrameWalker.walk(page) { step in
      switch step {
      case .enter(let frame, _): if case .artifact(let kind)? = frame.tag?.role, kind != .layout { depth += 1; #expect(depth == 1) }
      case .leave(let frame, _): if case .artifact(let kind)? = frame.tag?.role, kind != .layout { depth -= 1 }
      case .item: break
      }
    }
    // The rule in it is part of it, not an artifact in an artifact.
    let kinds = tree([page]).pages[0].contents.map(\.owner).filter { if case .artifact = $0 { true } else { false } }
    #expect(kinds == [.artifact(.header), .artifact(.header), .artifact(.footer), .artifact(.footer)])
  }

  @Test func figuresSayWhatTheyShow() {
    func image(_ words: String?) -> ImageNode {
      ImageNode(image: 0, naturalSize: Size(width: .pt(10), height: .pt(10)), description: words)
    }
    let symbol = Symbol(form: .matrix(columns: 1, rows: 1, dark: [true]), text: "x")
    let code = SymbolNode(symbol: symbol, size: Size(width: .pt(10), height: .pt(10)), quiet: .zero, description: "code to pay")
    let mark = ChartNode.Mark(values: [1])
    var named = mark
    named.label = text("Jan")
    let chart = ChartNode(
      kind: .bars, marks: [named], style: ChartNode.Style(color: .black, highlight: .black), height: .pt(30), description: "use by month")
    let pages = Bench().pages(column(image("a sun"), image(nil), image(""), code, chart))
    #expect(
      body(pages) == """
        Figure alt="a sun" image
        Figure alt="code to pay" symbol
        Figure alt="use by month" "Jan"
        """)
    #expect(tree(pages).pages[0].contents.filter { $0.owner == .artifact(.layout) }.count == 2)
  }

  @Test func fillsLieBehindAndRulesBetween() {
    let panel = BoxNode(column(paragraph("a"), RuleNode()), style: BoxNode.Style(fill: .black))
    let contents = tree(Bench().pages(panel)).pages[0].contents
    #expect(contents.map(\.owner).first == .artifact(.background))
    #expect(contents.map(\.owner).last == .artifact(.layout))
  }

  // MARK: Page by page

  @Test func finishedElementsAreHandedOutWhileTheDocumentGoesOn() {
    let document = Document(masters: PageMasters(first: master(200, 100)), body: table(2_000, header: 10, carried: true))
    var builder = StructureBuilder(language: "en")
    var taken: [StructureElement] = []
    var mostAtOnce = 0
    var pages: [Frame] = []
    try? Paginator(document, context: Bench().context).paginate(keeping: 0).forEachPage { number, page in
      builder.add(page, number: number)
      let finished = builder.takeFinished()
      mostAtOnce = max(mostAtOnce, finished.count)
      taken += finished
      pages.append(page)
    }
    #expect(pages.count > 200)
    #expect(mostAtOnce < 60)
    #expect(taken.count > 6_000)
    taken += builder.finish()
    #expect(Set(taken.map(\.id)).count == taken.count)
    let whole = tree(pages)
    #expect(whole.count == taken.count)
    #expect(taken.allSatisfy { whole[$0.id] == $0 })
    #expect(taken.last?.kind == .document)
  }
}

extension StructureElement.Child {
  fileprivate var page: Int? { if case .content(let piece) = self { piece.page } else { nil } }
}

extension StringProtocol {
  fileprivate func trimmingCharacters(in blank: Character) -> String {
    String(drop { $0 == blank }.reversed().drop { $0 == blank }.reversed())
  }
}
