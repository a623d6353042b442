public import Geometry

/// One flow of content over several columns and pages; on the last page the columns are made equally high.
public final class ColumnsNode: Node {
  /// Balancing stops when the height is known to within this.
  private static let precision = Length.pt(0.5)
  /// No more tries than this; each lays the last page's content out once.
  ///
  /// - Stops: columns that never balance.
  private static let attempts = 12

  let child: any Node
  let count: Int
  let gap: Length
  let isBalanced: Bool
  let origin: Origin

  /// Makes a flow over `count` columns, from right to left in a right-to-left bill.
  public init(_ child: any Node, count: Int, gap: Length, isBalanced: Bool = true, origin: Origin = .none) {
    self.child = child
    self.count = min(max(1, count), 12)  // More columns than twelve no page can hold.
    self.gap = gap
    self.isBalanced = isBalanced
    self.origin = origin
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    let inner = child.widths(in: context)
    let gaps = gap * Double(count - 1)
    return WidthRange(minimum: inner.minimum * Double(count) + gaps, maximum: inner.maximum * Double(count) + gaps)
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    let column = (width - gap * Double(count - 1)) / Double(count)
    return child.missingWidth(at: max(.zero, column), in: context) * Double(count)
  }

  private struct Filling {
    var frames: [Frame]
    var rest: (any Node)?
    var need: Length?
    var height: Length { frames.reduce(.zero) { max($0, $1.size.height) } }
    var isDone: Bool { rest == nil && need == nil }
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { context.attempt { filled(region, context) } }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    let width = (region.size.width - gap * Double(count - 1)) / Double(count)
    guard width > .zero else {
      context.report(.tooWide, origin, wanted: gap * Double(count - 1), available: region.size.width)
      return child.fill(region, in: context)
    }
    var column = region
    column.size.width = width
    // Each column is a region of its own: the first one's top is a top too, whatever stands above the columns.
    column.fullHeight = column.size.height
    var balanced: Length?
    let first = context.attempt {
      pour(child, column, mayBreak: region.mayBreak, context)
    } isKept: { first in
      balanced = balancedHeight(of: first, column, in: region, context)
      return balanced == nil
    }
    if let balanced {
      (column.size.height, column.fullHeight) = (balanced, balanced)
      return fragment(pour(child, column, mayBreak: true, context), region, width, context)
    }
    if let need = first.need, first.frames.isEmpty { return .deferred(need: need) }
    return fragment(first, region, width, context)
  }

  /// The height of balanced columns: the lowest that holds everything, or a little more where that leaves an item or a line alone, or parts a heading
  /// from its text. `nil` where the columns stay as they were filled first.
  private func balancedHeight(of first: Filling, _ column: Region, in region: Region, _ context: LayoutContext) -> Length? {
    guard first.isDone, isBalanced, count > 1, first.height.fits(region.size.height),
      let lowest = lowestHeight(of: first, column, context)
    else { return nil }
    return tidyHeight(from: lowest, to: first.height, column, context)
  }

  /// The lowest height at or a little above `lowest` at which the columns have the fewest faults.
  private func tidyHeight(from lowest: Length, to highest: Length, _ column: Region, _ context: LayoutContext) -> Length {
    var column = column
    var (best, least) = (lowest, Int.max)
    var height = lowest
    let step = max(.pt(4), (highest - lowest) / Double(Self.attempts))
    for attempt in 0...Self.attempts where height.fits(highest) {
      (column.size.height, column.fullHeight) = (height, height)
      let (filling, isClean) = context.trial { pour(child, column, mayBreak: true, context) }
      if attempt == 0 || filling.isDone && isClean && filling.height.fits(height) {
        let weight = ColumnFaults(filling.frames, count: count).weight
        if weight < least { (best, least) = (height, weight) }
        if least == 0 { break }
      }
      height = height + step
    }
    return best
  }

  /// The lowest height at which all columns together still hold everything: up in small steps from the mean to the first that does, then
  /// down by halves. `nil` where none lower than the first filling's does.
  private func lowestHeight(of first: Filling, _ column: Region, _ context: LayoutContext) -> Length? {
    var column = column
    let total = first.frames.reduce(Length.zero) { $0 + $1.size.height }
    var low = Length.zero
    var high = first.height
    var height = max(total / Double(count), .pt(1))
    var best: Length?
    for _ in 0..<Self.attempts where high - low > Self.precision {
      (column.size.height, column.fullHeight) = (height, height)
      let (filling, isClean) = context.trial { pour(child, column, mayBreak: true, context) }
      if filling.isDone, isClean, filling.height.fits(height) {
        best = height
        // The columns' real height lies at or below the one offered.
        high = filling.height
      } else {
        low = height
      }
      height = best == nil ? min(high, low + max(.pt(6), low * 0.08)) : (low + high) / 2
    }
    return best
  }

  /// Fills the columns one after another.
  private func pour(_ node: any Node, _ column: Region, mayBreak: Bool, _ context: LayoutContext) -> Filling {
    var filling = Filling(frames: [], rest: node)
    var region = column
    region.mayBreak = mayBreak
    for _ in 0..<count {
      guard let rest = filling.rest else { break }
      switch rest.fill(region, in: context) {
      case .complete(let frame):
        filling.frames.append(frame)
        filling.rest = nil
      case .partial(let frame, let more):
        filling.frames.append(frame)
        filling.rest = more
      case .deferred(let need):
        filling.need = need
        return filling
      }
    }
    return filling
  }

  private func fragment(_ filling: Filling, _ region: Region, _ width: Length, _ context: LayoutContext) -> Fragment {
    var frame = Frame(size: Size(width: region.size.width, height: filling.height))
    for (index, column) in filling.frames.enumerated() where !column.items.isEmpty {
      let left = (width + gap) * Double(index)
      let x = context.direction == .leftToRight ? left : region.size.width - left - width
      frame.add(.frame(column), at: Point(x: x, y: .zero))
      if frame.baseline == nil { frame.baseline = column.baseline }
    }
    guard let rest = filling.rest else { return .complete(frame) }
    return .partial(frame, rest: ColumnsNode(rest, count: count, gap: gap, isBalanced: isBalanced, origin: origin))
  }
}
