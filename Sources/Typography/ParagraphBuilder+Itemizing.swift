internal import CHarfBuzz
internal import CICU
internal import Layout

extension ParagraphBuilder {
  /// Appends the segments of a span: stretches of one face, script and level.
  func itemize(
    _ stretch: Paragraph.Stretch, _ index: Int, _ text: [UInt8], _ levels: [UInt8]?, _ offsets: [Int32]?,
    _ style: SetterStyle, _ language: SetterLanguage, into segments: inout [Paragraph.Segment]
  ) {
    let level = { (byte: Int) -> UInt8 in
      guard let levels else { return 0 }
      return levels[offsets.map { Int($0[byte]) } ?? byte]
    }
    let first = level(stretch.start)
    let scan = stretch.scan
    let hasOneLevel = levels == nil || (stretch.start..<stretch.end).allSatisfy { level($0) == first }
    if hasOneLevel, scan.isPlain, let face = style.faces.first, covers(face, text, stretch.start..<stretch.end, scan) {
      segments.append(
        Paragraph.Segment(
          start: stretch.start, end: stretch.end, stretch: index, level: first, face: face, script: script(of: scan, language)))
      return
    }
    itemizeByCluster(stretch, index, text, level, style, language, into: &segments)
  }

  /// The script of plain text: the one it has letters of, else the language's.
  func script(of scan: SpanScan, _ language: SetterLanguage) -> hb_script_t {
    if scan.contains(.latin) { return HB_SCRIPT_LATIN }
    if scan.contains(.cyrillic) { return HB_SCRIPT_CYRILLIC }
    if scan.contains(.greek) { return HB_SCRIPT_GREEK }
    return language.script
  }

  /// Whether a face has every character of a stretch.
  func covers(_ face: ShapingFace, _ text: [UInt8], _ range: Range<Int>, _ scan: SpanScan) -> Bool {
    text.withUnsafeBufferPointer { bytes in
      var index = range.lowerBound
      while index < range.upperBound {
        let (scalar, length) = SpanScan.decode(bytes, at: index)
        guard face.covers(scalar) else { return false }
        index += length
      }
      return true
    }
  }

  private func itemizeByCluster(
    _ stretch: Paragraph.Stretch, _ index: Int, _ text: [UInt8], _ level: (Int) -> UInt8, _ style: SetterStyle, _ language: SetterLanguage,
    into segments: inout [Paragraph.Segment]
  ) {
    let bytes = Array(text[stretch.start..<stretch.end])
    var (boundaries, scripts) = clustersAndScripts(bytes)
    let common = HB_SCRIPT_COMMON.rawValue
    let region = language.region ?? ParagraphBuilder.region(of: scripts)
    var start = 0
    var current: Paragraph.Segment?
    var isSign = false
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, boundaries[end] == 0 { end += 1 }
      // A space behind a sign of another face is one of the text around it: in faces of pictures spaces are as wide as these.
      let previous = current.flatMap { open in
        open.form == .plain && (!isSign || style.faces.contains { $0 === open.face }) ? open.face : nil
      }
      let choice = choose(bytes, start..<end, style, region, previous: previous)
      if choice.form == .boxes, let parts = parts(bytes, start..<end, style, region) {
        // No face has all of it, as of a Latin letter with a Hebrew point, but faces have its characters: better in parts than not at all.
        for part in parts { boundaries[part] = 1 }
        continue
      }
      isSign = ParagraphBuilder.isSign(SpanScan.decode(bytes, at: start).scalar)
      let tag = choice.script ?? scripts[start]
      let script = tag == common || tag == 0 ? language.script : hb_script_from_iso15924_tag(tag)
      let level = level(stretch.start + start)
      if var open = current, open.face === choice.face, open.script == script, open.level == level, open.form == choice.form {
        open.end = stretch.start + end
        current = open
      } else {
        if let current { segments.append(current) }
        current = Paragraph.Segment(
          start: stretch.start + start, end: stretch.start + end, stretch: index, level: level, face: choice.face, script: script,
          form: choice.form)
      }
      start = end
    }
    if let current { segments.append(current) }
  }

  /// Whether a character is neither of a word nor a space.
  private static func isSign(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .otherSymbol, .mathSymbol, .modifierSymbol, .currencySymbol, .otherPunctuation, .otherNumber: true
    default: false
    }
  }

  /// Whose form Han characters have in a text whose language does not tell: kana and hangul stand with those of their own region.
  private static func region(of scripts: [UInt32]) -> FallbackOrder.Region {
    if scripts.contains(where: { $0 == HB_SCRIPT_HIRAGANA.rawValue || $0 == HB_SCRIPT_KATAKANA.rawValue }) { return .japan }
    return scripts.contains(HB_SCRIPT_HANGUL.rawValue) ? .korea : .mainland
  }

  /// Where grapheme clusters begin (non-zero) and each byte's script.
  func clustersAndScripts(_ bytes: [UInt8]) -> (boundaries: [UInt8], scripts: [UInt32]) {
    var boundaries = [UInt8](repeating: 0, count: bytes.count + 1)
    var scripts = [UInt32](repeating: 0, count: bytes.count)
    if cicu_text_set(icu, bytes, Int32(bytes.count)) {
      _ = cicu_text_mark_clusters(icu, &boundaries, 1)
      _ = cicu_text_scripts(icu, &scripts)
    }
    return (boundaries, scripts)
  }

  /// What a cluster is set with.
  private struct Choice {
    var face: ShapingFace?
    var form = Paragraph.Form.plain
    /// The script of what is set, where that is not the cluster itself.
    var script: UInt32?
  }

  /// The first face of the stack that has the whole cluster, as it stands, composed or decomposed; then the first of all others; then the same
  /// for the cluster's compatibility form; else boxes. Spaces stay with what precedes them, so that a foreign word or two is one run.
  private func choose(
    _ bytes: [UInt8], _ range: Range<Int>, _ style: SetterStyle, _ region: FallbackOrder.Region, previous: ShapingFace?
  ) -> Choice {
    let (scalar, length) = SpanScan.decode(bytes, at: range.lowerBound)
    if length == range.count, cicu_is_white_space(scalar), let previous, previous.covers(scalar) { return Choice(face: previous) }
    guard let first = style.faces.first else { return Choice() }
    let cluster = Array(bytes[range])
    if let face = style.faces.first(where: { covers($0, cluster: cluster, style) }) { return Choice(face: face) }
    let forms = [cluster] + [cicu_compose, cicu_decompose].compactMap { ParagraphBuilder.changed(cluster, $0) }
    for form in forms.dropFirst() {
      if let face = style.faces.first(where: { covers($0, cluster: form, style) }) { return Choice(face: face) }
    }
    for form in forms {
      if let face = style.fallback.face(for: ParagraphBuilder.scalars(of: form), region: region) { return Choice(face: face) }
    }
    if let form = ParagraphBuilder.compatible(cluster),
      let face = style.faces.first(where: { covers($0, cluster: form, style) })
        ?? style.fallback.face(for: ParagraphBuilder.scalars(of: form), region: region)
    {
      let script = clustersAndScripts(form).scripts.first { $0 != HB_SCRIPT_COMMON.rawValue && $0 != 0 }
      return Choice(face: face, form: .compatible, script: script)
    }
    // Boxes are drawn; the glyph in their place carries the text, and must not be seen.
    let face = style.faces.first { $0.blankGlyph != nil } ?? style.fallback.face(for: [0x20], region: region)
    return face?.blankGlyph == nil ? Choice(face: first) : Choice(face: face, form: .boxes)
  }

  /// Where a cluster can be parted so that faces have each part; `nil` where it cannot.
  private func parts(_ bytes: [UInt8], _ range: Range<Int>, _ style: SetterStyle, _ region: FallbackOrder.Region) -> [Int]? {
    var starts: [Int] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let (scalar, length) = SpanScan.decode(bytes, at: place)
      // What steers stays with what it stands behind.
      if starts.isEmpty || !cicu_is_default_ignorable(scalar) { starts.append(place) }
      place += length
    }
    guard starts.count > 1, starts.count <= ParagraphBuilder.mostParts else { return nil }
    for (start, end) in zip(starts, starts.dropFirst() + [range.upperBound]) {
      let choice = choose(bytes, start..<end, style, region, previous: nil)
      guard choice.face != nil, choice.form == .plain else { return nil }
    }
    return Array(starts.dropFirst())
  }

  /// The most parts a cluster is set in; letters bear a handful of marks.
  ///
  /// - Stops: a letter with thousands of marks, each looked for by itself.
  private static let mostParts = 40

  /// A cluster's compatibility form (NFKC), where it is another.
  static func compatible(_ cluster: [UInt8]) -> [UInt8]? { changed(cluster, cicu_compose_compatibly) }

  private static func scalars(of bytes: [UInt8]) -> [UInt32] { String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value) }

  private static func changed(
    _ cluster: [UInt8], _ change: (UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?, Int32) -> Int32
  ) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: 256)
    let length = cluster.withUnsafeBufferPointer { source in
      source.withMemoryRebound(to: CChar.self) { change($0.baseAddress, Int32($0.count), &buffer, 256) }
    }
    guard (1...256).contains(length) else { return nil }
    let result = buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
    return result == cluster ? nil : result
  }

  private func covers(_ face: ShapingFace, cluster: [UInt8], _ style: SetterStyle) -> Bool {
    var index = 0
    while index < cluster.count {
      let (scalar, length) = SpanScan.decode(cluster, at: index)
      if !face.covers(scalar), !cicu_is_default_ignorable(scalar) { return false }
      if FallbackFaces.isPrivate(scalar), !style.fallback.isOwn(face) { return false }
      index += length
    }
    return true
  }
}
