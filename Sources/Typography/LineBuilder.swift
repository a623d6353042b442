internal import CHarfBuzz
internal import Geometry
internal import Layout
internal import Vocabulary

/// Makes lines out of extents: order after bidi, place by alignment, runs of glyphs.
///
/// Adjacent parts of the same face, size, colour and direction become one run, so that a line in one style is one drawing call.
final class LineBuilder {
  private let shaper: Shaper

  /// How much the word spaces of a justified line may grow; beyond that it stays ragged.
  static let mostSpace = 1.5

  init(shaper: Shaper) { self.shaper = shaper }

  /// A part of a segment on a line.
  struct Piece {
    /// Offsets into the paragraph's text.
    var start: Int
    var end: Int
    var level: UInt8
    var stretch: Int
    var style: SetterStyle
    var face: ShapingFace
    var shaped: ShapedText
    /// The offset at which `shaped` begins.
    var origin: Int
    var glyphs: Range<Int>
    var width: Double
    /// The hyphen of a parted word: in the text it stands for a soft hyphen.
    var isHyphen = false
    /// Boxes are drawn where its clusters stand.
    var isBoxed = false
    /// Nothing but the white space that hangs at the line's end.
    var isHanging = false
    /// Stands between two isolates and keeps them apart in the order; not set.
    var isBarrier = false
    /// What stands here in the place of glyphs.
    var picture: InlinePicture?
  }

  // MARK: Measures

  func hyphenWidth(_ style: SetterStyle, _ language: SetterLanguage) -> Double {
    guard let face = style.faces.first else { return 0 }
    return Double(hyphen(style, language).width) * style.scale(face) + style.letterSpacing
  }

  func spaceWidth(_ style: SetterStyle, _ language: SetterLanguage) -> Double {
    guard let face = style.faces.first else { return style.size / 4 }
    if let known = style.space, known.language == language.index { return known.width }
    let width = Double(shape(" ", style, face, language).width) * style.scale(face) + style.letterSpacing
    style.space = (language.index, width)
    return width
  }

  /// U+2010, or the hyphen-minus where the face lacks it.
  private func hyphen(_ style: SetterStyle, _ language: SetterLanguage) -> ShapedText {
    if let known = style.hyphen { return known }
    guard let face = style.faces.first else { return shaper.empty }
    let shaped = shape(face.covers(0x2010) ? "\u{2010}" : "-", style, face, language)
    style.hyphen = shaped
    return shaped
  }

  private func shape(_ text: String, _ style: SetterStyle, _ face: ShapingFace, _ language: SetterLanguage) -> ShapedText {
    var text = text
    return text.withUTF8 {
      shaper.shape($0, Shaper.Setting(face: face, style: style, language: language, script: language.script))
    }
  }

  /// The width of a line's text as it will be set, hanging white space left out; for a justified line with its spaces as narrow as they may be.
  func measure(_ extent: LineExtent, of paragraph: Paragraph, isJustified: Bool) -> Double {
    let pieces = pieces(extent.start..<extent.end, hasHyphen: extent.hasHyphen, of: paragraph)
    var width = pieces.reduce(0) { $0 + ($1.isHanging ? 0 : $1.width) }
    if isJustified { width -= spaces(pieces, paragraph).advance * (1 - LineBreaker.leastSpace) }
    return width
  }

  // MARK: Pieces

  /// The parts of a stretch of text in logical order, hanging white space apart, parted segments shaped anew where the cut changes their glyphs.
  func pieces(_ range: Range<Int>, hasHyphen: Bool, of paragraph: Paragraph) -> [Piece] {
    var pieces: [Piece] = []
    let inkEnd = paragraph.inkEnd(from: range.lowerBound, to: range.upperBound)
    let base: UInt8 = paragraph.isRightToLeft ? 1 : 0
    for segment in paragraph.segments[paragraph.firstSegment(endingAfter: range.lowerBound)...] {
      guard segment.start < range.upperBound else { break }
      guard let face = segment.face, let whole = segment.shaped else {
        addPicture(segment, of: paragraph, base, to: &pieces)
        continue
      }
      let stretch = paragraph.stretches[segment.stretch]
      guard let style = stretch.style else { continue }
      let (start, end) = (max(segment.start, range.lowerBound), min(segment.end, range.upperBound))
      var (shaped, origin) = (whole, segment.start)
      // What stands in another's place is shaped cluster by cluster, and is never shaped anew.
      let isWhole = segment.form != .plain
      if !isWhole, whole.isUnsafeToBreak(at: start - segment.start) || whole.isUnsafeToBreak(at: end - segment.start) {
        shaped = reshape(paragraph, start..<end, segment, face, style)
        origin = start
      }
      if let last = pieces.last, paragraph.stretches[last.stretch].isIsolated || stretch.isIsolated, last.stretch != segment.stretch {
        pieces.append(last.barrier(base))
      }
      let add = { (from: Int, to: Int, isHanging: Bool) in
        let glyphs = shaped.glyphRange(from: from - origin, to: to - origin)
        let measure = shaped.measure(glyphs)
        pieces.append(
          Piece(
            start: from, end: to, level: isHanging ? base : segment.level, stretch: segment.stretch, style: style, face: face,
            shaped: shaped, origin: origin, glyphs: glyphs,
            width: Double(measure.units) * style.scale(face) + Double(measure.clusters) * style.letterSpacing,
            isBoxed: segment.form == .boxes, isHanging: isHanging))
      }
      // White space at a line's end takes the paragraph's level (UAX #9, L1).
      if start < inkEnd { add(start, min(end, inkEnd), false) }
      if end > inkEnd { add(max(start, inkEnd), end, true) }
    }
    if hasHyphen, let place = pieces.lastIndex(where: { !$0.isHanging && !$0.isBarrier }), let face = pieces[place].style.faces.first {
      var piece = pieces[place]
      piece.shaped = hyphen(piece.style, paragraph.language)
      (piece.start, piece.origin, piece.face, piece.isHyphen, piece.picture) = (piece.end, piece.end, face, true, nil)
      piece.glyphs = 0..<piece.shaped.glyphs.count
      piece.width = hyphenWidth(piece.style, paragraph.language)
      pieces.insert(piece, at: place + 1)
    }
    return pieces
  }

  /// Adds the picture of a segment that has no glyphs, if it is one.
  private func addPicture(_ segment: Paragraph.Segment, of paragraph: Paragraph, _ base: UInt8, to pieces: inout [Piece]) {
    let stretch = paragraph.stretches[segment.stretch]
    guard let picture = stretch.picture, let style = stretch.style, let face = style.faces.first else { return }
    if let last = pieces.last, paragraph.stretches[last.stretch].isIsolated { pieces.append(last.barrier(base)) }
    pieces.append(
      Piece(
        start: segment.start, end: segment.end, level: segment.level, stretch: segment.stretch, style: style, face: face,
        shaped: shaper.empty, origin: segment.start, glyphs: 0..<0, width: picture.size.width.points, picture: picture))
  }

  private func reshape(
    _ paragraph: Paragraph, _ range: Range<Int>, _ segment: Paragraph.Segment, _ face: ShapingFace, _ style: SetterStyle
  ) -> ShapedText {
    paragraph.text.withUnsafeBufferPointer {
      shaper.shape(
        UnsafeBufferPointer(rebasing: $0[range]),
        Shaper.Setting(
          face: face, style: style, language: paragraph.language, script: segment.script, isRightToLeft: segment.level & 1 == 1))
    }
  }

  /// Reverses the pieces into visual order (UAX #9, L2).
  static func reorder(_ pieces: inout [Piece]) {
    guard var highest = pieces.map(\.level).max(), let lowestOdd = pieces.map(\.level).filter({ $0 & 1 == 1 }).min() else { return }
    while highest >= lowestOdd {
      var start = 0
      while start < pieces.count {
        guard pieces[start].level >= highest else {
          start += 1
          continue
        }
        var end = start
        while end < pieces.count, pieces[end].level >= highest { end += 1 }
        pieces[start..<end].reverse()
        start = end
      }
      highest -= 1
    }
  }

  /// How many word spaces the pieces have, and their advances.
  private func spaces(_ pieces: [Piece], _ paragraph: Paragraph) -> (count: Int, advance: Double) {
    var (count, advance) = (0, 0.0)
    for piece in pieces where !piece.isHanging && !piece.isHyphen && !piece.isBarrier {
      for index in piece.glyphs where LineBuilder.isWordSpace(paragraph.text, piece.origin + Int(piece.shaped.glyphs[index].cluster)) {
        count += 1
        advance += Double(piece.shaped.glyphs[index].advance) * piece.style.scale(piece.face) + piece.style.letterSpacing
      }
    }
    return (count, advance)
  }

  /// U+0020 and U+00A0 (CSS Text 3, 7.1: word separators).
  @inline(__always) static func isWordSpace(_ text: [UInt8], _ offset: Int) -> Bool {
    text[offset] == 0x20 || (text[offset] == 0xC2 && text[offset + 1] == 0xA0)
  }

  // MARK: Lines

  /// The line of an extent, its text `indent` from the start edge.
  func line(_ extent: LineExtent, of paragraph: Paragraph, indent: Double, width: Double, alignment: TextAlignment) -> TextLine {
    let metrics = metrics(extent, paragraph)
    var placement = LinePlacement(paragraph: paragraph, baseline: metrics.baseline)
    // Worked out from zero and moved as a whole: wherever a line stands, its parts have the same distances to the last bit.
    var start = 0.0
    if extent.tabs.isEmpty {
      let pieces = pieces(extent.start..<extent.end, hasHyphen: extent.hasHyphen, of: paragraph)
      let ink = pieces.reduce(0) { $0 + ($1.isHanging ? 0 : $1.width) }
      start = LineBuilder.left(ink: ink, indent: indent, width: width, alignment: alignment, isRightToLeft: paragraph.isRightToLeft)
      var stretch = 0.0
      if alignment == .justify, width.isFinite {
        let room = width - indent - ink
        let spaces = spaces(pieces, paragraph)
        let isTooWide = room < -Length.slack.points
        if spaces.count > 0, !extent.isLast || isTooWide, room <= spaces.advance * (LineBuilder.mostSpace - 1) {
          stretch = max(room, -spaces.advance * (1 - LineBreaker.leastSpace)) / Double(spaces.count)
          start = paragraph.isRightToLeft ? 0 : indent
        }
      }
      placement.find(DecimalPlace.find(in: paragraph.text, extent.start..<extent.end, paragraph.language))
      placement.place(pieces, inkLeft: 0, spaceStretch: stretch)
    } else {
      placeFields(extent, paragraph, indent: indent, width: width, &placement)
    }
    var line = placement.line(height: metrics.height, end: paragraph.position(of: extent.next), extent).moved(by: start)
    line.plainHeight = metrics.plainHeight
    return line
  }

  /// The line of a paragraph of one run from left to right, without link or underline, such as a table's cell, its text at zero: the same as
  /// ``line(_:of:indent:width:alignment:)`` makes, without its detours. `nil` for other paragraphs.
  func simpleLine(of paragraph: Paragraph) -> TextLine? {
    guard paragraph.segments.count == 1, paragraph.stretches.count == 1, !paragraph.isRightToLeft,
      paragraph.segments[0].form != .boxes, paragraph.segments[0].level == 0, !paragraph.hasLinks, let face = paragraph.segments[0].face,
      let shaped = paragraph.segments[0].shaped, !shaped.hasMissing || face.drawsMissingGlyphs,
      let style = paragraph.stretches[0].style, !style.isUnderlined
    else { return nil }
    let end = paragraph.segments[0].end
    guard paragraph.inkEnd(from: 0, to: end) == end else { return nil }
    let scale = style.scale(face)
    let spacing = style.letterSpacing
    let target = DecimalPlace.find(in: paragraph.text, 0..<end, paragraph.language)
    var decimal: Double?
    var (units, extra) = (0, 0.0)
    let glyphs = [Glyph](unsafeUninitializedCapacity: shaped.glyphs.count) { glyphs, filled in
      guard let base = glyphs.baseAddress else { return }
      for (index, glyph) in shaped.glyphs.enumerated() {
        let x = Double(units) * scale + extra
        if let target, decimal == nil, Int(glyph.cluster) == target { decimal = x }
        (base + index).initialize(to: Glyph(id: glyph.id, x: x + Double(glyph.x) * scale, y: -Double(glyph.y) * scale))
        units += Int(glyph.advance)
        if spacing != 0, index + 1 == shaped.glyphs.count || shaped.glyphs[index + 1].cluster != glyph.cluster { extra += spacing }
      }
      filled = shaped.glyphs.count
    }
    let advance = Double(units) * scale + extra
    func clusters() -> [Cluster] {
      if shaped.isOneToOne { return LinePlacement.ones(glyphs.count) }
      return LinePlacement.clusters([
        Piece(
          start: 0, end: end, level: 0, stretch: 0, style: style, face: face, shaped: shaped, origin: 0, glyphs: 0..<glyphs.count,
          width: advance)
      ])
    }
    let run = GlyphRun(
      font: face.id, size: Length(style.size), glyphs: glyphs, clusters: clusters(),
      text: paragraph.stretches[0].original ?? String(decoding: paragraph.text, as: UTF8.self), isRightToLeft: false,
      advance: Length(max(0, advance)))
    return TextLine(
      items: [PlacedItem(at: Point(x: .zero, y: Length(style.baseline - style.rise)), item: .run(run, style.color))],
      height: Length(style.lineHeight), baseline: Length(style.baseline), start: .zero, width: Length(advance),
      decimal: Length(decimal ?? advance), end: paragraph.position(of: end), isLast: true)
  }

  /// The left end of text `ink` wide.
  static func left(ink: Double, indent: Double, width: Double, alignment: TextAlignment, isRightToLeft: Bool) -> Double {
    guard width.isFinite else { return isRightToLeft ? 0 : indent }
    let room = width - indent - ink
    let fromStart: Double =
      switch alignment {
      case .start, .justify: 0
      case .end, .decimal: room
      case .center: room / 2
      }
    return isRightToLeft ? width - indent - fromStart - ink : indent + fromStart
  }

  /// Lays the parts between tabs out one by one: each is ordered by itself (UAX #9, L1: a tab has the paragraph's level).
  private func placeFields(
    _ extent: LineExtent, _ paragraph: Paragraph, indent: Double, width: Double, _ placement: inout LinePlacement
  ) {
    let last = extent.tabs.last.map { $0.offset + 1 } ?? extent.start
    placement.find(
      DecimalPlace.find(in: paragraph.text, last..<extent.end, paragraph.language)
        ?? DecimalPlace.find(in: paragraph.text, extent.start..<extent.end, paragraph.language))
    var from = extent.start
    var pen = indent
    for index in 0...extent.tabs.count {
      let tab = index < extent.tabs.count ? extent.tabs[index] : nil
      let end = tab?.offset ?? extent.end
      let pieces = pieces(from..<end, hasHyphen: tab == nil && extent.hasHyphen, of: paragraph)
      let ink = pieces.reduce(0) { $0 + ($1.isHanging ? 0 : $1.width) }
      let hanging = pieces.reduce(0) { $0 + ($1.isHanging ? $1.width : 0) }
      if !pieces.isEmpty {
        let isMirrored = paragraph.isRightToLeft && width.isFinite
        placement.place(pieces, inkLeft: isMirrored ? width - pen - ink : pen, spaceStretch: 0)
      }
      guard let tab else { break }
      addLeader(tab, paragraph, from: pen + ink + hanging, width: width, &placement)
      pen = tab.textStart
      from = tab.offset + 1
    }
  }

  /// Repeats a tab's leader over the way it spans, a space's width kept free at either end, the marks of all lines one below the other. As text
  /// it stands for one space.
  private func addLeader(
    _ tab: (offset: Int, textStart: Double), _ paragraph: Paragraph, from: Double, width: Double, _ placement: inout LinePlacement
  ) {
    let stretch = paragraph.stretches[paragraph.firstStretch(endingAfter: tab.offset)]
    guard let leader = stretch.leader, !leader.isEmpty, let style = stretch.style, let face = style.faces.first else { return }
    let shaped = shape(leader, style, face, paragraph.language)
    let step = Double(shaped.width) * style.scale(face) + Double(shaped.clusterCount) * style.letterSpacing
    let gap = spaceWidth(style, paragraph.language)
    guard step > 0, from.isFinite, tab.textStart.isFinite else { return }
    let first = ((from + gap) / step).rounded(.up)
    let count = Int((((tab.textStart - gap) / step).rounded(.down) - first).clamped(to: 0...Double(LineBuilder.maximumLeaderMarks)))
    guard count > 0 else { return }
    let scale = style.scale(face)
    var glyphs: [Glyph] = []
    for mark in 0..<count {
      var pen = Double(mark) * step
      for glyph in shaped.glyphs {
        glyphs.append(Glyph(id: glyph.id, x: pen + Double(glyph.x) * scale, y: -Double(glyph.y) * scale))
        pen += Double(glyph.advance) * scale
      }
    }
    let run = GlyphRun(
      font: face.id, size: Length(style.size), glyphs: glyphs, clusters: [Cluster(bytes: 1, glyphs: glyphs.count)], text: " ",
      isRightToLeft: false, advance: Length(Double(count) * step))
    let left = paragraph.isRightToLeft && width.isFinite ? width - (first + Double(count)) * step : first * step
    placement.add(run, style: style, at: left)
  }

  /// More leader marks than this stand on no page.
  ///
  /// - Stops: a leader of hair-thin dots over a giant paper.
  static let maximumLeaderMarks = 2_000

  /// Height and baseline after the style with the greatest line height, the larger type where two have the same.
  ///
  /// A picture that reaches beyond makes the line as much higher as it must, above the baseline or below.
  private func metrics(_ extent: LineExtent, _ paragraph: Paragraph) -> (height: Length, baseline: Double, plainHeight: Length?) {
    var style = paragraph.onlyStyle
    if style == nil {
      for stretch in paragraph.stretches[paragraph.firstStretch(endingAfter: extent.start)...] {
        guard stretch.start < extent.end else { break }
        guard let other = stretch.style else { continue }
        if let found = style, (found.lineHeight, found.size) >= (other.lineHeight, other.size) { continue }
        style = other
      }
    }
    let found = style ?? paragraph.style
    let plain = Length(found.lineHeight)
    guard paragraph.hasPictures else { return (plain, found.baseline, nil) }
    let foot = found.lineHeight - found.baseline
    var (above, below) = (found.baseline, foot)
    for stretch in paragraph.stretches[paragraph.firstStretch(endingAfter: extent.start)...] {
      guard stretch.start < extent.end else { break }
      guard let picture = stretch.picture, let style = stretch.style else { continue }
      let top = style.top(of: picture)
      // What reaches beyond by a rounding error does not.
      if top > above + Length.slack.points { above = top }
      let depth = picture.size.height.points - top
      if depth > below + Length.slack.points { below = depth }
    }
    guard above > found.baseline || below > foot else { return (plain, found.baseline, nil) }
    return (Length(above + below), above, plain)
  }
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}

extension LineBuilder.Piece {
  /// What keeps it apart from what follows, at the paragraph's level.
  func barrier(_ base: UInt8) -> LineBuilder.Piece {
    var barrier = self
    (barrier.isBarrier, barrier.level, barrier.start, barrier.width, barrier.glyphs) = (true, base, end, 0, 0..<0)
    barrier.picture = nil
    return barrier
  }
}
