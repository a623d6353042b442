/// The smallest part of the terms that is marked by itself: a block at the top level, of a list an item, of a table a row.
struct TermsPassage {
  /// Its words with their punctuation, white space and marks left out; of headings without their number.
  let words: [String]
  /// The top-level block it is or is part of.
  let block: Int
  /// The item of a list, or the row of a table: its header is 0.
  let item: Int?
  var isRow = false
}

/// A clause of the terms: what is said under one heading, and what is named where the terms say what they change.
///
/// A heading begins one, and so does an item of an ordered list that begins with bold words. In terms that are not parted by headings (none, or one
/// above all) every item of an ordered list is one, a paragraph that begins with bold words, with what follows it, and each other paragraph.
struct TermsClause {
  /// The words of its heading without number and closing punctuation; empty where it has none.
  var heading: [String] = []
  /// What a reader finds it by: its heading, or its first words.
  var name: String
  /// The same without its number, which means nothing in another version.
  var bareName: String
  /// Into the document's passages.
  var passages: Range<Int>
  /// Whether its first passage is its heading, or begins with it.
  var isHeaded = false

  /// The most characters of a name that is made of a clause's first words.
  ///
  /// - Stops: a clause without a heading, printed whole once more where the terms say what they change.
  private static let firstWords = 48
  /// The most characters of a heading that names a clause.
  ///
  /// - Stops: a heading as long as a page, printed once more where the terms say what they change.
  private static let longestName = 160

  /// The start of a text up to a word's end, with an ellipsis where something is left out.
  static func name(_ text: String, limit: Int) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    var name = ""
    for word in words {
      guard name.count + word.count < limit else { return (name.isEmpty ? String(word.prefix(limit)) : name) + "…" }
      name += (name.isEmpty ? "" : " ") + word
    }
    return name
  }

  fileprivate init(heading text: String, number: String?, at passage: Int) {
    let bare = TermsClause.name(text, limit: TermsClause.longestName)
    var closed = bare
    while let last = closed.last, ".:;,–—".contains(last) { closed.removeLast() }
    heading = closed.split(whereSeparator: \.isWhitespace).map(String.init)
    bareName = closed.isEmpty ? bare : closed
    name = (number.map { $0 + " " } ?? "") + bareName
    passages = passage..<passage
    isHeaded = true
  }

  fileprivate init(opening text: String, number: String?, at passage: Int) {
    bareName = TermsClause.name(text, limit: TermsClause.firstWords)
    name = (number.map { $0 + " " } ?? "") + bareName
    passages = passage..<passage
  }
}

/// Terms as clauses and passages.
struct TermsOutline {
  private(set) var passages: [TermsPassage] = []
  private(set) var clauses: [TermsClause] = []

  /// Takes terms apart; a quotation at their head says what they change and is left out.
  init(_ document: MarkdownDocument) {
    let numbers = document.headingNumbers
    let skipped = document.hasOpening ? 1 : 0
    let isParted = document.isPartedByHeadings
    // Whether what follows without a heading goes on with the clause begun last.
    var isOpen = false
    for (index, block) in document.blocks.enumerated().dropFirst(skipped) {
      switch block.content {
      case .heading(_, let inlines):
        let text = numbers[index].map { inlines.withoutNumber($0) } ?? inlines
        begin(TermsClause(heading: text.plainText, number: numbers[index], at: passages.count))
        add(text.plainText, index)
        isOpen = isParted
      case .paragraph(let inlines):
        let bold = isParted ? nil : inlines.runIn
        if let bold {
          begin(headed(by: bold, number: nil))
          isOpen = true
        } else if !isOpen {
          begin(TermsClause(opening: inlines.plainText, number: nil, at: passages.count))
          isOpen = isParted
        }
        add(bold == nil ? inlines.plainText : inlines.plainTextWithoutNumber, index)
      case .list(let list):
        for (item, blocks) in list.items.enumerated() {
          let text = blocks.map(\.plainText).joined(separator: "\n")
          let isClause = list.isClause(item, inPartedTerms: isParted)
          let number = list.isOrdered ? "\(list.start + item)." : nil
          var inlines: [MarkdownInline] = []
          if case .paragraph(let first)? = blocks.first?.content { inlines = first }
          if isClause, let bold = inlines.runIn {
            begin(headed(by: bold, number: number))
          } else if isClause || !isOpen && item == 0 {
            begin(TermsClause(opening: text, number: isClause ? number : nil, at: passages.count))
          }
          let rest = blocks.dropFirst().map { "\n" + $0.plainText }.joined()
          add(isClause && !inlines.isEmpty ? inlines.plainTextWithoutNumber + rest : text, index, item: item)
          isOpen = isClause ? false : isOpen
        }
      case .table(let table):
        if !isOpen { begin(TermsClause(opening: table.header.map(\.plainText).joined(separator: " "), number: nil, at: passages.count)) }
        for (row, cells) in ([table.header] + table.rows).enumerated() {
          // Words that moved from one column to another say something else.
          add(cells.map(\.plainText).joined(separator: " \u{1F} "), index, item: row, isRow: true)
        }
      case .quote, .thematicBreak:
        if !isOpen { begin(TermsClause(opening: block.plainText, number: nil, at: passages.count)) }
        add(block.plainText, index)
      }
    }
  }

  private func headed(by bold: [MarkdownInline], number: String?) -> TermsClause {
    let text = bold.plainText
    let own = ClauseNumber(opening: text).flatMap { $0.isMarked ? $0 : nil }
    return TermsClause(heading: own.map { String($0.rest) } ?? text, number: own.map { String($0.text) } ?? number, at: passages.count)
  }

  private mutating func begin(_ clause: TermsClause) { clauses.append(clause) }

  private mutating func add(_ text: String, _ block: Int, item: Int? = nil, isRow: Bool = false) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    passages.append(TermsPassage(words: words, block: block, item: item, isRow: isRow))
    clauses[clauses.count - 1].passages = clauses[clauses.count - 1].passages.lowerBound..<passages.count
  }
}

extension MarkdownDocument {
  /// Whether a quotation stands at the head of the terms: it says what they change, and is no clause of theirs.
  public var hasOpening: Bool {
    if case .quote? = blocks.first?.content { true } else { false }
  }

  /// The section at the head of the terms whose heading begins with a title, such as "What changes for you": from the heading up to the next of its
  /// level or above, or the first numbered clause. Only a heading may stand before it, which is the terms' own.
  ///
  /// Small and capital letters, punctuation at the title's end and a number before the heading make no difference.
  ///
  /// - Returns: Into ``blocks``; `nil` where there is none.
  public func section(titled title: String) -> Range<Int>? {
    let wanted = WordBag.words(of: title)
    guard !wanted.isEmpty else { return nil }
    for (index, block) in blocks.prefix(2).enumerated() {
      guard case .heading(let level, let inlines) = block.content else { return nil }
      let words = WordBag.words(of: (headingNumbers[index].map { inlines.withoutNumber($0) } ?? inlines).plainText)
      guard words.starts(with: wanted) else { continue }
      let isParted = isPartedByHeadings
      let end = blocks[(index + 1)...].firstIndex { block in
        switch block.content {
        case .heading(let next, _): next <= level
        case .list(let list): list.isClause(0, inPartedTerms: isParted)
        default: false
        }
      }
      return index..<(end ?? blocks.count)
    }
    return nil
  }

  /// Whether headings part the terms into clauses: at least two of them. A single one is their title.
  public var isPartedByHeadings: Bool {
    var count = 0
    for case .heading in blocks.lazy.map(\.content) { count += 1 }
    return count > 1
  }
}

extension MarkdownList {
  /// Whether an item of one of the terms' top-level lists is a clause of its own, so that its number is that of a clause.
  ///
  /// - Parameter isParted: Whether headings part the terms; see ``MarkdownDocument/isPartedByHeadings``.
  public func isClause(_ item: Int, inPartedTerms isParted: Bool) -> Bool {
    guard isOrdered, items.indices.contains(item) else { return false }
    if !isParted { return true }
    guard case .paragraph(let inlines)? = items[item].first?.content else { return false }
    return inlines.runIn != nil
  }
}

extension [MarkdownInline] {
  /// The words without a number that opens their bold beginning.
  fileprivate var plainTextWithoutNumber: String {
    let text = plainText
    guard let bold = runIn, let number = ClauseNumber(opening: bold.plainText), number.isMarked else { return text }
    return String(text.drop(while: \.isWhitespace).dropFirst(number.text.count))
  }
}
