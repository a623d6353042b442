internal import CICU
internal import Geometry
internal import Layout

extension ParagraphBuilder {
  /// The parts lines are made of.
  func units(of paragraph: Paragraph) -> [Paragraph.Unit] {
    var flags = lineFlags(paragraph)
    if !paragraph.tokens.isEmpty { protect(paragraph, &flags) }
    var units: [Paragraph.Unit] = []
    units.reserveCapacity(paragraph.text.count)
    for (index, segment) in paragraph.segments.enumerated() {
      let kind = paragraph.stretches[segment.stretch].kind
      guard kind == .text else {
        let unitFlags: Paragraph.UnitFlags =
          switch kind {
          case .tab: [.tab, .opportunity]
          case .text, .picture: Paragraph.UnitFlags(rawValue: flags[segment.start])
          case .lineBreak: .lineBreak
          }
        units.append(
          Paragraph.Unit(
            start: Int32(segment.start), end: Int32(segment.end), segment: Int32(index), flags: unitFlags,
            advance: paragraph.stretches[segment.stretch].picture?.size.width.points ?? 0))
        continue
      }
      guard let shaped = segment.shaped, let face = segment.face, let style = paragraph.stretches[segment.stretch].style else {
        units.append(
          Paragraph.Unit(
            start: Int32(segment.start), end: Int32(segment.end), segment: Int32(index),
            flags: Paragraph.UnitFlags(rawValue: flags[segment.start]), advance: 0))
        continue
      }
      let scale = style.scale(face)
      let glyphs = shaped.glyphs
      let step = shaped.isRightToLeft ? -1 : 1
      var glyph = shaped.isRightToLeft ? glyphs.count - 1 : 0
      while glyph >= 0, glyph < glyphs.count {
        let cluster = glyphs[glyph].cluster
        var (advance, isUnsafe) = (0, false)
        while glyph >= 0, glyph < glyphs.count, glyphs[glyph].cluster == cluster {
          advance += Int(glyphs[glyph].advance)
          isUnsafe = isUnsafe || glyphs[glyph].isUnsafe
          glyph += step
        }
        let start = segment.start + Int(cluster)
        let end = glyph >= 0 && glyph < glyphs.count ? segment.start + Int(glyphs[glyph].cluster) : segment.end
        append(
          start..<end, segment: index, width: Double(advance) * scale + style.letterSpacing, isUnsafe: isUnsafe && start > segment.start,
          flags, paragraph, into: &units)
      }
    }
    return units
  }

  /// Adds a cluster; one that holds several graphemes (a ligature) becomes as many parts, each an equal share of its width, to be shaped anew where
  /// a line ends between them.
  private func append(
    _ range: Range<Int>, segment: Int, width: Double, isUnsafe: Bool, _ flags: [UInt16], _ paragraph: Paragraph,
    into units: inout [Paragraph.Unit]
  ) {
    var starts = [range.lowerBound]
    if range.count > 1 {
      let text = paragraph.text
      let hasSeveralScalars = text[range].dropFirst().contains { $0 & 0xC0 != 0x80 }
      if hasSeveralScalars {
        let (boundaries, _) = clustersAndScripts(Array(text[range]))
        starts += (1..<range.count).filter { boundaries[$0] != 0 }.map { range.lowerBound + $0 }
      }
    }
    for (place, start) in starts.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1] : range.upperBound
      var unitFlags = Paragraph.UnitFlags(rawValue: flags[start])
      if isUnsafe || place > 0 { unitFlags.insert(.isUnsafe) }
      if paragraph.text[start] == 0x20 || (end - start == 3 && paragraph.isWideSpace(at: start)) { unitFlags.insert(.space) }
      // What keeps the groups of a token together hangs where they are parted after all.
      if end < flags.count, flags[end] & Paragraph.UnitFlags.joint.rawValue != 0, paragraph.isFixedSpace(start..<end) {
        unitFlags.insert(.space)
      }
      units.append(
        Paragraph.Unit(
          start: Int32(start), end: Int32(end), segment: Int32(segment), flags: unitFlags, advance: width / Double(starts.count)))
    }
  }

  /// By byte, whether a line may end before it (``Paragraph/UnitFlags/opportunity``), and then with a hyphen.
  private func lineFlags(_ paragraph: Paragraph) -> [UInt16] {
    let source = paragraph.source ?? paragraph.text
    var marks = [UInt8](repeating: 0, count: source.count + 1)
    if !source.isEmpty, cicu_text_set(icu, source, Int32(source.count)), let lines = paragraph.language.lines {
      _ = cicu_text_mark_lines(icu, lines, &marks, 1)
    }
    // UAX #14 allows a break between a minus and a currency sign (PR ÷ PR); an amount is never parted from its minus.
    for index in stride(from: 2, to: source.count, by: 1)
    where source[index] == 0x92 && source[index - 1] == 0x88 && source[index - 2] == 0xE2 {
      if index + 1 < source.count, source[index + 1] != 0x20 { marks[index + 1] = 0 }
    }
    var flags = marks.map { UInt16($0) & 1 }
    if let offsets = paragraph.sourceOffsets {
      flags = [UInt16](repeating: 0, count: paragraph.text.count + 1)
      var place = 0
      for byte in 0..<source.count where marks[byte] & 1 != 0 {
        while place < paragraph.text.count, Int(offsets[place]) < byte { place += 1 }
        let isSoftHyphen = byte >= 2 && source[byte - 2] == 0xC2 && source[byte - 1] == 0xAD
        flags[place] |= isSoftHyphen ? 3 : 1
      }
    }
    if paragraph.hyphenates { hyphenate(paragraph, &flags) }
    return flags
  }

  /// Adds the places where words may be parted.
  private func hyphenate(_ paragraph: Paragraph, _ flags: inout [UInt16]) {
    guard let dictionary = paragraph.language.dictionary else { return }
    for stretch in paragraph.stretches where stretch.kind == .text {
      var word: [UInt8] = []
      var start = stretch.start
      var place = stretch.start
      while place <= stretch.end {
        var letter: [UInt8]?
        var length = 1
        if place < stretch.end {
          let decoded = SpanScan.decode(paragraph.text, at: place)
          length = decoded.length
          if let scalar = Unicode.Scalar(decoded.scalar), scalar.properties.isAlphabetic {
            letter = Array(scalar.properties.lowercaseMapping.utf8)
            // Offsets into the word must be offsets into the text.
            if letter?.count != length { letter = Array(paragraph.text[place..<place + length]) }
          }
        }
        if let letter {
          if word.isEmpty { start = place }
          word += letter
        } else {
          if !word.isEmpty {
            for offset in dictionary.breaks(in: word) where flags[start + offset] == 0 { flags[start + offset] = 3 }
          }
          word.removeAll()
        }
        place += length
      }
    }
  }

  // MARK: Tokens

  /// Takes the places away where lines must not end within tokens, and marks those where they may in need.
  private func protect(_ paragraph: Paragraph, _ flags: inout [UInt16]) {
    typealias Flags = Paragraph.UnitFlags
    let text = paragraph.text
    for token in paragraph.tokens {
      let (start, end) = (paragraph.offset(of: token.start), min(paragraph.offset(of: token.end), text.count))
      guard end > start + 1 else { continue }
      for place in (start + 1)..<end where text[place] & 0xC0 != 0x80 {
        let isOpportunity = flags[place] & Flags.opportunity.rawValue != 0
        let after = paragraph.joint(before: place)
        var inside: Flags = token.isFirm ? .token : [.token, .loose]
        if isOpportunity { inside.insert(.former) }
        switch token.kind {
        case .whole: flags[place] = inside.rawValue
        case .groups:
          if isOpportunity, after == .space {
            flags[place] = Flags.opportunity.rawValue
          } else {
            flags[place] = (after == .none || after == .foreign ? inside : inside.union([.joint, .group])).rawValue
          }
        case .identifier:
          if isOpportunity, after == .space || after == .mark || after == .foreign {
            flags[place] = Flags.opportunity.rawValue
          } else {
            flags[place] = (after == .mark || after == .fixedSpace ? inside.union(.joint) : inside).rawValue
          }
        }
      }
    }
  }
}

extension Paragraph {
  /// What stands before a place within a token.
  enum Joint {
    /// Letters, digits: no joint.
    case none
    /// White space, after which lines end.
    case space
    /// A no-break space between groups.
    case fixedSpace
    /// One of `- / . _ : @`.
    case mark
    /// Some other sign.
    case sign
    /// A character outside ASCII, before or behind: other scripts have their own rules.
    case foreign
  }

  /// The joint that ends before byte `place`, which begins a character.
  func joint(before place: Int) -> Joint {
    let (last, next) = (text[place - 1], text[place])
    if last == 0x20 || (place >= 3 && isWideSpace(at: place - 3)) { return .space }
    if next == 0x20 { return .none }
    if place >= 2, isFixedSpace(place - 2..<place) || (place >= 3 && isFixedSpace(place - 3..<place)) { return .fixedSpace }
    // Of several marks in a row the line ends after the last.
    let isLast = !Self.isMark(next)
    if Self.isMark(last) { return isLast ? .mark : .none }
    if last >= 0x80 || next >= 0x80 { return isFixedSpace(at: place) ? .none : .foreign }
    let isWord = (last | 0x20 >= 0x61 && last | 0x20 <= 0x7A) || (last >= 0x30 && last <= 0x39)
    let isNextWord = (next | 0x20 >= 0x61 && next | 0x20 <= 0x7A) || (next >= 0x30 && next <= 0x39)
    return isWord || !isNextWord ? .none : .sign
  }

  /// Whether a word that is too wide for its line may end one before byte `place`, which begins a character: behind a sign, but not between
  /// digits, where a part would be taken for the number.
  func isSeam(before place: Int) -> Bool {
    guard place > 1, place < text.count else { return false }
    let (last, next) = (text[place - 1], text[place])
    guard Self.isMark(last) || "#?&=,;+%|~".utf8.contains(last), !Self.isMark(next), next != last else { return false }
    return !(Self.isDigit(next) && Self.isDigit(text[place - 2]))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isMark(_ byte: UInt8) -> Bool { "-/._:@".utf8.contains(byte) }

  private func isFixedSpace(at place: Int) -> Bool { isFixedSpace(place..<place + 2) || isFixedSpace(place..<place + 3) }

  /// Whether the bytes are a no-break space, U+00A0 or U+202F.
  func isFixedSpace(_ range: Range<Int>) -> Bool {
    guard range.upperBound <= text.count else { return false }
    switch range.count {
    case 2: return text[range.lowerBound] == 0xC2 && text[range.lowerBound + 1] == 0xA0
    case 3: return text[range.lowerBound] == 0xE2 && text[range.lowerBound + 1] == 0x80 && text[range.lowerBound + 2] == 0xAF
    default: return false
    }
  }
}
