internal import CICU
internal import Geometry
internal import Layout

/// A line being put together: pieces in visual order become runs, underlines and links.
struct LinePlacement {
  private let paragraph: Paragraph
  private let baseline: Double
  private var items: [PlacedItem] = []
  private var underlines: [PlacedItem] = []
  /// Boxes in the place of missing glyphs.
  private var boxes: [PlacedItem] = []
  private var links: [(uri: String, number: Int, left: Double, right: Double, ascent: Double, descent: Double)] = []
  /// The text of runs that is a link.
  private var linked: [LinkedText] = []
  private var inkStart = Double.infinity
  private var inkEnd = -Double.infinity
  /// The byte whose left edge (or, at a number's end, the right edge of the byte before it) decimal alignment looks for.
  private var target: Int?
  private var targetX: Double?

  init(paragraph: Paragraph, baseline: Double) { (self.paragraph, self.baseline) = (paragraph, baseline) }

  mutating func find(_ target: Int?) { self.target = target }

  /// Adds a finished run.
  mutating func add(_ run: GlyphRun, style: SetterStyle, at x: Double) {
    items.append(PlacedItem(at: Point(x: Length(x), y: Length(baseline - style.rise)), item: .run(run, style.color)))
  }

  /// Places pieces that are in logical order so that their ink begins at `inkLeft`; each word space becomes wider by `spaceStretch`.
  mutating func place(_ logical: [LineBuilder.Piece], inkLeft: Double, spaceStretch: Double) {
    var pieces = logical
    let isMixed = pieces.contains { $0.level > 0 }
    if isMixed { LineBuilder.reorder(&pieces) }
    pieces.removeAll { $0.isBarrier }
    // In a right-to-left line the white space that hangs comes first, left of the ink.
    var pen = inkLeft
    for piece in pieces {
      guard piece.isHanging else { break }
      pen -= piece.width
    }
    let firstItem = items.count
    var starts: [Int] = []
    var first = 0
    while first < pieces.count {
      var end = first + 1
      while end < pieces.count, LinePlacement.joins(pieces[end - 1], pieces[end]) { end += 1 }
      pen = addRun(pieces[first..<end], at: pen, spaceStretch)
      if isMixed, items.count > firstItem + starts.count { starts.append(pieces[first..<end].lazy.map(\.start).min() ?? 0) }
      first = end
    }
    // Drawn in the order they are read in: programs that extract text from a PDF keep to it where a line runs both ways.
    guard starts.count > 1 else { return }
    let order = starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    let placed = items[firstItem...]
    items.replaceSubrange(firstItem..., with: order.map { placed[firstItem + $0] })
    for index in linked.indices where linked[index].item >= firstItem {
      if let place = order.firstIndex(of: linked[index].item - firstItem) { linked[index].item = firstItem + place }
    }
  }

  /// Whether two visually adjacent pieces make one run: they must follow each other in the text as well.
  private static func joins(_ left: LineBuilder.Piece, _ right: LineBuilder.Piece) -> Bool {
    guard left.face === right.face, left.picture == nil, right.picture == nil, left.level & 1 == right.level & 1 else { return false }
    guard left.level & 1 == 0 ? right.start == left.end : right.end == left.start else { return false }
    let (a, b) = (left.style, right.style)
    return a === b || (a.size == b.size && a.color == b.color && a.rise == b.rise)
  }

  private mutating func addRun(_ pieces: ArraySlice<LineBuilder.Piece>, at left: Double, _ spaceStretch: Double) -> Double {
    guard let first = pieces.first else { return left }
    if let picture = first.picture { return addPicture(picture, first, at: left) }
    let isRightToLeft = first.level & 1 == 1
    let count = pieces.reduce(0) { $0 + $1.glyphs.count }
    var pen = 0.0
    let glyphs = [Glyph](unsafeUninitializedCapacity: count) { glyphs, filled in
      for piece in pieces {
        let start = pen
        pen = write(piece, into: &glyphs, from: filled, pen, spaceStretch, origin: left)
        filled += piece.glyphs.count
        note(piece, from: left + start, to: left + pen)
      }
    }
    let logical = isRightToLeft ? Array(pieces.reversed()) : Array(pieces)
    let run = GlyphRun(
      font: first.face.id, size: Length(first.style.size), glyphs: glyphs, clusters: LinePlacement.clusters(logical),
      text: text(logical), isRightToLeft: isRightToLeft, advance: Length(max(0, pen)))
    if count > 0 {
      if paragraph.hasLinks { noteLinks(logical) }
      add(run, style: first.style, at: left)
    }
    return left + pen
  }

  private mutating func addPicture(_ picture: InlinePicture, _ piece: LineBuilder.Piece, at left: Double) -> Double {
    let right = left + piece.width
    note(piece, from: left, to: right)
    let stretch = paragraph.stretches[piece.stretch]
    if stretch.link != nil { linked.append(LinkedText(item: items.count, bytes: nil, link: stretch.linkStart)) }
    items.append(PlacedItem(at: Point(x: Length(left), y: Length(baseline - piece.style.top(of: picture))), item: .frame(picture.frame)))
    return right
  }

  /// Notes which text of the run that is added next is a link.
  private mutating func noteLinks(_ logical: [LineBuilder.Piece]) {
    var offset = 0
    for piece in logical {
      let end = offset + (piece.isHyphen ? LinePlacement.hyphenBytes : piece.end - piece.start)
      defer { offset = end }
      let stretch = paragraph.stretches[piece.stretch]
      guard stretch.link != nil else { continue }
      if let last = linked.last, last.item == items.count, last.link == stretch.linkStart, let bytes = last.bytes,
        bytes.upperBound == offset
      {
        linked[linked.count - 1].bytes = bytes.lowerBound..<end
      } else {
        linked.append(LinkedText(item: items.count, bytes: offset..<end, link: stretch.linkStart))
      }
    }
  }

  /// What stands in the text for the hyphen of a parted word: U+00AD.
  private static let hyphenBytes = 2

  /// Writes a piece's glyphs; gives the pen behind them.
  private mutating func write(
    _ piece: LineBuilder.Piece, into glyphs: inout UnsafeMutableBufferPointer<Glyph>, from place: Int, _ start: Double,
    _ spaceStretch: Double,
    origin left: Double
  ) -> Double {
    guard let base = glyphs.baseAddress else { return start }
    let scale = piece.style.scale(piece.face)
    let spacing = piece.style.letterSpacing
    let shaped = piece.shaped
    let isRightToLeft = piece.level & 1 == 1
    let wanted = target.flatMap { $0 >= piece.start && $0 <= piece.end && !piece.isHyphen ? $0 - piece.origin : nil }
    var (units, extra, place) = (0, 0.0, place)
    for index in piece.glyphs {
      let glyph = shaped.glyphs[index]
      let x = start + Double(units) * scale + extra
      if let wanted {
        // The left edge of the separator's cluster; behind a number's last digit, the edge of what follows it in reading order.
        if Int(glyph.cluster) == wanted, !isRightToLeft, targetX == nil { targetX = left + x }
      }
      (base + place).initialize(to: Glyph(id: glyph.id, x: x + Double(glyph.x) * scale, y: -Double(glyph.y) * scale))
      let isBox = piece.isBoxed && !cicu_is_white_space(SpanScan.decode(paragraph.text, at: piece.origin + Int(glyph.cluster)).scalar)
      if isBox || (glyph.id == 0 && shaped.hasMissing && !piece.face.drawsMissingGlyphs) {
        addBox(at: left + x, width: Double(glyph.advance) * scale, style: piece.style)
      }
      place += 1
      units += Int(glyph.advance)
      let next = index + 1
      if spacing != 0, next == piece.glyphs.upperBound || shaped.glyphs[next].cluster != glyph.cluster { extra += spacing }
      if spaceStretch != 0, !piece.isHyphen, !piece.isHanging,
        LineBuilder.isWordSpace(paragraph.text, piece.origin + Int(glyph.cluster))
      {
        extra += spaceStretch
      }
    }
    let end = start + Double(units) * scale + extra
    if let wanted, wanted == piece.end - piece.origin, !isRightToLeft { targetX = left + end }
    return end
  }

  /// Draws an empty box upon the baseline, as high as the capitals beside it, with air on both sides.
  private mutating func addBox(at left: Double, width: Double, style: SetterStyle) {
    let pen = style.size * 0.05
    let height = max(pen, style.capHeight - pen)
    let side = width * 0.12 + pen / 2
    boxes.append(
      PlacedItem(
        at: Point(x: Length(left + side), y: Length(baseline - style.rise - pen / 2 - height)),
        item: .shape(
          Shape(
            .rectangle(Size(width: Length(max(pen, width - 2 * side)), height: Length(height)), radius: .zero),
            stroke: Shape.Stroke(width: Length(pen), color: style.color)))))
  }

  /// Notes ink, underline and link of a piece.
  private mutating func note(_ piece: LineBuilder.Piece, from left: Double, to right: Double) {
    guard !piece.isHanging else { return }
    inkStart = min(inkStart, left)
    inkEnd = max(inkEnd, right)
    let style = piece.style
    // Pictures are not underlined (CSS Text Decoration 3, 2: atomic inlines are not decorated).
    if style.isUnderlined, piece.picture == nil, let face = style.faces.first {
      let thickness = face.underlineThickness * style.scale(face)
      let y = baseline - style.rise + face.underlineOffset * style.scale(face)
      underlines.append(
        PlacedItem(
          at: Point(x: Length(left), y: Length(y)),
          item: .shape(
            Shape(.rectangle(Size(width: Length(right - left), height: Length(thickness)), radius: .zero), fill: style.color))))
    }
    if let uri = paragraph.stretches[piece.stretch].link {
      let number = paragraph.stretches[piece.stretch].linkStart
      var (ascent, descent) = (style.ascent + style.rise, style.descent - style.rise)
      if let picture = piece.picture {
        let top = style.top(of: picture)
        (ascent, descent) = (max(ascent, top), max(descent, picture.size.height.points - top))
      }
      if var last = links.last, last.uri == uri, abs(last.right - left) < Length.slack.points {
        last.right = right
        last.ascent = max(last.ascent, ascent)
        last.descent = max(last.descent, descent)
        links[links.count - 1] = last
      } else {
        links.append((uri, number, left, right, ascent, descent))
      }
    }
  }

  // MARK: Text and clusters

  private func text(_ pieces: [LineBuilder.Piece]) -> String {
    if pieces.count == 1, let piece = pieces.first, !piece.isHyphen {
      let stretch = paragraph.stretches[piece.stretch]
      if let original = stretch.original, piece.start == stretch.start, piece.end == stretch.end { return original }
      return String(decoding: paragraph.text[piece.start..<piece.end], as: UTF8.self)
    }
    var bytes: [UInt8] = []
    for piece in pieces { bytes += piece.isHyphen ? [0xC2, 0xAD] : paragraph.text[piece.start..<piece.end] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The clusters of pieces in logical order.
  static func clusters(_ pieces: [LineBuilder.Piece]) -> [Cluster] {
    if pieces.allSatisfy({ $0.shaped.isOneToOne && !$0.isHyphen }) { return ones(pieces.reduce(0) { $0 + $1.glyphs.count }) }
    var clusters: [Cluster] = []
    clusters.reserveCapacity(pieces.reduce(0) { $0 + $1.glyphs.count })
    for piece in pieces {
      if piece.isHyphen {
        clusters.append(Cluster(bytes: 2, glyphs: piece.glyphs.count))
        continue
      }
      if piece.shaped.isOneToOne {
        for _ in piece.glyphs { clusters.append(Cluster(bytes: 1, glyphs: 1)) }
        continue
      }
      let glyphs = piece.shaped.glyphs
      let step = piece.shaped.isRightToLeft ? -1 : 1
      var index = piece.shaped.isRightToLeft ? piece.glyphs.upperBound - 1 : piece.glyphs.lowerBound
      while piece.glyphs.contains(index) {
        let start = Int(glyphs[index].cluster)
        var count = 0
        while piece.glyphs.contains(index), Int(glyphs[index].cluster) == start {
          count += 1
          index += step
        }
        let end = piece.glyphs.contains(index) ? Int(glyphs[index].cluster) : piece.end - piece.origin
        clusters.append(Cluster(bytes: end - start, glyphs: count))
      }
    }
    return clusters
  }

  /// Clusters of one byte and one glyph; short lists are shared by all runs.
  static func ones(_ count: Int) -> [Cluster] {
    count < shared.count ? shared[count] : Array(repeating: Cluster(bytes: 1, glyphs: 1), count: count)
  }
  private static let shared: [[Cluster]] = (0..<64).map { Array(repeating: Cluster(bytes: 1, glyphs: 1), count: $0) }

  // MARK: The line

  mutating func line(height: Length, end: TextPosition, _ extent: LineExtent) -> TextLine {
    var all = items
    all += underlines
    all += boxes
    for link in links {
      linked.append(LinkedText(item: all.count, bytes: nil, link: link.number))
      all.append(
        PlacedItem(
          at: Point(x: Length(link.left), y: Length(baseline - link.ascent)),
          item: .link(
            LinkArea(
              size: Size(width: Length(link.right - link.left), height: Length(max(0, link.ascent + link.descent))), uri: link.uri))))
    }
    let hasInk = inkStart <= inkEnd
    let start = hasInk ? inkStart : 0
    let width = hasInk ? inkEnd - inkStart : 0
    let decimal = targetX.map { $0 - start } ?? width
    var line = TextLine(
      items: all, height: height, baseline: Length(baseline), start: Length(start), width: Length(width), decimal: Length(decimal),
      end: end, isLast: extent.isLast, isCut: extent.isCut, tokenBreak: extent.tokenBreak)
    line.links = linked.sorted { ($0.item, $0.bytes?.lowerBound ?? 0) < ($1.item, $1.bytes?.lowerBound ?? 0) }
    return line
  }
}
