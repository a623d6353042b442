public import Geometry
public import Vocabulary

/// Blocks beside one another, each in its track; from right to left in a right-to-left bill.
///
/// A row breaks over regions where every child that does not fit can break; else it moves whole.
public final class RowNode: Node {
  /// A block and its track.
  public struct Child {
    /// The block.
    public var node: any Node
    /// The track's width; `auto` is the content's.
    public var width: Dimension
    /// The track's least width.
    public var minWidth: Length
    /// The track's greatest width.
    public var maxWidth: Length
    /// How it stands in the row's height; `nil` for the row's own rule.
    public var valign: VerticalAlignment?
    /// Makes a child.
    public init(
      _ node: any Node, width: Dimension = .auto, minWidth: Length = .zero, maxWidth: Length = .infinity, valign: VerticalAlignment? = nil
    ) {
      (self.node, self.width, self.minWidth, self.maxWidth, self.valign) = (node, width, minWidth, maxWidth, valign)
    }
  }

  let gap: Length
  /// How children stand in the row's height.
  let valign: VerticalAlignment
  /// Whether panels (``BoxNode``, vertical rules) reach down to the row's height.
  let stretches: Bool
  let origin: Origin
  private let children: [Child]
  /// Widths found for the first fragment, kept while the region's width stays the same.
  private let settled: (available: Length, widths: [Length])?
  /// Of the rest of a broken row: what the pieces of each block have in common, `nil` for a block that is not begun or done.
  private var strands: [TagIdentity?] = []
  /// Widths and lacking room found last.
  private var found: (available: Length, setter: ObjectIdentifier, widths: [Length], lacking: Length)?

  /// Makes a row.
  public convenience init(
    _ children: [Child], gap: Length = .zero, valign: VerticalAlignment = .top, stretches: Bool = true, origin: Origin = .none
  ) {
    self.init(children, gap: gap, valign: valign, stretches: stretches, origin: origin, settled: nil)
  }

  private init(
    _ children: [Child], gap: Length, valign: VerticalAlignment, stretches: Bool, origin: Origin,
    settled: (available: Length, widths: [Length])?
  ) {
    self.children = children
    self.gap = gap
    self.valign = valign
    self.stretches = stretches
    self.origin = origin
    self.settled = settled
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    var range = WidthRange.zero
    for child in children {
      let part: WidthRange
      switch child.width {
      case .fixed(let width):
        part = WidthRange(minimum: width, maximum: width)
      case .auto, .share, .fraction:
        part = child.node.widths(in: context)
      }
      range.minimum = range.minimum + min(max(part.minimum, child.minWidth), max(child.maxWidth, child.minWidth))
      range.maximum = range.maximum + min(max(part.maximum, child.minWidth), max(child.maxWidth, child.minWidth))
    }
    let gaps = gap * Double(max(0, children.count - 1))
    return WidthRange(minimum: range.minimum + gaps, maximum: range.maximum + gaps)
  }

  /// Whether, at that width, a word would be broken in one of its blocks, or a token parted.
  func isTight(at available: Length, in context: LayoutContext) -> Bool {
    let (widths, lacking) = measured(available, in: context)
    return lacking > .slack || zip(children, widths).contains { !$0.node.leastWidth(in: context).fits($1) }
  }

  /// What its tokens lack, in points; see ``Node/missingWidth(at:in:)``.
  public func missingWidth(at width: Length, in context: LayoutContext) -> Length {
    let (tracks, widths, _) = plainWidths(width, in: context)
    guard let missing = missing(widths, in: context) else { return .zero }
    var wanted = gap * Double(max(0, children.count - 1))
    for index in children.indices {
      wanted = wanted + (missing[index] > .zero ? widths[index] + missing[index] : giveWay(index, tracks[index], widths[index], context))
    }
    return max(.zero, wanted - width)
  }

  /// How narrow it may be; see ``Node/tokenBounds(in:)``. Fixed children keep their widths.
  public func tokenBounds(in context: LayoutContext) -> TokenBounds {
    let gaps = gap * Double(max(0, children.count - 1))
    return children.reduce(TokenBounds(all: gaps)) { sum, child in
      let own = child.width.length(of: .zero).map { TokenBounds(all: $0) } ?? child.node.tokenBounds(in: context)
      return sum.joined(own.union(TokenBounds(all: child.minWidth)))
    }
  }

  /// What the child at `index` keeps of its width where another needs it: a fraction its longest word, all others what they have.
  private func giveWay(_ index: Int, _ track: Track, _ width: Length, _ context: LayoutContext) -> Length {
    guard case .fraction = track.dimension else { return width }
    return min(width, max(children[index].minWidth, children[index].node.leastWidth(in: context)))
  }

  /// What each child's tokens lack at those widths; `nil` where nothing is missing.
  private func missing(_ widths: [Length], in context: LayoutContext) -> [Length]? {
    var result: [Length]?
    for (index, child) in children.enumerated() {
      let missing = child.node.missingWidth(at: widths[index], in: context)
      guard missing > .slack else { continue }
      if result == nil { result = [Length](repeating: .zero, count: children.count) }
      result?[index] = missing
    }
    return result
  }

  /// The tracks' widths in that room.
  private func trackWidths(_ available: Length, in context: LayoutContext) -> [Length] {
    if let settled, settled.available == available { return settled.widths }
    let (widths, lacking) = measured(available, in: context)
    if lacking > .zero { context.report(.tooWide, origin, wanted: available + lacking, available: available) }
    return widths
  }

  /// The tracks' widths in that room, and what fixed ones lack in it.
  private func measured(_ available: Length, in context: LayoutContext) -> (widths: [Length], lacking: Length) {
    let setter = ObjectIdentifier(context.text)
    if found?.available != available || found?.setter != setter {
      let (tracks, plain, lacking) = plainWidths(available, in: context)
      var widths = plain
      if let missing = missing(plain, in: context) {
        let least = children.map { max($0.minWidth, $0.node.leastWidth(in: context)) }
        let room = available - gap * Double(max(0, children.count - 1))
        widths = TrackSizing.yielding(plain, tracks, room: room, missing: missing, least: least) {
          children.map { child in
            let bounds = child.node.tokenBounds(in: context)
            return bounds.union(TokenBounds(all: child.minWidth))
          }
        }
      }
      found = (available, setter, widths, lacking)
    }
    guard let found else { return ([], .zero) }
    return (found.widths, found.lacking)
  }

  /// The tracks and their widths where no token asks for more, and the room that fixed ones lack.
  private func plainWidths(_ available: Length, in context: LayoutContext) -> (tracks: [Track], widths: [Length], lacking: Length) {
    // Content is asked only where it has a say; fractions only where auto tracks compete with them.
    let hasAuto = children.contains { $0.width == .auto }
    let tracks = children.map { child in
      var track = Track(child.width, minimum: child.minWidth, maximum: child.maxWidth)
      if track.isFlexible, hasAuto { track.content = child.node.widths(in: context) }
      return track
    }
    let (widths, lacking) = TrackSizing.widths(tracks, available: available, gap: gap)
    return (tracks, widths, lacking)
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { context.attempt { filled(region, context) } }

  private func filled(_ region: Region, _ context: LayoutContext) -> Fragment {
    let widths = trackWidths(region.size.width, in: context)
    var frames: [Frame] = []
    frames.reserveCapacity(children.count)
    var rests: [Int: any Node] = [:]
    var need: Length?
    for (index, child) in children.enumerated() {
      var cell = region
      cell.size.width = widths[index]
      switch child.node.fill(cell, in: context) {
      case .complete(let frame): frames.append(frame)
      case .partial(let frame, let rest):
        frames.append(frame)
        rests[index] = rest
      case .deferred(let height):
        need = max(need ?? .zero, height)
        frames.append(Frame(size: .zero))
        rests[index] = child.node
      }
    }
    if let need, region.mayBreak || frames.allSatisfy({ $0.size.height <= .zero && $0.items.isEmpty }) {
      return .deferred(need: frames.reduce(need) { max($0, $1.size.height) })
    }
    if rests.isEmpty, strands.isEmpty { return .complete(assemble(frames, widths, region, isWhole: true, in: context)) }
    let joints = frames.indices.map { joint($0, frames[$0], goesOn: rests[$0] != nil) }
    let frame = assemble(frames, widths, region, isWhole: rests.isEmpty, joints, in: context)
    if rests.isEmpty { return .complete(frame) }
    var remaining = children
    for index in children.indices { remaining[index].node = rests[index] ?? EmptyNode() }
    let rest = RowNode(remaining, gap: gap, valign: valign, stretches: stretches, origin: origin, settled: (region.size.width, widths))
    rest.strands = joints.map(\.waiting)
    return .partial(frame, rest: rest)
  }

  /// How the piece of a block in a broken row is joined to those before and behind it.
  private struct Joint {
    var identity: TagIdentity?
    var next: TagIdentity?
    /// What later pieces carry even where this one paints nothing.
    var waiting: TagIdentity?
  }

  private func joint(_ index: Int, _ frame: Frame, goesOn: Bool) -> Joint {
    let identity = strands.indices.contains(index) ? strands[index] : nil
    guard !frame.items.isEmpty else { return Joint(identity: nil, next: nil, waiting: goesOn ? identity : nil) }
    let next = goesOn ? identity ?? TagIdentity() : nil
    return Joint(identity: identity, next: next, waiting: next)
  }

  private func assemble(
    _ frames: [Frame], _ widths: [Length], _ region: Region, isWhole: Bool, _ joints: [Joint] = [], in context: LayoutContext
  ) -> Frame {
    // In a broken row everything begins at the top.
    let rule = { (index: Int) -> VerticalAlignment in isWhole ? self.children[index].valign ?? self.valign : .top }
    var baseline = Length.zero
    for (index, frame) in frames.enumerated() where rule(index) == .baseline { baseline = max(baseline, frame.baseline ?? .zero) }
    let drop = { (index: Int) -> Length in rule(index) == .baseline ? frames[index].baseline.map { baseline - $0 } ?? .zero : .zero }
    var height = Length.zero
    for (index, frame) in frames.enumerated() { height = max(height, drop(index) + frame.size.height) }
    var result = Frame(size: Size(width: region.size.width, height: height))
    result.items.reserveCapacity(frames.count)
    var x = Length.zero
    for (index, frame) in frames.enumerated() {
      var placed = frame
      if stretches, let stretched = children[index].node.stretched(frame, to: height) { placed = stretched }
      let y =
        switch rule(index) {
        case .top: Length.zero
        case .baseline: placed.size.height < height ? drop(index) : .zero
        case .middle: (height - placed.size.height) / 2
        case .bottom: height - placed.size.height
        }
      if joints.indices.contains(index), joints[index].identity != nil || joints[index].next != nil {
        placed = placed.marked(Tag(.strand).piece(of: joints[index].identity, next: joints[index].next))
      }
      // In its track a narrower block stands at the start edge.
      let left = context.direction == .leftToRight ? x : region.size.width - x - min(widths[index], placed.size.width)
      if !placed.items.isEmpty { result.add(.frame(placed), at: Point(x: left, y: y)) }
      if result.baseline == nil, let first = placed.baseline { result.baseline = y + first }
      x = x + widths[index] + gap
    }
    return result
  }
}
