/// The logical structure of a whole document, for documents short enough to be held; see ``StructureBuilder`` for all others.
public struct StructureTree: Sendable {
  private let elements: [Int: StructureElement]
  /// What each page's marks belong to, in order.
  public let pages: [PageStructure]

  /// Finds the structure of finished pages; see ``StructureBuilder/init(language:direction:)``.
  public init(of pages: [Frame], language: String, direction: Direction = .leftToRight) {
    var builder = StructureBuilder(language: language, direction: direction)
    self.pages = pages.enumerated().map { builder.add($0.element, number: $0.offset + 1) }
    elements = Dictionary(builder.finish().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The document.
  public var root: StructureElement { self[0] ?? StructureElement(id: 0, parent: nil, kind: .document) }
  /// How many elements there are, the document included.
  public var count: Int { elements.count }
  /// The element of a number; `nil` where there is none.
  public subscript(_ id: StructureElement.ID) -> StructureElement? { elements[id] }

  /// Calls `visit` for the document and everything in it, in reading order, with the number of elements around it.
  public func walk(_ visit: (StructureElement.Child, Int) -> Void) { walk(.element(0), 0, visit) }

  private func walk(_ child: StructureElement.Child, _ depth: Int, _ visit: (StructureElement.Child, Int) -> Void) {
    visit(child, depth)
    guard case .element(let id) = child, let element = elements[id] else { return }
    for part in element.children { walk(part, depth + 1, visit) }
  }

  /// All elements of a kind, in reading order.
  public func all(where matches: (StructureElement) -> Bool) -> [StructureElement] {
    var found: [StructureElement] = []
    walk { child, _ in if case .element(let id) = child, let element = elements[id], matches(element) { found.append(element) } }
    return found
  }
}
