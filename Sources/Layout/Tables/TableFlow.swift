internal import Geometry
internal import Vocabulary

/// Fills one region with the next rows of a table.
struct TableFlow {
  /// Rows higher than this share of a page break inside; lower ones move whole.
  private static let breakableShare = 0.25
  /// Rows tied to one another by a cell that are higher than this share of a page are parted between two of them.
  static let tieShare = 0.5

  enum Outcome {
    case finished(Fragment)
    case deferred(need: Length)
    /// The carried rows of this page are higher than the room kept for them.
    case carriedHigher(Length)
  }

  // What stays the same while the region is filled.
  let core: TableCore
  /// Where in the table the region begins.
  let state: TableNode.State
  let region: Region
  let context: LayoutContext
  /// The columns at the region's width.
  let geometry: TableGeometry
  var height: Length { region.size.height }
  /// A page's height, as far as it is known.
  var fullHeight: Length { region.fullHeight.isFinite ? region.fullHeight : height }
  var style: TableStyle { core.style }

  // What changes meanwhile. A failed ``attempt(_:)`` puts all of it back as it was, together with the findings.
  /// The least room to keep for carried rows: zero, or what the `TableNode` learned from a flow that ended in `carriedHigher`.
  var leastReserve = Length.zero
  /// Whether carried rows that are higher than their room overflow it with a finding, instead of ending the flow in `carriedHigher`. Set by
  /// the `TableNode` for its last try, and by ``forced()`` once its row is placed; nothing takes it back.
  var acceptsCarriedOverflow = false
  /// What is placed so far: empty at first; only `place` and `drawRule` add to it, and `end(at:)` cuts it back to a stop. It is without
  /// height until `finish()` gives it ``y``.
  var frame: Frame
  /// The lower edge of what was placed last, from the region's top: zero at first, set by `place`, put back by `end(at:)`.
  var y = Length.zero
  /// Whether the last thing placed was a body row: then a rule belongs above the next. False at first and below the header; set by `place`,
  /// put back by `end(at:)`.
  var isBelowRow = false
  /// The rows since the last rule, where the table has one every so many. Set by `place`, put back by `end(at:)`.
  var counted = RowCount()
  /// The fill of the row placed last: one of the same fill goes on from it without a seam. Set by `place`, forgotten by `end(at:)`.
  var lastFill: Color?
  /// The rule drawn below what was placed last, the header: what follows keeps clear of it. Set by `placeTop`, forgotten by `place`.
  var ruleBelow: Shape.Stroke?

  /// What the loop over the rows of one page remembers; `page(repeats:)` begins with a new one at each try.
  struct Progress {
    /// The next row to place: the region's first at the beginning, one more after each row placed whole.
    var index: Int
    /// What the rows so far want on their page.
    var links = RowLinks()
    /// The last place where all rules allow a break. Set after each such row that leaves room for what is carried.
    var lastStop: LayoutContext.Waypoint<Stop>?
    /// The same without regard to the rules: the last place with at least one row above it.
    var anyStop: LayoutContext.Waypoint<Stop>?
    /// The last place with a row above it that is no heading, and below it none that belongs to it: where a page ends within rows that are kept
    /// together and higher than a page.
    var fairStop: LayoutContext.Waypoint<Stop>?
    /// Where the rows begin that have been kept together since `lastStop`.
    var chainStart: Int
    /// The last row placed whole that might break inside, and the flow before it. Set before such a row is placed; forgotten with the next
    /// `lastStop`, which lies below it.
    var tall: (index: Int, height: Length, before: LayoutContext.Waypoint<TableFlow>)?
    /// Whether a row found no room: then the loop ends.
    var isFull = false
  }

  /// A place where the page could end: how much was placed up to there, and the first row of the next page.
  struct Stop {
    var index: Int
    var items: Int
    var y: Length
    var isBelowRow: Bool
    var counted: RowCount
  }

  func stop(before index: Int) -> LayoutContext.Waypoint<Stop> {
    context.waypoint(Stop(index: index, items: frame.items.count, y: y, isBelowRow: isBelowRow, counted: counted))
  }

  /// Runs `body`; with `nil` flow and findings are as before.
  mutating func attempt<Result>(_ body: (inout TableFlow) -> Result?) -> Result? {
    let before = self
    guard let result = context.attempt({ body(&self) }) else {
      self = before
      return nil
    }
    return result
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
    // What is placed where not one row finds room beside what repeats, and what that row wants.
    var (need, rowNeed) = (Length.zero, Length.zero)
    let page = attempt { flow in
      if let outcome = flow.page(repeats: true) { return outcome }
      (need, rowNeed) = (flow.y, flow.nextNeed)
      return nil
    }
    if let page { return page }
    if region.mayBreak { return .deferred(need: need + rowNeed) }
    if let page = attempt({ $0.brokenUnderHeader() }) { return page }
    if state.isContinuation {
      if let page = attempt({ $0.page(repeats: false) }) { return page }
    } else if !state.skipsHeader, let alone = headerAlone(rowNeed: rowNeed) {
      return alone
    }
    return forced()
  }

  // MARK: A page

  /// Header, rows, carried rows or footer; `nil` when not even one row has room.
  mutating func page(repeats: Bool) -> Outcome? {
    placeTop(repeats: repeats)
    let reserve = max(carriedRoom(), closingRoom)
    var progress = Progress(index: state.next, chainStart: state.next)
    while progress.index < core.count, !progress.isFull {
      if !placeTied(&progress, reserve: reserve) { placeRow(&progress, reserve: reserve) }
    }

    let index = progress.index
    if index == core.count, placeFooter() { return .finished(.complete(finish())) }
    if progress.isFull, let outcome = breakInside(index, reserve: reserve) { return outcome }
    // A tall row that has room, but not with what must stand behind it, leaves a part rather than an empty page.
    if let tall = progress.tall, progress.lastStop != nil || region.mayBreak || progress.anyStop == nil {
      let outcome = context.attempt(from: tall.before) { before -> Outcome? in
        var flow = before
        guard let outcome = flow.breakInside(tall.index, reserve: reserve, height: tall.height) else { return nil }
        self = flow
        return outcome
      }
      if let outcome { return outcome }
    }
    if let stop = progress.fairStop, progress.isFull, !isChainWhole(from: progress.chainStart, reserve: reserve) { return end(at: stop) }
    if let stop = progress.lastStop ?? (region.mayBreak ? nil : progress.fairStop ?? progress.anyStop) { return end(at: stop) }
    return nil
  }

  /// Whether the rows from `index` on that are kept together have room on an untouched page, or on as much of it as a row needs to be broken.
  private func isChainWhole(from index: Int, reserve: Length) -> Bool {
    let room = roomBehind(index, reserve: reserve)
    var links = RowLinks()
    var (index, used) = (index, Length.zero)
    while index < core.count {
      let row = core.row(index)
      guard case .whole(let frame) = context.trial({ lay(row, half: nil, room: .infinity, mayBreak: false) }).result else { return true }
      // A high one is broken where the page ends.
      if !row.keep.together, !frame.size.height.fits(fullHeight * Self.breakableShare) { return true }
      used = used + leastGap(above: row) + frame.size.height
      guard used.fits(room) else { return false }
      links.pass(row, index, core)
      index += 1
      if !links.isChained(before: index, core) { return true }
    }
    return true
  }

  /// The room for rows on an untouched page that begins with row `index`.
  private func roomBehind(_ index: Int, reserve: Length) -> Length {
    let page = region.roomiest
    let state = TableNode.State(next: index, isContinuation: index > 0 || self.state.isContinuation)
    return context.trial {
      var flow = TableFlow(TableNode(core: core, state: state), page, context)
      flow.placeTop(repeats: true)
      return page.size.height - flow.y - reserve
    }.result
  }

  /// Places the next row whole, if it has room, and notes whether the page could end below it.
  private mutating func placeRow(_ progress: inout Progress, reserve: Length) {
    let row = progress.index == state.next ? core.row(progress.index) : core.silenced(progress.index)
    let half = progress.index == state.next ? state.half : nil
    let gap = gap(above: row)
    let room = height - y - gap
    let before = context.waypoint(())
    guard room > .zero, case .whole(let placed) = lay(row, half: half, room: room, mayBreak: !region.isEndless),
      placed.size.height.fits(room)
    else {
      progress.isFull = true
      return
    }
    if !region.isEndless, half != nil || (!row.keep.together && !placed.size.height.fits(fullHeight * Self.breakableShare)) {
      progress.tall = (progress.index, placed.size.height, before.with(self))
    }
    let isTied = progress.index > state.next ? progress.links.isChained(before: progress.index, core) : y > .zero
    place(placed, of: row, gap: gap, isTied: isTied)
    pass(row, &progress, reserve: reserve)
  }

  /// Notes a row that has been placed whole, and whether the page could end below it.
  mutating func pass(_ row: TableRow, _ progress: inout Progress, reserve: Length) {
    progress.links.pass(row, progress.index, core)
    progress.index += 1
    if progress.index < core.count, (y + reserve).fits(height) {
      progress.anyStop = stop(before: progress.index)
      if !progress.links.isChained(before: progress.index, core) {
        (progress.lastStop, progress.tall, progress.fairStop) = (progress.anyStop, nil, nil)
        progress.chainStart = progress.index
      } else if row.role != .groupHeader, !core.isPart(progress.index) {
        progress.fairStop = progress.anyStop
      }
    } else if progress.index == core.count, y.fits(height) {
      progress.anyStop = progress.anyStop ?? stop(before: progress.index)
    }
  }

  /// Header, group headings and brought rows.
  mutating func placeTop(repeats: Bool) {
    let headerBefore = frame.items.count
    if state.isContinuation {
      if repeats, style.repeatsHeader, !state.skipsHeader {
        placeFixed(core.source.header(isContinuation: true), as: .repeatedHead)
      }
      if repeats, state.next < core.count { placeFixed(core.source.repeatedHeaders(above: state.next), as: .repeatedHead) }
    } else if !state.skipsHeader {
      placeFixed(core.source.header(isContinuation: false), as: .head)
    }
    if frame.items.count > headerBefore, let rule = style.headerRule {
      drawRule(rule, gap: ruleGap(rule))
      ruleBelow = rule
    }
    isBelowRow = false
    if state.isContinuation, state.next > 0 {
      placeFixed(core.source.brought(core.sums(state.next, context)), as: .sums)
    }
  }

  /// The room to keep for carried rows on this page.
  func carriedRoom() -> Length {
    guard !region.isEndless, core.count > 0 else { return .zero }
    let usual = core.carriedRoom(region.size.width) {
      context.trial {
        core.source.carried(core.sums(core.count, context)).reduce(Length.zero) { room, row in
          guard case .whole(let frame) = lay(row, half: nil, room: .infinity, mayBreak: false) else { return room }
          return room + leastGap(above: row) + frame.size.height
        }
      }.result
    }
    return max(usual, leastReserve)
  }

  /// The footer after the last row; `false` when it has no room.
  mutating func placeFooter() -> Bool {
    guard !core.footer.isEmpty else { return closingRoom <= .zero || (y + closingRoom).fits(height) }
    let placed: Void? = attempt { flow in
      flow.placeFixed(flow.core.footer, as: .foot)
      return flow.y.fits(flow.height) ? () : nil
    }
    return placed != nil
  }

  /// Ends the page inside the row at `index`, if that row may be broken and something of it has room.
  ///
  /// - Parameter known: The row's whole height, where it has room but must not be placed whole.
  private mutating func breakInside(_ index: Int, reserve: Length, height known: Length? = nil) -> Outcome? {
    let row = index == state.next ? core.row(index) : core.silenced(index)
    let half = index == state.next ? state.half : nil
    let gap = gap(above: row)
    // What is carried is over whole rows; where there are none yet nothing is carried.
    let room = min(height - y - gap - (index > 0 ? reserve : .zero), (known ?? .infinity) - .pt(1))
    let isForced = row.keep.together && half == nil
    guard room > .zero, !isForced || !isRowWhole(row, index, reserve: reserve), half != nil || known != nil || isTall(row) else {
      return nil
    }
    return attempt { flow in
      guard case .part(let placed, let rests) = flow.lay(row, half: half, room: room, mayBreak: true) else { return nil }
      if isForced {
        flow.context.report(.keepBroken, row.origin, wanted: flow.nextNeed, available: flow.region.roomiest.size.height)
      }
      flow.place(placed, of: row, gap: gap)
      return flow.finish(next: index, half: rests)
    }
  }

  /// Whether a row has room on an untouched page.
  private func isRowWhole(_ row: TableRow, _ index: Int, reserve: Length) -> Bool {
    guard case .whole(let frame) = context.trial({ lay(row, half: nil, room: .infinity, mayBreak: false) }).result else { return false }
    return frame.size.height.fits(roomBehind(index, reserve: index + 1 < core.count ? reserve : .zero))
  }

  private func isTall(_ row: TableRow) -> Bool {
    let piece = context.trial { lay(row, half: nil, room: fullHeight * Self.breakableShare, mayBreak: true) }.result
    if case .whole = piece { return false }
    return true
  }

  private mutating func end(at place: LayoutContext.Waypoint<Stop>) -> Outcome {
    let stop = context.goBack(to: place)
    frame.items.removeSubrange(stop.items...)
    (y, isBelowRow, counted, lastFill) = (stop.y, stop.isBelowRow, stop.counted, nil)
    return finish(next: stop.index, half: nil)
  }

  /// Places the carried rows and hands back the rest.
  mutating func finish(next: Int, half: RowRest?) -> Outcome {
    if next > 0, next < core.count || half != nil {
      let before = y
      placeFixed(core.source.carried(core.sums(next, context)), as: .sums)
      if !y.fits(height), y > before {
        if !acceptsCarriedOverflow { return .carriedHigher(y - before) }
        context.report(.tooHigh, core.origin, wanted: y, available: height)
      }
    }
    return partial(TableNode.State(next: next, half: half, isContinuation: true))
  }

  /// The page's frame, and what begins the next page.
  mutating func partial(_ state: TableNode.State) -> Outcome {
    var state = state
    let identity = self.state.identity ?? TagIdentity()
    state.identity = identity
    return .finished(.partial(finish(next: identity, isRowBroken: state.half != nil), rest: TableNode(core: core, state: state)))
  }

  mutating func finish(next: TagIdentity? = nil, isRowBroken: Bool = false) -> Frame {
    if !isRowBroken, let rule = closingRule {
      takeDivider()
      y = y + closingRoom
      drawRule(rule, at: y - (closingRoom > .zero ? rule.width : rule.width / 2))
    }
    frame.size.height = y
    if context.trialDepth == 0, let distance = FigureDistance.farthest(in: frame, core.columns, context.direction) {
      context.report(.figureFar, core.origin, wanted: distance, available: FigureDistance.limit)
    }
    frame.tag = frame.tag?.piece(of: state.identity, next: next)
    return frame
  }
}
