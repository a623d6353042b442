import Geometry
import Layout
import Testing
internal import Vocabulary

/// Room that is kept for something is not kept for nothing.
@Suite struct ReservedSpaceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var node: @Sendable () -> any Node
    /// Where the block below stands; the one above ends at 10, and gaps are 5.
    var top: Double
  }

  private static let cases: [Case] = [
    Case(testDescription: "nothing", node: { EmptyNode() }, top: 15),
    Case(testDescription: "no blocks", node: { ColumnNode([]) }, top: 15),
    Case(testDescription: "blocks of nothing", node: { column(column(EmptyNode()), EmptyNode()) }, top: 15),
    Case(testDescription: "an insert that is not shown", node: { InsertNode(sizes: [Block("I", 200)]) }, top: 15),
    Case(testDescription: "a row of nothing", node: { RowNode([RowNode.Child(EmptyNode()), RowNode.Child(ColumnNode([]))]) }, top: 15),
    Case(testDescription: "a line of text", node: { paragraph("a") }, top: 50),
    Case(testDescription: "a block", node: { Block("B", 1) }, top: 50),
    Case(testDescription: "white space that is written", node: { SpaceNode(height: .pt(3)) }, top: 50),
    Case(
      testDescription: "an empty panel", node: { BoxNode(EmptyNode(), style: BoxNode.Style(fill: .black, padding: Insets(all: .pt(1)))) },
      top: 50),
  ]

  @Test(arguments: cases) func leastHeightIsForSomething(_ example: Case) {
    for most in [Length.infinity, .pt(60)] {
      let kept = SizedNode(example.node(), limits: SizeLimits(minHeight: .pt(30), maxHeight: most))
      let body = column(Block("A", 10), kept, Block("Z", 10), gap: 5)
      let places = trace(Bench().pages(body)).split(separator: "\n").filter { $0.hasPrefix("Z") }
      #expect(places == ["Z 0,\(short(example.top)) 100x10"])
    }
  }

  /// A stated height is the author's own, whatever stands in the block.
  @Test func statedHeightStays() {
    let body = column(SizedNode(EmptyNode(), limits: SizeLimits(height: .fixed(.pt(30)), minHeight: .pt(10))), Block("Z", 10))
    #expect(trace(Bench().pages(body)).hasSuffix("Z 0,30 100x10"))
  }
}
