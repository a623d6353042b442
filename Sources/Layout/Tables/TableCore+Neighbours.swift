internal import Vocabulary

/// What rows have to do with those above and below them.
extension TableCore {
  /// How many rows up a row is looked for whose values one repeats: more than a line has notes.
  ///
  /// - Stops: a table of notes alone, each of which looks at all above it.
  private static let repeatSearch = 32
  /// How many rows down those are looked for that are tied to one another: more than a page has.
  ///
  /// - Stops: a table that is one tie of 90,000 rows.
  private static let tieSearch = 200

  /// The row at `index` without the values that the row above it says already.
  func silenced(_ index: Int) -> TableRow {
    var row = row(index)
    guard row.role == nil, columns.contains(where: \.suppressesRepeats) else { return row }
    var column = 0
    for place in row.cells.indices where column < columns.count {
      let cell = row.cells[place]
      if cell.span == 1, cell.above == 0, columns[column].suppressesRepeats, let words = cell.text?.content.words, !words.isEmpty,
        words == wordsAbove(index, column)
      {
        row.cells[place] = cell.silenced(words)
      }
      column += min(cell.span, columns.count - column)
    }
    return row
  }

  /// What a column says in the row of the same group that a row follows, notes passed over; `nil` for nothing.
  private func wordsAbove(_ index: Int, _ column: Int) -> String? {
    let group = row(index).group
    for above in stride(from: index - 1, through: max(0, index - Self.repeatSearch), by: -1) {
      let row = row(above)
      guard row.group == group, !row.endsRun else { return nil }
      let words = row.cell(in: column)?.text?.content.words ?? ""
      if row.belongsAbove, words.isEmpty { continue }
      return row.role == nil ? words : nil
    }
    return nil
  }

  /// The end of the rows from `index` on that cells over several of them tie to one another.
  func tieEnd(from index: Int) -> Int {
    var end = index + 1
    var at = index
    while at < min(end, count, index + Self.tieSearch) {
      for cell in row(at).cells { end = max(end, at + min(cell.rows, count)) }
      at += 1
    }
    return min(end, count, index + Self.tieSearch)
  }

  /// The cell that covers a place of row `index` from above, to stand there once more.
  func cell(covering place: TableCell, column: Int, from index: Int) -> TableCell? {
    guard place.above > 0, place.above <= index, var cell = row(index - place.above).cell(in: column), cell.above == 0 else { return nil }
    (cell.rows, cell.isRepeated) = (place.rows, true)
    return cell
  }
}

extension TableRow {
  /// The cell that begins in a column.
  func cell(in column: Int) -> TableCell? {
    var at = 0
    for cell in cells {
      if at == column { return cell }
      guard at < column else { return nil }
      at += min(cell.span, Int(Int16.max))
    }
    return nil
  }
}

extension TextContent {
  /// Its words, whatever they look like, with those of its pictures.
  var words: String {
    spans.reduce(into: "") { words, span in
      switch span {
      case .text(let text, _, _, _): words += text
      case .tab, .lineBreak: words += " "
      case .late: break
      case .picture(let picture, _, _): words += picture.description ?? ""
      }
    }
  }
}
