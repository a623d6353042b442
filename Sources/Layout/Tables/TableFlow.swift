internal import Geometry

/// Fills one region with the next rows of a table.
struct TableFlow {
  /// Rows higher than this share of a page break inside; lower ones move whole.
  private static let breakableShare = 0.25

  enum Outcome {
    case finished(Fragment)
    case deferred(need: Length)
    /// The carried rows of this page are higher than the room kept for them.
    case carriedHigher(Length)
  }

  let core: TableCore
  let state: TableNode.State
  let region: Region
  let context: LayoutContext
  let geometry: TableGeometry
  /// The least room to keep for carried rows.
  var leastReserve = Length.zero
  var acceptsCarriedOverflow = false

  private var frame: Frame
  private var y = Length.zero
  var currentY: Length { y }
  /// Whether the last thing placed was a body row: then a rule belongs above the next.
  private var isBelowRow = false
  private var height: Length { region.size.height }
  /// A page's height, as far as it is known.
  private var fullHeight: Length { region.fullHeight.isFinite ? region.fullHeight : height }
  private var style: TableStyle { core.style }

  /// A place where the page could end: everything placed up to there, and the first row of the next page.
  private struct Stop {
    var index: Int
    var items: Int
    var y: Length
    var mark: LayoutContext.Mark
    var isBelowRow: Bool
  }

  init(_ table: TableNode, _ region: Region, _ context: LayoutContext) {
    core = table.core
    state = table.state
    self.region = region
    self.context = context
    geometry = table.core.geometry(region.size.width, in: context)
    frame = Frame(
      size: Size(width: geometry.width, height: .zero),
      tag: Tag(.table(columns: table.core.columns.count), source: table.core.origin.element, path: table.core.origin.path))
  }

  mutating func run() -> Outcome {
    let mark = context.mark
    let fresh = self
    if let outcome = page(repeats: true) { return outcome }
    // Not one row finds room beside what repeats.
    let need = self.y
    let rowNeed = nextNeed
    if region.mayBreak { return .deferred(need: need + rowNeed) }
    context.rewind(to: mark)
    if state.isContinuation {
      self = fresh
      if let outcome = page(repeats: false) { return outcome }
      context.rewind(to: mark)
    } else if !state.skipsHeader, let alone = headerAlone(fresh, rowNeed: rowNeed) {
      return alone
    }
    self = fresh
    return forced()
  }

  // MARK: A page

  /// Header, rows, carried rows or footer; `nil` when not even one row has room.
  private mutating func page(repeats: Bool) -> Outcome? {
    placeTop(repeats: repeats)
    let reserve = carriedRoom()
    var index = state.next
    var (linkedThrough, linkedGroup) = (-1, -1)
    var lastStop: Stop?  // The last place where all rules allow a break.
    var anyStop: Stop?  // The last place with at least one row above it.
    var overflowing: RowPiece?
    // The last row placed whole that might break inside, and what was there before it.
    var tall: (index: Int, height: Length, before: TableFlow, mark: LayoutContext.Mark)?

    while index < core.count {
      let row = core.row(index)
      let half = index == state.next ? state.half : nil
      let gap = rowGap
      let room = height - y - gap
      guard room > .zero else { break }
      let mark = context.mark
      let piece = lay(row, half: half, room: room, mayBreak: !region.isEndless)
      guard case .whole(let placed) = piece, placed.size.height.fits(room) else {
        overflowing = piece
        break
      }
      if !region.isEndless, half != nil || (!row.keep.together && !placed.size.height.fits(fullHeight * Self.breakableShare)) {
        tall = (index, placed.size.height, self, mark)
      }
      place(placed, of: row, gap: gap)
      if linkedThrough > index, linkedGroup >= 0, row.group != linkedGroup { linkedThrough = index }
      let reach = core.reach(row)
      if reach > 0, index + reach > linkedThrough { (linkedThrough, linkedGroup) = (index + min(reach, core.count), row.group) }
      index += 1
      if index < core.count, (y + reserve).fits(height) {
        let stop = Stop(index: index, items: frame.items.count, y: y, mark: context.mark, isBelowRow: isBelowRow)
        anyStop = stop
        var isChained = linkedThrough >= index
        if isChained, linkedGroup >= 0, core.row(index).group != linkedGroup { isChained = false }
        if !isChained, !core.isLinked(after: index - 1) { lastStop = stop }
      } else if index == core.count, y.fits(height) {
        anyStop = anyStop ?? Stop(index: index, items: frame.items.count, y: y, mark: context.mark, isBelowRow: isBelowRow)
      }
    }

    if index == core.count, placeFooter() { return .finished(.complete(finish())) }
    if index < core.count, overflowing != nil, let outcome = breakInside(index, reserve: reserve) { return outcome }
    // A tall row that has room, but not with what must stand behind it, leaves a part rather than an empty page.
    if let tall, tall.index >= lastStop?.index ?? 0, lastStop != nil || region.mayBreak || anyStop == nil {
      let whole = self
      self = tall.before
      context.rewind(to: tall.mark)
      if let outcome = breakInside(tall.index, reserve: reserve, height: tall.height) { return outcome }
      self = whole
    }
    if let stop = lastStop ?? (region.mayBreak ? nil : anyStop) { return end(at: stop) }
    return nil
  }

  /// Header, group headings and brought rows.
  private mutating func placeTop(repeats: Bool) {
    let headerBefore = frame.items.count
    if state.isContinuation {
      if repeats, style.repeatsHeader, !state.skipsHeader {
        placeFixed(core.source.header(isContinuation: true), as: .repeatedHead)
      }
      if repeats, state.next < core.count { placeFixed(core.source.repeatedHeaders(above: state.next), as: .repeatedHead) }
    } else if !state.skipsHeader {
      placeFixed(core.source.header(isContinuation: false), as: .head)
    }
    if frame.items.count > headerBefore, let rule = style.headerRule { drawRule(rule, gap: style.rowGap) }
    isBelowRow = false
    if state.isContinuation, state.next > 0 {
      placeFixed(core.source.brought(core.sums(state.next, context)), as: .sums, drawsRules: true)
    }
  }

  /// The room to keep for carried rows on this page.
  private func carriedRoom() -> Length {
    guard !region.isEndless, core.count > 0 else { return .zero }
    let usual = core.carriedRoom(region.size.width) {
      context.trial {
        core.source.carried(core.sums(core.count, context)).reduce(Length.zero) { room, row in
          guard case .whole(let frame) = lay(row, half: nil, room: .infinity, mayBreak: false) else { return room }
          return room + style.rowGap + frame.size.height
        }
      }.result
    }
    return max(usual, leastReserve)
  }

  /// The footer after the last row; `false` when it has no room.
  private mutating func placeFooter() -> Bool {
    guard !core.footer.isEmpty else { return true }
    let before = self
    let mark = context.mark
    placeFixed(core.footer, as: .foot)
    if y.fits(height) { return true }
    context.rewind(to: mark)
    self = before
    return false
  }

  /// Ends the page inside the row at `index`, if that row may be broken and something of it has room.
  ///
  /// - Parameter known: The row's whole height, where it has room but must not be placed whole.
  private mutating func breakInside(_ index: Int, reserve: Length, height known: Length? = nil) -> Outcome? {
    let row = core.row(index)
    let half = index == state.next ? state.half : nil
    guard !row.keep.together || half != nil, half != nil || known != nil || isTall(row) else { return nil }
    let gap = rowGap
    // What is carried is over whole rows; where there are none yet nothing is carried.
    let room = min(height - y - gap - (index > 0 ? reserve : .zero), (known ?? .infinity) - .pt(1))
    guard room > .zero else { return nil }
    let mark = context.mark
    guard case .part(let placed, let rests) = lay(row, half: half, room: room, mayBreak: true) else {
      context.rewind(to: mark)
      return nil
    }
    place(placed, of: row, gap: gap)
    return finish(next: index, half: rests)
  }

  private func isTall(_ row: TableRow) -> Bool {
    let piece = context.trial { lay(row, half: nil, room: fullHeight * Self.breakableShare, mayBreak: true) }.result
    if case .whole = piece { return false }
    return true
  }

  private mutating func end(at stop: Stop) -> Outcome {
    frame.items.removeSubrange(stop.items...)
    (y, isBelowRow) = (stop.y, stop.isBelowRow)
    context.rewind(to: stop.mark)
    return finish(next: stop.index, half: nil)
  }

  /// Places the carried rows and hands back the rest.
  private mutating func finish(next: Int, half: RowRest?) -> Outcome {
    if next > 0, next < core.count || half != nil {
      let before = y
      placeFixed(core.source.carried(core.sums(next, context)), as: .sums, drawsRules: true)
      if !y.fits(height), y > before {
        if !acceptsCarriedOverflow { return .carriedHigher(y - before) }
        context.report(.tooHigh, core.origin, wanted: y, available: height)
      }
    }
    return partial(TableNode.State(next: next, half: half, isContinuation: true))
  }

  /// The page's frame, and what begins the next page.
  private mutating func partial(_ state: TableNode.State) -> Outcome {
    var state = state
    let identity = self.state.identity ?? TagIdentity()
    state.identity = identity
    return .finished(.partial(finish(next: identity), rest: TableNode(core: core, state: state)))
  }

  private mutating func finish(next: TagIdentity? = nil) -> Frame {
    frame.size.height = y
    frame.tag = frame.tag?.piece(of: state.identity, next: next)
    return frame
  }

  // MARK: Where nothing fits

  /// How much the next row wants, at most a page.
  private var nextNeed: Length {
    guard state.next < core.count else { return core.footer.isEmpty ? .zero : .pt(1) }
    let piece = context.trial { lay(core.row(state.next), half: state.half, room: fullHeight, mayBreak: true) }.result
    if case .whole(let frame) = piece { return frame.size.height }
    return fullHeight
  }

  /// The header on a page of its own, where it and the first row each have room but not both.
  private mutating func headerAlone(_ fresh: TableFlow, rowNeed: Length) -> Outcome? {
    self = fresh
    let mark = context.mark
    placeTop(repeats: true)
    guard y > .zero, y.fits(height), rowNeed.fits(height) else {
      context.rewind(to: mark)
      return nil
    }
    context.report(.keepBroken, core.origin, wanted: y + rowNeed, available: height)
    return partial(TableNode.State(isContinuation: false, skipsHeader: true))
  }

  /// The next row whatever its height: cells break or overflow, and say so.
  private mutating func forced() -> Outcome {
    placeTop(repeats: false)
    if !y.fits(height) { context.report(.tooHigh, core.origin, wanted: y, available: height) }
    guard state.next < core.count else {
      placeFixed(core.footer, as: .foot)
      context.report(.tooHigh, core.origin, wanted: y, available: height)
      return .finished(.complete(finish()))
    }
    let row = core.row(state.next)
    let gap = rowGap
    let carried = state.next > 0 ? carriedRoom() : .zero
    let full = height - y - gap
    let room = full - carried > .pt(1) ? full - carried : full
    if row.keep.together, state.half == nil {
      context.report(.keepBroken, row.origin, wanted: nextNeed, available: max(.zero, room))
    }
    switch lay(row, half: state.half, room: max(.zero, room), mayBreak: false) {
    case .whole(let placed):
      place(placed, of: row, gap: gap)
      if state.next + 1 == core.count, placeFooter() { return .finished(.complete(finish())) }
      acceptsCarriedOverflow = true
      return finish(next: state.next + 1, half: nil)
    case .part(let placed, let rests):
      place(placed, of: row, gap: gap)
      acceptsCarriedOverflow = true
      return finish(next: state.next, half: rests)
    case .none:
      // No cell keeps the contract of a region that must be accepted; the row is given up rather than tried for ever.
      context.report(.tooHigh, row.origin, wanted: nextNeed, available: max(.zero, room))
      acceptsCarriedOverflow = true
      if state.next + 1 == core.count, placeFooter() { return .finished(.complete(finish())) }
      return finish(next: state.next + 1, half: nil)
    }
  }

  // MARK: Placing

  private var rowGap: Length { y > .zero ? style.rowGap : .zero }

  private mutating func place(_ placed: Frame, of row: TableRow, gap: Length, isBody: Bool = true) {
    if let rule = row.ruleAbove ?? (isBelowRow && isBody ? style.rule : nil) { drawRule(rule, gap: gap) }
    frame.add(.frame(placed), at: Point(x: .zero, y: y + gap))
    if frame.baseline == nil, let baseline = placed.baseline { frame.baseline = y + gap + baseline }
    y = y + gap + placed.size.height
    isBelowRow = isBody
  }

  /// Rows that never break: header, brought, carried, footer.
  private mutating func placeFixed(_ rows: [TableRow], as kind: RowKind, drawsRules: Bool = false) {
    for row in rows {
      let gap = rowGap
      guard case .whole(let placed) = lay(row, half: nil, room: .infinity, mayBreak: false, kind: kind) else { continue }
      place(placed, of: row, gap: gap, isBody: drawsRules)
    }
  }

  /// A rule centred in the gap below what was placed last.
  private mutating func drawRule(_ rule: Shape.Stroke, gap: Length) {
    guard rule.width > .zero else { return }
    let at = Point(x: .zero, y: y + gap / 2 - rule.width / 2)
    let size = Size(width: geometry.width, height: rule.width)
    if rule.dashes.isEmpty {
      frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: rule.color)), at: at)
    } else {
      let middle = rule.width / 2
      frame.add(
        .shape(Shape(.path([.move(Point(x: .zero, y: middle)), .line(Point(x: size.width, y: middle))]), stroke: rule)), at: at)
    }
  }
}
