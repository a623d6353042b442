internal import Geometry
internal import Vocabulary

/// What columns do so that values in them stay whole.
extension TableCore {
  /// How much wider than `width` the table must be for its tokens to stay whole; see ``Node/missingWidth(at:in:)``.
  func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    let (tracks, widths, _, _) = plainWidths(width, in: context)
    guard let missing = missing(widths, in: context) else { return .zero }
    let least = leastWidths(in: context)
    var wanted = style.columnGap * Double(max(0, columns.count - 1))
    for (index, track) in tracks.enumerated() {
      if missing[index] > .zero {
        wanted = wanted + widths[index] + missing[index]
      } else if case .fraction = track.dimension {
        wanted = wanted + min(widths[index], least[index])
      } else {
        wanted = wanted + widths[index]
      }
    }
    return max(.zero, wanted - width)
  }

  /// What the tokens of each column lack at those widths; `nil` where nothing is missing. Rows are looked at one by one only where some
  /// token may be parted.
  func missing(_ widths: [Length], in context: LayoutContext) -> [Length]? {
    let setter = ObjectIdentifier(context.text)
    if tokens?.setter != setter {
      // Rows that nothing else asks for before their page are left alone where they are many: values in them shrink in their own cells.
      guard count <= Self.keptRows else { return nil }
      var found = TableTokens(setter: setter)
      forEachCell(in: context) { cell, column, span, padding in found.note(cell, column, span, padding, context) }
      tokens = found
    }
    let extent = { (column: Int, span: Int) -> Length in
      widths[column..<column + span].reduce(.zero, +) + self.style.columnGap * Double(span - 1)
    }
    guard let tokens, tokens.widest.contains(where: { !$0.value.fits(extent($0.key.column, $0.key.span)) }) else { return nil }
    var result = [Length](repeating: .zero, count: columns.count)
    forEachCell(in: context) { cell, column, span, padding in
      guard tokens.widest[TableTokens.Cell(column: column, span: span)] != nil else { return }
      let missing = cell.node.missingWidth(at: max(.zero, extent(column, span) - padding), in: context)
      guard missing > .slack else { return }
      // Of several columns the last flexible one takes it, as it is the one for the figures.
      let inside = column..<(column + span)
      guard span == 1 || canGain(inside) else { return }
      let taker = span == 1 ? column : inside.last { columns[$0].width == .auto } ?? inside.last ?? column
      result[taker] = max(result[taker], missing)
    }
    return result.contains { $0 > .zero } ? result : nil
  }

  /// Whether a cell over several columns can become wider at all: what one of its columns takes from another is no gain.
  private func canGain(_ inside: Range<Int>) -> Bool {
    inside.contains { columns[$0].width == .auto }
      || columns.indices.contains { index in
        if !inside.contains(index), case .fraction = columns[index].width { true } else { false }
      }
  }

  /// What each column keeps when others need room: its stated least width and its longest word.
  func leastWidths(in context: LayoutContext) -> [Length] {
    var least = columns.map(\.minWidth)
    forEachCell(in: context) { cell, column, span, padding in
      guard span == 1 else { return }
      least[column] = max(least[column], cell.node.leastWidth(in: context) + padding)
    }
    return least
  }

  /// How narrow each column may be before it tears tokens.
  func bounds(in context: LayoutContext) -> [TokenBounds] {
    var bounds = columns.map { TokenBounds(all: $0.minWidth) }
    forEachCell(in: context) { cell, column, span, padding in
      guard span == 1 else { return }
      bounds[column] = bounds[column].union(cell.node.tokenBounds(in: context).widened(by: padding))
    }
    return bounds
  }

  /// How narrow the table may be; fixed columns keep their widths.
  func tokenBounds(in context: LayoutContext) -> TokenBounds {
    let gaps = style.columnGap * Double(max(0, columns.count - 1))
    return zip(columns, bounds(in: context)).reduce(TokenBounds(all: gaps)) { sum, entry in
      let (column, own) = entry
      let fixed = column.width.length(of: .zero).map { min(max($0, column.minWidth), max(column.maxWidth, column.minWidth)) }
      return sum.joined(fixed.map { TokenBounds(all: $0) } ?? own)
    }
  }
}
