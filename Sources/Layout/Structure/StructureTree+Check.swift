extension StructureTree {
  /// What is wrong with the structure of these pages, in words; `nil` for nothing.
  ///
  /// Each byte of each run, and each picture, code, shape and link, has to be in exactly one element or artifact, and the elements' own lists
  /// have to say the same. For tests, and for writers of files that must not be half tagged. Complexity: O(items).
  public func fault(on pages: [Frame]) -> String? {
    var listed: Set<ContentPiece> = []
    var reached: Set<Int> = []
    var fault: String?
    walk { child, _ in
      switch child {
      case .content(let piece): if !listed.insert(piece).inserted { fault = "\(piece) stands twice" }
      case .element(let id): if !reached.insert(id).inserted { fault = "element \(id) stands twice" }
      }
    }
    if let fault { return fault }
    if reached.count != count { return "\(count) elements, and \(reached.count) reached from the document" }
    guard pages.count == self.pages.count else { return "\(self.pages.count) pages, and not \(pages.count)" }
    for (page, structure) in zip(pages, self.pages) {
      if let fault = StructureTree.fault(on: page, structure, &listed) { return "page \(structure.number): \(fault)" }
    }
    return listed.first.map { "\($0) is on no page" }
  }

  private static func fault(on page: Frame, _ structure: PageStructure, _ listed: inout Set<ContentPiece>) -> String? {
    var lengths: [Int] = []
    FrameWalker.walk(page) { step in
      guard case .item(let item, _) = step else { return }
      if case .run(let run, _) = item { lengths.append(run.text.utf8.count) } else { lengths.append(0) }
    }
    var (item, byte) = (0, 0)
    for content in structure.contents {
      let piece = content.piece
      guard lengths.indices.contains(item), piece.item == item, piece.bytes?.lowerBound ?? 0 == byte else {
        return "item \(piece.item) from byte \(piece.bytes?.lowerBound ?? 0), expected item \(item) from byte \(byte)"
      }
      byte = piece.bytes?.upperBound ?? lengths[item]
      if byte >= lengths[item] { (item, byte) = (item + 1, 0) }
      let isContent = if case .element = content.owner { true } else { false }
      if (listed.remove(piece) != nil) != isContent {
        return "item \(piece.item) is \(isContent ? "in no element" : "content and artifact")"
      }
    }
    return item == lengths.count ? nil : "\(item) of \(lengths.count) items belong to something"
  }
}
