import Geometry
import Layout
import TestSupport
import Testing
internal import Vocabulary

/// Values that lines do not part: what gives way to them, in which order, and what is said where nothing helps.
@Suite struct TokenTests {
  /// A paragraph in 10 pt squares, each word `[…]` in it a token of that kind.
  static func paragraph(
    _ words: String, _ kind: Token.Kind = .whole, isFirm: Bool = true, least: Double = 6, _ alignment: TextAlignment = .start,
    element: Int = 7
  ) -> TextNode {
    var content = text("", alignment)
    var plain = ""
    var start = 0
    for character in words {
      switch character {
      case "[": start = plain.utf8.count
      case "]":
        content.tokens.append(
          Token(
            start: TextPosition(span: 0, offset: start), end: TextPosition(span: 0, offset: plain.utf8.count), kind: kind, isFirm: isFirm))
      default: plain.append(character)
      }
    }
    content.spans = text(plain).spans
    return TextNode(content: content, origin: Origin(element: element), leastSize: .pt(least))
  }

  private func row(_ cells: any Node...) -> TableRow {
    TableRow(cells.map { ($0 as? TextNode).map { TableCell(text: $0) } ?? TableCell($0) })
  }

  private func table(_ columns: [TableColumn], _ rows: TableRow...) -> TableNode {
    TableNode(columns: columns, source: TableRows(count: rows.count) { rows[$0] })
  }

  // MARK: Paragraphs

  @Test func tokenIsSetSmallerBeforeItIsTorn() {
    let bench = Bench()
    #expect(trace(bench.whole(Self.paragraph("[1234567890]"), width: 80)) == "\"1234567890\" 0,6.4")
    #expect(
      bench.context.findings
        == [LayoutFinding(.shrunk, origin: Origin(element: 7), wanted: .pt(100), available: .pt(80), measure: .width)])
  }

  @Test func tokenThatFitsALineOfItsOwnMovesThere() {
    let bench = Bench()
    #expect(trace(bench.whole(Self.paragraph("pay [12 May 26]"), width: 100)) == "\"pay\" 0,8\n\"12 May 26\" 0,18")
    #expect(bench.causes == [])
  }

  @Test func smallestTypeEndsInATornTokenWhichIsAnError() {
    let bench = Bench()
    _ = bench.whole(Self.paragraph("[1234567890]"), width: 50)
    let torn = bench.context.findings.filter { $0.cause == .wordBroken }
    #expect(torn.map(\.isToken) == [true])
    #expect(torn.map(\.isError) == [true])
    #expect(torn.map(\.measure) == [.width])
  }

  @Test func layoutSaysHowSmallTypeMayBecome() {
    let bench = Bench()
    let frame = bench.whole(Self.paragraph("[1234567890]", least: 4), width: 50)
    #expect(trace(frame).hasPrefix("\"1234567890\""))
    #expect(bench.causes == [.shrunk])
    let strict = Bench()
    _ = strict.whole(Self.paragraph("[1234567890]", least: 9), width: 80)
    #expect(strict.context.findings.contains { $0.isError })
  }

  @Test func looseTokenIsBrokenInFullSizeWithAWarning() {
    let bench = Bench()
    let frame = bench.whole(Self.paragraph("[ABCDEFGHIJKL]", .identifier, isFirm: false), width: 50)
    #expect(trace(frame) == "\"ABCDE\" 0,8\n\"FGHIJ\" 0,18\n\"KL\" 0,28")
    #expect(bench.context.findings.allSatisfy { $0.cause == .wordBroken && !$0.isError })
  }

  @Test func plainWordIsBrokenAsBefore() {
    let bench = Bench()
    #expect(trace(bench.whole(Self.paragraph("ABCDEFGHIJ"), width: 50)) == "\"ABCDE\" 0,8\n\"FGHIJ\" 0,18")
    #expect(bench.causes == [])
  }

  @Test func identifierBreaksAtItsJointsInFullSize() {
    let bench = Bench()
    #expect(trace(bench.whole(Self.paragraph("[ABC-DEFG/HI]", .identifier), width: 60)) == "\"ABC-\" 0,8\n\"DEFG/\" 0,18\n\"HI\" 0,28")
    #expect(bench.causes == [])
  }

  // MARK: Tracks

  @Test func flexibleColumnGivesWayToAFixedOne() {
    let bench = Bench()
    let table = table(
      [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60)))], row(Self.paragraph("one two"), Self.paragraph("[12345678]")))
    #expect(trace(bench.whole(table, width: 150)) == "\"one two\" 0,8\n\"12345678\" 70,8")
    #expect(bench.causes == [])
  }

  @Test func nothingMovesWhereAllFits() {
    let bench = Bench()
    let table = table(
      [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60)))], row(Self.paragraph("one two"), Self.paragraph("[123456]")))
    #expect(trace(bench.whole(table, width: 150)) == "\"one two\" 0,8\n\"123456\" 90,8")
  }

  @Test func descriptionKeepsItsLongestWordAndFixedNeighboursGiveWayThen() {
    let bench = Bench()
    let columns = [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60))), TableColumn(.fixed(.pt(60)))]
    let table = table(columns, row(Self.paragraph("fives x"), Self.paragraph("abc"), Self.paragraph("[12345678]")))
    // 170: the fraction comes down from 50 to 50, its longest word; the neighbour from 60 to 40.
    #expect(trace(bench.whole(table, width: 170)) == "\"fives\" 0,8\n\"x\" 0,18\n\"abc\" 50,8\n\"12345678\" 90,8")
    #expect(bench.causes == [])
  }

  @Test func typeShrinksWhereNeighboursHaveGivenAllTheyHave() {
    let bench = Bench()
    let table = table(
      [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(60)))], row(Self.paragraph("fives"), Self.paragraph("[12345678]")))
    _ = bench.whole(table, width: 110)
    #expect(bench.causes == [.shrunk])
  }

  @Test func spannedColumnsMakeRoom() {
    let bench = Bench()
    let columns = [TableColumn(.fraction(1)), TableColumn(.fixed(.pt(30))), TableColumn(.fixed(.pt(30)))]
    let rows = [
      row(Self.paragraph("a b"), Self.paragraph("x"), Self.paragraph("[1]")),
      TableRow([TableCell(text: Self.paragraph("sum")), TableCell(text: Self.paragraph("[12345678]"), span: 2)]),
    ]
    let table = TableNode(columns: columns, source: TableRows(count: 2) { rows[$0] })
    #expect(trace(bench.whole(table, width: 150)).contains("\"12345678\""))
    #expect(bench.causes == [])
  }

  @Test func blockGivesWayToTheBlockBesideIt() {
    let bench = Bench()
    let row = RowNode([
      RowNode.Child(column(Self.paragraph("[12 345 678]", .whole)), width: .fraction(1)),
      RowNode.Child(Self.paragraph("aa bb"), width: .fraction(1)),
    ])
    #expect(trace(bench.whole(row, width: 150)) == "\"12 345 678\" 0,8\n\"aa bb\" 100,8")
    #expect(bench.causes == [])
  }

  @Test func tableInARowAsksTheNeighbourBeforeItsOwnFixedColumn() {
    let bench = Bench()
    let inner = table(
      [TableColumn(.fixed(.pt(40))), TableColumn(.fraction(1))], row(Self.paragraph("la"), Self.paragraph("[12\u{A0}34]", .groups)))
    let row = RowNode([RowNode.Child(inner, width: .fraction(1)), RowNode.Child(Self.paragraph("aa bb"), width: .fraction(1))])
    #expect(trace(bench.whole(row, width: 160)) == "\"la\" 0,8\n\"12\u{A0}34\" 40,8\n\"aa bb\" 90,8")
    #expect(bench.causes == [])
  }

  // MARK: Places

  private func place(_ node: @escaping (Double) -> any Node, _ excess: PlaceNode.Excess, width: Double = 80, height: Double = 20)
    -> PlaceNode
  {
    PlaceNode(
      node(1),
      at: PlaceNode.Position(left: .fixed(.zero), top: .fixed(.zero), width: .fixed(.pt(width)), height: .fixed(.pt(height))),
      fit: .shrink(floor: 0.8, scaled: node), excess: excess, origin: Origin(element: 4))
  }

  private func sentence(_ words: String) -> (Double) -> any Node {
    { TextNode(content: text(words, style: plain.scaled(by: $0))) }
  }

  private func pages(_ place: PlaceNode, _ body: any Node, _ bench: Bench) -> String {
    trace(bench.pages(Document(masters: PageMasters(first: master(100, 100, places: [place])), body: body)))
  }

  @Test func placeThatCannotHoldItsContentRejectsTheBill() {
    let bench = Bench()
    _ = pages(place(sentence("aaaa bbbb cccc dddd eeee ffff"), .reject), Block("B", 10), bench)
    #expect(bench.causes == [.doesNotFit])
  }

  @Test func placeShowsWhatHasRoomWithAnEllipsis() {
    let bench = Bench()
    let shown = pages(place(sentence("aaaa bbbb cccc dddd eeee ffff"), .cut), Block("B", 10), bench)
    #expect(shown.contains("\"aaaa bbbb\""))
    #expect(shown.contains("…"))
    #expect(!shown.contains("ffff"))
    #expect(bench.causes == [.cut])
    #expect(bench.context.findings.allSatisfy { !$0.isError })
  }

  @Test func whatAPlaceCannotHoldStandsInTheBody() {
    let bench = Bench()
    let place = place(sentence("aaaa bbbb cccc dddd eeee ffff"), .move)
    let body = column(MovedNode(of: place) { TextNode(content: text("aaaa bbbb cccc dddd eeee ffff")) }, Block("B", 10))
    let shown = pages(place, body, bench)
    #expect(shown.contains("ffff"))
    #expect(shown.contains("B 0,30 100x10"))
    #expect(bench.causes == [.cut])
  }

  @Test func nothingMovesFromAPlaceThatHoldsItAll() {
    let bench = Bench()
    let place = place(sentence("aaaa bbbb"), .move)
    var asked = 0
    let body = column(
      MovedNode(of: place) {
        asked += 1
        return EmptyNode()
      }, Block("B", 10))
    #expect(pages(place, body, bench).contains("B 0,0 100x10"))
    #expect(asked == 0)
    #expect(bench.causes == [])
  }

  // MARK: Anything

  /// Random tables beside random paragraphs: where type of the least size leaves room for every token and every longest word, none is torn.
  @Test(arguments: 0..<8) func tokensAreWholeWhereverSomeSizeHoldsThem(part: Int) {
    var held = 0
    for seed in stride(from: part, to: 1_600, by: 8) {
      var random = SeededNumbers(seed: UInt64(seed))
      func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      let count = roll(1...5)
      var longest = [Int](repeating: 0, count: count)
      var tokens = [Int](repeating: 0, count: count)
      var written: [String] = []
      let columns = (0..<count).map { _ in
        TableColumn(
          [.fraction(1), .fraction(2), .auto, .fixed(.pt(Double(roll(1...9) * 10)))][roll(0...3)],
          alignment: roll(1...4) == 1 ? .decimal : .start)
      }
      let rows = (0..<roll(1...6)).map { _ in
        TableRow(
          (0..<count).map { column -> TableCell in
            if roll(1...2) == 1 {
              let digits = (0..<roll(1...14)).map { _ in String(roll(0...9)) }.joined()
              tokens[column] = max(tokens[column], digits.count)
              written.append(digits)
              return TableCell(text: Self.paragraph("[\(digits)]", .whole, columns[column].alignment == .decimal ? .decimal : .end))
            }
            let words = (0..<roll(1...4)).map { _ in String(repeating: "x", count: roll(1...7)) }
            longest[column] = max(longest[column], words.map(\.count).max() ?? 0)
            return TableCell(text: Self.paragraph(words.joined(separator: " ")))
          })
      }
      let width = Double(roll(6...40) * 10)
      // 10 pt squares, 6 at the least.
      let need = (0..<count).reduce(0.0) { $0 + max(Double(longest[$1]) * 10, Double(tokens[$1]) * 6) }
      guard need <= width else { continue }
      held += 1
      let bench = Bench()
      let table = TableNode(columns: columns, source: TableRows(count: rows.count) { rows[$0] })
      let shown = trace(bench.whole(table, width: width))
      #expect(bench.context.findings.allSatisfy { !$0.isToken }, "seed \(seed)")
      for token in written { #expect(shown.contains("\"\(token)\""), "seed \(seed): \(token) is torn") }
    }
    #expect(held > 60)
  }
}
