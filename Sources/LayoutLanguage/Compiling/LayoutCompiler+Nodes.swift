internal import Diagnostics
internal import Geometry
internal import Vocabulary

extension LayoutCompiler {
  /// Compiles one element with everything in it.
  ///
  /// - Parameter contentFile: The file of what stands in it, where that is another than its own.
  func node(_ element: XMLElement, _ kind: ElementKind, _ place: Place, contentFile: SourceFile? = nil) -> TemplateNode {
    let spec = ElementRegistry.spec(kind)
    checkAttributes(element, spec, place.file)
    checkPlacement(element, spec, place)
    let id = number(element, place.file)
    return scope.nested {
      var parts = NodeParts(id: id, kind: kind)
      if kind != .chart, let attribute = element["each"], spec.attribute("each") != nil { parts.each = loop(attribute) }
      if let attribute = element["if"], spec.attribute("if") != nil {
        let condition = self.condition(attribute)
        parts.condition = condition?.expression
        scope.learn(condition?.whenTrue ?? [])
      }
      if kind == .notice || kind == .terms || kind == .termsChanges { scope.hasCampaign = true }
      if kind == .notice { scope.learn([Scope.Fact(root: .campaign, slots: [BillSchema.Campaign.notice.rawValue])]) }
      if kind == .chart, let attribute = element["each"] { parts.series = loop(attribute) }
      readAttributes(element, spec, place, &parts)
      checkCombinations(element, kind, parts, place)
      if spec.content == .empty {
        reportContent(of: element, place.file)
      } else {
        var inner = place
        if let contentFile { inner.file = contentFile }
        readContents(element, spec, inner, &parts)
      }
      return parts.node
    }
  }

  /// A node being put together.
  struct NodeParts {
    var id: Int
    var kind: ElementKind
    var attributes = Attributes()
    var style: Int?
    var overrides = StyleOverrides()
    var children: [TemplateContent] = []
    var each: Loop?
    var condition: Expression?
    var series: Loop?
    var columnSums: [Expression?] = []
    var holdsBlocks = false

    var node: TemplateNode {
      let reader = ElementReader(
        attributes: attributes, children: children, series: series, columnSums: columnSums, holdsBlocks: holdsBlocks)
      return TemplateNode(
        id: id, element: reader.element(kind), style: style, overrides: overrides.isEmpty ? nil : overrides, children: children, each: each,
        condition: condition, isConstant: isConstant)
    }

    private var isConstant: Bool {
      switch kind {
      case .slot, .inlineSlot, .optInQR, .notice, .terms, .termsChanges, .chart: return false
      // Payment codes are made of the bill even where nothing is written.
      case .barcode: if attributes[.value] == nil, attributes[.serial] == nil { return false }
      default: break
      }
      guard each == nil, series == nil, condition?.isConstant ?? true else { return false }
      // Its columns stand with those of the same bill.
      if attributes[.decimalGroup] != nil { return false }
      for value in attributes.values {
        switch value {
        case .text(let text): if !text.isConstant { return false }
        case .expression(let expression): if !expression.isConstant { return false }
        case .loop: return false
        default: break
        }
      }
      return children.allSatisfy(\.isConstant)
    }
  }

  // MARK: Where it stands

  private func checkPlacement(_ element: XMLElement, _ spec: ElementSpec, _ place: Place) {
    if root.isForAll, [.notice, .slot, .inlineSlot, .optInQR].contains(spec.kind) {
      hasMisplacedNotice = true
      error(
        .misplacedElement,
        "'\(element.name)' cannot stand in a leaflet: it is one file for all customers, and what is a customer's own stands in the bill",
        place.file, element.nameRange)
      return
    }
    if root == .postcard, refuseOnPostcard(element, spec.kind, place) { return }
    switch spec.placement {
    case .anywhere: break
    case .inMessages where !place.isInMessages:
      hasMisplacedNotice = true
      error(.misplacedElement, "'\(element.name)' stands in 'messages' only", place.file, element.nameRange)
    case .inNotice where !place.isInNotice && root != .postcard:
      error(.misplacedElement, "'\(element.name)' stands in 'notice' only", place.file, element.nameRange)
    case .inFlow where !place.isInFlow:
      error(
        .misplacedElement, "'\(element.name)' cannot stand in '\(place.parent)': it belongs to the flow of pages, right in 'body'",
        place.file,
        element.nameRange)
    default: break
    }
    if spec.kind == .messages, let obstacle = place.messagesObstacle {
      hasMisplacedNotice = true
      error(.misplacedElement, "'messages' cannot stand here: \(obstacle)", place.file, element.nameRange)
    }
    if spec.kind == .notice || spec.kind == .terms, place.isInNotice {
      hasMisplacedNotice = true
      error(.misplacedElement, "'\(element.name)' cannot stand in 'notice'", place.file, element.nameRange)
    }
  }

  /// The place of an element's children.
  private func inside(_ element: XMLElement, _ spec: ElementSpec, _ place: Place) -> Place {
    var inner = place
    inner.content = spec.content
    inner.parent = element.name
    inner.isBelowTable = false
    inner.page = nil
    let kind = spec.kind
    if kind != .body && kind != .column && kind != .keep { inner.isInFlow = false }
    switch kind {
    case .messages:
      inner.isInMessages = true
      inner.messagesObstacle = "it stands in 'messages' already"
    case .notice: inner.isInNotice = true
    case .terms: inner.isInMessages = false
    case .termsChanges, .insert, .alternatives:
      inner.isInMessages = false
      inner.messagesObstacle = inner.messagesObstacle ?? "'\(element.name)' may be left out"
    case .place:
      if root.isForAll { inner.isInMessages = false }
      if root != .postcard { inner.messagesObstacle = inner.messagesObstacle ?? "a 'place' has a fixed size" }
    case .coupon:
      if root.isForAll { inner.isInMessages = false }
      inner.anchorObstacle = inner.anchorObstacle ?? "a 'coupon' is torn off"
      inner.messagesObstacle = inner.messagesObstacle ?? "a 'coupon' is torn off"
    case .cell:
      inner.isInMessages = false
      inner.table = nil
      inner.messagesObstacle = inner.messagesObstacle ?? "a table cell is not the place for a legal notice"
    default: break
    }
    return inner
  }

  // MARK: Attributes

  private func readAttributes(_ element: XMLElement, _ spec: ElementSpec, _ place: Place, _ parts: inout NodeParts) {
    let isStyled = spec.attribute("font") != nil
    for attribute in element.attributes {
      guard let known = spec.attribute(attribute.name) else { continue }
      let reader = literal(attribute)
      switch known.name {
      case .each, .if: continue
      case .sum:
        // Compiled in each row, where its variables are known; here only its form is looked at.
        _ = parse(attribute)
        parts.attributes.add(.sum, .name(attribute.value.string))
      case .style: parts.style = reader.style()
      case .font, .size, .lineHeight, .weight, .slant, .color, .figures, .features, .letterSpacing, .rise, .underline, .hyphenate, .balance,
        .nowrap,
        .align:
        guard isStyled, !(known.name == .size && spec.kind == .barcode) else {
          if let value = reader.read(known.type) { parts.attributes.add(known.name, value) }
          continue
        }
        reader.read(known.name, into: &parts.overrides)
        if known.name == .font { noteFamilies(reader) }
      default:
        if let value = value(attribute, known, place) { parts.attributes.add(known.name, value) }
      }
    }
  }

  private func value(_ attribute: XMLAttribute, _ spec: AttributeSpec, _ place: Place) -> AttributeValue? {
    switch spec.type {
    case .text: return .text(text(attribute))
    case .expression(let use): return expression(attribute, use).map { .expression($0) }
    case .loop: return loop(attribute).map { .loop($0) }
    case .path: return image(attribute).map { .image($0) }
    default: return literal(attribute).read(spec.type)
    }
  }

  /// A text attribute.
  func text(_ attribute: XMLAttribute) -> TextTemplate {
    TextTemplate(
      pieces: TextCompiler(source: attribute.value, scope: scope, findings: findings, collapsesSpace: false, allowsLate: false).pieces())
  }

  private func image(_ attribute: XMLAttribute) -> Int? {
    let path = attribute.value.string
    guard library.isValid(path, at: attribute.value.range) else { return nil }
    let suffixes = [".png", ".jpg", ".jpeg", ".svg"]
    guard suffixes.contains(where: path.lowercased().hasSuffix) else {
      findings.error(.wrongValue, "'\(path)' is not a PNG, JPEG or SVG file by its name", at: attribute.value.range)
      return nil
    }
    return library.image(path, at: attribute.value.range)
  }

  private func expression(_ attribute: XMLAttribute, _ use: AttributeType.Use) -> Expression? {
    if use == .condition { return condition(attribute)?.expression }
    guard let syntax = parse(attribute) else { return nil }
    let checker = checker(attribute.value)
    let typed = use == .total ? checker.present(syntax) : checker.value(syntax)
    switch typed.type.unwrapped {
    case .unknown: return nil
    case .number, .amount: return checker.expression(typed)
    case .text, .date: if use == .printed { return checker.expression(typed) }
    case .list(let element) where use == .quantities && [.number, .amount].contains(element.unwrapped): return checker.expression(typed)
    case .late:
      checker.reportLate(typed)
      return nil
    default: break
    }
    checker.error(
      use == .printed ? .notPrintable : .wrongType,
      "'\(checker.text(typed.range))' is \(typed.type.phrase); '\(attribute.name)' takes "
        + (use == .printed
          ? "something that can be printed" : use == .quantities ? "a number, an amount or a list of them" : "a number or an amount"),
      typed.range)
    return nil
  }

  // MARK: Combinations

  private func checkCombinations(_ element: XMLElement, _ kind: ElementKind, _ parts: NodeParts, _ place: Place) {
    func needs(_ message: String, suggestion: String? = nil) {
      error(.missingAttribute, message, place.file, element.nameRange, suggestion: suggestion)
    }
    func conflict(_ name: String, _ message: String) {
      error(.conflictingAttributes, message, place.file, element[name]?.nameRange ?? element.nameRange)
    }
    if parts.attributes.word(.fit) == FitRule.shrink, element["min-size"] == nil {
      needs("fit=\"shrink\" needs a 'min-size': the size no text is shrunk below", suggestion: "add min-size=\"8pt\"")
    }
    if element["min-height-if"] != nil, element["min-height"] == nil {
      needs("'min-height-if' needs a 'min-height': the room that is kept where the condition holds", suggestion: "add min-height=\"40mm\"")
    }
    if let anchor = element["anchor"], let name = parts.attributes.name(.anchor) { declare(name, anchor, place) }
    switch kind {
    case .image, .inlineImage:
      let isDecorative = parts.attributes.flag(.decorative) ?? false
      if !isDecorative, element["describe"] == nil {
        needs("'image' needs a 'describe' for readers who cannot see it, or decorative=\"yes\"")
      } else if isDecorative, element["describe"] != nil {
        conflict("describe", "a decorative picture has no description")
      }
      if kind == .inlineImage, let height = element["height"], let value = parts.attributes.length(.height), value.isNothing {
        findings.error(
          .wrongValue, "a picture without height shows nothing", at: height.value.range,
          suggestion: "write a length, such as 8pt, or a share of the type size, such as 80%")
      }
    case .link:
      checkLink(element, parts, needs: { needs($0) }, conflict)
      guard let href = element["href"], case .text(let text) = parts.attributes[.href], let first = text.pieces.first else { break }
      // An address that begins with a value is looked at when the bill is made.
      guard case .literal(let words) = first else { break }
      if !["https://", "http://", "mailto:", "tel:"].contains(where: words.lowercased().hasPrefix) {
        findings.error(
          .wrongValue, "an address begins with 'https://', 'http://', 'mailto:' or 'tel:'", at: href.value.range,
          suggestion: words.contains("@") ? "write mailto:\(words)" : words.contains(".") ? "write https://\(words)" : nil)
      }
    case .barcode: checkBarcode(element, parts, needs: { needs($0) }, conflict)
    case .chart: checkChart(element, parts, needs: { needs($0) }, conflict)
    case .place:
      checkBleed(element, parts)
      for (a, b) in [("x", "right"), ("y", "bottom")] {
        if element[a] == nil, element[b] == nil {
          needs("'place' needs '\(a)' or '\(b)'")
        } else if element[a] != nil, element[b] != nil {
          conflict(b, "a place is measured from one side: '\(a)' or '\(b)'")
        }
      }
    case .notice where root == .postcard:
      for name in ["name", "variant"] where element[name] != nil {
        conflict(name, "a postcard has words of its own, which are one notice: '\(name)' tells those of a bill apart")
      }
    case .inlineSlot where root == .postcard:
      if let label = element["code-label"] {
        findings.error(
          .withheldField,
          "'code-label' cannot stand here: a postcard is open mail and carries no code of a customer's own; its address is the open one",
          at: label.value.range)
      }
    case .notice:
      if parts.attributes.name(.name) == "none", let name = element["name"] {
        findings.error(
          .wrongName, "'none' is no name of a notice: a campaign's rule that says so asks for no notice at all", at: name.value.range)
      }
    case .coupon:
      if element["edge"] != nil, element["height"] != nil {
        conflict("height", "a coupon's height follows from its 'edge'; one of the two is enough")
      }
    case .space:
      if element["height"] == nil, element["width"] == nil { needs("'space' needs a 'height', or a 'width' in a row") }
    default: break
    }
  }

  private func checkBarcode(
    _ element: XMLElement, _ parts: NodeParts, needs: (String) -> Void, _ conflict: (String, String) -> Void
  ) {
    guard let kind = parts.attributes.word(.kind, BarcodeKind.self) else { return }
    if root.isForAll, kind.isPayment || kind == .imb {
      findings.error(
        .withheldField,
        "a code of kind '\(kind.rawValue)' says what one customer has to pay or where one piece goes; a leaflet is one file for all customers",
        at: element["kind"]?.value.range)
      return
    }
    if root == .postcard, kind.isPayment {
      findings.error(
        .withheldField,
        "a code of kind '\(kind.rawValue)' says what a customer has to pay; a postcard is open mail, which everybody can read",
        at: element["kind"]?.value.range)
      return
    }
    if kind.isPayment {
      if element["value"] != nil { conflict("value", "a payment code is made of 'iban', 'payee' and the like, not of a 'value'") }
      for name in ["iban", "payee"] where element[name] == nil { needs("a payment code needs '\(name)'") }
    } else {
      let isMail = checkMailCode(element, kind, parts, needs: needs, conflict)
      if element["value"] == nil, !isMail { needs("'barcode' needs a 'value': what the code says") }
      for name in ["iban", "bic", "payee", "amount", "currency", "reference", "purpose", "remittance"] where element[name] != nil {
        conflict(name, "'\(name)' belongs to payment codes (kind \"epc\" or \"nbs-ips\")")
      }
    }
    if element["level"] != nil, kind != .qr { conflict("level", "only QR codes have a 'level' to choose") }
  }

  private func declare(_ name: String, _ anchor: XMLAttribute, _ place: Place) {
    if AnchorName(rawValue: name) != nil {
      findings.error(
        .duplicateName, "every layout has the anchor '\(name)' already: its '\(name)' element", at: anchor.value.range)
    } else if let obstacle = place.anchorObstacle {
      error(.misplacedElement, "an anchor cannot stand here: \(obstacle)", place.file, anchor.nameRange)
    } else {
      scope.anchors?.declare(name)
    }
  }

  private func checkLink(
    _ element: XMLElement, _ parts: NodeParts, needs: (String) -> Void, _ conflict: (String, String) -> Void
  ) {
    switch (element["href"], element["to"]) {
    case (nil, nil): needs("'link' needs a 'href': an address, or a 'to': the anchor of a block")
    case (.some, .some): conflict("to", "a link leads to one place: 'href' or 'to'")
    case (nil, .some(let attribute)):
      guard let name = parts.attributes.name(.to) else { return }
      _ = AnchorUse(scope: scope, findings: findings).isKnown(name, at: attribute.value.range, whole: name, isLink: true)
    case (.some, nil): break
    }
  }

  private func checkChart(
    _ element: XMLElement, _ parts: NodeParts, needs: (String) -> Void, _ conflict: (String, String) -> Void
  ) {
    if element["beside"] != nil, parts.attributes.word(.kind) == ChartKind.stacked {
      conflict("beside", "stacked bars have no second value; put it into the list of 'value'")
    }
    for (name, needed) in [
      ("beside-label", "beside"), ("unit", "scale"), ("mark-sign", "mark"), ("describe-marked", "mark"),
      ("describe-marked", "describe-item"),
      ("describe-gap", "describe-item"),
    ] where element[name] != nil && element[needed] == nil {
      needs("'\(name)' says nothing without '\(needed)'")
    }
    if element["describe-item"] != nil, element["describe-gap"] == nil {
      needs("'describe-item' needs a 'describe-gap': what is said of a bar whose value is absent")
    }
    if let values = parts.attributes.words(.values, ShownValues.self), values.count > 1, values.contains(.none) || values.contains(.all) {
      conflict("values", "'none' and 'all' stand alone")
    }
  }

  // MARK: Contents

  private func readContents(_ element: XMLElement, _ spec: ElementSpec, _ place: Place, _ parts: inout NodeParts) {
    var inner = inside(element, spec, place)
    switch spec.content {
    case .table: readTable(element, inner, &parts)
    case .cells:
      if spec.kind == .tableRow { readRow(element, inner, &parts) } else { parts.children = contents(of: element, inner) }
    case .band: readBand(element, spec.kind, inner, &parts)
    case .rows:
      inner.isInGroup = true
      inner.isBelowTable = true
      parts.children = contents(of: element, inner)
    case .cell:
      parts.holdsBlocks = CellContent(element).holdsBlocks
      inner.content = parts.holdsBlocks ? .blocks : .inline
      parts.children = contents(of: element, inner)
      if !parts.holdsBlocks { WhiteSpace.trim(&parts.children) }
    case .inline:
      parts.children = contents(of: element, inner)
      if spec.kind == .text { WhiteSpace.trim(&parts.children) }
    default: parts.children = contents(of: element, inner)
    }
  }
}

/// White space at the edges of a paragraph.
enum WhiteSpace {
  /// Takes off the space before the first and after the last of a paragraph's words, where no condition decides which those are.
  static func trim(_ contents: inout [TemplateContent]) {
    while case .text(let template) = contents.first, let trimmed = trimmed(template, atStart: true) {
      if trimmed.pieces.isEmpty { contents.removeFirst() } else { contents[0] = .text(trimmed); break }
    }
    while case .text(let template) = contents.last, let trimmed = trimmed(template, atStart: false) {
      if trimmed.pieces.isEmpty { contents.removeLast() } else { contents[contents.count - 1] = .text(trimmed); break }
    }
  }

  private static func trimmed(_ template: TextTemplate, atStart: Bool) -> TextTemplate? {
    var pieces = template.pieces
    guard case .literal(var words) = atStart ? pieces.first : pieces.last else { return nil }
    guard (atStart ? words.utf8.first : words.utf8.last) == UInt8(ascii: " ") else { return nil }
    if atStart { words.removeFirst() } else { words.removeLast() }
    let index = atStart ? 0 : pieces.count - 1
    if words.isEmpty { pieces.remove(at: index) } else { pieces[index] = .literal(words) }
    return TextTemplate(pieces: pieces)
  }
}

extension Dimension {
  /// Whether it is a length or share of zero.
  fileprivate var isNothing: Bool {
    switch self {
    case .fixed(let length): length <= .zero
    case .share(let share): share <= 0
    case .auto, .fraction: false
    }
  }
}
