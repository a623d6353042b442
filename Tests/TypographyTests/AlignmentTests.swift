import Geometry
import Layout
import Testing

@testable import Typography
internal import Vocabulary

@Suite("Alignment, tabs and marks")
struct AlignmentTests {
  @Test("start, end and center place the ink, not the white space behind it")
  func alignment() throws {
    let studio = try Studio()
    for (alignment, share) in [(TextAlignment.start, 0.0), (.center, 0.5), (.end, 1), (.decimal, 1)] {
      let content = studio.content("one two three four") { $0.alignment = alignment }
      for line in studio.lines(content, 60) {
        #expect(abs(line.start.points - (60 - line.width.points) * share) < 1e-9)
        #expect(line.runs[0].x == line.start.points)
      }
      // From memory at another width, and where nothing needs to break.
      let wide = studio.lines(content, 200)[0]
      #expect(abs(wide.start.points - (200 - wide.width.points) * share) < 1e-9)
      #expect(studio.lines(content, 210)[0].start.points - wide.start.points == 10 * share)
    }
  }

  @Test("without a measure everything begins at the left")
  func infiniteWidth() throws {
    let studio = try Studio()
    for alignment in [TextAlignment.start, .end, .center, .justify] {
      for direction in [Direction.leftToRight, .rightToLeft] {
        let content = studio.content("two words") {
          $0.alignment = alignment
          $0.direction = direction
        }
        #expect(studio.setter.lines(of: content, from: .start, width: .infinity)[0].start == .zero)
      }
    }
  }

  @Test("justified lines fill the measure within the limits of their spaces; the last line does not")
  func justify() throws {
    let studio = try Studio()
    let text = "We will tell you when each bill is ready and remind you five days before it is due and you will see the same pages as today"
    let content = studio.content(text) { $0.alignment = .justify }
    let lines = studio.lines(content, 190)
    #expect(lines.count > 3)
    let space = studio.width("a b") - studio.width("a") - studio.width("b")
    var filled = 0
    for line in lines.dropLast() {
      let natural = studio.width(line.text.trimmed)
      let spaces = Double(line.text.trimmed.filter { $0 == " " }.count)
      let needed = (190 - natural) / spaces / space
      if needed <= 0.5 - 0.05 {
        #expect(abs(line.width.points - 190) < 0.01, "\(line.text)")
        filled += 1
      } else if needed > 0.55 {
        #expect(abs(line.width.points - natural) < 0.01, "\(line.text)")
      }
    }
    #expect(filled >= 2)
    #expect(abs((lines.last?.width.points ?? 0) - studio.width(lines.last?.text ?? "")) < 0.01)
    #expect(lines.map(\.text).joined() == text)
  }

  @Test("a justified line whose spaces would gape stays ragged")
  func raggedRatherThanLoose() throws {
    let studio = try Studio()
    let content = studio.content("a communication incomprehensible") { $0.alignment = .justify }
    let lines = studio.lines(content, studio.width("a communication") + 20)
    #expect(lines[0].text == "a communication ")
    #expect(abs(lines[0].width.points - studio.width("a communication")) < 1e-6)
  }

  @Test(
    "the decimal separator of the last number is found",
    arguments: [
      ("en-US", "1,234.50", "1,234"), ("en-US", "−$82.10", "−$82"), ("en-US", "12", "12"), ("en-US", "$5.00 CR", "$5"),
      ("en-US", "3 × 4.25", "3 × 4"),
      ("de-DE", "1.234,50 €", "1.234"), ("de-DE", "1.234 kWh", "1.234"), ("fr-FR", "1\u{202F}234,50\u{A0}€", "1\u{202F}234"),
      ("en-US", "free", "free"),
      ("en-US", "v1.", "v1"), ("en-US", "no. 7, .5", "no. 7, .5"),
    ])
  func decimalOffset(language: String, text: String, before: String) throws {
    let studio = try Studio()
    let content = studio.content(text, studio.amount) { $0.language = language }
    let line = studio.lines(content, 300)[0]
    #expect(abs(line.decimal.points - studio.width(before, studio.amount)) < 1.2, "\(line.decimal.points)")
    // It is the left edge of that glyph, to the last digit of a Double.
    let glyphs = line.runs[0].run.glyphs
    #expect(glyphs.contains { abs($0.x - line.decimal.points) < 1e-9 } || abs(line.decimal.points - line.width.points) < 1e-9)
  }

  @Test("amounts with the same decimals have the separator at the same distance from the end")
  func decimalColumn() throws {
    let studio = try Studio()
    let distances = ["1,204.50", "82.10", "0.99", "−17.25", "111.11"].map { text in
      let line = studio.lines(studio.content(text, studio.amount) { $0.alignment = .decimal }, 100)[0]
      return 100 - line.start.points - line.decimal.points
    }
    #expect(distances.allSatisfy { abs($0 - distances[0]) < 1e-9 }, "\(distances)")
  }

  @Test("tabular figures are equally wide, proportional ones are not")
  func figures() throws {
    let studio = try Studio()
    #expect(studio.width("1111", studio.amount) == studio.width("0000", studio.amount))
    #expect(studio.width("1111", studio.body) != studio.width("0000", studio.body))
  }

  @Test("kerning is on, letter-spacing comes after each cluster")
  func spacing() throws {
    let studio = try Studio()
    #expect(studio.width("AVAVAV") < studio.width("A") * 3 + studio.width("V") * 3 - 1)
    let spaced = Studio.style { $0.letterSpacing = .pt(2) }
    #expect(abs(studio.width("abcd", spaced) - studio.width("abcd") - 8) < 1e-9)
    let unkerned = Studio.style { $0.features = ["-kern"] }
    #expect(studio.width("AVAVAV", unkerned) > studio.width("AVAVAV") + 1)
  }

  @Test("text after a tab ends at an end stop, with leaders up to it")
  func endTab() throws {
    let studio = try Studio()
    let spans: [Span] = [.text("Account", studio.body), .tab(leader: ".", studio.body), .text("Page 2", studio.body)]
    let content = studio.content(spans) { $0.tabs = [TabStop(.end, .end)] }
    let line = studio.lines(content, 200)[0]
    let runs = line.runs
    #expect(runs.map(\.run.text) == ["Account", " ", "Page 2"])
    #expect(abs(runs[2].x + runs[2].run.advance.points - 200) < 1e-9)
    #expect(runs[1].run.glyphs.count > 10)
    #expect(runs[1].x >= runs[0].x + runs[0].run.advance.points)
    #expect(runs[1].x + runs[1].run.advance.points <= runs[2].x)
    #expect(runs.allSatisfy { $0.run.isSound })
    // Leader dots of lines below each other stand in one grid.
    var other = content
    other.spans[0] = .text("Acc", studio.body)
    let second = studio.lines(other, 200)[0].runs[1]
    let step = second.run.glyphs[1].x - second.run.glyphs[0].x
    let distance = (runs[1].x - second.x) / step
    #expect(abs(distance - distance.rounded()) < 1e-6)
  }

  @Test("stops may be fixed, a share, centred or decimal")
  func tabKinds() throws {
    let studio = try Studio()
    func place(_ stop: TabStop, _ text: String) -> Double {
      let spans: [Span] = [.text("x", studio.body), .tab(leader: nil, studio.body), .text(text, studio.amount)]
      return studio.lines(studio.content(spans) { $0.tabs = [stop] }, 200)[0].runs[1].x
    }
    #expect(place(TabStop(.fixed(.pt(80)), .start), "abc") == 80)
    #expect(place(TabStop(.share(0.5), .start), "abc") == 100)
    #expect(abs(place(TabStop(.fixed(.pt(80)), .center), "abc") - (80 - studio.width("abc", studio.amount) / 2)) < 1e-9)
    #expect(abs(place(TabStop(.fixed(.pt(80)), .end), "abc") - (80 - studio.width("abc", studio.amount))) < 1e-9)
    #expect(abs(place(TabStop(.fixed(.pt(80)), .decimal), "12.50") - (80 - studio.width("12", studio.amount))) < 0.5)
    // A stop that has been passed is left out; without another the tab is a space.
    #expect(abs(place(TabStop(.fixed(.pt(2)), .start), "abc") - studio.width("x") - studio.width("\u{A0}")) < 1e-9)
  }

  @Test("tabs run from the right in right-to-left paragraphs")
  func mirroredTabs() throws {
    let studio = try Studio()
    let spans: [Span] = [.text("שלום", studio.stack), .tab(leader: nil, studio.stack), .text("12", studio.stack)]
    let content = studio.content(spans) {
      $0.tabs = [TabStop(.end, .end)]
      $0.direction = .rightToLeft
    }
    let runs = studio.lines(content, 200)[0].runs
    #expect(runs.map(\.run.text) == ["12", "שלום"])
    #expect(abs(runs[0].x) < 1e-9)
    #expect(abs(runs[1].x + runs[1].run.advance.points - 200) < 1e-9)
  }

  @Test("late values are filled in, and measured with three of the widest digit before")
  func lateValues() throws {
    let studio = try Studio()
    let spans: [Span] = [.text("Page ", studio.body), .late(.page, studio.body), .text(" of ", studio.body), .late(.pages, studio.body)]
    let content = studio.content(spans) { $0.alignment = .end }
    let late = studio.setter.lines(of: content, late: LateValues(page: 7, pages: 12), width: .pt(200))
    #expect(late.map(\.text) == ["Page 7 of 12"])
    #expect(abs(late[0].start.points + late[0].width.points - 200) < 1e-9)
    let measured = studio.setter.widths(of: content).maximum.points
    for digit in 0...9 { #expect(studio.width("Page \(digit)\(digit)\(digit) of \(digit)\(digit)\(digit)") <= measured + 1e-9) }
    let terms = studio.content([.late(.pageOf("conditions"), studio.body)])
    #expect(studio.setter.lines(of: terms, late: LateValues(page: 1, pages: 1), width: .pt(50)).map(\.text) == ["–"])
  }

  @Test("a link covers its text on each line, underlines too")
  func linksAndUnderlines() throws {
    let studio = try Studio()
    let style = Studio.style { $0.isUnderlined = true }
    let spans: [Span] = [
      .text("Go to ", studio.body), .text("my larkspur page", style, link: "https://x.example/a'b", isData: false),
      .text(" now", studio.body),
    ]
    let one = studio.lines(studio.content(spans), 500)[0]
    #expect(one.links.count == 1)
    #expect(abs(one.links[0].x - studio.width("Go to") - studio.width("a b") + studio.width("a") + studio.width("b")) < 0.5)
    #expect(abs(one.links[0].area.size.width.points - studio.width("my larkspur page")) < 1e-6)
    #expect(one.links[0].area.uri == "https://x.example/a'b")
    #expect(one.links[0].y >= 0 && one.links[0].y + one.links[0].area.size.height.points <= one.height.points)
    #expect(one.shapes.count == 1)
    #expect(one.shapes[0].at.y > one.baseline)
    let two = studio.lines(studio.content(spans), studio.width("Go to my larkspur") + 1)
    #expect(two.map { $0.links.count } == [1, 1])
    // The white space that hangs is not part of the link.
    #expect(abs(two[0].links[0].area.size.width.points - studio.width("my larkspur")) < 1e-6)
  }

  @Test("adjacent spans of one look are one run; another colour, face or rise is another")
  func merging() throws {
    let studio = try Studio()
    let spans: [Span] = [
      .text("Account ", studio.body), .text("4400-1182", studio.body, link: nil, isData: true), .text(" due", studio.body),
    ]
    #expect(studio.lines(studio.content(spans), 500)[0].runs.map(\.run.text) == ["Account 4400-1182 due"])
    let raised = Studio.style {
      $0.rise = .pt(3)
      $0.size = .pt(6)
    }
    let line = studio.lines(studio.content([.text("m", studio.body), .text("2", raised)]), 500)[0]
    #expect(line.runs.map(\.run.text) == ["m", "2"])
    #expect(abs(line.items[0].at.y.points - line.items[1].at.y.points - 3) < 1e-9)
    #expect(line.height == .pt(14))
  }

  @Test("a line is as high as its highest style and stands on that style's baseline")
  func lineHeight() throws {
    let studio = try Studio()
    let large = Studio.style {
      $0.size = .pt(20)
      $0.lineHeight = .pt(26)
    }
    let content = studio.content([.text("small ", studio.body), .text("large", large)])
    let line = studio.lines(content, 500)[0]
    let alone = studio.lines(studio.content("large", large), 500)[0]
    #expect(line.height == .pt(26))
    #expect(line.baseline == alone.baseline)
    // Half of the leading above the ascent, half below the descent.
    let face = try studio.book.shapingFace(0)
    let (ascent, descent) = (face.ascent * 20 / face.unitsPerEm, face.descent * 20 / face.unitsPerEm)
    #expect(abs(line.baseline.points - ((26 - ascent - descent) / 2 + ascent)) < 1e-9)
  }

  @Test("glyphs scale with the size")
  func scaling() throws {
    let studio = try Studio()
    let double = studio.body.scaled(by: 2)
    #expect(abs(studio.width("Peak energy", double) - 2 * studio.width("Peak energy")) < 1e-9)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
