internal import Campaigns
internal import Geometry
internal import Layout

/// One of the terms' passages: a block of theirs, of a list one item.
struct TermsPassage {
  var block: CompiledWords.Block
  /// The number of its block among those of the terms.
  var index: Int
  var mark: ChangeMark
  /// Of a table, one a row, its heads first; else empty.
  var rowMarks: [ChangeMark] = []
  /// Whether its block begins and ends with it.
  var startsBlock = true
  var endsBlock = true
  /// Whether it is an item of a list of more than two.
  var isOfLongList = false
  /// The number that opens it, if it is a heading; it is no part of ``block`` then.
  var number: String?
  /// Of an item: whether its number is that of a clause.
  var isClause = false
  /// Of an item: whether it defines a word, and its list nothing but words.
  var isDefinition = false
  /// Of an item of an ordered list: the number of the list's last item.
  var lastNumber: Int?

  var isHeading: Bool { if case .heading = block { true } else { false } }
  /// Whether a clause begins with it.
  var beginsClause: Bool { isHeading || isClause }
  var isRule: Bool { if case .rule = block { true } else { false } }

  /// Whether one bar may stand beside all of it: of a table that holds where no row stayed as it was.
  var isMarkedWhole: Bool { mark != .unchanged && rowMarks.allSatisfy { $0 != .unchanged } }

  /// The passages of terms in their order.
  ///
  /// Of a list or table whose parts cannot be told apart from earlier ones, each is marked as the whole is.
  static func all(of terms: TermsText) -> [TermsPassage] {
    let document = terms.document
    let numbers = document.headingNumbers
    let isParted = document.isPartedByHeadings
    let changes = terms.changes
    return CompiledWords.blocks(document.blocks, { _ in nil }).enumerated().flatMap { index, block -> [TermsPassage] in
      let change = changes.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      let whole = change?.mark ?? .unchanged
      switch (block, document.blocks[index].content) {
      case (.heading(let level, _), .heading(_, let inlines)):
        guard let number = numbers[index] else { return [TermsPassage(block: block, index: index, mark: whole)] }
        let rest = CompiledWords.inlines(inlines.withoutNumber(number)) { _ in nil }
        return [TermsPassage(block: .heading(level: level, rest), index: index, mark: whole, number: number)]
      case (.table(let table), _):
        let marks = change.flatMap { $0.items.count == table.rows.count + 1 ? $0.items : nil }
        return [TermsPassage(block: block, index: index, mark: whole, rowMarks: marks ?? [])]
      case (.list(let first, let items), .list(let list)) where !items.isEmpty:
        let marks = change.flatMap { $0.items.count == items.count ? $0.items : nil }
        let areDefinitions = first == nil && list.items.allSatisfy(\.isDefinition)
        return items.enumerated().map { place, item in
          TermsPassage(
            block: .list(first: first.map { $0 + place }, items: [item]), index: index, mark: marks?[place] ?? whole,
            startsBlock: place == 0,
            endsBlock: place + 1 == items.count, isOfLongList: items.count > 2, isClause: list.isClause(place, inPartedTerms: isParted),
            isDefinition: areDefinitions, lastNumber: first.map { $0 + items.count - 1 })
        }
      default: return [TermsPassage(block: block, index: index, mark: whole)]
      }
    }
  }
}

extension [MarkdownBlock] {
  /// Whether an item begins with a bold word and says what it means.
  fileprivate var isDefinition: Bool {
    guard case .paragraph(let inlines)? = first?.content, case .strong? = inlines.first else { return false }
    return inlines.dropFirst().contains { inline in
      switch inline {
      case .text(let text): text.contains { $0.isLetter || $0.isNumber }
      case .softBreak, .lineBreak: false
      default: true
      }
    }
  }
}
