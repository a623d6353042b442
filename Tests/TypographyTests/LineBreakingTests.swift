import Geometry
import Layout
import TestSupport
import Testing

@testable import Typography
internal import Vocabulary

@Suite("Line breaking")
struct LineBreakingTests {
  @Test("lines are filled greedily, white space hangs at their ends")
  func greedy() throws {
    let studio = try Studio()
    let content = studio.content("The quick brown fox jumps over the lazy dog")
    let width = studio.width("The quick brown")
    let lines = studio.lines(content, width)
    #expect(lines.map(\.text).joined() == "The quick brown fox jumps over the lazy dog")
    #expect(lines[0].text == "The quick brown ")
    #expect(abs(lines[0].width.points - width) < 1e-9)
    #expect(lines.allSatisfy { $0.width.fits(.pt(width)) })
    #expect(lines.map(\.isLast) == [false, false, true])
    // A hair less, and the third word goes down.
    #expect(studio.lines(content, width - 0.01)[0].text == "The quick ")
  }

  @Test("no-break spaces, word joiners and amounts hold together")
  func unbreakable() throws {
    let studio = try Studio()
    for text in [
      "23\u{A0}November", "1\u{202F}234\u{202F}567,50\u{A0}€", "−$82.10", "−€1,082.10", "($82.10)", "3\u{A0}%", "−USD\u{A0}82.10",
      "a\u{2060}b",
      "4400\u{2011}1182",
    ] {
      let range = studio.setter.widths(of: studio.content(text))
      #expect(range.minimum == range.maximum, "\(text)")
    }
    let range = studio.setter.widths(of: studio.content("two words"))
    #expect(abs(range.minimum.points - studio.width("words")) < 1e-9)
    #expect(abs(range.maximum.points - studio.width("two words")) < 1e-9)
  }

  @Test("a zero-width space is an opportunity and leaves nothing behind")
  func zeroWidthSpace() throws {
    let studio = try Studio()
    let content = studio.content("my.larkspur\u{200B}.example")
    #expect(studio.lines(content, 500)[0].text == "my.larkspur.example")
    let lines = studio.lines(content, studio.width("my.larkspur"))
    #expect(lines.map(\.text) == ["my.larkspur", ".example"])
    #expect(lines[0].end == TextPosition(span: 0, offset: 14))
    #expect(studio.setter.lines(of: content, from: lines[0].end, width: .pt(500)).map(\.text) == [".example"])
  }

  @Test("a soft hyphen shows where it parts a word, and only there")
  func softHyphen() throws {
    let studio = try Studio()
    let content = studio.content("auto\u{AD}matic\u{AD}ally")
    #expect(studio.lines(content, 500).map(\.text) == ["automatically"])
    let lines = studio.lines(content, studio.width("matic-") + 1)
    #expect(lines.map(\.text) == ["auto\u{AD}", "matic\u{AD}", "ally"])
    #expect(lines[0].runs[0].run.glyphs.count == 5)
    #expect(lines.flatMap(\.runs).allSatisfy { $0.run.isSound })
    #expect(lines.allSatisfy { $0.width.fits(.pt(studio.width("matic-") + 1)) })
    // The hyphen needs its room: without it the word is parted earlier.
    #expect(studio.lines(content, studio.width("automatic") + 0.1)[0].text == "auto\u{AD}")
  }

  @Test(
    "words are hyphenated by their language's patterns where the content asks for it",
    arguments: [
      ("en-US", "communication", ["com", "mu", "ni", "ca", "tion"]),
      ("de-DE", "Zahlungserinnerung", ["Zah", "lungs", "er", "in", "ne", "rung"]),
      ("fr-FR", "consommation", ["consom", "ma", "tion"]), ("sr-Latn-RS", "obaveštenje", ["oba", "ve", "šte", "nje"]),
    ])
  func hyphenation(language: String, word: String, parts: [String]) throws {
    let studio = try Studio()
    var content = studio.content(word)
    content.language = language
    content.hyphenates = true
    let widest = parts.map { studio.width($0 + "‐") }.max() ?? 0
    let lines = studio.lines(content, widest + 0.01)
    #expect(lines.count > 1)
    // Every break is one of the language's; a line may hold several parts.
    var ends: Set<Int> = []
    for part in parts { ends.insert((ends.max() ?? 0) + part.utf8.count) }
    for line in lines where !line.isLast {
      #expect(ends.contains(line.end.offset), "\(line.end.offset) in \(word)")
      #expect(line.text.hasSuffix("\u{AD}"))
    }
    #expect(lines.map(\.text).joined().filter { $0 != "\u{AD}" } == word)
    content.hyphenates = false
    #expect(!studio.lines(content, widest + 0.01).map(\.text).joined().contains("\u{AD}"))
  }

  @Test("a word wider than the measure breaks between grapheme clusters")
  func emergencyBreaks() throws {
    let studio = try Studio()
    let content = studio.content("e\u{301}e\u{301}e\u{301}e\u{301} x")
    let lines = studio.lines(content, studio.width("éé") + 0.1)
    #expect(lines.map(\.text) == ["e\u{301}e\u{301}", "e\u{301}e\u{301} ", "x"])
    #expect(lines.map(\.isCut) == [true, false, false])
    // However narrow, every line takes something.
    #expect(studio.lines(studio.content("abc"), 0.5).map(\.text) == ["a", "b", "c"])
    #expect(studio.lines(studio.content("abc"), 0).count == 3)
  }

  @Test("a word wider than the measure breaks behind a sign where one is near, never inside a number")
  func seams() throws {
    let studio = try Studio()
    let name = "urn:cen.eu:en16931:2017#compliant#urn:extension_3"
    let lines = studio.lines(studio.content(name), studio.width("urn:cen.eu:en16931:2017#comp"))
    #expect(lines.map(\.text) == ["urn:cen.eu:en16931:2017#", "compliant#urn:extension_3"])
    #expect(lines.allSatisfy { !$0.isCut })
    // A sign far from the line's end does not count, and no part of a number is taken for the whole.
    let far = studio.lines(studio.content("a:bbbbbbbbbbbbbbbbbbbbbb"), studio.width("a:bbbbbbbbbb"))
    #expect(far[0].text.count > 10 && far[0].isCut)
    let number = studio.lines(studio.content("1.000.000.000.000"), studio.width("1.000.000.00"))
    #expect(number[0].isCut)
  }

  @Test("forced breaks end lines; one at the end adds none")
  func forcedBreaks() throws {
    let studio = try Studio()
    let spans: [Span] = [.text("one", studio.body), .lineBreak, .lineBreak, .text("two three", studio.body), .lineBreak]
    let lines = studio.lines(studio.content(spans), 500)
    #expect(lines.map(\.text) == ["one", "", "two three"])
    #expect(lines.map(\.isLast) == [true, true, true])
    #expect(lines[1].height == Length.pt(14))
    #expect(lines[0].end == TextPosition(span: 2, offset: 0))
    #expect(studio.setter.lines(of: studio.content(spans), from: lines[1].end, width: .pt(500)).map(\.text) == ["two three"])
  }

  @Test("an empty paragraph has one line of its style's height")
  func emptyParagraph() throws {
    let studio = try Studio()
    for spans in [[], [.text("", studio.body)]] as [[Span]] {
      let lines = studio.lines(studio.content(spans) { $0.style = Studio.style { $0.lineHeight = .pt(17) } }, 100)
      #expect(lines.count == 1)
      #expect(lines[0].items.isEmpty)
      #expect(lines[0].width == .zero)
      #expect(lines[0].isLast)
      #expect(lines[0].height == (spans.isEmpty ? .pt(17) : .pt(14)) || lines[0].height == .pt(17))
    }
    #expect(studio.setter.widths(of: studio.content([])) == .zero)
  }

  @Test("control characters become spaces, line separators too")
  func controls() throws {
    let studio = try Studio()
    let lines = studio.lines(studio.content("a\tb\u{1}c\u{7F}d\u{85}e\u{2028}f\ng"), 500)
    #expect(lines.count == 1)
    #expect(lines[0].text == "a b c d\u{A0}e\u{2004}f g")
    #expect(studio.setter.takeMissingGlyphs().isEmpty)
  }

  @Test("indents apply to the first line and to the others")
  func indents() throws {
    let studio = try Studio()
    let content = studio.content("one two three four five six") {
      $0.firstLineIndent = .pt(20)
      $0.hangingIndent = .pt(8)
    }
    let lines = studio.lines(content, 70)
    #expect(lines.count > 2)
    #expect(lines[0].start == .pt(20))
    #expect(lines.dropFirst().allSatisfy { $0.start == .pt(8) })
    #expect(lines.allSatisfy { ($0.start + $0.width).fits(.pt(70)) })
    // The rest of a broken paragraph has no first line any more.
    #expect(studio.setter.lines(of: content, from: lines[0].end, width: .pt(70)) == Array(lines.dropFirst()))
  }

  // MARK: Properties over random paragraphs

  private static let words = [
    "bill", "kilowatt-hours", "AVATAR", "Ўзбекистон", "office", "fi", "−$1,204.50", "30\u{A0}November", "naïve", "שלום", "مرحبا", "٨٢٫١٠",
    "e\u{301}",
    "(note)", "my.larkspur.example/p", "Περίοδος", "—", "x", "co\u{AD}op\u{AD}er\u{AD}ate", "A\u{200B}B", "ﬃ", "100%", "Te.", "To,",
  ]

  static func randomContent(_ studio: Studio, _ random: inout Seeded) -> TextContent {
    var spans: [Span] = []
    let styles = [
      studio.stack, Studio.style { $0.families = ["Noto Sans", "Inter", "Noto Sans Arabic", "Noto Sans Hebrew"] },
      Studio.style {
        $0.families = ["Inter", "Noto Sans Arabic", "Noto Sans Hebrew"]
        $0.weight = 700
        $0.letterSpacing = .pt(0.4)
      },
    ]
    for index in 0..<Int.random(in: 1...4, using: &random) {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      let style = styles.randomElement(using: &random) ?? studio.stack
      spans.append(
        .text((index > 0 && Bool.random(using: &random) ? " " : "") + text, style, link: nil, isData: Bool.random(using: &random)))
      if Int.random(in: 0...9, using: &random) == 0 { spans.append(.lineBreak) }
    }
    return studio.content(spans) {
      $0.direction = Int.random(in: 0...3, using: &random) == 0 ? .rightToLeft : .leftToRight
      $0.alignment = [.start, .end, .center, .justify].randomElement(using: &random) ?? .start
      $0.hyphenates = Int.random(in: 0...4, using: &random) == 0
    }
  }

  /// The part of a content's text between two positions, without steering characters; both in scalars.
  static func settable(_ content: TextContent, from start: TextPosition, to end: TextPosition) -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for (index, span) in content.spans.enumerated() {
      guard case .text(let text, _, _, _) = span else { continue }
      var offset = 0
      for scalar in text.unicodeScalars {
        let position = TextPosition(span: index, offset: offset)
        if position >= start, position < end, !SpanScan.isSteering(scalar.value) { scalars.append(scalar) }
        offset += UTF8.width(scalar)
      }
    }
    return scalars
  }

  /// Whether a line sets exactly that text: every run a part of it, all runs together all of it.
  static func sets(_ line: TextLine, _ expected: [Unicode.Scalar]) -> Bool {
    let parts = line.runs.map { $0.run.text.unicodeScalars.filter { $0 != "\u{AD}" } }.map { String(String.UnicodeScalarView($0)) }
    var whole = String.UnicodeScalarView()
    whole.append(contentsOf: expected)
    return parts.allSatisfy { String(whole).holds($0) }
      && parts.joined().unicodeScalars.map(\.value).sorted() == expected.map(\.value).sorted()
  }

  @Test("random paragraphs: nothing lost, nothing too wide, narrower never gives fewer lines, the rest goes on alike", arguments: 0..<8)
  func properties(seed: Int) throws {
    let studio = try Studio()
    var random = Seeded(UInt64(seed) + 1)
    for _ in 0..<10 {
      let content = LineBreakingTests.randomContent(studio, &random)
      let range = studio.setter.widths(of: content)
      #expect(range.minimum <= range.maximum + .slack)
      var counts: [Int] = []
      for width in [18.0, 40, 63, 91, 140, 260, 900, 5_000] {
        let lines = studio.lines(content, width)
        counts.append(lines.count)
        var start = TextPosition.start
        for line in lines {
          let expected = LineBreakingTests.settable(content, from: start, to: line.end)
          #expect(LineBreakingTests.sets(line, expected), "\(width): \(line.text) for \(expected)")
          start = line.end
        }
        #expect(start == TextPosition(span: content.spans.count, offset: 0))
        #expect(lines.flatMap(\.runs).allSatisfy { $0.run.isSound })
        #expect(lines.last?.isLast == true)
        for line in lines where line.width > .pt(width + 0.001) { #expect(line.text.count <= 2, "\(line.text) in \(width)") }
        if Length(width) >= range.minimum {
          // No word is broken where the widest one fits.
          #expect(lines.allSatisfy { $0.width.points <= width + 0.001 })
        }
        for (line, next) in zip(lines, lines.dropFirst()) { #expect(line.end < next.end) }
        if lines.count > 2 {
          let rest = studio.setter.lines(of: content, from: lines[lines.count / 2].end, width: .pt(width))
          #expect(rest == Array(lines[(lines.count / 2 + 1)...]))
        }
      }
      #expect(counts == counts.sorted(by: >), "\(counts) for \(content.spans)")
      // At its widest useful width nothing but forced breaks ends a line.
      #expect(studio.lines(content, range.maximum.points + 0.001).allSatisfy { $0.isLast })
    }
  }

  @Test("kept or not, the lines are the same", arguments: 0..<6)
  func cachedEqualsUncached(seed: Int) throws {
    var random = Seeded(UInt64(seed) + 100)
    let shared = try Studio()
    let contents =
      (0..<14).map { _ in LineBreakingTests.randomContent(shared, &random) } + ["12,204.50", "Peak energy"].map { shared.content($0) }
    for _ in 0..<50 {
      var content = contents.randomElement(using: &random) ?? contents[0]
      content.alignment = [.start, .end, .center, .justify, .decimal].randomElement(using: &random) ?? .start
      let width: Double = ([30, 80, 81, 200, 333.3, 1000] as [Double]).randomElement(using: &random) ?? 80
      if Bool.random(using: &random) { _ = shared.setter.widths(of: content) }
      let kept = shared.lines(content, width)
      let fresh = TypographicSetter(book: shared.book)
      #expect(fresh.lines(of: content, from: .start, width: .pt(width)) == kept)
      #expect(fresh.widths(of: content) == shared.setter.widths(of: content))
    }
  }

  @Test("characters of all kinds, in any order and direction, are set soundly or named as missing", arguments: 0..<4)
  func anyCharacters(seed: Int) throws {
    let studio = try Studio()
    var random = Seeded(UInt64(seed) + 500)
    let ranges: [ClosedRange<UInt32>] = [
      0...0x7F, 0x80...0xFF, 0x100...0x36F, 0x590...0x6FF, 0x900...0x97F, 0xE00...0xE7F, 0x2000...0x206F, 0x2190...0x22FF, 0x3040...0x30FF,
      0xFE00...0xFE0F, 0xFB00...0xFDFF, 0x1F300...0x1F6FF, 0xE0000...0xE007F, 0xAC00...0xACFF,
    ]
    for _ in 0..<60 {
      var spans: [Span] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...25, using: &random) {
          guard let range = ranges.randomElement(using: &random) else { continue }
          if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.append(scalar) }
        }
        spans.append(.text(String(text), studio.stack, link: nil, isData: Bool.random(using: &random)))
        if Int.random(in: 0...5, using: &random) == 0 { spans.append(.tab(leader: ".", studio.body)) }
      }
      let content = studio.content(spans) {
        $0.direction = Bool.random(using: &random) ? .rightToLeft : .leftToRight
        $0.tabs = [TabStop(.share(0.5), .decimal), TabStop(.end, .end)]
        $0.hyphenates = Bool.random(using: &random)
        $0.alignment = Bool.random(using: &random) ? .justify : .end
      }
      let range = studio.setter.widths(of: content)
      #expect(range.minimum.isFinite && range.maximum.isFinite && range.minimum >= .zero && range.minimum <= range.maximum + .slack)
      for width in [0.0, 12, 55, 300, .infinity] {
        let lines = studio.lines(content, width)
        #expect(!lines.isEmpty && lines.last?.isLast == true)
        for line in lines {
          #expect(line.runs.allSatisfy { $0.run.isSound && $0.x.isFinite })
          #expect(line.width.isFinite && line.start.isFinite && line.decimal.isFinite)
        }
        #expect(lines.last?.end == TextPosition(span: spans.count, offset: 0))
      }
      let named = Set(studio.setter.takeMissingGlyphs().map(\.cluster))
      let hasMissing = studio.lines(content, 300).flatMap(\.runs).contains { $0.run.glyphs.contains { $0.id == 0 } }
      if hasMissing { #expect(!named.isEmpty) }
    }
  }

  @Test("the short way for a cell gives what the long way gives")
  func simpleLines() throws {
    let studio = try Studio()
    let shaper = Shaper()
    let builder = LineBuilder(shaper: shaper)
    let paragraphs = ParagraphBuilder(shaper: shaper)
    var styles = StyleTable(book: studio.book)
    var languages = LanguageTable(book: studio.book)
    let key = KeyBytes()
    let spaced = Studio.style { $0.letterSpacing = .pt(0.3) }
    for text in ["−$1,204.50", "Peak energy", "office AVATAR", "Ana Petrović", "12", "1 234,5 kWh", "Потрошња"] {
      for style in [studio.body, studio.amount, spaced] {
        key.clear()
        key.finish()
        let paragraph = paragraphs.paragraph(
          studio.content(text, style), late: nil, key: key, styles: &styles, language: languages.find("en-US"))
        let extent = LineExtent(start: 0, end: paragraph.text.count, next: paragraph.text.count, isLast: true)
        #expect(
          builder.simpleLine(of: paragraph) == builder.line(extent, of: paragraph, indent: 0, width: .infinity, alignment: .start),
          "\(text)")
      }
    }
  }
}

extension String {
  /// Whether the bytes of `part` occur in it; Swift's own `contains` compares by canonical equivalence.
  fileprivate func holds(_ part: String) -> Bool {
    let (all, wanted) = (Array(utf8), Array(part.utf8))
    guard wanted.count <= all.count else { return false }
    return (0...(all.count - wanted.count)).contains { all[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}
