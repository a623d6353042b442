internal import Geometry

/// Finds the logical structure of a document on its finished pages, one page after the other.
///
/// **The reading order**, said here and nowhere else:
/// 1. what stands at fixed places of the first and last page's masters, page by page from the top down, then along the line;
/// 2. the body, in the order in which it flows over columns and pages, places and inserts in it where they are met;
/// 3. payment slips and whatever else is read ``ReadingTime/afterBody``.
///
/// Running headers and footers, what a table repeats, and the places of the pages between are artifacts. So are all marks outside of figures
/// that are neither text nor link. What stands in a figure is part of it, and what stands in an artifact part of that, whatever its own tag.
///
/// Pieces of a broken element are joined by their ``Tag/identity``. Headings begin at level 1 and skip none on the way down. Rows have a cell
/// for each column; for one that paints nothing an empty cell is made. Elements without content are left out, cells excepted.
///
/// Memory does not grow with what is painted: an element is kept until ``takeFinished()`` or ``finish()``, and those that later pages cannot
/// add to are handed out by the former; an entry of some 40 bytes of each stays with its parent. Complexity: O(items) a page.
public struct StructureBuilder {
  private let language: String
  private let direction: Direction

  /// Elements that may still grow.
  private var open: [Int: OpenElement] = [:]
  private var finished: [StructureElement] = []
  private var count = 0
  /// The pieces still to come, by what they have in common: which elements wait for them. Keeps the object, so that no other gets its address.
  private var waiting: [ObjectIdentifier: (identity: TagIdentity, elements: [Int])] = [:]
  /// The repeated parts that have been read.
  private var read: [ObjectIdentifier: TagIdentity] = [:]
  private var beforeBody: [StructureElement.Child] = []
  private var afterBody: [StructureElement.Child] = []
  /// The level of the heading read last, before and in the body, and behind it.
  private var (lastLevel, lastLevelAfter) = (0, 0)

  // Of the page at hand.
  private var page = PageStructure(number: 0)
  private var item = 0

  /// Begins a document.
  /// - Parameters:
  ///   - language: Of the document, a BCP 47 tag; empty for unknown.
  ///   - direction: Which way its lines run.
  public init(language: String, direction: Direction = .leftToRight) {
    (self.language, self.direction) = (language, direction)
    let root = begin(.document, in: nil)
    open[root]?.element.language = language.isEmpty ? nil : language
  }

  // MARK: Pages

  /// Adds the next page, bound to its late values.
  @discardableResult public mutating func add(_ frame: Frame, number: Int) -> PageStructure {
    page = PageStructure(number: number)
    var firsts: [Int] = []
    firsts.reserveCapacity(frame.items.count)
    var items = 0
    for placed in frame.items {
      firsts.append(items)
      items += placed.item.paintedCount
    }
    // Visited as they are read, listed as they are painted.
    var parts = [PageStructure](repeating: page, count: frame.items.count)
    for index in order(frame) {
      page = PageStructure(number: number)
      item = firsts[index]
      visit(frame.items[index], at: .zero, Scope(element: 0))
      parts[index] = page
    }
    var whole = PageStructure(number: number)
    for part in parts {
      whole.contents += part.contents
      whole.areas += part.areas
    }
    return whole
  }

  /// The parts that are read before the body come first, from the top down.
  private func order(_ frame: Frame) -> [Int] {
    func isEarly(_ index: Int) -> Bool {
      if case .frame(let inner) = frame.items[index].item { inner.tag?.role == .part(.beforeBody) } else { false }
    }
    let early = frame.items.indices.filter(isEarly).sorted { a, b in
      let (first, second) = (frame.items[a].at, frame.items[b].at)
      if first.y != second.y { return first.y < second.y }
      if first.x != second.x { return direction == .leftToRight ? first.x < second.x : first.x > second.x }
      return a < b
    }
    return early + frame.items.indices.filter { !isEarly($0) }
  }

  /// The elements that nothing can be added to any more, in the order in which they were finished: parts before what they are part of.
  public mutating func takeFinished() -> [StructureElement] {
    defer { finished = [] }
    return finished
  }

  /// Ends the document and gives the elements not taken before, the document itself last.
  public mutating func finish() -> [StructureElement] {
    if var root = open[0] {
      close(&root)
      root.element.children = beforeBody + root.element.children + afterBody
      open[0] = nil
      finished.append(root.element)
    }
    return takeFinished()
  }

  // MARK: Frames

  /// What is around an item.
  private struct Scope {
    /// The element it is part of.
    var element: Int
    /// The element that text is content of; `nil` where only blocks stand.
    var text: Int?
    /// The figure it is part of.
    var figure: Int?
    /// The artifact it is part of.
    var artifact: Artifact?
    /// What a shape is that is no part of a figure.
    var shapes = Artifact.background
    var isAfterBody = false
  }

  private mutating func visit(_ placed: PlacedItem, at origin: Point, _ scope: Scope) {
    if case .frame(let inner) = placed.item { return visit(inner, at: origin + placed.at, scope) }
    defer { item += 1 }
    switch placed.item {
    case .run, .link: note(owner(text: scope))
    case .shape(let shape):
      if scope.figure == nil, scope.artifact == nil, shape.fill != nil { note(.artifact(scope.shapes)) } else { note(owner(mark: scope)) }
    case .image, .symbol: note(owner(mark: scope))
    case .frame, .late: break
    }
  }

  private mutating func visit(_ frame: Frame, at origin: Point, _ outer: Scope) {
    guard let tag = frame.tag else { return visitItems(of: frame, nil, at: origin, outer) }
    page.areas.append(PageStructure.Area(tag: tag, rect: Rect(origin: origin, size: frame.size)))
    guard outer.artifact == nil, outer.figure == nil else { return visitItems(of: frame, tag, at: origin, outer) }
    var scope = outer
    scope.shapes = tag.role.fillsBackground ? .background : .layout
    if let kind = artifact(tag) {
      scope.artifact = kind
      return visitItems(of: frame, tag, at: origin, scope)
    }
    guard let entered = enter(tag, &scope) else { return visitItems(of: frame, tag, at: origin, scope) }
    var sign = entered.sign
    visitItems(of: frame, tag, at: origin, scope, &sign)
    if entered.endsHere, tag.piece == .whole || tag.piece == .last { end(entered.element) }
  }

  /// What matter the frame is, where it is not read.
  private func artifact(_ tag: Tag) -> Artifact? {
    switch tag.role {
    case .artifact(let kind): kind
    // Without words for it a picture says nothing.
    case .figure: (tag.description ?? "").isEmpty ? .layout : nil
    case .part: tag.identity.flatMap { read[ObjectIdentifier($0)] } == nil ? nil : .repeated
    default: nil
    }
  }

  /// An element that has been entered, and the item's sign still to come.
  private struct Entered {
    var element: Int
    var sign: Sign?
    /// Whether nothing is added to it behind the frame of its last piece.
    var endsHere = true
  }
  private struct Sign {
    var element: Int
    var bytesLeft: Int
  }

  /// Finds or begins the element of a tag; `nil` for a tag that means nothing of its own.
  private mutating func enter(_ tag: Tag, _ scope: inout Scope) -> Entered? {
    let parent = scope.element
    let entered: Entered
    var text: Int?
    defer { if let text { scope.text = text } }
    switch tag.role {
    case .artifact: return nil
    case .group:
      guard tag.landmark != nil else { return nil }
      entered = Entered(element: element(.section, tag, in: parent))
    case .section: entered = Entered(element: element(.section, tag, in: parent))
    case .strand: entered = Entered(element: element(.division, tag, in: parent))
    case .part(let time):
      if let identity = tag.identity { read[ObjectIdentifier(identity)] = identity }
      let part = begin(.division, in: 0, isListed: false)
      describe(part, tag)
      if time == .beforeBody { beforeBody.append(.element(part)) } else { afterBody.append(.element(part)) }
      scope.isAfterBody = time == .afterBody
      entered = Entered(element: part)
    case .heading(let level):
      entered = Entered(
        element: element(tag, in: parent) { [scope] builder in builder.begin(.heading(level: builder.level(level, scope)), in: parent) })
      text = entered.element
    case .paragraph:
      entered = Entered(element: element(.paragraph, tag, in: parent))
      text = entered.element
    case .quote: entered = Entered(element: element(.blockQuote, tag, in: parent))
    case .listItem(let place):
      var sign: Sign?
      let body = element(tag, in: parent) { builder in
        let item = builder.beginItem(in: parent, isFirst: place.isFirst)
        if place.signBytes > 0 { sign = Sign(element: builder.begin(.label, in: item), bytesLeft: Int(place.signBytes)) }
        let body = builder.begin(.listBody, in: item)
        builder.open[item]?.body = body
        return body
      }
      resumeList(of: body)
      // Other blocks of the item may follow.
      entered = Entered(element: body, sign: sign, endsHere: false)
      text = body
    case .listItemRest:
      // What belongs to no item is simply there.
      guard let body = takeWaiting(tag) ?? openBody(in: parent) else { return nil }
      wait(body, for: tag)
      resumeList(of: body)
      (scope.element, text) = (body, body)
      return nil
    case .table(let columns):
      entered = Entered(element: element(.table, tag, in: parent))
      open[entered.element]?.columns = columns
    case .tableRow(let section):
      entered = Entered(
        element: element(tag, in: parent) { builder in builder.begin(.tableRow, in: builder.section(section, of: parent)) })
    case .cell(let place):
      entered = Entered(element: element(.cell(place), tag, in: parent))
      text = entered.element
    case .figure:
      entered = Entered(element: element(.figure, tag, in: parent))
      scope.figure = entered.element
    }
    (scope.element, scope.text) = (entered.element, nil)
    return entered
  }

  private mutating func element(_ kind: StructureElement.Kind, _ tag: Tag, in parent: Int) -> Int {
    element(tag, in: parent) { $0.begin(kind, in: parent) }
  }

  /// The element that the tag's frame is a piece of: the one that waits for it, else a new one.
  private mutating func element(_ tag: Tag, in parent: Int, _ make: (inout StructureBuilder) -> Int) -> Int {
    let element: Int
    if let known = takeWaiting(tag) {
      element = known
    } else {
      element = make(&self)
      describe(element, tag)
    }
    wait(element, for: tag)
    return element
  }

  /// The element that waits longest for this piece; `nil` for a first or only piece.
  private mutating func takeWaiting(_ tag: Tag) -> Int? {
    guard let identity = tag.identity, tag.piece == .middle || tag.piece == .last, var known = waiting[ObjectIdentifier(identity)] else {
      return nil
    }
    var found: Int?
    while found == nil, !known.elements.isEmpty {
      let next = known.elements.removeFirst()
      if open[next] != nil { found = next }
    }
    waiting[ObjectIdentifier(identity)] = known.elements.isEmpty ? nil : known
    if let found { open[found]?.isWaiting = false }
    return found
  }

  /// Notes that more pieces of an element will come.
  private mutating func wait(_ element: Int, for tag: Tag) {
    guard let identity = tag.identity, tag.piece == .first || tag.piece == .middle else { return }
    waiting[ObjectIdentifier(identity), default: (identity, [])].elements.append(element)
    open[element]?.isWaiting = true
  }

  private mutating func describe(_ id: Int, _ tag: Tag) {
    open[id]?.element.source = tag.source
    open[id]?.element.path = tag.path
    open[id]?.element.landmark = tag.landmark
    open[id]?.element.description = tag.description
    open[id]?.element.language = tag.language == language ? nil : tag.language
  }

  private mutating func level(_ stated: Int, _ scope: Scope) -> Int {
    let level = max(1, min(stated, 6, (scope.isAfterBody ? lastLevelAfter : lastLevel) + 1))
    if scope.isAfterBody { lastLevelAfter = level } else { lastLevel = level }
    return level
  }

  // MARK: Lists and tables

  /// A new item of the list that is open among the parent's blocks, or of a new one.
  private mutating func beginItem(in parent: Int, isFirst: Bool) -> Int {
    let list: Int
    if !isFirst, let current = open[parent]?.list {
      list = current
      if let item = open[list]?.item, !isWaiting(item) { end(item) }
    } else {
      list = begin(.list, in: parent)
      open[parent]?.list = list
    }
    let item = begin(.listItem, in: list)
    open[list]?.item = item
    return item
  }

  /// Makes the list of an item the one that the items behind it belong to.
  private mutating func resumeList(of body: Int) {
    guard let item = open[body]?.element.parent, let list = open[item]?.element.parent, let parent = open[list]?.element.parent else {
      return
    }
    open[list]?.item = item
    open[parent]?.list = list
  }

  /// What the blocks of the item begun last stand in.
  private func openBody(in parent: Int) -> Int? {
    open[parent]?.list.flatMap { open[$0]?.item }.flatMap { open[$0]?.body }
  }

  private mutating func section(_ section: TableSection, of table: Int) -> Int {
    let kind = section.kind
    if let current = open[table]?.section, open[current]?.element.kind == kind { return current }
    let made = begin(kind, in: table)
    if let before = open[table]?.section { end(before) }
    open[table]?.section = made
    return made
  }

  // MARK: Elements

  private mutating func begin(_ kind: StructureElement.Kind, in parent: Int?, isListed: Bool = true) -> Int {
    let id = count
    count += 1
    open[id] = OpenElement(StructureElement(id: id, parent: parent, kind: kind))
    guard let parent, isListed else { return id }
    // Any other block ends the list before it.
    if let list = open[parent]?.list {
      open[parent]?.list = nil
      if !isWaiting(list) { end(list) }
    }
    open[parent]?.element.children.append(.element(id))
    open[parent]?.growing.insert(id)
    return id
  }

  /// Whether a further page adds to the element or to something in it.
  private func isWaiting(_ id: Int) -> Bool {
    guard let element = open[id] else { return false }
    return element.isWaiting || element.growing.contains { isWaiting($0) }
  }

  /// Ends an element and all that is open in it.
  private mutating func end(_ id: Int) {
    guard var closing = open[id] else { return }
    close(&closing)
    open[id] = nil
    let isEmpty = closing.element.children.isEmpty
    if let parent = closing.element.parent {
      open[parent]?.growing.remove(id)
      if case .cell(let place) = closing.element.kind {
        open[parent]?.cells.append((place, id))
      } else if isEmpty {
        remove(id, from: parent)
      }
    }
    if case .cell = closing.element.kind {} else if isEmpty { return }
    finished.append(closing.element)
  }

  private mutating func remove(_ id: Int, from parent: Int) {
    if let place = open[parent]?.element.children.lastIndex(of: .element(id)) { open[parent]?.element.children.remove(at: place) }
    // Those read before and behind the body are not the document's yet.
    beforeBody.removeAll { $0 == .element(id) }
    afterBody.removeAll { $0 == .element(id) }
  }

  private mutating func close(_ closing: inout OpenElement) {
    open[closing.element.id] = closing
    for id in closing.growing.sorted() { end(id) }
    if closing.element.kind == .tableRow { complete(closing.element.id) }
    closing = open[closing.element.id] ?? closing
  }

  /// Puts a row's cells in the order of their columns, with an empty one where nothing is painted.
  private mutating func complete(_ row: Int) {
    guard let cells = open[row]?.cells, !cells.isEmpty, let section = open[row]?.element.parent, let table = open[section]?.element.parent,
      let columns = open[table]?.columns
    else { return }
    var children: [StructureElement.Child] = []
    var column = 0
    func fill(_ builder: inout StructureBuilder, to end: Int) {
      while column < end {
        let id = builder.count
        builder.count += 1
        builder.finished.append(StructureElement(id: id, parent: row, kind: .cell(CellPlace(column: column))))
        children.append(.element(id))
        column += 1
      }
    }
    for (place, id) in cells.sorted(by: { ($0.place.column, $0.id) < ($1.place.column, $1.id) }) {
      fill(&self, to: place.column)
      children.append(.element(id))
      column = max(column, place.column + place.columnSpan)
    }
    fill(&self, to: columns)
    open[row]?.element.children = children
  }

  // MARK: Content

  private mutating func note(_ owner: PageStructure.Owner?, bytes: Range<Int>? = nil) {
    guard let owner else { return }
    let piece = ContentPiece(page: page.number, item: item, bytes: bytes)
    page.contents.append(PageStructure.Content(piece: piece, owner: owner))
    if case .element(let id) = owner { open[id]?.element.children.append(.content(piece)) }
  }

  /// Of text and links that are no paragraph's.
  private func owner(text scope: Scope) -> PageStructure.Owner {
    if let artifact = scope.artifact { return .artifact(artifact) }
    return .element(scope.figure ?? scope.text ?? scope.element)
  }

  /// Of marks that are not text.
  private func owner(mark scope: Scope) -> PageStructure.Owner {
    if let figure = scope.figure { return .element(figure) }
    return .artifact(scope.artifact ?? .layout)
  }

  private mutating func visitItems(of frame: Frame, _ tag: Tag?, at origin: Point, _ scope: Scope) {
    var none: Sign?
    visitItems(of: frame, tag, at: origin, scope, &none)
  }

  private mutating func visitItems(of frame: Frame, _ tag: Tag?, at origin: Point, _ outer: Scope, _ sign: inout Sign?) {
    var scope = outer
    let isRead = scope.artifact == nil && scope.figure == nil
    // A paragraph that nobody made one, for text right among blocks.
    var loose: Int?
    if isRead, scope.text == nil, frame.items.contains(where: \.item.isText) {
      let paragraph = begin(.paragraph, in: scope.element)
      (loose, scope.text) = (paragraph, paragraph)
    }
    let links = isRead ? tag?.links ?? [] : []
    for (index, placed) in frame.items.enumerated() {
      if isRead, let text = scope.text {
        switch placed.item {
        case .run(let run, _):
          addRun(run, in: text, links.lazy.filter { $0.item == index }, &sign)
          item += 1
          continue
        case .link(let area):
          let number = links.first { $0.item == index }?.link
          let made = link(number, in: text)
          open[made]?.element.address = area.uri
          note(.element(made))
          if number == nil { end(made) }
          item += 1
          continue
        case .frame(let inner) where loose != nil && inner.tag != nil:
          // Blocks beside loose text are no part of its paragraph.
          var blocks = scope
          blocks.text = nil
          visit(inner, at: origin + placed.at, blocks)
          continue
        default: break
        }
      }
      visit(placed, at: origin, scope)
    }
    if let loose { end(loose) }
  }

  /// The link of that number in a paragraph; a new one without a number.
  private mutating func link(_ number: Int?, in text: Int) -> Int {
    if let number, let known = open[text]?.links[number] { return known }
    let made = begin(.link, in: text)
    if let number { open[text]?.links[number] = made }
    return made
  }

  /// A run of a paragraph: the item's sign, links and foreign words apart.
  private mutating func addRun(_ run: GlyphRun, in text: Int, _ links: some Sequence<LinkedText>, _ sign: inout Sign?) {
    let total = run.text.utf8.count
    var start = 0
    if var open = sign {
      start = min(total, open.bytesLeft)
      note(.element(open.element), bytes: start == total ? nil : 0..<start)
      open.bytesLeft -= start
      if open.bytesLeft <= 0 { end(open.element) }
      sign = open.bytesLeft > 0 ? open : nil
      guard start < total else { return }
    }
    let foreign = ForeignText.parts(of: run.text, in: open[text]?.element.language ?? language)
    for linked in links {
      guard let bytes = linked.bytes?.clamped(to: start..<total), !bytes.isEmpty else { continue }
      add(start..<bytes.lowerBound, of: total, foreign, in: text)
      add(bytes, of: total, foreign, in: link(linked.link, in: text))
      start = bytes.upperBound
    }
    if start < total || total == 0 { add(start..<total, of: total, foreign, in: text) }
  }

  private mutating func add(
    _ bytes: Range<Int>, of total: Int, _ foreign: [(bytes: Range<Int>, language: String?)]?, in element: Int
  ) {
    guard !bytes.isEmpty || total == 0 else { return }
    guard let foreign else { return note(.element(element), bytes: bytes.count == total ? nil : bytes) }
    for part in foreign {
      let bytes = part.bytes.clamped(to: bytes)
      guard !bytes.isEmpty else { continue }
      note(.element(part.language.map { span($0, in: element) } ?? element), bytes: bytes.count == total ? nil : bytes)
    }
  }

  /// The span of that language at the end of an element.
  private mutating func span(_ language: String, in element: Int) -> Int {
    if case .element(let last)? = open[element]?.element.children.last, let known = open[last]?.element, known.kind == .span,
      known.language == language
    {
      return last
    }
    let made = begin(.span, in: element)
    open[made]?.element.language = language
    return made
  }
}

extension TableSection {
  fileprivate var kind: StructureElement.Kind {
    switch self {
    case .head: .tableHead
    case .body: .tableBody
    case .foot: .tableFoot
    }
  }
}

extension Tag.Role {
  /// Whether filled shapes right in such a frame lie behind its content.
  fileprivate var fillsBackground: Bool {
    switch self {
    case .group, .tableRow: true
    default: false
    }
  }
}

extension Item {
  /// How many things it paints.
  fileprivate var paintedCount: Int {
    if case .frame(let frame) = self { frame.items.reduce(0) { $0 + $1.item.paintedCount } } else { 1 }
  }

  /// Whether it is read as text.
  fileprivate var isText: Bool {
    switch self {
    case .run, .link: true
    case .frame, .image, .late, .shape, .symbol: false
    }
  }
}
