import Geometry
import Layout
import TestSupport
import Vocabulary

/// Random layouts. Every leaf has a name of its own; what tables repeat on purpose is called `*…`.
struct RandomTree {
  var random: SeededNumbers
  private var leaves = 0
  /// Set in 12 pt lines, so that lines do not touch.
  private let body = style(10, line: 12)

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  private mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func chance(_ percent: Int) -> Bool { roll(1...100) <= percent }
  private mutating func name() -> Int {
    leaves += 1
    return leaves
  }

  mutating func node(depth: Int) -> any Node {
    if depth <= 0 || chance(25) { return leaf() }
    switch roll(1...12) {
    case 1...4: return column(depth)
    case 5...6: return row(depth)
    case 7: return BoxNode(node(depth: depth - 1), style: BoxNode.Style(fill: .white, padding: Insets(all: .pt(Double(roll(0...6))))))
    case 8: return KeepNode(node(depth: depth - 1))
    case 9: return ColumnsNode(node(depth: depth - 1), count: roll(2...3), gap: .pt(Double(roll(0...8))), isBalanced: chance(70))
    case 10:
      let limits = SizeLimits(width: chance(50) ? .share(Double(roll(4...10)) / 10) : .auto, minHeight: .pt(Double(roll(0...30))))
      return SizedNode(node(depth: depth - 1), limits: limits, align: chance(50) ? .center : nil)
    case 11: return TaggedNode(.group, node(depth: depth - 1))
    default: return table(depth)
    }
  }

  mutating func paragraph(_ most: Int = 30, prefix: String = "") -> TextNode {
    let id = name()
    let words = (0..<roll(1...most)).map { _ in String(repeating: "x", count: roll(1...9)) }
    var content = text((["\(prefix)\(id)"] + words).joined(separator: " "), style: body)
    content.alignment = [.start, .end, .center][roll(0...2)]
    return TextNode(content: content, widows: roll(1...3), orphans: roll(1...3), origin: Origin(element: id))
  }

  private mutating func leaf() -> any Node {
    switch roll(1...10) {
    case 1...5: return paragraph()
    case 6...7: return Block("b\(name())", Double(roll(3...70)))
    case 8...9: return Slab("s\(name())_", roll(1...12), each: Double(roll(4...25)))
    default: return RuleNode()
    }
  }

  private mutating func column(_ depth: Int) -> ColumnNode {
    let count = roll(1...6)
    let children = (0..<count).map { index in
      ColumnNode.Child(
        index + 1 < count && chance(10) ? SpaceNode(height: .pt(Double(roll(0...20)))) : node(depth: depth - 1),
        keep: KeepRules(together: chance(15), next: chance(20) ? roll(1...3) : 0, previous: chance(10)),
        spaceBefore: .pt(Double(roll(0...6))), spaceAfter: .pt(Double(roll(0...6))))
    }
    return ColumnNode(children, gap: .pt(Double(roll(0...8))))
  }

  private mutating func row(_ depth: Int) -> RowNode {
    let children = (0..<roll(1...3)).map { _ -> RowNode.Child in
      let width: Dimension = [.fraction(1), .fraction(2), .auto, .fixed(.pt(30)), .share(0.2)][roll(0...4)]
      return RowNode.Child(node(depth: depth - 1), width: width)
    }
    return RowNode(children, gap: .pt(Double(roll(0...8))), valign: [.top, .middle, .bottom, .baseline][roll(0...3)])
  }

  private mutating func table(_ depth: Int) -> TableNode {
    let columns = (0..<roll(1...3)).map { _ in
      TableColumn([.fraction(1), .auto, .fixed(.pt(40))][roll(0...2)], alignment: chance(20) ? .decimal : .start)
    }
    let rows = (0..<roll(0...20)).map { _ -> TableRow in
      let cells = columns.map { _ in chance(75) ? TableCell(text: paragraph(6)) : TableCell(node(depth: chance(20) ? depth - 1 : 0)) }
      let role: RowRole? = chance(10) ? [.groupHeader, .subtotal, .note][roll(0...2)] : nil
      return TableRow(
        cells, role: role, keep: KeepRules(together: chance(10), next: chance(10) ? roll(1...2) : 0), group: roll(0...2),
        minHeight: .pt(Double(roll(0...12))))
    }
    let hasHeader = chance(60)
    let (hasBrought, hasCarried, hasFooter) = (chance(40), chance(40), chance(40))
    let (header, brought, carried, footer) = (paragraph(3, prefix: "*"), paragraph(3, prefix: "*"), paragraph(3, prefix: "*"), paragraph(3))
    let source = TableRows(
      count: rows.count, header: { _ in hasHeader ? [TableRow([TableCell(text: header, span: TableCell.allColumns)])] : [] },
      brought: { _ in hasBrought ? [TableRow([TableCell(text: brought, span: TableCell.allColumns)])] : [] },
      carried: { _ in hasCarried ? [TableRow([TableCell(text: carried, span: TableCell.allColumns)])] : [] },
      footer: { hasFooter ? [TableRow([TableCell(text: footer, span: TableCell.allColumns)])] : [] }, row: { rows[$0] })
    return TableNode(
      columns: columns, source: source,
      style: TableStyle(
        columnGap: .pt(Double(roll(0...5))), rowGap: .pt(Double(roll(0...4))), padding: Insets(all: .pt(Double(roll(0...3)))),
        repeatsHeader: chance(80), minimumRows: roll(1...3)))
  }
}

/// What a frame shows, by leaf: the pieces of each in the order in which they stand.
struct Shown {
  struct Piece {
    var rect: Rect
    var label: String
  }
  var byLeaf: [String: String] = [:]
  var pieces: [Piece] = []
  /// Whether anything is shown that a table does not merely repeat.
  var hasNews = false

  mutating func add(_ frame: Frame) {
    var sources = [-1]
    FrameWalker.walk(frame) { step in
      switch step {
      case .enter(let frame, _):
        sources.append(frame.tag.map { $0.source >= 0 ? $0.source : sources.last ?? -1 } ?? sources.last ?? -1)
        // A rule.
        if frame.tag?.role == .artifact(.layout), frame.items.count == 1, case .shape = frame.items[0].item { hasNews = true }
      case .leave: sources.removeLast()
      case .item(.link(let link), let at):
        let leaf = link.uri.hasPrefix("s") ? String(link.uri.prefix { $0 != "_" }) : link.uri
        byLeaf[leaf, default: ""] += link.uri + ";"
        pieces.append(Piece(rect: Rect(origin: at, size: link.size), label: link.uri))
        hasNews = true
      case .item(.run(let run, _), let at):
        let source = sources.last ?? -1
        byLeaf["t\(source)", default: ""] += run.text.filter { $0 != " " }
        pieces.append(
          Piece(
            rect: Rect(x: at.x, y: at.y - .pt(8), width: run.advance, height: .pt(10)), label: "\"\(run.text)\""))
        hasNews = hasNews || !(byLeaf["t\(source)"]?.hasPrefix("*") ?? false)
      case .item: break
      }
    }
  }

  /// Leaves that are not merely repeated.
  var news: [String: String] { byLeaf.filter { !$0.value.hasPrefix("*") } }

  /// Two pieces that lie over one another by more than half a point, if there are any.
  var overlap: (Piece, Piece)? {
    for (index, piece) in pieces.enumerated() {
      let inner = piece.rect.inset(by: Insets(all: .pt(0.5)))
      for other in pieces[(index + 1)...] where inner.overlaps(other.rect) { return (piece, other) }
    }
    return nil
  }
}
