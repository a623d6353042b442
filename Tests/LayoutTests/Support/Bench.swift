import Geometry
import Layout
internal import Vocabulary

let plain = {
  var properties = TextStyle.Properties()
  properties.size = .pt(10)
  properties.lineHeight = .pt(10)
  return TextStyle(properties)
}()

func style(_ size: Double, line: Double, color: Color = .black) -> TextStyle {
  var properties = TextStyle.Properties()
  properties.size = .pt(size)
  properties.lineHeight = .pt(line)
  properties.color = color
  return TextStyle(properties)
}

/// A paragraph in 10 pt squares, 10 pt a line.
func text(_ words: String, _ alignment: TextAlignment = .start, style: TextStyle = plain) -> TextContent {
  var content = TextContent(spans: [.text(words, style)], style: style)
  content.alignment = alignment
  return content
}

func paragraph(_ words: String, widows: Int = 2, orphans: Int = 2, source: Int = -1) -> TextNode {
  TextNode(content: text(words), widows: widows, orphans: orphans, origin: Origin(element: source))
}

/// `count` lines of one word each on any measure from 10 to 19 pt and more when they are long: `a1 a2 …`, forced apart.
func lines(_ count: Int, _ name: String = "a", widows: Int = 2, orphans: Int = 2) -> TextNode {
  var spans: [Span] = []
  for line in 1...count {
    if line > 1 { spans.append(.lineBreak) }
    spans.append(.text("\(name)\(line)", plain))
  }
  return TextNode(content: TextContent(spans: spans, style: plain), widows: widows, orphans: orphans)
}

/// What a test lays out with, and what came of it.
final class Bench {
  let setter = SquareSetter()
  let context: LayoutContext

  init(direction: Direction = .leftToRight, cache: FrameCache? = nil, grid: BaselineGrid? = nil) {
    context = LayoutContext(text: setter, direction: direction, cache: cache, grid: grid)
  }

  /// Pages of 100 × 100 without margins, or of another size.
  func pages(
    _ body: any Node, width: Double = 100, height: Double = 100, header: (any Node)? = nil, footer: (any Node)? = nil,
    coupons: [CouponNode] = [], limit: Int = 200
  ) -> [Frame] {
    let master = PageMaster(size: Size(width: .pt(width), height: .pt(height)), margin: .zero, header: header, footer: footer)
    return pages(Document(masters: PageMasters(first: master), body: body, coupons: coupons, pageLimit: limit))
  }

  func pages(_ document: Document, keeping: Int = Paginator.keptPages) -> [Frame] {
    var frames: [Frame] = []
    try? Paginator(document, context: context).paginate(keeping: keeping).forEachPage { _, frame in frames.append(frame) }
    return frames
  }

  /// The whole node in a region without end.
  func whole(_ node: any Node, width: Double = 100) -> Frame {
    guard case .complete(let frame) = node.fill(.endless(width: .pt(width)), in: context) else { return Frame(size: .zero) }
    return frame
  }

  var causes: [LayoutFinding.Cause] { context.findings.map(\.cause) }
}

/// A column without rules.
func column(_ nodes: any Node..., gap: Double = 0) -> ColumnNode { ColumnNode(nodes: nodes, gap: .pt(gap)) }

/// A page master of some size without margins.
func master(
  _ width: Double = 100, _ height: Double = 100, header: (any Node)? = nil, footer: (any Node)? = nil, places: [PlaceNode] = []
) -> PageMaster {
  PageMaster(size: Size(width: .pt(width), height: .pt(height)), margin: .zero, header: header, footer: footer, places: places)
}

/// A table row of named blocks.
func row(_ name: String, _ height: Double = 10, role: RowRole? = nil, keep: KeepRules = .none, group: Int = -1) -> TableRow {
  TableRow([TableCell(Block(name, height))], role: role, keep: keep, group: group)
}

/// A one-column table of rows `r0`, `r1`… of 10 pt.
func table(
  _ count: Int, height: Double = 10, header: Double = 0, brought: Bool = false, carried: Bool = false, footer: Bool = false,
  style: TableStyle = TableStyle()
) -> TableNode {
  TableNode(
    columns: [TableColumn(.fraction(1))],
    source: TableRows(
      count: count, header: { continued in header > 0 ? [row(continued ? "H+" : "H", header)] : [] },
      brought: { brought ? [row("B\($0.completed)")] : [] }, carried: { carried ? [row("C\($0.completed)")] : [] },
      footer: { footer ? [row("F")] : [] }, row: { row("r\($0)", height) }),
    style: style)
}
