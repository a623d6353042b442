internal import Diagnostics
internal import Geometry
internal import Vocabulary

/// Variants change what has a name. Each edition that differs by more than styles and colours is compiled as a layout of its own, with the changes
/// put in where their things are met; so all checks hold for it as for any layout, and nothing is left to do when bills are made.
extension LayoutCompiler {
  // MARK: Reading

  /// The elements in an element, with their kinds; words are reported.
  func elements(of element: XMLElement, in content: ElementSpec.Content, _ file: SourceFile) -> [(XMLElement, ElementKind)] {
    element.children.compactMap { child in
      switch child {
      case .text(let text, _): reportText(text, in: element.name)
      case .comment: break
      case .element(let child):
        if child.isLayout, let kind = kind(of: child, in: content, file, parent: element.name) { return (child, kind) }
      }
      return nil
    }
  }

  /// Reads what a variant says of a page, table, block or part.
  func readChange(_ element: XMLElement, _ kind: ElementKind, _ variant: inout VariantSource, _ file: SourceFile) {
    guard let change = change(element, kind, file) else { return }
    add(change, to: &variant.changes)
  }

  private func change(_ element: XMLElement, _ kind: ElementKind, _ file: SourceFile) -> NamedChange? {
    let spec = ElementRegistry.spec(kind)
    if kind != .pageHeader && kind != .pageFooter { checkAttributes(element, spec, file) }
    var change = NamedChange(kind: kind, name: "", element: element, file: file, nameRange: range(file, element.nameRange))
    if spec.attribute("name") != nil {
      guard let name = element["name"] else { return nil }
      change.name = label(element) ?? ""
      change.nameRange = name.value.range
    }
    if let show = element["show"], case .flag(let isShown)? = literal(show).read(.flag) { change.isLeftOut = !isShown }
    switch kind {
    case .variantPage, .variantTable:
      for (child, kind) in elements(of: element, in: spec.content, file) {
        if let inner = self.change(child, kind, file) { add(inner, to: &change.inner) }
      }
    case .variantPart where change.isLeftOut != true && !change.hasContent:
      error(
        .missingElement, "'part' in a variant holds what is to stand instead", file, element.nameRange,
        suggestion: "write show=\"no\" to leave the part out")
    default: if spec.content == .empty { reportContent(of: element, file) }
    }
    return change
  }

  private func add(_ change: NamedChange, to changes: inout [NamedChange]) {
    if let first = changes.first(where: { $0.kind == change.kind && $0.name == change.name }) {
      let isNamed = !change.name.isEmpty
      findings.error(
        isNamed ? .duplicateName : .duplicateElement,
        isNamed ? "the \(change.element.name) '\(change.name)' is changed twice here" : "'\(change.element.name)' stands twice here",
        at: change.nameRange, notes: [Diagnostic.Note("the first one", at: first.nameRange)])
      return
    }
    changes.append(change)
  }

  /// The name of something as people call it, white space collapsed.
  private func label(_ element: XMLElement) -> String? {
    element["name"].map { $0.value.string.split(separator: " ").joined(separator: " ") }.flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: Editions

  /// All editions that differ by more than styles and colours.
  struct CompiledEditions {
    var editions: [Edition] = []
    /// The edition of each format and language.
    var numbers: [[Int]] = []
    /// Why none of them can carry a campaign.
    var obstacle: String?
  }

  /// Compiles pages and body, once for each edition that differs; `nil` where there is no body.
  func readEditions(_ root: XMLElement, _ file: SourceFile, _ attributes: RootAttributes) -> CompiledEditions? {
    var result = CompiledEditions()
    var places: [[Int]: Int] = [[]: 0]
    var sets: [[Int]] = [[]]
    for format in names.formats.indices {
      var numbers: [Int] = []
      for language in names.languages {
        let set = variantsApplying(format: format, language: language).filter { variants[$0].changesStructure && !variants[$0].isFaulty }
        let number = places[set] ?? sets.count
        if number == sets.count {
          places[set] = number
          sets.append(set)
        }
        numbers.append(number)
      }
      result.numbers.append(numbers)
    }
    if sets.count > LanguageLimits.editions {
      findings.error(
        .tooManyDeclarations,
        "the variants make \(sets.count) editions with pages, tables, blocks or parts of their own; a layout has at most \(LanguageLimits.editions)",
        at: variants.last { $0.changesStructure }?.nameRange)
      return nil
    }
    var obstacles: [(text: String?, place: SourceRange?)] = []
    var checks: [(notices: [String: [String]], place: SourceRange?)] = []
    for set in sets {
      edition = EditionChanges()
      for number in set {
        edition.changes += variants[number].changes
        edition.baseline = variants[number].baseline ?? edition.baseline
        edition.fitSheet = variants[number].fitSheet ?? edition.fitSheet
        edition.place = variants[number].nameRange
      }
      elementCount = 0
      let pages = readPages(root, file)
      guard let body = readBody(root, file) else { return nil }
      let step = edition.baseline ?? attributes.baseline
      let check = checkNotice(body, pages, at: range(file, root.nameRange))
      result.editions.append(
        Edition(
          baseline: step == .zero ? nil : step, fitSheet: edition.fitSheet ?? attributes.fitSheet, pages: pages, body: body,
          notices: check?.notices ?? [:]))
      obstacles.append((check?.obstacle, edition.place))
      checks.append((check?.notices ?? [:], edition.place))
    }
    reportChangesOfNothing()
    if obstacles.allSatisfy({ $0.text != nil }) {
      result.obstacle = obstacles.first?.text
    } else if let lacking = obstacles.first(where: { $0.text != nil }) {
      // One edition of a campaign's layout that tells nothing would be found by its customers.
      findings.error(
        .noticeNotReached,
        lacking.place == nil
          ? "the layout without its variants has no notice and no terms, and an edition has" : "this edition has no notice and no terms",
        at: lacking.place ?? range(file, root.nameRange), suggestion: "a legal notice stands in every edition")
    } else {
      compareNotices(checks, range(file, root.nameRange))
    }
    return result
  }

  /// Reports an edition that lacks one of the notices that another has: its bills would not carry it. Which variants there are is each edition's own.
  private func compareNotices(_ editions: [(notices: [String: [String]], place: SourceRange?)], _ root: SourceRange) {
    let names = Set(editions.flatMap(\.notices.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for edition in editions where !edition.notices.isEmpty {
      // That one lacks the notice that every campaign has, each edition says by itself.
      for name in names where name != NoticeElement.standard && edition.notices[name] == nil {
        findings.error(
          .noticeNotReached,
          (edition.place == nil ? "the layout without its variants" : "this edition") + " has no notice '\(name)', and another has",
          at: edition.place ?? root, suggestion: "a legal notice stands in every edition")
      }
    }
  }

  /// Checks the notices of the edition being compiled; `nil` where that cannot be done.
  ///
  /// - Parameter place: The root's name, for what is nowhere in the file.
  private func checkNotice(_ body: TemplateNode, _ pages: [PageMaster], at place: SourceRange) -> NoticeCheck? {
    guard !hasMisplacedNotice else { return nil }
    let found = Findings()
    let check = NoticeCheck(body: body, nodes: nodes, findings: found)
    switch root {
    case .bill: check.run()
    case .leaflet: check.runOnLeaflet(root: place)
    case .postcard: PostcardCheck(pages: pages, body: body, nodes: nodes, findings: found).run(root: place)
    }
    for var diagnostic in found.all {
      if let place = edition.place { diagnostic.notes.append(Diagnostic.Note("in the edition that this variant makes", at: place)) }
      findings.add(diagnostic)
    }
    return check
  }

  /// Reports what variants change and no edition has.
  private func reportChangesOfNothing() {
    func report(_ change: NamedChange, _ known: Set<String>, _ where: String) {
      guard !changeable.made.contains(ObjectIdentifier(change.element)) else { return }
      let what = change.element.name
      if known.contains(change.name) {
        findings.error(
          .changesNothing, "the \(what) '\(change.name)' is not in this edition: what is around it is replaced or left out",
          at: change.nameRange)
      } else {
        findings.error(
          .changesNothing, "\(`where`) no \(what) named '\(change.name)'", at: change.nameRange,
          suggestion: Suggestion.didYouMean(change.name, among: known.sorted()))
      }
    }
    func report(_ change: NamedChange, of page: NamedChange, _ needs: String, _ known: Set<String>) {
      guard !changeable.made.contains(ObjectIdentifier(change.element)) else { return }
      findings.error(
        .changesNothing,
        "the page '\(page.name)' has no \(change.element.name) named '\(change.name)'" + (change.isLeftOut == true ? "" : "; \(needs)"),
        at: change.nameRange, suggestion: Suggestion.didYouMean(change.name, among: known.sorted()))
    }
    for variant in variants where !variant.isFaulty {
      for change in variant.changes {
        switch change.kind {
        case .variantPart: report(change, changeable.parts, "the layout has")
        case .variantBlock: report(change, changeable.blocks, "the layout has")
        case .variantTable:
          report(change, changeable.tables, "the layout has")
          guard changeable.tables.contains(change.name) else { continue }
          for column in change.inner { report(column, changeable.columns[change.name] ?? [], "the table has") }
        case .variantPage:
          for inner in change.inner {
            switch inner.kind {
            case .variantPlace:
              report(inner, of: change, "a new one needs 'x' or 'right', and 'y' or 'bottom'", changeable.places[change.name] ?? [])
            case .variantZone: report(inner, of: change, "a new one needs 'kind'", changeable.zones[change.name] ?? [])
            default: break
            }
          }
        default: break
        }
      }
    }
  }

  // MARK: Putting changes in

  /// The changes as made.
  func made(_ changes: [NamedChange]) { for change in changes { changeable.made.insert(ObjectIdentifier(change.element)) } }

  func isLeftOut(_ changes: [NamedChange]) -> Bool { changes.last { $0.isLeftOut != nil }?.isLeftOut ?? false }

  /// Whether one of the changes puts the thing in, which a more particular one may leave out again.
  private func isAdded(_ changes: [NamedChange]) -> Bool { changes.contains { $0.isLeftOut != true } }

  /// The page masters of the layout with the edition's changes, and those that it adds.
  func pageElements(_ root: XMLElement) -> [XMLElement] {
    var met: Set<String> = []
    var pages: [XMLElement] = []
    for page in root.elements where page.isLayout && page.name == ElementKind.page.tag {
      let name = declaredName(page) ?? ""
      met.insert(name)
      let changes = edition.changes(of: .variantPage, name)
      made(changes)
      if !isLeftOut(changes) { pages.append(NamedChange.merged(page, with: changes)) }
    }
    for change in edition.changes where change.kind == .variantPage && met.insert(change.name).inserted {
      let changes = edition.changes(of: .variantPage, change.name)
      made(changes)
      guard isAdded(changes) else {
        findings.error(.changesNothing, "the layout has no page named '\(change.name)'", at: change.nameRange)
        continue
      }
      if isLeftOut(changes) { continue }
      let page = NamedChange.merged(change.element, with: changes)
      page.attributes.removeAll { $0.name == "show" }
      // Places, header and footer are added with those of all changes.
      page.children = []
      pages.append(page)
    }
    return pages
  }

  /// Places, header and footer that the edition adds to the page whose other contents have been read.
  func addedPlaces(_ place: Place) -> [TemplateContent] {
    defer { edition.metPlaces = [] }
    guard let page = place.page else { return [] }
    var result: [TemplateContent] = []
    for change in edition.changes where change.kind == .variantPage && change.name == page {
      for inner in change.inner where inner.kind != .variantZone && edition.metPlaces.insert(inner.key).inserted {
        let changes = edition.changes(ofPage: page, inner.kind, inner.name)
        var place = place
        place.file = inner.file
        guard inner.kind == .variantPlace else {
          made(changes)
          if let last = changes.last { result.append(.node(node(last.element, inner.kind, place))) }
          continue
        }
        let element = NamedChange.merged(inner.element, with: changes)
        element.attributes.removeAll { $0.name == "show" }
        let isPlaced = (element["x"] ?? element["right"]) != nil && (element["y"] ?? element["bottom"]) != nil
        guard isPlaced, isAdded(changes) else { continue }
        made(changes)
        if isLeftOut(changes) { continue }
        if let content = changes.last(where: \.hasContent) { element.children = content.element.children }
        result.append(.node(node(element, .place, place)))
      }
    }
    return result
  }

  /// The element as the edition has it, and the file of what stands in it where that is another; `nil` where it is left out.
  func changed(_ element: XMLElement, _ kind: ElementKind, _ place: Place) -> (XMLElement, SourceFile?)? {
    if let page = place.page { return changedOnPage(element, kind, page) }
    let isNamed = kind == .notice || ElementRegistry.spec(kind).attribute("name")?.type == .label
    guard isNamed, let name = label(element) else { return (element, nil) }
    changeable.blocks.insert(name)
    let changes = edition.changes(of: .variantBlock, name)
    made(changes)
    if isLeftOut(changes) { return nil }
    var result = changes.isEmpty ? element : withMeasures(element, kind, changes)
    if kind == .table { result = withColumns(result, name) }
    return (result, nil)
  }

  private func changedOnPage(_ element: XMLElement, _ kind: ElementKind, _ page: String) -> (XMLElement, SourceFile?)? {
    let isPlace = kind == .place
    guard isPlace || kind == .pageHeader || kind == .pageFooter else { return (element, nil) }
    let name = isPlace ? label(element) : ""
    guard let name else { return (element, nil) }
    if isPlace { changeable.places[page, default: []].insert(name) }
    let changeKind = isPlace ? ElementKind.variantPlace : kind
    edition.metPlaces.insert(NamedChange.key(changeKind, name))
    let changes = edition.changes(ofPage: page, changeKind, name)
    guard let last = changes.last else { return (element, nil) }
    made(changes)
    if !isPlace { return (last.element, last.file) }
    if isLeftOut(changes) { return nil }
    let result = NamedChange.merged(element, with: changes)
    guard let content = changes.last(where: \.hasContent) else { return (result, nil) }
    result.children = content.element.children
    return (result, content.file)
  }

  private func withMeasures(_ element: XMLElement, _ kind: ElementKind, _ changes: [NamedChange]) -> XMLElement {
    let spec = ElementRegistry.spec(kind)
    for change in changes {
      for attribute in change.element.attributes where !["name", "show"].contains(attribute.name) && spec.attribute(attribute.name) == nil {
        error(
          .unknownAttribute, "the block '\(change.name)' is a '\(element.name)' and has no attribute '\(attribute.name)'", change.file,
          attribute.nameRange)
      }
    }
    let result = NamedChange.merged(element, with: changes)
    result.attributes.removeAll { attribute in spec.attribute(attribute.name) == nil && element[attribute.name] == nil }
    return result
  }

  private func withColumns(_ table: XMLElement, _ name: String) -> XMLElement {
    changeable.tables.insert(name)
    for column in table.elements where column.isLayout && column.name == ElementKind.tableColumn.tag {
      if let column = label(column) { changeable.columns[name, default: []].insert(column) }
    }
    let changes = edition.changes(of: .variantTable, name)
    guard !changes.isEmpty else { return table }
    made(changes)
    let columns = changes.flatMap(\.inner)
    let result = XMLElement(table)
    result.children = table.children.map { child in
      guard case .element(let column) = child, column.isLayout, column.name == ElementKind.tableColumn.tag, let name = label(column) else {
        return child
      }
      let own = columns.filter { $0.name == name }
      made(own)
      return own.isEmpty ? child : .element(NamedChange.merged(column, with: own))
    }
    return result
  }

  /// What stands in a part, or what the edition has instead.
  func part(_ element: XMLElement, _ place: Place) -> TemplateContent? {
    checkAttributes(element, ElementRegistry.spec(.part), place.file)
    if place.isInPart {
      error(
        .misplacedElement, "a 'part' cannot stand in a part, in its replacement or in what is included there", place.file, element.nameRange
      )
      return nil
    }
    var inner = place
    inner.isInPart = true
    inner.parent = element.name
    guard let attribute = element["name"], let name = literal(attribute).declaration(AttributeType.declaration.phrase)?.text else {
      return .scope([], contents(of: element, inner))
    }
    changeable.parts.insert(name)
    // A partial that is included twice has its part twice.
    if let first = edition.metParts[name], first.element != ObjectIdentifier(element) {
      findings.error(
        .duplicateName, "two parts are named '\(name)'", at: attribute.value.range,
        notes: [Diagnostic.Note("the first one", at: first.range)])
    }
    edition.metParts[name] = (ObjectIdentifier(element), attribute.value.range)
    let changes = edition.changes(of: .variantPart, name)
    made(changes)
    if isLeftOut(changes) { return nil }
    guard let replacement = changes.last(where: \.hasContent) else { return .scope([], contents(of: element, inner)) }
    inner.file = replacement.file
    return .scope([], contents(of: replacement.element, inner))
  }
}
