/// The elements of a document while its pages are walked: made, joined over pages, ended and handed out.
///
/// It knows nothing of frames; ``StructureBuilder`` says what begins and ends.
struct GrowingElements {
  /// Elements that may still grow.
  private var open: [Int: OpenElement] = [:]
  private var finished: [StructureElement] = []
  private var count = 0
  /// The pieces still to come, by what they have in common: which elements wait for them. Keeps the object, so that no other gets its address.
  private var waiting: [ObjectIdentifier: (identity: TagIdentity, elements: [Int])] = [:]
  private var beforeBody: [StructureElement.Child] = []
  private var afterBody: [StructureElement.Child] = []
  /// The level of the heading read last, before and in the body, and behind it.
  private var (lastLevel, lastLevelAfter) = (0, 0)

  /// Begins a document; of an unknown language where it is empty.
  init(language: String) {
    let root = begin(.document, in: nil)
    open[root]?.element.language = language.isEmpty ? nil : language
  }

  /// An element that may still grow.
  subscript(_ id: Int) -> StructureElement? {
    get { open[id]?.element }
    set { if let newValue { open[id]?.element = newValue } }
  }

  /// Adds content at the end of an element.
  mutating func append(_ piece: ContentPiece, to id: Int) { open[id]?.element.children.append(.content(piece)) }

  /// The elements that nothing can be added to any more.
  mutating func takeFinished() -> [StructureElement] {
    defer { finished = [] }
    return finished
  }

  /// Ends the document.
  mutating func finish() {
    guard var root = open[0] else { return }
    close(&root)
    root.element.children = beforeBody + root.element.children + afterBody
    open[0] = nil
    finished.append(root.element)
  }

  // MARK: Over pages

  mutating func element(_ kind: StructureElement.Kind, _ tag: Tag, in parent: Int) -> Int {
    element(tag, in: parent) { $0.begin(kind, in: parent) }
  }

  /// The element that the tag's frame is a piece of: the one that waits for it, else a new one.
  mutating func element(_ tag: Tag, in parent: Int, _ make: (inout GrowingElements) -> Int) -> Int {
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
    open[id]?.element.replacement = tag.replacement
    let document = open[0]?.element.language
    open[id]?.element.language = tag.language == document ? nil : tag.language
  }

  /// A heading's level where none may be skipped on the way down.
  mutating func level(_ stated: Int, isAfterBody: Bool) -> Int {
    let level = max(1, min(stated, 6, (isAfterBody ? lastLevelAfter : lastLevel) + 1))
    if isAfterBody { lastLevelAfter = level } else { lastLevel = level }
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

  /// Begins an item, or goes on with one: the element of its blocks, and of its sign where it is new and has one.
  mutating func item(_ tag: Tag, _ place: ListItemPlace, in parent: Int) -> (body: Int, sign: Int?) {
    var sign: Int?
    let body = element(tag, in: parent) { elements in
      let item = elements.beginItem(in: parent, isFirst: place.isFirst)
      if place.signBytes > 0 { sign = elements.begin(.label, in: item) }
      let body = elements.begin(.listBody, in: item)
      elements.open[item]?.body = body
      return body
    }
    resumeList(of: body)
    return (body, sign)
  }

  /// Goes on with the item that such a frame is part of; `nil` where there is none.
  mutating func itemRest(_ tag: Tag, in parent: Int) -> Int? {
    guard let body = takeWaiting(tag) ?? openBody(in: parent) else { return nil }
    wait(body, for: tag)
    resumeList(of: body)
    return body
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

  mutating func section(_ section: TableSection, of table: Int) -> Int {
    let kind = section.kind
    if let current = open[table]?.section, open[current]?.element.kind == kind { return current }
    let made = begin(kind, in: table)
    if let before = open[table]?.section { end(before) }
    open[table]?.section = made
    return made
  }

  // MARK: Elements

  mutating func begin(_ kind: StructureElement.Kind, in parent: Int?, isListed: Bool = true) -> Int {
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

  /// Begins a part of the document that is read before or behind its body.
  mutating func beginPart(_ time: ReadingTime, _ tag: Tag) -> Int {
    let part = begin(.division, in: 0, isListed: false)
    describe(part, tag)
    switch time {
    case .beforeBody: beforeBody.append(.element(part))
    case .afterBody: afterBody.append(.element(part))
    }
    return part
  }

  /// Begins a table, or goes on with one.
  mutating func table(_ tag: Tag, columns: Int, in parent: Int) -> Int {
    let table = element(.table, tag, in: parent)
    open[table]?.columns = columns
    return table
  }

  /// Whether a further page adds to the element or to something in it.
  private func isWaiting(_ id: Int) -> Bool {
    guard let element = open[id] else { return false }
    return element.isWaiting || element.growing.contains { isWaiting($0) }
  }

  /// Ends an element and all that is open in it.
  mutating func end(_ id: Int) {
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
    let covered = open[section]?.covered ?? [:]
    func fill(_ builder: inout GrowingElements, to end: Int) {
      while column < end {
        if covered[column] != nil {
          column += 1
          continue
        }
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
    var below = covered.compactMapValues { $0 > 1 ? $0 - 1 : nil }
    for (place, _) in cells where place.rowSpan > 1 {
      for column in place.column..<(place.column + place.columnSpan) { below[column] = place.rowSpan - 1 }
    }
    open[section]?.covered = below
  }

  // MARK: Text

  /// The link of that number in a paragraph; a new one without a number.
  mutating func link(_ number: Int?, in text: Int) -> Int {
    if let number, let known = open[text]?.links[number] { return known }
    let made = begin(.link, in: text)
    if let number { open[text]?.links[number] = made }
    return made
  }

  /// The span of that language at the end of an element.
  mutating func span(_ language: String, in element: Int) -> Int {
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
