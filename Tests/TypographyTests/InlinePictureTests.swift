import Geometry
import Layout
import Testing
import Vocabulary

@testable import Typography

@Suite("Pictures among words")
struct InlinePictureTests {
  private func picture(
    _ width: Double = 20, _ height: Double = 8, _ alignment: PictureAlignment = .baseline, describe: String? = "A mark"
  ) -> InlinePicture {
    InlinePicture(
      image: 0, size: Size(width: .pt(width), height: .pt(height)), alignment: alignment, description: describe, origin: Origin(element: 3))
  }

  /// Text with pictures where `*` stands.
  private func content(_ studio: Studio, _ text: String, _ picture: InlinePicture, style: TextStyle? = nil) -> TextContent {
    var spans: [Span] = []
    for (index, part) in text.split(separator: "*", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { spans.append(.picture(picture, style ?? studio.body, link: nil)) }
      if !part.isEmpty { spans.append(.text(String(part), style ?? studio.body)) }
    }
    return studio.content(spans)
  }

  /// The lines' words, a picture as `*`.
  private func words(_ lines: [TextLine]) -> [String] {
    lines.map { line in
      line.items.map { item in
        switch item.item {
        case .run(let run, _): run.text
        case .frame: "*"
        default: ""
        }
      }.joined()
    }
  }

  // MARK: Lines

  @Test(
    "a line may end on either side of a picture, but not beside a no-break space, nor where punctuation forbids it (UAX #14, CB)",
    arguments: [
      ("ab*cd", ["ab", "*", "cd"]), ("ab *cd", ["ab ", "*", "cd"]), ("ab* cd", ["ab", "* ", "cd"]),
      ("ab\u{A0}*\u{A0}cd", ["ab\u{A0}*\u{A0}cd"]), ("ab\u{2060}*cd", ["ab*", "cd"]), ("ab*, cd", ["ab", "*, ", "cd"]),
      ("ab (*) cd", ["ab ", "(*) ", "cd"]), ("ab «*» cd", ["ab ", "«*» ", "cd"]), ("**", ["*", "*"]), ("*", ["*"]),
    ])
  func breaks(text: String, parts: [String]) throws {
    let studio = try Studio()
    let content = content(studio, text, picture())
    // The parts that no line ends in, one after the other.
    var found: [String] = []
    var start = TextPosition.start
    for _ in 0..<parts.count {
      let whole = studio.setter.widths(of: content).maximum.points
      var best = ""
      // The narrowest first line that is not cut.
      for width in stride(from: 1.0, through: whole + 1, by: 0.5) {
        let line = studio.setter.lines(of: content, from: start, width: .pt(width))[0]
        guard !line.isCut, line.width.fits(.pt(width)) else { continue }
        best = words([line])[0]
        start = line.end
        break
      }
      found.append(best)
    }
    #expect(found == parts)
    #expect(start == TextPosition(span: content.spans.count, offset: 0))
  }

  @Test("a picture that does not fit behind the words goes to the next line, whole")
  func wraps() throws {
    let studio = try Studio()
    let content = content(studio, "one two * three", picture(30))
    let width = studio.width("one two\u{A0}") + 29
    let lines = studio.lines(content, width)
    #expect(words(lines)[0] == "one two " && words(lines)[1].hasPrefix("*"))
    #expect(lines[0].end == TextPosition(span: 1, offset: 0))
    let rest = studio.setter.lines(of: content, from: lines[0].end, width: .pt(width))
    #expect(rest == Array(lines[1...]))
    // A hair more, and it stands behind them.
    #expect(words(studio.lines(content, width + 1.01))[0].hasPrefix("one two *"))
  }

  @Test("widths: the picture is a word of its own, as wide as it is")
  func widths() throws {
    let studio = try Studio()
    let range = studio.setter.widths(of: content(studio, "a * b", picture(50)))
    #expect(range.minimum == .pt(50))
    #expect(abs(range.maximum.points - studio.width("a\u{A0}") - 50 - studio.width("\u{A0}b")) < 1e-6)
    let alone = studio.lines(content(studio, "*", picture(50)), 100)
    #expect(alone.count == 1 && alone[0].width == .pt(50) && alone[0].isLast)
  }

  @Test("a picture wider than its measure is neither parted nor dropped")
  func tooWide() throws {
    let studio = try Studio()
    let lines = studio.lines(content(studio, "ab * cd", picture(90)), 40)
    #expect(words(lines).joined() == "ab * cd")
    #expect(lines.contains { $0.width == .pt(90) })
  }

  @Test("within what stays on one line it stays, too")
  func token() throws {
    let studio = try Studio()
    var content = content(studio, "one *two", picture())
    content.tokens = [Token(start: .start, end: TextPosition(span: 2, offset: 3), kind: .whole)]
    let whole = studio.setter.tokenWidths(of: content).whole
    #expect(abs(whole.points - studio.width("one\u{A0}") - 20 - studio.width("two")) < 1e-6)
    #expect(studio.lines(content, whole.points).count == 1)
    #expect(studio.lines(content, whole.points - 1).contains { $0.tokenBreak == .torn })
  }

  @Test("the spaces of a justified line grow, the picture does not")
  func justified() throws {
    let studio = try Studio()
    var content = content(studio, "some words and * more words that go on to a second line of text", picture())
    content.alignment = .justify
    let width = studio.width("some words and\u{A0}") + 20 + studio.width("\u{A0}more words") + 3
    let line = studio.lines(content, width)[0]
    #expect(abs(line.width.points - width) < 1e-6)
    let place = try #require(line.pictures.first)
    #expect(place.frame.size == Size(width: .pt(20), height: .pt(8)))
    let behind = try #require(line.runs.last)
    #expect(abs(behind.x - place.at.x.points - 20) < 1e-6)
  }

  // MARK: Height

  @Test(
    "its foot is on the baseline, or its middle at half the capitals or small letters, its head at the capitals, its foot at the descenders",
    arguments: PictureAlignment.allCases)
  func alignment(alignment: PictureAlignment) throws {
    let studio = try Studio()
    let line = studio.lines(content(studio, "Hx *", picture(10, 6, alignment)), 200)[0]
    let at = try #require(line.pictures.first?.at)
    let face = try studio.book.shapingFace(try studio.book.resolve(studio.body.properties.families, weight: 400, slant: .upright)[0].index)
    let scale = studio.body.properties.size.points / face.unitsPerEm
    let (capital, small, depth) = (face.capHeight * scale, face.xHeight * scale, face.descent * scale)
    #expect(small > capital * 0.6 && small < capital * 0.9)
    let top: Double =
      switch alignment {
      case .baseline: 6
      case .middle: capital / 2 + 3
      case .xMiddle: small / 2 + 3
      case .top: capital
      case .bottom: 6 - depth
      }
    #expect(abs(line.baseline.points - at.y.points - top) < 1e-9)
    // Within the leading nothing changes.
    #expect(line.height == studio.body.properties.lineHeight && line.plainHeight == nil)
  }

  @Test("what reaches beyond makes the line higher by just that, above or below the baseline")
  func higherLine() throws {
    let studio = try Studio()
    let plain = studio.lines(studio.content("Hx"), 200)[0]
    let up = studio.lines(content(studio, "Hx *", picture(10, 30)), 200)[0]
    #expect(abs(up.baseline.points - 30) < 1e-9)
    #expect(abs((up.height - up.baseline - plain.height + plain.baseline).points) < 1e-9)
    #expect(up.plainHeight == plain.height)
    let down = studio.lines(content(studio, "Hx *", picture(10, 30, .top)), 200)[0]
    #expect(down.baseline == plain.baseline)
    #expect(down.height.points > plain.height.points + 8)
    // Only the line it stands on.
    let lines = studio.lines(content(studio, "some words * and more of them", picture(10, 30)), 60)
    #expect(lines.count { $0.height > plain.height } == 1 && lines.count > 2)
  }

  @Test("in raised text it is raised")
  func raised() throws {
    let studio = try Studio()
    let style = Studio.style { $0.rise = .pt(2) }
    let line = studio.lines(content(studio, "Hx*", picture(10, 4), style: style), 200)[0]
    #expect(try #require(line.pictures.first).at.y == line.baseline - .pt(6))
  }

  // MARK: Order, decimals, links

  @Test("in a right-to-left line it stands where the words around it say (UAX #9, ON)")
  func rightToLeft() throws {
    let studio = try Studio()
    func order(_ direction: Direction, _ before: String, _ after: String) throws -> [String] {
      let content = studio.content([
        .text(before, studio.stack), .picture(picture(), studio.stack, link: nil), .text(after, studio.stack),
      ]) { $0.direction = direction }
      let line = studio.lines(content, 300)[0]
      let runs = line.runs.map { ($0.x, $0.run.text) } + line.pictures.map { ($0.at.x.points, "*") }
      return runs.sorted { $0.0 < $1.0 }.map { $0.1.filter { $0 != " " } }.filter { !$0.isEmpty }
    }
    #expect(try order(.rightToLeft, "שלום ", " עולם") == ["עולם", "*", "שלום"])
    #expect(try order(.leftToRight, "one ", " two") == ["one", "*", "two"])
    // Between Hebrew words of a left-to-right line it goes with them; at their end with the line.
    #expect(try order(.leftToRight, "שלום", "עולם") == ["עולם", "*", "שלום"])
    #expect(try order(.leftToRight, "שלום", " two") == ["שלום", "*", "two"])
  }

  @Test("it stands on its own between two data, in their order")
  func betweenData() throws {
    let studio = try Studio()
    let content = studio.content([
      .text("אבג", studio.stack, link: nil, isData: true), .picture(picture(), studio.stack, link: nil),
      .text("דהו", studio.stack, link: nil, isData: true),
    ])
    let line = studio.lines(content, 300)[0]
    #expect(line.runs.map(\.run.text) == ["אבג", "דהו"])
    let at = try #require(line.pictures.first).at.x.points
    #expect(line.runs[0].x < at && at < line.runs[1].x)
  }

  @Test("decimals line up whatever pictures stand before or behind the number", arguments: ["*12.50", "12.50*", "* 12.50 *"])
  func decimal(text: String) throws {
    let studio = try Studio()
    let line = studio.lines(content(studio, text, picture()), 300)[0]
    let lead = text.hasPrefix("*12") ? 20 : text.hasPrefix("*") ? 20 + studio.width("\u{A0}") : 0
    #expect(abs(line.decimal.points - lead - studio.width("12")) < 1e-6)
    let alone = studio.lines(content(studio, "*", picture()), 300)[0]
    #expect(alone.decimal == .pt(20))
  }

  @Test("a link over it is as high as it, and one with the words beside it")
  func link() throws {
    let studio = try Studio()
    let uri = "https://example.com"
    let content = studio.content([
      .text("see ", studio.body), .text("our ", studio.body, link: uri, isData: false), .picture(picture(20, 30), studio.body, link: uri),
      .text(" page", studio.body, link: uri, isData: false),
    ])
    let line = studio.lines(content, 300)[0]
    let links: [(x: Double, y: Double, area: LinkArea)] = line.links
    #expect(links.count == 1)
    let area = try #require(links.first)
    #expect(abs(area.y - line.baseline.points + 30) < 1e-9)
    #expect(area.area.size.height.points > 30)
    #expect(abs(area.x - studio.width("see\u{A0}")) < 1e-6)
    #expect(abs(area.area.size.width.points - studio.width("our\u{A0}") - 20 - studio.width("\u{A0}page")) < 1e-6)
    // Alone it is one, too.
    let alone = studio.lines(studio.content([.picture(picture(20, 6), studio.body, link: uri)]), 300)[0]
    #expect(alone.links.map(\.area.size.width) == [.pt(20)])
  }

  @Test("it is not underlined")
  func underline() throws {
    let studio = try Studio()
    let style = Studio.style { $0.isUnderlined = true }
    let line = studio.lines(content(studio, "one*two", picture(), style: style), 300)[0]
    let at = try #require(line.pictures.first).at.x.points
    let covers = line.shapes.contains { shape in
      guard case .rectangle(let size, _) = shape.shape.outline else { return false }
      return shape.at.x.points < at + 10 && at + 10 < (shape.at.x + size.width).points
    }
    #expect(line.shapes.count == 2 && !covers)
  }

  // MARK: Its words

  @Test("it is a figure with its words, or an ornament without")
  func meaning() throws {
    let studio = try Studio()
    let told = studio.lines(content(studio, "a *", picture()), 300)[0].pictures[0].frame
    #expect(told.tag?.role == .figure && told.tag?.description == "A mark" && told.tag?.source == 3)
    let silent = studio.lines(content(studio, "a *", picture(describe: nil)), 300)[0].pictures[0].frame
    #expect(silent.tag?.role == .artifact(.layout) && silent.tag?.description == nil)
  }

  @Test("paragraphs that differ in a picture only are told apart, and equal ones give equal lines, kept or fresh")
  func kept() throws {
    let studio = try Studio()
    let fresh = try Studio()
    let pictures = [
      picture(), picture(21), picture(20, 9), picture(20, 8, .middle), picture(describe: "Another"), picture(describe: nil),
      InlinePicture(image: 1, size: Size(width: .pt(20), height: .pt(8)), description: "A mark", origin: Origin(element: 3)),
      InlinePicture(image: 0, size: Size(width: .pt(20), height: .pt(8)), description: "A mark", origin: Origin(element: 4)),
    ]
    let lines = pictures.map { studio.lines(content(studio, "a * b", $0), 300) }
    for (index, line) in lines.enumerated() {
      #expect(line == fresh.lines(content(fresh, "a * b", pictures[index]), 300))
      #expect(line == studio.lines(content(studio, "a * b", pictures[index]), 300))
      for other in lines[..<index] { #expect(line != other) }
    }
  }
}

extension TextLine {
  fileprivate var pictures: [(at: Point, frame: Frame)] {
    items.compactMap { item in
      if case .frame(let frame) = item.item { (item.at, frame) } else { nil }
    }
  }
}
