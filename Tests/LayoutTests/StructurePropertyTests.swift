import Geometry
import Layout
import Testing

/// What holds for the structure of every layout, tried on seeded random trees.
@Suite struct StructurePropertyTests {
  #if SOAK
    private static let trees = 20_000
  #else
    private static let trees = 400
  #endif

  @Test(arguments: 0..<4) func everythingPaintedBelongsToOneThingOnly(part: Int) {
    for seed in stride(from: part, to: Self.trees, by: 4) {
      let (node, width, height) = tree(seed)
      let pages = Bench().pages(node, width: width, height: height, header: paragraph("top"), limit: 2_000)
      if let fault = StructureTree(of: pages, language: "en").fault(on: pages) { Issue.record("seed \(seed): \(fault)") }
    }
  }

  @Test(arguments: 0..<4) func structureIsThatOfTheUnbrokenContent(part: Int) {
    for seed in stride(from: part, to: Self.trees, by: 4) {
      let (node, width, height) = tree(seed)
      let bench = Bench()
      let pages = bench.pages(node, width: width, height: height, limit: 2_000)
      let sheet = Frame(size: .zero, items: [PlacedItem(at: .zero, item: .frame(Bench().whole(node, width: width)))])
      let (found, wanted) = (Outline.lines(pages), Outline.lines([sheet]))
      if let line = zip(found, wanted).first(where: { $0 != $1 }) {
        Issue.record("seed \(seed), \(pages.count) pages: \(line.0) and not \(line.1)")
      } else if found.count != wanted.count {
        Issue.record("seed \(seed), \(pages.count) pages: \(found.count) lines and not \(wanted.count)")
      }
    }
  }

  @Test func cachedTreesHaveTheSameStructure() {
    for seed in stride(from: 0, to: Self.trees, by: 8) {
      let (node, width, height) = tree(seed)
      let expected = StructureText.text(of: Bench().pages(node, width: width, height: height), language: "en")
      let cache = FrameCache()
      for _ in 1...2 {
        let pages = Bench(cache: cache).pages(CachedNode(node, key: SubtreeKey(element: 0)), width: width, height: height)
        #expect(expected == StructureText.text(of: pages, language: "en"), "seed \(seed)")
      }
    }
  }

  private func tree(_ seed: Int) -> (node: any Node, width: Double, height: Double) {
    var trees = RandomTree(seed: UInt64(seed) &+ 77)
    return (trees.node(depth: 2 + seed % 3), [120, 200, 300][seed % 3], [60, 100, 180][(seed / 3) % 3])
  }
}

/// The elements of a structure by kind and words, without what only pages bring: strands, sums and where words are parted.
private struct Outline {
  static func lines(_ pages: [Frame]) -> [String] {
    let tree = StructureTree(of: pages, language: "en")
    let items = pages.map { page in
      var items: [Item] = []
      FrameWalker.walk(page) { if case .item(let item, _) = $0 { items.append(item) } }
      return items
    }
    var lines: [String] = []
    func words(_ element: StructureElement) -> String {
      element.children.map { child in
        switch child {
        case .element(let id): return tree[id].map(words) ?? ""
        case .content(let piece):
          switch items[piece.page - 1][piece.item] {
          case .run(let run, _): return run.text.filter { $0 != " " }
          case .link(let area): return area.uri
          default: return ""
          }
        }
      }.joined()
    }
    func write(_ element: StructureElement, _ depth: Int) {
      let said = words(element)
      // Sums stand once a page, and a header once.
      if element.kind == .tableRow, said.hasPrefix("*") { return }
      let isBlock = element.kind == .paragraph && element.source < 0
      if ![.document, .division, .link].contains(element.kind), !isBlock {
        lines.append(String(repeating: " ", count: depth) + "\(element.kind) \(element.kind == .paragraph ? said : "")")
      }
      for child in element.children {
        guard case .element(let id) = child, let inner = tree[id] else { continue }
        if inner.kind == .link { lines.append(words(inner)) }
        write(inner, inner.kind == .division || isBlock ? depth : depth + 1)
      }
    }
    write(tree.root, 0)
    return lines
  }
}
