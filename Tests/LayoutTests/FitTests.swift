import Geometry
import Layout
import Testing
import Vocabulary

@Suite struct FitTests {
  private func scaledText(_ words: String) -> (Double) -> any Node {
    { factor in TextNode(content: text(words, style: plain.scaled(by: factor))) }
  }
  private func shrinking(_ words: String, width: Double, height: Double, floor: Double) -> SizedNode {
    let scaled = scaledText(words)
    return SizedNode(
      scaled(1), limits: SizeLimits(width: .fixed(.pt(width)), height: .fixed(.pt(height))), fit: .shrink(floor: floor, scaled: scaled),
      origin: Origin(element: 3))
  }

  @Test func textIsMadeSmallerUntilItFits() {
    let bench = Bench()
    let frame = bench.whole(shrinking("aaaa bbbb cccc", width: 45, height: 20, floor: 0.5))
    #expect(
      trace(frame) == """
        "aaaa" 0,5.25
        "bbbb" 0,11.81
        "cccc" 0,18.38
        """)
    #expect(bench.context.findings == [LayoutFinding(.shrunk, origin: Origin(element: 3), wanted: .pt(30), available: .pt(20))])
  }

  @Test func wordWiderThanTheBoxIsMadeSmallerToo() {
    let bench = Bench()
    let frame = bench.whole(shrinking("aaaaaaaa", width: 60, height: 20, floor: 0.5))
    #expect(trace(frame) == "\"aaaaaaaa\" 0,6")
    #expect(bench.causes == [.shrunk])
  }

  @Test func textThatFitsIsNotTouched() {
    let bench = Bench()
    #expect(trace(bench.whole(shrinking("aa", width: 60, height: 20, floor: 0.5))) == "\"aa\" 0,8")
    #expect(bench.causes == [])
  }

  @Test func floorEndsShrinkingInAReject() {
    let bench = Bench()
    _ = bench.whole(shrinking("aaaa bbbb cccc dddd", width: 40, height: 20, floor: 0.8))
    #expect(bench.context.findings == [LayoutFinding(.doesNotFit, origin: Origin(element: 3), wanted: .pt(32), available: .pt(20))])
  }

  @Test func growingIsNoted() {
    let bench = Bench()
    let node = SizedNode(Block("A", 30), limits: SizeLimits(height: .fixed(.pt(20))), fit: .grow, origin: Origin(element: 3))
    #expect(
      trace(bench.whole(column(node, Block("B", 5)))) == """
        A 0,0 100x30
        B 0,30 100x5
        """)
    #expect(bench.context.findings == [LayoutFinding(.grown, origin: Origin(element: 3), wanted: .pt(30), available: .pt(20))])
  }

  @Test func findingNamesThePageWhereTheBlockEndedUp() {
    let bench = Bench()
    let node = SizedNode(Block("A", 30), limits: SizeLimits(height: .fixed(.pt(20))), fit: .grow, origin: Origin(element: 3))
    _ = bench.pages(column(Block("X", 80), node))
    #expect(bench.context.findings.map(\.page) == [2])
  }

  @Test func firstAlternativeThatFitsIsTaken() {
    let bench = Bench()
    let node = AlternativesNode([Block("large", 60), Block("small", 20)], origin: Origin(element: 4))
    #expect(
      trace(bench.pages(column(Block("A", 70), node, Block("B", 10)))) == """
        -- 1
        A 0,0 100x70
        small 0,70 100x20
        B 0,90 100x10
        """)
    #expect(
      bench.context.findings == [LayoutFinding(.alternative, origin: Origin(element: 4), page: 1, wanted: .pt(60), available: .pt(30))])
  }

  @Test func alternativesMoveOnWhereNoneFits() {
    let bench = Bench()
    let node = AlternativesNode([Block("large", 60), Block("small", 20)])
    #expect(
      trace(bench.pages(column(Block("A", 90), node))) == """
        -- 1
        A 0,0 100x90
        -- 2
        large 0,0 100x60
        """)
    #expect(bench.causes == [])
  }

  @Test func alternativeThatIsTooWideIsPassedOver() {
    let node = AlternativesNode([Block("wide", 10, width: 150), Block("narrow", 10, width: 50)])
    #expect(
      trace(Bench().pages(node)) == """
        -- 1
        narrow 0,0 50x10
        """)
  }

  @Test func lastAlternativeIsTakenWhereNoneFitsAPage() {
    let bench = Bench()
    #expect(
      trace(bench.pages(AlternativesNode([Block("huge", 160), Slab("S", 6, each: 20)]))) == """
        -- 1
        S1 0,0 100x20
        S2 0,20 100x20
        S3 0,40 100x20
        S4 0,60 100x20
        S5 0,80 100x20
        -- 2
        S6 0,0 100x20
        """)
    #expect(bench.causes == [.alternative])
  }

  @Test func picturesKeepTheirRatio() {
    let natural = Size(width: .pt(200), height: .pt(100))
    let body = column(
      ImageNode(image: 1, naturalSize: natural, description: "a"),
      ImageNode(image: 1, naturalSize: natural, width: .fixed(.pt(40)), description: nil),
      ImageNode(image: 1, naturalSize: natural, height: .fixed(.pt(10)), description: nil),
      ImageNode(image: 1, naturalSize: natural, width: .fixed(.pt(40)), height: .fixed(.pt(40)), description: nil))
    #expect(
      trace(Bench().whole(body)) == """
        image 1 0,0 100x50
        image 1 0,50 40x20
        image 1 0,70 20x10
        image 1 0,90 40x20
        """)
  }

  @Test func pictureIsMadeSmallerForAPageRatherThanCut() {
    let bench = Bench()
    let image = ImageNode(image: 1, naturalSize: Size(width: .pt(100), height: .pt(400)), description: "tall")
    #expect(
      trace(bench.pages(column(Block("A", 20), image))) == """
        -- 1
        A 0,0 100x20
        -- 2
        image 1 0,0 25x100
        """)
    #expect(bench.causes == [])
  }

  @Test func barcodeStandsInItsQuietZone() {
    let code = Symbol(form: .matrix(columns: 1, rows: 1, dark: [true]), text: "x")
    let node = SymbolNode(symbol: code, size: Size(width: .pt(30), height: .pt(30)), quiet: Insets(all: .pt(4)), description: "code")
    #expect(
      trace(Bench().whole(node)) == """
        rect 0,0 38x38 #FFFFFF
        symbol 4,4 30x30
        """)
  }

  @Test func keptPictureMakesItselfSmallerWithoutAFinding() {
    let bench = Bench()
    let image = ImageNode(image: 1, naturalSize: Size(width: .pt(100), height: .pt(400)), description: "tall")
    #expect(trace(bench.pages(KeepNode(image))) == "-- 1\nimage 1 0,0 25x100")
    #expect(bench.causes == [])
  }

  @Test func lackOfHeightMovesOnBeforeItShrinks() {
    let bench = Bench()
    let scaled = scaledText("aaaa bbbb cccc")
    let node = FitNode(scaled(1), policy: .shrink(floor: 0.5, scaled: scaled), origin: Origin(element: 3))
    let pages = bench.pages(column(Block("A", 80), node), width: 45)
    #expect(
      trace(pages) == """
        -- 1
        A 0,0 45x80
        -- 2
        "aaaa" 0,8
        "bbbb" 0,18
        "cccc" 0,28
        """)
    #expect(bench.causes == [])
  }

  @Test func wordTooWideShrinksInEveryRegion() {
    for isEndless in [true, false] {
      let bench = Bench()
      let scaled = scaledText("aaaaaaaa")
      let node = FitNode(scaled(1), policy: .shrink(floor: 0.5, scaled: scaled), origin: Origin(element: 3))
      let shown = isEndless ? trace(bench.whole(node, width: 60)) : trace(bench.pages(column(Block("A", 80), node), width: 60))
      #expect(shown.hasSuffix(isEndless ? "\"aaaaaaaa\" 0,6" : "\"aaaaaaaa\" 0,86"))
      #expect(bench.context.findings.map(\.cause) == [.shrunk])
      #expect(bench.context.findings.map(\.wanted) == [.pt(80)])
      #expect(bench.context.findings.map(\.available) == [.pt(60)])
    }
  }

  @Test func rowGivesAShrinkingChildItsLeastWidth() {
    let bench = Bench()
    let scaled = scaledText("aaaaaaaa")
    let node = FitNode(scaled(1), policy: .shrink(floor: 0.5, scaled: scaled))
    let row = RowNode([RowNode.Child(node), RowNode.Child(paragraph("bbbb"))])
    #expect(
      trace(bench.whole(row, width: 80)) == """
        "aaaaaaaa" 0,4
        "bbbb" 40,8
        """)
  }
}
