internal import Geometry
internal import Vocabulary

/// What became of a row in the room it was offered.
enum RowPiece {
  case whole(Frame)
  /// What fits, and what is left of each cell.
  case part(Frame, [any Node])
  case none
}

extension TableFlow {
  /// Lays out one row, `room` high at most.
  ///
  /// With `mayBreak` a row of which some cell can place nothing yields `.none`; without it every cell places something new.
  func lay(
    _ row: TableRow, half: [any Node]?, room: Length, mayBreak: Bool, cellRole: Tag.Role = .dataCell
  ) -> RowPiece {
    context.attempt {
      laid(row, half: half, room: room, mayBreak: mayBreak, cellRole)
    } isKept: { piece in
      if case .none = piece { false } else { true }
    }
  }

  private func laid(_ row: TableRow, half: [any Node]?, room: Length, mayBreak: Bool, _ cellRole: Tag.Role) -> RowPiece {
    var cells: [LaidCell] = []
    cells.reserveCapacity(row.cells.count)
    var rests: [any Node]?
    var column = 0
    let padding = row.padding ?? core.style.padding
    for (index, cell) in row.cells.enumerated() where column < geometry.widths.count {
      let span = min(cell.span, geometry.widths.count - column)
      let (left, width) = geometry.extent(column, span: span)
      let inset = cell.padding ?? padding
      if !inset.horizontal.fits(width) { context.report(.tooWide, row.origin, wanted: inset.horizontal, available: width) }
      let inner = Region(
        size: Size(width: max(.zero, width - inset.horizontal), height: max(.zero, room - inset.vertical)),
        fullHeight: region.fullHeight, mayBreak: mayBreak && room.isFinite, top: region.top + currentY + inset.top)
      let node = half.map { index < $0.count ? $0[index] : EmptyNode() } ?? cell.node
      let fragment: Fragment
      if span == 1, let decimal = geometry.decimals[column], half == nil, let text = core.decimalText(cell, column) {
        fragment = text.fill(inner, decimal: decimal - inset.left, in: context)
      } else {
        fragment = node.fill(inner, in: context)
      }
      column += span
      var content: Frame
      switch fragment {
      case .complete(let placed):
        content = placed
        rests?.append(EmptyNode())
      case .partial(let placed, let rest):
        content = placed
        if rests == nil { rests = [any Node](repeating: EmptyNode(), count: index) }
        rests?.append(rest)
      case .deferred:
        if mayBreak { return .none }
        content = Frame(size: .zero)
        if rests == nil { rests = [any Node](repeating: EmptyNode(), count: index) }
        rests?.append(node)
      }
      cells.append(LaidCell(frame: content, left: left, width: width, inset: inset, index: index))
    }
    if rests != nil, cells.allSatisfy({ $0.frame.size.height <= .zero && $0.frame.items.isEmpty }) { return .none }
    let frame = assemble(row, cells, isWhole: rests == nil && half == nil, cellRole)
    if let rests { return .part(frame, rests) }
    return .whole(frame)
  }

  struct LaidCell {
    var frame: Frame
    var left: Length
    var width: Length
    var inset: Insets
    var index: Int
  }

  private func assemble(_ row: TableRow, _ cells: [LaidCell], isWhole: Bool, _ cellRole: Tag.Role) -> Frame {
    func rule(_ cell: LaidCell) -> VerticalAlignment { isWhole ? row.cells[cell.index].valign ?? row.valign ?? core.style.valign : .top }
    var baseline: Length?
    var height = isWhole ? row.minHeight : .zero
    for cell in cells where rule(cell) == .baseline {
      if let first = cell.frame.baseline { baseline = max(baseline ?? .zero, cell.inset.top + first) }
    }
    func drop(_ cell: LaidCell) -> Length {
      guard rule(cell) == .baseline, let baseline, let own = cell.frame.baseline else { return .zero }
      return baseline - cell.inset.top - own
    }
    for cell in cells { height = max(height, drop(cell) + cell.inset.vertical + cell.frame.size.height) }

    var frame = Frame(
      size: Size(width: geometry.width, height: height), tag: Tag(.tableRow, source: row.origin.element, path: row.origin.path))
    frame.items.reserveCapacity(cells.count + 1)
    if let fill = row.fill { frame.add(.shape(Shape(.rectangle(frame.size, radius: .zero), fill: fill)), at: .zero) }
    for cell in cells {
      let source = row.cells[cell.index]
      if let fill = source.fill {
        let size = Size(width: cell.width, height: height)
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: fill)), at: Point(x: cell.left, y: .zero))
      }
      guard !cell.frame.items.isEmpty else { continue }
      var content = cell.frame
      let inner = height - cell.inset.vertical
      if content.size.height < inner, let stretched = source.node.stretched(content, to: inner) { content = stretched }
      let spare = inner - content.size.height
      let y =
        switch rule(cell) {
        case .top: Length.zero
        case .baseline: drop(cell)
        case .middle: spare / 2
        case .bottom: spare
        }
      let narrow = max(.zero, cell.width - cell.inset.horizontal - content.size.width)
      let x = context.direction == .leftToRight ? cell.left + cell.inset.left : cell.left + cell.inset.left + narrow
      if frame.baseline == nil, let first = content.baseline { frame.baseline = cell.inset.top + y + first }
      frame.add(.frame(tagged(content, cellRole)), at: Point(x: x, y: cell.inset.top + y))
    }
    return frame
  }

  /// The cell's role takes the place of a plain paragraph's; anything else keeps its own inside a frame of the cell.
  private func tagged(_ content: Frame, _ role: Tag.Role) -> Frame {
    var cell = content
    switch content.tag?.role {
    case .headerCell, .dataCell: return content
    case nil, .paragraph:
      cell.tag = Tag(role, source: content.tag?.source ?? -1, path: content.tag?.path)
      return cell
    default:
      return Frame(
        size: content.size, baseline: content.baseline, items: [PlacedItem(at: .zero, item: .frame(content))],
        tag: Tag(role, source: content.tag?.source ?? -1, path: content.tag?.path))
    }
  }
}
