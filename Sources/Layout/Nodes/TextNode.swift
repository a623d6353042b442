public import Geometry

/// A paragraph. It breaks between lines, never leaving fewer than `orphans` lines at a foot or `widows` at a top while that can be helped.
///
/// A paragraph with late values (page numbers) does not break: its lines are set again when all pages are known, in the space kept for
/// them.
///
/// Where a line would tear a ``Token``, the paragraph is set smaller, down to `leastSize`; only then is the token torn, which is an error.
///
/// The lines of the width set last are remembered in the node, so that measuring, trying and placing set them once.
public final class TextNode: Node {
  /// The spans and how they become lines.
  public let content: TextContent
  /// Least number of lines at the top of a region.
  let widows: Int
  /// Least number of lines at the foot of a region.
  let orphans: Int
  let role: Tag.Role
  let landmark: Landmark?
  let origin: Origin
  /// The type size that tokens are not shrunk below.
  let leastSize: Length
  /// Where the first line begins, for the rest of a broken paragraph.
  let start: TextPosition
  /// What the pieces of a broken paragraph have in common; `nil` for all of it.
  private var identity: TagIdentity?
  private let isLate: Bool
  private var memo: Memo?
  private var widthMemo: (setter: ObjectIdentifier, range: WidthRange)?
  private var tokenMemo: (setter: ObjectIdentifier, widths: TokenWidths)?
  /// The node in smaller type for the width asked for last.
  var smaller: (setter: ObjectIdentifier, width: Length, node: TextNode)?
  /// The width at which the beginning of this rest was set in its own size: what follows is not judged anew on every page.
  private(set) var settledWidth: (setter: ObjectIdentifier, width: Length)?

  private struct Memo {
    var setter: ObjectIdentifier
    var width: Length
    var lines: ArraySlice<TextLine>
  }

  /// Makes a paragraph.
  /// - Parameters:
  ///   - content: The spans and how they become lines.
  ///   - widows: Least number of lines at the top of a region, at least 1.
  ///   - orphans: Least number of lines at the foot of a region, at least 1.
  ///   - role: `.paragraph`, or `.heading(level:)`…
  ///   - landmark: The name the paragraph is looked for by.
  ///   - leastSize: The type size that values which must not be parted are not shrunk below.
  public convenience init(
    content: TextContent, widows: Int = 2, orphans: Int = 2, role: Tag.Role = .paragraph, landmark: Landmark? = nil, origin: Origin = .none,
    leastSize: Length = TextNode.standardLeastSize
  ) {
    self.init(
      content: content, widows: max(1, widows), orphans: max(1, orphans), role: role, landmark: landmark, origin: origin,
      leastSize: leastSize, start: .start,
      memo: nil)
  }

  /// The size below which no value is shrunk where a layout does not say otherwise: smaller type is not read on paper.
  public static let standardLeastSize = Length.pt(6)

  private init(
    content: TextContent, widows: Int, orphans: Int, role: Tag.Role, landmark: Landmark?, origin: Origin, leastSize: Length,
    start: TextPosition, memo: Memo?
  ) {
    self.leastSize = leastSize
    self.content = content
    self.widows = widows
    self.orphans = orphans
    self.role = role
    self.landmark = landmark
    self.origin = origin
    self.start = start
    self.memo = memo
    isLate = content.hasLateValues
  }

  /// What the block asks for, in points; see ``Node/widths(in:)``.
  public func widths(in context: LayoutContext) -> WidthRange {
    let setter = ObjectIdentifier(context.text)
    if let memo = widthMemo, memo.setter == setter { return memo.range }
    let range = context.text.widths(of: content)
    widthMemo = (setter, range)
    return range
  }

  /// Whether it is a line with nothing on it: a gap, of no use at a region's top.
  var isEmptyLine: Bool {
    content.spans.allSatisfy { if case .text(let text, _, _, _) = $0 { text.isEmpty } else { false } }
  }

  /// How wide its tokens are.
  func tokenWidths(in context: LayoutContext) -> TokenWidths {
    if !content.hasTokens { return .zero }
    let setter = ObjectIdentifier(context.text)
    if let tokenMemo, tokenMemo.setter == setter { return tokenMemo.widths }
    let widths = context.text.tokenWidths(of: content)
    tokenMemo = (setter, widths)
    return widths
  }

  /// Fills the region; see ``Node/fill(_:in:)``.
  public func fill(_ region: Region, in context: LayoutContext) -> Fragment { fill(region, decimal: nil, in: context) }

  /// The same, with the decimal separators of its lines `decimal` from the left edge.
  func fill(_ region: Region, decimal: Length?, in context: LayoutContext) -> Fragment {
    context.attempt { filled(region, decimal, context) }
  }

  private func filled(_ region: Region, _ decimal: Length?, _ context: LayoutContext) -> Fragment {
    if let limit = context.lineLimit, let short = cut(to: limit, at: region.size.width, in: context) {
      return short.fill(region, decimal: decimal, in: context)
    }
    let node = whole(at: region.size.width, in: context)
    if node !== self {
      context.report(
        .shrunk, origin, wanted: tokenWidths(in: context).part, available: region.size.width, measure: .width)
      return node.fill(region, decimal: decimal, in: context)
    }
    let lines = lines(at: region.size.width, in: context)
    if isLate { return fillLate(lines, region, context) }
    let grid = context.grid
    var height = Length.zero
    var fitting = 0
    lines.withUnsafeBufferPointer { all in
      for place in all.indices {
        let next = height + (grid?.shift(at: region.top + height + all[place].baseline) ?? .zero) + all[place].height
        guard next.fits(region.size.height) else { break }
        height = next
        fitting += 1
      }
    }
    if fitting == lines.count {
      return .complete(frame(of: lines, region, grid: grid, decimal: decimal, in: context))
    }
    var count = min(fitting, lines.count - widows)
    let least = start == .start ? orphans : widows
    if count < least {
      if region.mayBreak {
        let needed = lines.count < least + widows ? lines.count : least
        return .deferred(need: lines.prefix(needed).reduce(.zero) { $0 + $1.height })
      }
      // Nowhere else to go: the widow goes first, then the orphan, and at least one line is placed whatever its height.
      count = fitting
      if count == 0 {
        count = 1
        if let first = lines.first { context.report(.tooHigh, origin, wanted: first.height, available: region.size.height) }
      }
    }
    let split = lines.startIndex + count
    guard split < lines.endIndex else { return .complete(frame(of: lines, region, grid: grid, decimal: decimal, in: context)) }
    let next = identity ?? TagIdentity()
    // Before the rest is made, so that the rest knows the widths that may be asked for meanwhile.
    let placed = frame(of: lines[..<split], region, grid: grid, decimal: decimal, next: next, in: context)
    let rest = rest(from: split, of: lines, at: region.size.width, in: context)
    rest.identity = next
    return .partial(placed, rest: rest)
  }

  /// What is left of the paragraph behind its first lines, with everything that is known of the whole: a paragraph of many pages is measured once.
  private func rest(from split: Int, of lines: ArraySlice<TextLine>, at width: Length, in context: LayoutContext) -> TextNode {
    let setter = ObjectIdentifier(context.text)
    let rest = TextNode(
      content: content, widows: widows, orphans: orphans, role: role, landmark: landmark, origin: origin, leastSize: leastSize,
      start: lines[split - 1].end,
      memo: Memo(setter: setter, width: width, lines: lines[split...]))
    (rest.widthMemo, rest.tokenMemo, rest.settledWidth) = (widthMemo, tokenMemo, (setter, width))
    return rest
  }

  /// The paragraph in other type.
  func scaled(by factor: Double) -> TextNode { with(content.scaled(by: factor)) }

  func with(_ content: TextContent) -> TextNode {
    let other = TextNode(
      content: content, widows: widows, orphans: orphans, role: role, landmark: landmark, origin: origin, leastSize: leastSize,
      start: start,
      memo: nil)
    other.identity = identity
    return other
  }

  /// The lines at that width; O(1) when it is the width asked for last.
  func lines(at width: Length, in context: LayoutContext) -> ArraySlice<TextLine> {
    let setter = ObjectIdentifier(context.text)
    if let memo, memo.width == width, memo.setter == setter { return memo.lines }
    let lines =
      start == .start
      ? context.text.balancedLines(of: content, width: width)[...] : context.text.lines(of: content, from: start, width: width)[...]
    memo = Memo(setter: setter, width: width, lines: lines)
    return lines
  }

  private func reportCut(_ line: TextLine, _ width: Length, _ context: LayoutContext) {
    // What is shown in part is cut anyway.
    guard context.lineLimit == nil else { return }
    if line.tokenBreak == .torn {
      context.report(.wordBroken, origin, wanted: tokenWidths(in: context).part, available: width, isToken: true)
    } else {
      context.report(.wordBroken, origin, wanted: widths(in: context).minimum, available: width)
    }
  }

  /// On a baseline grid a picture that makes its line higher leaves a line empty.
  private func reportHighPictures(_ lines: ArraySlice<TextLine>, _ context: LayoutContext) {
    guard context.grid != nil else { return }
    for line in lines {
      if let plain = line.plainHeight { context.report(.pictureTooHigh, origin, wanted: line.height, available: plain) }
    }
  }

  private func fillLate(_ lines: ArraySlice<TextLine>, _ region: Region, _ context: LayoutContext) -> Fragment {
    let height = lines.reduce(Length.zero) { $0 + $1.height }
    for line in lines where line.tokenBreak == .torn { reportCut(line, region.size.width, context) }
    reportHighPictures(lines, context)
    guard let first = lines.first else { return .complete(Frame(size: Size(width: region.size.width, height: .zero))) }
    let shift = context.grid?.shift(at: region.top + first.baseline) ?? .zero
    if !(height + shift).fits(region.size.height) {
      if region.mayBreak { return .deferred(need: height) }
      context.report(.tooHigh, origin, wanted: height, available: region.size.height)
    }
    let size = Size(width: region.size.width, height: height)
    var frame = Frame(
      size: Size(width: size.width, height: height + shift), baseline: shift + first.baseline,
      tag: tag(next: nil, [], in: context))
    frame.add(.late(LateText(content: content, size: size)), at: Point(x: .zero, y: shift))
    return .complete(frame)
  }

  /// One flat frame: the lines' items moved to their places.
  private func frame(
    of lines: ArraySlice<TextLine>, _ region: Region, grid: BaselineGrid?, decimal: Length?, next: TagIdentity? = nil,
    in context: LayoutContext
  ) -> Frame {
    // Setters break words, not clusters: a line is only wider than this where a single cluster is.
    let widest = region.size.width + .pt(0.5)
    var items: [PlacedItem] = []
    var count = 0
    for index in lines.indices { count += lines[index].items.count }
    var y = Length.zero
    var baseline: Length?
    // Asking for a paragraph's widths takes a look at all of its text: once a page, not once a line.
    var cutsTold: Set<TokenBreak?> = []
    var links: [LinkedText] = []
    // Lines are looked at in their places: each taken out of the list would be copied with all it refers to.
    lines.withUnsafeBufferPointer { all in
      for place in all.indices {
        if let passed = all[place].passedStop { context.report(.tabPassed, origin, wanted: passed.reached, available: passed.stop) }
        if all[place].plainHeight != nil, grid != nil { reportHighPictures([all[place]], context) }
        if all[place].width > widest { context.report(.tooWide, origin, wanted: all[place].width, available: region.size.width) }
        if all[place].isCut, cutsTold.insert(all[place].tokenBreak == .torn ? .torn : nil).inserted {
          reportCut(all[place], region.size.width, context)
        }
        if let grid { y = y + grid.shift(at: region.top + y + all[place].baseline) }
        if baseline == nil { baseline = y + all[place].baseline }
        if !all[place].links.isEmpty { links += all[place].links(from: items.count) }
        var x = Length.zero
        if let decimal {
          // The separator stands at `decimal` unless that would push the line over an edge of its cell.
          x = min(max(.zero, decimal - all[place].decimal), max(.zero, region.size.width - all[place].width)) - all[place].start
        }
        if items.isEmpty, x == .zero, y == .zero {
          // Most cells and headings: the line's own list, shared.
          items = all[place].items
        } else {
          if items.capacity < count { items.reserveCapacity(count) }
          for item in all[place].items { items.append(PlacedItem(at: Point(x: item.at.x + x, y: item.at.y + y), item: item.item)) }
        }
        y = y + all[place].height
      }
    }
    return Frame(
      size: Size(width: region.size.width, height: y), baseline: baseline, items: items,
      tag: tag(next: next, links, in: context))
  }

  /// What the paragraph means, or its piece that `next` goes on from.
  private func tag(next: TagIdentity?, _ links: [LinkedText], in context: LayoutContext) -> Tag {
    var tag = Tag(role, source: origin.element, path: origin.path, landmark: landmark)
    if !links.isEmpty { tag.details.links = links }
    if context.language != content.language, !context.language.isEmpty { tag.details.language = content.language }
    return identity == nil && next == nil ? tag : tag.piece(of: identity, next: next)
  }
}

extension TextLine {
  /// Its links, counted in a list in which so many items stand before its own.
  func links(from first: Int) -> [LinkedText] {
    links.map { LinkedText(item: first + $0.item, bytes: $0.bytes, link: $0.link) }
  }
}
