internal import Geometry
internal import Layout
internal import Vocabulary

/// Where a line begins and ends.
struct LineExtent {
  /// Byte offsets into the paragraph's text; the white space that hangs is within, a forced line end is not.
  var start: Int
  var end: Int
  /// Where the next line begins.
  var next: Int
  /// Whether a hyphen ends it.
  var hasHyphen = false
  /// Whether a forced break or the paragraph's end follows.
  var isLast = false
  /// Whether it ends inside a word that is wider than the measure.
  var isCut = false
  /// How it parts a token.
  var tokenBreak: TokenBreak?
  /// The tabs on it: the offset of the tab and where the text behind it begins, from the start edge of the measure.
  var tabs: [(offset: Int, textStart: Double)] = []
  /// The first tab whose own stop was passed by the text before it: its offset, and how far that text reached.
  var passed: (offset: Int, stop: PassedStop)?
}

/// Fills lines one after the other, each as full as it goes (CSS Text 3, 5: break at the last opportunity that fits).
struct LineBreaker {
  let paragraph: Paragraph
  let units: [Paragraph.Unit]
  let width: Double
  let isJustified: Bool
  /// Shapes the end of a line anew where it must be, to know its true width.
  let builder: LineBuilder

  /// How much a justified line's word spaces may give way.
  static let leastSpace = 0.8

  /// All lines from a byte offset on.
  func lines(from start: Int) -> [LineExtent] {
    var lines: [LineExtent] = []
    var unit = firstUnit(at: start)
    if unit >= units.count {
      return [LineExtent(start: paragraph.text.count, end: paragraph.text.count, next: paragraph.text.count, isLast: true)]
    }
    var isFirst = start == 0
    while unit < units.count {
      let (extent, next) = line(from: unit, isFirst: isFirst)
      lines.append(extent)
      unit = max(next, unit + 1)
      isFirst = false
    }
    return lines
  }

  private func firstUnit(at offset: Int) -> Int {
    var (low, high) = (0, units.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(units[middle].start) >= offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func style(of unit: Paragraph.Unit) -> SetterStyle? {
    paragraph.stretches[paragraph.segments[Int(unit.segment)].stretch].style
  }

  private func line(from first: Int, isFirst: Bool) -> (LineExtent, next: Int) {
    let indent = isFirst ? paragraph.firstLineIndent : paragraph.hangingIndent
    var (extent, next) = fill(from: first, before: units.count, indent: indent)
    // An end that cuts into kerning or a ligature is shaped anew; where that makes the line too wide, an earlier end is taken.
    while next < units.count, !extent.isLast, extent.tabs.isEmpty, units[next].flags.contains(.isUnsafe),
      builder.measure(extent, of: paragraph, isJustified: isJustified) > width - indent + Length.slack.points
    {
      let (other, earlier) = fill(from: first, before: next, indent: indent)
      if earlier < next {
        (extent, next) = (other, earlier)
      } else if units[next].flags.contains(.token), next - 1 > first {
        (extent, next) = end(other, nil, at: next - 1, first)
      } else if !units[next].flags.contains(.opportunity), next - 1 > first {
        // A word is being broken anyway: one cluster less.
        (extent, next) = end(other, (next - 1, false), at: next - 1, first)
      } else {
        break
      }
    }
    return (extent, next)
  }

  /// Fills one line from a unit on; where it does not reach the end, it ends before unit `limit`.
  private func fill(from first: Int, before limit: Int, indent: Double) -> (LineExtent, next: Int) {
    let start = Int(units[first].start)
    let room = width + Length.slack.points
    var pen = indent
    var spaces = 0.0
    var extent = LineExtent(start: start, end: start, next: start)
    var best: (unit: Int, hasHyphen: Bool)?
    var index = first
    while index < units.count {
      let unit = units[index]
      if unit.flags.contains(.lineBreak) {
        (extent.end, extent.next, extent.isLast) = (Int(unit.start), Int(unit.end), true)
        return (extent, index + 1)
      }
      if index > first, unit.flags.contains(.opportunity), index < limit {
        if !unit.flags.contains(.hyphen) {
          best = (index, false)
        } else if pen + hyphenWidth(before: index) <= room {
          best = (index, true)
        }
      }
      if index == limit { return end(extent, best, at: index, first) }
      if unit.flags.contains(.tab) {
        let (textStart, passed) = tabTarget(at: index, pen: pen, ordinal: extent.tabs.count)
        if textStart > room, index > first { return end(extent, best, at: index, first) }
        // On a line that begins inside the paragraph's text nobody can say which stop a tab was meant for.
        let isFirstLine = first == 0 || units[first - 1].flags.contains(.lineBreak)
        if isFirstLine, extent.passed == nil { extent.passed = passed.map { (Int(unit.start), $0) } }
        extent.tabs.append((Int(unit.start), textStart))
        pen = textStart
      } else {
        let give = isJustified ? spaces * (1 - LineBreaker.leastSpace) : 0
        if !unit.flags.contains(.space), pen + unit.advance - give > room, index > first { return end(extent, best, at: index, first) }
        pen += unit.advance
        if unit.flags.contains(.space) { spaces += unit.advance }
      }
      index += 1
    }
    (extent.end, extent.next, extent.isLast) = (paragraph.text.count, paragraph.text.count, true)
    return (extent, units.count)
  }

  /// Ends a line at the best opportunity, or, where a word is wider than the line, between clusters.
  private func end(_ extent: LineExtent, _ best: (unit: Int, hasHyphen: Bool)?, at index: Int, _ first: Int) -> (LineExtent, next: Int) {
    var extent = extent
    // A tab leads to what follows: where that is a token too wide for the line, it begins behind the tab and ends at a joint.
    if let found = best?.unit, let joint = joint(behindTab: found, before: index) { return end(extent, nil, at: joint, first) }
    let next = best?.unit ?? emergency(before: max(index, first + 1), first)
    let offset = next < units.count ? Int(units[next].start) : paragraph.text.count
    extent.end = offset
    extent.next = offset
    extent.hasHyphen = best?.hasHyphen ?? false
    extent.isCut =
      best == nil && next < units.count && units[next].flags.isDisjoint(with: [.opportunity, .lineBreak, .tab, .space]) && !isSeam(next)
    if best == nil, next < units.count, units[next].flags.contains(.token) {
      let flags = units[next].flags
      if flags.contains(.joint) {
        (extent.isCut, extent.tokenBreak) = (false, flags.contains(.group) ? .groups : nil)
        // The no-break space between two groups belongs to neither line.
        let before = units[next - 1]
        if paragraph.isFixedSpace(Int(before.start)..<Int(before.end)), Int(before.start) > extent.start { extent.end = Int(before.start) }
      } else {
        (extent.isCut, extent.tokenBreak) = (true, flags.contains(.loose) ? .loosely : .torn)
      }
    }
    extent.tabs.removeAll { $0.offset >= offset }
    if let passed = extent.passed, passed.offset >= offset { extent.passed = nil }
    return (extent, next)
  }

  /// Where, up to unit `index`, a token behind a tab is parted that no line of its own would hold: at its last joint; `nil` for all else.
  private func joint(behindTab opportunity: Int, before index: Int) -> Int? {
    guard !paragraph.tokens.isEmpty, index > opportunity, index < units.count, units[index].flags.contains(.token) else { return nil }
    // The break is before the tab or behind it.
    let tab = units[opportunity].flags.contains(.tab) || opportunity == 0 ? opportunity : opportunity - 1
    guard units[tab].flags.contains(.tab), index > tab + 1 else { return nil }
    let joint = (tab + 2...index).last { units[$0].flags.contains(.joint) && !units[$0].flags.contains(.group) } ?? index
    var length = 0.0
    for (place, unit) in units[(tab + 1)...].enumerated() {
      if place > 0, !unit.flags.isDisjoint(with: [.opportunity, .lineBreak, .tab]) { break }
      length += unit.advance
    }
    return length > width - paragraph.hangingIndent ? joint : nil
  }

  /// Where a line ends that has no opportunity, at unit `index` at the latest: outside tokens or at a joint of one if it can be.
  private func emergency(before index: Int, _ first: Int) -> Int {
    guard index < units.count, units[index].flags.contains(.token) else { return seam(before: index, first) }
    var place = index
    while place > first, place < units.count {
      let flags = units[place].flags
      if !flags.contains(.token) || flags.contains(.joint) { return place }
      place -= 1
    }
    return index
  }

  /// The last seam of a word in the second half of its line; `index` where it has none. A line that ends earlier would look unfinished.
  private func seam(before index: Int, _ first: Int) -> Int {
    var place = index
    while place > first + (index - first) / 2 {
      if isSeam(place) { return place }
      place -= 1
    }
    return index
  }

  /// Whether a line that ends before the unit parts a word at a seam, as people part web addresses and long names of things: behind a sign,
  /// though never inside a number.
  private func isSeam(_ index: Int) -> Bool {
    guard index > 0, index < units.count, !units[index].flags.contains(.token) else { return false }
    return paragraph.isSeam(before: Int(units[index].start))
  }

  private func hyphenWidth(before index: Int) -> Double {
    guard let style = style(of: units[index - 1]) else { return 0 }
    return builder.hyphenWidth(style, paragraph.language)
  }

  // MARK: Tabs

  /// Where the text behind a tab begins, from the start edge: at the first stop beyond the pen that leaves room for the text, else a space away.
  ///
  /// Also, where that is not the stop of the line's tab of that number, how far the text reaches beyond its stop.
  private func tabTarget(at index: Int, pen: Double, ordinal: Int) -> (Double, PassedStop?) {
    let field = fieldMeasure(after: index)
    let stops = paragraph.tabs.map { (position: position(of: $0.position), alignment: $0.alignment) }.sorted { $0.position < $1.position }
    var passed: PassedStop?
    for (number, stop) in stops.enumerated() {
      let start =
        switch stop.alignment {
        case .start, .justify: stop.position
        case .end: stop.position - field.width
        case .center: stop.position - field.width / 2
        case .decimal: stop.position - field.decimal
        }
      if stop.position > pen + Length.slack.points, start + Length.slack.points >= pen {
        return (max(start, pen), number > ordinal ? passed : nil)
      }
      if number == ordinal { passed = PassedStop(reached: Length(stop.position + pen - start), stop: Length(stop.position)) }
    }
    return (pen + (style(of: units[index]).map { builder.spaceWidth($0, paragraph.language) } ?? 0), passed)
  }

  private func position(of stop: TabStop.Position) -> Double {
    switch stop {
    case .fixed(let length): length.points
    case .end: width.isFinite ? width : 0
    case .share(let share): width.isFinite ? width * share : 0
    }
  }

  /// The width of the text up to the next tab, forced break or end, and the way to its decimal separator.
  private func fieldMeasure(after index: Int) -> (width: Double, decimal: Double) {
    var (pen, ink) = (0.0, 0.0)
    var end = index + 1
    while end < units.count, units[end].flags.isDisjoint(with: [.tab, .lineBreak]) {
      pen += units[end].advance
      if !units[end].flags.contains(.space) { ink = pen }
      end += 1
    }
    guard end > index + 1 else { return (0, 0) }
    let range = Int(units[index + 1].start)..<Int(units[end - 1].end)
    guard let target = DecimalPlace.find(in: paragraph.text, range, paragraph.language) else { return (ink, ink) }
    var decimal = 0.0
    for unit in units[(index + 1)..<end] where Int(unit.start) < target { decimal += unit.advance }
    return (ink, decimal)
  }

  /// The tokens' widths: on one line where they should stand on one, and by parts that cannot be parted.
  func tokenWidths() -> TokenWidths {
    var result = TokenWidths.zero
    for token in paragraph.tokens {
      let end = paragraph.offset(of: token.end)
      var index = firstUnit(at: paragraph.offset(of: token.start))
      var (whole, part, wholeInk, partInk, widest) = (0.0, 0.0, 0.0, 0.0, 0.0)
      var isFirst = true
      while index < units.count, Int(units[index].start) < end {
        let unit = units[index]
        if !isFirst, !unit.flags.isDisjoint(with: [.opportunity, .joint]) {
          widest = max(widest, partInk)
          (part, partInk) = (0, 0)
        }
        isFirst = false
        whole += unit.advance
        part += unit.advance
        if !unit.flags.contains(.space) { (wholeInk, partInk) = (whole, part) }
        index += 1
      }
      widest = max(widest, partInk)
      result.part = max(result.part, Length(widest))
      if token.isFirm { result.firmPart = max(result.firmPart, Length(widest)) }
      result.whole = max(result.whole, Length(token.kind == .identifier ? widest : wholeInk))
    }
    let indent = Length(max(0, paragraph.firstLineIndent, paragraph.hangingIndent))
    return TokenWidths(whole: result.whole + indent, part: result.part + indent, firmPart: result.firmPart + indent)
  }

  /// The widest word, a token counted by its words, and the widest line when nothing is broken.
  func widths() -> WidthRange {
    var (minimum, maximum) = (0.0, 0.0)
    var (part, line, partInk, lineInk) = (0.0, 0.0, 0.0, 0.0)
    let indent = max(0, paragraph.firstLineIndent, paragraph.hangingIndent)
    var lineIndent = paragraph.firstLineIndent
    for (index, unit) in units.enumerated() {
      if !unit.flags.isDisjoint(with: [.opportunity, .former, .lineBreak]) {
        if unit.flags.contains(.hyphen), index > 0 { partInk += hyphenWidth(before: index) }
        minimum = max(minimum, partInk)
        (part, partInk) = (0, 0)
      }
      if unit.flags.contains(.lineBreak) {
        maximum = max(maximum, lineIndent + lineInk)
        (line, lineInk) = (0, 0)
        lineIndent = paragraph.hangingIndent
        continue
      }
      let advance = unit.flags.contains(.tab) ? style(of: unit).map { builder.spaceWidth($0, paragraph.language) } ?? 0 : unit.advance
      part += advance
      line += advance
      if !unit.flags.contains(.space) { (partInk, lineInk) = (part, line) }
    }
    minimum = max(minimum, partInk)
    maximum = max(maximum, lineIndent + lineInk)
    return WidthRange(minimum: Length(minimum + indent), maximum: Length(max(maximum, minimum + indent)))
  }
}

/// Where the number of a line has its decimal separator.
enum DecimalPlace {
  /// The offset of the decimal separator of the last number in `range`, or the offset behind its last digit; `nil` where there is no digit.
  static func find(in text: [UInt8], _ range: Range<Int>, _ language: SetterLanguage) -> Int? {
    text.withUnsafeBufferPointer { bytes in
      guard let last = lastDigit(in: bytes, range) else { return nil }
      var index = last.lowerBound
      // Leftwards over the digits and the separators between them.
      while index > range.lowerBound {
        if let digit = digit(endingAt: index, in: bytes, range.lowerBound) {
          index = digit.lowerBound
          continue
        }
        if ends(bytes, at: index, with: language.decimalSeparator, from: range.lowerBound) {
          let separator = index - language.decimalSeparator.count
          if digit(endingAt: separator, in: bytes, range.lowerBound) != nil { return separator }
        }
        break
      }
      return last.upperBound
    }
  }

  private static func lastDigit(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var end = range.upperBound
    while end > range.lowerBound {
      if let digit = digit(endingAt: end, in: bytes, range.lowerBound) { return digit }
      end -= 1
    }
    return nil
  }

  /// An ASCII, Arabic-Indic (U+0660…) or Eastern Arabic-Indic (U+06F0…) digit that ends before `end`; the digits of other scripts in three bytes.
  private static func digit(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Range<Int>? {
    guard end > start else { return nil }
    let last = bytes[end - 1]
    if last >= 0x30, last <= 0x39 { return end - 1..<end }
    guard last >= 0x80, end - start >= 2 else { return nil }
    let before = bytes[end - 2]
    if before == 0xD9, (0xA0...0xA9).contains(last) { return end - 2..<end }
    if before == 0xDB, (0xB0...0xB9).contains(last) { return end - 2..<end }
    guard end - start >= 3, bytes[end - 3] & 0xF0 == 0xE0 else { return nil }
    let value = UInt32(bytes[end - 3] & 0x0F) << 12 | UInt32(before & 0x3F) << 6 | UInt32(last & 0x3F)
    guard let scalar = Unicode.Scalar(value), scalar.properties.numericType == .decimal else { return nil }
    return end - 3..<end
  }

  private static func ends(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int, with suffix: [UInt8], from start: Int) -> Bool {
    guard !suffix.isEmpty, end - start > suffix.count else { return false }
    for index in suffix.indices where bytes[end - suffix.count + index] != suffix[index] { return false }
    return true
  }
}
