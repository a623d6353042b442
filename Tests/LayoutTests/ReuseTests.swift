import Geometry
import Layout
import Testing

@Suite struct ReuseTests {
  private final class Counted: Node {
    var fills = 0
    let child: any Node
    init(_ child: any Node) { self.child = child }
    func widths(in context: LayoutContext) -> WidthRange { child.widths(in: context) }
    func fill(_ region: Region, in context: LayoutContext) -> Fragment {
      fills += 1
      return child.fill(region, in: context)
    }
  }

  @Test func staticSubtreeIsLaidOutOnce() {
    let cache = FrameCache()
    let counted = Counted(Slab("S", 4, each: 30))
    let node = CachedNode(counted, key: SubtreeKey(element: 1))
    let first = trace(Bench(cache: cache).pages(column(Block("A", 20), node)))
    let fills = counted.fills
    let second = trace(Bench(cache: cache).pages(column(Block("A", 20), CachedNode(counted, key: SubtreeKey(element: 1)))))
    #expect(first == second)
    #expect(first == trace(Bench().pages(column(Block("A", 20), Slab("S", 4, each: 30)))))
    #expect(counted.fills == fills)
  }

  @Test func keysAndRegionsAreToldApart() {
    let cache = FrameCache()
    let bench = Bench(cache: cache)
    #expect(trace(bench.whole(CachedNode(Block("A", 10), key: SubtreeKey(element: 1)))) == "A 0,0 100x10")
    #expect(trace(bench.whole(CachedNode(Block("B", 10), key: SubtreeKey(element: 1, variant: 1)))) == "B 0,0 100x10")
    #expect(trace(bench.whole(CachedNode(Block("A", 10), key: SubtreeKey(element: 1)), width: 50)) == "A 0,0 50x10")
  }

  @Test func findingsAreReportedForEveryBill() {
    let cache = FrameCache()
    for _ in 1...2 {
      let bench = Bench(cache: cache)
      _ = bench.pages(CachedNode(Block("A", 130), key: SubtreeKey(element: 1)))
      #expect(bench.causes == [.tooHigh])
    }
  }

  @Test func missingGlyphsAreReportedForEveryBill() {
    let cache = FrameCache()
    for _ in 1...2 {
      let bench = Bench(cache: cache)
      bench.setter.missing = ["☃"]
      _ = bench.pages(CachedNode(paragraph("a ☃"), key: SubtreeKey(element: 1)))
      #expect(bench.context.takeMissingGlyphs().map(\.cluster) == ["☃"])
      #expect(bench.context.takeMissingGlyphs() == [])
    }
  }

  @Test func cacheIsBounded() {
    let cache = FrameCache()
    let bench = Bench(cache: cache)
    let counted = Counted(Block("A", 10))
    for width in 1...2000 { _ = bench.whole(CachedNode(counted, key: SubtreeKey(element: 1)), width: Double(width)) }
    #expect(counted.fills == 2000)
    _ = bench.whole(CachedNode(counted, key: SubtreeKey(element: 1)), width: 2000)
    #expect(counted.fills == 2000)
    _ = bench.whole(CachedNode(counted, key: SubtreeKey(element: 1)), width: 1)
    #expect(counted.fills == 2001)
  }

  @Test func samePlanGivesTheSamePagesAgain() {
    let body = column(
      paragraph("one two three four five six"), table(7, header: 10, carried: true), ColumnsNode(lines(9), count: 2, gap: .pt(4)))
    let bench = Bench()
    let first = bench.pages(body, height: 50)
    #expect(first == bench.pages(body, height: 50))
    #expect(first == Bench().pages(body, height: 50))
  }
}
