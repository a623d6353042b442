import Geometry
import Layout
import Vocabulary

/// A text setter without fonts: every character is a square of the type size. Lines break at spaces; a word wider than the line is broken
/// anywhere, a token first after its joints. A late value is as wide as three digits; its real text takes that place afterwards.
final class SquareSetter: TextSetter {
  /// How many lines were set: the measure of work in tests of linear time.
  private(set) var linesSet = 0
  private(set) var calls = 0
  /// How often widths were asked for, each time a look at a whole paragraph.
  private(set) var widthsAsked = 0
  /// Whether lines say that they end inside a plain word, as the program's setter does; else only where they part a token.
  var tellsCutWords = false
  /// Characters without a glyph.
  var missing: Set<Character> = []
  private var met: [MissingGlyph] = []

  private struct Unit {
    var character: Character
    var style: TextStyle
    var position: TextPosition
    var isBreak = false
    /// The token it stands in.
    var token: Token?
    /// Whether a line may end before it if nothing else goes.
    var mayEndBefore = true
  }

  private func units(_ content: TextContent, from start: TextPosition = .start, late: LateValues? = nil) -> [Unit] {
    var units: [Unit] = []
    for (index, span) in content.spans.enumerated() where index >= start.span {
      var offset = 0
      let text: String
      let style: TextStyle
      switch span {
      case .text(let string, let own, _, _): (text, style) = (string, own)
      case .late(let value, let own, _): (text, style) = (late?.text(for: value) ?? "000", own)
      case .tab(_, let own): (text, style) = (" ", own)
      case .picture(_, let own, _): (text, style) = ("\u{FFFC}", own)
      case .lineBreak:
        if index > start.span || start.offset == 0 {
          units.append(Unit(character: "\n", style: content.style, position: TextPosition(span: index, offset: 0), isBreak: true))
        }
        continue
      }
      for character in text {
        if index > start.span || offset >= start.offset {
          units.append(Unit(character: character, style: style, position: TextPosition(span: index, offset: offset)))
          if missing.contains(character) { met.append(MissingGlyph(cluster: String(character), families: ["Square"])) }
        }
        offset += character.utf8.count
      }
    }
    for token in content.tokens {
      for index in units.indices where units[index].position >= token.start && units[index].position < token.end {
        units[index].token = token
        guard index > 0, units[index].position > token.start else { continue }
        let before = units[index - 1].character
        units[index].mayEndBefore =
          switch token.kind {
          case .whole: false
          case .groups: before == "\u{A0}"
          case .identifier: "-/._:@ ".contains(before)
          }
      }
    }
    return units
  }

  func tokenWidths(of content: TextContent) -> TokenWidths {
    widthsAsked += 1
    var widths = TokenWidths.zero
    for token in content.tokens {
      var (whole, part) = (0.0, 0.0)
      for unit in units(content) where unit.position >= token.start && unit.position < token.end {
        let size = unit.style.properties.size.points
        if unit.mayEndBefore, unit.position > token.start { part = 0 }
        (whole, part) = (whole + size, part + size)
        widths.part = max(widths.part, Length(part))
        if token.isFirm { widths.firmPart = max(widths.firmPart, Length(part)) }
        if token.kind == .identifier { widths.whole = widths.part }
      }
      if token.kind != .identifier { widths.whole = max(widths.whole, Length(whole)) }
    }
    return widths
  }

  func widths(of content: TextContent) -> WidthRange {
    widthsAsked += 1
    var (word, line) = (0.0, 0.0)
    var range = WidthRange.zero
    for unit in units(content) {
      if unit.isBreak {
        (word, line) = (0, 0)
        continue
      }
      let size = unit.style.properties.size.points
      line += size
      word = unit.character == " " ? 0 : word + size
      range.minimum = max(range.minimum, Length(word))
      if unit.character != " " { range.maximum = max(range.maximum, Length(line)) }
    }
    return range
  }

  func lines(of content: TextContent, from start: TextPosition, width: Length) -> [TextLine] {
    lines(content, units(content, from: start), width, isFirst: start == .start)
  }

  func lines(of content: TextContent, late: LateValues, width: Length) -> [TextLine] {
    lines(content, units(content, late: late), width, isFirst: true)
  }

  private func lines(_ content: TextContent, _ units: [Unit], _ width: Length, isFirst: Bool) -> [TextLine] {
    calls += 1
    let room = width.points + 1e-6
    var lines: [TextLine] = []
    var index = 0
    repeat {
      let first = index
      var end = index  // After the last unit of the line.
      var (x, lastSpace) = (0.0, -1)
      var isForced = false
      while end < units.count {
        let unit = units[end]
        if unit.isBreak {
          isForced = true
          break
        }
        let size = unit.style.properties.size.points
        if unit.character == " ", unit.token.map({ $0.kind == .identifier }) ?? true {
          lastSpace = end
        } else if x + size > room, end > first {
          break
        }
        x += size
        end += 1
      }
      var next = end
      if isForced {
        next = end + 1
      } else if end < units.count, lastSpace >= first {
        (end, next) = (lastSpace, lastSpace + 1)
      } else if end < units.count {
        (end, next) = emergency(units, first, end)
      }
      let tokenBreak = tokenBreak(units, at: next, isForced: isForced || lastSpace >= first)
      var inked = end
      while inked > first, units[inked - 1].character == " " { inked -= 1 }
      let isEnd = next >= units.count
      lines.append(line(content, Array(units[first..<inked]), width, isLast: isForced || isEnd, next: isEnd ? nil : units[next].position))
      lines[lines.count - 1].tokenBreak = tokenBreak
      lines[lines.count - 1].isCut = tokenBreak == .torn || tokenBreak == .loosely
      if tellsCutWords, tokenBreak == nil, !isForced, next < units.count, lastSpace < first { lines[lines.count - 1].isCut = true }
      index = next
    } while index < units.count
    linesSet += lines.count
    return lines
  }

  private func emergency(_ units: [Unit], _ first: Int, _ end: Int) -> (end: Int, next: Int) {
    var place = end
    while place > first {
      if units[place].mayEndBefore { return (place, place) }
      place -= 1
    }
    return (end, end)
  }

  private func tokenBreak(_ units: [Unit], at next: Int, isForced: Bool) -> TokenBreak? {
    guard !isForced, units.indices.contains(next), let token = units[next].token, units[next].position > token.start else { return nil }
    if units[next].mayEndBefore { return token.kind == .groups ? .groups : nil }
    return token.isFirm ? .torn : .loosely
  }

  private func line(_ content: TextContent, _ units: [Unit], _ width: Length, isLast: Bool, next: TextPosition?) -> TextLine {
    let style = units.first?.style ?? content.style
    var (x, height) = (0.0, (units.map { $0.style.properties.lineHeight }.max() ?? content.style.properties.lineHeight).points)
    if height <= 0 { height = 1 }
    var glyphs: [Glyph] = []
    var decimal: Double?
    for unit in units {
      if unit.character == "." { decimal = x }
      glyphs.append(Glyph(id: 1, x: x, y: 0))
      x += unit.style.properties.size.points
    }
    let spare = width.points - x
    let isLeft = content.direction == .leftToRight
    let start: Double =
      switch content.alignment {
      case .start, .justify: isLeft ? 0 : spare
      case .end, .decimal: isLeft ? spare : 0
      case .center: spare / 2
      }
    let text = String(units.map(\.character))
    let run = GlyphRun(
      font: FontID(0), size: style.properties.size, glyphs: glyphs,
      clusters: units.map { Cluster(bytes: $0.character.utf8.count, glyphs: 1) }, text: text, isRightToLeft: !isLeft, advance: Length(x))
    let baseline = (height + style.properties.size.points * 0.6) / 2
    var line = TextLine(
      items: text.isEmpty ? [] : [PlacedItem(at: Point(x: Length(start), y: Length(baseline)), item: .run(run, style.properties.color))],
      height: Length(height), baseline: Length(baseline), start: Length(start), width: Length(x), decimal: Length(decimal ?? x),
      end: next ?? TextPosition(span: content.spans.count, offset: 0), isLast: isLast)
    addLinks(content, units, at: start, &line)
    line.links.sort { ($0.item, $0.bytes?.lowerBound ?? 0) < ($1.item, $1.bytes?.lowerBound ?? 0) }
    return line
  }

  /// One area for each stretch of a link on the line, behind the run.
  private func addLinks(_ content: TextContent, _ units: [Unit], at start: Double, _ line: inout TextLine) {
    var (x, offset) = (start, 0)
    for unit in units {
      let (width, bytes) = (unit.style.properties.size.points, unit.character.utf8.count)
      defer { (x, offset) = (x + width, offset + bytes) }
      guard case .text(_, _, let uri?, _) = content.spans[unit.position.span] else { continue }
      var first = unit.position.span
      while first > 0 {
        if case .text(_, _, let before, _) = content.spans[first - 1], before != uri { break }
        first -= 1
      }
      if let last = line.links.last, last.link == first, last.bytes == nil, case .link(var area) = line.items[last.item].item {
        area.size.width = area.size.width + Length(width)
        line.items[last.item].item = .link(area)
        let text = line.links.count - 2
        line.links[text].bytes = (line.links[text].bytes?.lowerBound ?? offset)..<(offset + bytes)
      } else {
        line.links.append(LinkedText(item: 0, bytes: offset..<offset + bytes, link: first))
        line.links.append(LinkedText(item: line.items.count, bytes: nil, link: first))
        line.items.append(
          PlacedItem(
            at: Point(x: Length(x), y: .zero), item: .link(LinkArea(size: Size(width: Length(width), height: line.height), uri: uri))))
      }
    }
  }

  func takeMissingGlyphs() -> [MissingGlyph] {
    defer { met = [] }
    return met
  }
}
