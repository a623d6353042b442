import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct TextTests {
  @Test func linesFlowOverPages() {
    #expect(
      trace(Bench().pages(lines(5), height: 30)) == """
        -- 1
        "a1" 0,8
        "a2" 0,18
        "a3" 0,28
        -- 2
        "a4" 0,8
        "a5" 0,18
        """)
  }

  @Test func noLineStandsAloneAtAFoot() {
    let pages = Bench().pages(column(Block("A", 35), lines(4)), height: 50)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x35
        -- 2
        "a1" 0,8
        "a2" 0,18
        "a3" 0,28
        "a4" 0,38
        """)
  }

  @Test func noLineStandsAloneAtATop() {
    let pages = Bench().pages(column(Block("A", 10), lines(5)), height: 50)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x10
        "a1" 0,18
        "a2" 0,28
        "a3" 0,38
        -- 2
        "a4" 0,8
        "a5" 0,18
        """)
  }

  @Test func threeLinesDoNotBreak() {
    let pages = Bench().pages(column(Block("A", 30), lines(3)), height: 50)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 100x30
        -- 2
        "a1" 0,8
        "a2" 0,18
        "a3" 0,28
        """)
  }

  @Test func widowsAndOrphansGiveWayWhereThePageIsTooLow() {
    let bench = Bench()
    let pages = bench.pages(lines(3, widows: 3, orphans: 3), height: 20)
    #expect(
      trace(pages) == """
        -- 1
        "a1" 0,8
        "a2" 0,18
        -- 2
        "a3" 0,8
        """)
    #expect(bench.causes == [])
  }

  @Test func lineHigherThanThePageIsPlacedAndReported() {
    let bench = Bench()
    let pages = bench.pages(TextNode(content: text("a b", style: style(10, line: 50)), origin: Origin(element: 4)), width: 10, height: 30)
    #expect(pages.count == 2)
    #expect(
      bench.context.findings.first == LayoutFinding(.tooHigh, origin: Origin(element: 4), page: 1, wanted: .pt(50), available: .pt(30)))
  }

  @Test func lateTextKeepsItsRoomAndIsFilledIn() {
    var content = TextContent(spans: [.text("page ", plain), .late(.page, plain), .text("/", plain), .late(.pages, plain)], style: plain)
    content.alignment = .end
    let footer = TextNode(content: content)
    let pages = Bench().pages(column(Block("A", 80), Block("B", 80)), width: 200, footer: footer)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 200x80
        "page 1/2" 120,98
        -- 2
        B 0,0 200x80
        "page 2/2" 120,98
        """)
  }

  @Test func unboundFrameHoldsTheLateLine() {
    let bench = Bench()
    let frame = bench.whole(TextNode(content: TextContent(spans: [.late(.pages, plain)], style: plain)))
    #expect(trace(frame) == "late 0,0 100x10")
    #expect(trace(frame.bound(to: LateValues(page: 1, pages: 12), in: bench.context)) == "\"12\" 0,8")
  }

  @Test func linesAreSetOnceForOneWidth() {
    let bench = Bench()
    let node = lines(40)
    _ = bench.pages(node)
    #expect(bench.setter.calls == 1)
  }

  @Test func restIsSetAnewAtAnotherWidth() {
    let bench = Bench()
    let masters = PageMasters(first: master(40, 20), next: master(20, 100))
    let pages = bench.pages(Document(masters: masters, body: paragraph("aa b cc d ee f", widows: 1, orphans: 1)))
    #expect(
      trace(pages) == """
        -- 1
        "aa b" 0,8
        "cc d" 0,18
        -- 2
        "ee" 0,8
        "f" 0,18
        """)
  }

  /// A paragraph of many pages whose words are all broken asks for its widths once, and for its lines at one width once.
  @Test func brokenWordsOverManyPagesAreMeasuredOnce() {
    let bench = Bench()
    func work(_ count: Int) -> Int {
      let before = bench.setter.widthsAsked
      let text = TextContent(spans: [.text(String(repeating: "m", count: count), plain)], style: plain)
      _ = bench.pages(TextNode(content: text), width: 10, height: 50)
      return bench.setter.widthsAsked - before
    }
    let (few, many) = (work(100), work(1_000))
    #expect(many <= few + 4, "\(few) calls for 100 characters, \(many) for 1,000")
  }
}
