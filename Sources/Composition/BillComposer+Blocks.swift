internal import Diagnostics
internal import Geometry
internal import Imaging
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  func row(
    _ row: RowElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    var inner = scope
    inner.inRow = true
    var result = Composed<[RowNode.Child]>([])
    try walk(node.children, inner, &environment) { (child, scope, environment) throws(Diagnostic) in
      guard let block = result.take(try block(child, scope, &environment)), case .block(_, let own) = child.element else { return }
      result.content.append(
        RowNode.Child(block.node, width: own.width, minWidth: own.minWidth, maxWidth: own.maxWidth, valign: own.valign))
    }
    let origin = scope.origin(node)
    return result.map { children in
      let side = RowNode(children, gap: row.gap, valign: attributes.valign ?? .top, stretches: true, origin: origin)
      guard let distance = row.wrap, children.count > 1 else { return side }
      let stacked = children.map { child -> any Node in
        let limits = SizeLimits(width: child.width.isStated ? child.width : .auto, minWidth: child.minWidth, maxWidth: child.maxWidth)
        return limits == SizeLimits() ? child.node : SizedNode(child.node, limits: limits)
      }
      return WrappingNode(side, else: ColumnNode(nodes: stacked, gap: space(distance, scope), origin: origin))
    }
  }

  func panel(
    _ panel: PanelElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<BoxNode> {
    let origin = scope.origin(node)
    return try stack(node, gap: panel.gap, scope, &environment).map {
      BoxNode($0, style: look(panel), valign: attributes.valign ?? .top, origin: origin)
    }
  }

  /// Fill, border, bar, radius and padding of a panel.
  func look(_ panel: PanelElement) -> BoxNode.Style {
    var look = BoxNode.Style()
    look.fill = book.color(panel.fill)
    if let border = panel.border {
      look.border = BoxNode.Border(width: border.thickness, color: book.color(border.color, or: .black))
    }
    if let edges = panel.edges {
      func side(_ line: LineValue?) -> BoxNode.Border? {
        line.map { BoxNode.Border(width: $0.thickness, color: book.color($0.color, or: .black)) } ?? look.border
      }
      let isMirrored = direction == .rightToLeft
      look.sides = BoxNode.Sides(
        top: side(edges.top), right: side(edges.right ?? (isMirrored ? edges.start : edges.end)), bottom: side(edges.bottom),
        left: side(edges.left ?? (isMirrored ? edges.end : edges.start)))
    }
    look.bars = panel.bar.map { [bar($0)] } ?? []
    look.radius = panel.radius
    look.padding = panel.padding
    return look
  }

  func bar(_ value: BarValue) -> BoxNode.Bar {
    BoxNode.Bar(thickness: value.thickness, color: book.color(value.color, or: .black), side: value.side)
  }

  func rule(_ rule: RuleElement, _ attributes: BlockAttributes, _ scope: Scope, _ origin: Origin) -> any Node {
    RuleNode(
      thickness: rule.thickness, color: book.color(rule.color, or: scope.style.text.properties.color), dashes: rule.dashes,
      axis: rule.axis, length: (rule.axis == .vertical ? attributes.height : attributes.width).fixed, origin: origin)
  }

  func picture(
    _ image: ImageElement, _ attributes: BlockAttributes, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> any Node {
    let number = stock.imageNumbers[image.image]
    return ImageNode(
      image: number, naturalSize: stock.images.naturalSize(of: number), width: attributes.width, height: attributes.height,
      description: image.isDecorative ? nil : try attributes.description?.line(in: environment), origin: origin)
  }

  /// An `image` among words: as high as the layout says, smaller where the type is set smaller.
  func inlinePicture(
    _ image: InlineImage, _ scope: Scope, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> InlinePicture {
    let number = stock.imageNumbers[image.image]
    let natural = stock.images.naturalSize(of: number)
    let type = scope.style.text.properties.size
    let height =
      switch image.height {
      case .fixed(let height): height * scope.style.scale
      case .share(let share): type * share
      case .auto, .fraction: type
      }
    let ratio = natural.height > .zero ? natural.width / natural.height : 1
    return InlinePicture(
      image: number, size: Size(width: height * ratio, height: height), alignment: image.alignment,
      description: image.isDecorative ? nil : try image.description?.line(in: environment), origin: origin)
  }
}
