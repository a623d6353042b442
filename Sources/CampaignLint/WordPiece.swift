internal import Campaigns
internal import Composition
internal import Diagnostics
internal import LayoutLanguage

/// A stretch of evaluated words, which knows whether somebody typed it.
enum WordPiece: Hashable {
  /// As they are written in the campaign.
  case words(String)
  /// What an expression gave.
  case value(String)
  /// The number of a page that is not known yet.
  case late(LateName)
  /// Between two blocks, or two lines of one.
  case lineEnd

  /// The pieces as one text, as words are compared: a line end is a space, a page's number nothing.
  static func folded(_ pieces: some Sequence<WordPiece>) -> String {
    var words = PlainWords()
    for piece in pieces {
      switch piece {
      case .words(let part), .value(let part): words.append(part)
      case .lineEnd: words.addGap()
      case .late: break
      }
    }
    return words.text
  }

  /// Evaluates blocks: their words in order, the marks left out.
  ///
  /// - Throws: The finding, where an expression cannot be evaluated.
  static func pieces(of blocks: [CompiledWords.Block], in environment: borrowing Environment) throws(Diagnostic) -> [WordPiece] {
    var pieces: [WordPiece] = []
    try append(blocks, &pieces, environment)
    return pieces
  }

  private static func append(
    _ blocks: [CompiledWords.Block], _ pieces: inout [WordPiece], _ environment: borrowing Environment
  ) throws(Diagnostic) {
    for block in blocks {
      if !pieces.isEmpty, pieces.last != .lineEnd { pieces.append(.lineEnd) }
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): try append(inlines, &pieces, environment)
      case .list(_, let items): for item in items { try append(item, &pieces, environment) }
      case .quote(let inner): try append(inner, &pieces, environment)
      case .table(let table):
        for cell in ([table.header] + table.rows).joined() {
          if !pieces.isEmpty, pieces.last != .lineEnd { pieces.append(.lineEnd) }
          try append(cell, &pieces, environment)
        }
      case .rule: break
      }
    }
  }

  private static func append(
    _ inlines: [CompiledWords.Inline], _ pieces: inout [WordPiece], _ environment: borrowing Environment
  ) throws(Diagnostic) {
    for inline in inlines {
      switch inline {
      case .text(let words): pieces.append(.words(words))
      case .emphasis(let inner), .strong(let inner), .link(_, let inner): try append(inner, &pieces, environment)
      case .lineBreak: pieces.append(.lineEnd)
      case .value(let template): try append(template, &pieces, environment)
      }
    }
  }

  private static func append(
    _ template: TextTemplate, _ pieces: inout [WordPiece], _ environment: borrowing Environment
  ) throws(Diagnostic) {
    var buffer = TextBuffer()
    try template.append(to: &buffer, in: environment)
    for segment in buffer.segments {
      switch segment {
      case .words(let words): pieces.append(.words(words))
      case .data(let value), .token(let value, _): pieces.append(.value(value))
      case .late(let name): pieces.append(.late(name))
      case .mark: break
      }
    }
  }
}
