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
    // Cells are looked at in their places, here and below: each taken out of the list would be copied with all it refers to.
    for index in row.cells.indices where column < geometry.widths.count {
      let span = min(row.cells[index].span, geometry.widths.count - column)
      let (left, width) = geometry.extent(column, span: span)
      let inset = row.cells[index].padding ?? row.padding ?? core.style.padding
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
    let frame = assemble(row, &cells, isWhole: rests == nil && half == nil, kind, reaches)
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
    /// How it stands in the row's height.
    var rule = VerticalAlignment.top
    /// How far it is lowered so that its first line stands beside the others'.
    var drop = Length.zero
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

  /// The row's frame, made of the frames of its cells, which it takes out of the list.
  private func assemble(_ row: TableRow, _ cells: inout [LaidCell], isWhole: Bool, _ kind: RowKind, _ reaches: [Int: Length]?) -> Frame {
    var baseline: Length?
    var height = isWhole ? row.minHeight : .zero
    for index in cells.indices {
      cells[index].rule = isWhole ? row.cells[cells[index].index].valign ?? row.valign ?? core.style.valign : .top
      guard cells[index].rule == .baseline, let first = cells[index].frame.baseline else { continue }
      baseline = max(baseline ?? .zero, cells[index].inset.top + first)
    }
    for index in cells.indices {
      if cells[index].rule == .baseline, let baseline, let own = cells[index].frame.baseline {
        cells[index].drop = baseline - cells[index].inset.top - own
      }
      guard reaches == nil || row.cells[cells[index].index].rows == 1 else { continue }
      height = max(height, cells[index].drop + cells[index].inset.vertical + cells[index].frame.size.height)
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
    for index in cells.indices {
      let (left, width, inset, source) = (cells[index].left, cells[index].width, cells[index].inset, cells[index].index)
      let full = height + (reaches?[source] ?? .zero)
      if let fill = row.cells[source].fill {
        let size = Size(width: width, height: full)
        frame.add(.shape(Shape(.rectangle(size, radius: .zero), fill: fill)), at: Point(x: left, y: .zero))
      }
      let words = row.cells[source].replacement
      guard words != nil || !cells[index].frame.items.isEmpty else { continue }
      let place = CellPlace(
        column: cells[index].column, columnSpan: cells[index].span, rowSpan: reaches == nil ? 1 : row.cells[source].rows,
        scope: kind.scope(of: row, isFirst: isFirst))
      isFirst = false
      if let words {
        let silent = Frame(size: Size(width: width, height: .zero), tag: Tag(.cell(place)).replaced(by: words))
        frame.add(.frame(silent), at: Point(x: left, y: .zero))
        continue
      }
      var content = Self.blank
      swap(&content, &cells[index].frame)
      let inner = full - inset.vertical
      if content.size.height < inner, row.cells[source].text == nil,
        let stretched = row.cells[source].node.stretched(content, to: inner)
      {
        content = stretched
      }
      let spare = inner - content.size.height
      let y =
        switch cells[index].rule {
        case .top: Length.zero
        case .baseline: cells[index].drop
        case .middle: spare / 2
        case .bottom: spare
        }
      let narrow = max(.zero, width - inset.horizontal - content.size.width)
      let x = context.direction == .leftToRight ? left + inset.left : left + inset.left + narrow
      if frame.baseline == nil, let first = content.baseline { frame.baseline = inset.top + y + first }
      if row.cells[source].isRepeated {
        content = content.marked(Tag(.artifact(.repeatedHead)))
      } else {
        tag(&content, place, cells[index].joint)
      }
      frame.add(.frame(content), at: Point(x: x, y: inset.top + y))
    }
    return frame
  }

  /// The cell's role takes the place of a plain paragraph's; anything else keeps its own inside a frame of the cell.
  private func tag(_ content: inout Frame, _ place: CellPlace, _ joint: LaidCell.Joint?) {
    switch content.role {
    case nil:
      content.tag = Tag(.cell(place)).piece(of: joint?.identity, next: joint?.next)
    case .paragraph:
      content.tag?.role = .cell(place)
      // The paragraph's pieces are the cell's.
      if content.tag?.identity != nil {
        content.tag?.details.identity = nil
        content.tag?.details.piece = .whole
      }
      if let joint { content.tag = content.tag?.piece(of: joint.identity, next: joint.next) }
    default:
      content = content.marked(
        Tag(.cell(place), source: content.tag?.source ?? -1, path: content.tag?.path).piece(of: joint?.identity, next: joint?.next))
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
