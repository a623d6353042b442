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
/// for each column that none above covers; for one that paints nothing an empty cell is made. Elements without content are left out, cells excepted.
///
/// Memory does not grow with what is painted: an element is kept until ``takeFinished()`` or ``finish()``, and those that later pages cannot
/// add to are handed out by the former; an entry of some 40 bytes of each stays with its parent. Complexity: O(items) a page.
public struct StructureBuilder {
  private let language: String
  private let direction: Direction

  private var elements: GrowingElements
  /// The repeated parts that have been read.
  private var read: [ObjectIdentifier: TagIdentity] = [:]

  // Of the page at hand.
  private var page = PageStructure(number: 0)
  private var item = 0

  /// Begins a document.
  /// - Parameters:
  ///   - language: Of the document, a BCP 47 tag; empty for unknown.
  ///   - direction: Which way its lines run.
  public init(language: String, direction: Direction = .leftToRight) {
    (self.language, self.direction) = (language, direction)
    elements = GrowingElements(language: language)
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
    elements.takeFinished()
  }

  /// Ends the document and gives the elements not taken before, the document itself last.
  public mutating func finish() -> [StructureElement] {
    elements.finish()
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
    // Nothing is drawn, but items are counted.
    case .anchor: note(.artifact(.layout))
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
    if entered.endsHere, tag.piece == .whole || tag.piece == .last { elements.end(entered.element) }
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
      entered = Entered(element: elements.element(.section, tag, in: parent))
    case .section: entered = Entered(element: elements.element(.section, tag, in: parent))
    case .strand: entered = Entered(element: elements.element(.division, tag, in: parent))
    case .part(let time):
      if let identity = tag.identity { read[ObjectIdentifier(identity)] = identity }
      scope.isAfterBody = time == .afterBody
      entered = Entered(element: elements.beginPart(time, tag))
    case .heading(let level):
      let isAfterBody = scope.isAfterBody
      entered = Entered(
        element: elements.element(tag, in: parent) { elements in
          elements.begin(.heading(level: elements.level(level, isAfterBody: isAfterBody)), in: parent)
        })
      text = entered.element
    case .paragraph:
      entered = Entered(element: elements.element(.paragraph, tag, in: parent))
      text = entered.element
    case .quote: entered = Entered(element: elements.element(.blockQuote, tag, in: parent))
    case .listItem(let place):
      let (body, sign) = elements.item(tag, place, in: parent)
      // Other blocks of the item may follow.
      entered = Entered(element: body, sign: sign.map { Sign(element: $0, bytesLeft: Int(place.signBytes)) }, endsHere: false)
      text = body
    case .listItemRest:
      // What belongs to no item is simply there.
      guard let body = elements.itemRest(tag, in: parent) else { return nil }
      (scope.element, text) = (body, body)
      return nil
    case .table(let columns): entered = Entered(element: elements.table(tag, columns: columns, in: parent))
    case .tableRow(let section):
      entered = Entered(element: elements.element(tag, in: parent) { $0.begin(.tableRow, in: $0.section(section, of: parent)) })
    case .cell(let place):
      entered = Entered(element: elements.element(.cell(place), tag, in: parent))
      text = entered.element
    case .figure:
      entered = Entered(element: elements.element(.figure, tag, in: parent))
      scope.figure = entered.element
    }
    (scope.element, scope.text) = (entered.element, nil)
    return entered
  }

  // MARK: Content

  private mutating func note(_ owner: PageStructure.Owner?, bytes: Range<Int>? = nil) {
    guard let owner else { return }
    let piece = ContentPiece(page: page.number, item: item, bytes: bytes)
    page.contents.append(PageStructure.Content(piece: piece, owner: owner))
    if case .element(let id) = owner { elements.append(piece, to: id) }
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
      let paragraph = elements.begin(.paragraph, in: scope.element)
      (loose, scope.text) = (paragraph, paragraph)
    }
    // In the order of the items.
    var links = (isRead ? tag?.links ?? [] : [])[...]
    for (index, placed) in frame.items.enumerated() {
      links = links.drop { $0.item < index }
      if isRead, let text = scope.text {
        switch placed.item {
        case .run(let run, _):
          addRun(run, in: text, links.prefix { $0.item == index }, &sign)
          item += 1
          continue
        case .link(let area):
          let number = links.first.flatMap { $0.item == index ? $0.link : nil }
          let made = elements.link(number, in: text)
          elements[made]?.address = area.uri
          note(.element(made))
          if number == nil { elements.end(made) }
          item += 1
          continue
        case .frame where links.first?.item == index:
          // A picture among words that is, or is part of, a link.
          var linked = scope
          if let number = links.first?.link { linked.element = elements.link(number, in: text) }
          visit(placed, at: origin, linked)
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
    if let loose { elements.end(loose) }
  }

  /// A run of a paragraph: the item's sign, links and foreign words apart.
  private mutating func addRun(_ run: GlyphRun, in text: Int, _ links: some Sequence<LinkedText>, _ sign: inout Sign?) {
    let total = run.text.utf8.count
    var start = 0
    if var open = sign {
      start = min(total, open.bytesLeft)
      note(.element(open.element), bytes: start == total ? nil : 0..<start)
      open.bytesLeft -= start
      if open.bytesLeft <= 0 { elements.end(open.element) }
      sign = open.bytesLeft > 0 ? open : nil
      guard start < total else { return }
    }
    let foreign = ForeignText.parts(of: run.text, in: elements[text]?.language ?? language)
    for linked in links {
      guard let bytes = linked.bytes?.clamped(to: start..<total), !bytes.isEmpty else { continue }
      add(start..<bytes.lowerBound, of: total, foreign, in: text)
      add(bytes, of: total, foreign, in: elements.link(linked.link, in: text))
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
      note(.element(part.language.map { elements.span($0, in: element) } ?? element), bytes: bytes.count == total ? nil : bytes)
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
    case .frame, .image, .late, .shape, .symbol, .anchor: false
    }
  }
}
