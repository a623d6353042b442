internal import Diagnostics
internal import Geometry
internal import Vocabulary

extension LayoutCompiler {
  /// The page masters, checked to be a sensible set.
  func readPages(_ root: XMLElement, _ file: SourceFile) -> [PageMaster] {
    var pages: [PageMaster] = []
    var places: [PageRole: Range<Int>] = [:]
    for element in pageElements(root) {
      guard let page = readPage(element, file) else { continue }
      if let first = places[page.role] {
        error(
          .duplicateName, "two pages are named '\(page.role.rawValue)'", file, element["name"]?.valueRange ?? element.nameRange,
          notes: [Diagnostic.Note("the first one", at: range(file, first))])
        continue
      }
      places[page.role] = element["name"]?.valueRange ?? element.nameRange
      pages.append(page)
    }
    let isFaulty = root.elements.contains { $0.name == "page" && declaredName($0).flatMap(PageRole.init(rawValue:)) == nil }
    if !isFaulty, places[.first] == nil {
      if places.isEmpty {
        error(.missingElement, "the layout has no 'page'", file, root.nameRange, suggestion: "add <page name=\"next\" margin=\"15mm\"/>")
      } else if places.keys.contains(where: { $0 != .next }) || places[.next] == nil {
        error(.invalidPage, "the layout has no page named 'first'; only a page 'next' can stand alone", file, root.nameRange)
      }
    }
    return pages
  }

  private func readPage(_ element: XMLElement, _ file: SourceFile) -> PageMaster? {
    let spec = ElementRegistry.spec(.page)
    checkAttributes(element, spec, file)
    let number = number(element, file)
    var place = Place(file: file, content: .page, parent: "page")
    place.messagesObstacle = self.root == .postcard ? nil : "a page master is drawn on many pages"
    place.anchorObstacle = "a page master is drawn on many pages"
    place.page = declaredName(element)
    let contents = contents(of: element, place, skipping: ElementKind.zone.tag) + addedPlaces(place)
    var headers: [TemplateNode] = []
    var footers: [TemplateNode] = []
    var places: [TemplateContent] = []
    for content in contents {
      // What partials put in are places.
      guard case .node(let node) = content else {
        places.append(content)
        continue
      }
      switch node.kind {
      case .pageHeader: headers.append(node)
      case .pageFooter: footers.append(node)
      default: places.append(content)
      }
    }
    for extra in [headers, footers] where extra.count > 1 {
      findings.error(
        .duplicateElement, "'\(extra[1].kind.tag)' stands twice in 'page'", at: nodes[extra[1].id].nameRange,
        notes: [Diagnostic.Note("the first one", at: nodes[extra[0].id].nameRange)])
    }
    guard let name = element["name"], let role = literal(name).word(PageRole.self) else { return nil }
    var margin = Insets.zero
    if let attribute = element["margin"], let insets = literal(attribute).insets(AttributeType.insets.phrase) { margin = insets }
    return PageMaster(
      role: role, margin: margin, places: places, header: headers.first, footer: footers.first, zones: readZones(element, file),
      node: number)
  }

  /// The body; `nil` once its absence is reported.
  func readBody(_ root: XMLElement, _ file: SourceFile) -> TemplateNode? {
    let bodies = root.elements.filter { $0.isLayout && $0.name == ElementKind.body.tag }
    guard let first = bodies.first else {
      // A misspelt body has been reported already.
      if !findings.hasErrors { error(.missingElement, "the layout has no 'body'", file, root.nameRange) }
      return nil
    }
    for extra in bodies.dropFirst() {
      error(
        .duplicateElement, "'body' stands twice", file, extra.nameRange,
        notes: [Diagnostic.Note("the first one", at: range(file, first.nameRange))])
    }
    var place = Place(file: file, content: ElementRegistry.spec(self.root.kind).content, parent: root.name)
    place.isInFlow = true
    // A leaflet is nothing but terms: they need no part reserved for messages.
    place.isInMessages = self.root == .leaflet
    return node(first, .body, place)
  }
}
