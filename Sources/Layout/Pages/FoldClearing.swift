internal import Geometry

/// Where a page's body is parted so that nothing of it stands on a fold, and how far what is below each parting moves down.
///
/// Judged is what paints: lines of text, rules, pictures, codes. Grounds behind content may lie under a fold. A table's row, a panel, a
/// figure and what is kept together are not parted while they are lower than ``greatestHole``. What stands on the fold moves below it; where
/// a wider gap, that between two blocks, lies a little higher, the parting is there: headings go along with what they head, totals stay
/// together. Between two rows of a table the white above the fold is shared out among the rows that stand above it, so that none but the
/// fold's own height is left in one place.
struct FoldClearing {
  /// How far above the fold a wider gap is looked for.
  private static let reach = Length.mm(14)
  /// No parting leaves more white than this; what is higher in one piece stays on the fold.
  private static let greatestHole = Length.mm(60)
  /// The same for the sake of rows and blocks that are kept with others.
  private static let greatestTiedHole = Length.mm(28)
  /// How much wider a gap higher up must be.
  private static let widerGap = 1.4
  /// How much farther apart rows may stand to share out the white above a fold: too little to be seen.
  private static let greatestSpread = Length.pt(1.5)
  /// Rows no farther apart are those of one table.
  private static let greatestRowGap = Length.pt(14)

  /// A parting: what begins at `y` or below moves down.
  struct Cut: Hashable {
    var y: Length
    var shift: Length
  }

  /// What is not parted beside rows, figures and panels.
  private struct Unity: OptionSet {
    let rawValue: Int
    /// What is kept in one piece.
    static let kept = Unity(rawValue: 1)
    /// What is kept with its neighbour, as a label with its value.
    static let tied = Unity(rawValue: 2)
  }

  /// From the top down.
  private(set) var cuts: [Cut] = []
  /// Whether what is kept with its neighbour is parted from it, since they would leave too much white.
  private(set) var partsTied = false

  /// Where a body is parted.
  ///
  /// - Parameters:
  ///   - body: The body as it is without folds.
  ///   - folds: What stays clear, measured from the body's top.
  ///   - grid: The lines text stands on, of which a whole number is skipped.
  ///   - parts: Whether what is kept in one piece is parted, too: it leaves less white.
  /// - Complexity: O(items) for the body, sorted by height.
  init(_ body: Frame, folds: [ClosedRange<Length>], grid: BaselineGrid?, parts: Bool = false) {
    // Nothing reaches down to them on most pages.
    guard let highest = folds.map(\.lowerBound).min(), body.size.height > highest else { return }
    let unity: Unity = parts ? [] : .kept
    let (loose, tied) = (Self.bands(of: body, unity), Self.bands(of: body, unity.union(.tied)))
    for fold in folds.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      // What is kept with others is parted from them where they would leave too much white.
      let whole = parting(in: tied, fold, grid).flatMap { $0.shift < Self.greatestTiedHole ? ($0, tied) : nil }
      guard let (cut, bands) = whole ?? parting(in: loose, fold, grid).map({ ($0, loose) }) else { continue }
      if whole == nil { partsTied = true }
      cuts += grid == nil ? sharedOut(cut, among: bands, above: fold) : [cut]
    }
  }

  /// The parting, and before it those of the rows above that take their share of the white above the fold.
  private func sharedOut(_ cut: Cut, among bands: [Band], above fold: ClosedRange<Length>) -> [Cut] {
    guard let met = bands.firstIndex(where: { $0.low == cut.y }), bands[met].isRow else { return [cut] }
    let previous = cuts.last?.y ?? -.infinity
    var first = met
    while first > 0, bands[first].low > previous, bands[first - 1].isRow, bands[first].low - bands[first - 1].high < Self.greatestRowGap {
      first -= 1
    }
    // The first row stays where its table begins, the last is the one that moves.
    let rows = bands[..<met].dropFirst(first + 1).filter { $0.low > previous }
    guard let last = rows.last else { return [cut] }
    let moved = cuts.reduce(Length.zero) { $0 + $1.shift }
    let white = min(fold.lowerBound - moved - last.high, cut.shift, Self.greatestSpread * Double(rows.count))
    guard white > .slack else { return [cut] }
    let share = white / Double(rows.count)
    return rows.map { Cut(y: $0.low, shift: share) } + [Cut(y: cut.y, shift: cut.shift - white)]
  }

  /// Where the bands are parted so that none stands on the fold; `nil` where none does, or where no parting is small enough.
  private func parting(in bands: [Band], _ fold: ClosedRange<Length>, _ grid: BaselineGrid?) -> Cut? {
    let moved = cuts.reduce(Length.zero) { $0 + $1.shift }
    let (top, bottom) = (fold.lowerBound - moved, fold.upperBound - moved)
    let previous = cuts.last?.y ?? -.infinity
    guard let met = bands.firstIndex(where: { $0.high > top + .slack && $0.low + .slack < bottom && $0.low > previous }) else { return nil }
    func gap(_ index: Int) -> Length { index > 0 ? bands[index].low - bands[index - 1].high : .zero }
    var best = met
    for index in bands[..<met].indices.reversed() {
      guard bands[index].low > bands[met].low - Self.reach, bands[index].low > previous else { break }
      if gap(index) > gap(best) * Self.widerGap { best = index }
    }
    for index in [best, met] {
      var shift = bottom - bands[index].low
      if let grid { shift = grid.step * (shift.points / grid.step.points - 1e-6).rounded(.up) }
      if shift > .slack, shift < Self.greatestHole { return Cut(y: bands[index].low, shift: shift) }
    }
    return nil
  }

  /// How far what begins at `y` moves down.
  func move(at y: Length) -> Length { cuts.reduce(.zero) { $1.y.fits(y) ? $0 + $1.shift : $0 } }

  /// How high the body is with them.
  func height(of body: Frame) -> Length { cuts.isEmpty ? body.size.height : applied(to: body).size.height }

  /// The body with what is below each parting moved down, and so much higher.
  func applied(to body: Frame) -> Frame { cuts.isEmpty ? body : moved(body, at: .zero, by: .zero) }

  // MARK: What paints

  /// Heights that paint without a gap between them.
  private struct Band {
    var low: Length
    var high: Length
    var isRule = false
    /// Whether it is a table's row, or rows that overlap.
    var isRow = false
  }

  /// Those of the body, from the top down. A rule belongs to what stands below it, unless that is much farther away.
  private static func bands(of body: Frame, _ unity: Unity) -> [Band] {
    var marks: [Band] = []
    collect(body, at: .zero, unity, &marks)
    marks.sort { ($0.low, $0.high) < ($1.low, $1.high) }
    var merged: [Band] = []
    for mark in marks {
      if let last = merged.indices.last, mark.low.fits(merged[last].high) {
        merged[last].high = max(merged[last].high, mark.high)
        merged[last].isRule = merged[last].isRule && mark.isRule
        merged[last].isRow = merged[last].isRow && mark.isRow
      } else {
        merged.append(mark)
      }
    }
    var result: [Band] = []
    for (index, band) in merged.enumerated() {
      if index > 0, let last = result.last, last.isRule {
        let above = result.count > 1 ? last.low - result[result.count - 2].high : .infinity
        if (band.low - last.high).fits(above * 2) {
          result[result.count - 1] = Band(low: last.low, high: band.high, isRule: band.isRule, isRow: band.isRow)
          continue
        }
        if result.count > 1 {
          result[result.count - 2].high = last.high
          result.removeLast()
        }
      }
      result.append(band)
    }
    return result
  }

  private static func collect(_ frame: Frame, at top: Length, _ unity: Unity, _ marks: inout [Band]) {
    guard frame.pagePosition == nil else { return }
    var last: Length?
    for placed in frame.items {
      let y = top + placed.at.y
      let first = marks.count
      if case .frame(let inner) = placed.item {
        collect(inner, at: y, unity, &marks)
        if inner.isOnePiece || inner.isKept && unity.contains(.kept) {
          join(&marks, from: first, edges: inner.edges(at: y), isRow: inner.isRow)
        }
        if unity.contains(.tied), inner.isTied, let last, let next = marks[first...].map(\.low).min(), next > last {
          marks.append(Band(low: last, high: next))
        }
      } else if let extent = placed.item.extent(at: y) {
        marks.append(Band(low: extent.lowerBound, high: extent.upperBound, isRule: placed.item.isRule))
      }
      // A rule between two rows parts nothing.
      if !placed.item.isRule, let end = marks[first...].map(\.high).max() { last = max(last ?? end, end) }
    }
  }

  /// Makes one band of the marks from `first` on, unless that would be higher than any hole may be.
  private static func join(_ marks: inout [Band], from first: Int, edges: ClosedRange<Length>?, isRow: Bool) {
    guard var low = marks[first...].map(\.low).min(), var high = marks[first...].map(\.high).max() else { return }
    if let edges { (low, high) = (min(low, edges.lowerBound), max(high, edges.upperBound)) }
    guard high - low < greatestHole else { return }
    marks.replaceSubrange(first..., with: [Band(low: low, high: high, isRow: isRow)])
  }

  // MARK: Moving

  /// The frame with its content moved, of which `own` is what the frame itself moves.
  private func moved(_ frame: Frame, at top: Length, by own: Length) -> Frame {
    var result = frame
    var deepest = own
    for index in result.items.indices {
      let placed = result.items[index]
      let y = top + placed.at.y
      switch placed.item {
      case .frame(let inner):
        guard inner.pagePosition == nil else { continue }
        let tops = Self.tops(of: inner, at: y) ?? y...y
        let (first, last) = (move(at: tops.lowerBound), move(at: tops.upperBound))
        result.items[index].at.y = placed.at.y + first - own
        if last > first { result.items[index].item = .frame(moved(inner, at: y, by: first)) }
        deepest = max(deepest, last)
      case .shape(let shape):
        guard !placed.item.isRule else { fallthrough }
        let (first, last) = (move(at: y), move(at: y + shape.height))
        result.items[index].at.y = placed.at.y + first - own
        if last > first { result.items[index].item = .shape(shape.drawnOut(by: { move(at: y + $0) - first })) }
        deepest = max(deepest, last)
      default:
        // A link lies where its words do.
        let middle = if case .link(let link) = placed.item { y + link.size.height / 2 } else { placed.item.extent(at: y)?.lowerBound ?? y }
        result.items[index].at.y = placed.at.y + move(at: middle) - own
        deepest = max(deepest, move(at: middle))
      }
    }
    // Room below the last mark goes along.
    result.size.height = frame.size.height + deepest - own
    return result
  }

  /// From the highest to the lowest upper edge of what paints in a frame; `nil` where nothing does.
  private static func tops(of frame: Frame, at top: Length) -> ClosedRange<Length>? {
    var found: ClosedRange<Length>?
    for placed in frame.items {
      let y = top + placed.at.y
      let range: ClosedRange<Length>?
      if case .frame(let inner) = placed.item {
        range = inner.pagePosition == nil ? tops(of: inner, at: y) : nil
      } else {
        range = placed.item.extent(at: y).map { $0.lowerBound...$0.lowerBound }
      }
      guard let range else { continue }
      found = found.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
    }
    return found
  }
}

extension Frame {
  /// Whether it is a table's row.
  fileprivate var isRow: Bool { if case .tableRow = tag?.role { true } else { false } }

  /// Whether it is better moved whole than parted: a table's row, a figure, a panel.
  fileprivate var isOnePiece: Bool {
    switch tag?.role {
    case .tableRow, .figure: true
    case .group: items.contains { if case .shape = $0.item { true } else { false } }
    default: false
    }
  }

  /// From the upper to the lower edge of a panel, which its grounds and lines show; `nil` for what is none.
  fileprivate func edges(at top: Length) -> ClosedRange<Length>? {
    if case .group = tag?.role { top...(top + size.height) } else { nil }
  }
}

extension Item {
  /// From the upper to the lower edge of what it paints; `nil` for grounds, which may lie under a fold, and for what does not paint.
  fileprivate func extent(at y: Length) -> ClosedRange<Length>? {
    switch self {
    case .run(let run, _):
      // As high as capitals with accents, as deep as descenders.
      let box = run.turned(
        Rect(x: .zero, y: run.size * -0.95, width: run.advance, height: run.size * 1.2))
      return (y + box.minY)...(y + box.maxY)
    case .late(let text): return y...(y + text.size.height)
    case .image(let image): return y...(y + image.size.height)
    case .symbol(let symbol): return y...(y + symbol.size.height)
    case .shape(let shape): return isRule ? y...(y + shape.height) : nil
    case .frame, .link, .anchor: return nil
    }
  }

  /// Whether it is a level line.
  fileprivate var isRule: Bool {
    if case .shape(let shape) = self { shape.height <= Shape.thinnestGround } else { false }
  }
}

extension Shape {
  /// What is not higher is a rule.
  fileprivate static let thinnestGround = Length.pt(2)
  /// How far down it reaches, without the thickness of its line.
  fileprivate var height: Length { bounds?.maxY ?? .zero }

  /// The shape with each of its points moved down by what `move` says of its height.
  fileprivate func drawnOut(by move: (Length) -> Length) -> Shape {
    var result = self
    func lower(_ point: Point) -> Point { Point(x: point.x, y: point.y + move(point.y)) }
    switch outline {
    case .rectangle(let size, let radius):
      result.outline = .rectangle(Size(width: size.width, height: size.height + move(size.height)), radius: radius)
    case .path(let segments):
      result.outline = .path(
        segments.map { segment in
          switch segment {
          case .move(let point): .move(lower(point))
          case .line(let point): .line(lower(point))
          case .curve(let first, let second, let end): .curve(lower(first), lower(second), lower(end))
          case .close: .close
          }
        })
    }
    return result
  }
}
