internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// The block in its stated measures; unchanged where it has none, or where its kind deals with them itself.
  ///
  /// - Parameter smallest: The smallest type size in it.
  /// - Throws: The finding, where the condition of its least height cannot be evaluated.
  func sized(
    _ inner: any Node, _ element: BlockElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope,
    _ environment: borrowing Environment, smallest: Length, inRow: Bool
  ) throws(Diagnostic) -> any Node {
    let origin = scope.origin(node)
    var limits = SizeLimits()
    limits.height = attributes.height
    var align = attributes.align
    var valign = attributes.valign ?? .top
    switch element {
    case .place, .image, .space, .rule, .barcode, .optInQR, .pageBreak:
      guard let align, align != .start else { return inner }
      return SizedNode(inner, align: align, origin: origin)
    case .chart: limits.height = .auto
    case .text: align = nil
    case .row, .box: valign = .top
    case .column, .columns, .table, .messages, .notice, .terms, .termsChanges, .insert, .slot, .coupon, .keep, .alternatives: break
    }
    if !inRow {
      // In a row, the width is the track's.
      limits.width = attributes.width
      limits.minWidth = attributes.minWidth
      limits.maxWidth = attributes.maxWidth
    }
    if try attributes.minHeightCondition?.isTrue(in: environment) ?? true { limits.minHeight = attributes.minHeight }
    limits.maxHeight = attributes.maxHeight
    guard limits != SizeLimits() || align != nil || attributes.fit != nil else { return inner }
    let policy = fitPolicy(attributes, scope, smallest: smallest, environment) { [self] (scope, environment) throws(Diagnostic) in
      try bareBlock(element, node, attributes, scope, &environment).content
    }
    if attributes.fit == .shrink, limits == SizeLimits() || !limits.hasStatedHeight {
      // Shrinking without a stated height: to the room there is, which for a single word means the width.
      let fitted: any Node = FitNode(inner, policy: policy, origin: origin)
      return limits == SizeLimits() && align == nil ? fitted : SizedNode(fitted, limits: limits, align: align, origin: origin)
    }
    return SizedNode(
      inner, limits: limits, align: align, valign: valign, fit: policy, mayCut: attributes.excess == .cut, origin: origin)
  }

  /// What the element's `fit` says. Shrinking composes it anew with every type size scaled, down to the size in `min-size` (6 pt where none is given).
  ///
  /// - Parameter compose: Makes the content anew; called while a page is being filled.
  private func fitPolicy(
    _ attributes: BlockAttributes, _ scope: Scope, smallest: Length, _ environment: borrowing Environment,
    compose: @escaping (Scope, inout Environment) throws(Diagnostic) -> (any Node)?
  ) -> FitPolicy {
    switch attributes.fit {
    case .shrink:
      let least = attributes.minSize ?? .pt(6)
      let smallest = smallest.isFinite ? smallest : scope.style.text.properties.size
      let snapshot = copy environment
      return .shrink(floor: min(1, max(0.1, least / smallest))) { [self] factor in
        var environment = snapshot
        var smaller = scope
        smaller.style = scope.style.scaled(by: factor)
        smaller.leastSize = least
        do throws(Diagnostic) { return try compose(smaller, &environment) ?? EmptyNode() } catch {
          fail(error)
          return EmptyNode()
        }
      }
    case .grow: return .grow
    case .reject, nil: return .reject
    }
  }

  /// A place on the page, measured from the page's edges.
  func place(
    _ place: PlaceElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<PlaceNode> {
    let content = try stack(node, gap: place.gap, scope, &environment)
    let fit = fitPolicy(attributes, scope, smallest: content.smallest, environment) { [self] (scope, environment) throws(Diagnostic) in
      member(of: place.zones, try stack(node, gap: place.gap, scope, &environment).content)
    }
    let position = PlaceNode.Position(
      left: place.left.map { .fixed($0) }, right: place.right.map { .fixed($0) }, top: place.top.map { .fixed($0) },
      bottom: place.bottom.map { .fixed($0) }, width: attributes.width, height: attributes.height)
    let excess: PlaceNode.Excess =
      switch place.excess {
      case .cut: .cut
      case .body: .move
      case .reject: .reject
      }
    return content.map {
      PlaceNode(
        member(of: place.zones, $0), at: position, valign: attributes.valign ?? .top, fit: fit, excess: excess, origin: scope.origin(node))
    }
  }

  /// A place that is met in the body, with what of it moves into the body.
  func placeInBody(
    _ element: PlaceElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ scope: Scope, _ environment: inout Environment
  ) throws(Diagnostic) -> Composed<(any Node)?> {
    let scope = scope.keepingSpace
    let made = try place(element, node, attributes, scope, &environment)
    guard let whole = moved(of: made.content, element, node, scope, environment) else { return made.map { $0 } }
    return made.map { ColumnNode([ColumnNode.Child($0), whole], origin: scope.origin(node)) }
  }

  /// The whole content of a place, for the body, where the place shows only a part of it; `nil` for places whose `else` is not `body`.
  ///
  /// Composed when the place turns out to be too small. There is no wider room than the body, so identifiers are broken there at last.
  func moved(
    of place: PlaceNode, _ element: PlaceElement, _ node: TemplateNode, _ scope: Scope, _ environment: borrowing Environment
  ) -> ColumnNode.Child? {
    guard element.excess == .body else { return nil }
    let snapshot = copy environment
    var inner = scope
    inner.breaksIdentifiers = true
    let content = MovedNode(of: place) { [self, inner] in
      var environment = snapshot
      do throws(Diagnostic) { return try stack(node, gap: element.gap, inner, &environment).content } catch {
        fail(error)
        return EmptyNode()
      }
    }
    return ColumnNode.Child(content, spaceAfter: scope.style.text.properties.lineHeight, origin: scope.origin(node))
  }
}

extension SizeLimits {
  /// Whether a height is stated that content may exceed.
  fileprivate var hasStatedHeight: Bool { height != .auto || maxHeight < .infinity }
}
