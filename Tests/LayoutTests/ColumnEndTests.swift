import Geometry
import Layout
import Testing
internal import Vocabulary

/// Where balanced columns of text end: no item or line alone, no heading without its text.
@Suite struct ColumnEndTests {
  /// A flow of blocks: `p3` a paragraph of three lines, `u3` one that is not broken, `h` a heading that is kept with the next block, `H` one that is not,
  /// `i` an item that goes on with the list before it, `I` one that begins a list, `j2` an item of two lines, `K` and `k` the first and last of a list that
  /// are kept with their neighbours, `b` a block.
  private func flow(_ blocks: String) -> ColumnNode {
    ColumnNode(
      blocks.split(separator: " ").enumerated().map { index, block in
        let count = Int(block.dropFirst()) ?? 1
        let name = "\(block)\(index)."
        let (content, whole) = (lines(count, name).content, count + 1)
        let node: any Node =
          switch block.first {
          case "h", "H": TextNode(content: content, role: .heading(level: 2))
          case "I", "K": TextNode(content: content, role: .listItem(ListItemPlace(sign: "", isFirst: true)))
          case "i", "j", "k": TextNode(content: content, role: .listItem(ListItemPlace(sign: "", isFirst: false)))
          case "u": TextNode(content: content, widows: whole, orphans: whole)
          case "b": Block("b", 10)
          default: TextNode(content: content)
          }
        return ColumnNode.Child(node, keep: KeepRules(next: block.first == "h" || block == "K" ? 1 : 0, previous: block == "k"))
      })
  }

  /// Which blocks stand in each of the columns, each named once.
  private func columns(_ flow: any Node, count: Int = 2, context: (Bench) -> Void = { _ in }, height: Double = 400) -> [[String]] {
    let bench = Bench()
    context(bench)
    let page = bench.pages(ColumnsNode(flow, count: count, gap: .pt(10)), width: 310, height: height)[0]
    var found = [[String]](repeating: [], count: count)
    FrameWalker.walk(page) { step in
      guard case .item(let item, let at) = step else { return }
      let column = min(count - 1, Int(at.x.points / (320 / Double(count))))
      let name: String
      switch item {
      case .run(let run, _): name = String(run.text.prefix { $0 != "." }.dropLast())
      case .link(let link): name = link.uri
      default: return
      }
      if found[column].last != name { found[column].append(name) }
    }
    return found
  }

  @Test(arguments: [
    // Nothing to mend.
    ("p4", [["p4"], ["p4"]]), ("p2 p2", [["p2"], ["p2"]]), ("I i i i", [["I", "i"], ["i"]]), ("I i", [["I"], ["i"]]),
    ("p1 p1 p1", [["p1"], ["p1"]]), ("b b b", [["b"], ["b"]]),
    // A list of three is not parted into two and one.
    ("I i i", [["I", "i"], []]), ("p2 I i i p2", [["p2", "I", "i"], ["p2"]]), ("j3 I i i", [["j3"], ["I", "i"]]),
    // The first item is not left behind.
    ("p3 I i i i p2", [["p3", "I", "i"], ["i", "p2"]]),
    // A line alone, behind what is not broken.
    ("u5 p1", [["u5", "p1"], []]), ("u5 p2", [["u5"], ["p2"]]), ("u5 b", [["u5"], ["b"]]),
    // Headings.
    ("p3 h p2", [["p3"], ["h", "p2"]]), ("u4 H u4", [["u4", "H", "u4"], []]),
  ])
  func nothingIsLeftAlone(_ blocks: String, _ expected: [[String]]) {
    #expect(columns(flow(blocks)) == expected)
  }

  @Test(arguments: [
    ("p2 K i k p2 p2", [["p2"], ["K", "i", "k"], ["p2"]]),
    // An empty column would be worse than a list that goes over.
    ("p2 I i i p2 p2", [["p2", "I", "i"], ["i", "p2"], ["p2"]]),
  ])
  func threeColumnsAreLookedAtOneByOne(_ blocks: String, _ expected: [[String]]) {
    #expect(columns(flow(blocks), count: 3) == expected)
  }

  /// What is kept of a flow from bill to bill stands as what is made anew.
  @Test func keptColumnsAreTheSame() {
    let cache = FrameCache()
    let kept = CachedNode(ColumnsNode(flow("p2 I i i p2"), count: 2, gap: .pt(10)), key: SubtreeKey(element: 1))
    let fresh = trace(Bench().pages(ColumnsNode(flow("p2 I i i p2"), count: 2, gap: .pt(10)), width: 310))
    for _ in 0..<3 { #expect(trace(Bench(cache: cache).pages(kept, width: 310)) == fresh) }
  }
}
