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

  private func script(of scan: SpanScan, _ language: SetterLanguage) -> hb_script_t {
    if scan.contains(.latin) { return HB_SCRIPT_LATIN }
    if scan.contains(.cyrillic) { return HB_SCRIPT_CYRILLIC }
    if scan.contains(.greek) { return HB_SCRIPT_GREEK }
    return language.script
  }

  private func covers(_ face: ShapingFace, _ text: [UInt8], _ range: Range<Int>, _ scan: SpanScan) -> Bool {
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
    let (boundaries, scripts) = clustersAndScripts(bytes)
    let common = HB_SCRIPT_COMMON.rawValue
    var start = 0
    var current: Paragraph.Segment?
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, boundaries[end] == 0 { end += 1 }
      let face = chooseFace(bytes, start..<end, style, previous: current?.face)
      let script = scripts[start] == common || scripts[start] == 0 ? language.script : hb_script_from_iso15924_tag(scripts[start])
      let level = level(stretch.start + start)
      if var open = current, open.face === face, open.script == script, open.level == level {
        open.end = stretch.start + end
        current = open
      } else {
        if let current { segments.append(current) }
        current = Paragraph.Segment(
          start: stretch.start + start, end: stretch.start + end, stretch: index, level: level, face: face, script: script)
      }
      start = end
    }
    if let current { segments.append(current) }
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

  /// The first face of the stack that has the whole cluster, as it stands, composed or decomposed; the first of all where none has it. Spaces stay
  /// with what precedes them, so that a foreign word or two is one run.
  private func chooseFace(_ bytes: [UInt8], _ range: Range<Int>, _ style: SetterStyle, previous: ShapingFace?) -> ShapingFace? {
    let (scalar, length) = SpanScan.decode(bytes, at: range.lowerBound)
    if length == range.count, cicu_is_white_space(scalar), let previous, previous.covers(scalar) { return previous }
    guard style.faces.count > 1 else { return style.faces.first }
    let cluster = Array(bytes[range])
    if let face = style.faces.first(where: { covers($0, cluster: cluster) }) { return face }
    for change in [cicu_compose, cicu_decompose] {
      if let other = ParagraphBuilder.changed(cluster, change), let face = style.faces.first(where: { covers($0, cluster: other) }) {
        return face
      }
    }
    return style.faces.first
  }

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

  private func covers(_ face: ShapingFace, cluster: [UInt8]) -> Bool {
    var index = 0
    while index < cluster.count {
      let (scalar, length) = SpanScan.decode(cluster, at: index)
      if !face.covers(scalar), !cicu_is_default_ignorable(scalar) { return false }
      index += length
    }
    return true
  }
}
