package import Campaigns
package import Diagnostics
package import LayoutLanguage

/// Words that a bill must say: a disclosure of the campaign, filled in for the bill.
package struct DisclosurePhrase: Sendable {
  /// What counsel mapped.
  package let disclosure: Disclosure
  /// The words as they are compared.
  package let words: PlainWords
}

extension CompiledWords {
  /// What a slot says, as words are compared; page numbers, which nobody knows yet, are left out.
  ///
  /// - Throws: The finding, where a value cannot be evaluated.
  package func plainWords(_ slot: Slot, in environment: borrowing Environment) throws(Diagnostic) -> PlainWords {
    var words = PlainWords()
    for block in blocks(slot) { try block.append(to: &words, in: environment) }
    return words
  }
}

extension CompiledWords.Block {
  /// Adds the words of the block, those of blocks inside it as paragraphs of their own.
  ///
  /// - Throws: The finding, where a value cannot be evaluated.
  package func append(to words: inout PlainWords, in environment: borrowing Environment) throws(Diagnostic) {
    words.addGap()
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): words.append(try inlines.plainText(in: environment))
    case .list(_, let items): for block in items.joined() { try block.append(to: &words, in: environment) }
    case .quote(let blocks): for block in blocks { try block.append(to: &words, in: environment) }
    case .table(let table):
      for cell in ([table.header] + table.rows).joined() {
        words.addGap()
        words.append(try cell.plainText(in: environment))
      }
    case .rule: break
    }
  }
}

extension [CompiledWords.Inline] {
  /// The running text without its marks; breaks are line ends, and page numbers are left out.
  ///
  /// - Throws: The finding, where a value cannot be evaluated.
  package func plainText(in environment: borrowing Environment) throws(Diagnostic) -> String {
    var text = ""
    for inline in self {
      switch inline {
      case .text(let words): text += words
      case .value(let template): text += try template.string(in: environment)
      case .emphasis(let inner), .strong(let inner), .link(_, let inner): text += try inner.plainText(in: environment)
      case .lineBreak: text += "\n"
      }
    }
    return text
  }

  /// Whether a value in it is only known once all pages are.
  var isLate: Bool {
    contains { inline in
      switch inline {
      case .value(let template): template.pieces.contains { if case .late = $0 { true } else { false } }
      case .emphasis(let inner), .strong(let inner), .link(_, let inner): inner.isLate
      case .text, .lineBreak: false
      }
    }
  }
}
