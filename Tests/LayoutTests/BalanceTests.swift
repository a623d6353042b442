import Geometry
import Layout
import Testing
internal import Vocabulary

/// Headings whose lines share their words.
@Suite struct BalanceTests {
  /// The lines of a balanced paragraph in 10 pt squares, as words.
  private func lines(_ content: TextContent, width: Double) -> [String] {
    let bench = Bench()
    bench.setter.tellsCutWords = true
    let frame = bench.whole(TextNode(content: content), width: width)
    var lines: [Double: String] = [:]
    for item in frame.items {
      guard case .run(let run, _) = item.item else { continue }
      lines[item.at.y.points, default: ""] += run.text
    }
    return lines.sorted { $0.key < $1.key }.map { $0.value.split(separator: " ").joined(separator: " ") }
  }

  private func balanced(_ words: String, _ alignment: TextAlignment = .start) -> TextContent {
    var content = text(words, alignment)
    content.isBalanced = true
    return content
  }

  @Test(arguments: [
    ("one", ["one"]), ("aaaa bbb", ["aaaa bbb"]),
    // The last word alone.
    ("aaaa bbb cc", ["aaaa", "bbb cc"]), ("aa bb cc dd e", ["aa bb", "cc dd e"]),
    // Already as even as can be.
    ("aaa bbb ccc ddd", ["aaa bbb", "ccc ddd"]), ("aaaaaaaaa bbbbbb", ["aaaaaaaaa", "bbbbbb"]),
    ("aaa bbb ccc ddd eee fff ggg", ["aaa bbb", "ccc ddd", "eee fff", "ggg"]),
    ("aaaa bbbb cccc dddd ee", ["aaaa bbbb", "cccc", "dddd ee"]),
    // A line that must be long does not keep those below it from sharing.
    ("aaaaaaaaaa bbb cc dd e", ["aaaaaaaaaa", "bbb cc", "dd e"]),
    // More lines than four are as they were.
    ("aaaaaa bbbbbb cccccc dddddd eeeeee f", ["aaaaaa", "bbbbbb", "cccccc", "dddddd", "eeeeee f"]),
    ("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii", ["aaaa bbbb", "cccc dddd", "eeee ffff", "gggg hhhh", "iiii"]),
    // A word that is parted anyway.
    ("aaaaaaaaaaaa bbb cc", ["aaaaaaaaaa", "aa bbb cc"]),
  ])
  func linesShareTheirWords(_ words: String, _ expected: [String]) {
    #expect(lines(balanced(words), width: 100) == expected)
  }

  /// The square setter ends lines behind a hyphen within identifiers that are not firm; a heading is not evened out by that.
  @Test func wordsAreNotPartedAtTheirHyphens() {
    var content = balanced("bills by e-mail from x")
    let (start, end) = (TextPosition(span: 0, offset: 9), TextPosition(span: 0, offset: 15))
    content.tokens = [Token(start: start, end: end, kind: .identifier, isFirm: false)]
    #expect(lines(content, width: 150) == ["bills by", "e-mail from x"])
  }

  @Test func onlyWhereItIsAskedFor() {
    #expect(lines(text("aaaa bbb cc"), width: 100) == ["aaaa bbb", "cc"])
    #expect(lines(balanced("aaaa bbb cc", .justify), width: 100) == ["aaaa bbb", "cc"])
  }

  @Test func forcedLinesStay() {
    var content = balanced("")
    content.spans = [.text("aaaa bbb cc", plain), .lineBreak, .text("dd", plain)]
    #expect(lines(content, width: 100) == ["aaaa", "bbb cc", "dd"])
  }

  @Test func tabsAndPageNumbersAreLeftAlone() {
    var (tab, late) = (balanced(""), balanced(""))
    tab.spans = [.text("aaaa", plain), .tab(leader: nil, plain), .text("bbb cc", plain)]
    late.spans = [.text("aaaa bbb ", plain), .late(.page, plain)]
    var plainTab = tab
    plainTab.isBalanced = false
    #expect(lines(tab, width: 100) == lines(plainTab, width: 100))
    let frame = Bench().whole(TextNode(content: late), width: 100)
    #expect(trace(frame) == "late 0,0 100x20")
  }

  /// A token wider than the shorter measure is no reason to part it.
  @Test func tokensStayWhole() {
    var content = balanced("pay 1234-5678 x")
    let (start, end) = (TextPosition(span: 0, offset: 4), TextPosition(span: 0, offset: 13))
    content.tokens = [Token(start: start, end: end, kind: .identifier)]
    #expect(lines(content, width: 110) == ["pay", "1234-5678 x"])
  }

  @Test(arguments: [
    (TextAlignment.start, Direction.leftToRight, [0.0, 0]), (.end, .leftToRight, [60, 40]), (.center, .leftToRight, [30, 20]),
    (.start, .rightToLeft, [60, 40]), (.end, .rightToLeft, [0, 0]),
  ])
  func linesStandWhereTheirAlignmentSays(_ alignment: TextAlignment, _ direction: Direction, _ expected: [Double]) {
    var content = balanced("aaaa bbb cc", alignment)
    content.direction = direction
    let plain = {
      var other = content; other.isBalanced = false; return other
    }()
    func starts(_ content: TextContent) -> [Double] {
      let lines = TextNode(content: content).content.isBalanced ? content : plain
      let frame = Bench().whole(TextNode(content: lines), width: 100)
      var left: [Double: Double] = [:]
      for item in frame.items { left[item.at.y.points] = min(left[item.at.y.points] ?? .infinity, item.at.x.points) }
      return left.sorted { $0.key < $1.key }.map(\.value)
    }
    #expect(starts(content) == expected)
  }

  /// A broken heading goes on with the lines it was measured with.
  @Test func brokenTextGoesOnWithItsOwnLines() {
    let body = column(Block("A", 10), TextNode(content: balanced("aaaaaaaaaa bbb cc dd e"), widows: 1, orphans: 1))
    let words = Bench().pages(body, height: 30).map { page in
      trace(page).split(separator: "\n").filter { $0.hasPrefix("\"") }.map { $0.split(separator: "\"")[0] }
    }
    #expect(words.flatMap { $0 }.joined(separator: "|").contains("dd e"))
    #expect(words.count == 2)
  }
}
