package import Campaigns
internal import Diagnostics
internal import Layout
package import LayoutLanguage

/// The words of one phase in one language, compiled: CommonMark whose expressions have become templates.
package final class CompiledWords {
  /// A piece of running text.
  package indirect enum Inline {
    case text(String)
    case value(TextTemplate)
    case emphasis([Inline])
    case strong([Inline])
    case link(address: [Inline], [Inline])
    case lineBreak
  }
  /// A paragraph or list item.
  package enum Block {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// Items, each of blocks; `first` is the first number of an ordered list, `nil` for bullets.
    case list(first: Int?, items: [[Block]])
    case quote([Block])
    case table(Table)
    case rule
  }
  /// A table of the terms; each row has a cell a column.
  package struct Table {
    package var alignments: [MarkdownTable.Alignment?]
    package var header: [[Inline]]
    package var rows: [[[Inline]]]
  }

  package let digest: String
  /// What an e-mail is called in a list of messages; empty for words of others.
  package let subject: [Inline]
  /// What such a list shows behind it; empty for words of others.
  package let preheader: [Inline]
  private let parts: [Slot: [Block]]

  /// Compiles the words; what is wrong with their expressions is reported.
  package init(_ words: Words, compile: (CampaignText, MarkdownExpression) -> TextTemplate?) {
    digest = words.digest
    let texts: [(Slot, CampaignText?)] = [
      (.heading, words.heading), (.body, words.body), (.action, words.action), (.keepPaper, words.keepPaper), (.label, words.label),
    ]
    var parts: [Slot: [Block]] = [:]
    for (slot, text) in texts { if let text { parts[slot] = CompiledWords.blocks(text, compile) } }
    if !words.benefits.isEmpty {
      parts[.benefits] = [.list(first: nil, items: words.benefits.map { CompiledWords.blocks($0, compile) })]
    }
    self.parts = parts
    func line(_ text: CampaignText?) -> [Inline] {
      text.flatMap { text in text.document.singleParagraph.map { CompiledWords.inlines($0) { compile(text, $0) } } } ?? []
    }
    (subject, preheader) = (line(words.subject), line(words.preheader))
  }

  /// What a slot shows of the words; empty for slots that come from elsewhere, or that the campaign leaves out.
  package func blocks(_ slot: Slot) -> [Block] { parts[slot] ?? [] }

  private static func blocks(_ text: CampaignText, _ compile: (CampaignText, MarkdownExpression) -> TextTemplate?) -> [Block] {
    blocks(text.document.blocks) { compile(text, $0) }
  }

  /// A parsed text without expressions (terms), or with them.
  package static func blocks(_ blocks: [MarkdownBlock], _ compile: (MarkdownExpression) -> TextTemplate?) -> [Block] {
    blocks.map { block in
      switch block.content {
      case .heading(let level, let inlines): .heading(level: level, self.inlines(inlines, compile))
      case .paragraph(let inlines): .paragraph(self.inlines(inlines, compile))
      case .list(let list):
        .list(first: list.isOrdered ? list.start : nil, items: list.items.map { self.blocks($0, compile) })
      case .quote(let inner): .quote(self.blocks(inner, compile))
      case .table(let table):
        .table(
          Table(
            alignments: table.alignments, header: table.header.map { self.inlines($0, compile) },
            rows: table.rows.map { $0.map { self.inlines($0, compile) } }))
      case .thematicBreak: .rule
      }
    }
  }

  /// Running text without expressions, or with them.
  package static func inlines(_ inlines: [MarkdownInline], _ compile: (MarkdownExpression) -> TextTemplate?) -> [Inline] {
    inlines.compactMap { inline in
      switch inline {
      case .text(let text): .text(text)
      case .expression(let expression): compile(expression).map { .value($0) }
      case .emphasis(let inner): .emphasis(self.inlines(inner, compile))
      case .strong(let inner): .strong(self.inlines(inner, compile))
      case .code(let inner): .strong(self.inlines(inner, compile))
      case .link(let address, _, let inner): .link(address: self.inlines(address, compile), self.inlines(inner, compile))
      case .softBreak: .text(" ")
      case .lineBreak: .lineBreak
      }
    }
  }
}

/// What one bill's notice says: the campaign's words, and this customer's way in.
package struct NoticeWords {
  /// Which of the campaign's notices it is.
  package let name: String
  package let words: CompiledWords
  /// The address as printed.
  package let show: String
  /// The token in fours; `nil` where the address needs none.
  package let token: String?
  /// The address behind link and code.
  package let address: String
  package let phone: String
  package let hours: String?

  /// Whether a slot shows anything: address and number always do.
  func hasWords(_ slot: Slot) -> Bool {
    switch slot {
    case .address, .phone: true
    case .heading, .body, .action, .keepPaper, .label, .benefits: !words.blocks(slot).isEmpty
    }
  }
}
