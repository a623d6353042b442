internal import CHarfBuzz
internal import CICU
internal import Geometry
internal import Layout

/// Makes paragraphs: normalises their text, finds script, face and bidi level of every part, and has it shaped.
///
/// Every span is itemised and shaped by itself, so that a word of the layout has the same glyphs whatever data stand beside it.
final class ParagraphBuilder {
  let icu: OpaquePointer?
  let shaper: Shaper
  private let words: WordShaper
  private let runKey = KeyBytes()
  private var runs: KeyedCache<KeptRun>

  /// Runs of data kept for paragraphs that mix them with the layout's words.
  ///
  /// - Stops: data without repetition, all of it kept.
  static let keptRuns = 8_000
  /// The most memory they take, in bytes, about.
  ///
  /// - Stops: the same by its size.
  static let keptRunCost = 6 << 20

  init(shaper: Shaper) {
    self.shaper = shaper
    words = WordShaper(shaper: shaper)
    icu = cicu_text_open()
    runs = KeyedCache(entries: ParagraphBuilder.keptRuns, cost: ParagraphBuilder.keptRunCost)
  }

  deinit { cicu_text_close(icu) }

  func removeAll() {
    runs.removeAll()
    words.removeAll()
  }

  /// U+FFFC in UTF-8.
  private static let objectReplacement: [UInt8] = [0xEF, 0xBF, 0xBC]

  /// Builds the paragraph of `content`, with `late` values filled in where they are known, to be kept under `key`.
  func paragraph(
    _ content: TextContent, late: LateValues?, key: KeyBytes?, styles: inout StyleTable, language: SetterLanguage
  ) -> Paragraph {
    if let plain = plain(content, key, &styles, language) { return plain }
    var text: [UInt8] = []
    var stretches: [Paragraph.Stretch] = []
    stretches.reserveCapacity(content.spans.count)
    var all = SpanScan()
    var linkStart = 0
    for span in content.spans {
      let start = text.count
      var stretch = Paragraph.Stretch(kind: .text, start: start, end: start, sourceStart: start)
      var original: String?
      switch span {
      case .text(let string, let style, let link, let isData):
        stretch.style = styles.find(style)
        stretch.link = link
        stretch.isIsolated = isData
        original = string
      case .late(let value, let style, let link):
        let found = styles.find(style)
        stretch.style = found
        stretch.link = link
        stretch.isIsolated = true
        original = late?.text(for: value) ?? widestNumber(found, language)
      case .tab(let leader, let style):
        stretch.kind = .tab
        stretch.style = styles.find(style)
        stretch.leader = leader
        text.append(0x09)
      case .lineBreak:
        stretch.kind = .lineBreak
        text.append(0x0A)
      case .picture(let picture, let style, let link):
        stretch.kind = .picture
        stretch.style = styles.find(style)
        stretch.link = link
        stretch.picture = picture
        text += ParagraphBuilder.objectReplacement
      }
      if var string = original {
        let scan = string.withUTF8 { SpanScan.copy($0, into: &text) }
        if scan.isDisjoint(with: [.steering, .changed]) { stretch.original = string }
        stretch.scan = scan
        all.formUnion(scan)
      }
      stretch.end = text.count
      if stretch.link != nil {
        // A forced line end within a link does not part it.
        let before = stretches.last { $0.kind != .lineBreak }
        if before?.link != stretch.link { linkStart = stretches.count }
        stretch.linkStart = linkStart
      }
      stretches.append(stretch)
    }
    let source = text
    let levels = levels(of: source, stretches, isRightToLeft: content.direction == .rightToLeft, all)
    var offsets: [Int32]?
    if all.contains(.steering) { offsets = ParagraphBuilder.withoutSteering(&text, &stretches) }

    var segments: [Paragraph.Segment] = []
    var missing: [MissingGlyph] = []
    for index in stretches.indices {
      let stretch = stretches[index]
      guard stretch.kind == .text else {
        let level = levels.map { $0[stretch.sourceStart] } ?? 0
        segments.append(
          Paragraph.Segment(start: stretch.start, end: stretch.end, stretch: index, level: level, face: nil, script: HB_SCRIPT_COMMON))
        continue
      }
      guard stretch.end > stretch.start, let style = stretch.style else { continue }
      let first = segments.count
      itemize(stretch, index, text, levels, offsets, style, language, into: &segments)
      for place in first..<segments.count {
        let segment = segments[place]
        guard let face = segment.face else {
          collectMissing(text, segment.start..<segment.end, style, &missing)
          continue
        }
        switch segment.form {
        case .plain:
          let shaped = shape(
            text, segment, face, style, language, isKept: stretches.count > 1, isData: stretch.isIsolated)
          if shaped.hasMissing { collectMissing(shaped, text, segment, style, &missing) }
          segments[place].shaped = shaped
        case .compatible:
          segments[place].shaped = shapeCompatible(text, segment, face, style, language)
          collectStandIns(text, segment.start..<segment.end, style, &missing)
        case .boxes:
          segments[place].shaped = boxes(text, segment, face)
          collectMissing(text, segment.start..<segment.end, style, &missing)
        }
      }
    }
    return Paragraph(
      key: key, text: text, sourceOffsets: offsets, source: offsets == nil ? nil : source, stretches: stretches, segments: segments,
      language: language, content: content, style: styles.find(content.style), missing: missing)
  }

  /// The paragraph of one span from left to right in one script that the style's first face has all of, such as a table's cell; `nil` for others.
  ///
  /// The same as all paragraphs are built, without what there is to decide of them.
  private func plain(_ content: TextContent, _ key: KeyBytes?, _ styles: inout StyleTable, _ language: SetterLanguage) -> Paragraph? {
    let spans = content.spans
    guard spans.count == 1, content.direction == .leftToRight, case .text(var string, let textStyle, let link, let isData) = spans[0] else {
      return nil
    }
    var text: [UInt8] = []
    let scan = string.withUTF8 { SpanScan.copy($0, into: &text) }
    guard !text.isEmpty, scan.isPlain, !scan.contains(.steering) else { return nil }
    let style = styles.find(textStyle)
    guard let face = style.faces.first, covers(face, text, text.indices, scan) else { return nil }
    let original = scan.contains(.changed) ? nil : string
    let script = script(of: scan, language)
    let shaped = text.withUnsafeBufferPointer {
      words.shape($0, Shaper.Setting(face: face, style: style, language: language, script: script))
    }
    let segments = [
      Paragraph.Segment(start: 0, end: text.count, stretch: 0, level: 0, face: face, script: script, shaped: shaped)
    ]
    var missing: [MissingGlyph] = []
    if shaped.hasMissing { collectMissing(shaped, text, segments[0], style, &missing) }
    let stretches = [
      Paragraph.Stretch(
        kind: .text, start: 0, end: text.count, style: style, original: original, link: link, isIsolated: isData, sourceStart: 0, scan: scan
      )
    ]
    return Paragraph(
      key: key, text: text, sourceOffsets: nil, source: nil, stretches: stretches, segments: segments, language: language, content: content,
      style: textStyle === content.style ? style : styles.find(content.style), missing: missing)
  }

  // MARK: Shaping

  private func shape(
    _ text: [UInt8], _ segment: Paragraph.Segment, _ face: ShapingFace, _ style: SetterStyle, _ language: SetterLanguage, isKept: Bool,
    isData: Bool
  ) -> ShapedText {
    text.withUnsafeBufferPointer { all in
      let bytes = UnsafeBufferPointer(rebasing: all[segment.start..<segment.end])
      let setting = Shaper.Setting(
        face: face, style: style, language: language, script: segment.script, isRightToLeft: segment.level & 1 == 1)
      guard isKept else { return words.shape(bytes, setting) }
      // In a paragraph of one span the paragraph itself is kept; here its parts are, as they return in others.
      runKey.clear()
      runKey.append(setting)
      runKey.append(UnsafeRawBufferPointer(bytes))
      runKey.finish()
      return runs.entry(for: runKey, isData: isData) {
        KeptRun(key: $0, shaped: words.shape(bytes, setting))
      }.shaped
    }
  }

  /// Three of the digit that is widest in the style's first face.
  private func widestNumber(_ style: SetterStyle, _ language: SetterLanguage) -> String {
    if let known = style.widestNumber { return known }
    var widest: (digit: String, width: Int) = ("0", -1)
    if let face = style.faces.first {
      for digit in 0...9 {
        var text = String(digit)
        let shaped = text.withUTF8 {
          shaper.shape($0, Shaper.Setting(face: face, style: style, language: language, script: language.script))
        }
        if shaped.width > widest.width { widest = (text, shaped.width) }
      }
    }
    let number = String(repeating: widest.digit, count: 3)
    style.widestNumber = number
    return number
  }

  // MARK: Analysis of the whole

  /// Bidi levels for each byte of the unshortened text; `nil` where all of it runs left to right.
  private func levels(
    of source: [UInt8], _ stretches: [Paragraph.Stretch], isRightToLeft: Bool, _ scan: SpanScan
  ) -> [UInt8]? {
    guard isRightToLeft || scan.contains(.rightToLeft), !source.isEmpty else { return nil }
    var isolates: [Int32] = []
    for stretch in stretches where stretch.isIsolated && stretch.end > stretch.start {
      isolates += [Int32(stretch.start), Int32(stretch.end)]
    }
    let base: UInt8 = isRightToLeft ? 1 : 0
    var levels = [UInt8](repeating: base, count: source.count)
    // A forced line end does not end the bidi paragraph: it is white space here.
    let spaced = stretches.contains { $0.kind == .lineBreak } ? source.map { $0 == 0x0A ? 0x20 : $0 } : source
    if cicu_text_set(icu, spaced, Int32(spaced.count)) {
      _ = cicu_text_levels(icu, base, isolates, Int32(isolates.count / 2), &levels)
    }
    return levels
  }

  /// Takes out the steering characters; gives the offset in the unshortened text of every byte left, and its length.
  private static func withoutSteering(_ text: inout [UInt8], _ stretches: inout [Paragraph.Stretch]) -> [Int32] {
    let source = text
    text.removeAll(keepingCapacity: true)
    var offsets: [Int32] = []
    offsets.reserveCapacity(source.count)
    for index in stretches.indices {
      let range = stretches[index].start..<stretches[index].end
      stretches[index].start = text.count
      var place = range.lowerBound
      while place < range.upperBound {
        let (scalar, length) = SpanScan.decode(source, at: place)
        if !SpanScan.isSteering(scalar) {
          for byte in place..<place + length {
            text.append(source[byte])
            offsets.append(Int32(byte))
          }
        }
        place += length
      }
      stretches[index].end = text.count
    }
    offsets.append(Int32(source.count))
    return offsets
  }

  // MARK: Missing glyphs

  /// The most clusters without a glyph that are named for one paragraph; text in a script without a face has thousands.
  ///
  /// - Stops: a text in a script without a font.
  static let namedMissing = 32

  /// The clusters of a segment that came out as glyph 0.
  private func collectMissing(
    _ shaped: ShapedText, _ text: [UInt8], _ segment: Paragraph.Segment, _ style: SetterStyle, _ missing: inout [MissingGlyph]
  ) {
    let step = shaped.isRightToLeft ? -1 : 1
    var index = shaped.isRightToLeft ? shaped.glyphs.count - 1 : 0
    while shaped.glyphs.indices.contains(index) {
      let start = Int(shaped.glyphs[index].cluster)
      var isMissing = false
      while shaped.glyphs.indices.contains(index), Int(shaped.glyphs[index].cluster) == start {
        isMissing = isMissing || shaped.glyphs[index].id == 0
        index += step
      }
      let end = shaped.glyphs.indices.contains(index) ? Int(shaped.glyphs[index].cluster) : shaped.byteCount
      if isMissing { note(text[segment.start + start..<segment.start + end], style, &missing) }
    }
  }

  /// All clusters of a stretch that no face has.
  private func collectMissing(_ text: [UInt8], _ range: Range<Int>, _ style: SetterStyle, _ missing: inout [MissingGlyph]) {
    for cluster in clusterRanges(text, range) { note(text[cluster], style, &missing) }
  }

  /// All clusters of a stretch that is set in compatibility forms.
  private func collectStandIns(_ text: [UInt8], _ range: Range<Int>, _ style: SetterStyle, _ missing: inout [MissingGlyph]) {
    for cluster in clusterRanges(text, range) {
      guard let form = ParagraphBuilder.compatible(Array(text[cluster])) else { continue }
      note(text[cluster], standIn: String(decoding: form, as: UTF8.self), style, &missing)
    }
  }

  private func note(_ cluster: ArraySlice<UInt8>, standIn: String? = nil, _ style: SetterStyle, _ missing: inout [MissingGlyph]) {
    // Each kind by itself: many stand-ins must not hide a character that is not there at all.
    guard missing.count(where: { ($0.standIn == nil) == (standIn == nil) }) < ParagraphBuilder.namedMissing else { return }
    let text = String(decoding: cluster, as: UTF8.self)
    guard !text.unicodeScalars.allSatisfy({ cicu_is_default_ignorable($0.value) || cicu_is_white_space($0.value) }) else { return }
    let glyph = MissingGlyph(cluster: text, families: style.families, standIn: standIn)
    if !missing.contains(glyph) { missing.append(glyph) }
  }
}
