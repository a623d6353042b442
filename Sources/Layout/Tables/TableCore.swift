internal import Geometry
internal import Vocabulary

/// What all pages of one table share: its rows, measured columns and the rules about where it may break.
final class TableCore {
  /// Tables up to this many rows keep the rows they were given; longer ones ask again.
  static let keptRows = 600
  /// Rows of a longer table at hand at once: more than a page's.
  private static let window = 256
  /// How far from the end of a table its last counted row is looked for.
  private static let tailSearch = 16

  let columns: [TableColumn]
  let source: any TableSource
  let style: TableStyle
  let origin: Origin
  /// Of each column with which its separators line up in other tables, too.
  private let decimalGroups: [DecimalGroup?]
  let count: Int
  private(set) lazy var footer: [TableRow] = source.footer()
  private var rows: [Int: TableRow] = [:]
  private var geometry: (key: GeometryKey, value: TableGeometry)?
  private var carried: (width: Length, room: Length)?
  private var contents: (setter: ObjectIdentifier, tracks: [Track], decimals: [DecimalExtent?])?
  var tokens: TableTokens?
  private var reaches: (setter: ObjectIdentifier, behind: [Length])?
  private(set) lazy var firstCounted: Int = {
    (0..<min(count, Self.tailSearch)).first { row($0).role != .groupHeader } ?? 0
  }()
  private(set) lazy var lastCounted: Int = {
    (max(0, count - Self.tailSearch)..<count).last { row($0).role == nil } ?? count - 1
  }()

  private struct GeometryKey: Equatable {
    var width: Length
    var setter: ObjectIdentifier
    var direction: Direction
  }

  init(
    columns: [TableColumn], source: any TableSource, style: TableStyle, origin: Origin, decimalGroups: [DecimalGroup?] = []
  ) {
    self.columns = columns
    self.source = source
    self.style = style
    self.origin = origin
    count = max(0, source.count)
    self.decimalGroups = columns.indices.map {
      decimalGroups.indices.contains($0) && columns[$0].alignment == .decimal ? decimalGroups[$0] : nil
    }
    for (index, group) in self.decimalGroups.enumerated() { group?.join(self, index) }
  }

  func row(_ index: Int) -> TableRow {
    if let row = rows[index] { return row }
    let row = source.row(at: index)
    if count > Self.keptRows, rows.count >= Self.window { rows.removeAll(keepingCapacity: true) }
    rows[index] = row
    return row
  }

  func sums(_ completed: Int, _ context: LayoutContext) -> RunningRows { RunningRows(completed: completed, page: context.page) }

  /// How many following rows a row wants with it.
  func reach(_ row: TableRow) -> Int { row.role == .groupHeader ? max(style.minimumRows, row.keep.next) : row.keep.next }

  /// Whether the rules about single rows and about rows that belong to the one above forbid a break between `index` and the row after it.
  func isLinked(after index: Int) -> Bool {
    guard index + 1 < count else { return true }
    let next = row(index + 1)
    switch next.role {
    case .subtotal, .total, .note: return true
    case nil, .groupHeader: if next.keep.previous { return true }
    }
    if index < firstCounted + style.minimumRows - 1 { return true }
    return index > lastCounted - style.minimumRows
  }

  /// Whether the row at `index` says nothing without the one above it.
  func isPart(_ index: Int) -> Bool {
    let row = row(index)
    switch row.role {
    case .subtotal, .total: return true
    case .note, nil, .groupHeader: return row.keep.previous
    }
  }

  // MARK: Columns

  func widths(in context: LayoutContext) -> WidthRange {
    let (tracks, _) = measured(in: context)
    var range = WidthRange.zero
    for track in tracks {
      let part: WidthRange
      if case .fixed(let width) = track.dimension { part = WidthRange(minimum: width, maximum: width) } else { part = track.content }
      range.minimum = range.minimum + min(max(part.minimum, track.minimum), max(track.maximum, track.minimum))
      range.maximum = range.maximum + min(max(part.maximum, track.minimum), max(track.maximum, track.minimum))
    }
    let gaps = style.columnGap * Double(max(0, columns.count - 1))
    return WidthRange(minimum: range.minimum + gaps, maximum: range.maximum + gaps)
  }

  /// The room that carried rows over the whole table take at this width: what each page but the last keeps for its own.
  func carriedRoom(_ width: Length, _ measure: () -> Length) -> Length {
    if let known = carried, known.width == width { return known.room }
    let room = measure()
    carried = (width, room)
    return room
  }

  func geometry(_ width: Length, in context: LayoutContext) -> TableGeometry {
    let key = GeometryKey(width: width, setter: ObjectIdentifier(context.text), direction: context.direction)
    if let geometry, geometry.key == key { return geometry.value }
    let hasDecimals = columns.contains { $0.alignment == .decimal }
    let (tracks, plain, lacking, known) = plainWidths(width, in: context)
    var (widths, extents) = (plain, known)
    if hasDecimals { measureDecimals(&extents, widths: plain, in: context) }
    if let missing = missing(plain, in: context) {
      let room = width - style.columnGap * Double(max(0, columns.count - 1))
      widths = TrackSizing.yielding(plain, tracks, room: room, missing: missing, least: leastWidths(in: context)) {
        self.bounds(in: context)
      }
      // What was measured in the columns as they were holds no more.
      for index in columns.indices where columns[index].width != .auto { extents[index] = nil }
      if hasDecimals { measureDecimals(&extents, widths: widths, in: context) }
    }
    var value = TableGeometry(widths: widths, gap: style.columnGap, direction: context.direction)
    value.lacking = lacking
    for (index, extent) in extents.enumerated() where columns[index].alignment == .decimal {
      guard var extent else { continue }
      if let group = decimalGroups[index] { extent.after = max(extent.after, group.after(in: context)) }
      // The block of all numbers stands at the end edge.
      let inner = widths[index] - style.padding.horizontal
      value.decimals[index] =
        style.padding.left
        + (context.direction == .leftToRight ? max(.zero, inner - extent.after) : min(extent.before, max(.zero, inner - extent.after)))
    }
    geometry = (key, value)
    return value
  }

  /// The columns and their widths where no token asks for more, the room that fixed ones lack, and what is known of decimals.
  func plainWidths(
    _ width: Length, in context: LayoutContext
  ) -> (tracks: [Track], widths: [Length], lacking: Length, decimals: [DecimalExtent?]) {
    var tracks = columns.map { Track($0.width, minimum: $0.minWidth, maximum: $0.maxWidth) }
    var extents = [DecimalExtent?](repeating: nil, count: columns.count)
    if columns.contains(where: { $0.width == .auto }) { (tracks, extents) = measured(in: context) }
    let (widths, lacking) = TrackSizing.widths(tracks, available: width, gap: style.columnGap)
    return (tracks, widths, lacking, extents)
  }

  // MARK: Cells

  /// Every cell with its first column, the columns it covers, and its padding on both sides.
  func forEachCell(in context: LayoutContext, _ body: (TableCell, Int, Int, Length) -> Void) {
    forEachRow(in: context) { row in
      var column = 0
      for cell in row.cells where column < columns.count {
        let span = min(cell.span, columns.count - column)
        body(cell, column, span, (cell.padding ?? row.padding ?? style.padding).horizontal)
        column += span
      }
    }
  }

  /// Every row that stands in the columns, header included; asked for once per measuring, never kept.
  private func forEachRow(in context: LayoutContext, _ body: (TableRow) -> Void) {
    for row in source.header(isContinuation: false) { body(row) }
    if style.repeatsHeader { for row in source.header(isContinuation: true) { body(row) } }
    for index in 0..<count { body(row(index)) }
    if count > 0 {
      for row in source.brought(sums(count, context)) { body(row) }
      for row in source.carried(sums(count, context)) { body(row) }
    }
    for row in footer { body(row) }
  }

  /// Content widths of the flexible columns, and decimal extents of the `auto` ones among them.
  private func measured(in context: LayoutContext) -> (tracks: [Track], decimals: [DecimalExtent?]) {
    let setter = ObjectIdentifier(context.text)
    if let contents, contents.setter == setter { return (contents.tracks, contents.decimals) }
    var tracks = columns.map { Track($0.width, minimum: $0.minWidth, maximum: $0.maxWidth) }
    var decimals = [DecimalExtent?](repeating: nil, count: columns.count)
    guard tracks.contains(where: \.isFlexible) else { return (tracks, decimals) }
    var found = TableTokens(setter: setter)
    defer { tokens = found }
    forEachRow(in: context) { row in
      var column = 0
      for place in row.cells.indices where column < columns.count {
        let span = min(row.cells[place].span, columns.count - column)
        defer { column += span }
        let padding = (row.cells[place].padding ?? row.padding ?? style.padding).horizontal
        found.note(row.cells[place], column, span, padding, context)
        if span == 1, !tracks[column].isFlexible { continue }
        let cell = row.cells[place]
        if span == 1 {
          let range = cell.node.widths(in: context)
          tracks[column].content.minimum = max(tracks[column].content.minimum, range.minimum + padding)
          tracks[column].content.maximum = max(tracks[column].content.maximum, range.maximum + padding)
          if tracks[column].dimension == .auto, let text = decimalText(cell, column) {
            for line in text.lines(at: range.maximum, in: context) { DecimalExtent.widen(&decimals[column], by: line) }
          }
        } else {
          let last = column + span - 1
          if tracks[last].dimension == .auto, let text = decimalText(cell, last) {
            for line in text.lines(at: cell.node.widths(in: context).maximum, in: context) {
              DecimalExtent.widen(&decimals[last], behind: line)
            }
          }
          // A cell over several columns must not be torn inside its words; its columns share what they lack.
          let inside = column..<(column + span)
          let flexible = inside.filter { tracks[$0].isFlexible }
          guard !flexible.isEmpty else { continue }
          var lack = cell.node.widths(in: context).minimum + padding - style.columnGap * Double(span - 1)
          for index in inside {
            lack = lack - (tracks[index].isFlexible ? max(tracks[index].content.minimum, tracks[index].minimum) : fixedWidth(tracks[index]))
          }
          guard lack > .slack else { continue }
          for index in flexible {
            tracks[index].content.minimum = tracks[index].content.minimum + lack / Double(flexible.count)
            tracks[index].content.maximum = max(tracks[index].content.maximum, tracks[index].content.minimum)
          }
        }
      }
    }
    for (index, extent) in decimals.enumerated() {
      guard var extent, tracks[index].dimension == .auto else { continue }
      if let group = decimalGroups[index] { extent.after = max(extent.after, group.after(in: context)) }
      // Numbers that stand on one separator need more room together than the widest alone.
      let width = extent.before + extent.after + style.padding.horizontal
      tracks[index].content.maximum = max(tracks[index].content.maximum, width)
      tracks[index].content.minimum = max(tracks[index].content.minimum, width)
    }
    contents = (setter, tracks, decimals)
    return (tracks, decimals)
  }

  private func fixedWidth(_ track: Track) -> Length {
    if case .fixed(let width) = track.dimension { width } else { .zero }
  }

  /// Extents of the decimal columns not measured yet, at their final width.
  private func measureDecimals(_ extents: inout [DecimalExtent?], widths: [Length], in context: LayoutContext) {
    let open = columns.indices.filter { columns[$0].alignment == .decimal && extents[$0] == nil }
    guard !open.isEmpty else { return }
    let setter = ObjectIdentifier(context.text)
    var found = tokens?.setter == setter ? nil : TableTokens(setter: setter)
    defer { if let found { tokens = found } }
    forEachRow(in: context) { row in
      var column = 0
      for place in row.cells.indices where column < columns.count {
        let span = min(row.cells[place].span, columns.count - column)
        defer { column += span }
        let padding = (row.cells[place].padding ?? row.padding ?? style.padding).horizontal
        found?.note(row.cells[place], column, span, padding, context)
        let last = column + span - 1
        guard open.contains(last), let text = decimalText(row.cells[place], last) else { continue }
        let gaps = style.columnGap * Double(span - 1)
        let inner = max(.zero, widths[column...last].reduce(gaps, +) - padding)
        for line in text.whole(at: inner, in: context).lines(at: inner, in: context) {
          if span == 1 { DecimalExtent.widen(&extents[last], by: line) } else { DecimalExtent.widen(&extents[last], behind: line) }
        }
      }
    }
  }

  /// How far the numbers of a decimal column reach behind their separators, whatever the column's width.
  func reachBehindSeparator(_ column: Int, in context: LayoutContext) -> Length {
    let setter = ObjectIdentifier(context.text)
    if let reaches, reaches.setter == setter { return reaches.behind[column] }
    var behind = [Length](repeating: .zero, count: columns.count)
    forEachCell(in: context) { cell, first, span, _ in
      let last = first + span - 1
      guard let text = decimalText(cell, last) else { return }
      for line in text.lines(at: cell.node.widths(in: context).maximum, in: context) {
        behind[last] = max(behind[last], line.width - line.decimal)
      }
    }
    reaches = (setter, behind)
    return behind[column]
  }

  /// Whether all those columns are ones whose cells stand where their row ends.
  func standAtEnd(_ inside: Range<Int>) -> Bool { inside.allSatisfy { columns[$0].standsAtEnd } }

  /// The paragraph that stands on the column's separator, if this cell has one; the column is the last of those it covers.
  func decimalText(_ cell: TableCell, _ column: Int) -> TextNode? {
    guard columns[column].alignment == .decimal, let text = cell.text, text.content.alignment == .decimal else { return nil }
    return text
  }
}
