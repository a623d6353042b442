internal import Geometry
internal import Vocabulary

/// What becomes of a table where not even one row finds room beside what repeats.
extension TableFlow {
  /// How much the next row wants, at most a page.
  var nextNeed: Length {
    guard state.next < core.count else { return core.footer.isEmpty ? .zero : .pt(1) }
    let piece = context.trial { lay(core.row(state.next), half: state.half, room: fullHeight, mayBreak: true) }.result
    if case .whole(let frame) = piece { return frame.size.height }
    return fullHeight
  }

  /// The beginning of the next row below the header: that stands above rows wherever it can.
  mutating func brokenUnderHeader() -> Outcome? {
    placeTop(repeats: true)
    let row = core.count > state.next ? core.row(state.next) : nil
    let gap = row.map { self.gap(above: $0) } ?? rowGap
    let room = height - y - gap - (state.next > 0 ? carriedRoom() : .zero)
    guard let row, y > .zero, room > .zero,
      case .part(let placed, let rests) = lay(row, half: state.half, room: room, mayBreak: true)
    else { return nil }
    if row.keep.together, state.half == nil {
      context.report(.keepBroken, row.origin, wanted: nextNeed, available: room)
    }
    place(placed, of: row, gap: gap)
    return finish(next: state.next, half: rests)
  }

  /// The header on a page of its own, where it and the first row each have room but not both.
  mutating func headerAlone(rowNeed: Length) -> Outcome? {
    attempt { flow in
      flow.placeTop(repeats: true)
      guard flow.region.isUntouched, flow.y > .zero, flow.y.fits(flow.height), rowNeed.fits(flow.height) else { return nil }
      flow.context.report(.keepBroken, flow.core.origin, wanted: flow.y + rowNeed, available: flow.height)
      return flow.partial(TableNode.State(isContinuation: false, skipsHeader: true))
    }
  }

  /// The next row whatever its height: cells break or overflow, and say so.
  mutating func forced() -> Outcome {
    placeTop(repeats: false)
    if !y.fits(height) { context.report(.tooHigh, core.origin, wanted: y, available: height) }
    guard state.next < core.count else {
      placeFixed(core.footer, as: .foot)
      context.report(.tooHigh, core.origin, wanted: y, available: height)
      return .finished(.complete(finish()))
    }
    let row = core.row(state.next)
    let gap = gap(above: row)
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
}
