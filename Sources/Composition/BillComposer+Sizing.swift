internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage

extension BillComposer {
  /// The block in its stated measures; unchanged where it has none, or where its kind deals with them itself.
  func sized(
    _ inner: any Node, _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: borrowing Environment, inRow: Bool
  ) -> any Node {
    switch node.kind {
    case .place, .image, .space, .rule, .barcode, .optInQR, .pageBreak: return aligned(inner, node, origin, inRow: inRow)
    default: break
    }
    var limits = SizeLimits()
    if !inRow {
      // In a row, the width is the track's.
      limits.width = node.length(.width)?.dimension ?? .auto
      limits.minWidth = node.points(.minWidth) ?? .zero
      limits.maxWidth = node.points(.maxWidth) ?? .infinity
    }
    if node.kind != .chart { limits.height = node.length(.height)?.dimension ?? .auto }
    limits.minHeight = node.points(.minHeight) ?? .zero
    limits.maxHeight = node.points(.maxHeight) ?? .infinity
    let align = node.kind == .text ? nil : node.keyword(.align)?.horizontal
    let fit = node.keyword(.fit)
    guard limits != SizeLimits() || align != nil || fit != nil else { return inner }
    let policy = fitPolicy(node, context, environment)
    if fit == .shrink, limits == SizeLimits() || !limits.hasStatedHeight {
      // Shrinking without a stated height: to the room there is, which for a single word means the width.
      let fitted: any Node = FitNode(inner, policy: policy, origin: origin)
      return limits == SizeLimits() && align == nil ? fitted : SizedNode(fitted, limits: limits, align: align, origin: origin)
    }
    return SizedNode(
      inner, limits: limits, align: align, valign: node.kind == .row || node.kind == .box ? .top : node.keyword(.valign)?.vertical ?? .top,
      fit: policy, mayCut: node.keyword(.otherwise) == .cut, origin: origin)
  }

  private func aligned(_ inner: any Node, _ node: TemplateNode, _ origin: Origin, inRow: Bool) -> any Node {
    guard let align = node.keyword(.align)?.horizontal, align != .start else { return inner }
    return SizedNode(inner, align: align, origin: origin)
  }

  /// What the element's `fit` says. Shrinking composes it anew with every type size scaled, down to the size in `min-size` (6 pt where none is given).
  func fitPolicy(_ node: TemplateNode, _ context: StyleContext, _ environment: borrowing Environment) -> FitPolicy {
    switch node.keyword(.fit) {
    case .shrink:
      let least = node.points(.minSize) ?? .pt(6)
      let smallest = smallestSize.isFinite ? smallestSize : context.text.properties.size
      let snapshot = copy environment
      return .shrink(floor: min(1, max(0.1, least / smallest))) { [self] factor in
        var environment = snapshot
        let outerSize = leastSize
        leastSize = least
        defer { leastSize = outerSize }
        do throws(Diagnostic) {
          let scaled = context.scaled(by: factor)
          return try bareBlock(node, scaled, origin(node), &environment, contentOnly: true) ?? EmptyNode()
        } catch {
          fail(error)
          return EmptyNode()
        }
      }
    case .grow: return .grow
    default: return .reject
    }
  }

  /// A place on the page, measured from the page's edges.
  func place(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> PlaceNode {
    let outerSize = leastSize
    leastSize = node.points(.minSize) ?? leastSize
    defer { leastSize = outerSize }
    let content = try stack(node, context, origin, &environment)
    let position = PlaceNode.Position(
      left: node.length(.x)?.dimension, right: node.length(.right)?.dimension, top: node.length(.y)?.dimension,
      bottom: node.length(.bottom)?.dimension, width: node.length(.width)?.dimension ?? .auto,
      height: node.length(.height)?.dimension ?? .auto)
    let excess: PlaceNode.Excess =
      switch node.keyword(.otherwise) {
      case .cut: .cut
      case .body: .move
      default: .reject
      }
    return PlaceNode(
      content, at: position, valign: node.keyword(.valign)?.vertical ?? .top, fit: fitPolicy(node, context, environment), excess: excess,
      origin: origin)
  }

  /// The whole content of a place, for the body, where the place shows only a part of it; `nil` for places whose `else` is not `body`.
  ///
  /// Composed when the place turns out to be too small. There is no wider room than the body, so identifiers are broken there at last.
  func moved(
    of place: PlaceNode, _ node: TemplateNode, _ context: StyleContext, _ environment: borrowing Environment
  ) -> ColumnNode.Child? {
    guard node.keyword(.otherwise) == .body else { return nil }
    let snapshot = copy environment
    let origin = origin(node)
    let content = MovedNode(of: place) { [self] in
      var environment = snapshot
      let outer = (breaksIdentifiers, path)
      (breaksIdentifiers, path) = (true, origin.path)
      defer { (breaksIdentifiers, path) = outer }
      do throws(Diagnostic) { return try stack(node, context, origin, &environment) } catch {
        fail(error)
        return EmptyNode()
      }
    }
    return ColumnNode.Child(content, spaceAfter: context.text.properties.lineHeight, origin: origin)
  }
}

extension SizeLimits {
  /// Whether a height is stated that content may exceed.
  fileprivate var hasStatedHeight: Bool { height != .auto || maxHeight < .infinity }
}

extension Keyword {
  var horizontal: HorizontalAlignment? {
    switch self {
    case .start: .start
    case .end: .end
    case .center: .center
    default: nil
    }
  }
}
