internal import Geometry
internal import Vocabulary

/// What became of a row in the room it was offered.
enum RowPiece {
  case whole(Frame)
  /// What fits, and what is left.
  case part(Frame, RowRest)
  case none
}

/// What is left of a broken row.
struct RowRest {
  /// Of each cell.
  var cells: [any Node]
  /// What the row's pieces have in common.
  let identity: TagIdentity
  /// What the pieces of each cell have in common; `nil` for cells of which nothing is placed, or nothing is left.
  var cellIdentities: [TagIdentity?]
  /// The cells that were held back, whole: they stand where the row ends.
  var late: [Int] = []
}

/// What a row is to its table.
enum RowKind {
  case body
  case head
  /// A header, or a group's, once more on a later page.
  case repeatedHead
  /// Sums over what was carried to the next page, or brought from the one before.
  case sums
  case foot

  fileprivate var role: Tag.Role {
    switch self {
    case .head: .tableRow(.head)
    case .repeatedHead: .artifact(.repeatedHead)
    case .body, .sums: .tableRow(.body)
    case .foot: .tableRow(.foot)
    }
  }

  /// What a cell of the row heads: of a header each its column, of a row that stands for others its first one the row.
  fileprivate func scope(of row: TableRow, isFirst: Bool) -> HeaderScope? {
    switch self {
    case .head, .repeatedHead: .column
    case .sums, .foot: isFirst ? .row : nil
    case .body:
      switch row.role {
      case .groupHeader, .subtotal, .total: isFirst ? .row : nil
      case .note, nil: nil
      }
    }
  }
}

extension TableFlow {
  /// Lays out one row, `room` high at most.
  ///
  /// With `reaches` the row is one of several tied by cells: cells over several rows do not make it higher, and reach so far below it, by
  /// their index. With `mayBreak` a row of which some cell can place nothing yields `.none`; without it every cell places something new.
  func lay(
    _ row: TableRow, half: RowRest?, room: Length, mayBreak: Bool, kind: RowKind = .body, reaches: [Int: Length]? = nil
  ) -> RowPiece {
    context.attempt {
      laid(row, half: half, room: room, mayBreak: mayBreak, kind, reaches)
    } isKept: { piece in
      if case .none = piece { false } else { true }
    }
  }

  private func laid(_ row: TableRow, half: RowRest?, room: Length, mayBreak: Bool, _ kind: RowKind, _ reaches: [Int: Length]?) -> RowPiece {
    var cells: [LaidCell] = []
    cells.reserveCapacity(row.cells.count)
    var rests: [any Node]?
    /// Cells of columns that are summed, to be placed last: they stand where the row ends.
    var late: [Int] = []
    var column = 0
    for (index, cell) in row.cells.enumerated() where column < geometry.widths.count {
      let span = min(cell.span, geometry.widths.count - column)
      let (left, width) = geometry.extent(column, span: span)
      let inset = cell.padding ?? row.padding ?? core.style.padding
      if !inset.horizontal.fits(width) { context.report(.tooWide, row.origin, wanted: inset.horizontal, available: width) }
      cells.append(
        LaidCell(frame: Self.blank, left: left, width: width, inset: inset, index: index, column: column, span: span))
      if kind == .body, row.role == nil, core.standAtEnd(column..<column + span) { late.append(index) }
      column += span
    }
    func place(_ index: Int) -> Bool {
      let (inset, left, width) = (cells[index].inset, cells[index].left, cells[index].width)
      let inner = Region(
        size: Size(width: max(.zero, width - inset.horizontal), height: max(.zero, room - inset.vertical)),
        fullHeight: region.fullHeight, mayBreak: mayBreak && room.isFinite, top: region.top + y + inset.top,
        nextHeight: region.nextHeight)
      let node = half.map { index < $0.cells.count ? $0.cells[index] : EmptyNode() } ?? row.cells[index].node
      let fragment: Fragment
      let last = cells[index].column + cells[index].span - 1
      if let decimal = geometry.decimals[last], half == nil || half?.late.contains(index) == true,
        let text = core.decimalText(row.cells[index], last)
      {
        fragment = text.fill(inner, decimal: geometry.lefts[last] - left + decimal - inset.left, in: context)
      } else {
        fragment = node.fill(inner, in: context)
      }
      var goesOn = false
      switch fragment {
      case .complete(let placed): cells[index].frame = placed
      case .partial(let placed, let rest):
        cells[index].frame = placed
        goesOn = true
        leave(rest, of: index)
      case .deferred:
        if mayBreak { return false }
        leave(node, of: index)
      }
      if half != nil || goesOn { cells[index].join(half, goesOn: goesOn) }
      return true
    }
    func leave(_ rest: any Node, of index: Int) {
      if rests == nil { rests = [any Node](repeating: EmptyNode(), count: cells.count) }
      rests?[index] = rest
    }
    for index in cells.indices where !late.contains(index) {
      guard place(index) else { return .none }
    }
    var held: [Int] = []
    if rests == nil {
      for index in late { guard place(index) else { return .none } }
    } else {
      held = late
      for index in late {
        leave(half.map { index < $0.cells.count ? $0.cells[index] : EmptyNode() } ?? row.cells[index].node, of: index)
        if half != nil { cells[index].join(half, goesOn: false) }
      }
    }
    if rests != nil, cells.allSatisfy({ $0.frame.size.height <= .zero && $0.frame.items.isEmpty }) { return .none }
    let frame = assemble(row, cells, isWhole: rests == nil && half == nil, kind, reaches)
    guard let rests else { return .whole(frame.piece(of: half?.identity, next: nil)) }
    let rest = RowRest(cells: rests, identity: half?.identity ?? TagIdentity(), cellIdentities: cells.map { $0.joint?.waiting }, late: held)
    return .part(frame.piece(of: half?.identity, next: rest.identity), rest)
  }

  /// What stands in a cell until it is laid out.
  private static let blank = Frame(size: .zero)

  struct LaidCell {
    var frame: Frame
    var left: Length
    var width: Length
    var inset: Insets
    var index: Int
    var column: Int
    var span: Int
    /// Of a cell whose row is broken; `nil` for nearly all.
    private(set) var joint: Joint?

    /// What a piece of a broken cell has in common with the others.
    final class Joint {
      /// What its earlier pieces carry, and what its later ones will; `nil` for none.
      let identity: TagIdentity?
      let next: TagIdentity?
      /// What later pieces carry even where this one paints nothing.
      let waiting: TagIdentity?
      init(identity: TagIdentity?, next: TagIdentity?, waiting: TagIdentity?) {
        (self.identity, self.next, self.waiting) = (identity, next, waiting)
      }
    }

    init(frame: Frame, left: Length, width: Length, inset: Insets, index: Int, column: Int, span: Int) {
      (self.frame, self.left, self.width, self.inset, self.index) = (frame, left, width, inset, index)
      (self.column, self.span) = (column, span)
    }

    /// Joins the piece to those before it and behind it.
    mutating func join(_ half: RowRest?, goesOn: Bool) {
      var identity = joint?.identity
      if let half, half.cellIdentities.indices.contains(index) { identity = half.cellIdentities[index] }
      let next = goesOn ? identity ?? TagIdentity() : joint?.next
      // What was put off altogether goes on as it was.
      joint = Joint(identity: identity, next: next, waiting: goesOn ? next : frame.items.isEmpty ? identity : nil)
    }
  }

  private func assemble(_ row: TableRow, _ cells: [LaidCell], isWhole: Bool, _ kind: RowKind, _ reaches: [Int: Length]?) -> Frame {
    func rule(_ cell: LaidCell) -> VerticalAlignment { isWhole ? row.cells[cell.index].valign ?? row.valign ?? core.style.valign : .top }
    var baseline: Length?
    var height = isWhole ? row.minHeight : .zero
    for cell in cells.indices where rule(cells[cell]) == .baseline {
      let cell = cells[cell]
      if let first = cell.frame.baseline { baseline = max(baseline ?? .zero, cell.inset.top + first) }
    }
    func drop(_ cell: LaidCell) -> Length {
      guard rule(cell) == .baseline, let baseline, let own = cell.frame.baseline else { return .zero }
      return baseline - cell.inset.top - own
    }
    for index in cells.indices where reaches == nil || row.cells[cells[index].index].rows == 1 {
      height = max(height, drop(cells[index]) + cells[index].inset.vertical + cells[index].frame.size.height)
    }

    var frame = Frame(
      size: Size(width: geometry.width, height: height), tag: Tag(kind.role, source: row.origin.element, path: row.origin.path))
    frame.items.reserveCapacity(cells.count + 1)
    if let fill = row.fill {
      for part in geometry.parts(of: row, reach: core.style.fillReach) {
        let size = Size(width: part.width, height: height)
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: fill)), at: Point(x: part.left, y: .zero))
      }
      // Below a cell over several rows the others leave its columns out.
      for cell in cells {
        guard let below = reaches?[cell.index], below > .zero, row.cells[cell.index].fill == nil else { continue }
        let part = geometry.part(cell.column, span: cell.span, reach: core.style.fillReach)
        let size = Size(width: part.width, height: below)
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: fill)), at: Point(x: part.left, y: height))
      }
    }
    if let bar = row.bar {
      let size = Size(width: bar.thickness, height: height)
      let left = bar.isLeft ? .zero - bar.distance - bar.thickness : geometry.width + bar.distance
      frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: bar.color)), at: Point(x: left, y: .zero))
    }
    var isFirst = true
    for cell in cells {
      let source = row.cells[cell.index]
      let full = height + (reaches?[cell.index] ?? .zero)
      if let fill = source.fill {
        let size = Size(width: cell.width, height: full)
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: fill)), at: Point(x: cell.left, y: .zero))
      }
      if let words = source.replacement {
        let place = CellPlace(
          column: cell.column, columnSpan: cell.span, rowSpan: reaches == nil ? 1 : source.rows,
          scope: kind.scope(of: row, isFirst: isFirst))
        isFirst = false
        var silent = Frame(size: Size(width: cell.width, height: .zero))
        silent.tag = Tag(.cell(place)).replaced(by: words)
        frame.add(.frame(silent), at: Point(x: cell.left, y: .zero))
        continue
      }
      guard !cell.frame.items.isEmpty else { continue }
      var content = cell.frame
      let inner = full - cell.inset.vertical
      if content.size.height < inner, source.text == nil, let stretched = source.node.stretched(content, to: inner) { content = stretched }
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
      let place = CellPlace(
        column: cell.column, columnSpan: cell.span, rowSpan: reaches == nil ? 1 : source.rows, scope: kind.scope(of: row, isFirst: isFirst))
      isFirst = false
      let tagged = source.isRepeated ? content.marked(Tag(.artifact(.repeatedHead))) : tagged(content, cell, place)
      frame.add(.frame(tagged), at: Point(x: x, y: cell.inset.top + y))
    }
    return frame
  }

  /// The cell's role takes the place of a plain paragraph's; anything else keeps its own inside a frame of the cell.
  private func tagged(_ content: Frame, _ cell: LaidCell, _ place: CellPlace) -> Frame {
    switch content.tag?.role {
    case nil, .paragraph:
      var result = content
      var tag = content.tag ?? Tag(.cell(place))
      tag.role = .cell(place)
      // The paragraph's pieces are the cell's.
      if tag.identity != nil { (tag.details.identity, tag.details.piece) = (nil, .whole) }
      result.tag = tag.piece(of: cell.joint?.identity, next: cell.joint?.next)
      return result
    default:
      return content.marked(
        Tag(.cell(place), source: content.tag?.source ?? -1, path: content.tag?.path).piece(
          of: cell.joint?.identity, next: cell.joint?.next))
    }
  }
}

extension Frame {
  /// The frame tagged as a piece; see ``Tag/piece(of:next:)``.
  fileprivate func piece(of identity: TagIdentity?, next: TagIdentity?) -> Frame {
    guard identity != nil || next != nil else { return self }
    var frame = self
    frame.tag = tag?.piece(of: identity, next: next)
    return frame
  }
}
