/// What a cell holds: one paragraph, or blocks.
///
/// An element that is a block and nothing else makes it hold blocks. One that may be either, as `image`, stands among words where the cell has words
/// or marks of text beside it, and is a block where it has not.
struct CellContent {
  /// Whether it holds blocks.
  var holdsBlocks: Bool { hasBlocks || hasEither && !hasWords }

  private var hasBlocks = false
  private var hasEither = false
  private var hasWords = false

  /// Looks at a cell, with what stands in its control elements.
  init(_ cell: XMLElement) { look(into: cell) }

  private mutating func look(into element: XMLElement) {
    for child in element.children {
      switch child {
      case .comment: continue
      case .text(let text, _): hasWords = hasWords || !text.bytes.allSatisfy(Lexer.isSpace)
      case .element(let child):
        guard child.isLayout else { continue }
        if ElementRegistry.controlKinds.contains(where: { $0.tag == child.name }) {
          look(into: child)
          continue
        }
        let isBlock = ElementRegistry.kind(of: child.name, in: .blocks) != nil
        switch (ElementRegistry.kind(of: child.name, in: .inline) != nil, isBlock) {
        case (true, true): hasEither = true
        case (true, false): hasWords = true
        case (false, true): hasBlocks = true
        case (false, false): continue
        }
      }
    }
  }
}
