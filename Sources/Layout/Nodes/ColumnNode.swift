public import Geometry
public import Vocabulary

/// Blocks under one another: the body of a page, the inside of a panel, a group.
///
/// The distance between two blocks is `gap` plus the larger of the upper one's `spaceAfter` and the lower one's `spaceBefore`; at the top
/// of a region spaces and ``SpaceNode``s vanish, and a block of no height (an empty one, a ``PlaceNode``) takes no gap. Keep rules join
/// blocks to chains; a chain moves to the next region as a whole when its last part finds no room, and is parted where it overflows only
/// when it would be higher than a region. A block that is kept with the one before it stands with that one's end: where only the block finds
/// no room, the last rows or lines before it go along.
public final class ColumnNode: Node {
  /// A block and its relations to its neighbours.
  public struct Child {
    /// The block.
    public var node: any Node
    /// What holds it to its neighbours.
    public var keep: KeepRules
    /// Above it; none at a region's top.
    public var spaceBefore: Length
    /// Below it; none at a region's foot.
    public var spaceAfter: Length
    /// Makes a child. `keep.together` is honoured here too: the node need not be wrapped in a ``KeepNode``; `origin` is what a finding
    /// about that names.
    public init(
      _ node: any Node, keep: KeepRules = .none, spaceBefore: Length = .zero, spaceAfter: Length = .zero, origin: Origin = .none
    ) {
      self.node = keep.together && !(node is KeepNode) ? KeepNode(node, origin: origin) : node
      (self.keep, self.spaceBefore, self.spaceAfter) = (keep, spaceBefore, spaceAfter)
    }
  }

  let gap: Length
  let origin: Origin
  private let children: ArraySlice<Child>
  /// What is left of the first child after a break; `nil` for all of it.
  private let head: (any Node)?
  private let isContinuation: Bool

  /// Makes a column.
  public convenience init(_ children: [Child], gap: Length = .zero, origin: Origin = .none) {
    self.init(children[...], head: nil, isContinuation: false, gap: gap, origin: origin)
  }

  /// Makes a column of blocks without rules.
  public convenience init(nodes: [any Node], gap: Length = .zero, origin: Origin = .none) {
    self.init(nodes.map { Child($0) }, gap: gap, origin: origin)
  }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds {
    children.reduce(TokenBounds(all: .zero)) { $0.union($1.node.tokenBounds(in: context)) }
  }

  /// The column with other blocks before its own.
  public func preceded(by blocks: [Child]) -> ColumnNode { ColumnNode(blocks + children, gap: gap, origin: origin) }

  private init(_ children: ArraySlice<Child>, head: (any Node)?, isContinuation: Bool, gap: Length, origin: Origin) {
    self.children = children
    self.head = head
    self.isContinuation = isContinuation
    self.gap = gap
    self.origin = origin
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    var range = WidthRange.zero
    for child in children {
      let widths = child.node.widths(in: context)
      range.minimum = max(range.minimum, widths.minimum)
      range.maximum = max(range.maximum, widths.maximum)
    }
    return range
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    children.reduce(.zero) { max($0, $1.node.missingWidth(at: width, in: context)) }
  }

  /// A chain of kept blocks, and what to go back to when its end finds no room.
  private struct Chain {
    struct Start {
      var index: Int
      var items: Int
      var y: Length
      var baseline: Length?
    }
    var start: LayoutContext.Waypoint<Start>
    /// Whether anything of some height stands above it.
    var isBelowSpace: Bool
    /// Whether anything above it paints.
    var isBelowInk: Bool
    /// Its first block.
    var first: Int
    /// Its blocks so far.
    var members: [Member] = []
  }

  /// A placed block of a chain, and what it takes to place less of it.
  private struct Member {
    var index: Int
    var start: LayoutContext.Waypoint<Chain.Start>
    /// The room it was offered.
    var region: Region
    /// The upper edge.
    var top: Length
    var height: Length
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { context.attempt { filled(region, context) } }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    var frame = Frame(size: Size(width: region.size.width, height: .zero))
    // A page holds few of the children that are left: room for all of them on each page would be as much as all pages together squared.
    frame.items.reserveCapacity(min(children.count, 64))
    var y = Length.zero
    var hasInk = false  // Whether anything placed paints: white space alone is nothing new.
    var spaceBelow: Length?  // Of the last block of some height; `nil` at the region's top.
    let dropsFirstSpace = isContinuation || region.isUntouched
    var linkedThrough = children.startIndex - 1  // Blocks up to this index are joined to the one before them.
    var chain: Chain?

    func add(_ block: Frame, at top: Length, isTied: Bool = false) {
      var placed = block
      placed.isTied = isTied
      frame.add(.frame(placed), at: Point(x: startX(placed, region, context), y: top))
      hasInk = hasInk || !placed.isBlank
      guard placed.size.height > .zero else { return }
      if frame.baseline == nil, let baseline = placed.baseline { frame.baseline = top + baseline }
      y = top + placed.size.height
    }
    func broken(at index: Int, rest: (any Node)?) -> Fragment {
      frame.size.height = y
      let rest = rest ?? (index == children.startIndex ? head : nil)
      return .partial(frame, rest: ColumnNode(children[index...], head: rest, isContinuation: true, gap: gap, origin: origin))
    }

    for index in children.indices {
      let child = children[index]
      let isHead = index == children.startIndex && head != nil
      let node = isHead ? head ?? child.node : child.node
      let isSpace = node is SpaceNode
      if isSpace || (node as? TextNode)?.isEmptyLine == true, isContinuation, y == .zero { continue }
      let isBreak = node is PageBreakNode
      let isLinked = !isBreak && (index <= linkedThrough || (child.keep.previous && index > children.startIndex))
      let chainBefore = chain
      if chain == nil || !isLinked {
        let start = Chain.Start(index: index, items: frame.items.count, y: y, baseline: frame.baseline)
        chain = Chain(start: context.waypoint(start), isBelowSpace: y > .slack, isBelowInk: hasInk, first: index)
      }
      if child.keep.next > 0 { linkedThrough = max(linkedThrough, index + min(child.keep.next, children.count)) }
      let space =
        spaceBelow.map { gap + max($0, child.spaceBefore) } ?? (dropsFirstSpace || isHead ? .zero : child.spaceBefore)
      var below = region.below(y + space)
      // A space alone is no reason to believe that the next region has more room.
      below.mayBreak = region.mayBreak || (y > .slack && !region.isEndless)

      let here = context.waypoint(Chain.Start(index: index, items: frame.items.count, y: y, baseline: frame.baseline))
      var fragment = node.fill(below, in: context)
      var tail: Tail?
      if case .deferred = fragment, let chain {
        tail = self.tail(before: index, chain, region, context)
        // The chain has the region for itself and is higher: better to break this block than to leave what stands above it alone.
        if tail == nil, !region.mayBreak, !chain.isBelowInk, hasInk, let forced = forced(node, below, context) { fragment = forced }
      }
      switch fragment {
      case .complete(let placed):
        let isFlat = placed.size.height <= .zero
        if !isFlat {
          chain?.members.append(Member(index: index, start: here, region: below, top: y + space, height: placed.size.height))
          add(placed, at: y + space, isTied: isLinked)
          spaceBelow = child.spaceAfter
        } else if !placed.items.isEmpty || placed.flex > 0 {
          add(placed, at: y)
        }
        if isFlat || isSpace, !isBreak {
          // Neither nothing nor white space is a partner: what is joined to it is joined to the next block.
          if index == linkedThrough { linkedThrough += 1 }
          if let chainBefore { chain = chainBefore }
        }
      case .partial(let placed, let rest):
        if placed.size.height > .zero || !placed.items.isEmpty { add(placed, at: y + space, isTied: isLinked) }
        return broken(at: index, rest: rest)
      case .deferred(let need):
        // Back to where the chain began, unless the chain has the region for itself already.
        guard let chain else { return broken(at: index, rest: nil) }
        if let tail {
          frame.items.removeSubrange(tail.start.items...)
          (y, frame.baseline) = (tail.start.y, tail.start.baseline)
          add(tail.placed, at: tail.top)
          return broken(at: tail.start.index, rest: tail.rest)
        }
        // What no region holds is parted here, not moved; what stands alone above is no part.
        if chain.members.count > 1, chain.isBelowInk || region.mayBreak,
          !stands(children[chain.first...max(index, min(linkedThrough, children.endIndex - 1))], head: nil, in: region, context)
        {
          return broken(at: index, rest: nil)
        }
        if chain.isBelowSpace, chain.isBelowInk {
          let start = context.goBack(to: chain.start)
          frame.items.removeSubrange(start.items...)
          (y, frame.baseline) = (start.y, start.baseline)
          return broken(at: start.index, rest: nil)
        }
        if region.mayBreak { return .deferred(need: y + space + need) }
        // Where only white space stands above, a break would swallow it: so it is swallowed here.
        if chain.isBelowSpace || (y > .slack && !hasInk) {
          let start = context.goBack(to: chain.start)
          let from = chain.isBelowSpace ? start.index : index
          return ColumnNode(children[from...], head: nil, isContinuation: true, gap: gap, origin: origin).fill(region, in: context)
        }
        return broken(at: index, rest: nil)
      }
    }
    frame.size.height = y
    return .complete(frame)
  }

  /// A block above another that goes on with it: where it began, what of it stays and what goes along.
  private struct Tail {
    var start: Chain.Start
    var top: Length
    var placed: Frame
    var rest: any Node
  }

  /// Where a block of the chain above the one at `index`, which is to stand with its end, can be broken so that its last part goes along. `nil`
  /// where no block above can, or where both would not stand together on the next page either.
  private func tail(before index: Int, _ chain: Chain, _ region: Region, _ context: LayoutContext) -> Tail? {
    guard !context.isProbing else { return nil }
    var follower = index
    for member in chain.members.reversed() {
      guard children[follower].keep.previous else { return nil }
      follower = member.index
      var room = member.region
      room.size.height = member.height - .pt(1)
      room.mayBreak = true
      guard room.size.height > .zero else { continue }
      let node = member.index == children.startIndex ? head ?? children[member.index].node : children[member.index].node
      let parts = context.trial { () -> (Frame, any Node)? in
        guard case .partial(let placed, let rest) = node.fill(room, in: context), !placed.isBlank, placed.size.height > .zero else {
          return nil
        }
        return (placed, rest)
      }.result
      guard let (_, rest) = parts, stands(children[member.index...index], head: rest, in: region, context) else { continue }
      // Again, with what it finds.
      let tail = context.attempt(from: member.start) { start -> Tail? in
        guard case .partial(let placed, let rest) = node.fill(room, in: context) else { return nil }
        return Tail(start: start, top: member.top, placed: placed, rest: rest)
      }
      if let tail { return tail }
    }
    return nil
  }

  /// Whether an untouched region holds those blocks together, or as many of the last one's lines as may stand alone.
  private func stands(_ blocks: ArraySlice<Child>, head: (any Node)?, in region: Region, _ context: LayoutContext) -> Bool {
    let column = ColumnNode(blocks, head: head, isContinuation: true, gap: gap, origin: origin)
    let isProbing = context.isProbing
    context.isProbing = true
    defer { context.isProbing = isProbing }
    let (fits, isClean) = context.trial { () -> Bool in
      switch column.fill(region.roomiest, in: context) {
      case .complete(let frame): return frame.size.height.fits(region.roomiest.size.height)
      case .partial(_, let rest):
        guard let rest = rest as? ColumnNode else { return false }
        return rest.children.count == 1 && rest.head != nil
      case .deferred: return false
      }
    }
    return fits && isClean
  }

  /// What becomes of a block that must be placed where it has no room; `nil` where it cannot without harm.
  private func forced(_ node: any Node, _ below: Region, _ context: LayoutContext) -> Fragment? {
    var room = below
    room.mayBreak = false
    return context.attempt { () -> Fragment? in
      let errors = context.errorsMet
      let fragment = node.fill(room, in: context)
      guard errors == context.errorsMet else { return nil }
      switch fragment {
      case .complete(let frame), .partial(let frame, _):
        return frame.isBlank || !frame.size.height.fits(room.size.height) ? nil : fragment
      case .deferred: return nil
      }
    }
  }

  /// The frame with the height it lacks shared out among the spaces that ask for it; `nil` where there are none.
  public func stretched(_ frame: Frame, to height: Length) -> Frame? {
    func flex(_ item: PlacedItem) -> Double { if case .frame(let inner) = item.item { inner.flex } else { 0 } }
    let shares = frame.items.reduce(0) { $0 + flex($1) }
    guard shares > 0, frame.size.height < height else { return nil }
    let spare = height - frame.size.height
    var result = frame
    var drop = Length.zero
    for index in result.items.indices {
      drop = drop + spare * (flex(result.items[index]) / shares)
      result.items[index].at.y = result.items[index].at.y + drop
    }
    result.size.height = height
    return result
  }

  /// Blocks stand at the start edge: at the right in a right-to-left bill.
  private func startX(_ placed: Frame, _ region: Region, _ context: LayoutContext) -> Length {
    guard context.direction == .rightToLeft, region.size.width.isFinite else { return .zero }
    return max(.zero, region.size.width - placed.size.width)
  }
}
